"""Pictures and files read and made ready for other programs, off the GUI thread."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from sidebar.domain.enclosures import Enclosure
from sidebar.domain.phrase_details import Attachment, AttachmentKind
from sidebar.errors import UserError
from sidebar.ports import Background

LARGEST = 20_000_000
"""Bytes of a picture; marketplaces take a quarter of that."""
_BMP_HEADER = 14
_PNG = b"\x89PNG\r\n\x1a\n"


class FileEnclosures:
    """Implements `Enclosures`; `dibs` has pictures made ready for a Windows clipboard as well."""

    def __init__(self, background: Background, *, dibs: bool = False) -> None:
        self._background = background
        self._dibs = dibs

    def load(
        self,
        attachments: Sequence[Attachment],
        *,
        done: Callable[[tuple[Enclosure, ...]], None],
        missing: Callable[[tuple[str, ...]], None],
    ) -> None:
        """Read them off the GUI thread; *missing* hears the names where one or more cannot be had."""

        def told(read: Sequence[Enclosure | str]) -> None:
            gone = tuple(each for each in read if isinstance(each, str))
            if gone:
                missing(gone)
            else:
                done(tuple(each for each in read if not isinstance(each, str)))

        names = tuple(os.path.basename(each.path) for each in attachments)

        def failed(_: UserError) -> None:
            missing(names)

        read = partial(_read_all, tuple(attachments), dibs=self._dibs)
        self._background.run(read, done=told, failed=failed)


def _read_all(attachments: Sequence[Attachment], *, dibs: bool) -> list[Enclosure | str]:
    return [_read(each, dibs=dibs) for each in attachments]


def _read(attachment: Attachment, *, dibs: bool) -> Enclosure | str:
    """The enclosure, or the name of what cannot be had."""
    path = Path(attachment.path)
    try:
        if not path.is_file():
            return path.name
        if attachment.kind is AttachmentKind.FILE:
            return Enclosure(name=path.name, path=str(path), before=attachment.before)
        if path.stat().st_size > LARGEST:
            return path.name
        data = path.read_bytes()
    except OSError:
        return path.name
    picture = QImage.fromData(data)
    if picture.isNull():
        return path.name
    return Enclosure(
        name=path.name,
        path=str(path),
        before=attachment.before,
        png=data if data.startswith(_PNG) else png_of(picture),
        dib=_written(picture, "BMP")[_BMP_HEADER:] if dibs else b"",
    )


def png_of(picture: QImage) -> bytes:
    """*picture* as a PNG file."""
    return _written(picture, "PNG")


def _written(picture: QImage, format: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, format)  # type: ignore[call-overload]  # the stubs want bytes, Qt a text
    return bytes(buffer.data().data())
