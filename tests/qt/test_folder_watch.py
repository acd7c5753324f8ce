"""A real folder tells when its files change, whichever way they are written."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sidebar.qt.folder_watch import QtFolderWatch


def in_place(path: Path) -> None:
    path.write_text("other", encoding="utf-8")


def by_replacing(path: Path) -> None:
    beside = path.with_name(".new")
    beside.write_text("other", encoding="utf-8")
    os.replace(beside, path)


def by_adding(path: Path) -> None:
    path.with_name("more.yaml").touch()


def by_deleting(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("act", [in_place, by_replacing, by_adding, by_deleting])
def test_each_way_of_changing_is_told(qtbot: QtBot, tmp_path: Path, act: Callable[[Path], None]) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("one", encoding="utf-8")
    told: list[None] = []
    watch = QtFolderWatch()
    watch.watch([str(tmp_path), str(path), str(tmp_path / "missing")], lambda: told.append(None))
    act(path)
    qtbot.waitUntil(lambda: bool(told))


def test_what_is_no_longer_watched_is_not_told(qtbot: QtBot, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    before: list[None] = []
    now: list[None] = []
    watch = QtFolderWatch()
    watch.watch([str(one)], lambda: before.append(None))
    watch.watch([str(other)], lambda: now.append(None))
    (one / "a").touch()
    (other / "a").touch()
    qtbot.waitUntil(lambda: bool(now))
    assert before == []
