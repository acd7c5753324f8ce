"""The icon of the macOS program, from the drawing that all systems share.

An .icns file is a list of pictures, each with a four-letter kind that says its size; the kinds used
here hold PNG. Source of the kinds: Apple's "Icon Services", as iconutil writes them.
"""

import os
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from icon import draw
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QImage

KINDS = {
    "ic11": 32,  # 16 points at twice the pixels
    "ic12": 64,  # 32 points
    "ic07": 128,
    "ic13": 256,  # 128 points
    "ic08": 256,
    "ic14": 512,  # 256 points
    "ic09": 512,
    "ic10": 1024,  # 512 points
}
_ENTRY = struct.Struct(">4sI")


def icns(pictures: Mapping[str, bytes]) -> bytes:
    """An .icns file of *pictures*, PNG by kind."""
    entries = b"".join(_entry(kind, picture) for kind, picture in pictures.items())
    return _entry("icns", entries)


def draw_icon(drawing: Path, icon: Path) -> Path:
    """Draw *icon* from the SVG *drawing*, and return it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication([])
    svg = drawing.read_bytes()
    icon.parent.mkdir(parents=True, exist_ok=True)
    icon.write_bytes(icns({kind: _png(draw(svg, size)) for kind, size in KINDS.items()}))
    del application
    return icon


def _entry(kind: str, content: bytes) -> bytes:
    return _ENTRY.pack(kind.encode("ascii"), _ENTRY.size + len(content)) + content


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # its stub wants bytes, it wants text
    return cast(bytes, buffer.data().data())
