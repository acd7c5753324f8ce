"""Pictures from the clipboard, kept as files until the phrase they are for is saved."""

import hashlib
from pathlib import Path

from PySide6.QtGui import QImage

from sidebar.errors import ExchangeError, ExchangeFault
from sidebar.qt.enclosing import png_of

_KEPT = 50
"""Of these the last: whoever pastes more has saved by then what the first were for."""


def keep_picture(folder: Path, image: QImage) -> Path:
    """The file in *folder* that *image* is in from now on; the same picture is the same file.

    Raises `ExchangeError`.
    """
    data = png_of(image)
    path = folder / f"picture-{hashlib.sha256(data).hexdigest()[:10]}.png"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        known = sorted(folder.glob("picture-*.png"), key=lambda each: each.stat().st_mtime, reverse=True)
        for old in known[_KEPT:]:
            old.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ExchangeError(
            f"The picture cannot be kept in {folder} ({reason}); save it yourself and choose the file.",
            fault=ExchangeFault.NOT_WRITTEN,
            name=path.name,
            detail=reason,
        ) from error
    return path
