"""The log from the command line: found, shown, checked, copied and brought back."""

import json
import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from sidebar.commands import homes
from tests.commands.conftest import Ask

WROTE = {
    "v": 1,
    "at": "2025-11-21T10:10:15+08:00",
    "type": "customer_message",
    "client": "taobao",
    "conversation": "c1",
    "customer": "张女士",
}


@pytest.fixture
def ingested(tell: Ask, tmp_path: Path) -> None:
    lines = tmp_path / "events.jsonl"
    other = WROTE | {"conversation": "c2", "customer": "Mr. Smith", "note": "50%_\\"}
    lines.write_text(f"{json.dumps(WROTE)}\n{json.dumps(other)}\n", encoding="utf-8")
    tell("ingest", lines)


@pytest.mark.usefixtures("ingested")
@pytest.mark.parametrize(("text", "found"), [("张", "c1"), ("mr. s", "c2"), ("50%_\\", "c2")])
def test_search_finds_events_by_any_of_their_words(tell: Ask, text: str, found: str) -> None:
    (event,) = tell("history", "search", text, "--json").document
    assert event["conversation"] == found
    assert len(tell("history", "search", text).lines) == 1


@pytest.mark.usefixtures("ingested")
@pytest.mark.parametrize("text", ["", "%", "nobody"])
def test_a_search_without_hits_is_no_failure(tell: Ask, text: str) -> None:
    hits = tell("history", "search", text, "--json").document
    assert [event["conversation"] for event in hits] == (["c2"] if text == "%" else [])


@pytest.mark.usefixtures("ingested")
def test_a_conversation_is_shown_as_it_was_told(tell: Ask) -> None:
    (event,) = tell("history", "show", "c1", "--json").document
    assert event.keys() >= WROTE.keys()
    assert (event["type"], event["customer"]) == ("customer_message", "张女士")
    (line,) = tell("history", "show", "c1").lines
    assert line.split("\t")[1] == "customer_message"
    assert "张女士" in line


@pytest.mark.usefixtures("ingested")
def test_a_conversation_that_is_not_known_is_named(ask: Ask) -> None:
    answer = ask("history", "show", "c9", "--json")
    assert (answer.status, answer.out) == (1, "")
    assert "no conversation 'c9'" in answer.err


@pytest.mark.usefixtures("ingested")
def test_a_whole_history_is_verified(tell: Ask) -> None:
    assert tell("history", "verify").out == "ok\n"


@pytest.mark.usefixtures("ingested")
def test_a_backup_is_brought_back(tell: Ask, tmp_path: Path, shop: Path) -> None:
    backup = tmp_path / "mine.db"
    assert tell("history", "backup", backup).out == f"{backup}\n"
    tell("followups", "add", "2小时后", "--about", "after the backup")
    aside = Path(tell("history", "restore", backup).out.strip())
    assert tell("followups", "list", "--json").document == []
    assert len(tell("history", "search", "smith", "--json").document) == 1
    with closing(sqlite3.connect(aside)) as old:
        assert old.execute("SELECT count(*) FROM events").fetchone() == (3,)
    assert aside.parent == shop


@pytest.mark.usefixtures("ingested")
def test_backups_without_a_name_go_into_their_folder(tell: Ask, shop: Path) -> None:
    path = Path(tell("history", "backup").out.strip())
    assert path.parent == shop / "backups"
    assert path.exists()


@pytest.mark.parametrize(
    "command", [("search", "x"), ("show", "x"), ("verify",), ("backup",), ("restore", "nowhere.db")]
)
def test_without_a_history_each_says_so(ask: Ask, command: tuple[str, ...]) -> None:
    answer = ask("history", *command)
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith("sidebar: There is no ")
    assert answer.err.count("\n") == 1


@pytest.mark.usefixtures("ingested")
def test_a_backup_does_not_overwrite_the_history(ask: Ask, shop: Path) -> None:
    answer = ask("history", "backup", shop / "history.db")
    assert answer.status == 1
    assert "is the history itself" in answer.err
    assert ask("history", "verify").out == "ok\n"


