"""The places of a phrase that are filled in before it goes: their names, kinds, and what they begin with."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sidebar.domain.detail_sheets import DetailSheet, FieldSheet
from sidebar.domain.phrase_details import FieldKind
from sidebar.services.editing import Checked
from sidebar.ui.body_box import BodyBox
from sidebar.ui.controls import WordButton
from sidebar.ui.field_editors import boxed
from sidebar.ui.followup_form import framed
from sidebar.ui.form_panel import beside
from sidebar.ui.given_line import GivenLine
from sidebar.ui.picker import Picker
from sidebar.ui.section import Join, RowSection, SectionRow
from sidebar.ui.theme import Theme
from sidebar.ui.wording import _

_OFFERED = 4
"""Names in the text that are offered at once; the others come when these are fields."""


class FieldSection(RowSection):
    """A row for each; names in the text that nothing fills in are offered."""

    place_wanted = Signal(str)
    """The field of that name is to stand in the text, where the caret is."""

    def __init__(self, parent: QWidget, *, join: Join) -> None:
        super().__init__(parent, join=join)
        self._offered: tuple[str, ...] = ()
        self._offers = QVBoxLayout()
        self._offers.setSpacing(4)
        self._column.insertLayout(0, self._offers)
        self.retranslate()

    def show_details(self, sheet: DetailSheet) -> None:
        self._have([self._row(field) for field in sheet.fields])

    def told(self, sheet: DetailSheet) -> DetailSheet:
        return replace(sheet, fields=tuple(row.sheet() for row in self.rows if isinstance(row, _FieldRow)))

    def show_checked(self, checked: Checked, shown: Theme) -> None:  # noqa: ARG002 (for those with colours)
        names = checked.nameless[:_OFFERED]
        if names != self._offered:
            self._offered = names
            self._offer(names)

    def retranslate(self) -> None:
        super().retranslate()
        self._add.say(_("＋ 加一个填写项"))
        self._offer(self._offered)

    def _offer(self, names: Sequence[str]) -> None:
        while (item := self._offers.takeAt(0)) is not None:
            button = item.widget()
            if button is not None:
                button.hide()
                button.deleteLater()
        for name in names:
            offer = WordButton(self, role="choice", height=26)
            offer.say(_("＋ 正文里的 {name}").format(name=f"{{{name}}}").replace("&", "&&"))
            offer.clicked.connect(lambda _checked=False, name=name: self._take(name))
            self._offers.addWidget(offer)
            offer.show()

    def _take(self, name: str) -> None:
        """Make the place *name* a field; a row begun and left empty is the one."""
        for row in self.rows:
            if isinstance(row, _FieldRow) and row.sheet() == FieldSheet():
                row.name.setText(name)
                self.keyboard_wanted.emit(row.first)
                return
        self._append(self._row(FieldSheet(name=name)))
        self.keyboard_wanted.emit(self.rows[-1].first)
        self.typed.emit()

    def _made(self) -> SectionRow:
        return self._row(FieldSheet())

    def _row(self, field: FieldSheet) -> "_FieldRow":
        row = _FieldRow(self, field, join=self._join)
        row.place.clicked.connect(lambda: self.place_wanted.emit(row.name.text().strip()))
        return row


class _FieldRow(SectionRow):
    """What a field begins with is a line, or a box where it has several."""

    def __init__(self, parent: QWidget, field: FieldSheet, *, join: Join) -> None:
        super().__init__(parent)
        self.name, self._default = GivenLine(), GivenLine()
        self._paragraph, self._choices = BodyBox(height=62), BodyBox(height=62)
        self._kind = Picker(self)
        self._remember, self.place = WordButton(self, role="choice", height=28), WordButton(self, height=28)
        self._remember.setCheckable(True)
        self._paragraph_frame = boxed(self._paragraph, self)
        self._choices_frame = boxed(self._choices, self)
        self._default_frame = framed(self._default, self)
        self.content.addWidget(beside(self, framed(self.name, self), self._kind))
        for part in (self._choices_frame, self._default_frame, self._paragraph_frame):
            self.content.addWidget(part)
        self.content.addWidget(beside(self, self._remember, self.place))
        self._fill(field)
        for each in (self.name, self._default, self._paragraph, self._choices):
            each.textChanged.connect(self.typed)
            join(each)
        join(self._kind)
        self._kind.picked.connect(self._on_kind_picked)
        self._remember.toggled.connect(self.typed)
        self.name.textChanged.connect(lambda text: self.place.setEnabled(bool(text.strip())))

    @property
    def first(self) -> QWidget:
        return self.name

    def sheet(self) -> FieldSheet:
        """What stands in the row."""
        several = self._kind.value == FieldKind.PARAGRAPH
        return FieldSheet(
            name=self.name.typed,
            kind=FieldKind(self._kind.value),
            default=self._paragraph.typed if several else self._default.typed,
            choices=self._choices.typed,
            remember=self._remember.isChecked(),
        )

    def retranslate(self) -> None:
        number = self.number
        self._offer(self._kind.value)
        for field, name, example in (
            (self.name, _("填写项 {number} 的名称"), _("名称，比如 单号")),
            (self._default, _("填写项 {number} 先填好的"), _("先填好的，可以不写")),
            (self._paragraph, _("填写项 {number} 先填好的"), _("先填好的，可以不写")),
            (self._choices, _("填写项 {number} 的选项"), _("选项，一行一个")),
        ):
            field.setAccessibleName(name.format(number=number))
            field.setPlaceholderText(example)
        self._remember.say(_("记住上次填的"))
        self.place.say(_("放进正文"), hint=_("在正文的光标处写上这一项"))
        self.remove.say("×", name=_("去掉填写项 {number}").format(number=number), hint=_("去掉"))

    def _fill(self, field: FieldSheet) -> None:
        self._offer(str(field.kind))
        self.name.give(field.name)
        self._default.give("" if field.kind is FieldKind.PARAGRAPH else field.default)
        self._paragraph.give(field.default if field.kind is FieldKind.PARAGRAPH else "")
        self._choices.give(field.choices)
        self._remember.setChecked(field.remember)
        self.place.setEnabled(bool(field.name.strip()))
        self._arrange()

    def _offer(self, kind: str) -> None:
        kinds = (
            (FieldKind.TEXT, _("一行字")),
            (FieldKind.PARAGRAPH, _("多行字")),
            (FieldKind.NUMBER, _("数字")),
            (FieldKind.CHOICE, _("选一个")),
            (FieldKind.DATE, _("日期")),
            (FieldKind.TIME, _("时间")),
        )
        self._kind.offer(_("填"), [(str(each), words) for each, words in kinds], kind)

    def _arrange(self) -> None:
        kind = self._kind.value
        self._choices_frame.setVisible(kind == FieldKind.CHOICE)
        self._paragraph_frame.setVisible(kind == FieldKind.PARAGRAPH)
        self._default_frame.setVisible(kind != FieldKind.PARAGRAPH)

    def _on_kind_picked(self) -> None:
        several = self._kind.value == FieldKind.PARAGRAPH
        if several and not self._paragraph.words:
            self._paragraph.setPlainText(self._default.text())
        elif not several and not self._default.text():
            self._default.setText(" ".join(self._paragraph.words.split("\n")))
        self._arrange()
        self.typed.emit()
