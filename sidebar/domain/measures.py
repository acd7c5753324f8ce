"""How a marketplace measures: what it counts, when a wait begins, and what is in time.

Marketplaces differ in what they count (messages, turns, conversations, people a day), in what a
whole of several waits is judged by, in when a wait begins and when it is too long. Each of these
is a field of `Measure`.
"""

from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from sidebar.domain.business_hours import moment
from sidebar.domain.lean import dataclass
from sidebar.domain.turns import Exclusion

_WEEKEND = (5, 6)
_DAY = timedelta(days=1)


class Figure(StrEnum):
    """What kind of figure it is: shares are from 0 to 1, `MEAN` is in seconds."""

    SHARE = "share"
    LATE = "late"
    """The share of those not answered in time."""
    MEAN = "mean"
    """The mean wait of those answered."""
    SATISFIED = "satisfied"
    """The share of the buyers' marks that are good enough."""
    MARKED = "marked"
    """The share of those with a mark in `fails`, answered or not."""


class Unit(StrEnum):
    """What is counted."""

    MESSAGE = "message"
    TURN = "turn"
    CONVERSATION = "conversation"
    """From its opening to its end; one that is opened again is another."""
    PERSON_DAY = "person_day"
    """A buyer, once a day."""
    CYCLE = "cycle"
    """A conversation, once for each `Cycle`."""


class Judged(StrEnum):
    """What of several waits in one unit decides."""

    FIRST = "first"
    EVERY = "every"
    MEAN = "mean"


class Starts(StrEnum):
    """When a wait begins."""

    MESSAGE = "message"
    ASSIGNED = "assigned"
    """Not before the agent was given the conversation: the queue is not theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """What comes up to `cut` must be answered by `due` of the same day; times are since midnight."""

    cut: timedelta
    due: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What the figure should come to: at least or at most `value`; `strict` where that itself will not do."""

    value: float
    at_most: bool = False
    strict: bool = False
    source: str = ""

    def met(self, value: float) -> bool:
        if value == self.value:
            return not self.strict
        return (value < self.value) is self.at_most


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What is not answered in time is worth `share` where an automatic reply was in time.

    And where the buyer's mark for the conversation is above `marks_above`.
    """

    share: float
    marks_above: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How the headline figure is made.

    A wait is in time up to `within`, or by its `cycle`, or with `weekend_until` at that time on
    Monday where it began on a weekend; with none of them any answer is. Turns without a mark in
    `only` are not looked at, where it has any. Units with a mark in `fails` count as not answered;
    what is not in time may have `credit`. With `last_word` a conversation must not wait at the end.
    Good marks are from `satisfied_from` to `satisfied_to`.
    `newest` is a share of the newest units whose own figure weighs one half. Fewer than
    `few` units come to `figure_of_few`; fewer than `assessed_from` are not assessed.
    `windows` are the times the marketplace looks back; the figure is always of the time asked for.
    """

    figure: Figure
    unit: Unit = Unit.TURN
    judged: Judged = Judged.EVERY
    starts: Starts = Starts.MESSAGE
    zone: tzinfo
    within: timedelta | None = None
    cycle: Cycle | None = None
    weekend_until: timedelta | None = None
    last_word: bool = False
    only: frozenset[Exclusion] = frozenset()
    fails: frozenset[Exclusion] = frozenset()
    credit: Credit | None = None
    newest: float = 0.0
    few: int = 0
    figure_of_few: float | None = None
    assessed_from: int = 0
    satisfied_from: int = 4
    satisfied_to: int = 5
    windows: tuple[timedelta, ...] = ()
    targets: tuple[Target, ...] = ()

    @property
    def starts_with_session(self) -> bool:
        """Whether it is the conversation's beginning that must lie in the hours."""
        return self.unit is Unit.CONVERSATION and self.judged is Judged.FIRST

    def deadline(self, start: datetime) -> datetime | None:
        """The last moment at which an answer to what was written at *start* is in time."""
        local = start.astimezone(self.zone)
        if self.cycle is not None:
            day = (
                local.date()
                if start <= moment(local.date(), self.cycle.cut, self.zone)
                else local.date() + _DAY
            )
            return moment(day, self.cycle.due, self.zone)
        if self.weekend_until is not None and local.weekday() in _WEEKEND:
            monday = local.date() + (7 - local.weekday()) * _DAY
            return moment(monday, self.weekend_until, self.zone)
        return None if self.within is None else start + self.within
