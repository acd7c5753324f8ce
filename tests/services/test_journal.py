"""Nothing is told before it is stored, and what could not be stored is not forgotten."""

from datetime import timedelta

import pytest

from sidebar.domain.events import Event, ShiftBegun
from sidebar.domain.identifiers import EventId, ShiftId
from sidebar.errors import HistoryError, HistoryFault
from sidebar.services.journal import Journal
from tests.fakes import FakeHistory, FakeTime


def event(name: str) -> Event:
    return ShiftBegun(id=EventId(name), at=FakeTime().now(), shift=ShiftId(name), agent="")


def full() -> HistoryError:
    return HistoryError("The disk is full.", fault=HistoryFault.FULL)


class Bench:
    def __init__(self) -> None:
        self.time = FakeTime()
        self.history = FakeHistory()
        self.told: list[str] = []
        self.trouble: list[str | None] = []
        self.journal = Journal(
            history=self.history,
            scheduler=self.time,
            on_trouble=lambda error: self.trouble.append(None if error is None else str(error)),
        )
        self.journal.listen(lambda each: self.told.append(each.id))


def test_stores_one_act_in_one_transaction_and_then_tells() -> None:
    bench = Bench()
    bench.journal.publish(event("a"), event("b"))
    assert [len(each) for each in bench.history.transactions] == [2]
    assert bench.told == ["a", "b"]
    assert bench.trouble == []


def test_goes_on_in_memory_where_the_disk_is_full_and_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bench = Bench()
    bench.history.refuse = full()
    bench.journal.publish(event("a"))
    assert bench.told == ["a"]
    assert bench.trouble == ["The disk is full."]
    assert bench.journal.unsaved == 1
    assert "refused 1 events" in caplog.text


def test_stores_what_it_kept_as_soon_as_there_is_room_in_the_old_order(
    caplog: pytest.LogCaptureFixture,  # noqa: ARG001 (warnings are meant here)
) -> None:
    bench = Bench()
    bench.history.refuse = full()
    bench.journal.publish(event("a"))
    bench.journal.publish(event("b"))
    bench.history.refuse = None
    bench.time.advance(timedelta(seconds=5))
    assert [each.id for each in bench.history.stored] == ["a", "b"]
    assert bench.trouble[-1] is None
    assert bench.journal.unsaved == 0


def test_the_next_act_stores_what_it_kept_before_itself(
    caplog: pytest.LogCaptureFixture,  # noqa: ARG001 (warnings are meant here)
) -> None:
    bench = Bench()
    bench.history.refuse = full()
    bench.journal.publish(event("a"))
    bench.history.refuse = None
    bench.journal.publish(event("b"))
    assert [each.id for each in bench.history.stored] == ["a", "b"]
    assert bench.trouble == ["The disk is full.", None]


def test_tries_again_every_five_seconds(
    caplog: pytest.LogCaptureFixture,  # noqa: ARG001 (warnings are meant here)
) -> None:
    bench = Bench()
    bench.history.refuse = full()
    bench.journal.publish(event("a"))
    bench.time.advance(timedelta(seconds=60))
    bench.history.refuse = None
    assert bench.journal.unsaved == 1
    bench.time.advance(timedelta(seconds=5))
    assert bench.journal.unsaved == 0


def test_tells_of_what_another_program_has_stored() -> None:
    bench = Bench()
    bench.history.foreign = [event("theirs")]
    bench.journal.catch_up()
    bench.journal.catch_up()
    assert bench.told == ["theirs"]


def test_a_history_that_is_busy_is_asked_again() -> None:
    bench = Bench()
    bench.history.foreign = [event("theirs")]
    bench.history.refuse = full()
    bench.journal.catch_up()
    assert bench.told == []
    bench.history.refuse = None
    bench.journal.catch_up()
    assert bench.told == ["theirs"]


def test_trouble_is_told_again_at_every_try_and_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    bench = Bench()
    bench.history.refuse = full()
    bench.journal.publish(event("a"))
    bench.time.advance(timedelta(seconds=11))
    assert bench.trouble == ["The disk is full."] * 3
    assert len(caplog.records) == 1
    bench.history.refuse = None
    bench.time.advance(timedelta(seconds=5))
    assert bench.trouble[3:] == [None]
    bench.time.advance(timedelta(minutes=1))
    assert len(bench.trouble) == 4


def test_trouble_that_comes_and_goes_is_tried_again_once_in_five_seconds(
    caplog: pytest.LogCaptureFixture,  # noqa: ARG001 (warnings are meant here)
) -> None:
    bench = Bench()
    for name in "abc":
        bench.history.refuse = full()
        bench.journal.publish(event(name))
        bench.history.refuse = None
        bench.journal.publish(event(name * 2))
    bench.history.refuse = full()
    bench.journal.publish(event("d"))
    before = len(bench.trouble)
    bench.time.advance(timedelta(seconds=20))
    assert len(bench.trouble) - before == 4


@pytest.mark.parametrize("full_to_the_end", [True, False])
def test_the_end_stores_what_was_in_memory_or_hands_it_over(
    full_to_the_end: bool,
    caplog: pytest.LogCaptureFixture,  # noqa: ARG001 (warnings are meant here)
) -> None:
    bench = Bench()
    kept: list[str] = []
    bench.journal.finish(lambda *_: pytest.fail("there is nothing to keep"))
    bench.history.refuse = full()
    bench.journal.publish(event("a"))
    if not full_to_the_end:
        bench.history.refuse = None
    bench.journal.finish(lambda *events: kept.extend(each.id for each in events))
    assert kept == (["a"] if full_to_the_end else [])
    assert [each.id for each in bench.history.stored] == ([] if full_to_the_end else ["a"])
    assert bench.journal.unsaved == 0
