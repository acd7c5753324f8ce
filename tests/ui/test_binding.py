"""What we rely on in the Qt binding."""

import sys

from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot


def test_the_binding_does_not_use_up_none(qtbot: QtBot) -> None:
    """PySide6 6.12 on Python 3.11 does, and the interpreter dies when none is left."""
    assert qtbot is not None
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    before = sys.getrefcount(None)
    for _ in range(100):
        painter.save()
        painter.restore()
    painter.end()
    assert sys.getrefcount(None) > before - 50
