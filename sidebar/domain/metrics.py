"""How waiting is measured: the profile that says what counts, and the figures made of many waits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil

from sidebar.domain.conversations import Thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What counts as a breach, by whom it was said (`source`) and when it was looked up (`as_of`)."""

    name: str
    source: str
    as_of: date
    thresholds: Thresholds = field(default_factory=Thresholds)


CANONICAL = Profile(
    name="sidebar",
    source="the sidebar's own definition: turns, human replies, every hour of the day",
    as_of=date(2026, 11, 21),
)
"""A turn runs from the buyer's first unanswered message to the first human reply; no headline rate."""

BOUNDS = (30, 60, 180, 300)
"""Seconds; the shares most marketplaces look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How a number of waits are spread, in seconds; all None where there were none.

    The median is the middle value, or the mean of the two in the middle; p90 is the nearest
    rank: the smallest wait that at least nine in ten do not exceed.
    """

    count: int = 0
    mean: float | None = None
    median: float | None = None
    p90: float | None = None
    max: float | None = None


def spread(waits: Iterable[timedelta]) -> Spread:
    """The spread of *waits*, to the millisecond."""
    ordered = sorted(wait.total_seconds() for wait in waits)
    if not ordered:
        return Spread()
    from statistics import fmean, median  # brings fractions and decimals along, 2 ms of a start

    return Spread(
        count=len(ordered),
        mean=round(fmean(ordered), 3),
        median=round(median(ordered), 3),
        p90=round(ordered[ceil(len(ordered) * 9 / 10) - 1], 3),
        max=round(ordered[-1], 3),
    )


def shares_within(
    waits: Sequence[timedelta], turns: int, bounds: Sequence[int] = BOUNDS
) -> Mapping[int, float | None]:
    """For each of *bounds* (seconds) the share of *turns* answered no later; None where there were none.

    *turns* counts those still open too: a buyer nobody has answered was not answered in time.
    """
    return {
        bound: sum(wait <= timedelta(seconds=bound) for wait in waits) / turns if turns else None
        for bound in bounds
    }
