"""The kinds of options there are: how each is read from a plain value, and back.

Plain values are what a TOML file holds: text, whole numbers, true or false, lists.
"""

from collections.abc import Callable
from dataclasses import field, fields
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sidebar.domain.durations import parse_duration
from sidebar.domain.hotkeys import KeyCombo, parse_global
from sidebar.domain.insertion_paths import InsertionPath
from sidebar.domain.lean import dataclass

Plain = str | int | bool | list[str]


class SettingsFault(StrEnum):
    """What was wrong with a setting; the words for it belong to `ui`."""

    NOT_READABLE = "not_readable"
    BROKEN_FILE = "broken_file"
    UNKNOWN_KEY = "unknown_key"
    WRONG_TYPE = "wrong_type"
    UNKNOWN_VALUE = "unknown_value"
    OUT_OF_BOUNDS = "out_of_bounds"
    BAD_HOTKEY = "bad_hotkey"
    REPEATED_HOTKEY = "repeated_hotkey"
    WARN_AFTER_BREACH = "warn_after_breach"
    BAD_HOURS = "bad_hours"
    BAD_DATE = "bad_date"
    UNKNOWN_ZONE = "unknown_zone"
    NEVER_OPEN = "never_open"


class BadValue(Exception):  # noqa: N818 - an answer between these functions, never seen outside
    """A value that cannot be used; `instead` is the nearest that can, None where the default must do."""

    def __init__(self, fault: SettingsFault, instead: object = None) -> None:
        super().__init__(fault)
        self.fault = fault
        self.instead = instead


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """How one setting is read from a plain value (raising `BadValue`), and what it means."""

    description: str
    read: Callable[[object], object]


def options_of(settings: object) -> dict[str, Option]:
    """The options that a settings class (or a value of it) declares, by name."""
    declared = fields(settings)  # type: ignore[arg-type]
    return {each.name: each.metadata["option"] for each in declared if "option" in each.metadata}


def option(default: object, description: str, read: Callable[[object], object]) -> Any:
    """A field of a settings class; typed `Any` as `dataclasses.field` is, so that the annotation counts."""
    return field(default=default, metadata={"option": Option(description=description, read=read)})


def _words(raw: object) -> str:
    if not isinstance(raw, str):
        raise BadValue(SettingsFault.WRONG_TYPE)
    return raw


def _items(raw: object) -> list[object]:
    if not isinstance(raw, list):
        raise BadValue(SettingsFault.WRONG_TYPE)
    return raw


def text(raw: object) -> str:
    """A short text on one line."""
    words = _words(raw)
    if len(words) > 40 or not words.isprintable():
        raise BadValue(SettingsFault.OUT_OF_BOUNDS)
    return words.strip()


def switch(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise BadValue(SettingsFault.WRONG_TYPE)
    return raw


def choice(default: StrEnum, description: str) -> Any:
    """One of the values of *default*'s kind."""
    return option(default, description, one_of(type(default)))


def one_of(kind: type[StrEnum]) -> Callable[[object], StrEnum]:
    """Reads one of the values of *kind*."""

    def read(raw: object) -> StrEnum:
        words = _words(raw)
        if words not in set(kind):
            raise BadValue(SettingsFault.UNKNOWN_VALUE)
        return kind(words)

    return read


def number(default: int, low: int, high: int, description: str) -> Any:
    """A whole number; one out of bounds becomes the nearest bound."""

    def read(raw: object) -> int:
        if not isinstance(raw, int) or isinstance(raw, bool):
            raise BadValue(SettingsFault.WRONG_TYPE)
        if not low <= raw <= high:
            raise BadValue(SettingsFault.OUT_OF_BOUNDS, min(max(raw, low), high))
        return raw

    return option(default, f"{description} ({low} to {high})", read)


def span(default: str, low: str, high: str, description: str) -> Any:
    """A length of time in whole seconds; a bare number is what people write for seconds."""
    return option(parse_duration(default), f"{description} ({low} to {high})", length(low, high))


def length(low: str, high: str) -> Callable[[object], timedelta]:
    """Reads a length of time between these."""
    least, most = parse_duration(low), parse_duration(high)

    def read(raw: object) -> timedelta:
        bare = isinstance(raw, int) and not isinstance(raw, bool)
        try:
            read = parse_duration(f"{raw}s" if bare else _words(raw))
        except ValueError as error:
            raise BadValue(SettingsFault.UNKNOWN_VALUE) from error
        if not least <= read <= most:
            raise BadValue(SettingsFault.OUT_OF_BOUNDS, min(max(read, least), most))
        return timedelta(seconds=round(read.total_seconds()))

    return read


def hotkey(default: str, description: str) -> Any:
    """A combination that is taken from every program; empty text switches it off."""
    return option(parse_global(default), description, _global_combo)


def hotkeys(default: tuple[str, ...], description: str) -> Any:
    """At most as many combinations as there are in *default*."""

    def read(raw: object) -> tuple[KeyCombo | None, ...]:
        items = _items(raw)
        if len(items) > len(default):
            raise BadValue(SettingsFault.OUT_OF_BOUNDS)
        return tuple(_global_combo(item) for item in items)

    return option(tuple(map(parse_global, default)), description, read)


def _global_combo(raw: object) -> KeyCombo | None:
    words = _words(raw)
    try:
        return parse_global(words) if words.strip() else None
    except ValueError as error:
        raise BadValue(SettingsFault.BAD_HOTKEY) from error


def chord(raw: object) -> KeyCombo:
    """Keys that are sent to the chat client; any will do."""
    try:
        return KeyCombo.parse(_words(raw))
    except ValueError as error:
        raise BadValue(SettingsFault.BAD_HOTKEY) from error


def paths(raw: object) -> tuple[InsertionPath, ...]:
    """Ways to insert, the first preferred, each once."""
    items = tuple(dict.fromkeys(_words(item) for item in _items(raw)))
    if not items or not set(items) <= set(InsertionPath):
        raise BadValue(SettingsFault.UNKNOWN_VALUE)
    return tuple(InsertionPath(item) for item in items)


def plain(value: object) -> Plain:
    """*value* as the option that holds it reads it."""
    match value:
        case None:
            return ""
        case timedelta():
            seconds = round(value.total_seconds())
            return f"{seconds // 60}min" if seconds % 60 == 0 and seconds > 600 else f"{seconds}s"
        case tuple():
            return [str(plain(item)) for item in value]
        case bool() | int():
            return value
        case _:
            return str(value)
