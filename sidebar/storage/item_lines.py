"""The lines of one phrase in a pack file: where they end, and what they are with other values."""

import re
from collections.abc import Sequence

from sidebar.domain.lean import dataclass
from sidebar.storage.detail_documents import Document
from sidebar.storage.pack_text import entry_lines

_FIRST = re.compile(r" *- +(?=\S)")
_COMMENT = re.compile(r"[ \t]+#[^'\"]*$")
"""Behind a value; in quotes a # is text, and who has quotes in a comment loses it."""

KEYS = (
    *("id", "title", "code", "stage", "category", "tags", "group", "colour", "favourite", "hotkey"),
    *("placeholders", "body", "promise", "variants", "rotation", "fields", "attachments", "clients"),
    *("only", "options", "follow_up", "allow", "note"),
)
"""The keys of a phrase in the order in which we write them."""


def item_end(lines: Sequence[str], start: int) -> int:
    """Where the item that begins at *start* ends; comments and empty lines behind it are not its own."""
    margin = indent_of(lines[start])
    end = last = start + 1
    for at in range(start + 1, len(lines)):
        line = lines[at]
        if line.strip() and indent_of(line) <= margin:
            if not line.lstrip().startswith("#"):
                break
        elif line.strip():
            last = at + 1
        end = at + 1
    return min(last, end)


def own_end(lines: Sequence[str], start: int, end: int) -> int:
    """Where what begins at *start* ends; comments and empty lines before *end* are the next's."""
    margin = indent_of(lines[start])
    while end > start + 1:
        line = lines[end - 1]
        if line.strip() and not (line.lstrip().startswith("#") and indent_of(line) <= margin):
            break
        end -= 1
    return end


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def item_with(
    lines: Sequence[str],
    first_line: int,
    keys: Sequence[tuple[str, int]],
    before: Document,
    after: Document,
) -> list[str] | None:
    """The *lines* of an item with the values of *after* where they differ from *before*.

    *keys* are its keys with their lines in the file, of which its own begin with *first_line*. None
    where they do not stand one below the other. What is told is to be read again: this looks at
    lines and knows nothing of YAML.
    """
    first = _FIRST.match(lines[0])
    places = [line - first_line for _, line in keys]
    if first is None or len(set(places)) != len(places) or places[:1] != [0]:
        return None
    margin = " " * first.end()
    names = [name for name, _ in keys]
    spans = _spans([margin + lines[0][first.end() :], *lines[1:]], names, places)
    for name in KEYS:
        if before.get(name) != after.get(name):
            told = list(entry_lines(name, after[name], margin)) if name in after else []
            _put(spans, name, told)
    if not spans[0].lines:
        return None
    written = [line for span in spans for line in span.lines]
    return [first[0] + written[0][first.end() :], *written[1:]]


@dataclass(slots=True)
class _Span:
    """The lines of one key; those between two keys belong to none."""

    name: str
    lines: list[str]


def _spans(lines: Sequence[str], names: Sequence[str], places: Sequence[int]) -> list[_Span]:
    spans: list[_Span] = []
    for name, start, stop in zip(names, places, [*places[1:], len(lines)], strict=True):
        end = own_end(lines, start, stop)
        spans.append(_Span(name, list(lines[start:end])))
        spans.append(_Span("", list(lines[end:stop])))
    return spans


def _put(spans: list[_Span], name: str, told: list[str]) -> None:
    """Have *told* for the key *name*, in its place or behind the last of those that we write before it."""
    for span in spans:
        if span.name == name:
            span.lines = _commented(told, span.lines)
            return
    earlier = KEYS[: KEYS.index(name)]
    behind = max((at for at, span in enumerate(spans) if span.name in earlier), default=0)
    spans.insert(behind + 1, _Span(name, told))


def _commented(told: list[str], before: list[str]) -> list[str]:
    """*told* with the comment that stood behind the value before, where each is of one line."""
    comment = _COMMENT.search(before[0].rstrip()) if len(before) == 1 else None
    if comment is None or len(told) != 1:
        return told
    return [told[0] + comment[0]]
