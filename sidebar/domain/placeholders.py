"""The places in a phrase that are filled in for the buyer, the agent and the moment.

    {买家} {buyer}      who is being answered        {时间} {time}      14:05
    {客服} {agent}      who answers                  {日期} {date}      11月25日, 25 Nov
    {工号} {number}     the agent's number           {承诺} {promise}   the phrase's own promise
    {+2h} {+30分钟}     a deadline from now          {buyer|亲}         亲, where nobody is named
    {{ }}               braces that are text

Only phrases that ask for it are filled in; in the others, and wherever they make no placeholder,
braces are text. A deadline is written as a clock time, so that a promise is one: 今天18:00,
明天10:00, 11月25日14:00.

Deadlines keep the minute the clock shows: at 10:10:47 two hours on is 12:10, as {time} is 10:10.
The follow-up is due at that minute too, never at one the buyer has not read.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from re import Match

from sidebar.domain.due_times import DueTimeError, parse
from sidebar.domain.phrases import Phrase

_MINUTE = timedelta(minutes=1)
_PLACE = re.compile(
    r"\{\{|\}\}|\{(?P<name>[^{}|｜\n]*[^{}|｜\s][^{}|｜\n]*)(?:[|｜](?P<fallback>[^{}\n]*))?\}"
)
_UNNAMEABLE = re.compile(r"[{}|:\n]")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What placeholders are filled with; `now` is aware and in the agent's zone, '' is no value."""

    buyer: str = ""
    agent: str = ""
    number: str = ""
    now: datetime
    language: str = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A phrase for one buyer and moment.

    `unfilled` names, once each, the placeholders that have no value or that nobody knows; they stand
    in the text as they were written, and such a text is not to be inserted. `deadlines` are those
    the text names, in its order. `promise_due` is when what the phrase promises is due, whether or
    not the text names it. All are in the zone of `Values.now`.
    """

    text: str
    unfilled: tuple[str, ...] = ()
    deadlines: tuple[datetime, ...] = ()
    promise_due: datetime | None = None


def fill(phrase: Phrase, values: Values) -> Filled:
    """*phrase* as it would be inserted now; its lines end in a plain newline."""
    body = phrase.body.replace("\r\n", "\n").replace("\r", "\n")
    due = None if phrase.promise is None else _deadline(values.now, phrase.promise.within)
    if not phrase.placeholders:
        return Filled(text=body, promise_due=due)
    filling = _Filling(values, due)
    text = _PLACE.sub(filling.replacement, body)
    return Filled(
        text=text,
        unfilled=tuple(dict.fromkeys(filling.unfilled)),
        deadlines=tuple(filling.deadlines),
        promise_due=due,
    )


def deadline_words(due: datetime, now: datetime, language: str) -> str:
    """*due* in words for a buyer who reads *language*: 今天18:00, tomorrow 10:00, 25 Nov 14:00."""
    days = (due.date() - now.date()).days
    chinese = language.startswith("zh")
    if days in {0, 1}:
        day = ("今天", "明天")[days] if chinese else ("today ", "tomorrow ")[days]
    else:
        day = date_words(due, language) + ("" if chinese else " ")
    return f"{day}{due:%H:%M}"


def date_words(day: date, language: str) -> str:
    """*day* as a buyer who reads *language* does: 11月25日, 25 Nov."""
    if language.startswith("zh"):
        return f"{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]}"


def plain_name(name: str) -> str:
    """*name* as places are compared: whatever its width and case."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def can_name_a_field(name: str) -> bool:
    """Whether `{name}` may be a field of a phrase's own, standing for nothing else."""
    plain = plain_name(name)
    return not (plain in _TAKEN or plain.startswith(("+", ">")) or _UNNAMEABLE.search(plain))


class _Filling:
    """One pass over a body: what is put in, and what was found on the way."""

    def __init__(self, values: Values, promise_due: datetime | None) -> None:
        self._values = values
        self._promise_due = promise_due
        self.unfilled: list[str] = []
        self.deadlines: list[datetime] = []

    def replacement(self, place: Match[str]) -> str:
        if place["name"] is None:
            return place[0][0]
        name = plain_name(place["name"])
        value = self._value(name)
        if value is None or not (value or place["fallback"]):
            self.unfilled.append(place["name"].strip())
            return place[0]
        return value or place["fallback"]

    def _value(self, name: str) -> str | None:
        """The value of *name*, '' where it has none now; None for a name nobody knows."""
        if name in _PROMISE:
            return "" if self._promise_due is None else self._written(self._promise_due)
        if name.startswith("+"):
            return self._from_now(name)
        value = _VALUES.get(name)
        return None if value is None else value(self._values)

    def _from_now(self, span: str) -> str | None:
        try:
            due = parse(span, self._values.now)
        except DueTimeError:
            return None
        return self._written(_to_the_minute(due, self._values.now))

    def _written(self, due: datetime) -> str:
        self.deadlines.append(due)
        return deadline_words(due, self._values.now, self._values.language)


def _deadline(now: datetime, within: timedelta) -> datetime:
    return _to_the_minute((now.astimezone(UTC) + within).astimezone(now.tzinfo), now)


def _to_the_minute(due: datetime, now: datetime) -> datetime:
    """*due* at its minute; one that has begun already is given whole."""
    minute = due.replace(second=0, microsecond=0)
    if minute.astimezone(UTC) > now.astimezone(UTC):
        return minute
    return (minute.astimezone(UTC) + _MINUTE).astimezone(due.tzinfo)


_PROMISE = {"承诺", "promise"}
_VALUES: Mapping[str, Callable[[Values], str]] = {
    name: value
    for names, value in (
        (("买家", "buyer"), lambda values: values.buyer.strip()),
        (("客服", "agent"), lambda values: values.agent.strip()),
        (("工号", "number"), lambda values: values.number.strip()),
        (("时间", "time"), lambda values: f"{values.now:%H:%M}"),
        (("日期", "date"), lambda values: date_words(values.now, values.language)),
    )
    for name in names
}
_CURSOR = {"光标", "cursor"}
_OPTIONS = {"方案", "options"}
_NESTED = {"话术", "phrase"}
_TAKEN = {*_VALUES, *_PROMISE, *_CURSOR, *_OPTIONS, *_NESTED}
