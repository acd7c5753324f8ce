"""The one figure a marketplace judges a shop by: how it is made of turns, and what it comes to.

Marketplaces differ in what they count (messages, turns, conversations, people a day), in what a
whole of several waits is judged by, in when a wait begins and when it is too long. Each of these
is a field of `Measure`; `headline` does the rest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from math import ceil
from typing import TYPE_CHECKING

from sidebar.domain.business_hours import moment
from sidebar.domain.identifiers import ConversationId
from sidebar.domain.sleeps import Stretch
from sidebar.domain.turns import Exclusion, Turn

if TYPE_CHECKING:
    from sidebar.domain.metrics import Profile

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
    """What the figure should come to: at least or at most `value`."""

    value: float
    at_most: bool = False
    source: str = ""

    def met(self, value: float) -> bool:
        return value <= self.value if self.at_most else value >= self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How the headline figure is made.

    A wait is in time up to `within`, or by its `cycle`, or with `weekend_until` at that time on
    Monday where it began on a weekend; with none of them any answer is. Units with a mark in
    `fails` count as not answered. With `last_word` a conversation must not wait at the end.
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
    fails: frozenset[Exclusion] = frozenset()
    newest: float = 0.0
    few: int = 0
    figure_of_few: float | None = None
    assessed_from: int = 0
    satisfied_from: int = 4
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """What the figure came to; `value` is None where nothing was counted.

    `good` of `counted` were answered in time; `undecided` ones wait, but not too long yet, and
    are in neither. `unanswered` are those of the others that nobody answered. `target` is the
    first of the profile's. `assessed` tells whether there were enough for the marketplace.
    """

    figure: Figure
    unit: str
    value: float | None
    counted: int = 0
    good: int = 0
    unanswered: int = 0
    undecided: int = 0
    target: float | None = None
    met: bool | None = None
    assessed: bool = True

    @property
    def share(self) -> float | None:
        """The value where it is a share."""
        return None if self.figure is Figure.MEAN else self.value


@dataclass(frozen=True, slots=True)
class _Wait:
    """One wait; not `decided` while it may still be in time. Those of one `unit` are judged together."""

    unit: tuple[object, ...] | None
    start: datetime
    lasted: timedelta
    answered: bool
    in_time: bool
    decided: bool
    first: bool
    failed: bool


@dataclass(frozen=True, slots=True)
class _Judgement:
    """One unit; `good` is None while it is undecided."""

    good: bool | None
    answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Measuring:
    """Makes the headline figure of *profile*'s *measure* from *since* on, as it stood at *end*.

    *buyers* are who a conversation is with, where people are counted; *left_out* are the sleeps
    that the agent has said not to count.
    """

    profile: "Profile"
    measure: Measure
    buyers: Mapping[ConversationId, tuple[str, str]]
    since: datetime
    end: datetime
    left_out: Sequence[Stretch] = ()

    def headline(self, turns: Iterable[Turn], scores: Sequence[int]) -> Headline:
        """The figure of all *turns*, also those that do not count, and of the buyers' *scores*."""
        measure = self.measure
        if measure.figure is Figure.SATISFIED:
            good = sum(score >= measure.satisfied_from for score in scores)
            return _told(measure, good / len(scores) if scores else None, counted=len(scores), good=good)
        waits = sorted((wait for turn in turns for wait in self._waits(turn)), key=lambda wait: wait.start)
        return _mean(waits, measure) if measure.figure is Figure.MEAN else _share(waits, measure)

    def _waits(self, turn: Turn) -> Iterable[_Wait]:
        """Those of *turn* that count: one for each message, where messages are counted."""
        single = self.measure.unit in (Unit.MESSAGE, Unit.CYCLE)
        for written in turn.messages if single else (turn.begun,):
            if self.profile.exclusion(turn, self.since, written) is None:
                yield self._wait(turn, written)

    def _wait(self, turn: Turn, written: datetime) -> _Wait:
        measure = self.measure
        start = turn.agent_since(written) if measure.starts is Starts.ASSIGNED else written
        until = turn.ended if turn.ended is not None else self.end
        deadline = measure.deadline(start)
        lasted = self.profile.length(start, until, self.left_out)
        if self.profile.pauses and measure.within is not None:
            on_time = lasted <= measure.within
        else:
            on_time = deadline is None or until <= deadline
        return _Wait(
            unit=self._unit(turn, start, deadline),
            start=start,
            lasted=lasted,
            answered=turn.answered,
            in_time=turn.answered and on_time,
            decided=turn.end is not None or deadline is None or not on_time,
            first=turn.first,
            failed=bool(turn.marks & measure.fails) or (measure.last_word and turn.end is None),
        )

    def _unit(self, turn: Turn, start: datetime, deadline: datetime | None) -> tuple[object, ...] | None:
        match self.measure.unit:
            case Unit.CONVERSATION:
                return turn.conversation, turn.session
            case Unit.PERSON_DAY:
                return *self.buyers[turn.conversation], start.astimezone(self.measure.zone).date()
            case Unit.CYCLE:
                return turn.conversation, deadline
        return None


