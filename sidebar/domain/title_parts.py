"""Which part of a chat window's title names the buyer: what could, and the pattern of each."""

import re
from collections.abc import Iterator
from enum import StrEnum

from sidebar.domain.lean import dataclass

_UNREAD = re.compile(r"^\s*[\[(（【](\d{1,4})[\])）】]\s*")
_UNREAD_PATTERN = r"(?s)^\s*(?:[\[(（【](?P<unread>\d{1,4})[\])）】]\s*)?"
_SEPARATOR = re.compile(r"\s+[-–—|·]\s+|\s*[:：]\s*|[-|@]")
_NAME = r"(?P<buyer>\S.*?)"
_MOST = 6


class Part(StrEnum):
    """Where in the title the buyer's name stands."""

    WHOLE = "whole"
    WITHOUT_COUNT = "without_count"
    BEFORE = "before"
    BETWEEN = "between"
    AFTER = "after"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class TitlePart:
    """One way to read a title: the name it gives, and the patterns for titles like it.

    What stands beside the name is taken to be the same in every chat's title. `titles` is '' where
    any title of the program would do, `buyer` is '' where no part is the name.
    """

    part: Part
    name: str
    beside: str = ""
    titles: str = ""
    buyer: str = ""


def title_parts(title: str, *, shows_other_things: bool) -> tuple[TitlePart, ...]:
    """The ways to read *title*, each name once, the likeliest first; the last is that it names nobody.

    Of a program that *shows_other_things* as well, a browser say, no reading takes every title.
    """
    counted = _UNREAD.match(title)
    text = title[counted.end() if counted else 0 :].strip()
    ways = [*_separated(text)]
    if not shows_other_things:
        named = TitlePart(
            part=Part.WITHOUT_COUNT if counted else Part.WHOLE,
            name=text,
            buyer=rf"{_UNREAD_PATTERN}{_NAME}\s*$",
        )
        ways.insert(0, named)
        if counted:
            ways.append(TitlePart(part=Part.WHOLE, name=title.strip(), buyer=rf"(?s)^\s*{_NAME}\s*$"))
    seen = {way.name: way for way in reversed(ways) if way.name}
    first = [way for way in ways if seen.get(way.name) is way][:_MOST]
    return (*first, TitlePart(part=Part.NOWHERE, name="", titles=_like(text)))


def _like(text: str) -> str:
    return rf"{_UNREAD_PATTERN}{re.escape(text)}\s*$"


def _separated(text: str) -> Iterator[TitlePart]:
    """The parts between the separators, those at the ends first."""
    marks = list(_SEPARATOR.finditer(text))
    starts = [0, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(text)]
    last = len(marks)
    for place in sorted(range(last + 1), key=lambda each: (each not in (0, last), each)) if marks else ():
        before, after = text[: starts[place]], text[ends[place] :]
        pattern = rf"{_UNREAD_PATTERN}{re.escape(before)}\s*{_NAME}{re.escape(after)}\s*$"
        yield TitlePart(
            part=Part.BEFORE if place == 0 else Part.AFTER if place == last else Part.BETWEEN,
            name=text[starts[place] : ends[place]].strip(),
            beside=(after if place == 0 else before).strip(),
            titles=pattern,
            buyer=pattern,
        )
