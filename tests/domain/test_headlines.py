"""The corners of headline figures that no marketplace's own example shows."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.business_hours import Hours, Opening
from sidebar.domain.conversations import Reply
from sidebar.domain.events import Author, Event
from sidebar.domain.headlines import Headline
from sidebar.domain.measures import Cycle, Figure, Judged, Measure, Starts, Target, Unit
from sidebar.domain.metrics import Profile
from sidebar.domain.summaries import summarise
from sidebar.domain.turns import Exclusion
from tests.domain.shop import Buyer, at

ZHANG, LI = Buyer("张女士"), Buyer("李先生")
MINUTE = timedelta(minutes=1)
SHARE = Measure(figure=Figure.SHARE, zone=UTC, within=3 * MINUTE)


def headline(
    events: Iterable[Event],
    measure: Measure = SHARE,
    *,
    since: str = "00:00",
    end: str = "24:00",
    left_out: frozenset[Exclusion] = frozenset(),
    hours: Hours | None = None,
) -> Headline:
    profile = Profile(
        name="p", source="s", as_of=date(2026, 1, 1), measure=measure, left_out=left_out, hours=hours
    )
    found = summarise(events, since=at(since), until=at(end), agent="", now=at(end), profile=profile)
    assert found.headline is not None
    return found.headline


def test_nothing_comes_to_nothing() -> None:
    found = headline([])
    assert (found.value, found.counted, found.met) == (None, 0, None)


def test_the_bound_itself_is_in_time() -> None:
    found = headline([ZHANG.writes("10:00:00"), ZHANG.is_answered("10:03:00")])
    assert (found.value, found.good) == (1.0, 1)


def test_who_waits_but_not_too_long_yet_is_undecided() -> None:
    found = headline([ZHANG.writes("10:00:00"), LI.writes("10:02:00")], end="10:03:01")
    assert (found.value, found.counted, found.unanswered, found.undecided) == (0.0, 1, 1, 1)


def test_what_is_not_left_out_counts_as_not_answered() -> None:
    events = [ZHANG.writes("10:00"), ZHANG.is_closed("10:01"), LI.writes("10:00"), LI.needs_no_reply("10:01")]
    assert headline(events).value == 0.0
    both = frozenset({Exclusion.CLOSED, Exclusion.NO_REPLY_NEEDED})
    assert headline(events, left_out=both).counted == 0


def test_a_message_counts_by_its_own_time() -> None:
    messages = replace(SHARE, unit=Unit.MESSAGE)
    events = [ZHANG.writes("08:59"), ZHANG.writes("09:01"), ZHANG.is_answered("09:02")]
    assert headline(events, messages, since="09:00").counted == 1
    nine = Hours(zone=UTC, week=((Opening(start=timedelta(hours=9), end=timedelta(hours=17)),),) * 7)
    assert headline(events, messages, hours=nine).counted == 1


def test_where_hours_pause_the_clock_a_night_is_no_wait() -> None:
    day = Opening(start=timedelta(hours=9), end=timedelta(hours=17))
    hours = Hours(zone=UTC, week=((day,),) * 7, pauses=True)
    events = [ZHANG.writes("16:59"), ZHANG.is_answered("33:02"), LI.writes("20:00"), LI.is_answered("33:04")]
    found = headline(events, hours=hours, end="48:00")
    assert (found.good, found.counted) == (1, 2)


def test_a_conversation_whose_first_turn_was_before_is_not_judged() -> None:
    first = replace(SHARE, unit=Unit.CONVERSATION, judged=Judged.FIRST)
    events = [
        ZHANG.writes("08:00"),
        ZHANG.is_answered("08:01"),
        ZHANG.writes("10:00"),
        ZHANG.is_answered("10:09"),
    ]
    assert headline(events, first).value == 1.0
    assert headline(events, first, since="09:00").counted == 0


def test_a_conversation_that_is_opened_again_is_another() -> None:
    first = replace(SHARE, unit=Unit.CONVERSATION, judged=Judged.FIRST)
    events = [
        ZHANG.writes("10:00"),
        ZHANG.is_answered("10:01"),
        ZHANG.is_closed("10:02"),
        ZHANG.writes("12:00"),
        ZHANG.is_answered("12:09"),
    ]
    assert (headline(events, first).good, headline(events, first).counted) == (1, 2)


def test_one_buyers_conversations_are_one_person_a_day() -> None:
    people = replace(SHARE, unit=Unit.PERSON_DAY)
    twice = Buyer("张女士", conversation="another")
    events = [
        ZHANG.writes("10:00"),
        ZHANG.is_answered("10:01"),
        twice.writes("11:00"),
        twice.is_answered("11:01"),
    ]
    assert headline(events, people).counted == 1


def test_the_agents_clock_is_the_shops_where_nobody_told_of_an_assignment() -> None:
    agent = replace(SHARE, starts=Starts.ASSIGNED)
    queued = [ZHANG.writes("10:00"), ZHANG.is_assigned("10:08"), ZHANG.is_answered("10:10")]
    assert headline(queued, agent).value == 1.0
    assert headline(queued).value == 0.0
    assert headline([ZHANG.writes("10:00"), ZHANG.is_answered("10:10")], agent).value == 0.0


def test_a_mean_that_is_too_long_already_need_not_wait_for_an_answer() -> None:
    mean = replace(SHARE, unit=Unit.CONVERSATION, judged=Judged.MEAN)
    late = [ZHANG.writes("10:00"), ZHANG.is_answered("10:07"), ZHANG.writes("10:08")]
    assert headline(late, mean, end="10:09").value == 0.0
    early = [ZHANG.writes("10:00"), ZHANG.is_answered("10:01"), ZHANG.writes("10:08")]
    assert headline(early, mean, end="10:09").undecided == 1


def test_a_cycles_end_belongs_to_it() -> None:
    cycle = Cycle(cut=timedelta(hours=18), due=timedelta(hours=19))
    measure = replace(SHARE, unit=Unit.CYCLE, within=None, cycle=cycle)
    assert measure.deadline(at("18:00:00")) == at("19:00")
    assert measure.deadline(at("18:00:01")) == at("43:00")


def test_a_target_is_met_from_either_side() -> None:
    assert Target(value=0.9).met(0.9)
    assert not Target(value=0.9).met(0.89)
    assert Target(value=40, at_most=True).met(40)
    assert not Target(value=40, at_most=True).met(41)


def test_the_late_share_and_the_good_one_make_a_whole() -> None:
    events = [ZHANG.writes("10:00"), ZHANG.is_answered("10:01"), LI.writes("10:00"), LI.is_answered("10:09")]
    late = headline(events, replace(SHARE, figure=Figure.LATE, targets=(Target(value=0.1, at_most=True),)))
    assert (late.value, late.good, late.met) == (0.5, 1, False)


_SCRIPT = st.lists(
    st.tuples(
        st.sampled_from([ZHANG, LI]),
        st.sampled_from(["writes", "is_answered", "is_assigned", "needs_no_reply", "is_closed", "bot"]),
    ),
    max_size=30,
)


@given(_SCRIPT, st.sampled_from(Unit), st.sampled_from(Judged), st.sampled_from(Starts))
def test_whatever_is_counted_is_counted_once_and_a_share_is_one(
    script: list[tuple[Buyer, str]], unit: Unit, judged: Judged, starts: Starts
) -> None:
    events: list[Event] = []
    for minute, (buyer, act) in enumerate(script):
        clock = f"10:{minute}"
        bot = buyer.is_answered(clock, by=Author.BOT)
        events.append(bot if act == "bot" else getattr(buyer, act)(clock))
    cycle = Cycle(cut=timedelta(hours=10, minutes=15), due=timedelta(hours=10, minutes=20))
    measure = replace(
        SHARE, unit=unit, judged=judged, starts=starts, cycle=cycle if unit is Unit.CYCLE else None
    )
    found = headline(events, measure, end="11:00")
    assert 0 <= found.good <= found.counted
    assert found.unanswered <= found.counted - found.good
    assert found.value is None or found.value == pytest.approx(found.good / found.counted)


@given(_SCRIPT)
def test_the_more_replies_count_the_more_turns_are_answered(script: list[tuple[Buyer, str]]) -> None:
    events: list[Event] = []
    for minute, (buyer, act) in enumerate(script):
        clock = f"10:{minute}"
        bot = buyer.is_answered(clock, by=Author.BOT)
        events.append(bot if act == "bot" else getattr(buyer, act)(clock))
    profile = Profile(name="p", source="s", as_of=date(2026, 1, 1))
    every = replace(profile, answers=frozenset(Reply))

    def answered(profile: Profile) -> int:
        return summarise(events, since=at("10:00"), agent="", now=at("11:00"), profile=profile).answered_turns

    assert answered(every) >= answered(profile)
