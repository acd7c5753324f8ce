"""Pictures and files that are dropped on the form or pasted into it."""

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from sidebar.domain.phrase_details import AttachmentKind

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp")


def files_in(data: QMimeData) -> tuple[Path, ...]:
    """The files on this machine that *data* names; none where it names anything else as well."""
    urls = data.urls() if data.hasUrls() else []
    paths = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    return paths if len(paths) == len(urls) and all(path.is_file() for path in paths) else ()


def picture_in(data: QMimeData) -> QImage | None:
    """The picture that *data* is, where it is not a text as well: cells of a sheet come with one."""
    if not data.hasImage() or data.hasText():
        return None
    image = data.imageData()
    return image if isinstance(image, QImage) and not image.isNull() else None


def encloses(data: QMimeData) -> bool:
    """Whether *data* is something for a phrase to enclose."""
    return bool(files_in(data)) or (data.hasImage() and not data.hasText())


def kind_of(path: Path) -> AttachmentKind:
    """How *path* is pasted: what a pack takes for a picture is one."""
    return AttachmentKind.IMAGE if path.suffix.lower() in _PICTURES else AttachmentKind.FILE
