"""What is kept of the log's beginning is used where it is sure to hold, and nowhere else."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sidebar.domain.events import CustomerMessage, Event
from sidebar.domain.identifiers import EventId
from sidebar.errors import HistoryError, HistoryFault
from sidebar.storage.backups import restore
from sidebar.storage.event_rows import events_of
from sidebar.storage.history import SqliteHistory
from sidebar.storage.kept_states import KeptState, KeptStates
from tests.domain.shop import Buyer, at

ANNA = Buyer("Anna")
SHAPE = "1 a"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    SqliteHistory(tmp_path / "history.db").close()
    return tmp_path / "history.db"


def message(name: str, clock: str) -> CustomerMessage:
    return CustomerMessage(
        id=EventId(name), at=at(clock), conversation=ANNA.id, client=ANNA.client, customer=ANNA.name
    )


def happened(path: Path, *clocks: str) -> None:
    """Messages of these times, each with its time as its id."""
    with SqliteHistory(path) as history:
        history.append(*(message(clock, clock) for clock in clocks))


def keep(path: Path, until: str, *, shape: str = SHAPE, limit: int = 1000) -> None:
    """Keep the ids of all events before *until* as the state."""
    with KeptStates(path, shape=shape) as kept:
        portion = kept.portion(until=at(until), limit=limit)
        before = [] if portion.base is None else portion.base.states
        kept.keep(portion, [*before, *(event.id for event in events_of(portion.rows))])


def newest(path: Path, shape: str = SHAPE) -> KeptState | None:
    with SqliteHistory(path, read_only=True) as history:
        return history.kept_state(shape)


def known(path: Path, shape: str = SHAPE) -> list[str] | None:
    found = newest(path, shape)
    return None if found is None else list(found.states)


def rest(path: Path) -> list[str]:
    """What is to be followed beyond the state that is kept."""
    with SqliteHistory(path, read_only=True) as history:
        found = history.kept_state(SHAPE)
        return ids(history.events(after=None if found is None else found.cut))


def ids(events: Iterator[Event] | tuple[Event, ...]) -> list[str]:
    return [event.id for event in events]


def execute(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_history_that_never_kept_one_has_none(path: Path) -> None:
    happened(path, "09:00")
    assert newest(path) is None
    assert rest(path) == ["09:00"]


def test_a_state_comes_back_and_the_rest_begins_behind_it(path: Path) -> None:
    happened(path, "09:00", "09:01", "09:02")
    keep(path, "09:02")
    happened(path, "09:03")
    assert known(path) == ["09:00", "09:01"]
    assert rest(path) == ["09:02", "09:03"]


def test_the_next_one_goes_on_from_it_however_small_the_portions(path: Path) -> None:
    clocks = [f"09:{minute:02d}" for minute in range(10)]
    happened(path, *clocks)
    for _ in range(4):
        keep(path, "10:00", limit=3)
    assert known(path) == clocks
    assert rest(path) == []


def test_a_conversation_is_told_up_to_there(path: Path) -> None:
    happened(path, "09:00", "09:01", "09:02")
    keep(path, "09:02")
    happened(path, "09:00:30")
    found = newest(path)
    with SqliteHistory(path) as history:
        assert found is None
        assert ids(history.conversation(ANNA.id)) == ["09:00", "09:00:30", "09:01", "09:02"]
        execute(path, "DELETE FROM events WHERE id = '09:00:30'")
        keep(path, "09:02")
        happened(path, "09:00:45")
        with KeptStates(path, shape=SHAPE) as kept:
            cut = kept.portion(until=at("09:01"), limit=2).cut
        assert ids(history.conversation(ANNA.id, until=cut)) == ["09:00", "09:00:45"]
        assert ids(history.conversation(ANNA.id, until=cut._replace(stored=3))) == ["09:00"]


def test_what_came_at_the_very_moment_of_the_last_one_but_was_stored_later_is_of_the_rest(path: Path) -> None:
    happened(path, "09:00", "09:01")
    keep(path, "09:02")
    with SqliteHistory(path) as history:
        history.append(message("same", "09:01"))
    assert known(path) == ["09:00", "09:01"]
    assert rest(path) == ["same"]


def test_of_several_at_one_moment_a_portion_may_end_between_two(path: Path) -> None:
    with SqliteHistory(path) as history:
        history.append(*(message(name, "09:00") for name in "abcd"))
    keep(path, "10:00", limit=2)
    assert known(path) == ["a", "b"]
    assert rest(path) == ["c", "d"]


def test_a_state_of_another_shape_is_passed_over_and_thrown_away_with_the_next(path: Path) -> None:
    happened(path, "09:00", "09:01")
    keep(path, "09:01", shape="0 a")
    assert known(path) is None
    keep(path, "09:02")
    assert known(path) == ["09:00", "09:01"]
    assert known(path, "0 a") is None


def test_what_comes_late_leaves_the_older_ones_that_it_follows(path: Path) -> None:
    happened(path, "09:00", "33:00", "57:00")
    for until in ("10:00", "34:00", "58:00"):
        keep(path, until)
    assert known(path) == ["09:00", "33:00", "57:00"]
    happened(path, "34:00")
    assert known(path) == ["09:00", "33:00"]
    assert rest(path) == ["34:00", "57:00"]
    happened(path, "10:00")
    assert known(path) == ["09:00"]
    happened(path, "08:00")
    assert known(path) is None
    assert rest(path) == ["08:00", "09:00", "10:00", "33:00", "34:00", "57:00"]


def test_after_something_late_what_is_made_replaces_what_holds_no_more(path: Path) -> None:
    happened(path, "09:00", "33:00", "57:00")
    for until in ("10:00", "34:00", "58:00"):
        keep(path, until)
    happened(path, "34:00")
    keep(path, "35:00")
    assert known(path) == ["09:00", "33:00", "34:00"]
    keep(path, "58:00")
    assert known(path) == ["09:00", "33:00", "34:00", "57:00"]


def test_a_clock_that_was_in_the_future_does_not_keep_it_from_being_made(path: Path) -> None:
    happened(path, "09:00", "99:00")
    keep(path, "100:00")
    happened(path, "10:00")
    assert known(path) is None
    keep(path, "11:00")
    assert known(path) == ["09:00", "10:00"]
    assert rest(path) == ["99:00"]


def test_the_last_of_each_of_eight_days_is_kept(path: Path) -> None:
    for day in range(12):
        happened(path, f"{24 * day + 9}:00", f"{24 * day + 10}:00")
        keep(path, f"{24 * day + 10}:00")
        keep(path, f"{24 * day + 11}:00")
    connection = sqlite3.connect(path)
    kept = connection.execute("SELECT day, substr(at, 12, 5) FROM kept_states ORDER BY day").fetchall()
    connection.close()
    assert kept == [(f"2026-03-{day:02d}", "10:00") for day in range(6, 14)]


def test_large_ones_are_kept_of_fewer_days_but_the_newest_in_any_case(path: Path) -> None:
    for day, size in enumerate((1, 1_500_000, 1_500_000, 1_500_000, 5_000_000)):
        happened(path, f"{24 * day + 9}:00")
        with KeptStates(path, shape=SHAPE) as kept:
            kept.keep(kept.portion(until=at(f"{24 * day + 10}:00"), limit=10), ["x" * size])
        connection = sqlite3.connect(path)
        (count,) = connection.execute("SELECT count(*) FROM kept_states").fetchone()
        connection.close()
        assert count == (1, 2, 3, 2, 1)[day]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET body = replace(body, 'Anna', 'Bob') WHERE seq = 1",
        "DELETE FROM events WHERE seq = 1",
        "DELETE FROM events",
    ],
)
def test_whoever_rewrites_the_log_takes_them_all_away(path: Path, statement: str) -> None:
    happened(path, "09:00", "33:00")
    keep(path, "10:00")
    keep(path, "34:00")
    execute(path, statement)
    assert newest(path) is None


def test_nothing_is_kept_of_a_log_that_was_rewritten_meanwhile(path: Path) -> None:
    happened(path, "09:00", "09:01")
    with KeptStates(path, shape=SHAPE) as kept:
        portion = kept.portion(until=at("10:00"), limit=10)
        execute(path, "DELETE FROM events WHERE seq = 1")
        kept.keep(portion, ["09:00", "09:01"])
    assert newest(path) is None
    keep(path, "10:00")
    assert known(path) == ["09:01"]


def test_another_event_under_the_number_of_the_last_one_is_noticed(path: Path) -> None:
    happened(path, "09:00", "09:01")
    keep(path, "10:00")
    execute(path, "DROP TRIGGER event_deleted", "DELETE FROM events WHERE seq = 2")
    assert newest(path) is None
    happened(path, "09:02")
    assert newest(path) is None


@pytest.mark.parametrize(
    "damage",
    [
        "body = replace(body, '09:00', '09:07')",
        "body = '['",
        "at = '2026-03-02T09:00:00.000000+00:00', seq = 1, last = '09:00'",
        "stored = 9",
        "checksum = checksum + 1",
    ],
)
def test_a_damaged_state_is_not_used(path: Path, damage: str) -> None:
    happened(path, "09:00", "09:01")
    keep(path, "10:00")
    execute(path, f"UPDATE kept_states SET {damage}")
    assert newest(path) is None
    keep(path, "10:00")
    assert known(path) == ["09:00", "09:01"]


def test_a_backup_brings_back_the_state_of_its_own_log(path: Path, tmp_path: Path) -> None:
    happened(path, "09:00")
    keep(path, "10:00")
    with SqliteHistory(path) as history:
        history.backup(tmp_path / "b.db")
    happened(path, "10:00", "11:00")
    keep(path, "12:00")
    restore(tmp_path / "b.db", path, now=datetime(2026, 3, 2, 18, 0, tzinfo=UTC))
    assert known(path) == ["09:00"]
    happened(path, "10:30")
    assert rest(path) == ["10:30"]


def test_a_log_with_states_is_whole(path: Path) -> None:
    happened(path, "09:00")
    keep(path, "10:00")
    with SqliteHistory(path) as history:
        assert history.verify() == ()


def test_keeping_a_state_is_no_news(path: Path) -> None:
    with SqliteHistory(path) as history:
        history.append(*(message(str(number), "09:00") for number in range(2000)))
        keep(path, "10:00")
        assert history.news(10) == ()
        with SqliteHistory(path) as other:
            other.append(message("theirs", "09:01"))
        history.append(message("ours", "09:02"))
        keep(path, "10:00")
        assert ids(history.news(10)) == ["theirs"]


def test_where_no_history_is_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(HistoryError) as refused:
        KeptStates(tmp_path / "history.db", shape=SHAPE)
    assert refused.value.fault is HistoryFault.MISSING
    assert not (tmp_path / "history.db").exists()
