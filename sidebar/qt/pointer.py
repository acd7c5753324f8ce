"""Between Qt's logical pixels and the physical ones that other programs' elements are measured in."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QCursor, QGuiApplication, QScreen

from sidebar.domain.insertion import Rect


def pointer() -> tuple[int, int]:
    """Where the mouse pointer is, in physical pixels."""
    at = QCursor.pos()
    screen = QGuiApplication.screenAt(at) or QGuiApplication.primaryScreen()
    origin, scale = screen.geometry().topLeft(), screen.devicePixelRatio()
    return round(origin.x() + (at.x() - origin.x()) * scale), round(
        origin.y() + (at.y() - origin.y()) * scale
    )


def logical(place: Rect) -> QRect:
    """*place* in logical pixels, on the screen that its middle is on."""
    x, y = place.x + place.width // 2, place.y + place.height // 2
    screens = QGuiApplication.screens()
    screen = next((each for each in screens if _physical(each).contains(QPoint(x, y))), screens[0])
    origin, scale = screen.geometry().topLeft(), screen.devicePixelRatio()
    return QRect(
        round(origin.x() + (place.x - origin.x()) / scale),
        round(origin.y() + (place.y - origin.y()) / scale),
        round(place.width / scale),
        round(place.height / scale),
    )


def _physical(screen: QScreen) -> QRect:
    """The whole of *screen*; its origin keeps its native coordinates."""
    whole, scale = screen.geometry(), screen.devicePixelRatio()
    return QRect(whole.x(), whole.y(), round(whole.width() * scale), round(whole.height() * scale))
