"""Calendar dates and clock times in a text that have passed."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from re import Match

Span = tuple[int, int]

_RECENT_DAYS = 183
"""A day without a year is the nearest one: what lies further back is that day of the year to come."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DIGIT = re.compile(r"\d")
_YEAR = r"(?P<year>20\d\d)"
_MONTH = r"(?P<month>1[0-2]|0?[1-9])"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_NAME = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATES = (
    re.compile(rf"(?:{_YEAR} ?年 ?)?(?<!\d){_MONTH} ?月 ?{_DAY} ?[日号]"),
    re.compile(rf"(?<![\d/.-]){_YEAR}(?P<mark>[-/.]){_MONTH}(?P=mark){_DAY}(?![\d/-])"),
    re.compile(rf"(?<![\w:]){_DAY}(?:st|nd|rd|th)? (?:of )?{_NAME}(?:,? {_YEAR})?\b"),
    re.compile(rf"\b{_NAME} {_DAY}(?:st|nd|rd|th)?(?![\d:])(?:,? {_YEAR})?\b"),
)
_SEASONS = r"年(?! ?\d)|新款|款|夏|冬|春|秋| (?:edition|model|sale|season|collection)\b"
_WHOLE_YEAR = re.compile(rf"(?<![\d.-]){_YEAR}(?= ?(?:{_SEASONS}))")
_HOUR_TODAY = re.compile(
    r"今[天日晚]?(?P<part>上午|早上|中午|下午|晚上|晚)? ?(?P<hour>2[0-4]|[01]?\d)"
    r"(?:[:：](?P<minute>[0-5]\d)|[点时](?P<half>半)?)(?= ?(?:之?前|以前))"
)
_CLOCK = r"(?P<hour>2[0-3]|[01]?\d)(?::(?P<minute>[0-5]\d))? ?(?P<half_day>am|pm)?"
_BY_TODAY = (
    re.compile(rf"\b(?:by|before) {_CLOCK} today\b"),
    re.compile(rf"\b(?:by|before) today(?: at)? {_CLOCK}(?![\w:])"),
    re.compile(rf"\btoday (?:by|before) {_CLOCK}(?![\w:])"),
)


def past_dates(text: str, today: date) -> Iterator[Span]:
    """Where *text* (in small letters) names a day before *today*, or a year before this one."""
    if _DIGIT.search(text) is None:
        return
    for pattern in _DATES:
        for match in pattern.finditer(text):
            if _passed(match, today):
                yield match.span()
    for match in _WHOLE_YEAR.finditer(text):
        if int(match["year"]) < today.year:
            yield match.span()


def past_times(text: str, now: datetime) -> Iterator[Span]:
    """Where *text* gives a deadline of today that is over already."""
    for match in _HOUR_TODAY.finditer(text):
        hour = int(match["hour"])
        evening = match["part"] in ("下午", "晚上", "晚") or match[0].startswith("今晚")
        if _over(hour + 12 if evening and hour < 12 else hour, match["minute"] or match["half"], now):
            yield match.span()
    for pattern in _BY_TODAY:
        for match in pattern.finditer(text):
            hour, half_day = int(match["hour"]), match["half_day"]
            hour = hour % 12 + (12 if half_day == "pm" else 0) if half_day else hour
            if _over(hour, match["minute"], now):
                yield match.span()


def _over(hour: int, minute: str | None, now: datetime) -> bool:
    minutes = 30 if minute == "半" else int(minute or 0)
    return (hour, minutes) <= (now.hour, now.minute)


def _passed(match: Match[str], today: date) -> bool:
    parts = match.groupdict()
    named = parts.get("name")
    month = _MONTHS.index(named[:3]) + 1 if named else int(match["month"])
    try:
        day = date(int(match["year"] or today.year), month, int(match["day"]))
    except ValueError:  # the 31st of a month that has none, or the 29th of February
        return False
    if match["year"]:
        return day < today
    return 0 < (today - day).days <= _RECENT_DAYS
