"""A phrase as the plain values that stand in a pack file, and back; what holds defaults is left out."""

from collections.abc import Mapping
from pathlib import Path

from sidebar.domain.durations import duration_text
from sidebar.domain.phrases import Phrase
from sidebar.storage.detail_documents import Document, details_document
from sidebar.storage.located_yaml import Fields, Items, Scalar, Value
from sidebar.storage.phrase_fields import read_phrase


def document_of(phrase: Phrase, folder: Path | None = None) -> Document:
    """What a pack file in *folder* says of *phrase*; attachments that lie elsewhere are left out."""
    written: Document = {
        "id": str(phrase.id),
        "title": phrase.title,
        "code": phrase.code,
        "stage": str(phrase.stage or ""),
        "category": str(phrase.category or ""),
        "tags": list(phrase.tags),
        "group": list(phrase.group),
        "colour": str(phrase.colour or ""),
        "favourite": phrase.favourite,
        "hotkey": phrase.hotkey,
        "placeholders": phrase.placeholders,
        "body": phrase.body,
    }
    if phrase.promise is not None:
        written["promise"] = {"within": duration_text(phrase.promise.within), "about": phrase.promise.about}
    if phrase.details is not None:
        written |= details_document(phrase.details, folder)
    return {key: value for key, value in written.items() if value}


def phrase_of(document: Mapping[str, object], line: int, folder: Path | None = None) -> Phrase:
    """The phrase that *document* describes as it would in a pack file; raises `Flaw` with that *line*."""
    return read_phrase(_located(document, line), folder=folder)


def _located(value: object, line: int) -> Value:
    match value:
        case Mapping():
            pairs = ((Scalar(str(key), False, line), _located(held, line)) for key, held in value.items())
            return Fields(tuple(pairs), line)
        case list() | tuple():
            return Items(tuple(_located(item, line) for item in value), line)
        case bool():
            return Scalar("true" if value else "false", True, line)
        case int() | float():
            return Scalar(str(value), True, line)
        case None:
            return Scalar("", True, line)
    return Scalar(str(value), False, line)
