"""The one figure a marketplace judges a shop by: what it comes to, of turns, by its `Measure`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from sidebar.domain.identifiers import ConversationId
from sidebar.domain.lean import dataclass
from sidebar.domain.measures import Figure, Judged, Measure, Starts, Unit
from sidebar.domain.turns import Turn
from sidebar.domain.waits import Stretch

if TYPE_CHECKING:
    from sidebar.domain.metrics import Profile


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
    credited: bool


@dataclass(frozen=True, slots=True)
class _Judgement:
    """One unit; `good` is None while it is undecided, `worth` what it adds to a share of good ones."""

    good: bool | None
    answered: bool
    worth: float


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
            good = sum(measure.satisfied_from <= score <= measure.satisfied_to for score in scores)
            return _told(measure, good / len(scores) if scores else None, counted=len(scores), good=good)
        waits = sorted((wait for turn in turns for wait in self._waits(turn)), key=lambda wait: wait.start)
        return _mean(waits, measure) if measure.figure is Figure.MEAN else _share(waits, measure)

    def _waits(self, turn: Turn) -> Iterable[_Wait]:
        """Those of *turn* that count: one for each message, where messages are counted."""
        if self.measure.only and not turn.marks & self.measure.only:
            return
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
            credited=self._credited(turn, deadline),
        )

    def _credited(self, turn: Turn, deadline: datetime | None) -> bool:
        credit = self.measure.credit
        if credit is None or turn.auto is None or turn.score is None:
            return False
        return turn.score > credit.marks_above and (deadline is None or turn.auto <= deadline)

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
    if measure.figure is Figure.MARKED:
        good = not any(wait.failed for wait in unit)
    elif any(wait.failed for wait in unit):
        good = False
    elif measure.judged is Judged.MEAN:
        good = _mean_in_time(deciding, measure)
    elif any(wait.decided and not wait.in_time for wait in deciding):
        good = False
    else:
        good = True if answered else None
    worth = float(good is True)
    if measure.credit is not None and not good and any(wait.credited for wait in deciding):
        worth = measure.credit.share
    return _Judgement(good, answered, worth)


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
    if not decided:
        return None
    wanted = measure.figure not in (Figure.LATE, Figure.MARKED)
    shares = [_part(decided, wanted)]
    if measure.newest:
        shares.append(_part(decided[-ceil(len(decided) * measure.newest) :], wanted))
    return sum(shares) / len(shares)


def _part(units: Sequence[_Judgement], wanted: bool) -> float:
    return sum(unit.worth if wanted else 1 - unit.worth for unit in units) / len(units)


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
