"""Durations as people write them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.durations import LONGEST, parse_duration

READ = {
    "2h": timedelta(hours=2),
    "30min": timedelta(minutes=30),
    "30 min": timedelta(minutes=30),
    "90m": timedelta(minutes=90),
    "45s": timedelta(seconds=45),
    "1d": timedelta(days=1),
    "1w": timedelta(days=7),
    "1h30m": timedelta(minutes=90),
    "1.5h": timedelta(minutes=90),
    "2 Hours": timedelta(hours=2),
    "2小时": timedelta(hours=2),
    "2个小时": timedelta(hours=2),
    "90分钟": timedelta(minutes=90),
    "5分": timedelta(minutes=5),
    "1小时30分": timedelta(minutes=90),
    "半小时": timedelta(minutes=30),
    "半个小时": timedelta(minutes=30),
    "半天": timedelta(hours=12),
    "3天": timedelta(days=3),
    "1周": timedelta(days=7),
}


@pytest.mark.parametrize(("text", "expected"), READ.items(), ids=list(READ))
def test_reads_what_people_write(text: str, expected: timedelta) -> None:
    assert parse_duration(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", " ", "2", "h", "0h", "-2h", "30m1h", "1h1h", "2h later", "soon", "尽快", "400d", "9999999h", "1e3h"],
)
def test_refuses_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_duration(text)


@given(st.text(max_size=30))
def test_wild_text_is_read_within_bounds_or_refused(text: str) -> None:
    try:
        read = parse_duration(text)
    except ValueError:
        return
    assert timedelta(0) < read <= LONGEST


@given(st.integers(0, 30), st.integers(0, 23), st.integers(0, 59))
def test_adds_up_days_hours_and_minutes(days: int, hours: int, minutes: int) -> None:
    total = timedelta(days=days, hours=hours, minutes=minutes)
    if total:
        assert parse_duration(f"{days}d{hours}h{minutes}min") == total
