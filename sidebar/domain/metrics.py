"""How waiting is measured: the profile that says what counts, and the figures made of many waits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import TYPE_CHECKING

from sidebar.domain.conversations import BY_HAND, Reply, Thresholds
from sidebar.domain.lean import dataclass
from sidebar.domain.phrases import Category
from sidebar.domain.turns import Exclusion, Turn, TurnEnd
from sidebar.domain.waits import Stretch, counted_time

if TYPE_CHECKING:  # the sidebar's own definition has neither
    from sidebar.domain.business_hours import Hours
    from sidebar.domain.measures import Measure


class Evidence(StrEnum):
    """How far the source of a profile is to be relied on."""

    OWN = "own"
    OFFICIAL = "official"
    EXPORT = "export"
    """The name of a column in the marketplace's own export; the formula is not published."""
    THIRD_PARTY = "third_party"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What counts and what is a breach, by whom it was said (`source`) and when it was so (`as_of`).

    `answers` are the replies that end a wait; of the reasons in `left_out` a turn is not counted
    for any, and one that ended in another way than by an answer counts as not answered. With
    `without_sleep` waits are without what the machine slept through, where the agent has said so.
    `measure` is how the headline figure is made; None where there is none. `note` tells what the
    source leaves open.
    """

    name: str
    source: str
    as_of: date
    evidence: Evidence = Evidence.OWN
    label: str = ""
    note: str = ""
    thresholds: Thresholds = field(default_factory=Thresholds)
    categories: Mapping[Category, Thresholds] = field(default_factory=dict)
    answers: frozenset[Reply] = BY_HAND
    left_out: frozenset[Exclusion] = frozenset({Exclusion.NO_REPLY_NEEDED, Exclusion.CLOSED})
    without_sleep: bool = False
    hours: "Hours | None" = None
    measure: "Measure | None" = None

    @property
    def pauses(self) -> bool:
        """Whether a wait may last less than the time from its beginning to its end."""
        return self.without_sleep or (self.hours is not None and self.hours.pauses)

    def breach(self, category: Category | None) -> timedelta:
        """How long a wait in a conversation of *category* is too long."""
        own = None if category is None else self.categories.get(category)
        return (own or self.thresholds).breach

    def exclusion(self, turn: Turn, since: datetime, written: datetime | None = None) -> Exclusion | None:
        """Why *turn* does not count from *since* on; None where it does.

        With *written* it is asked of that message of the turn alone.
        """
        begun = turn.begun if written is None else written
        if begun < since:
            return Exclusion.BEGAN_BEFORE
        if turn.end is TurnEnd.NO_REPLY_NEEDED and Exclusion.NO_REPLY_NEEDED in self.left_out:
            return Exclusion.NO_REPLY_NEEDED
        if turn.end is TurnEnd.CLOSED and Exclusion.CLOSED in self.left_out:
            return Exclusion.CLOSED
        if self.hours is not None and not self.hours.pauses:
            by_session = self.measure is not None and self.measure.starts_with_session
            if not self.hours.contains(turn.session if by_session else begun):
                return Exclusion.OUTSIDE_HOURS
        return min(turn.marks & self.left_out, default=None) if turn.marks else None

    def length(self, since: datetime, until: datetime, left_out: Sequence[Stretch] = ()) -> timedelta:
        """How long a wait from *since* to *until* lasts by this profile's clock.

        *left_out* are the sleeps that the agent has said not to count.
        """
        hours = self.hours if self.hours is not None and self.hours.pauses else None
        without = left_out if self.without_sleep else ()
        return counted_time(since, until, without=without, hours=hours)


CANONICAL = Profile(
    name="sidebar",
    source="the sidebar's own definition: turns, human replies, every hour of the day",
    as_of=date(2026, 11, 21),
    without_sleep=True,
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
