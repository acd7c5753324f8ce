"""Events of other programs, line by line."""

import io
import json
import sys
from pathlib import Path

import pytest

from sidebar.kept_state import state_shape
from sidebar.storage.history import SqliteHistory
from tests.commands.conftest import Ask

WROTE = (
    '{"v":1,"id":"e1","at":"2026-11-21T10:10:15+08:00","type":"customer_message",'
    '"client":"taobao","conversation":"c1","customer":"张女士"}'
)
ANSWERED = (
    '{"v":1,"at":"2026-11-21T10:10:45+08:00","type":"agent_message","by":"human",'
    '"client":"taobao","conversation":"c1","customer":"张女士","shop":"旗舰店"}'
)


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    return tmp_path / "events.jsonl"


def test_good_lines_are_stored_and_the_same_line_again_is_not(tell: Ask, lines: Path, shop: Path) -> None:
    lines.write_text(f"{WROTE}\n{ANSWERED}\n", encoding="utf-8")
    assert tell("ingest", lines).out == "stored 2, known already 0, refused 0\n"
    assert tell("ingest", lines).out == "stored 0, known already 2, refused 0\n"
    with SqliteHistory(shop / "history.db", read_only=True) as history:
        assert history.count() == 2


def test_an_unknown_key_is_kept(tell: Ask, lines: Path) -> None:
    lines.write_text(ANSWERED, encoding="utf-8")
    tell("ingest", lines)
    (event,) = tell("history", "show", "c1", "--json").document
    assert (event["shop"], event["by"], event["type"]) == ("旗舰店", "human", "agent_message")


def test_a_bad_line_is_told_by_number_and_stops_nothing_else(ask: Ask, lines: Path) -> None:
    content = [
        WROTE,
        "not json",
        '{"v":1,"at":"2026-11-21T10:00:00+08:00","type":"hacked","client":"a","conversation":"c"}',
        "",
        '{"v":1,"at":"2026-11-21T10:00:00","type":"rated","score":5,"client":"a","conversation":"c"}',
        '{"v":1,"at":"2026-11-21T10:00:00+08:00","type":"rated","score":6,"client":"a","conversation":"c"}',
        WROTE,
        "[" * 100_000,
        '{"v":1,"at":"2026-11-21T10:00:00+08:00","type":"shift_begun","shift":"s","agent":"a"}',
        ANSWERED,
    ]
    lines.write_text("\n".join(content), encoding="utf-8")
    answer = ask("ingest", lines)
    assert answer.status == 1
    assert answer.out == "stored 2, known already 1, refused 6\n"
    told = [line.partition(": ") for line in answer.err.splitlines()]
    assert [place for place, _, _ in told] == [f"line {number}" for number in (2, 3, 5, 6, 8, 9)]
    assert all(reason for _, _, reason in told)


def test_reads_standard_input(tell: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    piped = io.TextIOWrapper(io.BytesIO(f"{WROTE}\r\n{ANSWERED}".encode()))
    monkeypatch.setattr(sys, "stdin", piped)
    assert tell("ingest", "-").out == "stored 2, known already 0, refused 0\n"


def test_bytes_that_are_no_text_cost_their_line_alone(ask: Ask, lines: Path) -> None:
    lines.write_bytes(b"\xef\xbb\xbf" + WROTE.encode() + b"\n\xff\xfe{}\n" + ANSWERED.encode("gbk") + b"\n")
    answer = ask("ingest", lines)
    assert (answer.status, answer.out) == (1, "stored 1, known already 0, refused 2\n")
    assert answer.err.startswith("line 2: ")


def test_a_line_without_end_does_not_fill_the_memory(ask: Ask, lines: Path) -> None:
    long = json.dumps({"v": 1, "x": "y" * 2_500_000})
    lines.write_text(f"{long}\n{WROTE}\n{long}", encoding="utf-8")
    answer = ask("ingest", lines)
    assert (answer.status, answer.out) == (1, "stored 1, known already 0, refused 2\n")
    assert answer.err == "line 1: this is longer than 1 MB\nline 3: this is longer than 1 MB\n"


def test_more_lines_than_one_transaction_takes_are_counted_once_each(tell: Ask, lines: Path) -> None:
    many = [WROTE.replace('"e1"', f'"e{number}"') for number in range(1200)]
    lines.write_text("\n".join([*many, *many]), encoding="utf-8")
    assert tell("ingest", lines).out == "stored 1200, known already 1200, refused 0\n"


@pytest.mark.parametrize("name", ["nowhere.jsonl", "."])
def test_a_file_that_cannot_be_read_is_named(ask: Ask, tmp_path: Path, name: str) -> None:
    answer = ask("ingest", tmp_path / name)
    assert (answer.status, answer.out) == (1, "")
    assert str(tmp_path) in answer.err


def test_a_closed_standard_input_is_told(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    answer = ask("ingest", "-")
    assert (answer.status, answer.out) == (1, "")
    assert "standard input is closed" in answer.err


def test_after_much_the_next_start_reads_no_more_than_the_last_of_it(
    tell: Ask, lines: Path, shop: Path
) -> None:
    message = json.loads(WROTE)
    told = (
        message | {"id": f"m{number}", "at": f"2026-11-01T10:{number % 60:02d}:00Z"} for number in range(1500)
    )
    lines.write_text("\n".join(map(json.dumps, told)), encoding="utf-8")
    assert tell("ingest", lines).out == "stored 1500, known already 0, refused 0\n"
    with SqliteHistory(shop / "history.db", read_only=True) as history:
        kept = history.kept_state(state_shape())
        assert kept is not None
        assert list(history.events(after=kept.cut)) == []
