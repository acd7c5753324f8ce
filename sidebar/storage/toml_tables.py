"""Tables of a TOML file asked by key, so that what is wrong is told by file and key."""

import tomllib
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Self

from sidebar.domain.lean import dataclass
from sidebar.errors import SettingsError


class WrongValue(Exception):  # noqa: N818 - whoever reads the file makes a SettingsError of it
    """The value at `key`, dotted from the top of the file, cannot be used; `reason` is why."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(key, reason)
        self.key = key
        self.reason = reason

    def at(self, path: Path) -> SettingsError:
        """The error to tell, for the file *path*."""
        return SettingsError(self.reason, file=path, key=self.key)


def read_toml(path: Path) -> Mapping[str, object]:
    """What the file holds; raises `SettingsError` where it cannot be read or is no TOML."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SettingsError(f"the file cannot be read ({reason})", file=path) from error
    except (ValueError, RecursionError) as error:  # broken TOML, not UTF-8, no end to a number or nesting
        raise SettingsError(f"not valid TOML: {error}", file=path) from error


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file; keys nobody knows are refused. Each question raises `WrongValue`."""

    values: Mapping[str, object]
    known: tuple[str, ...]
    prefix: str = field(default="")

    def __post_init__(self) -> None:
        for key in self.values:
            if key not in self.known:
                raise self.wrong(key, "not a key that means anything here")

    def wrong(self, key: str, reason: str) -> WrongValue:
        """What to raise where *key* of this table cannot be used."""
        return WrongValue(self.prefix + key, reason)

    def text(self, key: str, default: str = "") -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self.wrong(key, "must be text in quotes")
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, "must be true or false")
        return value

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """One text or more; an empty list means nothing."""
        value = self.values.get(key, list(default))
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self.wrong(key, "must be a list of texts")
        if not value:
            raise self.wrong(key, "is missing or empty")
        return tuple(value)

    def table(self, key: str, known: tuple[str, ...]) -> Self:
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, "must be a table")
        return type(self)(value, known, f"{self.prefix}{key}.")

    def tables(self, key: str, known: tuple[str, ...]) -> tuple[Self, ...]:
        """The tables of a list of them, `[[key]]`."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(key, f"must be tables: [[{key}]] and their keys below")
        prefix = f"{self.prefix}{key}"
        return tuple(type(self)(item, known, f"{prefix}.{number}.") for number, item in enumerate(value, 1))