@pytest.mark.usefixtures("ingested")
@pytest.mark.parametrize("make", ["mkdir", pytest.param("mkfifo", marks=pytest.mark.posix)])
def test_a_backup_takes_the_place_of_nothing_but_a_file(ask: Ask, tmp_path: Path, make: str) -> None:
    target = tmp_path / "target"
    getattr(os, make)(target)
    answer = ask("history", "backup", target)
    assert (answer.status, answer.out) == (1, "")
    assert answer.err == f"sidebar: {target} is not a file; choose another name for the backup.\n"


READERS: list[tuple[str, ...]] = [
    ("history", "verify"),
    ("history", "search", "x"),
    ("followups", "list"),
    ("summary",),
]
WRITERS: list[tuple[str, ...]] = [("followups", "add", "2小时后"), ("followups", "done", "x")]


@pytest.mark.parametrize("command", READERS + WRITERS, ids=" ".join)
def test_a_damaged_history_is_told_and_left_alone(ask: Ask, shop: Path, command: tuple[str, ...]) -> None:
    shop.mkdir()
    path = shop / "history.db"
    path.write_bytes(b"no database at all" * 1000)
    answer = ask(*command)
    assert (answer.status, answer.out) == (1, "")
    assert "is damaged" in answer.err
    assert answer.err.count("\n") == 1
    assert path.read_bytes() == b"no database at all" * 1000


@pytest.mark.parametrize("command", READERS + WRITERS, ids=" ".join)
def test_a_history_of_a_newer_sidebar_is_told(ask: Ask, shop: Path, command: tuple[str, ...]) -> None:
    ask("followups", "add", "2小时后")
    with closing(sqlite3.connect(shop / "history.db")) as database:
        database.execute("PRAGMA user_version = 99")
    answer = ask(*command)
    assert (answer.status, answer.out) == (1, "")
    assert "A newer sidebar wrote" in answer.err


def test_a_locked_history_is_told(ask: Ask, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = ("followups", "add", "2小时后")
    monkeypatch.setattr(homes, "_PATIENCE", timedelta(milliseconds=10))
    owed = ask("followups", "add", "2小时后").out
    with closing(sqlite3.connect(shop / "history.db", isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        answer = ask(*command)
        assert (answer.status, answer.out) == (1, "")
        assert "Another program holds" in answer.err
        assert ask("followups", "list").out.split("\t")[0] == owed.strip()  # looking is allowed
    assert ask(*command).status == 0


@pytest.mark.parametrize("command", WRITERS + READERS[:2], ids=" ".join)
def test_a_home_that_is_a_file_is_told(ask: Ask, tmp_path: Path, command: tuple[str, ...]) -> None:
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    for home in (file, file / "below"):
        answer = ask("--home", home, *command)
        assert (answer.status, answer.out) == (1, "")
        assert str(file) in answer.err
        assert answer.err.count("\n") == 1
    assert file.read_text(encoding="utf-8") == "x"


def test_the_home_may_be_named_before_or_after_the_command(tell: Ask, tmp_path: Path, shop: Path) -> None:
    one, two, three = (tmp_path / name for name in ("one", "two", "three"))
    tell("--home", one, "followups", "add", "2小时后", "--about", "one")
    tell("followups", "--home", two, "add", "2小时后", "--about", "two")
    tell("followups", "add", "2小时后", "--about", "three", "--home", three)
    for home in (one, two, three):
        (listed,) = tell("--home", home, "followups", "list", "--json").document
        assert listed["about"] == home.name
    assert not shop.exists()


def test_missing_parents_of_a_home_are_made(tell: Ask, tmp_path: Path) -> None:
    home = tmp_path / "a" / "b" / "c"
    tell("--home", home, "followups", "add", "2小时后")
    assert (home / "history.db").exists()
