"""What is kept of builds in the rig."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import build_windows
import pytest
from build_windows import build_in_rig
from provision import SetUpError
from windows_rig import Rig
from wine_session import Session

MAKENSIS = "makensis"


class QuietRig(Rig):
    """A rig in which nothing runs."""

    @contextmanager
    def session(self, **_: Any) -> Iterator[Session]:
        yield Session(self.root, Path("/windows"), project=self.folder, environment={})


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """The commands that would have run."""
    commands: list[Sequence[str]] = []
    monkeypatch.setattr(build_windows, "_run", commands.append)
    return commands


def test_the_same_sources_are_built_once(tmp_path: Path, ran: list[Sequence[str]]) -> None:
    rig = QuietRig(tmp_path)
    build = build_in_rig(rig)
    assert (build.folder.parent, build.folder.exists()) == (tmp_path / "builds", True)
    assert [MAKENSIS in command for command in ran] == [False, True]
    assert build_in_rig(rig) == build
    assert len(ran) == 2


def test_a_build_that_was_cut_off_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(command: Sequence[str]) -> None:
        if MAKENSIS in command:
            raise SetUpError("killed")

    rig = QuietRig(tmp_path)
    with monkeypatch.context() as broken:
        broken.setattr(build_windows, "_run", cut_off)
        with pytest.raises(SetUpError, match="killed"):
            build_in_rig(rig)
    commands: list[Sequence[str]] = []
    monkeypatch.setattr(build_windows, "_run", commands.append)
    build_in_rig(rig)
    assert [MAKENSIS in command for command in commands] == [False, True]


def test_the_newest_builds_of_other_sources_are_kept(tmp_path: Path, ran: list[Sequence[str]]) -> None:
    for age in range(5):
        other = tmp_path / "builds" / f"other-{age}"
        other.mkdir(parents=True)
        os.utime(other, (1_000_000 - age, 1_000_000 - age))
    build = build_in_rig(QuietRig(tmp_path))
    names = {each.name for each in (tmp_path / "builds").iterdir()}
    assert names == {build.folder.name, "other-0", "other-1"}
    assert len(ran) == 2
