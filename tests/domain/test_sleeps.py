"""What a wait is without the machine's sleeps that are not to count."""

from dataclasses import replace
from datetime import UTC, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.account import Summary
from sidebar.domain.business_hours import Hours, Opening
from sidebar.domain.events import Event, MachineSlept, SleepJudged
from sidebar.domain.identifiers import EventId
from sidebar.domain.metrics import CANONICAL, Profile
from sidebar.domain.sleeps import Sleeps
from sidebar.domain.summaries import summarise
from sidebar.domain.waits import counted_time
from sidebar.storage.metric_files import load_profile, load_profiles
from tests.domain.shop import Buyer, at, fresh
from tests.storage.test_shipped_metrics import FOLDER

MINUTE = timedelta(minutes=1)
ZHANG = Buyer("张女士")


def sleep(since: str, until: str) -> MachineSlept:
    return MachineSlept(id=fresh(), at=at(until), since=at(since))


def judged(slept: Event, clock: str, *, counts: bool) -> SleepJudged:
    return SleepJudged(id=fresh(), at=at(clock), slept=slept.id, counts=counts)


def left_out(*events: Event) -> list[tuple[str, str]]:
    sleeps = Sleeps()
    for event in events:
        sleeps.follow(event)
    return [(f"{since:%H:%M}", f"{until:%H:%M}") for since, until in sleeps.left_out]


def account(*events: Event, profile: Profile = CANONICAL) -> Summary:
    return summarise(events, since=at("09:00"), until=at("20:00"), agent="", now=at("20:00"), profile=profile)


def test_a_sleep_counts_until_it_is_said_that_it_does_not_and_the_last_word_holds() -> None:
    slept = sleep("12:00", "12:42")
    assert left_out(slept) == []
    assert left_out(slept, judged(slept, "12:43", counts=False)) == [("12:00", "12:42")]
    again = judged(slept, "12:44", counts=True)
    assert left_out(slept, judged(slept, "12:43", counts=False), again) == []


def test_of_several_sleeps_each_is_judged_for_itself() -> None:
    one, two, three = sleep("12:00", "12:10"), sleep("13:00", "13:10"), sleep("14:00", "14:10")
    verdicts = (judged(three, "15:00", counts=False), judged(one, "15:00", counts=False))
    assert left_out(one, two, three, *verdicts) == [("12:00", "12:10"), ("14:00", "14:10")]


def test_time_that_two_sleeps_tell_of_is_left_out_once() -> None:
    one, two = sleep("12:00", "12:20"), sleep("12:10", "12:30")
    verdicts = [judged(each, "13:00", counts=False) for each in (one, two)]
    assert left_out(one, two, *verdicts) == [("12:00", "12:30")]


def test_a_wait_is_shorter_by_what_of_the_sleep_lies_in_it() -> None:
    without = ((at("12:00"), at("12:42")),)
    assert counted_time(at("11:50"), at("12:50"), without=without) == 18 * MINUTE
    assert counted_time(at("12:30"), at("12:50"), without=without) == 8 * MINUTE
    assert counted_time(at("12:10"), at("12:20"), without=without) == timedelta(0)
    assert counted_time(at("12:42"), at("12:50"), without=without) == 8 * MINUTE
    assert counted_time(at("11:50"), at("12:00"), without=without) == 10 * MINUTE


def test_a_sleep_across_closing_time_takes_away_its_open_part_alone() -> None:
    """Open until 18:00 and from 19:00; asleep 17:30 to 19:10; a wait from 17:00 to 19:40."""
    openings = (
        Opening(start=timedelta(hours=9), end=timedelta(hours=18)),
        Opening(start=timedelta(hours=19), end=timedelta(hours=21)),
    )
    hours = Hours(zone=UTC, week=(openings,) * 7, pauses=True)
    slept = sleep("17:30", "19:10")
    # open: 60 + 40 minutes, of which 30 + 10 were slept through
    wait = counted_time(at("17:00"), at("19:40"), without=((slept.since, slept.at),), hours=hours)
    assert wait == 60 * MINUTE


def test_both_clocks_of_our_own_profile_are_without_it() -> None:
    slept = sleep("12:01", "12:43")
    told = [
        ZHANG.writes("12:00"),
        ZHANG.is_assigned("12:00:30"),
        slept,
        ZHANG.is_answered("12:44"),
    ]
    counted = account(*told)
    assert (counted.turn_response.mean, counted.agent_response.mean) == (44 * 60, 43.5 * 60)
    assert len(counted.breaches) == 1
    left = account(*told, judged(slept, "12:45", counts=False))
    assert (left.turn_response.mean, left.agent_response.mean) == (120, 90)
    assert (left.breaches, left.within[180]) == ((), 1.0)
    assert (counted.asleep, left.asleep) == (timedelta(0), 42 * MINUTE)
    assert left.as_json()["asleep"] == 2520.0
    (case,) = left.cases
    assert case.longest == 2 * MINUTE


def test_a_marketplace_counts_what_it_counts() -> None:
    slept = sleep("12:01", "12:43")
    told = [
        ZHANG.writes("12:00"),
        slept,
        judged(slept, "12:44", counts=False),
        ZHANG.is_answered("12:44"),
    ]
    others = [each for each in load_profiles(shipped=FOLDER, local=UTC).profiles if each.name != "sidebar"]
    waits = {account(*told, profile=profile).turn_response.max for profile in others}
    assert waits <= {44 * 60, None}  # None where it was night at the marketplace


def test_a_profile_of_the_shops_own_may_leave_it_out_of_its_rate() -> None:
    slept = sleep("10:01", "10:43")
    told = [ZHANG.writes("10:00"), slept, judged(slept, "10:44", counts=False), ZHANG.is_answered("10:44")]
    taobao = load_profile(FOLDER / "taobao-3min.toml", local=UTC)
    assert account(*told, profile=taobao).rate == 0.0
    assert account(*told, profile=replace(taobao, without_sleep=True)).rate == 1.0


def test_what_is_said_after_the_time_looked_at_changes_nothing_in_it() -> None:
    slept = sleep("19:00", "19:42")
    told = [ZHANG.writes("18:59"), slept, ZHANG.is_answered("19:43"), judged(slept, "20:10", counts=False)]
    assert account(*told).turn_response.mean == 44 * 60


MOMENTS = st.integers(0, 600)


@given(st.lists(st.tuples(MOMENTS, MOMENTS, st.booleans()), max_size=6), MOMENTS, MOMENTS, st.randoms())
def test_every_minute_is_left_out_or_not_whatever_the_order_of_events(
    told: list[tuple[int, int, bool]], first: int, last: int, chance: Random
) -> None:
    sleeps, minutes = list[Event](), set[int]()
    for number, (one, other, counts) in enumerate(told):
        since, until = sorted((one, other))
        slept = MachineSlept(
            id=EventId(f"s{number}"), at=at("09:00") + until * MINUTE, since=at("09:00") + since * MINUTE
        )
        sleeps += [slept, judged(slept, "20:00", counts=counts)]
        if not counts:
            minutes |= set(range(since, until))
    chance.shuffle(sleeps)
    fold = Sleeps()
    for event in sleeps:
        fold.follow(event)
    begun, ended = sorted((first, last))
    counted = counted_time(at("09:00") + begun * MINUTE, at("09:00") + ended * MINUTE, without=fold.left_out)
    assert counted == len(set(range(begun, ended)) - minutes) * MINUTE
