"""The figures made of many waits, against values worked out by hand."""

from datetime import timedelta
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.metrics import Spread, shares_within, spread


def seconds(*values: float) -> list[timedelta]:
    return [timedelta(seconds=value) for value in values]


def test_nothing_has_no_figures() -> None:
    assert spread([]) == Spread(count=0, mean=None, median=None, p90=None, max=None)


def test_one_wait_is_every_figure() -> None:
    assert spread(seconds(12)) == Spread(count=1, mean=12, median=12, p90=12, max=12)


def test_the_median_of_an_even_number_is_the_mean_of_the_middle_two() -> None:
    # 10 + 20 + 40 + 90 = 160; the middle two are 20 and 40; nine tenths of four is 3.6: the fourth.
    assert spread(seconds(90, 10, 40, 20)) == Spread(count=4, mean=40, median=30, p90=90, max=90)


def test_p90_of_ten_is_the_ninth() -> None:
    assert spread(seconds(*range(1, 11))) == Spread(count=10, mean=5.5, median=5.5, p90=9, max=10)


def test_p90_of_eleven_is_the_tenth() -> None:
    assert spread(seconds(*range(1, 12))) == Spread(count=11, mean=6, median=6, p90=10, max=11)


def test_figures_are_given_to_the_millisecond() -> None:
    assert spread(seconds(1, 1, 2)).mean == 1.333


def test_a_bound_itself_is_within() -> None:
    waits = seconds(30, 30.001, 60, 180, 181)
    assert shares_within(waits, 5, bounds=(30, 60, 180, 300)) == {30: 0.2, 60: 0.6, 180: 0.8, 300: 1.0}


def test_open_turns_are_part_of_the_whole() -> None:
    assert shares_within(seconds(10), 4, bounds=(30,)) == {30: 0.25}


def test_no_turns_have_no_share() -> None:
    assert shares_within([], 0, bounds=(30, 60)) == {30: None, 60: None}


@given(st.lists(st.integers(0, 86_400_000).map(lambda ms: timedelta(milliseconds=ms)), min_size=1))
def test_figures_keep_their_order(waits: list[timedelta]) -> None:
    figures = spread(waits)
    assert figures.count == len(waits)
    assert figures.mean is not None
    assert figures.median is not None
    assert figures.p90 is not None
    assert figures.max is not None
    shortest = min(waits).total_seconds()
    assert shortest <= figures.median <= figures.p90 <= figures.max
    assert shortest <= figures.mean <= figures.max or isclose(figures.mean, figures.max)
    not_longer = sum(wait.total_seconds() <= figures.p90 for wait in waits)
    assert not_longer * 10 >= len(waits) * 9


@pytest.mark.parametrize("count", range(1, 40))
def test_p90_is_the_nearest_rank(count: int) -> None:
    rank = next(rank for rank in range(1, count + 1) if rank * 10 >= count * 9)
    assert spread(seconds(*range(1, count + 1))).p90 == rank
