"""The last values of the fields that are to be remembered, in one small file of the home folder."""

import json
import logging
from collections.abc import Mapping
from pathlib import Path

from sidebar.domain.identifiers import PhraseId
from sidebar.storage.replacing import replace_text

log = logging.getLogger(__name__)

_MOST = 2000
"""Values kept, the latest ones; more would be read for nothing."""


class FileFieldMemory:
    """Implements `FieldMemory`. Read when first asked; what cannot be read or written is not remembered."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values: dict[str, str] | None = None

    def recall(self, phrase: PhraseId, field: str) -> str:
        return self._known().get(_key(phrase, field), "")

    def keep(self, phrase: PhraseId, values: Mapping[str, str]) -> None:
        known = self._known()
        for field, value in values.items():
            known.pop(_key(phrase, field), None)
            known[_key(phrase, field)] = value
        self._values = dict(list(known.items())[-_MOST:])
        try:
            replace_text(self._path, json.dumps(self._values, ensure_ascii=False, indent=0))
        except OSError as error:
            log.info("last field values not stored: %s", error.strerror)

    def _known(self) -> dict[str, str]:
        if self._values is None:
            self._values = self._read()
        return self._values

    def _read(self) -> dict[str, str]:
        try:
            read = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            log.info("last field values not read: %s", type(error).__name__)
            return {}
        if not isinstance(read, dict):
            return {}
        return {str(key): value for key, value in read.items() if isinstance(value, str)}


def _key(phrase: PhraseId, field: str) -> str:
    return f"{phrase} {field}"
