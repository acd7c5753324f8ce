"""The few plain controls the areas are built of; none of them takes the keyboard when clicked."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from sidebar.ui import fonts


class Words(QLabel):
    """One line of text, cut short where the room ends; painted only when the words change."""

    def __init__(
        self, parent: QWidget | None = None, *, role: str = "", size: int = 13, strong: bool = False
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setFont(fonts.text(size, strong=strong))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def say(self, text: str) -> None:
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        metrics = QFontMetrics(self.font())
        if metrics.horizontalAdvance(self.text()) <= self.contentsRect().width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        short = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())
        painter.drawText(self.contentsRect(), self.alignment(), short)


class Hint(QLabel):
    """A sentence over as many lines as it needs; `role` is 'quiet' or 'trouble'."""

    def __init__(self, parent: QWidget | None = None, *, role: str = "quiet") -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setFont(fonts.text(12))
        self.setWordWrap(True)

    def say(self, text: str) -> None:
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)


class Pill(QLabel):
    """A count on a coloured ground, gone while there is nothing to count."""

    def __init__(self, parent: QWidget | None = None, *, role: str) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.setFont(fonts.text(11))
        self.setFixedHeight(18)
        self.hide()

    def say(self, text: str) -> None:
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
        self.setVisible(bool(text))


class WordButton(QPushButton):
    """A button that is a word; `role` is '' for a framed one, 'quiet' or 'main'."""

    def __init__(
        self, parent: QWidget | None = None, *, role: str = "", size: int = 12, height: int = 28
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.setFont(fonts.text(size, strong=role == "main"))
        self.setFixedHeight(height)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)

    def say(self, text: str, *, name: str = "", hint: str = "") -> None:
        """Show *text*; *name* is what it is called where the text alone would not tell."""
        if text != self.text():
            self.setText(text)
        if (name or text) != self.accessibleName():
            self.setAccessibleName(name or text)
        if hint != self.toolTip():
            self.setToolTip(hint)


def drop_below(button: QAbstractButton, menu: QMenu) -> None:
    """Open *menu* below *button*, within the window's right edge; it is gone once it is closed.

    Where the button's menu is open already, that is closed and no more is done.
    """
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    opened = QApplication.activePopupWidget()
    if opened is not None and any(each.button is button for each in opened.findChildren(_Opener)):
        opened.close()
        menu.deleteLater()
        return
    menu.installEventFilter(_Opener(button, menu))
    menu.setFont(fonts.text(12))
    window = button.window()
    spare = window.width() - button.mapTo(window, QPoint(0, 0)).x() - menu.sizeHint().width()
    menu.popup(button.mapToGlobal(QPoint(min(spare, 0), button.height())))


class _Opener(QObject):
    """Which *button* opened *menu*: a press on it closes the menu, and is not handed on to open another."""

    def __init__(self, button: QAbstractButton, menu: QMenu) -> None:
        super().__init__(menu)
        self.button = button
        self._menu = menu

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 (Qt's own signature)
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            at = self.button.mapFromGlobal(event.globalPosition().toPoint())
            self._menu.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay, self.button.rect().contains(at))
        return False


class Hairline(QFrame):
    """What separates two areas."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "hairline")
        self.setFixedHeight(1)


def ground(widget: QWidget, name: str) -> None:
    """Give a plain widget the ground *name* of the stylesheet (`card` or `background`)."""
    widget.setProperty("ground", name)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def dress_anew(widget: QWidget) -> None:
    """Have the stylesheet look again at what *widget* and those in it are, after a property has changed.

    `style().polish` would bring to life the names of everything a style can paint: 0.5 MiB.
    """
    widget.setStyleSheet("")
