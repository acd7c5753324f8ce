"""Which days a name of a day may mean, counted from today; weeks begin on Monday."""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

from sidebar.domain.due_times.problems import DueTimeError, DueTimeProblem

FRIDAY, SUNDAY = 4, 6

_WEEKS = 54
"""A bare weekday may stand beside any date of the year to come."""
_LEAP_YEARS = 9
"""Within so many years every date comes round, the 29th of February too."""


def ahead(today: date, days: int) -> tuple[date, ...]:
    return (today + timedelta(days=days),)


def weekday(today: date, day: int) -> tuple[date, ...]:
    """The next such weekdays, today included; Monday is 0."""
    first = today + timedelta(days=(day - today.weekday()) % 7)
    return tuple(first + timedelta(weeks=week) for week in range(_WEEKS))


def weekday_of(today: date, weeks: int, *days: int) -> tuple[date, ...]:
    """These days of the week that lies *weeks* ahead of this one."""
    monday = today + timedelta(days=-today.weekday(), weeks=weeks)
    return tuple(monday + timedelta(days=day) for day in days)


def day_of_month(today: date, day: int, *, months: int | None = None) -> tuple[date, ...]:
    """That day of the month *months* ahead; with None of each month to come that has it."""
    if months is not None:
        return (exact(*_month(today, months), day),)
    found = [(*_month(today, months), day) for months in range(13)]
    days = tuple(date(*parts) for parts in found if 1 <= day <= monthrange(*parts[:2])[1])
    return _some(tuple(each for each in days if each >= today))


def end_of_month(today: date, *, months: int | None = None) -> tuple[date, ...]:
    """The last day of the month *months* ahead; with None of this one and those to come."""
    ahead_by = range(13) if months is None else (months,)
    return tuple(last_day(*_month(today, months)) for months in ahead_by)


def day_of_year(today: date, month: int, day: int) -> tuple[date, ...]:
    """The next such date, today included."""
    years = range(today.year, today.year + _LEAP_YEARS)
    found = (date(year, month, day) for year in years if is_date(year, month, day))
    return _some(tuple(each for each in found if each >= today)[:1])


def end_of_named_month(today: date, month: int) -> tuple[date, ...]:
    """The last day of the next such month, this one included."""
    if not 1 <= month <= 12:
        raise DueTimeError(DueTimeProblem.IMPOSSIBLE)
    return (last_day(today.year + (month < today.month), month),)


def exact(year: int, month: int, day: int) -> date:
    """That date; raises IMPOSSIBLE where there is none."""
    if not is_date(year, month, day):
        raise DueTimeError(DueTimeProblem.IMPOSSIBLE)
    return date(year, month, day)


def is_date(year: int, month: int, day: int) -> bool:
    return MINYEAR <= year <= MAXYEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or the last of a month too short for it."""
    year, month = _month(day, months)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _month(today: date, months: int) -> tuple[int, int]:
    """Year and month so many months on; raises OverflowError where the calendar has ended."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError(year)
    return year, month + 1


def _some(days: tuple[date, ...]) -> tuple[date, ...]:
    if not days:
        raise DueTimeError(DueTimeProblem.IMPOSSIBLE)
    return days
