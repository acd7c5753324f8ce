"""Many phrases in one text: cells of a sheet, paragraphs, or lines."""

import csv
import io
import re
from collections.abc import Iterator
from enum import StrEnum

from sidebar.domain.lean import dataclass
from sidebar.domain.sheets import short_title
from sidebar.domain.typed_texts import clean_text

_GAP = re.compile(r"\n[ \t\u3000]*\n\s*")
_HEADS = frozenset(
    ("标题", "名称", "正文", "内容", "话术", "编码", "title", "name", "body", "text", "content", "code")
)


class Manner(StrEnum):
    """How a text is parted into phrases."""

    CELLS = "cells"
    """A row each: title and text, and a code if there is a third cell; alone a cell is a text."""
    PARAGRAPHS = "paragraphs"
    LINES = "lines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What becomes one phrase."""

    title: str
    body: str
    code: str = ""


def manner_of(text: str) -> Manner:
    """How *text* is most likely meant: by tabs, else by empty lines, else by lines."""
    if "\t" in text.strip():
        return Manner.CELLS
    return Manner.PARAGRAPHS if _GAP.search(text.strip()) else Manner.LINES


def read_pasted(text: str, manner: Manner | None = None) -> tuple[Pasted, ...]:
    """The phrases in *text*, each text once."""
    text = clean_text(text)
    match manner or manner_of(text):
        case Manner.CELLS:
            found = list(_cells(text))
        case Manner.PARAGRAPHS:
            found = [_named(each) for each in _GAP.split(text)]
        case Manner.LINES:
            found = [_named(each) for each in text.split("\n")]
    once: dict[str, Pasted] = {}
    for each in found:
        if each.body:
            once.setdefault(each.body, each)
    return tuple(once.values())


def _cells(text: str) -> Iterator[Pasted]:
    """A spreadsheet puts cells of several lines in quotes; its head is no phrase."""
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter="\t")):
        cells = [cell.strip() for cell in row if cell.strip()]
        if number == 0 and cells and all(cell.casefold() in _HEADS for cell in cells):
            continue
        if len(cells) == 1:
            yield _named(cells[0])
        elif cells:
            yield Pasted(
                title=short_title(cells[0]) if "\n" in cells[0] else cells[0],
                body=clean_text(cells[1]),
                code=cells[2] if len(cells) > 2 and "\n" not in cells[2] else "",
            )


def _named(text: str) -> Pasted:
    body = text.strip("\n").rstrip()
    return Pasted(title=short_title(body) or "…", body=body if body.strip() else "")
