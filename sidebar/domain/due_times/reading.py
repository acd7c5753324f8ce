"""A due time read from a text: what it says, and the first moment that is meant."""

import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from sidebar.domain.due_times import chinese, dates, english, spans
from sidebar.domain.due_times.meaning import (
    WORK_ENDS,
    Clock,
    Meaning,
    Part,
    Span,
    understand,
)
from sidebar.domain.due_times.problems import DueTimeError, DueTimeProblem

PART_TIMES = {
    Part.SMALL_HOURS: timedelta(hours=3),
    Part.MORNING: timedelta(hours=10),
    Part.NOON: timedelta(hours=12),
    Part.AFTERNOON: timedelta(hours=15),
    Part.EVENING: timedelta(hours=20),
    Part.MIDNIGHT: timedelta(hours=24),
}
"""What a part of the day means without an hour, since midnight."""

_HOURS = {
    Part.SMALL_HOURS: range(9),
    Part.MORNING: range(13),
    Part.NOON: range(10, 16),
    Part.AFTERNOON: range(12, 24),
    Part.EVENING: range(16, 30),
    Part.MIDNIGHT: range(20, 30),
}
"""The hours that go with a part of the day; those from 24 on are the next day's."""
_DAY_ENDS = (timedelta(hours=WORK_ENDS.hour), timedelta(hours=23, minutes=59))
_FURTHEST = timedelta(days=3660)
_LONGEST = 80
_RULES = (*spans.RULES, *chinese.RULES, *english.RULES)


def read(text: str, now: datetime) -> datetime:
    """See `parse` in `due_times`, whose rules these are."""
    zone = now.tzinfo
    if zone is None:
        raise ValueError("now must be aware")
    words = " ".join(unicodedata.normalize("NFKC", text).casefold().translate(chinese.SIMPLIFIED).split())
    if len(words) > _LONGEST:
        raise DueTimeError(DueTimeProblem.NOTHING_UNDERSTOOD)
    try:
        meaning = understand(words, now.date(), _RULES)
        # Compared in UTC: two times of one zone would be compared by the wall, clock changes and all.
        since = ((due, due.astimezone(UTC) - now.astimezone(UTC)) for due in _moments(meaning, now, zone))
        due, left = next((each for each in since if each[1] > timedelta(0)), (now, timedelta(0)))
    except OverflowError:
        raise DueTimeError(DueTimeProblem.TOO_FAR) from None
    if not left:
        raise DueTimeError(DueTimeProblem.IN_THE_PAST)
    if left > _FURTHEST:
        raise DueTimeError(DueTimeProblem.TOO_FAR)
    return due


def _moments(meaning: Meaning, now: datetime, zone: tzinfo) -> Iterator[datetime]:
    """The moments *meaning* may be, in the order they are to be tried."""
    if meaning.moment is not None:
        if meaning != Meaning(moment=meaning.moment):
            raise DueTimeError(DueTimeProblem.AMBIGUOUS)
        yield meaning.moment.astimezone(zone)
    elif meaning.span is not None and meaning == Meaning(span=meaning.span):
        yield _after(meaning.span, now, zone)
    else:
        for day in _days(meaning, now.date()):
            for since_midnight in _times(meaning):
                yield from _at(day, since_midnight, zone)


def _after(span: Span, now: datetime, zone: tzinfo) -> datetime:
    if not span.months:
        return (now.astimezone(UTC) + span.elapsed).astimezone(zone)
    day = dates.months_later(now.date(), span.months)
    since_midnight = datetime.combine(day, now.time()) - datetime.combine(day, time())
    start = next(_at(day, since_midnight, zone))
    return (start.astimezone(UTC) + span.elapsed).astimezone(zone)


def _days(meaning: Meaning, today: date) -> tuple[date, ...]:
    if meaning.span is not None:
        if meaning.days is not None or not meaning.span.whole_days:
            raise DueTimeError(DueTimeProblem.AMBIGUOUS)
        return (dates.months_later(today, meaning.span.months) + meaning.span.elapsed,)
    if meaning.days is not None:
        return meaning.days
    # Yesterday's 25 o'clock may be the next 1 o'clock, and tomorrow's 2:30 may be skipped.
    return tuple(today + timedelta(days=days) for days in range(-1, 3))


def _times(meaning: Meaning) -> tuple[timedelta, ...]:
    """The times of the day, since its midnight."""
    if meaning.clock is not None:
        return (_since_midnight(meaning.clock, meaning.part, spoken=not meaning.written),)
    if meaning.part is None:
        return _DAY_ENDS
    if meaning.part is Part.EVENING and meaning.days is not None:
        return PART_TIMES[meaning.part], _DAY_ENDS[-1]
    return (PART_TIMES[meaning.part],)


def _since_midnight(clock: Clock, part: Part | None, *, spoken: bool) -> timedelta:
    hour = clock.hour
    if part is None:
        hour += 12 * (spoken and clock.spoken and 1 <= hour <= 7)
    elif hour not in _HOURS[part]:
        others = (hour % 12, hour + 12, hour + 24) if hour <= 12 else ()
        hour = next((other for other in others if other in _HOURS[part]), -1)
        if hour < 0:
            raise DueTimeError(DueTimeProblem.AMBIGUOUS)
    return timedelta(hours=hour, minutes=clock.minute)


def _at(day: date, since_midnight: timedelta, zone: tzinfo) -> Iterator[datetime]:
    """The moments the wall clock of *zone* shows that time: one, two when it is set back."""
    first = (datetime.combine(day, time()) + since_midnight).replace(tzinfo=zone)
    second = first.replace(fold=1)
    before, after = first.utcoffset(), second.utcoffset()
    if before == after:
        yield first
    elif before is not None and after is not None and before < after:
        yield _after_gap(second.astimezone(UTC), first.astimezone(UTC), zone)
    else:
        yield first
        yield second


def _after_gap(early: datetime, late: datetime, zone: tzinfo) -> datetime:
    """The first moment after the clock change between *early* and *late*, to the second."""
    offset = late.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            late = middle
        else:
            early = middle
    return late.astimezone(zone)
