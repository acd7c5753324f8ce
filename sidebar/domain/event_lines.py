"""Events as JSON objects: the public event lines, version 1, and the same shape for our own events.

One line is one object: `v`, `id`, `at`, `type` and the fields of that type; the history stores
the same lines another program may bring. A field that has a default may be left out.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import UTC, datetime
from enum import StrEnum
from types import NoneType
from typing import Any, NamedTuple, cast, get_args, get_type_hints

from sidebar.domain.events import OWN_EVENTS, PUBLIC_EVENTS, ConversationEvent, Event
from sidebar.domain.identifiers import EventId
from sidebar.domain.line_values import (
    LineError,
    Reader,
    amount,
    count,
    currency,
    filled,
    flag,
    kept,
    member,
    moment,
    number,
    optional,
    score,
    text,
)
from sidebar.domain.making import Put, put

VERSION = 1

_LONGEST_ID = 200
_HEAD = ("v", "id", "at", "type")


def to_line(event: Event) -> dict[str, object]:
    """*event* as one JSON object; unknown keys it once came with stand beside the known ones."""
    line: dict[str, object] = {"v": VERSION, "id": event.id, "at": time_text(event.at), "type": event.type}
    for known in _FIELDS[type(event)]:
        value = getattr(event, known.name)
        line[known.name] = value if value.__class__ is str else plain(value)
    if isinstance(event, ConversationEvent):
        for key, value in event.extra.items():
            line.setdefault(key, value)
    return line


def from_line(line: object, *, public_only: bool = False) -> Event:
    """The event *line* tells of; raises LineError with the reason it is none.

    A line without an id gets one made from its content, so the same line twice is the same
    event. With *public_only* the sidebar's own event types are unknown.
    """
    usual = _usual_event(line, _USUAL_PUBLIC if public_only else _USUAL)
    if usual is not None:
        return usual
    if not isinstance(line, dict):
        raise LineError("an event is a JSON object")
    version = line.get("v")
    if version != VERSION or version is True:
        raise LineError(f"'v' must be {VERSION}" if "v" in line else "'v' is missing")
    name = line.get("type")
    kind = (_PUBLIC if public_only else _ALL).get(name) if isinstance(name, str) else None
    if kind is None:
        raise LineError("the type of event is unknown" if "type" in line else "'type' is missing")
    event = _event(line, kind)
    given = line.get("id")
    _PUT_ID(event, _made_id(event) if given is None else _id(given))
    return event


def read_line(line: str, *, public_only: bool = True) -> Event:
    """The event that a line of JSON text tells of; raises LineError, as `from_line` does."""
    try:
        parsed = _DECODER.decode(line)
    except LineError:
        raise
    except (ValueError, RecursionError):
        raise LineError("this is not JSON") from None
    return from_line(parsed, public_only=public_only)


def time_text(at: datetime) -> str:
    """*at* in UTC as ISO 8601 with offset, always of one length, so that text order is time order."""
    return (at if at.tzinfo is UTC else at.astimezone(UTC)).isoformat(timespec="microseconds")


class _Field(NamedTuple):
    """One field of an event type: how it is read and put into an event, and what it is where it is not told.

    `words` tells that any printable text is taken as it is: what a surrogate is in is not printable.
    """

    name: str
    read: Reader
    words: bool
    set: Put
    default: object


class _Usual(NamedTuple):
    """How most lines of a kind look: `length` keys, those of any conversation's event and its `own`."""

    kind: type[ConversationEvent]
    length: int
    own: tuple[_Field, ...]


_REQUIRED = object()
_NOTHING_ELSE: Mapping[str, object] = {}


def _usual_event(line: Any, kinds: Mapping[str, _Usual]) -> Event | None:
    """The event of *line* where nothing about it is out of the ordinary; else None, and no reason.

    A long day is read at a start in half the time that it takes to ask for each key by itself.
    """
    try:
        kind, length, own = kinds[line["type"]]
        id, conversation, client = line["id"], line["conversation"], line["client"]
        customer, at = line["customer"], datetime.fromisoformat(line["at"])
        if not (
            (len(line) == length and line["v"] == VERSION and line["v"] is not True)
            and (at.tzinfo is UTC and len(id) <= _LONGEST_ID)
            and (id.strip() and conversation.strip() and client.strip())
            and (id.isprintable() and conversation.isprintable())
            and (client.isprintable() and customer.isprintable())
        ):
            return None
        event: ConversationEvent = object.__new__(kind)
        for name, read, _, set_field, _ in own:
            set_field(event, read(line[name], name))
    except (KeyError, AttributeError, TypeError, ValueError):
        return None
    _PUT_ID(event, id)
    _PUT_AT(event, at)
    _PUT_CONVERSATION(event, conversation)
    _PUT_CLIENT(event, client)
    _PUT_CUSTOMER(event, customer)
    _PUT_EXTRA(event, _NOTHING_ELSE)
    return event


