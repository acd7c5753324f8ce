"""A phrase as the texts of a form: what an agent types, and the phrase that is meant by it."""

import re
from dataclasses import dataclass, replace

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrase_details import Allowance, Details
from sidebar.domain.phrases import Category, Colour, Phrase, Stage

_LONGEST_TITLE = 24
"""Characters of a text that become its title where the agent gives none."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_BREAKS = re.compile(r"\r\n?|\x85|\u2028|\u2029")
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
    )


def phrase_of(sheet: Sheet, base: Phrase) -> Phrase | None:
    """*base* with what *sheet* says; None where there is no text.

    What the form does not show, and what has not been touched in it, stays as it is.
    """
    before = sheet_of(base)
    body = base.body if sheet.body == before.body else clean_text(sheet.body)
    details = replace(base.details or _NOTHING, allow=sheet.allow)
    if not body and not details.attachments:
        return None
    return replace(
        base,
        title=base.title if sheet.title == before.title and base.title else _title(sheet.title, body),
        body=body,
        code=base.code if sheet.code == before.code else _line(sheet.code),
        group=base.group if sheet.group == before.group else _parts(sheet.group.split("/")),
        tags=base.tags if sheet.tags == before.tags else tags_of(sheet.tags),
        stage=sheet.stage,
        category=sheet.category,
        colour=sheet.colour,
        favourite=sheet.favourite,
        placeholders=sheet.placeholders or bool(details.fields),
        details=None if details == _NOTHING else details,
    )


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
    line = _line(text.strip().partition("\n")[0])
    end = _SENTENCE_ENDS.search(line, 2)
    begun = line[: end.start()] if end is not None and end.start() <= _LONGEST_TITLE else line
    return begun[:_LONGEST_TITLE].strip()


def clean_text(typed: str) -> str:
    """*typed* as a pack file can hold it: plain line breaks, no control characters, no blanks at its end."""
    return _CONTROL.sub("", _BREAKS.sub("\n", typed)).rstrip()


def _title(typed: str, body: str) -> str:
    return _line(typed) or short_title(body) or "…"


def _line(typed: str) -> str:
    return " ".join(clean_text(typed).split("\n")).strip()


def _parts(texts: list[str]) -> tuple[str, ...]:
    return tuple(part for text in texts if (part := _line(text)))
