"""The places in a phrase that are filled in for the buyer, the agent and the moment.

    {买家} {buyer}      who is being answered        {时间} {time}      14:05
    {客服} {agent}      who answers                  {日期} {date}      11月25日, 25 Nov
    {工号} {number}     the agent's number           {承诺} {promise}   the phrase's own promise
    {+2h} {+30分钟}     a deadline from now          {buyer|亲}         亲, where nobody is named
    {单号}              a field of the phrase's own  {话术:ID} {phrase:ID}   another phrase's text
    {光标} {cursor}     where the caret goes         {方案} {options}   the ways out, one a line
    {{ }}               braces that are text

Only phrases that ask for it are filled in; in the others, and wherever they make no placeholder,
braces are text. A deadline is written as a clock time, so that a promise is one: 今天18:00,
明天10:00, 11月25日14:00.

Deadlines keep the minute the clock shows: at 10:10:47 two hours on is 12:10, as {time} is 10:10.
The follow-up is due at that minute too, never at one the buyer has not read.

Of a nested phrase the text is taken with its fields, options and promise, each `{promise}` being
that of the phrase it stands in; its pictures are not.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from re import Match
from typing import TYPE_CHECKING

from sidebar.domain import place_names
from sidebar.domain.due_times import DueTimeError, parse
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.lean import dataclass
from sidebar.domain.phrases import Phrase, Promise
from sidebar.domain.place_names import PLACE, nested_id, plain_name

if TYPE_CHECKING:  # most phrases are a text and no more
    from sidebar.domain.phrase_details import Field, Option

_MINUTE = timedelta(minutes=1)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DEEPEST = 8
"""Phrases in phrases; more is a slip, not a text."""
_LONGEST = 20_000
"""Characters; phrases that nest one another twice each would soon fill any memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What placeholders are filled with; `now` is aware and in the agent's zone, '' is no value."""

    buyer: str = ""
    agent: str = ""
    number: str = ""
    now: datetime
    language: str = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """What is promised to the buyer, and when it is due, in the zone of `Values.now`."""

    about: str
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A phrase for one buyer and moment.

    `unfilled` names, once each, the placeholders that have no value or that nobody knows; they stand
    in the text as they were written, and such a text is not to be inserted, nor is one with a
    `loop`: the ids of phrases that nest one another, the first once more at the end.

    `deadlines` are those the text names, in its order. `promised` is what the phrase and those
    nested in it promise, whether or not the text names it. All are in the zone of `Values.now`.

    `fields` are those the text has, in its order; they stand in it as they were written unless
    `typed` was given. `cursor` is where in the text the caret is to stand, None for its end.
    `wordings` says which wording was taken of each phrase that has several.
    """

    text: str
    unfilled: tuple[str, ...] = ()
    loop: tuple[PhraseId, ...] = ()
    deadlines: tuple[datetime, ...] = ()
    promised: tuple[Promised, ...] = ()
    fields: "tuple[Field, ...]" = ()
    cursor: int | None = None
    wordings: tuple[tuple[PhraseId, int], ...] = ()

    @property
    def promise_due(self) -> datetime | None:
        """When the first promise is due."""
        return self.promised[0].due if self.promised else None


Find = Callable[[PhraseId], Phrase | None]
Wording = Callable[[Phrase], int]


def _nothing(_id: PhraseId) -> None:
    return None


def the_first(_phrase: Phrase) -> int:
    """A phrase's body, whatever other wordings it has."""
    return 0


def fill(
    phrase: Phrase,
    values: Values,
    *,
    find: Find = _nothing,
    wording: Wording = the_first,
    typed: Mapping[str, str] | None = None,
) -> Filled:
    """*phrase* as it would be inserted now; its lines end in a plain newline.

    *find* knows the phrases that may be nested. *wording* says which of a phrase's texts to take:
    0 is the body, then the variants. *typed* are the values of its fields by `plain_name`, as they
    are to stand in the text; a field that is not among them has no value.
    """
    if phrase.details is None and not phrase.placeholders:
        promised = () if phrase.promise is None else (_promised(phrase.promise, values.now),)
        return Filled(text=_plain_lines(phrase.body), promised=promised)
    filling = _Filling(values, find, wording, typed)
    filling.put(phrase)
    return filling.filled()


def texts(phrase: Phrase) -> tuple[str, ...]:
    """Every wording of *phrase*: its body and the variants."""
    return (phrase.body,) if phrase.details is None else (phrase.body, *phrase.details.variants)


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


