"""The values in an event line: how each kind is read, and why it is refused."""

import math
import re
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum

_DEEPEST = 20
_LARGEST = 2**53  # beyond it other programs' JSON readers lose digits
_CURRENCY = re.compile(r"[A-Z]{3}")


class LineError(ValueError):
    """A line is not an event; `reason` is one sentence that quotes no customer's words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


Reader = Callable[[object, str], object]
"""Reads the value of the named field; raises LineError."""


def text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise LineError(f"{name!r} must be a text")
    if not (value.isascii() or _whole(value)):
        raise LineError(f"{name!r} holds half of a character")
    return value


def filled(value: object, name: str) -> str:
    words = text(value, name)
    if not words or words.isspace():
        raise LineError(f"{name!r} is empty")
    return words


def flag(value: object, name: str) -> bool:
    if not isinstance(value, bool):
        raise LineError(f"{name!r} must be true or false")
    return value


def count(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < _LARGEST:
        raise LineError(f"{name!r} must be a whole number that is not negative")
    return value


def score(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 5:
        raise LineError(f"{name!r} must be a whole number from 1 to 5")
    return value


def number(value: object, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise LineError(f"{name!r} must be a number")
    if (isinstance(value, int) and abs(value) >= _LARGEST) or not math.isfinite(value):
        raise LineError(f"{name!r} is too large a number")
    return float(value)


def amount(value: object, name: str) -> float:
    given = number(value, name)
    if given < 0:
        raise LineError(f"{name!r} must not be negative")
    return given


def currency(value: object, name: str) -> str:
    code = text(value, name)
    if _CURRENCY.fullmatch(code) is None:
        raise LineError(f"{name!r} must be three capital letters, such as CNY")
    return code


def moment(value: object, name: str) -> datetime:
    """A time with its offset, in UTC."""
    try:
        given = datetime.fromisoformat(value if isinstance(value, str) else text(value, name))
    except LineError:
        raise
    except ValueError:
        raise LineError(f"{name!r} is not a time such as 2026-11-21T10:10:15+08:00") from None
    if given.tzinfo is None:
        raise LineError(f"{name!r} needs its offset from UTC, such as +08:00")
    if given.tzinfo is UTC:  # as the history writes it
        return given
    try:
        return given.astimezone(UTC)
    except OverflowError:
        raise LineError(f"{name!r} lies outside the calendar") from None


def member(kind: type[StrEnum]) -> Reader:
    """A reader of the values of *kind*."""
    members = {item.value: item for item in kind}

    def read(value: object, name: str) -> StrEnum:
        if not isinstance(value, str) or value not in members:
            raise LineError(f"{name!r} must be one of {', '.join(members)}")
        return members[value]

    return read


def optional(read: Reader) -> Reader:
    """A reader of what *read* reads, or null."""

    def read_unless_null(value: object, name: str) -> object:
        return None if value is None else read(value, name)

    return read_unless_null


def kept(value: object, depth: int = 0) -> object:
    """The value of a key we do not know, as it is, once it is sure that it can be written again."""
    if depth > _DEEPEST:
        raise LineError(f"an unknown key is nested deeper than {_DEEPEST} levels")
    match value:
        case None | bool() | int():
            return value
        case str() if _whole(value):
            return value
        case float() if math.isfinite(value):
            return value
        case list():
            return [kept(item, depth + 1) for item in value]
        case dict():
            return {text(key, "key"): kept(item, depth + 1) for key, item in value.items()}
    raise LineError("an unknown key holds what JSON cannot say")


def _whole(value: str) -> bool:
    """Whether no character is half of a surrogate pair, which neither UTF-8 nor a database takes."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
