"""A phrase as the texts of a form: what an agent types, and the phrase that is meant by it."""

import re
from dataclasses import field, replace

from sidebar.domain.detail_reading import Slip, read_details
from sidebar.domain.detail_sheets import DetailSheet, detail_sheet_of
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.lean import dataclass
from sidebar.domain.phrase_details import Allowance, Details
from sidebar.domain.phrases import Category, Colour, Phrase, Stage
from sidebar.domain.typed_texts import clean_line, clean_text

_LONGEST_TITLE = 24
"""Characters of a text that become its title where the agent gives none."""
_COMMAS = re.compile(r"[,，、;；\n]")
_SENTENCE_ENDS = re.compile(r"[，。！？；,!?;]|\.\s")
_NOTHING = Details()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the form holds. `group` is a path with slashes, `tags` are parted by commas.

    `file` is the pack file that is wanted, '' for the one it is in or would go into by itself.
    """

    title: str = ""
    body: str = ""
    code: str = ""
    group: str = ""
    tags: str = ""
    stage: Stage | None = None
    category: Category | None = None
    colour: Colour | None = None
    favourite: bool = False
    placeholders: bool = False
    allow: tuple[Allowance, ...] = ()
    file: str = ""
    more: DetailSheet = field(default_factory=DetailSheet)


def sheet_of(phrase: Phrase) -> Sheet:
    """What the form begins with for *phrase*."""
    return Sheet(
        title=phrase.title,
        body=phrase.body,
        code=phrase.code,
        group="/".join(phrase.group),
        tags="，".join(phrase.tags),
        stage=phrase.stage,
        category=phrase.category,
        colour=phrase.colour,
        favourite=phrase.favourite,
        placeholders=phrase.placeholders,
        allow=() if phrase.details is None else phrase.details.allow,
        more=detail_sheet_of(phrase),
    )


def phrase_of(sheet: Sheet, base: Phrase) -> Phrase | None:
    """*base* with what *sheet* says; None where there is no text.

    What the form does not show, and what has not been touched in it or cannot be read, stays as it is.
    """
    before = sheet_of(base)
    body, title = _body(sheet, base, before), _title_of(sheet, base, before)
    read = read_details(sheet.more, base, title=title)
    details = read.details
    if sheet.allow != before.allow:
        details = replace(details or _NOTHING, allow=sheet.allow)
        details = None if details == _NOTHING else details
    if not body and not (details is not None and details.attachments):
        return None
    return replace(
        base,
        title=title,
        body=body,
        code=base.code if sheet.code == before.code else clean_line(sheet.code),
        group=base.group if sheet.group == before.group else _parts(sheet.group.split("/")),
        tags=base.tags if sheet.tags == before.tags else tags_of(sheet.tags),
        stage=sheet.stage,
        category=sheet.category,
        colour=sheet.colour,
        favourite=sheet.favourite,
        placeholders=sheet.placeholders or (details is not None and bool(details.fields)),
        promise=read.promise,
        details=details,
    )


def slips_of(sheet: Sheet, base: Phrase) -> tuple[Slip, ...]:
    """What of *sheet* cannot be read."""
    return read_details(sheet.more, base, title=sheet.title).slips


def blank(id: PhraseId) -> Phrase:
    """A phrase that is yet to be written."""
    return Phrase(id=id, title="", body="")


def tags_of(text: str) -> tuple[str, ...]:
    """The tags of *text*, each once."""
    return tuple(dict.fromkeys(_parts(_COMMAS.split(text))))


def group_of(text: str) -> tuple[str, ...]:
    """The path of groups that *text* names, outermost first."""
    return _parts(text.split("/"))


def short_title(text: str) -> str:
    """What *text* is called where nobody has given it a name: its beginning, up to a break in it."""
    line = clean_line(text.strip().partition("\n")[0])
    end = _SENTENCE_ENDS.search(line, 2)
    begun = line[: end.start()] if end is not None and end.start() <= _LONGEST_TITLE else line
    return begun[:_LONGEST_TITLE].strip()


def _body(sheet: Sheet, base: Phrase, before: Sheet) -> str:
    return base.body if sheet.body == before.body else clean_text(sheet.body)


def _title_of(sheet: Sheet, base: Phrase, before: Sheet) -> str:
    if sheet.title == before.title and base.title:
        return base.title
    return clean_line(sheet.title) or short_title(_body(sheet, base, before)) or "…"


def _parts(texts: list[str]) -> tuple[str, ...]:
    return tuple(part for text in texts if (part := clean_line(text)))
