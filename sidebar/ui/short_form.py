"""A form of a line or two in the middle of the sidebar, made when something is to be asked."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sidebar.domain.lean import dataclass
from sidebar.ui.controls import Hint, WordButton
from sidebar.ui.followup_form import framed
from sidebar.ui.typing_line import TypingLine
from sidebar.ui.wording import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a line asks for; `missing` is said where it stays empty, '' where it may."""

    name: str
    value: str = ""
    missing: str = ""


class ShortForm(QWidget):
    """Questions, and a button for each thing to be done with their answers; Enter is the last one's."""

    closed = Signal()
    keyboard_wanted = Signal(QWidget)

    def __init__(
        self,
        questions: Sequence[Question],
        acts: Sequence[tuple[str, Callable[..., None]]],
        parent: QWidget | None = None,
    ) -> None:
        """Each of *acts* is a word and what is done with the lines' texts, in their order."""
        super().__init__(parent)
        self._questions = tuple(questions)
        self._lines = tuple(self._line(question) for question in self._questions)
        self._trouble = Hint(self, role="trouble")
        self._trouble.hide()
        words = QHBoxLayout()
        words.setSpacing(6)
        words.addStretch(1)
        cancel = WordButton(self)
        cancel.say(_("取消"))
        cancel.clicked.connect(self.close_form)
        words.addWidget(cancel)
        for word, act in acts:
            button = WordButton(self, role="main" if act is acts[-1][1] else "")
            button.say(word)
            button.clicked.connect(lambda _checked, act=act: self._do(act))
            words.addWidget(button)
        for line in self._lines:
            line.accepted.connect(lambda: self._do(acts[-1][1]))
        self._lay_out(words)

    def open_form(self) -> None:
        """Show the lines and ask for the keyboard, for the first that is empty."""
        self.show()
        empty = next((line for line in self._lines if not line.text()), self._lines[0])
        empty.end(False)
        self.keyboard_wanted.emit(empty)

    def close_form(self) -> None:
        """Give the keyboard back; the form has served."""
        if not self.isHidden():
            # first: hiding the line that has the keyboard would pass it to the next one
            self.closed.emit()
            self.hide()
            self.deleteLater()

    def _do(self, act: Callable[..., None]) -> None:
        answers = [line.text().strip() for line in self._lines]
        for question, line, answer in zip(self._questions, self._lines, answers, strict=True):
            if question.missing and not answer:
                self._trouble.say(question.missing)
                self._trouble.show()
                self.keyboard_wanted.emit(line)
                return
        self.close_form()
        act(*answers)

    def _line(self, question: Question) -> TypingLine:
        line = TypingLine()
        line.setText(question.value)
        line.home(False)
        line.setPlaceholderText(question.name)
        line.setAccessibleName(question.name)
        line.keyboard_wanted.connect(lambda: self.keyboard_wanted.emit(line))
        line.left.connect(self.close_form)
        line.words_changed.connect(lambda: self._trouble.hide())
        return line

    def _lay_out(self, words: QHBoxLayout) -> None:
        lines = QHBoxLayout()
        lines.setSpacing(6)
        for place, line in enumerate(self._lines):
            lines.addWidget(framed(line, self), 2 + place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(6)
        column.addLayout(lines)
        column.addWidget(self._trouble)
        column.addLayout(words)
