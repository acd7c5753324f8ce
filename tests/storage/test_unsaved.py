"""What the history would not take at the end is in it after the next start."""

from pathlib import Path

import pytest

from sidebar.domain.events import Event, ShiftBegun
from sidebar.domain.identifiers import EventId, ShiftId
from sidebar.errors import HistoryError, UserError
from sidebar.storage.history import SqliteHistory
from sidebar.storage.unsaved import keep, take_back
from tests.fakes import START


def event(name: str) -> Event:
    return ShiftBegun(id=EventId(name), at=START, shift=ShiftId(name), agent="小林")


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    return tmp_path / "unsaved.jsonl"


def test_what_was_kept_is_stored_once_and_forgotten(tmp_path: Path, lines: Path) -> None:
    keep(lines, event("a"), event("b"))
    keep(lines, event("c"))
    with SqliteHistory(tmp_path / "history.db") as history:
        history.append(event("b"))
        assert take_back(lines, history) == 2
        assert {each.id for each in history.events()} == {"a", "b", "c"}
        assert not lines.exists()
        assert take_back(lines, history) == 0


def test_half_a_line_costs_that_line_alone(
    tmp_path: Path,
    lines: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    keep(lines, event("a"), event("b"))
    lines.write_text(lines.read_text(encoding="utf-8")[:-10], encoding="utf-8")
    with SqliteHistory(tmp_path / "history.db") as history:
        assert take_back(lines, history) == 1
    assert "小林" not in caplog.text


def test_a_file_that_is_no_text_is_left_alone_and_named(tmp_path: Path, lines: Path) -> None:
    lines.write_bytes(b"\xff\xfe")
    with (
        SqliteHistory(tmp_path / "history.db") as history,
        pytest.raises(UserError, match=r"unsaved\.jsonl cannot be read"),
    ):
        take_back(lines, history)
    assert lines.exists()


def test_what_cannot_even_be_kept_is_told_by_number(tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match=r"2 events could not be stored and are lost"):
        keep(tmp_path / "nowhere" / "unsaved.jsonl", event("a"), event("b"))
