"""The little form for a phrase's fields, in the phrases' place: Enter inserts, Esc gives up."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from sidebar.domain.field_values import FieldProblem
from sidebar.domain.phrase_details import FieldKind
from sidebar.services.filling_in import Asked, FillingIn
from sidebar.ui import endings, fonts
from sidebar.ui.controls import Hint, WordButton, Words
from sidebar.ui.field_editors import ChoiceRow, Editor, ParagraphBox, boxed, typed_in
from sidebar.ui.followup_form import framed
from sidebar.ui.panel import Panel
from sidebar.ui.typing_line import TypingLine
from sidebar.ui.wording import _

_LABEL = 84
"""How wide a field's name may be; a longer one is cut short."""


class FieldsPanel(Panel):
    """Shows the fields of *filling* with the text they make; the first one has the keyboard at once."""

    def __init__(self, filling: FillingIn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = filling
        self._asked = filling.asked()
        self._editors: dict[str, Editor] = {}
        self._trouble = Hint(self, role="trouble")
        self._trouble.hide()
        self._preview = Hint(self)
        self._hint = Hint(self)
        self._insert = WordButton(self, role="main")
        self._insert.clicked.connect(self.submit)
        self._cancel = WordButton(self)
        self._cancel.clicked.connect(self.closed)
        self._show(self._parts())
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._editors:
            self.keyboard_wanted.emit(next(iter(self._editors.values())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that a button has no use for."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)

    def submit(self) -> None:
        """Insert what was filled in, the client in front again; or say what is wrong, and stay."""
        typed = self._typed()
        problems = self._filling.check(typed)
        if problems:
            first = next(asked for asked in self._asked if asked.name in problems)
            self._trouble.say(field_problem(first.name, problems[first.name]))
            self._trouble.show()
            self.keyboard_wanted.emit(self._editors[first.name])
            return
        verdict = self._filling.judge(typed)
        if verdict.stopped:
            remark = endings.wording_remark(verdict.remarks)
            self._trouble.say(_("{remark}；仍要插入，请再按一次「插入话术」。").format(remark=remark))
            self._trouble.show()
            return
        self.closed.emit()
        self._filling.insert(typed, verdict)

    def retranslate(self) -> None:
        super().retranslate()
        self._heading.say(self._filling.title)
        self._insert.say(_("插入话术"))
        self._cancel.say(_("取消"))
        for asked in self._asked:
            editor = self._editors[asked.name]
            if isinstance(editor, ChoiceRow):
                editor.say(asked.name)
            else:
                editor.setAccessibleName(asked.name)
                editor.setPlaceholderText(_example(asked.kind))
        several = len(self._asked) > 1
        self._hint.say(_("Tab 下一格，Enter 插入，Esc 放弃") if several else _("Enter 插入，Esc 放弃"))

    def _typed(self) -> dict[str, str]:
        return {name: typed_in(editor) for name, editor in self._editors.items()}

    def _refresh(self) -> None:
        self._trouble.hide()
        self._preview.say(self._filling.preview(self._typed()))

    def _parts(self) -> Iterator[QWidget]:
        """The text they make first: it must be seen however many fields there are."""
        yield self._preview
        metrics = QFontMetrics(fonts.text(12))
        widest = max((metrics.horizontalAdvance(asked.name) for asked in self._asked), default=0)
        for asked in self._asked:
            yield self._row(asked, min(widest, _LABEL))
        yield self._trouble
        yield self._words()

    def _row(self, asked: Asked, wide: int) -> QWidget:
        """The field's name and beside it what it is filled in with."""
        label = Words(self, role="quiet", size=12)
        label.say(asked.name)
        label.setFixedWidth(wide)
        shown = QWidget(self)
        row = QHBoxLayout(shown)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self._editor(asked), 1)
        return shown

    def _editor(self, asked: Asked) -> QWidget:
        """The editor for *asked*, joined, in what it is shown in."""
        if asked.kind is FieldKind.CHOICE:
            row = ChoiceRow(asked.choices, asked.value, parent=self)
            row.chosen_changed.connect(self._refresh)
            return self._joined(asked, row, row)
        if asked.kind is FieldKind.PARAGRAPH:
            box = ParagraphBox()
            box.setPlainText(asked.value)
            box.textChanged.connect(self._refresh)
            return self._joined(asked, box, boxed(box, self))
        line = TypingLine()
        line.setText(asked.value)
        line.selectAll()
        line.words_changed.connect(self._refresh)
        return self._joined(asked, line, framed(line, self))

    def _joined(self, asked: Asked, editor: Editor, shown: QWidget) -> QWidget:
        self._editors[asked.name] = editor
        editor.keyboard_wanted.connect(lambda: self.keyboard_wanted.emit(editor))
        editor.accepted.connect(self.submit)
        editor.left.connect(self.closed)
        return shown

    def _words(self) -> QWidget:
        words = QFrame(self)
        row = QHBoxLayout(words)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._hint, 1)
        row.addWidget(self._cancel)
        row.addWidget(self._insert)
        return words


def field_problem(name: str, problem: FieldProblem) -> str:
    """What is wrong with what stands in the field *name*, and what would be right."""
    return {
        FieldProblem.EMPTY: _("{name} 还空着"),
        FieldProblem.NOT_A_NUMBER: _("{name} 要填数字，比如 2 或 19.9"),
        FieldProblem.NOT_A_CHOICE: _("{name} 还没有选：按数字键选一个"),
        FieldProblem.NOT_A_DATE: _("{name} 要填日期，比如：今天、明天、11月25日"),
        FieldProblem.NOT_A_TIME: _("{name} 要填时间，比如：18:00、下午3点"),
    }[problem].format(name=name)


def _example(kind: FieldKind) -> str:
    return {
        FieldKind.DATE: _("今天、明天、11月25日"),
        FieldKind.TIME: _("18:00、下午3点"),
        FieldKind.NUMBER: _("数字"),
        FieldKind.PARAGRAPH: _("Shift+Enter 换行"),
    }.get(kind, "")
