"""Files to be brought in, and what comes of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sidebar.domain.phrases import Phrase
from sidebar.exchange.plans import Plan, plan
from sidebar.exchange.recognition import recognise

GOLDEN = Path(__file__).parent / "golden"

Try = Callable[..., Plan]


def planned(path: Path, *own: Phrase) -> Plan:
    """What bringing in *path* would do to a library of *own*."""
    return plan(path.stem, recognise(path), own=own)


@pytest.fixture
def given(tmp_path: Path) -> Callable[[str, bytes | str], Path]:
    """Makes a file."""

    def make(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make
