"""The commands as a test runs them: in this process, on the test's own home."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sidebar.cli import main


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(self.out.splitlines())

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


Ask = Callable[..., Answer]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs a command."""

    def run(*arguments: object) -> Answer:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Answer(status, printed.out, printed.err)

    return run


@pytest.fixture
def tell(ask: Ask) -> Ask:
    """Runs a command that must succeed without a word on standard error."""

    def run(*arguments: object) -> Answer:
        answer = ask(*arguments)
        assert (answer.status, answer.err) == (0, "")
        return answer

    return run


@pytest.fixture
def shop(home: Path) -> Path:
    """The home folder that the commands choose in a test; not made yet."""
    return home / "sidebar"
