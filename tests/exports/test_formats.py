"""Writing the file: whole or not at all, and a sentence where it cannot be."""

import os
import stat
import subprocess
import sys
from datetime import UTC
from pathlib import Path

import pytest

from sidebar.errors import UserError
from sidebar.exports.formats import Format, render, write
from sidebar.exports.report import Words
from tests.exports.shift import shift


@pytest.mark.parametrize("format", Format)
def test_the_file_holds_what_was_rendered(format: Format, tmp_path: Path, english: Words) -> None:
    path = tmp_path / f"小结.{format}"
    write(shift(), format, path, words=english, zone=UTC)
    assert path.stat().st_size > 300
    if format is not Format.WORKBOOK:  # a workbook carries the moment it was saved
        assert path.read_bytes() == render(shift(), format, words=english, zone=UTC)
    assert os.listdir(tmp_path) == [path.name]


def test_an_older_file_is_replaced_whole(tmp_path: Path, english: Words) -> None:
    path = tmp_path / "summary.md"
    path.write_text("old\n" * 10_000)
    write(shift(), Format.MARKDOWN, path, words=english, zone=UTC)
    assert path.read_text(encoding="utf-8").startswith("# Shift summary")
    assert "old" not in path.read_text(encoding="utf-8").split("\n")


@pytest.mark.posix
def test_others_may_read_the_file_as_the_system_says(tmp_path: Path, english: Words) -> None:
    before = os.umask(0o022)
    try:
        write(shift(), Format.JSON, tmp_path / "s.json", words=english, zone=UTC)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "s.json").stat().st_mode) == 0o644


@pytest.mark.posix
def test_a_link_stays_a_link(tmp_path: Path, english: Words) -> None:
    real, link = tmp_path / "real.md", tmp_path / "link.md"
    real.write_text("old")
    link.symlink_to(real)
    write(shift(), Format.MARKDOWN, link, words=english, zone=UTC)
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8").startswith("# Shift summary")


def test_a_failed_write_leaves_the_older_file(
    tmp_path: Path, english: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "summary.md"
    path.write_text("old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match="the disk is full; free some space"):
        write(shift(), Format.MARKDOWN, path, words=english, zone=UTC)
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["summary.md"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nowhere/summary.md", "there is no folder"),
        ("file/summary.md", "there is no folder"),
        ("folder", "is a folder; give the name of a file"),
        ("x" * 300, "cannot be written"),
    ],
)
def test_a_path_that_cannot_be_written_is_told_in_a_sentence(
    tmp_path: Path, english: Words, name: str, sentence: str
) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    with pytest.raises(UserError, match=sentence):
        write(shift(), Format.MARKDOWN, tmp_path / name, words=english, zone=UTC)
    assert sorted(os.listdir(tmp_path)) == ["file", "folder"]


def test_only_a_workbook_loads_the_workbooks_library() -> None:
    code = (
        "import sys; from sidebar.exports import formats, contents, markdown, csv_file, json_file;"
        " print('openpyxl' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
