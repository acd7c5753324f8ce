"""What was typed into the editor and not saved, kept until the next time."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sidebar.domain.detail_sheets import DetailSheet, FieldSheet
from sidebar.domain.identifiers import ClientName
from sidebar.domain.newlines import Newlines
from sidebar.domain.phrase_details import (
    Allowance,
    Attachment,
    AttachmentKind,
    ClientWay,
    Delivery,
    FieldKind,
    Option,
    Rotation,
)
from sidebar.domain.phrases import Category, Colour, Stage
from sidebar.domain.sheets import Sheet
from sidebar.storage.kept_documents import Document, KeptDocuments


class FileDrafts:
    """The drafts in the file *path*."""

    def __init__(self, path: Path) -> None:
        self._kept = KeptDocuments(path)

    def recall(self, key: str) -> Sheet | None:
        document = self._kept.get(key)
        try:
            return None if document is None else _sheet(document)
        except (LookupError, TypeError, ValueError):
            return None

    def keep(self, key: str, sheet: Sheet | None) -> None:
        """Have *sheet* as the draft for *key*, None for none any more."""
        if sheet is None:
            self._kept.drop(key)
        else:
            self._kept.keep({key: asdict(sheet)})


def _sheet(document: Document) -> Sheet:
    stage, category, colour = (document[name] for name in ("stage", "category", "colour"))
    return Sheet(
        title=str(document["title"]),
        body=str(document["body"]),
        code=str(document["code"]),
        group=str(document["group"]),
        tags=str(document["tags"]),
        file=str(document["file"]),
        stage=None if stage is None else Stage(str(stage)),
        category=None if category is None else Category(str(category)),
        colour=None if colour is None else Colour(str(colour)),
        favourite=bool(document["favourite"]),
        placeholders=bool(document["placeholders"]),
        allow=tuple(Allowance(**each) for each in _rows(document, "allow")),
        more=_more(document["more"]),
    )


def _more(document: object) -> DetailSheet:
    if not isinstance(document, dict):
        raise TypeError(type(document).__name__)
    texts = {
        name: str(document[name])
        for name in ("promise_within", "promise_about", "after", "within", "about", "note")
    }
    return DetailSheet(
        **texts,
        variants=tuple(map(str, document["variants"])),
        rotation=Rotation(document["rotation"]),
        fields=tuple(
            FieldSheet(**{**each, "kind": FieldKind(each["kind"])}) for each in _rows(document, "fields")
        ),
        options=tuple(Option(**each) for each in _rows(document, "options")),
        attachments=tuple(
            Attachment(**{**each, "kind": AttachmentKind(each["kind"])})
            for each in _rows(document, "attachments")
        ),
        clients=tuple(ClientName(str(each)) for each in document["clients"]),
        categories=tuple(map(Category, document["categories"])),
        ways=tuple(map(_way, _rows(document, "ways"))),
    )


def _way(document: Document) -> ClientWay:
    newlines, delivery = document["newlines"], document["delivery"]
    return ClientWay(
        client=ClientName(str(document["client"])),
        newlines=None if newlines is None else Newlines(str(newlines)),
        delivery=None if delivery is None else Delivery(str(delivery)),
    )


def _rows(document: Document, key: str) -> Iterator[dict[str, Any]]:
    """The documents of a list in *document*."""
    rows = document[key]
    if not isinstance(rows, list | tuple):
        raise TypeError(key)
    for row in rows:
        if not isinstance(row, dict):
            raise TypeError(key)
        yield row