def _share(waits: Iterable[_Wait], measure: Measure) -> Headline:
    units: dict[tuple[object, ...], list[_Wait]] = {}
    for number, wait in enumerate(waits):
        units.setdefault(wait.unit or (number,), []).append(wait)
    judged = [one for unit in units.values() if (one := _judge(unit, measure)) is not None]
    decided = [one for one in judged if one.good is not None]
    return _told(
        measure,
        _figure(decided, measure),
        counted=len(decided),
        good=sum(one.good is True for one in decided),
        unanswered=sum(not one.answered for one in decided),
        undecided=len(judged) - len(decided),
    )


def _judge(unit: Sequence[_Wait], measure: Measure) -> _Judgement | None:
    """What becomes of *unit*; None where the wait that decides lies before the time looked at."""
    deciding = unit
    if measure.judged is Judged.FIRST:
        if measure.unit is Unit.CONVERSATION and not unit[0].first:
            return None
        deciding = unit[:1]
    answered = all(wait.answered for wait in deciding)
    good: bool | None
    if any(wait.failed for wait in unit):
        good = False
    elif measure.judged is Judged.MEAN:
        good = _mean_in_time(deciding, measure)
    elif any(wait.decided and not wait.in_time for wait in deciding):
        good = False
    else:
        good = True if answered else None
    return _Judgement(good, answered)


def _mean_in_time(waits: Sequence[_Wait], measure: Measure) -> bool | None:
    """Whether they lasted no longer than allowed on the average; None while that is open."""
    lasted = sum((wait.lasted for wait in waits), timedelta(0)) / len(waits)
    if measure.within is not None and lasted > measure.within:
        return False
    if all(wait.answered for wait in waits):
        return True
    return False if any(wait.decided and not wait.answered for wait in waits) else None


def _figure(decided: Sequence[_Judgement], measure: Measure) -> float | None:
    """The share of *decided*, the oldest first."""
    if len(decided) < measure.few and measure.figure_of_few is not None:
        return measure.figure_of_few
    wanted = measure.figure is not Figure.LATE
    shares = [_part(decided, wanted)] if decided else []
    if decided and measure.newest:
        shares.append(_part(decided[-ceil(len(decided) * measure.newest) :], wanted))
    return sum(shares) / len(shares) if shares else None


def _part(units: Sequence[_Judgement], wanted: bool) -> float:
    return sum(unit.good is wanted for unit in units) / len(units)


def _mean(waits: Sequence[_Wait], measure: Measure) -> Headline:
    """The mean of the answered waits: of each unit the first alone, where that decides."""
    asked = [wait for wait in waits if wait.first or measure.judged is not Judged.FIRST]
    done = [wait for wait in asked if (wait.in_time if measure.cycle is not None else wait.answered)]
    total = sum((wait.lasted for wait in done), timedelta(0)).total_seconds()
    return _told(
        measure,
        round(total / len(done), 3) if done else None,
        counted=len(done),
        good=sum(wait.in_time for wait in done),
        unanswered=sum(not wait.answered for wait in asked),
    )


def _told(measure: Measure, value: float | None, *, counted: int, **counts: int) -> Headline:
    target = measure.targets[0] if measure.targets else None
    return Headline(
        figure=measure.figure,
        unit="mark" if measure.figure is Figure.SATISFIED else measure.unit.value,
        value=value,
        counted=counted,
        target=None if target is None else target.value,
        met=None if target is None or value is None else target.met(value),
        assessed=counted >= measure.assessed_from,
        **counts,
    )
