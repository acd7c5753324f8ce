"""What a phrase promises the buyer, and what is to be done after it without their being told."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from sidebar.domain.detail_sheets import DetailSheet
from sidebar.services.editing import Checked
from sidebar.ui import editor_words
from sidebar.ui.controls import Hint
from sidebar.ui.followup_form import framed
from sidebar.ui.form_panel import beside
from sidebar.ui.given_line import GivenLine
from sidebar.ui.section import Join, Section
from sidebar.ui.theme import Theme
from sidebar.ui.wording import _


class PromiseSection(Section):
    """Times are typed as people say them, and told back as a clock time."""

    def __init__(self, parent: QWidget, *, join: Join) -> None:
        super().__init__(parent, join=join)
        self._promised, self._promise_about = GivenLine(), GivenLine()
        self._after, self._within, self._about = GivenLine(), GivenLine(), GivenLine()
        self._due, self._apart = Hint(self), Hint(self)
        for line in (self._promised, self._promise_about, self._after, self._within, self._about):
            line.textChanged.connect(self.typed)
            join(line)
        for part in (
            beside(self, framed(self._promised, self), framed(self._promise_about, self)),
            self._due,
            self._apart,
            beside(self, framed(self._after, self), framed(self._within, self)),
            framed(self._about, self),
        ):
            self._column.addWidget(part)
        self._due.hide()
        self.retranslate()

    def show_details(self, sheet: DetailSheet) -> None:
        self._promised.give(sheet.promise_within, editor_words.span(sheet.promise_within))
        self._promise_about.give(sheet.promise_about)
        self._after.give(sheet.after, editor_words.span(sheet.after))
        self._within.give(sheet.within, editor_words.span(sheet.within))
        self._about.give(sheet.about)

    def told(self, sheet: DetailSheet) -> DetailSheet:
        return replace(
            sheet,
            promise_within=self._promised.typed,
            promise_about=self._promise_about.typed,
            after=self._after.typed,
            within=self._within.typed,
            about=self._about.typed,
        )

    def point_out(self, row: int) -> None:
        self.keyboard_wanted.emit(self._after if row else self._promised)

    def show_checked(self, checked: Checked, shown: Theme) -> None:  # noqa: ARG002 (for those with colours)
        self._due.setVisible(checked.due is not None)
        if checked.due is not None:
            self._due.say(editor_words.due_if_sent_now(checked.due))

    def retranslate(self) -> None:
        for line, name, example in (
            (self._promised, _("答应多久之内"), _("多久之内，比如 2小时")),
            (self._promise_about, _("答应什么"), _("答应什么，比如 回电")),
            (self._after, _("多久以后跟进"), _("多久以后，比如 1天")),
            (self._within, _("最迟多久跟进"), _("最迟，比如 3天")),
            (self._about, _("跟进做什么"), _("做什么，比如 回访满意度")),
        ):
            line.setAccessibleName(name)
            line.setPlaceholderText(example)
        self._apart.say(_("另外的跟进，不告诉买家："))
