"""Tables of phrases, in a workbook or in text: which kind each is, by its header, and what is in it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from sidebar.errors import ExchangeError, ExchangeFault, RowFault
from sidebar.exchange.dialects import ASSISTANT, DIALECTS, Dialect, any_table
from sidebar.exchange.drafts import Draft, Reading, Remark, of_sheet, remark
from sidebar.exchange.refusals import refusal
from sidebar.exchange.sources import Source
from sidebar.exchange.tables import Row, Table, open_tables

_LOOKED_AT = 5
_ASSISTANTS_WORDS = "最初3行的内容请勿改动"
_CODE = re.compile(r"[^\s,，。！？!?\"<>]{1,40}")


def recognise(source: Source) -> Reading | None:
    """The table that *source* is, by its header, of a workbook every sheet that has one.

    Raises `ExchangeError`.
    """
    found: list[tuple[Table, Reading]] = []
    refused: ExchangeError | None = None
    for table in open_tables(source):
        try:
            reading = _table(source, table)
        except ExchangeError as error:
            if error.fault not in (ExchangeFault.EMPTY, ExchangeFault.NO_PHRASES):
                raise
            refused = refused or error
            continue
        if reading is not None:
            found.append((table, reading))
    if not found and refused is not None:
        raise refused
    if len(found) < 2:
        return found[0][1] if found else None
    rows = chain.from_iterable(of_sheet(table.sheet, reading.rows) for table, reading in found)
    return replace(found[0][1], rows=rows)


def _table(source: Source, table: Table) -> Reading | None:
    rows = iter(table.rows)
    first = list(islice(rows, _LOOKED_AT))
    if not first:
        raise refusal(source.name, ExchangeFault.EMPTY)
    for at, (_, cells) in enumerate(first):
        header = tuple(map(_word, cells))
        _refuse_others(source.name, header)
        dialect = _dialect(header, first)
        if dialect is not None:
            left = chain(first[at + 1 :], rows)
            return _reading(dialect.name, _drafts(left, header, dialect), table)
    return _without_header(chain(first, rows), first, table)


def _reading(name: str, rows: Iterable[Draft | Remark], table: Table) -> Reading:
    return Reading(format=name, rows=rows, encoding=table.encoding, total=table.total)


def _word(cell: str) -> str:
    """A word of a header as it is compared: without what people add to it."""
    plain = unicodedata.normalize("NFKC", cell).strip().rstrip("*:").strip().casefold()
    return plain.partition("(")[0].strip() or plain


def _refuse_others(name: str, header: Sequence[str]) -> None:
    words = set(header)
    if {"匹配关键词", "替换内容"} <= words:
        raise refusal(name, ExchangeFault.NO_PHRASES, "a table of words to be replaced")
    if "匹配关键词" in words and "回复内容" not in words:
        raise refusal(name, ExchangeFault.NO_PHRASES, "a table of words that call for a person")


def _dialect(header: Sequence[str], first: Sequence[Row]) -> Dialect | None:
    words = {word for word in header if word}
    if first[0][1][0].startswith(_ASSISTANTS_WORDS):
        return ASSISTANT if {"分组", "内容"} <= words else None
    for dialect in DIALECTS:
        wanted = set(dialect.columns)
        if words == wanted if dialect.exact else wanted <= words:
            return dialect
    return any_table(header)


def _drafts(rows: Iterable[Row], header: Sequence[str], dialect: Dialect) -> Iterator[Draft | Remark]:
    places = [(at, dialect.columns[word]) for at, word in enumerate(header) if dialect.columns.get(word, "")]
    for number, cells in rows:
        known = {column: cells[at] for at, column in places if at < len(cells)}
        draft = dialect.draft(number, known)
        yield draft if draft.body.strip() or draft.attachments else remark(number, RowFault.NO_TEXT)


def _without_header(rows: Iterable[Row], first: Sequence[Row], table: Table) -> Reading | None:
    """Two or three columns without a header are an abbreviation, its text and a name; in text files only."""
    widths = {len(cells) for _, cells in first}
    codes = (cells[0].strip() for _, cells in first)
    if table.encoding is None or not widths <= {2, 3} or not all(map(_CODE.fullmatch, codes)):
        return None
    name = "beeftext-csv" if widths == {3} else "textexpander"
    return _reading(name, (_expansion(number, cells) for number, cells in rows), table)


def _expansion(row: int, cells: Sequence[str]) -> Draft | Remark:
    from sidebar.exchange.expanders import expansion  # tables with a header do without it

    code, body, title = (*cells, "", "")[:3]
    return expansion(row, code=code, body=body, title=title)
