"""The box a phrase's text is written in; what the wording check finds is underlined where it stands."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QColor, QInputMethodEvent, QKeyEvent, QMouseEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from sidebar.ui import fonts
from sidebar.ui.enclosing import encloses
from sidebar.ui.theme import Theme

if TYPE_CHECKING:  # few texts have any
    from sidebar.domain.wording_rules import Remark

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

Mark = tuple[int, int, str]
"""From and to which character, and in what colour."""


class BodyBox(QPlainTextEdit):
    """Enter begins a line; Ctrl+Enter is done, Esc leaves, Tab goes on."""

    keyboard_wanted = Signal()
    accepted = Signal(bool)
    left = Signal()
    enclosing_requested = Signal(object)
    """Pictures or files were dropped on it or pasted: a `QMimeData`, good for the moment."""

    def __init__(self, parent: QWidget | None = None, *, height: int = 104) -> None:
        super().__init__(parent)
        self.setFont(fonts.text(13))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setFixedHeight(height)
        self.document().setDocumentMargin(2)
        self._preedit = ""
        self._given = ("", "")
        """What it showed at first, and of what text."""

    @property
    def typed(self) -> str:
        """What it holds, or what it was given where nobody has touched it."""
        shown, given = self._given
        return given if self.words == shown else self.words

    def give(self, text: str) -> None:
        """Hold *text*, of which Qt knows fewer kinds of spaces and breaks."""
        self.setPlainText(text)
        self._given = (self.words, text)

    @property
    def words(self) -> str:
        """The text, whose kinds of spaces Qt would make one."""
        return self.document().toRawText().replace("\u2029", "\n")

    def mark(self, marks: Iterable[Mark]) -> None:
        """Underline these stretches of the text, counted in characters as Python does."""
        text = self.words
        self.setExtraSelections([self._selection(text, *each) for each in marks])

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return encloses(source) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if encloses(source):
            self.enclosing_requested.emit(source)
        else:
            super().insertFromMimeData(source)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.keyboard_wanted.emit()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self._preedit:
            return  # the letters belong to the input method
        if event.key() in _ENTER and control:
            self.accepted.emit(True)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _selection(self, text: str, start: int, end: int, colour: str) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(text[:start]))
        cursor.setPosition(_units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wave.setUnderlineColor(QColor(colour))
        selection.cursor = cursor
        selection.format = wave
        return selection


def marks_in(text: str, remarks: "Iterable[tuple[str, Remark]]", shown: Theme) -> Iterator[Mark]:
    """Where in *text* something was found, in the colour of its gravity."""
    for found_in, remark in remarks:
        if found_in == text.rstrip():
            yield remark.start, remark.end, shown.bad if remark.stops else shown.warn


def _units(text: str) -> int:
    """Qt counts a character outside the basic plane twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
