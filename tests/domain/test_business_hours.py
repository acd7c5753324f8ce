"""Openings by weekday, over midnight, on holidays and on the nights the clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.business_hours import Hours, Opening, moment

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)


def opening(start: float, end: float) -> Opening:
    return Opening(start=start * HOUR, end=end * HOUR)


def at(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


OFFICE = Hours(
    zone=BERLIN,
    week=((opening(9, 12), opening(13, 18)),) * 4 + ((opening(9, 12), opening(22, 26)), (), ()),
    holidays=frozenset({date(2026, 3, 3)}),
)
"""Monday to Thursday with a lunch break, Friday until noon and at night; the third of March is free."""


@pytest.mark.parametrize(
    ("moment", "open"),
    [
        ("2026-03-02 08:59:59", False),
        ("2026-03-02 09:00:00", True),
        ("2026-03-02 11:59:59", True),
        ("2026-03-02 12:00:00", False),
        ("2026-03-02 13:00:00", True),
        ("2026-03-02 18:00:00", False),
        ("2026-03-03 10:00:00", False),  # the holiday
        ("2026-03-06 21:00:00", False),
        ("2026-03-06 23:00:00", True),
        ("2026-03-07 01:59:59", True),  # Friday's night
        ("2026-03-07 02:00:00", False),
        ("2026-03-07 10:00:00", False),
    ],
)
def test_several_openings_a_day_each_by_its_weekday(moment: str, open: bool) -> None:
    assert OFFICE.contains(at(moment)) is open


def test_time_outside_is_not_counted() -> None:
    # Monday 11:30 to Wednesday 10:00: half an hour, five hours, nothing on Tuesday, one hour.
    assert OFFICE.open_time(at("2026-03-02 11:30:00"), at("2026-03-04 10:00:00")) == 6.5 * HOUR
    assert OFFICE.open_time(at("2026-03-06 23:30:00"), at("2026-03-07 09:00:00")) == 2.5 * HOUR
    assert OFFICE.open_time(at("2026-03-07 09:00:00"), at("2026-03-08 09:00:00")) == timedelta(0)


def test_a_holidays_night_is_free_but_not_the_end_of_the_night_before() -> None:
    hours = Hours(zone=BERLIN, week=((opening(22, 26),),) * 7, holidays=frozenset({date(2026, 3, 3)}))
    assert hours.contains(at("2026-03-03 01:00:00"))
    assert not hours.contains(at("2026-03-03 23:00:00"))
    assert not hours.contains(at("2026-03-04 01:00:00"))


def test_openings_that_overlap_count_once() -> None:
    hours = Hours(zone=BERLIN, week=((opening(9, 12), opening(10, 26)), *(((opening(1, 3),),) * 6)))
    assert hours.open_time(at("2026-03-02 00:00:00"), at("2026-03-03 12:00:00")) == 18 * HOUR


@pytest.mark.parametrize(
    ("day", "length"),
    [("2026-03-28", 24), ("2026-03-29", 23), ("2026-10-24", 24), ("2026-10-25", 25)],
)
def test_the_night_the_clocks_change_is_an_hour_shorter_or_longer(day: str, length: int) -> None:
    hours = Hours(zone=BERLIN, week=((opening(0, 24),),) * 7)
    whole = hours.open_time(at(f"{day} 00:00:00"), at(f"{day} 00:00:00") + timedelta(days=1))
    assert whole == length * HOUR


def test_times_that_are_skipped_or_shown_twice() -> None:
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    assert moment(spring, 2.5 * HOUR, BERLIN) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert moment(autumn, 2.5 * HOUR, BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert moment(autumn, 2.5 * HOUR, BERLIN, last=True) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert moment(spring, 24 * HOUR, BERLIN) == datetime(2026, 3, 29, 22, 0, tzinfo=UTC)


MINUTES = st.integers(0, 60 * 24 * 14).map(
    lambda minutes: datetime(2026, 3, 20, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(MINUTES, MINUTES, MINUTES)
def test_open_time_adds_up_and_is_never_longer_than_the_time(a: datetime, b: datetime, c: datetime) -> None:
    first, middle, last = sorted((a, b, c))
    whole = OFFICE.open_time(first, last)
    assert OFFICE.open_time(first, middle) + OFFICE.open_time(middle, last) == whole
    assert timedelta(0) <= whole <= last - first


@given(MINUTES)
def test_an_open_minute_is_open_time(at: datetime) -> None:
    minute = timedelta(minutes=1)
    assert OFFICE.open_time(at, at + minute) == (minute if OFFICE.contains(at) else timedelta(0))