class _Filling:
    """One text being written: what is put in, and what was found on the way."""

    def __init__(self, values: Values, find: Find, wording: Wording, typed: Mapping[str, str] | None) -> None:
        self._values = values
        self._find = find
        self._wording = wording
        self._typed = typed
        self._path: list[Phrase] = []
        self._parts: list[str] = []
        self._length = 0
        self._cursor: int | None = None
        self._loop: tuple[PhraseId, ...] = ()
        self._unfilled: dict[str, None] = {}
        self._fields: dict[str, Field] = {}
        self._deadlines: list[datetime] = []
        self._promised: list[Promised] = []
        self._wordings: dict[PhraseId, int] = {}

    def filled(self) -> Filled:
        return Filled(
            text="".join(self._parts),
            unfilled=tuple(self._unfilled),
            loop=self._loop,
            deadlines=tuple(self._deadlines),
            promised=tuple(self._promised),
            fields=tuple(self._fields.values()),
            cursor=self._cursor,
            wordings=tuple(self._wordings.items()),
        )

    def put(self, phrase: Phrase) -> None:
        """Write *phrase* at the end of the text."""
        self._path.append(phrase)
        promised = None if phrase.promise is None else _promised(phrase.promise, self._values.now)
        if promised is not None:
            self._promised.append(promised)
        body = self._body(phrase)
        due = None if promised is None else promised.due
        options = () if phrase.details is None else phrase.details.options
        if phrase.placeholders:
            self._put_places(body, due, options)
        else:
            self._add(body)
        if options and not (phrase.placeholders and _names_options(body)):
            self._put_options(options, due, on_a_new_line=bool(body))
        self._path.pop()

    def _body(self, phrase: Phrase) -> str:
        wordings = texts(phrase)
        if len(wordings) == 1:
            return _plain_lines(phrase.body)
        taken = self._wordings.setdefault(phrase.id, self._wording(phrase) % len(wordings))
        return _plain_lines(wordings[taken])

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _put_places(self, text: str, due: datetime | None, options: "tuple[Option, ...]" = ()) -> None:
        """*text* with every place in it filled in."""
        end = 0
        for place in PLACE.finditer(text):
            self._add(text[end : place.start()])
            end = place.end()
            if place["name"] is None:
                self._add(place[0][0])
            else:
                self._put_place(place, due, options)
        self._add(text[end:])

    def _put_place(self, place: Match[str], due: datetime | None, options: "tuple[Option, ...]") -> None:
        name = plain_name(place["name"])
        if name in place_names.CURSOR:
            self._cursor = self._length if self._cursor is None else self._cursor
        elif name in place_names.OPTIONS and options:
            self._put_options(options, due, on_a_new_line=False)
        elif (nested := nested_id(place["name"])) is not None:
            self._put_nested(PhraseId(nested), place)
        elif (field := self._field(name)) is not None:
            self._put_field(field, name, place)
        else:
            self._put_value(self._value(name, due), place)

    def _put_value(self, value: str | None, place: Match[str]) -> None:
        """*value*, '' where there is none now and None for a name nobody knows."""
        if value is None or not (value or place["fallback"]):
            self._unfilled[place["name"].strip()] = None
            self._add(place[0])
        else:
            self._add(value or place["fallback"])

    def _put_field(self, field: "Field", name: str, place: Match[str]) -> None:
        self._fields.setdefault(name, field)
        if self._typed is None:
            self._add(place[0])
        else:
            self._put_value(self._typed.get(name, ""), place)

    def _put_nested(self, id: PhraseId, place: Match[str]) -> None:
        known = [phrase.id for phrase in self._path]
        if id in known:
            self._loop = self._loop or (*known[known.index(id) :], id)
            self._add(place[0])
            return
        nested = self._find(id)
        if nested is None or len(known) >= _DEEPEST or self._length > _LONGEST:
            self._put_value(None, place)
        else:
            self.put(nested)

    def _put_options(
        self, options: "tuple[Option, ...]", due: datetime | None, *, on_a_new_line: bool
    ) -> None:
        asks = self._path[-1].placeholders
        for number, option in enumerate(options, start=1):
            if number > 1 or on_a_new_line:
                self._add("\n")
            line = _option_words(option, number if len(options) > 1 else None, self._values.language)
            if asks:
                self._put_places(line, due)
            else:
                self._add(line)

    def _field(self, name: str) -> "Field | None":
        """The field of that name of the phrase being written, else of the one it is nested in."""
        for phrase in reversed(self._path):
            for field in phrase.details.fields if phrase.details is not None else ():
                if plain_name(field.name) == name:
                    return field
        return None

    def _value(self, name: str, due: datetime | None) -> str | None:
        """The value of *name*, '' where it has none now; None for a name nobody knows."""
        if name in place_names.PROMISE:
            return "" if due is None else self._written(due)
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
        self._deadlines.append(due)
        return deadline_words(due, self._values.now, self._values.language)


def _names_options(body: str) -> bool:
    return any(plain_name(place["name"] or "") in place_names.OPTIONS for place in PLACE.finditer(body))


def _option_words(option: "Option", number: int | None, language: str) -> str:
    """One way out as a line: what it is, then what speaks for it, against it, and the clause."""
    chinese = language.startswith("zh")
    words = ("好处：", "要留意：", "依据：") if chinese else ("pro: ", "con: ", "based on: ")
    parts = zip(words, (option.pros, option.cons, option.rule), strict=True)
    reasons = ("；" if chinese else "; ").join(word + text for word, text in parts if text)
    head = option.text if number is None else f"{number}. {option.text}"
    if not reasons:
        return head
    return f"{head}（{reasons}）" if chinese else f"{head} ({reasons})"


def _plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _promised(promise: Promise, now: datetime) -> Promised:
    due = (now.astimezone(UTC) + promise.within).astimezone(now.tzinfo)
    return Promised(about=promise.about, due=_to_the_minute(due, now))


def _to_the_minute(due: datetime, now: datetime) -> datetime:
    """*due* at its minute; one that has begun already is given whole."""
    minute = due.replace(second=0, microsecond=0)
    if minute.astimezone(UTC) > now.astimezone(UTC):
        return minute
    return (minute.astimezone(UTC) + _MINUTE).astimezone(due.tzinfo)


_VALUES: Mapping[str, Callable[[Values], str]] = {
    name: value
    for names, value in (
        (place_names.BUYER, lambda values: values.buyer.strip()),
        (place_names.AGENT, lambda values: values.agent.strip()),
        (place_names.NUMBER, lambda values: values.number.strip()),
        (place_names.TIME, lambda values: f"{values.now:%H:%M}"),
        (place_names.DATE, lambda values: date_words(values.now, values.language)),
    )
    for name in names
}
