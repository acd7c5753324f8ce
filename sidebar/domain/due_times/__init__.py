"""Due times as people say them: 2小时后, 明天10点, 今天18点前, in 90 min, tomorrow 9am.

The rules, where a text leaves something open:

- A length of time (2小时后, 1天后, 3 days) elapses, whatever clocks do meanwhile; months go by
  the calendar. With a time of day (三天后上午10点) whole days, weeks and months count days.
- An hour without a part of the day has one reading, the one within the working day of 8 to 20
  o'clock: 1 to 7 are 13:00 to 19:00, 8 to 12 are as they stand. 03:30 and all after a written
  date (2026-11-25 3:30) is in 24 hours.
- A time without a day is the next such time; a weekday, a day of the month and a date without
  a year are the next such day. A day that is named stays what it is: 今天9点 at ten o'clock has
  passed, as has 11月25日9点 on that day. 本 and 下 (this, next) count weeks from Monday.
- A part of the day alone is its hour in `PART_TIMES`; a day alone is due when work ends, and
  today, once that has passed, at its last minute. 月底 is the month's last day, 本周内 Friday or,
  when Friday has passed, Sunday.
- 11/25 has the month first, unless it cannot be.
- A wall time that a clock change skips is the first moment after the gap; of one that comes
  twice it is the first that lies ahead.

Why a grammar of our own: of ten everyday Chinese forms dateparser reads two, and what reads
nearly all of them brings 271 MB along. Ours takes 8 ms to make up, which the first text that is
read pays for.
"""

from datetime import datetime

from sidebar.domain.due_times.problems import DueTimeError, DueTimeProblem

__all__ = ["DueTimeError", "DueTimeProblem", "parse"]


def parse(text: str, now: datetime) -> datetime:
    """The moment *text* means at *now*: in the zone of *now*, which must be aware, and after it.

    Raises `DueTimeError` for a text that is not wholly understood or has no such moment.
    """
    from sidebar.domain.due_times.reading import read

    return read(text, now)
