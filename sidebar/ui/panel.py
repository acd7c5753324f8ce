"""What takes the phrases' place for a while: a heading, a way out, and what is asked or told."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from sidebar.ui.controls import WordButton, Words
from sidebar.ui.theme import Theme
from sidebar.ui.wording import _


class Panel(QWidget):
    """Made when it is opened and gone when it is closed; no click on it takes the keyboard."""

    needs_room = False
    """Whether what stands above and below the phrases gives way to it as well."""

    closed = Signal()
    keyboard_wanted = Signal(QWidget)
    keyboard_done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = Words(self, strong=True)
        self._close = WordButton(self, role="quiet", size=13, height=24)
        self._close.setFixedWidth(28)
        self._close.clicked.connect(self.closed)
        self._body = QVBoxLayout()
        self._lay_out()

    @property
    def gone(self) -> bool:
        """Whether it was closed for good; who answers late asks before telling it."""
        return not isValid(self)

    def show_theme(self, shown: Theme) -> None:
        """Take the colours that the stylesheet does not reach."""

    def retranslate(self) -> None:
        """Say everything anew."""
        self._close.say("×", name=_("关闭"), hint=_("关闭"))

    def _show(self, parts: Iterable[QWidget]) -> None:
        """Put *parts* one below the other in place of what there was."""
        while (item := self._body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for part in parts:
            self._body.addWidget(part)
        self._body.addStretch(1)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 6, 8, 2)
        head.addWidget(self._heading, 1)
        head.addWidget(self._close)
        inner = QWidget()
        inner.setLayout(self._body)
        self._body.setContentsMargins(12, 2, 12, 10)
        self._body.setSpacing(6)
        scroll = self._scroll = QScrollArea(self)
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(scroll, 1)


class Choice(WordButton):
    """One of several answers over the whole width, cut short where the room ends."""

    def __init__(self, text: str, *, parent: QWidget | None = None, hint: str = "") -> None:
        super().__init__(parent, role="choice", size=12, height=32)
        self._whole = text if not hint else f"{text}   {hint}"
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._whole)
        self.setToolTip(self._whole)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = event.size().width() - 24
        short = QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(short.replace("&", "&&"))
