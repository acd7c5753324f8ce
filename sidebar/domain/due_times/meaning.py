"""What a text about a time says, before anybody asks which moment that is."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from re import Match, Pattern
from typing import TypeVar

from sidebar.domain.due_times.problems import DueTimeError, DueTimeProblem
from sidebar.domain.lean import dataclass

_T = TypeVar("_T")


class Part(StrEnum):
    """A part of the day."""

    SMALL_HOURS = "small_hours"
    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    MIDNIGHT = "midnight"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time on the clock; `spoken` ones (3点, 3:30) may mean either half of the day."""

    hour: int
    minute: int = 0
    spoken: bool = False

    def __post_init__(self) -> None:
        if not (0 <= self.minute < 60 and 0 <= self.hour * 60 + self.minute <= 24 * 60):
            raise DueTimeError(DueTimeProblem.IMPOSSIBLE)


WORK_BEGINS = Clock(9)
WORK_ENDS = Clock(18)


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time from now: calendar months, and time that elapses; negative ones lie back."""

    months: int = 0
    elapsed: timedelta = timedelta(0)

    @property
    def whole_days(self) -> bool:
        """Whether a time of day may be named along with it (三天后上午10点)."""
        return not self.elapsed % timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a text, or a piece of it, names; what it leaves open is None.

    `days` are the days it may be, in the order they are to be tried. A `number` may be an hour
    if something else makes the text one about a time: another piece, or a word like `at`
    (`hinted`). A date `written` with its year has its hours written too: 3:00 is not 15:00 there.
    """

    days: tuple[date, ...] | None = None
    part: Part | None = None
    clock: Clock | None = None
    number: int | None = None
    span: Span | None = None
    moment: datetime | None = None
    hinted: bool = False
    written: bool = False

    def __and__(self, other: "Meaning") -> "Meaning":
        """Both at once; raises AMBIGUOUS where they name different things."""
        return Meaning(
            days=_common(self.days, other.days),
            part=_one(self.part, other.part),
            clock=_one(self.clock, other.clock),
            number=_one(self.number, other.number),
            span=_one(self.span, other.span),
            moment=_one(self.moment, other.moment),
            hinted=self.hinted or other.hinted,
            written=self.written or other.written,
        )


Reading = Callable[[Match[str], date], Meaning]
"""What a piece of a text means on a given day."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A piece of a text and how it is read."""

    pattern: Pattern[str]
    means: Reading


def rule(pattern: str, means: Reading | Meaning | DueTimeProblem) -> Rule:
    """The rule for *pattern*; what it means may be the same on every day, or be a refusal."""
    if isinstance(means, Meaning):
        return Rule(re.compile(pattern), lambda _match, _today: means)
    if isinstance(means, DueTimeProblem):
        return Rule(re.compile(pattern), _refusal(means))
    return Rule(re.compile(pattern), means)


def _refusal(reason: DueTimeProblem) -> Reading:
    def refuse(_match: Match[str], _today: date) -> Meaning:
        raise DueTimeError(reason)

    return refuse


def understand(text: str, today: date, rules: Iterable[Rule]) -> Meaning:
    """What *text* means, piece by piece; the longest piece that fits is taken, the first of equals.

    Raises `DueTimeError`: a text is understood whole or not at all, for a promise half understood
    would be reminded of at the wrong time.
    """
    meaning = Meaning()
    at = 0
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        fits = ((match, rule) for rule in rules if (match := rule.pattern.match(text, at)))
        match, rule = max(fits, key=lambda fit: fit[0].end(), default=(None, None))
        if match is None or rule is None or match.end() == at:
            raise DueTimeError(DueTimeProblem.NOTHING_UNDERSTOOD)
        meaning &= rule.means(match, today)
        at = match.end()
    return _settled(meaning)


def _settled(meaning: Meaning) -> Meaning:
    """*meaning* with its lone number read as an hour, where the rest allows."""
    if replace(meaning, hinted=False) == Meaning():
        raise DueTimeError(DueTimeProblem.NOTHING_UNDERSTOOD)
    if meaning.number is None:
        return meaning
    if meaning.days is None and meaning.part is None and not meaning.hinted:
        raise DueTimeError(DueTimeProblem.AMBIGUOUS)
    clock = Clock(meaning.number, spoken=True)
    return replace(meaning, number=None, clock=_one(meaning.clock, clock))


def _common(one: tuple[date, ...] | None, other: tuple[date, ...] | None) -> tuple[date, ...] | None:
    if one is None or other is None:
        return one if other is None else other
    both = tuple(day for day in one if day in other)
    if not both:
        raise DueTimeError(DueTimeProblem.AMBIGUOUS)
    return both


def _one(one: _T | None, other: _T | None) -> _T | None:
    if one is None or other is None:
        return one if other is None else other
    if one != other:
        raise DueTimeError(DueTimeProblem.AMBIGUOUS)
    return one
