"""The library as a file for others: a workbook, a table in text, espanso's matches, a pack or an archive."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from sidebar.domain.file_names import base_name
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.lean import dataclass
from sidebar.domain.phrase_details import AttachmentKind
from sidebar.domain.phrases import Phrase
from sidebar.errors import ExchangeError, ExchangeFault
from sidebar.exchange.archives import Archive
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
    ZIP = "zip"
    """A pack, and the pictures and files with it."""


class LeftOut(NamedTuple):
    """A picture or file that is not in the export; `gone` if only because it is not on the disk."""

    phrase: PhraseId
    name: str
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """An export: its bytes, how many phrases they hold, and what they do not."""

    content: bytes
    phrases: int
    left: tuple[LeftOut, ...] = ()


def render(phrases: Sequence[Phrase], format: ExportFormat, *, name: str) -> Rendered:
    """The file that holds *phrases*; raises `ExchangeError`.

    Read back it gives the same phrases in every format, and with `ZIP` all that they have. A text
    holds no pictures and files: a phrase of nothing else is left out of it, but that espanso shows
    a picture from where it lies.
    """
    if format is ExportFormat.ZIP:
        archive = Archive(name)
        content = archive.of(phrases)
        gone = tuple(LeftOut(phrase.id, missing, gone=True) for phrase, missing in archive.missing)
        return Rendered(content=content, phrases=len(phrases), left=gone)
    shown = frozenset(each.id for each in phrases if format is ExportFormat.ESPANSO and _picture(each))
    held = [phrase for phrase in phrases if phrase.body or phrase.id in shown]
    left = (
        LeftOut(each.id, base_name(attached.path))
        for each in phrases
        if each.details is not None and each.id not in shown
        for attached in each.details.attachments
    )
    return Rendered(content=_text(held, format, name), phrases=len(held), left=tuple(left))


def _text(phrases: Sequence[Phrase], format: ExportFormat, name: str) -> bytes:
    if format is ExportFormat.XLSX:
        return _workbook(phrases)
    if format is ExportFormat.CSV:
        return _csv(phrases).encode()
    if format is ExportFormat.ESPANSO:
        return _matches(phrases).encode()
    return pack_text(name, phrases).encode()


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
    return yaml_text("matches", (_match(dict(document_of(each)), _picture(each)) for each in phrases))


def _picture(phrase: Phrase) -> str:
    """Where the picture lies that is all *phrase* consists of; '' where it is another kind."""
    attached = phrase.details.attachments if phrase.details is not None and not phrase.body else ()
    alone = len(attached) == 1 and attached[0].kind is AttachmentKind.IMAGE
    return attached[0].path if alone else ""


def _match(document: Document, picture: str) -> Document:
    title, body = str(document.pop("title")), str(document.pop("body", ""))
    code, tags = str(document.get("code", "")), document.get("tags", [])
    replace = escaped(body)
    if unescaped(replace) != body:
        document["body"] = body
    carried = json.dumps(document, ensure_ascii=False)
    match: Document = {
        "triggers": [f":{code}"] if code else [],
        "label": title,
        "replace": replace,
        "image_path": picture,
        "search_terms": tags,
        "vars": [{"name": OURS, "type": "echo", "params": {"echo": carried}}],
    }
    return {key: value for key, value in match.items() if value}
