"""The search line of the phrases: typed letters search, arrows mark, Enter inserts."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from sidebar.ui import painting, theme, wording
from sidebar.ui.controls import Words, dress_anew
from sidebar.ui.theme import Theme
from sidebar.ui.typing_line import TypingLine
from sidebar.ui.wording import _

_MOVES = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -4,
    Qt.Key.Key_PageDown: 4,
}

_NONE = Qt.KeyboardModifier.NoModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ACTS = {Qt.Key.Key_F2: "edit"}
_CONTROL_ACTS = {Qt.Key.Key_N: "new", Qt.Key.Key_D: "duplicate", Qt.Key.Key_Z: "undo"}


class SearchLine(TypingLine):
    """A typing line that drives a list it does not know."""

    moved = Signal(int)
    """The mark is to go so many rows down (negative: up)."""
    number_given = Signal(int)
    """Alt and a digit 1–9."""
    act_given = Signal(str)
    """Something is to be done to the marked phrase, or with what is typed; see `editing_acts`."""
    focused = Signal()
    unfocused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._acted = False
        """Something was done to a phrase since a letter was typed: that is what would be undone."""
        self.textEdited.connect(self._on_text_edited)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_0
        alt = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.AltModifier
        if self.composing:
            super().keyPressEvent(event)
        elif event.key() in _MOVES:
            self.moved.emit(_MOVES[Qt.Key(event.key())])
        elif alt and 1 <= number <= 9:
            self.number_given.emit(number)
        elif (act := self._act(event)) is not None:
            self._acted = True
            self.act_given.emit(act)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The key for menus is about the marked phrase, the mouse about the line."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.act_given.emit("menu")
        else:
            super().contextMenuEvent(event)

    def _act(self, event: QKeyEvent) -> str | None:
        """What the key asks for that a line of text has no use for itself."""
        if event.modifiers() in (_NONE, Qt.KeyboardModifier.KeypadModifier):
            return _ACTS.get(Qt.Key(event.key()))
        if event.modifiers() == _CONTROL:
            if event.key() == Qt.Key.Key_Z and self.isUndoAvailable() and self.text() and not self._acted:
                return None
            return _CONTROL_ACTS.get(Qt.Key(event.key()))
        shift_delete = event.key() == Qt.Key.Key_Delete and event.modifiers() == _SHIFT
        return "throw" if shift_delete else None

    def _on_text_edited(self) -> None:
        self._acted = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.unfocused.emit()


class SearchField(QFrame):
    """The line in its frame, with a lens before it and its hotkey behind it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "field")
        self.setFixedHeight(34)
        self.line = SearchLine(self)
        self._lens = _Lens(self)
        self._badge = Words(self, role="badge", size=11)
        self._badge.setFixedHeight(18)
        self._badge.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self._lens)
        row.addWidget(self.line, 1)
        row.addWidget(self._badge)
        self.line.focused.connect(lambda: self._show_held(True))
        self.line.unfocused.connect(lambda: self._show_held(False))
        self.retranslate()

    def set_hotkey(self, text: str) -> None:
        self._badge.say(wording.hotkey(text))
        self._badge.setVisible(bool(text))

    def show_theme(self, shown: Theme) -> None:
        self._lens.theme = shown
        self._lens.update()

    def retranslate(self) -> None:
        self.line.setPlaceholderText(_("找话术：首字母、拼音、文字或编码"))
        self.line.setAccessibleName(_("找话术"))

    def _show_held(self, held: bool) -> None:
        self.setProperty("held", held)
        dress_anew(self)


class _Lens(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme.LIGHT
        self.setFixedSize(14, 14)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 (Qt's own signature)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painting.lens(painter, QRectF(self.rect()).center() - QPointF(0.5, 0.5), self.theme.muted)
