"""A report as a workbook of five sheets, with numbers as numbers and times as times."""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import cast
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sidebar.exports.report import Cell as Value
from sidebar.exports.report import Kind, Report, Table, Words

_FORMATS = {
    Kind.TEXT: "@",
    Kind.COUNT: "0",
    Kind.SECONDS: "0.0",
    Kind.SHARE: "0.0%",
    Kind.MARK: "0.00",
    Kind.MONEY: "#,##0.00",
    Kind.MOMENT: "yyyy-mm-dd hh:mm:ss",
}
_BOLD = Font(bold=True)
_MUTED = Font(italic=True, color="7A8391")
_NARROWEST, _WIDEST = 8, 48
_HEADER = 2
_SURROGATES = re.compile("[\ud800-\udfff]")


def render(report: Report, words: Words) -> bytes:
    """The workbook; its times are those of the report's zone, since a sheet knows no zones."""
    book = Workbook()
    del book["Sheet"]
    _overview(book.create_sheet(report.overview), report, words)
    for table in report.tables:
        _table(book.create_sheet(table.title), report.note, table, words)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _overview(sheet: Worksheet, report: Report, words: Words) -> None:
    _head(sheet, report.note, (words["column.group"], words["column.figure"], words["column.value"]))
    row = _HEADER
    for group in report.groups:
        for fact in group.facts:
            row += 1
            _write(sheet, row, 1, group.title, Kind.TEXT)
            _write(sheet, row, 2, fact.counted(words), Kind.TEXT)
            _write(sheet, row, 3, fact.value, fact.kind)
    _fit(sheet)


def _table(sheet: Worksheet, note: str, table: Table, words: Words) -> None:
    _head(sheet, note, [column.counted(words) for column in table.columns])
    for number, cells in enumerate(table.rows, start=_HEADER + 1):
        for column, value in enumerate(cells, start=1):
            _write(sheet, number, column, value, table.columns[column - 1].kind)
    _fit(sheet)
    last = get_column_letter(len(table.columns))
    sheet.auto_filter.ref = f"A{_HEADER}:{last}{_HEADER + len(table.rows)}"


def _head(sheet: Worksheet, note: str, titles: Sequence[str]) -> None:
    """Who measured it above the header, both frozen, so that no figure is seen without it."""
    _write(sheet, 1, 1, note, Kind.TEXT).font = _MUTED
    for column, title in enumerate(titles, start=1):
        _write(sheet, _HEADER, column, title, Kind.TEXT).font = _BOLD
    sheet.freeze_panes = f"A{_HEADER + 1}"


def _write(sheet: Worksheet, row: int, column: int, value: Value, kind: Kind) -> Cell:
    cell = cast(Cell, sheet.cell(row=row, column=column))  # nothing is merged here
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None)
    cell.value = _clean(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"  # a buyer called "=1+1" stays a name, also when somebody edits the cell
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    cell.number_format = _FORMATS[kind]
    return cell


def _clean(text: str) -> str:
    """*text* without what XML cannot hold."""
    return _SURROGATES.sub("\ufffd", ILLEGAL_CHARACTERS_RE.sub("\ufffd", text))


def _fit(sheet: Worksheet) -> None:
    for number, column in enumerate(sheet.iter_cols(min_row=_HEADER), start=1):
        widest = max(_widths(column), default=0)
        sheet.column_dimensions[get_column_letter(number)].width = min(max(widest + 2, _NARROWEST), _WIDEST)


def _widths(column: Sequence[object]) -> Iterator[int]:
    for cell in column:
        value = getattr(cell, "value", None)
        text = f"{value:%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime) else str(value or "")
        yield sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
