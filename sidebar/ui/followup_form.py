"""The little form in which a follow-up is written down: what, and when, in everyday words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sidebar.ui.controls import Hint, WordButton
from sidebar.ui.typing_line import TypingLine
from sidebar.ui.wording import _


class FollowupForm(QWidget):
    """Two lines and two words; closed until asked for."""

    submitted = Signal(str, str)
    """What is to be done, and when, as typed."""
    opened = Signal()
    closed = Signal()
    keyboard_wanted = Signal(QWidget)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._about = TypingLine()
        self._when = TypingLine()
        self._save = WordButton(self, role="main")
        self._cancel = WordButton(self)
        self._hint = Hint(self)
        self._trouble = Hint(self, role="trouble")
        for line in (self._about, self._when):
            line.keyboard_wanted.connect(lambda line=line: self.keyboard_wanted.emit(line))
            line.accepted.connect(self.submit)
            line.left.connect(self.close_form)
            line.words_changed.connect(self._trouble.hide)
        self._save.clicked.connect(self.submit)
        self._cancel.clicked.connect(self.close_form)
        self._lay_out()
        self.hide()

    def open_form(self) -> None:
        """Open with empty lines and ask for the keyboard."""
        self._about.clear()
        self._when.clear()
        self._trouble.hide()
        self.show()
        self.opened.emit()
        self.keyboard_wanted.emit(self._about)

    def close_form(self) -> None:
        if not self.isHidden():
            # first: hiding the line that has the keyboard would pass it to the next one
            self.closed.emit()
            self.hide()

    def submit(self) -> None:
        """Hand the lines over and close, unless `refuse` was answered meanwhile."""
        about, when = self._about.text().strip(), self._when.text().strip()
        if not when:
            self.refuse(_("什么时候？比如：2小时后、明天10点、今天18点前"))
            return
        self._trouble.hide()
        self.submitted.emit(about or _("跟进"), when)
        if self._trouble.isHidden():
            self.close_form()

    def refuse(self, reason: str) -> None:
        """Stay open and say why what was handed over cannot be used."""
        self._trouble.say(reason)
        self._trouble.show()
        self.keyboard_wanted.emit(self._when)

    def retranslate(self) -> None:
        for line, name in ((self._about, _("要做什么")), (self._when, _("什么时候"))):
            line.setPlaceholderText(name)
            line.setAccessibleName(name)
        self._save.say(_("记下"))
        self._cancel.say(_("取消"))
        self._hint.say(_("时间怎么说都行：30分钟后、今天18点前、明天10点"))

    def _lay_out(self) -> None:
        lines = QHBoxLayout()
        lines.setSpacing(6)
        lines.addWidget(framed(self._about, self), 3)
        lines.addWidget(framed(self._when, self), 2)
        words = QHBoxLayout()
        words.setSpacing(6)
        words.addWidget(self._hint, 1)
        words.addWidget(self._cancel)
        words.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(6)
        column.addLayout(lines)
        column.addWidget(self._trouble)
        column.addLayout(words)


def framed(line: TypingLine, parent: QWidget) -> QFrame:
    """*line* in the frame of a field."""
    frame = QFrame(parent)
    frame.setProperty("role", "field")
    frame.setFixedHeight(32)
    row = QHBoxLayout(frame)
    row.setContentsMargins(10, 0, 10, 0)
    row.addWidget(line)
    return frame
