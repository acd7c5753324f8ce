#!/usr/bin/env python3
"""Draws resources/icons/sidebar.ico, which Windows wants, from sidebar.svg beside it.

.venv/bin/python packaging/icon.py
"""

import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
SIZES = (16, 20, 24, 32, 40, 48, 64, 256)  # what Windows shows at 100, 125, 150 and 200 per cent
_AS_PNG = 256  # smaller ones as bitmaps, which every reader of icons knows
_HEADER = struct.Struct("<HHH")
_ENTRY = struct.Struct("<BBBBHHII")
_BITMAP = struct.Struct("<IiiHHIIiiII")


def draw(svg: bytes, size: int) -> QImage:
    """The picture at *size* by *size* pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


def icon(images: Iterable[QImage]) -> bytes:
    """An `.ico` file of *images*."""
    pictures = [
        (image.width(), _png(image) if image.width() >= _AS_PNG else _bitmap(image)) for image in images
    ]
    place = _HEADER.size + _ENTRY.size * len(pictures)
    entries = b""
    for size, content in pictures:
        entries += _ENTRY.pack(size % 256, size % 256, 0, 0, 1, 32, len(content), place)
        place += len(content)
    return _HEADER.pack(0, 1, len(pictures)) + entries + b"".join(content for _, content in pictures)


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # its stub wants bytes, it wants text
    return cast(bytes, buffer.data().data())


def _bitmap(image: QImage) -> bytes:
    """Rows from below, and after them the mask for systems that know no transparency: nothing masked."""
    size = image.width()
    rows = b"".join(cast(memoryview, image.constScanLine(row)) for row in reversed(range(size)))
    mask = bytes((size + 31) // 32 * 4 * size)
    header = _BITMAP.pack(_BITMAP.size, size, 2 * size, 1, 32, 0, len(rows) + len(mask), 0, 0, 0, 0)
    return header + rows + mask


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    svg = (ICONS / "sidebar.svg").read_bytes()
    (ICONS / "sidebar.ico").write_bytes(icon(draw(svg, size) for size in SIZES))
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