def _event(line: Mapping[str, object], kind: type[Event]) -> Event:
    """The event of *line*, without its id."""
    event: Event = object.__new__(kind)
    if "at" not in line:
        raise LineError("'at' is missing")
    _PUT_AT(event, moment(line["at"], "at"))
    names, known = _NAMES.get(kind), 0
    for name, read, words, set_field, default in _FIELDS[kind]:
        if name in line:
            value = line[name]
            if words and isinstance(value, str) and value.isprintable() and value.strip():
                set_field(event, value)  # as `read` would have it
            else:
                set_field(event, read(value, name))
            known += 1
        elif default is _REQUIRED:
            raise LineError(f"{name!r} is missing")
        else:
            set_field(event, default)
    if names is not None:
        whole = known + len(_HEAD) == len(line) and "id" in line
        _PUT_EXTRA(event, _NOTHING_ELSE if whole else _extra(line, names))
    return event


def _extra(line: Mapping[str, object], names: frozenset[str]) -> Mapping[str, object]:
    return {text(key, "key"): kept(value) for key, value in line.items() if key not in names}


def _id(value: object) -> EventId:
    printable = isinstance(value, str) and value.isprintable() and value.strip()
    given = cast("str", value) if printable else filled(value, "id")
    if len(given) > _LONGEST_ID:
        raise LineError(f"'id' is longer than {_LONGEST_ID} characters")
    return cast("EventId", given)


def _made_id(event: Event) -> EventId:
    """An id of the content: the same for every spelling of the same moment and fields."""
    from hashlib import sha256  # brings OpenSSL, 3.5 MiB; only lines of other programs lack an id

    _PUT_ID(event, EventId(""))
    canonical = json.dumps(to_line(event), sort_keys=True, separators=(",", ":"))
    return EventId(sha256(canonical.encode()).hexdigest()[:32])


def _refuse_constant(_constant: str) -> object:
    raise LineError("NaN and Infinity are not JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
"""Made once: `json.loads` makes one for every line where anything is out of the ordinary."""


def plain(value: object) -> object:
    """*value*, a field of an event's kind, as JSON has it."""
    match value:
        case StrEnum():
            return value.value
        case datetime():
            return time_text(value)
    return value


_BY_NAME: Mapping[str, Reader] = {"score": score, "amount": amount, "currency": currency}
_BY_TYPE: Mapping[object, Reader] = {bool: flag, int: count, float: number, datetime: moment, str: text}


def reader(name: str, hint: Any) -> Reader:
    """How a field of this name and declared type is read from what `plain` makes of it."""
    if name in _BY_NAME:
        return _BY_NAME[name]
    if NoneType in get_args(hint):
        (inner,) = (part for part in get_args(hint) if part is not NoneType)
        return optional(reader(name, inner))
    plain = getattr(hint, "__supertype__", hint)
    if isinstance(plain, type) and issubclass(plain, StrEnum):
        return member(plain)
    return _BY_TYPE[plain]


def _fields_of(kind: type[Event]) -> tuple[_Field, ...]:
    """The fields of *kind*; a text another program must give must not be empty either."""
    hints = get_type_hints(kind)
    known = []
    for field in fields(kind):
        if field.name in (*_HEAD, "extra"):
            continue
        default = field.default if field.default_factory is MISSING else field.default_factory()
        required = default is MISSING
        read = reader(field.name, hints[field.name])
        if required and read is text and kind in PUBLIC_EVENTS:
            read = filled
        words = read in (text, filled)
        known.append(
            _Field(field.name, read, words, put(kind, field.name), _REQUIRED if required else default)
        )
    return tuple(known)


_PUT_ID, _PUT_AT = put(Event, "id"), put(Event, "at")
_PUT_CONVERSATION, _PUT_CLIENT = put(ConversationEvent, "conversation"), put(ConversationEvent, "client")
_PUT_CUSTOMER, _PUT_EXTRA = put(ConversationEvent, "customer"), put(ConversationEvent, "extra")
_PUBLIC: dict[str, type[Event]] = {kind.type: kind for kind in PUBLIC_EVENTS}
_ALL: dict[str, type[Event]] = _PUBLIC | {kind.type: kind for kind in OWN_EVENTS}
_FIELDS = {kind: _fields_of(kind) for kind in _ALL.values()}
_NAMES: dict[type[Event], frozenset[str]] = {
    kind: frozenset(_HEAD) | {known.name for known in _FIELDS[kind]}
    for kind in _ALL.values()
    if issubclass(kind, ConversationEvent)
}
"""The keys that are known, of those events that keep the others."""


def _usual_of(kind: type[ConversationEvent]) -> _Usual:
    shared = {*_HEAD, *(field.name for field in fields(ConversationEvent))}
    own = tuple(field for field in _FIELDS[kind] if field.name not in shared)
    return _Usual(kind, len(_NAMES[kind]), own)


_USUAL = {kind.type: _usual_of(kind) for kind in _ALL.values() if issubclass(kind, ConversationEvent)}
_USUAL_PUBLIC = {kind.type: _USUAL[kind.type] for kind in PUBLIC_EVENTS}
