"""Clocks that stand while the shop is closed: on the screen, in the footer, in the summary alike."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.business_hours import Hours, parse_opening
from sidebar.domain.conversations import Thresholds, Urgency
from sidebar.domain.events import (
    AgentMessage,
    Assigned,
    ConversationClosed,
    ConversationEvent,
    CustomerMessage,
    Event,
    MachineSlept,
    ShiftBegun,
    SleepJudged,
)
from sidebar.domain.identifiers import ConversationId, EventId, ShiftId
from sidebar.domain.metrics import CANONICAL
from sidebar.domain.phrases import Category
from sidebar.domain.summaries import summarise
from sidebar.services.alarms import Alarm, Alarms
from sidebar.services.board import Board
from sidebar.services.rebuilding import rebuild
from sidebar.services.shift_log import ShiftLog
from tests.domain.shop import CLIENT, Buyer, at, fresh

MINUTE = timedelta(minutes=1)
HOURS = Hours(
    zone=UTC,
    week=((parse_opening("09:00-12:00"), parse_opening("13:00-18:00")),) * 7,
    pauses=True,
)
ZHANG, LI = Buyer("张女士"), Buyer("李先生")


def board(*events: Event, hours: Hours = HOURS) -> Board:
    made = Board(thresholds=Thresholds(), hours=hours)
    for event in events:
        made.follow(event)
    return made


def waited(made: Board, clock: str) -> timedelta | None:
    (row,) = made.view(at(clock)).rows
    return row.waiting(at(clock))


def urgency(made: Board, clock: str) -> Urgency:
    (row,) = made.view(at(clock)).rows
    return row.urgency


def test_the_clock_stands_at_noon_and_goes_on_afterwards() -> None:
    made = board(ZHANG.writes("11:59"))
    assert waited(made, "11:59:30") == MINUTE / 2
    assert [waited(made, clock) for clock in ("12:00", "12:30", "13:00")] == [MINUTE] * 3
    assert waited(made, "13:00:30") == MINUTE * 1.5


def test_it_stands_while_nobody_looks_as_well() -> None:
    """The view of noon is not drawn up anew: its clocks stand by themselves."""
    made = board(ZHANG.writes("11:59"))
    (row,) = made.view(at("12:10")).rows
    assert row.waiting(at("12:50")) == MINUTE
    assert made.view(at("12:50")).rows[0] is row


def test_what_is_written_at_night_waits_from_the_morning_on() -> None:
    made = board(ZHANG.writes("03:00"))
    assert (waited(made, "08:59"), urgency(made, "08:59")) == (timedelta(0), Urgency.RUNNING)
    assert urgency(made, "09:01:39") is Urgency.RUNNING
    assert urgency(made, "09:01:40") is Urgency.WARNED
    assert urgency(made, "09:03:00") is Urgency.BREACHED


def test_who_wrote_first_stands_first_while_the_shop_is_closed() -> None:
    made = board(LI.writes("18:30"), ZHANG.writes("17:59"))
    made.view(at("18:35"))
    made.follow(Buyer("tb8827").writes("18:40"))
    assert [row.customer for row in made.view(at("18:45")).rows] == ["张女士", "李先生", "tb8827"]


def test_nobody_is_told_of_at_night_and_the_agents_clock_stands_too() -> None:
    alarms = Alarms()
    made = board(ZHANG.writes("17:58"), ZHANG.is_assigned("17:59"))
    assert alarms.look(made.view(at("17:59:30"))) == Alarm()
    assert alarms.look(made.view(at("23:00"))).waiting is not None  # 120 of 180 seconds
    (row,) = made.view(at("23:00")).rows
    assert (row.urgency, row.waiting(at("23:00")), row.agent_waiting(at("23:00"))) == (
        Urgency.WARNED,
        2 * MINUTE,
        MINUTE,
    )


def test_a_sleep_across_closing_time_takes_its_open_part_alone() -> None:
    slept = MachineSlept(id=fresh(), at=at("13:10"), since=at("11:50"))
    made = board(ZHANG.writes("11:45"), slept)
    assert waited(made, "13:15") == 30 * MINUTE
    made.follow(SleepJudged(id=fresh(), at=at("13:15"), slept=slept.id, counts=False))
    assert waited(made, "13:15") == 10 * MINUTE


def test_the_limits_are_those_of_the_category() -> None:
    soon = Thresholds(warn=MINUTE / 2, breach=MINUTE)
    made = Board(thresholds=Thresholds(), categories={Category.COMPLAINT: soon})
    made.follow(ZHANG.writes("10:00"))
    assert urgency(made, "10:01") is Urgency.RUNNING
    made.follow(ZHANG.is_about("10:01", "complaint"))
    assert urgency(made, "10:01") is Urgency.BREACHED
    made.follow(ZHANG.is_about("10:01", "order"))
    assert urgency(made, "10:01") is Urgency.RUNNING
    profile = replace(CANONICAL, categories={Category.COMPLAINT: soon})
    told = [ZHANG.writes("10:00"), ZHANG.is_answered("10:01"), LI.writes("10:00"), LI.is_answered("10:01")]
    found = summarise(
        [*told, LI.is_about("10:02", "complaint")],
        since=at("09:00"),
        agent="",
        now=at("18:00"),
        profile=profile,
    )
    assert [breach.customer for breach in found.breaches] == ["李先生"]


STEPS = st.tuples(
    st.integers(0, 90),
    st.sampled_from("abc"),
    st.sampled_from((CustomerMessage, CustomerMessage, AgentMessage, Assigned, ConversationClosed)),
)


@given(
    st.lists(STEPS, max_size=40),
    st.lists(st.tuples(st.integers(0, 1500), st.integers(1, 200), st.booleans()), max_size=3),
    st.booleans(),
)
def test_screen_footer_and_summary_say_the_same(
    steps: list[tuple[int, str, type[ConversationEvent]]],
    sleeps: list[tuple[int, int, bool]],
    kept: bool,
) -> None:
    begun, minutes = at("08:00"), 0
    events: list[Event] = [ShiftBegun(id=EventId("s"), at=begun, shift=ShiftId("s"), agent="")]
    for number, (later, name, kind) in enumerate(steps):
        minutes += later
        events.append(
            kind(
                id=EventId(str(number)),
                at=begun + minutes * MINUTE,
                conversation=ConversationId(name),
                client=CLIENT,
            )
        )
    for number, (since, length, counts) in enumerate(sleeps):
        woke = begun + (since + length) * MINUTE
        slept = MachineSlept(id=EventId(f"m{number}"), at=woke, since=begun + since * MINUTE)
        events += [slept, SleepJudged(id=EventId(f"j{number}"), at=woke, slept=slept.id, counts=counts)]
    events.sort(key=lambda event: event.at)
    now = max(event.at for event in events)
    made, shifts = Board(thresholds=Thresholds(), hours=HOURS), ShiftLog(hours=HOURS)
    made.watch(shifts)
    if kept:  # under other hours, until the last of it: the figures are counted anew
        before = ShiftLog()
        early = Board(thresholds=Thresholds())
        early.watch(before)
        rebuild(events, (early, before))
        made.restore(early.state(), lambda _: ())
        shifts.restore(before.state(), lambda _: ())
    else:
        rebuild(events, (made, shifts))
    summary = summarise(events, since=begun, agent="", now=now, profile=replace(CANONICAL, hours=HOURS))
    rows = made.view(now).rows
    shown = {row.conversation: row.waiting(now) for row in rows if row.waiting_since is not None}
    assert shown == {wait.conversation: wait.waited for wait in summary.open}
    footer = shifts.view(now)
    assert footer.handled == summary.conversations
    mean = None if footer.first_response is None else footer.first_response.total_seconds()
    wanted = summary.first_response.mean
    assert mean == (None if wanted is None else pytest.approx(wanted, abs=0.001))
    late = sum(wait.waited >= 3 * MINUTE for wait in summary.open)
    decided = summary.answered_turns + late
    in_time = (summary.within[180] or 0) * summary.turns
    assert footer.share == (pytest.approx(in_time / decided) if decided else None)


def test_the_hours_of_a_summer_night_are_those_of_their_zone() -> None:
    berlin = Hours(zone=ZoneInfo("Europe/Berlin"), week=((parse_opening("22:00-06:00"),),) * 7, pauses=True)
    midnight = datetime(2026, 3, 28, 23, tzinfo=UTC)  # the clocks go forward in two hours
    wrote = replace(ZHANG.writes("00:00"), at=midnight)
    made = board(wrote, hours=berlin)
    morning = midnight + timedelta(hours=10)
    (row,) = made.view(morning).rows
    assert row.waiting(morning) == timedelta(hours=5)
