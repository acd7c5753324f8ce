"""Events as JSON objects: the public event lines, version 1, and the same shape for our own events.

One line is one object: `v`, `id`, `at`, `type` and the fields of that type; the history stores
the same lines another program may bring. A field that has a default may be left out.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_type_hints

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

VERSION = 1

_LONGEST_ID = 200
_HEAD = ("v", "id", "at", "type")


def to_line(event: Event) -> dict[str, object]:
    """*event* as one JSON object; unknown keys it once came with stand beside the known ones."""
    line: dict[str, object] = {"v": VERSION, "id": event.id, "at": time_text(event.at), "type": event.type}
    for known in _FIELDS[type(event)]:
        line[known.name] = _plain(getattr(event, known.name))
    if isinstance(event, ConversationEvent):
        for key, value in event.extra.items():
            line.setdefault(key, value)
    return line


def from_line(line: object, *, public_only: bool = False) -> Event:
    """The event *line* tells of; raises LineError with the reason it is none.

    A line without an id gets one made from its content, so the same line twice is the same
    event. With *public_only* the sidebar's own event types are unknown.
    """
    if not isinstance(line, dict):
        raise LineError("an event is a JSON object")
    version = _given(line, "v")
    if version != VERSION or isinstance(version, bool):
        raise LineError(f"'v' must be {VERSION}")
    kind = _kind(line, public_only=public_only)
    values = _values(line, kind)
    if line.get("id") is None:
        return _identified(kind, values)
    return kind(id=_id(line["id"]), **values)


def read_line(line: str, *, public_only: bool = True) -> Event:
    """The event that a line of JSON text tells of; raises LineError, as `from_line` does."""
    try:
        parsed = json.loads(line, parse_constant=_refuse_constant)
    except LineError:
        raise
    except (ValueError, RecursionError):
        raise LineError("this is not JSON") from None
    return from_line(parsed, public_only=public_only)


def time_text(at: datetime) -> str:
    """*at* in UTC as ISO 8601 with offset, always of one length, so that text order is time order."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """One field of an event type, and how it is read."""

    name: str
    read: Reader
    required: bool


def _given(line: Mapping[str, object], name: str) -> object:
    if name not in line:
        raise LineError(f"{name!r} is missing")
    return line[name]


def _kind(line: Mapping[str, object], *, public_only: bool) -> type[Event]:
    name = _given(line, "type")
    kind = (_PUBLIC if public_only else _ALL).get(name) if isinstance(name, str) else None
    if kind is None:
        raise LineError("the type of event is unknown")
    return kind


def _values(line: Mapping[str, object], kind: type[Event]) -> dict[str, Any]:
    values: dict[str, Any] = {"at": moment(_given(line, "at"), "at")}
    for known in _FIELDS[kind]:
        if known.name in line:
            values[known.name] = known.read(line[known.name], known.name)
        elif known.required:
            raise LineError(f"{known.name!r} is missing")
    if issubclass(kind, ConversationEvent) and not line.keys() <= _NAMES[kind]:
        unknown = line.keys() - _NAMES[kind]
        values["extra"] = {text(key, "key"): kept(line[key]) for key in line if key in unknown}
    return values


def _id(value: object) -> EventId:
    given = filled(value, "id")
    if len(given) > _LONGEST_ID:
        raise LineError(f"'id' is longer than {_LONGEST_ID} characters")
    return EventId(given)


def _identified(kind: type[Event], values: Mapping[str, Any]) -> Event:
    """The event with an id of its content: the same for every spelling of the same moment and fields."""
    from hashlib import sha256  # brings OpenSSL, 3.5 MiB; only lines of other programs lack an id

    content = to_line(kind(id=EventId(""), **values))
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return kind(id=EventId(sha256(canonical.encode()).hexdigest()[:32]), **values)


def _refuse_constant(_constant: str) -> object:
    raise LineError("NaN and Infinity are not JSON")


def _plain(value: object) -> object:
    match value:
        case StrEnum():
            return value.value
        case datetime():
            return time_text(value)
    return value


_BY_NAME: Mapping[str, Reader] = {"score": score, "amount": amount, "currency": currency}
_BY_TYPE: Mapping[object, Reader] = {bool: flag, int: count, float: number, datetime: moment, str: text}


def _reader(name: str, hint: Any) -> Reader:
    """How a field of this name and declared type is read."""
    if name in _BY_NAME:
        return _BY_NAME[name]
    if NoneType in get_args(hint):
        (inner,) = (part for part in get_args(hint) if part is not NoneType)
        return optional(_reader(name, inner))
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
        required = field.default is MISSING and field.default_factory is MISSING
        read = _reader(field.name, hints[field.name])
        if required and read is text and kind in PUBLIC_EVENTS:
            read = filled
        known.append(_Field(name=field.name, read=read, required=required))
    return tuple(known)


_PUBLIC: dict[str, type[Event]] = {kind.type: kind for kind in PUBLIC_EVENTS}
_ALL: dict[str, type[Event]] = _PUBLIC | {kind.type: kind for kind in OWN_EVENTS}
_FIELDS = {kind: _fields_of(kind) for kind in _ALL.values()}
_NAMES = {kind: frozenset(_HEAD) | {known.name for known in known} for kind, known in _FIELDS.items()}
