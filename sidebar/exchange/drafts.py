"""What a reader hands over: phrases as another program has them, and what cannot be taken over."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import NamedTuple

from sidebar.domain.lean import dataclass
from sidebar.domain.phrase_details import Attachment, AttachmentKind
from sidebar.errors import PackFault, RowFault
from sidebar.exchange.enclosed import NO_FILES, Files

REASONS: Mapping[RowFault, str] = {
    RowFault.NO_TEXT: "there is no text",
    RowFault.TOO_LONG: "the text is longer than {detail} characters",
    RowFault.NOT_READABLE: "this cannot be read as a phrase ({detail})",
    RowFault.RUNS_CODE: "{detail} would run a program; such a phrase is not taken over",
    RowFault.KEPT_AS_TEXT: "{detail} has no meaning here and stays as text",
    RowFault.CODE_TAKEN: "the code '{detail}' is another phrase's; this one comes without it",
    RowFault.HOTKEY_TAKEN: "the hotkey '{detail}' cannot be had here; the phrase comes without it",
    RowFault.PICTURE_LEFT: "the picture or file {detail} did not come along",
    RowFault.PICTURE_TOO_LARGE: "the picture {detail} is too large to be pasted and is not taken over",
    RowFault.PATTERN_LEFT: "the pattern {detail} is not taken over",
    RowFault.FORMATTING_LEFT: "only the text is taken over, not its formatting",
}


class Remark(NamedTuple):
    """What is to be said about the row `row`, which counts as the program that opens the file counts.

    A row of a table by its number, header and all; in a text the line; else which entry it is.
    """

    row: int
    fault: RowFault | PackFault
    detail: str
    reason: str
    """The English sentence."""
    sheet: str = ""
    """Where a workbook has several that are read; of a folder or archive the file."""


def remark(row: int, fault: RowFault, detail: object = "") -> Remark:
    """What *fault* says about *row*."""
    shown = str(detail)
    shown = shown if len(shown) <= 60 else shown[:59] + "…"
    return Remark(row, fault, shown, REASONS[fault].format(detail=shown))


def picture(path: str) -> Attachment:
    """A picture behind the text, as other programs name one."""
    return Attachment(path=path, kind=AttachmentKind.IMAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One phrase of another program; '' and () where that program says nothing.

    `more` are further keys of a pack file with their plain values. `source_id` is a name the other
    program never changes. `whole` marks our own phrases, of which nothing is left to be guessed.
    `attachments` are pictures and files by the paths that are written there; where the phrase cannot
    have others than these, `all_attached` is set.
    """

    row: int
    body: str
    title: str = ""
    code: str = ""
    group: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    more: Mapping[str, object] = field(default_factory=dict)
    source_id: str = ""
    attachments: tuple[Attachment, ...] = ()
    all_attached: bool = False
    whole: bool = False
    sheet: str = ""
    notes: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A file whose format is known; `rows` reads on as it is asked and can be gone through once.

    `encoding` is None where the file is not text. `total` is about how many rows there will be.
    `files` is what came along with it.
    """

    format: str
    rows: Iterable[Draft | Remark]
    encoding: str | None = None
    total: int = 0
    files: Files = NO_FILES


def of_sheet(sheet: str, rows: Iterable[Draft | Remark]) -> Iterator[Draft | Remark]:
    """*rows* with the name of their sheet, or file, on whatever is said of them."""
    for row in rows:
        if isinstance(row, Remark):
            yield row._replace(sheet=sheet)
        else:
            yield replace(row, sheet=sheet, notes=tuple(note._replace(sheet=sheet) for note in row.notes))
