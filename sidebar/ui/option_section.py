"""The ways out that the buyer is offered: what each is, its pros and cons, and the rule it rests on."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from sidebar.domain.detail_sheets import DetailSheet
from sidebar.domain.phrase_details import MOST_OPTIONS, Option
from sidebar.ui.followup_form import framed
from sidebar.ui.form_panel import beside
from sidebar.ui.given_line import GivenLine
from sidebar.ui.section import Join, RowSection, SectionRow
from sidebar.ui.wording import _


class OptionSection(RowSection):
    """At most three of them."""

    most = MOST_OPTIONS

    def __init__(self, parent: QWidget, *, join: Join) -> None:
        super().__init__(parent, join=join)
        self.retranslate()

    def show_details(self, sheet: DetailSheet) -> None:
        self._have([_OptionRow(self, option, join=self._join) for option in sheet.options])

    def told(self, sheet: DetailSheet) -> DetailSheet:
        rows = (row.option() for row in self.rows if isinstance(row, _OptionRow))
        return replace(sheet, options=tuple(rows))

    def retranslate(self) -> None:
        super().retranslate()
        self._add.say(_("＋ 加一个方案"))

    def _made(self) -> SectionRow:
        return _OptionRow(self, Option(text=""), join=self._join)


class _OptionRow(SectionRow):
    def __init__(self, parent: QWidget, option: Option, *, join: Join) -> None:
        super().__init__(parent)
        self._text, self._pros, self._cons, self._rule = (GivenLine() for _each in range(4))
        for line, text in (
            (self._text, option.text),
            (self._pros, option.pros),
            (self._cons, option.cons),
            (self._rule, option.rule),
        ):
            line.give(text)
            line.textChanged.connect(self.typed)
            join(line)
        self.content.addWidget(framed(self._text, self))
        self.content.addWidget(beside(self, framed(self._pros, self), framed(self._cons, self)))
        self.content.addWidget(framed(self._rule, self))

    @property
    def first(self) -> QWidget:
        return self._text

    def option(self) -> Option:
        """What stands in the row."""
        return Option(
            text=self._text.typed, pros=self._pros.typed, cons=self._cons.typed, rule=self._rule.typed
        )

    def retranslate(self) -> None:
        for line, name, example in (
            (self._text, _("方案 {number}"), _("方案，比如 补发")),
            (self._pros, _("方案 {number} 的好处"), _("好处")),
            (self._cons, _("方案 {number} 要留意的"), _("要留意的")),
            (self._rule, _("方案 {number} 依据的规则"), _("依据哪条规则")),
        ):
            line.setAccessibleName(name.format(number=self.number))
            line.setPlaceholderText(example)
        self.remove.say("×", name=_("去掉方案 {number}").format(number=self.number), hint=_("去掉"))
