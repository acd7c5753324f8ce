"""The arithmetic of the benchmarks, by hand; nothing is timed here."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.samples import Sample, in_figures, percentile

_FINITE = st.floats(min_value=-1e9, max_value=1e9)


def test_median_of_an_even_number_is_the_mean_of_the_two_in_the_middle() -> None:
    assert Sample(values=(9.0, 1.0, 3.0, 4.0)).median == 3.5


def test_p95_lies_between_the_two_highest_of_three() -> None:
    # Rank 1.9 of 0, 1, 2: nine tenths of the way from 10 to 20.
    assert Sample(values=(20.0, 0.0, 10.0)).p95 == pytest.approx(19.0)


def test_a_single_value_is_its_own_median_and_p95() -> None:
    alone = Sample(values=(7.0,))
    assert (alone.median, alone.p95) == (7.0, 7.0)


def test_lost_tries_count_as_tries_and_change_no_median() -> None:
    sample = Sample(values=(1.0, 2.0, 3.0), lost=7)
    assert (sample.tries, sample.median) == (10, 2.0)


def test_ratio_compares_medians() -> None:
    base = Sample(values=(2.0, 4.0, 100.0))
    assert Sample(values=(6.0,)).ratio(base) == 1.5


@pytest.mark.parametrize("base", [Sample(), Sample(lost=3), Sample(values=(0.0,))])
def test_there_is_no_ratio_to_nothing(base: Sample) -> None:
    assert math.isnan(Sample(values=(6.0,)).ratio(base))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0.00"),
        (0.034, "0.03"),
        (4.376, "4.38"),
        (27.54, "27.5"),
        (99.96, "100.0"),
        (158.2, "158"),
        (1234.5, "1234"),
        (-4.376, "-4.38"),
        (math.nan, "–"),
    ],
)
def test_values_are_written_with_the_figures_that_count(value: float, text: str) -> None:
    assert in_figures(value) == text


@given(st.lists(_FINITE, min_size=1), st.floats(min_value=0, max_value=1))
def test_a_percentile_lies_within_the_values(values: list[float], share: float) -> None:
    slack = 1e-6 * max(1.0, *map(abs, values))
    assert min(values) - slack <= percentile(values, share) <= max(values) + slack
