"""The staircase finds the level a thing works from."""

import pytest

from tests.bench.samples import Sample
from tests.bench.staircase import Staircase


def test_goes_down_after_success_and_up_after_failure() -> None:
    stairs = Staircase(first=100, step=40, finest=10)
    stairs.hear(worked=True)
    assert stairs.level == 60
    stairs.hear(worked=False)
    assert stairs.level == 80
    stairs.hear(worked=False)
    assert stairs.level == 100


def test_counts_nothing_before_the_steps_are_fine() -> None:
    stairs = Staircase(first=100, step=20, finest=10)
    stairs.hear(worked=True)
    before = stairs.near
    stairs.hear(worked=False)
    assert (before, stairs.near) == ((), (80,))


def test_never_goes_below_zero() -> None:
    stairs = Staircase(first=10, step=40, finest=10)
    stairs.hear(worked=True)
    assert stairs.level == 0


@pytest.mark.parametrize("threshold", [35, 290, 610])
def test_stays_around_the_level_from_which_it_works(threshold: float) -> None:
    stairs = Staircase(first=200, step=80, finest=10)
    for _ in range(24):
        stairs.hear(worked=stairs.level >= threshold)
    assert Sample(values=stairs.near).median == pytest.approx(threshold, abs=10)
