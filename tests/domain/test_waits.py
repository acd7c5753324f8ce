"""How long a wait is, and when it will have been so long, with closed hours and what is left out."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.business_hours import Hours, parse_opening
from sidebar.domain.waits import FAR, Stretch, counted_time, reached_at

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
SPLIT = Hours(
    zone=SHANGHAI,
    week=(tuple(map(parse_opening, ("09:00-12:00", "13:30-18:00", "22:00-02:00"))),) * 6 + ((),),
    holidays=frozenset({date(2026, 3, 4)}),
    pauses=True,
)
"""Three openings a day, the third over midnight; no Sundays, and the fourth of March is free."""


def local(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    """A time of March 2026; the second is a Monday."""
    return datetime.fromisoformat(f"2026-03-{text}").replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("since", "length", "reached"),
    [
        ("02 09:10", 3, "02 09:13"),
        ("02 11:59", 3, "02 13:32"),  # one minute before lunch, two after it
        ("02 12:10", 3, "02 13:33"),
        ("02 23:58", 3, "03 00:01"),  # over midnight the night goes on
        ("03 01:59", 3, "03 09:02"),
        ("03 22:00", 241, "05 09:01"),  # that night until two, nothing on the fourth
        ("07 17:59", 3, "07 22:02"),
        ("08 01:59", 3, "09 09:02"),  # Saturday's night, then Monday
    ],
)
def test_a_wait_goes_on_where_the_shop_opens_again(since: str, length: int, reached: str) -> None:
    assert reached_at(local(since), length * MINUTE, hours=SPLIT) == local(reached)
    assert counted_time(local(since), local(reached), hours=SPLIT) == length * MINUTE


def test_a_shop_that_never_opens_again_keeps_nobody_waiting_too_long() -> None:
    never = Hours(zone=UTC, week=((),) * 7, pauses=True)
    assert reached_at(local("02 09:00"), MINUTE, hours=never) == FAR
    assert counted_time(local("02 09:00"), local("28 09:00"), hours=never) == timedelta(0)


def test_on_the_night_the_clocks_go_forward_an_hour_of_the_opening_is_not_there() -> None:
    night = Hours(zone=BERLIN, week=((parse_opening("00:00-06:00"),),) * 7, pauses=True)
    assert counted_time(local("28 00:00", BERLIN), local("28 12:00", BERLIN), hours=night) == 6 * HOUR
    assert counted_time(local("29 00:00", BERLIN), local("29 12:00", BERLIN), hours=night) == 5 * HOUR
    assert reached_at(local("29 01:30", BERLIN), HOUR, hours=night) == local("29 03:30", BERLIN)


MINUTES = st.integers(0, 60 * 24 * 9)


def moment(minutes: int) -> datetime:
    return local("02 00:00") + minutes * MINUTE


@st.composite
def apart(draw: st.DrawFn) -> tuple[Stretch, ...]:
    """Stretches in order, none of which overlaps another."""
    ends = sorted(draw(st.sets(MINUTES, max_size=8)))
    return tuple((moment(a), moment(b)) for a, b in zip(ends[::2], ends[1::2], strict=False))


@given(MINUTES, MINUTES, apart(), st.sampled_from([None, SPLIT]))
def test_each_minute_counts_that_is_open_and_not_left_out(
    first: int, last: int, without: tuple[Stretch, ...], hours: Hours | None
) -> None:
    first, last = sorted((first, last))
    last = min(last, first + 2000)
    minutes = [
        moment(each)
        for each in range(first, last)
        if (hours is None or hours.contains(moment(each)))
        and not any(begun <= moment(each) < ended for begun, ended in without)
    ]
    counted = counted_time(moment(first), moment(last), without=without, hours=hours)
    assert counted == len(minutes) * MINUTE


@given(MINUTES, st.integers(1, 3000), apart(), st.sampled_from([None, SPLIT]))
def test_what_is_reached_has_been_counted_to_the_minute(
    since: int, length: int, without: tuple[Stretch, ...], hours: Hours | None
) -> None:
    reached = reached_at(moment(since), length * MINUTE, without=without, hours=hours)
    assert counted_time(moment(since), reached, without=without, hours=hours) == length * MINUTE
    before = counted_time(moment(since), reached - MINUTE, without=without, hours=hours)
    assert before == (length - 1) * MINUTE
