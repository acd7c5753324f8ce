"""What was typed into the editor and not saved, kept until the next time."""

from dataclasses import asdict
from pathlib import Path

from sidebar.domain.phrase_details import Allowance
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
    texts = {name: str(document[name]) for name in ("title", "body", "code", "group", "tags", "file")}
    stage, category, colour = (document[name] for name in ("stage", "category", "colour"))
    allowed = document["allow"]
    return Sheet(
        **texts,
        stage=None if stage is None else Stage(str(stage)),
        category=None if category is None else Category(str(category)),
        colour=None if colour is None else Colour(str(colour)),
        favourite=bool(document["favourite"]),
        placeholders=bool(document["placeholders"]),
        allow=tuple(Allowance(**each) for each in allowed) if isinstance(allowed, list | tuple) else (),
    )
