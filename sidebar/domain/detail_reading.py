"""Reads what a form says of a phrase beyond its text; what cannot be read is told, and stays as it was."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sidebar.domain.detail_sheets import DetailSheet, FieldSheet, detail_sheet_of, field_sheet_of
from sidebar.domain.durations import parse_duration
from sidebar.domain.field_values import FieldError, value_of
from sidebar.domain.lean import dataclass
from sidebar.domain.phrase_details import (
    MOST_OPTIONS,
    ClientWay,
    Condition,
    Details,
    Field,
    FieldKind,
    FollowUpRule,
    Option,
)
from sidebar.domain.phrases import Phrase, Promise
from sidebar.domain.place_names import can_name_a_field, plain_name
from sidebar.domain.typed_texts import clean_line, clean_text

_SOME_DAY = datetime(2024, 1, 1, 12, tzinfo=UTC)
"""What a field begins with must be understood on any day; this one stands for them."""


class Part(StrEnum):
    """The parts of the form that not every phrase needs."""

    VARIANTS = "variants"
    FIELDS = "fields"
    PROMISE = "promise"
    OPTIONS = "options"
    ENCLOSED = "enclosed"
    ONLY = "only"
    WAYS = "ways"
    NOTE = "note"


class Fault(StrEnum):
    """Why something typed cannot be read; the words for it belong to `ui`."""

    NO_SPAN = "no_span"
    BAD_SPAN = "bad_span"
    TOO_LATE = "too_late"
    """A follow-up that is due before it may be done."""
    BAD_NAME = "bad_name"
    SAME_NAME = "same_name"
    NO_CHOICES = "no_choices"
    BAD_DEFAULT = "bad_default"
    NO_OPTION = "no_option"
    TOO_MANY_OPTIONS = "too_many_options"
    SAME_CLIENT = "same_client"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """Something typed that cannot be read, in which row of its part, from 0, and what it is."""

    part: Part
    fault: Fault
    row: int = 0
    typed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDetails:
    """What a form says: the promise, the other details, and what of it cannot be read."""

    promise: Promise | None
    details: Details | None
    slips: tuple[Slip, ...]


def read_details(sheet: DetailSheet, base: Phrase, *, title: str) -> ReadDetails:
    """What *sheet* says of the phrase that was *base* and is called *title* now.

    What nobody has touched is just as it was.
    """
    had = base.details or Details()
    before = detail_sheet_of(base)
    reading = _Reading(sheet, before, title)
    promise = base.promise if _same_promise(sheet, before) else reading.promise(base.promise)
    follow_up = had.follow_up if _same_follow_up(sheet, before) else reading.follow_up(had.follow_up)
    conditions = (sheet.clients, sheet.categories)
    details = replace(
        had,
        variants=had.variants if sheet.variants == before.variants else tuple(reading.variants()),
        rotation=sheet.rotation,
        fields=had.fields if sheet.fields == before.fields else tuple(reading.fields(had.fields)),
        follow_up=follow_up,
        options=had.options if sheet.options == before.options else tuple(reading.options()),
        attachments=sheet.attachments,
        only=had.only if conditions == (before.clients, before.categories) else _condition(sheet),
        ways=had.ways if sheet.ways == before.ways else tuple(reading.ways()),
        note=had.note if sheet.note == before.note else clean_text(sheet.note),
    )
    if details == had:
        return ReadDetails(promise=promise, details=base.details, slips=tuple(reading.slips))
    written = None if details == Details() else details
    return ReadDetails(promise=promise, details=written, slips=tuple(reading.slips))


def _same_promise(sheet: DetailSheet, before: DetailSheet) -> bool:
    return (sheet.promise_within, sheet.promise_about) == (before.promise_within, before.promise_about)


def _same_follow_up(sheet: DetailSheet, before: DetailSheet) -> bool:
    return (sheet.after, sheet.within, sheet.about) == (before.after, before.within, before.about)


def _condition(sheet: DetailSheet) -> Condition | None:
    if not (sheet.clients or sheet.categories):
        return None
    return Condition(clients=sheet.clients, categories=sheet.categories)


class _Reading:
    """One form being read."""

    def __init__(self, sheet: DetailSheet, before: DetailSheet, title: str) -> None:
        self._sheet = sheet
        self._before = before
        self._title = title
        self.slips: list[Slip] = []

    def promise(self, had: Promise | None) -> Promise | None:
        sheet = self._sheet
        about = clean_text(sheet.promise_about)
        if not sheet.promise_within.strip():
            if about:
                self._slip(Part.PROMISE, Fault.NO_SPAN)
            return had if about else None
        within = self._span(sheet.promise_within, 0)
        return had if within is None else Promise(within=within, about=about or self._title)

    def follow_up(self, had: FollowUpRule | None) -> FollowUpRule | None:
        """Row 1 of its part."""
        sheet = self._sheet
        about = clean_text(sheet.about)
        typed = [text for text in (sheet.after, sheet.within) if text.strip()]
        if not typed:
            if about:
                self._slip(Part.PROMISE, Fault.NO_SPAN, 1)
            return had if about else None
        if any(self._span(text, 1) is None for text in typed):
            return had
        after = parse_duration(sheet.after) if sheet.after.strip() else None
        within = parse_duration(sheet.within) if sheet.within.strip() else None
        if after is not None and within is not None and after > within:
            self._slip(Part.PROMISE, Fault.TOO_LATE, 1)
            return had
        return FollowUpRule(about=about or self._title, after=after, within=within)

    def variants(self) -> Iterator[str]:
        for typed in self._sheet.variants:
            text = typed if typed in self._before.variants else clean_text(typed)
            if text:
                yield text

    def fields(self, had: tuple[Field, ...]) -> Iterator[Field]:
        known = {field_sheet_of(field): field for field in had}
        names: set[str] = set()
        for row, typed in enumerate(self._sheet.fields):
            if not (typed.name.strip() or typed.default.strip() or typed.choices.strip()):
                continue
            field = known.get(typed) or self._field(typed, row)
            if field is None:
                continue
            if plain_name(field.name) in names:
                self._slip(Part.FIELDS, Fault.SAME_NAME, row, field.name)
                continue
            names.add(plain_name(field.name))
            yield field

    def options(self) -> Iterator[Option]:
        found = 0
        for row, typed in enumerate(self._sheet.options):
            option = typed if typed in self._before.options else _clean_option(typed)
            if option == Option(text=""):
                continue
            found += 1
            if not option.text:
                self._slip(Part.OPTIONS, Fault.NO_OPTION, row)
            elif found > MOST_OPTIONS:
                self._slip(Part.OPTIONS, Fault.TOO_MANY_OPTIONS, row)
            else:
                yield option

    def ways(self) -> Iterator[ClientWay]:
        clients = set()
        for row, way in enumerate(self._sheet.ways):
            if way.client in clients:
                self._slip(Part.WAYS, Fault.SAME_CLIENT, row)
            elif way in self._before.ways or way.newlines is not None or way.delivery is not None:
                clients.add(way.client)
                yield way

    def _field(self, typed: FieldSheet, row: int) -> Field | None:
        name = clean_line(typed.name)
        if not can_name_a_field(name):
            self._slip(Part.FIELDS, Fault.BAD_NAME, row, name)
            return None
        chosen = typed.kind is FieldKind.CHOICE
        lines = map(clean_line, clean_text(typed.choices).split("\n")) if chosen else ()
        choices = tuple(dict.fromkeys(filter(None, lines)))
        if chosen and not choices:
            self._slip(Part.FIELDS, Fault.NO_CHOICES, row, name)
            return None
        clean = clean_text if typed.kind is FieldKind.PARAGRAPH else clean_line
        field = Field(name=name, kind=typed.kind, choices=choices, remember=typed.remember)
        default = clean(typed.default)
        try:
            if default:
                value_of(field, default, now=_SOME_DAY, language="zh")
        except FieldError:
            self._slip(Part.FIELDS, Fault.BAD_DEFAULT, row, default)
            return None
        return replace(field, default=default)

    def _span(self, typed: str, row: int) -> timedelta | None:
        try:
            return parse_duration(typed)
        except ValueError:
            self._slip(Part.PROMISE, Fault.BAD_SPAN, row, typed.strip())
            return None

    def _slip(self, part: Part, fault: Fault, row: int = 0, typed: str = "") -> None:
        self.slips.append(Slip(part=part, fault=fault, row=row, typed=typed))


def _clean_option(typed: Option) -> Option:
    return Option(
        text=clean_line(typed.text),
        pros=clean_line(typed.pros),
        cons=clean_line(typed.cons),
        rule=clean_line(typed.rule),
    )
