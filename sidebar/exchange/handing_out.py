"""The library as a file for others: a workbook, a table in text, espanso's matches, or a pack of ours."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from sidebar.domain.phrases import Phrase
from sidebar.errors import ExchangeError, ExchangeFault
from sidebar.exchange.cells import guarded, joined, marked
from sidebar.exchange.dialects import OWN_COLUMNS
from sidebar.exchange.espanso import OURS, escaped, unescaped
from sidebar.exchange.shaping import LONGEST
from sidebar.storage.detail_documents import Document
from sidebar.storage.pack_text import pack_text, yaml_text
from sidebar.storage.phrase_documents import document_of

_SHEET = "话术列表"
_WIDTHS = {"内容": 60, "标题": 24, "其他": 12}


class ExportFormat(StrEnum):
    """What the library can be handed out as."""

    XLSX = "xlsx"
    CSV = "csv"
    YAML = "yaml"
    ESPANSO = "espanso"


def render(phrases: Sequence[Phrase], format: ExportFormat, *, name: str) -> bytes:
    """The file that holds *phrases*, all but their pictures and files; raises `ExchangeError`.

    Read back it gives the same phrases in every format. A phrase of nothing but pictures is left out.
    """
    worded = [phrase for phrase in phrases if phrase.body]
    match format:
        case ExportFormat.XLSX:
            return _workbook(worded)
        case ExportFormat.CSV:
            return _csv(worded).encode()
        case ExportFormat.YAML:
            return pack_text(name, worded).encode()
        case ExportFormat.ESPANSO:
            return _matches(worded).encode()


def _rows(phrases: Iterable[Phrase]) -> Iterator[list[str]]:
    for phrase in phrases:
        cells = _cells(dict(document_of(phrase)))
        yield [cells.get(column, "") for column in OWN_COLUMNS.values()]


def _cells(document: Document) -> dict[str, str]:
    """The columns of one phrase; what has none of its own is put together in the last."""
    promise = document.pop("promise", {})
    group, tags = document.pop("group", []), document.pop("tags", [])
    assert isinstance(promise, dict)
    cells = {
        "placeholders": "是" if document.pop("placeholders", False) else "",
        "within": str(promise.get("within", "")),
        "about": str(promise.get("about", "")),
        "group": joined(_names(group), "/"),
        "tags": joined(_names(tags), ","),
    }
    for key in ("id", "title", "code", "body", "stage", "category", "hotkey"):
        cells[key] = str(document.pop(key, ""))
    cells["more"] = json.dumps(document, ensure_ascii=False) if document else ""
    return cells


def _names(value: object) -> list[str]:
    return [str(name) for name in value] if isinstance(value, list) else []


def _csv(phrases: Iterable[Phrase]) -> str:
    """Begins with a byte order mark, without which Excel does not read it as UTF-8."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(OWN_COLUMNS)
    table.writerows([guarded(cell) for cell in row] for row in _rows(phrases))
    return "\ufeff" + out.getvalue()


def _workbook(phrases: Iterable[Phrase]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_SHEET)
    for at, title in enumerate(OWN_COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS.get(title, 14)
    sheet.freeze_panes = "A2"
    sheet.append(list(OWN_COLUMNS))
    for row in _rows(phrases):
        cells = [WriteOnlyCell(sheet) for _ in row]
        for cell, text in zip(cells, row, strict=True):
            if len(text) > LONGEST:
                raise ExchangeError(
                    f"A phrase is longer than the {LONGEST} characters of a cell; export it as yaml.",
                    fault=ExchangeFault.TOO_LONG,
                    detail=str(LONGEST),
                )
            cell.value = marked(text) or None
            cell.data_type = "s" if text else "n"  # never a formula, whatever it begins with,
            cell.quotePrefix = guarded(text) != text  # nor one once somebody edits the cell
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _matches(phrases: Iterable[Phrase]) -> str:
    """What espanso has no place for goes into a variable of the match that its text never uses."""
    return yaml_text("matches", (_match(dict(document_of(phrase))) for phrase in phrases))


def _match(document: Document) -> Document:
    title, body = str(document.pop("title")), str(document.pop("body"))
    code, tags = str(document.get("code", "")), document.get("tags", [])
    replace = escaped(body)
    if unescaped(replace) != body:
        document["body"] = body
    carried = json.dumps(document, ensure_ascii=False)
    match: Document = {
        "triggers": [f":{code}"] if code else [],
        "label": title,
        "replace": replace,
        "search_terms": tags,
        "vars": [{"name": OURS, "type": "echo", "params": {"echo": carried}}],
    }
    return {key: value for key, value in match.items() if value}
