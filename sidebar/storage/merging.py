"""Bringing a conflict copy's phrases into the pack file it is a copy of; nothing is thrown away."""

import shutil
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.lean import dataclass
from sidebar.domain.phrases import Phrase
from sidebar.errors import ExchangeError, ExchangeFault
from sidebar.storage.known_packs import ConflictCopy
from sidebar.storage.pack_editing import PackFile, edit, flawed, read_pack_file
from sidebar.storage.replacing import replace_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One phrase as it is in the original and in the copy."""

    original: Phrase
    copy: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a copy has that its original has not, or has otherwise; `newer` tells whose file changed last."""

    files: ConflictCopy
    new: tuple[Phrase, ...]
    differing: tuple[Difference, ...]
    newer: bool


def compare(files: ConflictCopy) -> Comparison:
    """What merging would bring; raises `ExchangeError` for a file that cannot be read whole."""
    original, copy = _read(files.original), _read(files.copy)
    mine, theirs = original.phrases(), copy.phrases()
    try:
        newer = files.copy.stat().st_mtime > files.original.stat().st_mtime
    except OSError as error:
        raise _unusable(files.copy, error) from error
    return Comparison(
        files=files,
        new=tuple(phrase for id, phrase in theirs.items() if id not in mine),
        differing=tuple(
            Difference(original=mine[id], copy=phrase)
            for id, phrase in theirs.items()
            if id in mine and mine[id] != phrase
        ),
        newer=newer,
    )


def merge(comparison: Comparison, theirs: Collection[PhraseId], *, aside: Path, at: datetime) -> None:
    """Add what is new, take the copy's version of *theirs*, and lay both files as they were *aside*.

    The original is replaced whole or not at all. Raises `ExchangeError`, and then nothing has changed.
    """
    files = comparison.files
    original = _read(files.original)
    changes = {each.copy.id: each.copy for each in comparison.differing if each.copy.id in theirs}
    added = [phrase for phrase in comparison.new if phrase.id not in original.phrases()]
    text = edit(original, changes, added)
    try:
        aside.mkdir(parents=True, exist_ok=True)
        shutil.copy2(files.original, _kept(aside, files.original, at))
        replace_text(files.original, text)
        shutil.move(files.copy, _kept(aside, files.copy, at))
    except OSError as error:
        raise _unusable(files.original, error) from error


def set_aside(copy: Path, *, aside: Path, at: datetime) -> None:
    """Do without *copy*: it goes *aside*. Raises `ExchangeError`."""
    try:
        aside.mkdir(parents=True, exist_ok=True)
        shutil.move(copy, _kept(aside, copy, at))
    except OSError as error:
        raise _unusable(copy, error) from error


def _kept(aside: Path, file: Path, at: datetime) -> Path:
    """Where *file* is kept; no `.yaml` at the end, so that nobody takes it for a pack."""
    return aside / f"{at:%Y%m%d-%H%M%S} {file.name}.bak"


def _read(path: Path) -> PackFile:
    try:
        file = read_pack_file(path, path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(path, error) from error
    if not file.whole:
        raise flawed(path)
    return file


def _unusable(path: Path, error: OSError | UnicodeDecodeError) -> ExchangeError:
    reason = error.strerror if isinstance(error, OSError) else error.reason
    return ExchangeError(
        f"{path} cannot be merged ({reason or type(error).__name__}); see to the file and try again.",
        fault=ExchangeFault.NOT_WRITTEN,
        name=path.name,
        detail=reason or "",
    )
