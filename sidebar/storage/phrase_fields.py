"""One phrase of a pack file, from located YAML to the value; every `Flaw` names its line."""

import re
from collections.abc import Callable
from dataclasses import fields
from enum import StrEnum
from typing import TypeVar

from sidebar.domain.durations import parse_duration
from sidebar.domain.hotkeys import parse_global
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Category, Phrase, Promise, Stage
from sidebar.errors import PackFault
from sidebar.storage.located_yaml import Fields, Flaw, Items, Scalar, Value

_PHRASE = frozenset(field.name for field in fields(Phrase))
_PROMISE = frozenset(field.name for field in fields(Promise))
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

    def text(self, key: str) -> str:
        """A text that must be there and not be blank; line breaks at its end are not part of it."""
        value = self.need(key)
        text = _text(value, key, kinds=("str",)).rstrip()
        if not text:
            raise Flaw(PackFault.MISSING, value.line, key)
        return text

    def name(self, key: str) -> str:
        """A short text on one line, '' where absent; a bare number counts as written (`code: 007`)."""
        value = self.get(key)
        return "" if value is None else _name(value, key)

    def names(self, key: str) -> tuple[str, ...]:
        value = self.get(key)
        if value is None:
            return ()
        if not isinstance(value, Items):
            raise Flaw(PackFault.NOT_A_LIST, value.line, key)
        return tuple(_name(item, key) for item in value.values)

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
        text = _name(value, key)
        try:
            return parse(text)
        except ValueError as error:
            raise Flaw(fault, value.line, f"{key}: {text}") from error


def read_phrase(value: Value) -> Phrase:
    """The phrase that *value* describes; raises `Flaw`."""
    form = Form(value, known=_PHRASE, what="phrase")
    hotkey = form.parsed("hotkey", parse_global, PackFault.BAD_HOTKEY)
    return Phrase(
        id=PhraseId(_name(form.need("id"), "id")),
        title=_name(form.need("title"), "title", kinds=("str",)),
        body=form.text("body"),
        code=form.name("code"),
        stage=form.member("stage", Stage),
        category=form.member("category", Category),
        tags=form.names("tags"),
        group=_group(form),
        placeholders=form.flag("placeholders"),
        promise=_promise(form.get("promise")),
        hotkey=str(hotkey) if hotkey else "",
    )


def _group(form: Form) -> tuple[str, ...]:
    if isinstance(form.get("group"), Items):
        return form.names("group")
    return tuple(part for name in form.name("group").split("/") if (part := name.strip()))


def _promise(value: Value | None) -> Promise | None:
    if value is None:
        return None
    form = Form(value, known=_PROMISE, what="promise")
    within = form.parsed("within", parse_duration, PackFault.BAD_DURATION)
    if within is None:
        raise Flaw(PackFault.MISSING, form.line, "within")
    return Promise(within=within, about=form.text("about"))


def _name(value: Value, key: str, *, kinds: tuple[str, ...] = ("str", "int")) -> str:
    name = _text(value, key, kinds=kinds).strip()
    if not name:
        raise Flaw(PackFault.MISSING, value.line, key)
    if "\n" in name:
        raise Flaw(PackFault.BAD_CHARACTER, value.line, key)
    return name


def _text(value: Value, key: str, *, kinds: tuple[str, ...]) -> str:
    if not isinstance(value, Scalar) or value.kind not in kinds:
        raise Flaw(PackFault.NOT_TEXT, value.line, key)
    if _CONTROL.search(value.text):
        raise Flaw(PackFault.BAD_CHARACTER, value.line, key)
    return value.text
