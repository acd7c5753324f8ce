"""The icon of the Windows program is what its drawing says."""

import pytest
from icon import ICONS, SIZES, draw, icon
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QImage, QImageReader

pytestmark = pytest.mark.usefixtures("qapp")
BLUE, WHITE = "#2563eb", "#ffffff"


def pictures(content: bytes) -> list[QImage]:
    """What a reader of icons makes of *content*."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    reader = QImageReader(buffer, QByteArray(b"ico"))
    found = []
    for number in range(reader.imageCount()):
        assert reader.jumpToImage(number)
        found.append(reader.read())
    return found


def test_every_size_is_there_and_shows_the_same() -> None:
    svg = (ICONS / "sidebar.svg").read_bytes()
    found = pictures(icon(draw(svg, size) for size in SIZES))
    assert [picture.width() for picture in found] == list(SIZES)
    for picture in found:
        size = picture.width()
        assert picture.pixelColor(size // 2, size - 1 - size // 8).name() == BLUE  # below the bubble
        assert picture.pixelColor(size * 3 // 10, size * 3 // 10).name() == WHITE  # in the bubble
        assert picture.pixelColor(0, 0).alpha() == 0  # outside the round corner


def test_the_file_is_drawn_from_the_drawing() -> None:
    svg = (ICONS / "sidebar.svg").read_bytes()
    kept = pictures((ICONS / "sidebar.ico").read_bytes())
    drawn = pictures(icon(draw(svg, size) for size in SIZES))
    assert kept == drawn
