"""Phrases that were thrown away, kept for a month in a file of their own."""

import json
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sidebar.domain.edits import KEPT_IN_BIN, Binned
from sidebar.domain.identifiers import PhraseId
from sidebar.storage.located_yaml import Flaw
from sidebar.storage.phrase_documents import document_of, phrase_of
from sidebar.storage.replacing import replace_text

log = logging.getLogger(__name__)


class PhraseBin:
    """What is kept in the file *path*; a file that cannot be read counts as an empty bin.

    *folder* is that of the user's packs, in which the phrases' pictures lie.
    """

    def __init__(self, path: Path, folder: Path) -> None:
        self._path = path
        self._folder = folder

    def contents(self, now: datetime) -> tuple[Binned, ...]:
        """What can still be brought back, the last first; what is older than a month goes for good."""
        every = self._read()
        kept = _fresh(every, now)
        if len(kept) < len(every):
            self._write(kept)
        return tuple(reversed(kept))

    def put(self, thrown: Iterable[Binned], at: datetime) -> None:
        """Keep what was thrown away at that time."""
        new = [replace(each, at=at) for each in thrown]
        if new:
            self._write([*_fresh(self._read(), at), *new])

    def forget(self, at: datetime) -> None:
        """What was thrown away at that time is back where it was."""
        self._keep_only(lambda each: each.at != at)

    def take(self, binned: Binned) -> None:
        """It has been brought back."""
        self._keep_only(lambda each: (each.at, each.phrase.id) != (binned.at, binned.phrase.id))

    def _keep_only(self, wanted: Callable[[Binned], bool]) -> None:
        every = self._read()
        kept = [each for each in every if wanted(each)]
        if len(kept) < len(every):
            self._write(kept)

    def _read(self) -> list[Binned]:
        try:
            return list(_entries(json.loads(self._path.read_text(encoding="utf-8")), self._folder))
        except FileNotFoundError:
            return []
        except (OSError, ValueError, LookupError, TypeError, AttributeError, Flaw):
            log.warning("the bin of phrases cannot be read")
            return []

    def _write(self, every: Iterable[Binned]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        document = {"v": 1, "phrases": [_document(each, self._folder) for each in every]}
        replace_text(self._path, json.dumps(document, ensure_ascii=False))


def _fresh(every: Iterable[Binned], now: datetime) -> list[Binned]:
    """Those that were thrown away in the last month."""
    return [each for each in every if each.at is not None and now - each.at <= KEPT_IN_BIN]


def _document(binned: Binned, folder: Path) -> dict[str, object]:
    assert binned.at is not None, "what is kept has its time"
    return {
        "at": binned.at.isoformat(),
        "file": binned.file,
        "item": binned.item,
        "behind": binned.behind,
        "hidden": binned.hidden,
        "phrase": document_of(binned.phrase, folder),
    }


def _entries(document: Any, folder: Path) -> Iterator[Binned]:
    for each in document["phrases"]:
        yield Binned(
            at=datetime.fromisoformat(each["at"]),
            file=each["file"],
            item=each["item"],
            behind=None if each["behind"] is None else PhraseId(each["behind"]),
            hidden=each["hidden"],
            phrase=phrase_of(each["phrase"], 1, folder),
        )
