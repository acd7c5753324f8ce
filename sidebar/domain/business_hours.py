"""The hours that count: openings by weekday, over midnight, holidays, in a zone whose clocks may change."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from sidebar.domain.lean import dataclass

_DAY = timedelta(days=1)


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
    holidays: frozenset[date] = frozenset()
    pauses: bool = False

    def contains(self, at: datetime) -> bool:
        """Whether *at* lies in an opening; its end does not belong to it."""
        today = at.astimezone(self.zone).date()
        return any(start <= at < end for start, end in self._between(today - _DAY, today))

    def open_time(self, since: datetime, until: datetime) -> timedelta:
        """How much of [*since*, *until*) lies in openings; time in two of them counts once."""
        first = since.astimezone(self.zone).date() - _DAY
        total, reached = timedelta(0), since
        for start, end in self._between(first, until.astimezone(self.zone).date()):
            start, end = max(start, reached), min(end, until)
            if start < end:
                total += end - start
                reached = end
        return total

    def _between(self, first: date, last: date) -> list[tuple[datetime, datetime]]:
        """The openings that begin on these days, as moments in UTC, the earliest first."""
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return sorted(
            (moment(day, opening.start, self.zone), moment(day, opening.end, self.zone, last=True))
            for day in days
            if day not in self.holidays
            for opening in self.week[day.weekday()]
        )


def moment(day: date, clock: timedelta, zone: tzinfo, *, last: bool = False) -> datetime:
    """When the wall clock of *zone* shows *clock* on *day*, in UTC.

    A time that the clocks show twice is the first of the two, or the *last*; one they skip is as
    long after midnight as if they did not.
    """
    days, rest = divmod(clock, _DAY)
    wall = datetime.combine(day + timedelta(days=days), time()) + rest
    return wall.replace(tzinfo=zone, fold=int(last)).astimezone(UTC)
