"""A slim bar for what went wrong: one sentence, in place, until it is solved or sent away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sidebar.services.views import Notice
from sidebar.ui import sentences
from sidebar.ui.controls import Hint, WordButton
from sidebar.ui.sentences import Tone
from sidebar.ui.wording import _


class NoticeBar(QWidget):
    """Shown only while there is something to tell; never modal, never taking the keyboard."""

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notice: Notice | None = None
        self._said = ""
        self._frame = QFrame(self)
        self._sentence = Hint(self, role="notice")
        self._dismiss = WordButton(self, role="quiet", size=13, height=22)
        self._dismiss.setFixedWidth(24)
        self._dismiss.clicked.connect(self.dismissed)
        self._lay_out()
        self.retranslate()
        self.hide()

    def show_notice(self, notice: Notice | None) -> None:
        if notice == self._notice and not self._said:
            return
        self._notice = notice
        self._said = ""
        if notice is None:
            self._tell("", Tone.TROUBLE)
        else:
            self._tell(sentences.notice(notice), sentences.tone(notice))

    def show_sentence(self, sentence: str) -> None:
        """Tell something that is no notice of a service; the next notice takes its place."""
        self._said = sentence
        self._tell(sentence, Tone.TROUBLE)

    def retranslate(self) -> None:
        self._dismiss.say("×", name=_("知道了"), hint=_("知道了"))
        if self._notice is not None and not self._said:
            self._tell(sentences.notice(self._notice), sentences.tone(self._notice))

    def _tell(self, sentence: str, tone: Tone) -> None:
        if tone.value != self._frame.property("tone"):
            self._frame.setProperty("tone", tone.value)
            self._frame.style().polish(self._frame)
        self._sentence.say(sentence)
        self.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        self._frame.setProperty("role", "notice")
        row = QHBoxLayout(self._frame)
        row.setContentsMargins(10, 6, 4, 6)
        row.setSpacing(4)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._dismiss, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 8)
        column.addWidget(self._frame)
