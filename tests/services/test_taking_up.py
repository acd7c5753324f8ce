"""What is kept of any beginning of the log leads, with the rest of it, to what all of it leads to."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sidebar.domain.events import (
    ConversationEvent,
    ConversationMerged,
    CustomerMessage,
    Event,
    MachineSlept,
    ShiftBegun,
)
from sidebar.domain.identifiers import ConversationId, EventId, ShiftId
from sidebar.errors import HistoryError, HistoryFault
from sidebar.services.journal import Journal
from sidebar.services.rebuilding import RULES, rebuild, take_up
from sidebar.services.time_order import Recall
from tests.domain.shop import Buyer, at, owes
from tests.fakes import START, FakeHistory, FakeTime
from tests.services.any_log import CLIENT, MOMENTS, NAMES, Records, logs


def whole(events: Sequence[Event]) -> Records:
    records = Records()
    rebuild(events, records.folds)
    return records


def taken_up(events: Sequence[Event], cuts: Sequence[int], recall: Recall | None = None) -> Records:
    """What the rest leads to after what was kept at each of *cuts*, one made from the other."""
    records, done = Records(recall), 0
    for cut in cuts:
        rebuild(events[done:cut], records.folds)
        states, done, records = records.states(), cut, Records(recall)
        assert take_up(states, records.folds, of(events[:cut]))
    rebuild(events[done:], records.folds)
    return records


def of(events: Sequence[Event]) -> Recall:
    """What the log told of one conversation when it held no more than *events*."""
    return lambda name: [
        each for each in events if isinstance(each, ConversationEvent) and each.conversation == name
    ]


@given(logs(), st.lists(st.integers(0, 30), max_size=3))
@settings(max_examples=400, deadline=None)
def test_what_was_kept_and_the_rest_lead_to_what_all_leads_to(events: list[Event], cuts: list[int]) -> None:
    expected, found = whole(events), taken_up(events, sorted(cuts))
    assert found.states() == expected.states()
    assert found.shown() == expected.shown()


@given(logs(), st.integers(0, 30), st.integers(-60, 60), st.sampled_from(NAMES))
@settings(max_examples=200, deadline=None)
def test_what_comes_late_afterwards_is_put_in_its_place(
    events: list[Event], cut: int, minutes: int, name: ConversationId
) -> None:
    history = FakeHistory()
    history.append(*events)
    journal = Journal(history=history, scheduler=FakeTime(), on_trouble=lambda _: None)
    records = taken_up(events, [cut], journal.conversation)
    journal.listen(records.board.follow)
    wrote = CustomerMessage(
        id=EventId("late"), at=START + timedelta(minutes=minutes), conversation=name, client=CLIENT
    )
    if any(isinstance(event, ConversationMerged) for event in events):
        return  # of those only the next start makes one
    journal.receive(wrote)
    board = whole(list(history.events())).board
    assert [records.board.view(now).rows for now in MOMENTS] == [board.view(now).rows for now in MOMENTS]


def test_what_is_no_state_changes_nothing() -> None:
    anna = Buyer("Anna")
    states = whole([anna.writes("09:00"), anna.gets("09:01", "greet")]).states()
    for number, state in enumerate(states):
        for broken in (None, 7, "x", [["x"]], {**state, "x": 0} if isinstance(state, dict) else [[]]):
            damaged: list[Any] = [*states[:number], broken, *states[number + 1 :]]
            records = Records()
            if not take_up(damaged, records.folds, of(())):
                assert records.states() == Records().states()
                assert records.shown() == Records().shown()
    records = Records()
    assert not take_up(states[1:], records.folds, of(()))


def test_a_log_that_cannot_be_asked_is_asked_again() -> None:
    anna = Buyer("Anna")
    events = [anna.is_about("09:00", "complaint"), anna.is_closed("09:01")]
    history = FakeHistory()
    history.append(*events)
    journal = Journal(history=history, scheduler=FakeTime(), on_trouble=lambda _: None)
    records = Records(journal.conversation)
    assert take_up(whole(events).states(), records.folds, journal.conversation)
    journal.listen(records.board.follow)
    history.refuse = HistoryError("locked", fault=HistoryFault.LOCKED)
    assert records.board.get(anna.id) is None
    history.refuse = None
    journal.publish(anna.writes("09:05"))
    (row,) = records.board.view(START).rows
    assert row.category == "complaint"


def test_what_is_kept_means_the_same_as_long_as_the_rules_have_their_number() -> None:
    """Where this fails because something counts otherwise now, `RULES` is to be raised with it."""
    anna, bob = Buyer("Anna"), Buyer("Bob")
    habits, board, reminders, shift, wordings, sleeps = whole(
        [
            ShiftBegun(id=EventId("s"), at=at("08:00"), shift=ShiftId("s1"), agent="小林"),
            *(anna.writes("09:00"), anna.gets("09:02", "greet"), anna.is_about("09:03", "order")),
            *(owes("09:04", "call", "12:00"), bob.writes("09:10"), bob.is_closed("09:11")),
            anna.writes("09:15"),
            MachineSlept(id=EventId("z"), at=at("09:30"), since=at("09:20")),
        ]
    ).states()
    assert RULES == 2
    assert habits == [["greet", "greet", None, 1]]
    assert board["conversations"] == [
        [
            *("c-Anna", "taobao", "Anna", _text("09:00"), _text("09:15"), None, "order", "greet", None),
            _text("09:15"),
        ]
    ]
    assert reminders == [["call", "call", _text("12:00"), _text("09:04"), "", None, False, None, None]]
    assert shift["shift"] == ["s1", "小林", "", _text("08:00"), None]
    assert shift["figures"] == {
        "parts": {"c-Anna": [3_600_000_000, 3_720_000_000], "c-Bob": []},
        "waiting": {"c-Anna": 4_500_000_000},
        "hours": "None",
        "answered": 1,
        "in_time": 1,
        "firsts": 1,
        "first_total": 120_000_000,
    }
    assert (
        board["sleeps"] == shift["sleeps"] == {"slept": [["z", _text("09:20"), _text("09:30")]], "counts": {}}
    )
    assert wordings == []
    assert [waited for _, waited in sleeps["open"]] == [["c-Anna"]]


def _text(clock: str) -> str:
    return f"2026-03-02T{clock}:00.000000+00:00"
