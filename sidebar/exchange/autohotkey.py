"""AutoHotkey's hotstrings: `:options:abbreviation::text`, and their continuation in brackets."""

import re
from collections.abc import Iterator
from re import Match

from sidebar.errors import RowFault
from sidebar.exchange.drafts import Draft, Reading, Remark, remark
from sidebar.exchange.places import Meaning, Places, Text, translate
from sidebar.exchange.sources import Source

_HOTSTRING = re.compile(r":(?P<options>[^:\n]*):(?P<code>(?:`.|[^`\n])+?)::(?P<text>.*)")
_ANY = re.compile(rf"^[ \t]*{_HOTSTRING.pattern}", re.MULTILINE)
_ESCAPES = {"n": "\n", "r": "", "t": "\t", "b": "", "a": "", "s": " ", "v": "", "f": ""}
_ESCAPE = re.compile(r"`(.)")
_COMMENT = re.compile(r"(?:^|\s+);.*$")
_KEY = re.compile(r"\{(?P<key>[^{}\n]+|\{|\})\}")
_KEYS = {"enter": "\n", "return": "\n", "tab": "\t", "space": " "}
_EXECUTES = re.compile(r"x(?!\d)", re.IGNORECASE)
_RAW = re.compile(r"[rt](?!0)", re.IGNORECASE)


def recognise(source: Source) -> Reading | None:
    """The hotstrings of a script; what else is in it is never looked at."""
    if not _ANY.search(source.text):
        return None
    return Reading(format="autohotkey", rows=_hotstrings(source.text), encoding=source.encoding)


def _hotstrings(text: str) -> Iterator[Draft | Remark]:
    lines = text.splitlines()
    skipped_to = 0
    for at, line in enumerate(lines):
        found = _HOTSTRING.fullmatch(line.strip()) if at >= skipped_to else None
        if found is None:
            continue
        body, skipped_to = _body(found, lines, at)
        yield _draft(at + 1, found["options"], _unescaped(found["code"]), body)


def _body(found: Match[str], lines: list[str], at: int) -> tuple[str | None, int]:
    """The text of a hotstring and where to read on; None where a program stands in its place."""
    text = _COMMENT.sub("", found["text"]).strip()
    follows = lines[at + 1].strip() if at + 1 < len(lines) else ""
    if text == "" and follows.startswith("(") and not follows.startswith("()"):
        end = next((n for n in range(at + 2, len(lines)) if lines[n].lstrip().startswith(")")), len(lines))
        return "\n".join(lines[at + 2 : end]), end + 1
    return (text, at + 1) if text and text != "{" else (None, at + 1)


def _draft(row: int, options: str, code: str, body: str | None) -> Draft | Remark:
    if body is None or _EXECUTES.search(options):
        return remark(row, RowFault.RUNS_CODE, f"'{code}'")
    raw = _RAW.search(options) is not None
    body = _unescaped(body)
    translated = translate(body, Places(pattern=_KEY, meaning=_nothing if raw else _key))
    return Draft(
        row=row,
        body=translated.body,
        code=code,
        more=translated.more,
        notes=() if raw else tuple(remark(row, RowFault.KEPT_AS_TEXT, kept) for kept in translated.kept),
    )


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: _ESCAPES.get(found[1], found[1]), text)


def _nothing(_: Match[str]) -> Meaning:
    return None


def _key(place: Match[str]) -> Meaning:
    """A key's name stands for what it types; a sign in braces for itself."""
    key = place["key"].strip()
    if len(key) == 1:
        return Text(key)
    written = _KEYS.get(key.casefold())
    return None if written is None else Text(written)
