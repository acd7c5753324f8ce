"""Small documents kept by their key in one file of the home folder."""

import json
import logging
from collections.abc import Mapping
from pathlib import Path

from sidebar.storage.replacing import replace_text

log = logging.getLogger(__name__)

Document = Mapping[str, object]


class KeptDocuments:
    """Read when first asked; what cannot be read or written is not kept beyond this run."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: dict[str, Document] | None = None

    def get(self, key: str) -> Document | None:
        return self._known().get(key)

    def keep(self, documents: Mapping[str, Document]) -> None:
        """Have *documents* in place of those of their keys."""
        if documents:
            self._known().update(documents)
            self._write()

    def drop(self, key: str) -> None:
        """Keep what has that key no longer."""
        if self._known().pop(key, None) is not None:
            self._write()

    def _known(self) -> dict[str, Document]:
        if self._kept is None:
            self._kept = self._read()
        return self._kept

    def _read(self) -> dict[str, Document]:
        try:
            read = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            log.info("%s not read: %s", self._path.name, type(error).__name__)
            return {}
        if not isinstance(read, dict):
            return {}
        return {str(key): value for key, value in read.items() if isinstance(value, dict)}

    def _write(self) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            replace_text(self._path, json.dumps(self._known(), ensure_ascii=False))
        except OSError as error:
            log.info("%s not stored: %s", self._path.name, error.strerror)
