"""Pictures and files of phrases, brought to where a pack can name them: beside it, never over another.

What has the name and the bytes already is that file; another one of the same name goes into a
numbered folder, so that a buyer sees the name it has.
"""

import hashlib
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import field, replace
from pathlib import Path

from sidebar.domain.file_names import FOLDERS, places_for
from sidebar.domain.lean import dataclass
from sidebar.domain.phrase_details import Attachment
from sidebar.domain.phrases import Phrase
from sidebar.errors import ExchangeError, ExchangeFault
from sidebar.storage.replacing import replace_bytes

_PIECE = 1 << 20


def bring_in(phrase: Phrase, folder: Path) -> Phrase:
    """*phrase* with all it encloses in *folder* or below it, copied there where it lay elsewhere.

    Nothing there is written over. Raises `ExchangeError` where something cannot be read or copied.
    """
    if phrase.details is None or all(_inside(each, folder) for each in phrase.details.attachments):
        return phrase
    brought = tuple(
        each if _inside(each, folder) else replace(each, path=str(_copied(each, folder)))
        for each in phrase.details.attachments
    )
    return replace(phrase, details=replace(phrase.details, attachments=brought))


@dataclass(slots=True)
class Arrivals:
    """Finds a place for what phrases bring along; `contents` are the files by the paths these give them.

    `written` is what has to be put there before the packs that name it.
    """

    contents: Mapping[str, bytes]
    written: dict[Path, bytes] = field(default_factory=dict)
    _planned: dict[str, tuple[Path, bytes]] = field(default_factory=dict)

    def beside(self, phrase: Phrase, folder: Path) -> Phrase:
        """*phrase* for a pack in *folder*, with what it has lying below; what is nowhere is left out."""
        details = phrase.details
        if details is None or not details.attachments:
            return phrase
        placed = ((each, self._placed(each, folder)) for each in details.attachments)
        there = tuple(replace(each, path=path) for each, path in placed if path is not None)
        return replace(phrase, details=replace(details, attachments=there))

    def _placed(self, attachment: Attachment, folder: Path) -> str | None:
        content = self.contents.get(attachment.path)
        if content is None:
            if _inside(attachment, folder):
                return attachment.path
            content = _content(Path(attachment.path))
        return None if content is None else str(self._place(attachment, folder, content))

    def _place(self, attachment: Attachment, folder: Path, content: bytes) -> Path:
        for path in (folder / place for place in places_for(attachment)):
            # A, a and ａ are one name on some systems
            planned = self._planned.get(str(path).casefold())
            if planned is None and not os.path.lexists(path):
                self._planned[str(path).casefold()] = path, content
                self.written[path] = content
                return path
            if (path, content) == (planned or (path, _content(path))):
                return path
        raise AssertionError("numbers do not end")


def put(files: Mapping[Path, bytes]) -> None:
    """Write all of *files* or none; raises OSError."""
    begun: list[Path] = []
    try:
        for path, content in files.items():
            begun.append(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_bytes(path, content)
    except OSError:
        take_away(begun)
        raise


def take_away(paths: Sequence[Path]) -> None:
    """Remove what was put there, and the folders that were made for it."""
    for path in paths:
        path.unlink(missing_ok=True)
    for path in paths:
        with suppress(OSError):  # whatever else is in them stays
            path.parent.rmdir()
            if path.parent.name not in FOLDERS.values():
                path.parent.parent.rmdir()


def digest_of(content: bytes) -> str:
    """By this a file is known to be as it was put there."""
    return hashlib.sha256(content).hexdigest()


def is_as_put(path: Path, digest: str) -> bool:
    """Whether the file at *path* is the one with that *digest*."""
    content = _content(path)
    return content is not None and digest_of(content) == digest


def _inside(attachment: Attachment, folder: Path) -> bool:
    return Path(attachment.path).is_relative_to(folder)


def _copied(attachment: Attachment, folder: Path) -> Path:
    """Where its copy is: one that was made before will do."""
    source = Path(attachment.path)
    try:
        target = next(
            path
            for path in (folder / place for place in places_for(attachment))
            if not path.exists() or _same(source, path)
        )
        if not target.exists():
            with source.open("rb") as data:
                target.parent.mkdir(parents=True, exist_ok=True)
                part = target.with_name(f".{target.name}.part")
                with part.open("wb") as copy:
                    shutil.copyfileobj(data, copy)
            os.replace(part, target)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ExchangeError(
            f"{source.name} cannot be copied to the phrases ({reason}); choose it once more.",
            fault=ExchangeFault.NOT_READABLE,
            name=source.name,
            detail=reason,
        ) from error
    return target


def _same(one: Path, other: Path) -> bool:
    if not other.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        while piece := first.read(_PIECE):
            if piece != second.read(_PIECE):
                return False
    return True


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None
