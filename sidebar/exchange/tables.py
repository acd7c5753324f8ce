"""Rows of cells out of a workbook, an old workbook or a text with separators, all alike."""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, TypeAlias
from xml.parsers import expat

from sidebar.domain.lean import dataclass
from sidebar.errors import ExchangeFault
from sidebar.exchange.refusals import DAMAGE, damaged, refusal
from sidebar.exchange.sources import Source

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet
    from xlrd.sheet import Sheet as OldSheet

MOST_ROWS = 200_000
_MOST_COLUMNS = 40
_MOST_SHEETS = 100
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 65_536
_DELIMITERS = (",", "\t", ";", "，")
_SPREADSHEET = "xl/workbook.xml"

Row: TypeAlias = tuple[int, tuple[str, ...]]
"""The number of a row, counted from 1, and its cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One sheet; `rows` can be gone through once and leaves out those without a word."""

    sheet: str = ""
    rows: Iterable[Row]
    encoding: str | None
    total: int


def open_tables(source: Source) -> tuple[Table, ...]:
    """The tables of *source*, of a workbook each sheet; none where it is none. Raises `ExchangeError`."""
    if source.content.startswith(b"PK"):
        return _workbook(source)
    if source.content.startswith(_OLE):
        return _old_workbook(source)
    total = source.text.count("\n")
    return (Table(rows=_text_rows(source), encoding=source.encoding, total=total),)


def _workbook(source: Source) -> tuple[Table, ...]:
    import openpyxl  # half a second that most imports need not pay

    # It warns of each thing it passes over, from colours to filters; none of that is a phrase.
    warnings.filterwarnings("ignore", module=r"openpyxl\.")
    try:
        with zipfile.ZipFile(io.BytesIO(source.content)) as archive:
            if _SPREADSHEET not in archive.namelist():
                return ()
            _check_entities(source.name, archive)
            total = sum(map(partial(_rows_in, archive), archive.namelist()))
        book = openpyxl.load_workbook(io.BytesIO(source.content), read_only=True, data_only=True)
        sheets = book.worksheets[:_MOST_SHEETS]
    except (*DAMAGE, OSError) as error:
        raise damaged(source.name, error) from error
    return tuple(
        Table(sheet=sheet.title, rows=_bounded(source, _values(sheet)), encoding=None, total=total)
        for sheet in sheets
    )


def _values(sheet: "Worksheet") -> Iterator[tuple[object, ...]]:
    """The cells, whatever size the sheet claims to have."""
    return sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=_MOST_COLUMNS, values_only=True)


def _rows_in(archive: zipfile.ZipFile, member: str) -> int:
    """How many rows a part of a workbook has; what its dimension says need not be so, or be there."""
    return archive.read(member).count(b"<row ") if member.startswith("xl/worksheets/") else 0


def _check_entities(name: str, archive: zipfile.ZipFile) -> None:
    """Refuse parts with a document type: workbooks have none, and entities unfold without bounds."""
    for member in archive.namelist():
        if member.lower().endswith((".xml", ".rels")):
            with archive.open(member) as part:
                _check_prolog(name, part)


def _check_prolog(name: str, part: Iterable[bytes]) -> None:
    begun = False

    def begin(*_: object) -> None:
        nonlocal begun
        begun = True

    def refuse(*_: object) -> None:
        raise refusal(name, ExchangeFault.ENTITIES)

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = refuse
    for line in part:
        for at in range(0, len(line), _CHUNK):
            try:
                parser.Parse(line[at : at + _CHUNK], False)
            except expat.ExpatError as error:
                raise damaged(name, error) from error
            if begun:
                return


def _old_workbook(source: Source) -> tuple[Table, ...]:
    import xlrd  # reads nothing but these, which are rare by now

    try:
        book = xlrd.open_workbook(file_contents=source.content, logfile=io.StringIO())
        sheets = book.sheets()[:_MOST_SHEETS]
    except (*DAMAGE, xlrd.XLRDError, xlrd.compdoc.CompDocError, OSError) as error:
        raise damaged(source.name, error) from error
    total = sum(sheet.nrows for sheet in sheets)
    return tuple(
        Table(
            sheet=sheet.name,
            rows=_bounded(source, _old_values(sheet, book.datemode)),
            encoding=None,
            total=total,
        )
        for sheet in sheets
    )


def _old_values(sheet: "OldSheet", datemode: int) -> Iterator[tuple[object, ...]]:
    for number in range(sheet.nrows):
        yield tuple(_old_value(cell, datemode) for cell in sheet.row(number)[:_MOST_COLUMNS])


def _old_value(cell: object, datemode: int) -> object:
    import xlrd

    kind, value = getattr(cell, "ctype", 0), getattr(cell, "value", "")
    match kind:
        case xlrd.XL_CELL_DATE:
            return xlrd.xldate_as_datetime(value, datemode)
        case xlrd.XL_CELL_BOOLEAN:
            return bool(value)
        case xlrd.XL_CELL_ERROR:
            return ""
    return value


def _text_rows(source: Source) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(source.text, newline=""), delimiter=_delimiter(source.text))
    return _bounded(source, reader)


def _delimiter(text: str) -> str:
    """What parts the cells of the first line that has more than one."""
    for line in text.lstrip().split("\n", 5)[:5]:
        counts = {mark: line.count(mark) for mark in _DELIMITERS}
        best = max(_DELIMITERS, key=lambda mark: counts[mark])
        if counts[best]:
            return best
    return ","


def _bounded(source: Source, rows: Iterable[Iterable[object]]) -> Iterator[Row]:
    """The rows that say something, numbered; what breaks on the way becomes an `ExchangeError`."""
    try:
        for number, values in enumerate(rows, start=1):
            if number > MOST_ROWS:
                raise refusal(source.name, ExchangeFault.TOO_MANY, f"{MOST_ROWS} rows")
            cells = tuple(map(_text, values))
            if any(cells):
                yield number, cells
    except csv.Error as error:
        raise refusal(source.name, ExchangeFault.DAMAGED, f"CSV: {error}") from error
    except (*DAMAGE, OSError) as error:
        raise damaged(source.name, error) from error


def _text(value: object) -> str:
    """What a person sees in a cell; a code 007 that became a number is 7 for them, too."""
    match value:
        case None:
            return ""
        case str():
            return value if value.strip() else ""
        case bool():
            return "是" if value else "否"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() | date() | time():
            return value.isoformat(*([" "] if isinstance(value, datetime) else []))
    return str(value)
