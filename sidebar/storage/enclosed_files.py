"""Pictures and files of phrases, brought to where a pack can name them: into its folder or below it."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from sidebar.domain.phrase_details import Attachment, AttachmentKind
from sidebar.domain.phrases import Phrase
from sidebar.errors import ExchangeError, ExchangeFault

_PLACES = {AttachmentKind.IMAGE: "images", AttachmentKind.FILE: "files"}
_PIECE = 1 << 20
_UNNAMEABLE = re.compile(r"[\\/:\x00-\x1f\x7f\x85\u2028\u2029]")


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


def _inside(attachment: Attachment, folder: Path) -> bool:
    return Path(attachment.path).is_relative_to(folder)


def _copied(attachment: Attachment, folder: Path) -> Path:
    """Where its copy is: one that was made before will do."""
    source = Path(attachment.path)
    try:
        target = next(
            path
            for path in _names(folder / _PLACES[attachment.kind], source)
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


def _names(folder: Path, source: Path) -> Iterator[Path]:
    """尺码.png, 尺码-2.png, …, in characters that a pack file can name."""
    stem, suffix = (_UNNAMEABLE.sub("_", part).strip() for part in (source.stem, source.suffix))
    yield folder / f"{stem}{suffix}"
    for number in count(2):
        yield folder / f"{stem}-{number}{suffix}"


def _same(one: Path, other: Path) -> bool:
    if not other.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        while piece := first.read(_PIECE):
            if piece != second.read(_PIECE):
                return False
    return True
