"""What the wording check says of the phrase being written: why, what instead, and how to let it pass."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sidebar.domain.phrase_details import Allowance
from sidebar.domain.wording_rules import Remark, WordingRule
from sidebar.ui import endings, wording
from sidebar.ui.controls import Hint, WordButton
from sidebar.ui.followup_form import framed
from sidebar.ui.typing_line import TypingLine
from sidebar.ui.wording import _

_SHOWN = 4
"""Remarks told at once; the rest come when these are gone."""


class RemarkList(QWidget):
    """A line for each rule that has something to say, and for each that is switched off here."""

    allow_requested = Signal(str, str)
    """A rule is not to hold for this phrase, and why."""
    disallow_requested = Signal(str)
    keyboard_wanted = Signal(QWidget)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: object = None
        self._asked = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def show_remarks(
        self,
        remarks: "Sequence[tuple[str, Remark]]",
        allowed: "Sequence[tuple[Allowance, WordingRule | None]]",
    ) -> None:
        by_rule = {remark.rule.id: remark for _text, remark in reversed(remarks)}
        told = tuple((each.rule.id, endings.wording_remark((each,))) for each in by_rule.values())
        shown = (told, tuple(allowed))
        if shown == self._shown or self._asked in by_rule:
            return  # nobody's reason is taken away while it is typed
        self._shown = shown
        self._clear()
        for rule, sentence in tuple(reversed(told))[:_SHOWN]:
            grave = by_rule[rule].stops
            self._add(sentence, "trouble" if grave else "warned", _("这里不查…"), partial(self._ask, rule))
        for each, rule_itself in allowed:
            why = "" if rule_itself is None else rule_itself.why(wording.language())
            words = _("已放行「{rule}」：{reason}").format(rule=why or each.rule, reason=each.reason)
            self._add(words, "quiet", _("照查"), partial(self.disallow_requested.emit, each.rule))
        self.setVisible(bool(told or allowed))

    def _add(self, sentence: str, role: str, word: str, act: "partial[None]") -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        hint = Hint(self, role=role)
        hint.say(sentence)
        button = WordButton(self, role="quiet", height=22)
        button.say(word)
        button.clicked.connect(lambda: act())
        row.addWidget(hint, 1)
        row.addWidget(button)
        holder = QWidget(self)
        holder.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(holder)
        holder.show()

    def _ask(self, rule: str) -> None:
        """Ask for the reason in place; the one given beforehand will do."""
        if self._asked:
            return
        self._asked = rule
        line = self._reason(rule)
        self._column.addWidget(line)
        line.show()
        self.keyboard_wanted.emit(line.findChild(TypingLine))

    def _reason(self, rule: str) -> QWidget:
        line = TypingLine()
        line.setText(_("本店确认过"))
        line.selectAll()
        line.setAccessibleName(_("为什么可以这样说"))
        line.setPlaceholderText(_("为什么可以这样说"))
        line.keyboard_wanted.connect(lambda: self.keyboard_wanted.emit(line))
        line.accepted.connect(lambda: self._allow(rule, line.text().strip()))
        line.left.connect(self._forget)
        return framed(line, self)

    def _allow(self, rule: str, reason: str) -> None:
        if reason:
            self._forget()
            self.allow_requested.emit(rule, reason)

    def _forget(self) -> None:
        self._asked = ""
        self._shown = None
        self._clear()
        self.hide()

    def _clear(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
