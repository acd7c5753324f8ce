"""Lines to type into: they ask for the keyboard when clicked and know an unfinished composition."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from sidebar.ui import fonts

_SYLLABLE_MARKS = str.maketrans("", "", " '’")
"""Input methods part the syllables of an unfinished word with these; nobody searches for them."""


class TypingLine(QLineEdit):
    """One line of text.

    `words_changed` carries the text together with the letters an input method has not turned
    into characters yet, so that a search can follow them.
    """

    keyboard_wanted = Signal()
    words_changed = Signal(str)
    accepted = Signal(bool)
    """Enter was pressed on finished text; True with Ctrl."""
    left = Signal()
    """Esc was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(fonts.text(13))
        self.setFrame(False)
        self._preedit = ""
        self._words = ""
        self._composing_now = False
        self.textChanged.connect(self._tell)

    @property
    def composing(self) -> bool:
        """Whether an input method holds letters that are not text yet."""
        return bool(self._preedit)

    @property
    def words(self) -> str:
        """The text with the unfinished letters where the caret is."""
        letters = self._preedit.translate(_SYLLABLE_MARKS)
        caret = self.cursorPosition()
        return self.text()[:caret] + letters + self.text()[caret:]

    def replace_words(self, text: str) -> None:
        """Become *text*; a composition under way is given up, it was meant for what stood here before."""
        if self._preedit:
            QGuiApplication.inputMethod().reset()
            self._preedit = ""
        self.setText(text)
        self._tell()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing_now = True
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)
        self._composing_now = False
        self._tell()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.keyboard_wanted.emit()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.composing:
            # the letters belong to the input method; what is not for it is for nobody
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        if not self._composing_now and self.words != self._words:
            self._words = self.words
            self.words_changed.emit(self._words)
