"""What the agent types into a phrase's field, checked and written as the buyer reads it."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from enum import StrEnum

from sidebar.domain.due_times import DueTimeError, parse
from sidebar.domain.phrase_details import Field, FieldKind
from sidebar.domain.placeholders import date_words

_NUMBER = re.compile(r"[+-]?\d{1,12}(?:\.\d{1,6})?")
_YEAR_MONTH_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_MONTH_DAY = re.compile(r"(\d{1,2})[-/月](\d{1,2})[日号]?")
_HOUR_MINUTE = re.compile(r"(\d{1,2})[:点](\d{2})分?")
_DAYS = {"今天": 0, "today": 0, "昨天": -1, "yesterday": -1, "明天": 1, "tomorrow": 1}
_NOW = ("现在", "now")
_LEAP_YEAR = 2024
"""A date without a year may be the 29th of February."""


class FieldProblem(StrEnum):
    """What is wrong with what was typed; the words for it belong to `ui`."""

    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_DATE = "not_a_date"
    NOT_A_TIME = "not_a_time"


class FieldError(ValueError):
    """What was typed is nothing for this field."""

    def __init__(self, problem: FieldProblem) -> None:
        super().__init__(problem)
        self.problem = problem


def value_of(field: Field, typed: str, *, now: datetime, language: str) -> str:
    """What stands in the text for *typed*; raises `FieldError`.

    Dates and times are typed as due times are (明天, 下周一, +2d, 18:00), and a past date as well
    (昨天, 11-02): an order has one.
    """
    text = typed.strip()
    if not text:
        raise FieldError(FieldProblem.EMPTY)
    match field.kind:
        case FieldKind.PARAGRAPH:
            return text.replace("\r\n", "\n").replace("\r", "\n")
        case FieldKind.TEXT:
            return " ".join(text.split("\n"))
        case FieldKind.CHOICE:
            return _choice(field, text)
        case FieldKind.NUMBER:
            return _number(text)
        case FieldKind.DATE:
            return _day(_plain(text), now, language)
        case FieldKind.TIME:
            return _time(_plain(text), now)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _choice(field: Field, text: str) -> str:
    if text not in field.choices:
        raise FieldError(FieldProblem.NOT_A_CHOICE)
    return text


def _number(text: str) -> str:
    number = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    if not _NUMBER.fullmatch(number):
        raise FieldError(FieldProblem.NOT_A_NUMBER)
    return number


def _day(text: str, now: datetime, language: str) -> str:
    try:
        if text in _DAYS:
            return date_words(now.date() + timedelta(days=_DAYS[text]), language)
        if found := _YEAR_MONTH_DAY.fullmatch(text):
            return date_words(date(*map(int, found.groups())), language)
        if found := _MONTH_DAY.fullmatch(text):
            return date_words(date(_LEAP_YEAR, *map(int, found.groups())), language)
        return date_words(parse(text, now).date(), language)
    except (ValueError, DueTimeError) as error:
        raise FieldError(FieldProblem.NOT_A_DATE) from error


def _time(text: str, now: datetime) -> str:
    if text in _NOW:
        return f"{now:%H:%M}"
    if found := _HOUR_MINUTE.fullmatch(text):
        hour, minute = map(int, found.groups())
        if hour < 24 and minute < 60:
            return f"{hour:02}:{minute:02}"
        raise FieldError(FieldProblem.NOT_A_TIME)
    try:
        return f"{parse(text, now):%H:%M}"
    except DueTimeError as error:
        raise FieldError(FieldProblem.NOT_A_TIME) from error
