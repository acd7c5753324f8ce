"""What was shipped when the user made a copy of it, so that an update of it can be offered."""

from collections.abc import Mapping
from pathlib import Path

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Phrase
from sidebar.storage.kept_documents import KeptDocuments
from sidebar.storage.located_yaml import Flaw
from sidebar.storage.phrase_documents import document_of, phrase_of


class ShippedOrigins:
    """The shipped phrases that copies were made of, in the file *path*."""

    def __init__(self, path: Path) -> None:
        self._kept = KeptDocuments(path)

    def keep(self, origins: Mapping[PhraseId, Phrase]) -> None:
        self._kept.keep({str(key): document_of(phrase) for key, phrase in origins.items()})

    def get(self, phrase: PhraseId, shipped: Phrase | None) -> Phrase | None:
        """What the copy with that id was made of: *shipped* itself where that is still the same."""
        document = self._kept.get(phrase)
        if document is None:
            return None
        if shipped is not None and document == document_of(shipped):
            return shipped
        try:
            return phrase_of(document, 1)
        except Flaw:
            return None
