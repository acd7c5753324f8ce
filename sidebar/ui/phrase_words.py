"""What a phrase says and is called, with what is to be said of that while it is typed."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sidebar.domain.sheets import Sheet
from sidebar.services.editing import Checked
from sidebar.ui import theme
from sidebar.ui.body_box import BodyBox, marks_in
from sidebar.ui.controls import Hint, WordButton
from sidebar.ui.editor_remarks import RemarkList
from sidebar.ui.field_editors import boxed
from sidebar.ui.followup_form import framed
from sidebar.ui.form_panel import FormField, beside
from sidebar.ui.given_line import GivenLine
from sidebar.ui.preview import Preview
from sidebar.ui.theme import Theme
from sidebar.ui.wording import _


class PhraseWords(QWidget):
    """Shows that part of a sheet: title, text and code, and whether places in the text are filled in."""

    typed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme.LIGHT
        self.new = False
        """Whether the phrase is yet to be written."""
        self._places_decided = False
        self.title, self._code = GivenLine(), GivenLine()
        self.body = BodyBox()
        self._favourite, self._places = (WordButton(self, role="choice", height=32) for _each in range(2))
        self._preview = Preview(self)
        self.remarks = RemarkList(self)
        self._code_trouble = Hint(self, role="trouble")
        for line in (self.title, self._code):
            line.textChanged.connect(self.typed)
        self.body.textChanged.connect(self.typed)
        for button in (self._favourite, self._places):
            button.setCheckable(True)
            button.toggled.connect(self.typed)
        self._lay_out()

    @property
    def fields(self) -> tuple[FormField, ...]:
        return (self.title, self.body, self._code)

    def show_sheet(self, sheet: Sheet) -> None:
        self.title.give(sheet.title)
        self._code.give(sheet.code)
        self.body.give(sheet.body)
        self.body.moveCursor(QTextCursor.MoveOperation.End)
        self._favourite.setChecked(sheet.favourite)
        self._places.setChecked(sheet.placeholders)

    def told(self, sheet: Sheet) -> Sheet:
        """*sheet* with what stands here."""
        return replace(
            sheet,
            title=self.title.typed,
            body=self.body.typed,
            code=self._code.typed,
            favourite=self._favourite.isChecked(),
            placeholders=self._places.isChecked(),
        )

    def show_checked(self, checked: Checked) -> None:
        self._preview.show_text(
            checked.told, typed=self.body.words, longest=checked.longest, loop=checked.loop
        )
        self.remarks.show_remarks(checked.remarks, checked.allowed)
        self._code_trouble.say(_("编码已被「{title}」用了").format(title=checked.taken_by))
        self._code_trouble.setVisible(bool(checked.taken_by))
        self._places.setVisible(checked.has_places)
        if checked.has_places and self.new and not self._places_decided:
            # who writes a place in braces into a new phrase means it to be filled in
            self._places_decided = True
            self._places.setChecked(True)
        self.body.mark(marks_in(self.body.words, checked.remarks, self._theme))

    def show_theme(self, shown: Theme) -> None:
        self._theme = shown
        self._preview.show_theme(shown)

    def retranslate(self) -> None:
        for line, name, example in (
            (self.title, _("标题"), _("标题（不写就取正文开头）")),
            (self._code, _("编码"), _("编码，比如 wlhs")),
        ):
            line.setAccessibleName(name)
            line.setPlaceholderText(example)
        self.body.setAccessibleName(_("正文"))
        self.body.setPlaceholderText(_("正文；花括号里的位置会按当前买家填上"))
        self._favourite.say(_("★ 收藏"))
        self._places.say(_("填空"), hint=_("花括号里的位置发出前换成实际的内容"))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (
            framed(self.title, self),
            boxed(self.body, self),
            self._preview,
            self.remarks,
            beside(self, framed(self._code, self), self._favourite, self._places),
            self._code_trouble,
        ):
            column.addWidget(part)
