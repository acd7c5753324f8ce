"""Shifts: one at a time, and found by name."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.events import CustomerMessage, Event, ShiftBegun, ShiftEnded
from sidebar.domain.identifiers import ClientName, ConversationId, EventId, ShiftId
from sidebar.domain.shifts import Shift, choose, shifts

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def begun(hours: float, shift: str, agent: str = "小李", name: str = "") -> ShiftBegun:
    return ShiftBegun(
        id=EventId(f"b{hours}{shift}"), at=at(hours), shift=ShiftId(shift), agent=agent, name=name
    )


def ended(hours: float, shift: str) -> ShiftEnded:
    return ShiftEnded(id=EventId(f"e{hours}{shift}"), at=at(hours), shift=ShiftId(shift))


def shift(name: str, start: float, end: float | None) -> Shift:
    return Shift(
        id=ShiftId(name), agent="小李", name="", begun=at(start), ended=None if end is None else at(end)
    )


def test_a_shift_runs_from_its_beginning_to_its_end() -> None:
    assert shifts([begun(0, "s", name="早班"), ended(8, "s")]) == (
        Shift(id=ShiftId("s"), agent="小李", name="早班", begun=at(0), ended=at(8)),
    )


def test_a_shift_without_an_end_is_running() -> None:
    (running,) = shifts([begun(0, "s")])
    assert running.running
    assert running.ended is None


def test_a_shift_that_begins_ends_the_one_before() -> None:
    found = shifts([begun(0, "a"), begun(8, "b"), ended(9, "a"), ended(16, "b")])
    assert found == (shift("a", 0, 8), shift("b", 8, 16))


def test_an_end_counts_once_and_only_for_its_own_shift() -> None:
    assert shifts([ended(0, "a"), begun(1, "a"), ended(2, "x"), ended(3, "a"), ended(4, "a")]) == (
        shift("a", 1, 3),
    )


def test_the_same_shift_does_not_begin_twice() -> None:
    assert shifts([begun(0, "a"), ended(1, "a"), begun(2, "a")]) == (shift("a", 0, 1),)


def test_other_events_are_passed_over() -> None:
    message = CustomerMessage(
        id=EventId("m"), at=at(1), conversation=ConversationId("c"), client=ClientName("x")
    )
    assert shifts([begun(0, "a"), message, ended(2, "a")]) == (shift("a", 0, 2),)


def test_shifts_are_found_by_id_and_by_place() -> None:
    first, second, third = shift("a", 0, 8), shift("b", 8, 16), shift("c", 16, None)
    among = (first, second, third)
    assert choose(among, "current") == third
    assert choose(among, "last") == second
    assert choose(among, "a") == first
    assert choose(among, "z") is None
    assert choose((first,), "current") is None
    assert choose((), "last") is None


@given(st.lists(st.tuples(st.booleans(), st.sampled_from("abc"))))
def test_shifts_never_overlap(script: list[tuple[bool, str]]) -> None:
    events: list[Event] = [
        begun(hours, name) if begins else ended(hours, name) for hours, (begins, name) in enumerate(script)
    ]
    found = shifts(events)
    assert all(one.ended is not None and one.ended <= other.begun for one, other in pairwise(found))
