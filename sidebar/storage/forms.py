"""A mapping of a pack file, asked for its fields by name; every `Flaw` names its line."""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from sidebar.errors import PackFault
from sidebar.storage.located_yaml import Fields, Flaw, Items, Scalar, Value

# Tab and line break are the only control characters a chat client takes as text.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")

_Member = TypeVar("_Member", bound=StrEnum)
_Read = TypeVar("_Read")


class Form:
    """The fields of one mapping, asked for by name; repeated and unknown keys are refused at once."""

    def __init__(self, value: Value, *, known: frozenset[str], what: str) -> None:
        if not isinstance(value, Fields):
            raise Flaw(PackFault.NOT_A_MAPPING, value.line, what)
        self.line = value.line
        self._values: dict[str, Value] = {}
        for key, field in value.pairs:
            if key.text not in known:
                raise Flaw(PackFault.UNKNOWN_KEY, key.line, key.text)
            if key.text in self._values:
                raise Flaw(PackFault.REPEATED_KEY, key.line, key.text)
            self._values[key.text] = field

    def get(self, key: str) -> Value | None:
        """The value of *key*; None where it is absent or left empty (`code:`)."""
        value = self._values.get(key)
        empty = isinstance(value, Scalar) and value.kind == "null"
        return None if empty else value

    def need(self, key: str) -> Value:
        value = self.get(key)
        if value is None:
            raise Flaw(PackFault.MISSING, self.line, key)
        return value

    def has_any(self, keys: frozenset[str]) -> bool:
        """Whether one of *keys* stands there, empty or not."""
        return not keys.isdisjoint(self._values)

    def text(self, key: str) -> str:
        """A text that must be there and not be blank; line breaks at its end are not part of it."""
        return long_text(self.need(key), key)

    def name(self, key: str) -> str:
        """A short text on one line, '' where absent; a bare number counts as written (`code: 007`)."""
        value = self.get(key)
        return "" if value is None else name_of(value, key)

    def items(self, key: str) -> tuple[Value, ...]:
        """The values of a list, none where it is absent."""
        value = self.get(key)
        if value is None:
            return ()
        if not isinstance(value, Items):
            raise Flaw(PackFault.NOT_A_LIST, value.line, key)
        return value.values

    def names(self, key: str) -> tuple[str, ...]:
        return tuple(name_of(item, key) for item in self.items(key))

    def flag(self, key: str) -> bool:
        value = self.get(key)
        if value is None:
            return False
        if not isinstance(value, Scalar) or value.kind != "bool":
            raise Flaw(PackFault.NOT_YES_OR_NO, value.line, key)
        return value.text.lower() in ("yes", "true", "on")

    def member(self, key: str, kind: type[_Member]) -> _Member | None:
        return self.parsed(key, kind, PackFault.UNKNOWN_VALUE)

    def parsed(self, key: str, parse: Callable[[str], _Read], fault: PackFault) -> _Read | None:
        """What *parse* makes of a short text; its ValueError becomes *fault*."""
        value = self.get(key)
        if value is None:
            return None
        text = name_of(value, key)
        try:
            return parse(text)
        except ValueError as error:
            raise Flaw(fault, value.line, f"{key}: {text}") from error


def name_of(value: Value, key: str, *, kinds: tuple[str, ...] = ("str", "int")) -> str:
    """A short text on one line."""
    name = _text(value, key, kinds=kinds).strip()
    if not name:
        raise Flaw(PackFault.MISSING, value.line, key)
    if "\n" in name:
        raise Flaw(PackFault.BAD_CHARACTER, value.line, key)
    return name


def long_text(value: Value, key: str) -> str:
    """A text that is not blank; line breaks at its end are not part of it."""
    text = _text(value, key, kinds=("str",)).rstrip()
    if not text:
        raise Flaw(PackFault.MISSING, value.line, key)
    return text


def _text(value: Value, key: str, *, kinds: tuple[str, ...]) -> str:
    if not isinstance(value, Scalar) or value.kind not in kinds:
        raise Flaw(PackFault.NOT_TEXT, value.line, key)
    if _CONTROL.search(value.text):
        raise Flaw(PackFault.BAD_CHARACTER, value.line, key)
    return value.text
