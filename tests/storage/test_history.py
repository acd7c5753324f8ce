"""The log in SQLite, with real files: what goes in comes out, in order, once, and can be found."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sidebar.domain.event_lines import from_line
from sidebar.domain.events import CustomerMessage, Event, FollowupAdded, FollowupDone
from sidebar.domain.identifiers import ConversationId, EventId, FollowupId
from sidebar.errors import HistoryError, HistoryFault
from sidebar.ports import History
from sidebar.storage.history import SqliteHistory
from tests.domain.shop import Buyer, at, did, owes

ZHANG = Buyer("张女士")
LI = Buyer("Li Lei")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.db"


@pytest.fixture
def history(path: Path) -> Iterator[SqliteHistory]:
    with SqliteHistory(path) as opened:
        yield opened


def message(name: str, clock: str) -> CustomerMessage:
    event = ZHANG.writes(clock)
    return CustomerMessage(
        id=EventId(name), at=event.at, conversation=event.conversation, client=event.client
    )


def test_it_is_the_history_the_services_ask_for(history: SqliteHistory) -> None:
    wanted: History = history
    assert list(wanted.events()) == []


def test_what_was_stored_is_there_after_opening_again(path: Path) -> None:
    stored: tuple[Event, ...] = (
        ZHANG.writes("09:00"),
        ZHANG.gets("09:01", "greet"),
        owes("09:02", "call", "10:00", promise=True),
        did("09:30", "call"),
        ZHANG.receives("09:31", 12.5),
        ZHANG.is_closed("09:32"),
    )
    with SqliteHistory(path) as first:
        first.append(*stored)
    with SqliteHistory(path) as second:
        assert tuple(second.events()) == stored


def test_events_come_in_the_order_of_time_then_of_storing(history: SqliteHistory) -> None:
    late, early, same = message("late", "10:00"), message("early", "09:00"), message("same", "10:00")
    history.append(late)
    history.append(early, same)
    assert [event.id for event in history.events()] == ["early", "late", "same"]


def test_a_stretch_of_time_begins_with_its_start_and_ends_before_its_end(history: SqliteHistory) -> None:
    history.append(*(message(clock, clock) for clock in ("08:59:59", "09:00:00", "09:30:00", "10:00:00")))
    found = history.events(since=at("09:00"), until=at("10:00"))
    assert [event.id for event in found] == ["09:00:00", "09:30:00"]


def test_an_event_that_is_there_already_is_passed_over(history: SqliteHistory) -> None:
    history.append(message("m", "09:00"))
    history.append(message("m", "11:00"), message("n", "09:01"), message("n", "09:02"))
    assert [(event.id, event.at) for event in history.events()] == [("m", at("09:00")), ("n", at("09:01"))]
    assert history.count() == 2


def test_nothing_may_be_appended(history: SqliteHistory) -> None:
    history.append()
    assert history.count() == 0


def test_more_events_than_a_page_at_one_moment_come_once_each(history: SqliteHistory) -> None:
    events = [message(f"m{number:04d}", "09:00") for number in range(2500)]
    history.append(*events)
    assert [event.id for event in history.events()] == [event.id for event in events]


def test_the_log_may_grow_while_it_is_read(history: SqliteHistory) -> None:
    history.append(*(message(f"m{number:04d}", "09:00") for number in range(1500)))
    reading = history.events()
    first = next(reading)
    history.append(message("later", "09:01"))
    assert first.id == "m0000"
    assert [event.id for event in reading][-1] == "later"


def test_a_conversation_is_shown_whole_and_alone(history: SqliteHistory) -> None:
    history.append(LI.writes("09:02"), ZHANG.writes("09:01"), ZHANG.is_answered("09:03"), did("09:04", "x"))
    assert [event.type for event in history.conversation(ZHANG.id)] == ["customer_message", "agent_message"]
    assert history.conversation(ConversationId("nobody")) == ()


def test_events_of_some_types_are_found_without_the_others(history: SqliteHistory) -> None:
    history.append(
        did("10:00", "x"), ZHANG.writes("09:01"), owes("09:00", "x", "10:00"), ZHANG.opens("09:02")
    )
    found = history.of_types(FollowupAdded, FollowupDone)
    assert [event.type for event in found] == ["followup_added", "followup_done"]
    assert history.of_types() == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("张女", ["zhang"]),
        ("li lei", ["li"]),
        ("LEI", ["li"]),
        ("100%_off", ["call"]),
        ("100__off", []),
        ('say "yes"', ["call"]),
        ("C:\\temp", ["call"]),
        ("订单77", ["extra"]),
        ("customer_message", []),
        ("customer", []),
        ("2026-03", []),
        ("", []),
        ("  ", []),
        ("没有这个", []),
    ],
)
def test_search_finds_the_words_of_events(history: SqliteHistory, text: str, found: list[str]) -> None:
    zhang = from_line(
        {"v": 1, "id": "zhang", "at": "2026-03-02T09:00:00Z", "type": "customer_message"}
        | {"client": "taobao", "conversation": "c1", "customer": "张女士"}
    )
    li = from_line(
        {"v": 1, "id": "li", "at": "2026-03-02T09:01:00Z", "type": "customer_message"}
        | {"client": "taobao", "conversation": "c2", "customer": "Li Lei"}
    )
    extra = from_line(
        {"v": 1, "id": "extra", "at": "2026-03-02T09:02:00Z", "type": "assigned"}
        | {"client": "taobao", "conversation": "c3", "orders": [{"name": "订单77"}]}
    )
    call = FollowupAdded(
        id=EventId("call"),
        at=at("09:03"),
        followup=FollowupId("f"),
        about='100%_off, say "yes", see C:\\temp',
        due=at("10:00"),
    )
    history.append(zhang, li, extra, call)
    assert [event.id for event in history.search(text)] == found


def test_half_a_character_in_a_title_is_stored_as_an_unknown_one(history: SqliteHistory) -> None:
    torn = Buyer("张\ud83d", conversation="pidgin:张\ud83d")
    history.append(torn.writes("09:00"))
    (event,) = history.events()
    assert isinstance(event, CustomerMessage)
    assert (event.customer, event.conversation) == ("张\ufffd", "pidgin:张\ufffd")


def test_a_row_that_cannot_be_read_stops_nothing_else(
    history: SqliteHistory, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    history.append(message("a", "09:00"), message("b", "09:01"), message("c", "09:02"))
    with sqlite3.connect(path) as other:
        other.execute("""UPDATE events SET body = '{"v":1,"type":"从未来来的"}' WHERE id = 'b'""")
    other.close()
    assert [event.id for event in history.events()] == ["a", "c"]
    assert [record.getMessage() for record in caplog.records] == [
        "event 2 of the history passed over: the type of event is unknown"
    ]
    assert history.verify() == ("event 2: the type of event is unknown",)


def test_a_whole_file_has_nothing_wrong_with_it(history: SqliteHistory) -> None:
    history.append(message("a", "09:00"))
    assert history.verify() == ()


def test_it_can_be_looked_at_while_it_is_written(history: SqliteHistory, path: Path) -> None:
    history.append(message("a", "09:00"))
    with SqliteHistory(path, read_only=True) as looking:
        assert looking.count() == 1
        history.append(message("b", "09:01"))
        assert [event.id for event in looking.events()] == ["a", "b"]
        with pytest.raises(HistoryError) as refused:
            looking.append(message("c", "09:02"))
    assert refused.value.fault is HistoryFault.READ_ONLY


def test_a_lock_is_waited_for_no_longer_than_it_may_be(path: Path) -> None:
    with SqliteHistory(path, patience=timedelta(0)) as history:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(HistoryError, match="Another program holds") as refused:
            history.append(message("a", "09:00"))
        assert refused.value.fault is HistoryFault.LOCKED
        other.execute("ROLLBACK")
        other.close()
        history.append(message("a", "09:00"))
        assert history.count() == 1


def test_all_of_an_append_is_stored_or_nothing(path: Path, history: SqliteHistory) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute(
        "CREATE TRIGGER refuse BEFORE INSERT ON events WHEN NEW.id = 'b' BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    with pytest.raises(sqlite3.IntegrityError):
        history.append(message("a", "09:00"), message("b", "09:01"))
    other.execute("DROP TRIGGER refuse")
    other.close()
    assert history.count() == 0
    history.append(message("a", "09:00"), message("b", "09:01"))
    assert history.count() == 2


@pytest.mark.posix  # elsewhere an open file cannot be moved
def test_a_history_moved_away_takes_no_event_it_would_lose(history: SqliteHistory, path: Path) -> None:
    history.append(message("a", "09:00"))
    away = path.with_name("moved.db")
    path.rename(away)
    with pytest.raises(HistoryError, match="put it back") as refused:
        history.append(message("b", "09:01"))
    assert refused.value.fault is HistoryFault.MOVED
    away.rename(path)
    history.append(message("b", "09:01"))
    assert history.count() == 2


def test_the_log_can_be_read_without_this_program(history: SqliteHistory, path: Path) -> None:
    history.append(ZHANG.writes("09:00"))
    other = sqlite3.connect(path)
    ((when, kind, body),) = other.execute("SELECT at, type, body FROM events")
    other.close()
    assert (when, kind) == ("2026-03-02T09:00:00.000000+00:00", "customer_message")
    assert json.loads(body)["customer"] == "张女士"
    assert "张女士" in body
