"""A frame drawn around a place of the screen, which no click meets and no window manager manages."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget

from sidebar.ui.theme import Theme

_WIDTH = 2
_GAP = 1


class Outline(QWidget):
    """Shown around something or hidden; it lives as long as its parent, in front of all windows."""

    def __init__(self, parent: QWidget, shown: Theme) -> None:
        super().__init__(
            parent,
            Qt.WindowType.ToolTip
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowTransparentForInput
            | Qt.WindowType.WindowDoesNotAcceptFocus
            | Qt.WindowType.BypassWindowManagerHint,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._colour = QColor(shown.accent)

    def show_around(self, place: QRect | None) -> None:
        """Frame *place*, in logical pixels; None frames nothing."""
        if place is None:
            self.hide()
            return
        grown = place.adjusted(-_GAP - _WIDTH, -_GAP - _WIDTH, _GAP + _WIDTH, _GAP + _WIDTH)
        if grown != self.geometry():
            self.setGeometry(grown)
            inside = self.rect().adjusted(_WIDTH, _WIDTH, -_WIDTH, -_WIDTH)
            self.setMask(QRegion(self.rect()).subtracted(QRegion(inside)))
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 (Qt's own signature)
        QPainter(self).fillRect(self.rect(), self._colour)
