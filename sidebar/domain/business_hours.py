"""The hours that count: openings by weekday, over midnight, holidays, in a zone whose clocks may change."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from sidebar.domain.lean import dataclass

_DAY = timedelta(days=1)
_LONGEST_CLOSED = 366
"""Days after which a shop is taken to open no more."""
_CLOCK = re.compile(r"([01]\d|2[0-4]):([0-5]\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """From one time of the wall clock to another; `end` is past 24 hours where it passes midnight."""

    start: timedelta
    end: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """A week of openings, Monday first; none begins on one of `holidays`.

    An opening belongs to the day it begins on. Its ends are times of the wall clock in `zone`: on
    the night the clocks change it is an hour shorter or longer. With `pauses` waits run during the
    openings only; else a wait that begins outside is not counted at all.
    """

    zone: tzinfo
    week: tuple[tuple[Opening, ...], ...]
    """Of each day the earliest first."""
    holidays: frozenset[date] = frozenset()
    pauses: bool = False

    def contains(self, at: datetime) -> bool:
        """Whether *at* lies in an opening; its end does not belong to it."""
        begun, _ = next(self.stretches(at), (None, None))
        return begun is not None and begun <= at

    def open_time(self, since: datetime, until: datetime) -> timedelta:
        """How much of [*since*, *until*) lies in openings; time in two of them counts once."""
        total = timedelta(0)
        for begun, ended in self.stretches(since):
            if begun >= until:
                break
            total += min(ended, until) - begun
        return total

    def stretches(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The openings from *since* on, in UTC and in order, until nothing opens for a year.

        What lies in two of them belongs to the first.
        """
        reached, day = since, since.astimezone(self.zone).date() - _DAY
        idle = 0
        while idle <= _LONGEST_CLOSED:
            idle += 1
            for opening in () if day in self.holidays else self.week[day.weekday()]:
                start = max(moment(day, opening.start, self.zone), reached)
                end = moment(day, opening.end, self.zone, last=True)
                if start < end:
                    yield start, end
                    reached, idle = end, 0
            day += _DAY


def clock_time(text: str) -> timedelta:
    """*text* as a time since midnight, 24:00 being the end of the day; raises ValueError where it is none."""
    found = _CLOCK.fullmatch(text.strip())
    clock = timedelta(hours=int(found[1]), minutes=int(found[2])) if found else None
    if clock is None or clock > _DAY:
        raise ValueError(f"{text!r} is not a time such as 08:30")
    return clock


def parse_opening(text: str) -> Opening:
    """As `09:00-12:00`, or `22:00-02:00` over midnight; raises ValueError for anything else."""
    begun, _, ended = text.partition("-")
    start, end = clock_time(begun), clock_time(ended)
    return Opening(start=start, end=end if end > start else end + _DAY)


@lru_cache(maxsize=1024)
def moment(day: date, clock: timedelta, zone: tzinfo, *, last: bool = False) -> datetime:
    """When the wall clock of *zone* shows *clock* on *day*, in UTC.

    A time that the clocks show twice is the first of the two, or the *last*; one they skip is as
    long after midnight as if they did not.
    """
    days, rest = divmod(clock, _DAY)
    wall = datetime.combine(day + timedelta(days=days), time()) + rest
    return wall.replace(tzinfo=zone, fold=int(last)).astimezone(UTC)
