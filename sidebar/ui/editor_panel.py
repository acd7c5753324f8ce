"""The form a phrase is written in, in the phrases' place: Ctrl+Enter or Ctrl+S saves, Esc gives up."""

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sidebar.domain.edits import PackPlace
from sidebar.domain.phrases import Category, Colour, Stage
from sidebar.domain.sheets import Sheet
from sidebar.services.editing import Checked, EditView
from sidebar.ui import editor_words, theme, wording
from sidebar.ui.body_box import BodyBox, Mark
from sidebar.ui.controls import Hairline, Hint, WordButton
from sidebar.ui.editor_remarks import RemarkList
from sidebar.ui.field_editors import boxed
from sidebar.ui.followup_form import framed
from sidebar.ui.panel import Panel
from sidebar.ui.picker import Picker
from sidebar.ui.preview import Preview
from sidebar.ui.theme import Theme
from sidebar.ui.typing_line import TypingLine
from sidebar.ui.wording import _

_Typed = TypingLine | BodyBox | Picker


class EditorPanel(Panel):
    """Shows a sheet and what is to be said of it; the first line has the keyboard at once."""

    needs_room = True

    typed = Signal()
    """Something in the form is another now."""
    save_requested = Signal()
    drop_draft_requested = Signal()
    take_theirs_requested = Signal()
    keep_mine_requested = Signal()
    take_shipped_requested = Signal()
    clipboard_requested = Signal()
    many_requested = Signal()
    allow_requested = Signal(str, str)
    disallow_requested = Signal(str)
    left = Signal()
    """The form is no longer seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: EditView | None = None
        self._sheet = Sheet()
        self._theme = theme.LIGHT
        self._filling = False
        self._places_decided = False
        self._title, self._code, self._group, self._tags = (TypingLine() for _each in range(4))
        self._given: dict[TypingLine | BodyBox, tuple[str, str]] = {}
        """What each field showed at first, and of what text: Qt knows fewer kinds of spaces and breaks."""
        self._text = BodyBox()
        self._stage, self._category, self._colour, self._file = (Picker(self) for _each in range(4))
        self._favourite, self._places = (WordButton(self, role="choice", height=30) for _each in range(2))
        self._preview = Preview(self)
        self._remarks = RemarkList(self)
        self._about = _Stack(self)
        self._trouble, self._hint, self._code_trouble = Hint(self, role="trouble"), Hint(self), Hint(self)
        self._code_trouble.setProperty("role", "trouble")
        self._save, self._cancel = WordButton(self, role="main"), WordButton(self)
        self._clipboard, self._many = WordButton(self), WordButton(self)
        self._show(self._parts())
        self._lay_out_end()
        self._join()

    def show_sheet(self, sheet: Sheet) -> None:
        """Have *sheet* in the form."""
        self._sheet = sheet
        self._filling = True
        for line, text in self._lines(sheet):
            line.setText(text)
            self._given[line] = (line.text(), text)
        self._text.setPlainText(sheet.body)
        self._text.moveCursor(QTextCursor.MoveOperation.End)
        self._given[self._text] = (self._text.words, sheet.body)
        self._favourite.setChecked(sheet.favourite)
        self._places.setChecked(sheet.placeholders)
        self._offer()
        self._filling = False
        self.typed.emit()

    def sheet(self) -> Sheet:
        """What the form holds."""
        return replace(
            self._sheet,
            title=self._typed(self._title),
            body=self._typed(self._text),
            code=self._typed(self._code),
            group=self._typed(self._group),
            tags=self._typed(self._tags),
            stage=Stage(self._stage.value) if self._stage.value else None,
            category=Category(self._category.value) if self._category.value else None,
            colour=Colour(self._colour.value) if self._colour.value else None,
            favourite=self._favourite.isChecked(),
            placeholders=self._places.isChecked(),
            file=self._file.value,
        )

    def show_view(self, view: EditView) -> None:
        if view == self._view:
            return
        packs_known = self._view is not None and self._view.standing is not None
        self._view = view
        self._save.setEnabled(not view.busy)
        if view.standing is not None and not packs_known:
            self._sheet = replace(self.sheet(), file=self._sheet.file or view.standing.file)
            self._filling = True
            self._offer()
            self._filling = False
        self._say_view(view)

    def show_checked(self, checked: Checked) -> None:
        """Tell what is to be said of what is typed."""
        self._preview.show_text(checked, body=self._text.words)
        self._remarks.show_remarks(checked.remarks, self._sheet.allow)
        self._code_trouble.say(_("编码已被「{title}」用了").format(title=checked.taken_by))
        self._code_trouble.setVisible(bool(checked.taken_by))
        self._places.setVisible(checked.has_places)
        if checked.has_places and self._view is not None and self._view.new and not self._places_decided:
            # who writes a place in braces into a new phrase means it to be filled in
            self._places_decided = True
            self._places.setChecked(True)
        body = self._text.words
        self._text.mark(self._marks(checked, body))

    def refuse_empty(self) -> None:
        """Stay open: there is no text."""
        self._tell(_("还没有正文"))
        self.keyboard_wanted.emit(self._text)

    def put_text(self, text: str) -> None:
        """Put *text* where the caret is in the body."""
        self._text.insertPlainText(text)
        self.keyboard_wanted.emit(self._text)

    def change_sheet(self, sheet: Sheet) -> None:
        """Take what the form does not show from *sheet*."""
        self._sheet = replace(self._sheet, allow=sheet.allow)
        self.typed.emit()

    def show_theme(self, shown: Theme) -> None:
        self._theme = shown
        self._preview.show_theme(shown)
        self.typed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        new = self._view is not None and self._view.new
        self.keyboard_wanted.emit(self._title if not new or not self._text.words else self._text)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no field has a use for."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif control and (enter or event.key() == Qt.Key.Key_S):
            self._request_save()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        super().retranslate()
        for line, name, example in (
            (self._title, _("标题"), _("标题（不写就取正文开头）")),
            (self._code, _("编码"), _("编码，比如 wlhs")),
            (self._group, _("分组"), _("分组，比如 物流/核实")),
            (self._tags, _("标签"), _("标签，用逗号隔开")),
        ):
            line.setAccessibleName(name)
            line.setPlaceholderText(example)
        self._text.setAccessibleName(_("正文"))
        self._text.setPlaceholderText(_("正文；花括号里的位置会按当前买家填上"))
        self._favourite.say(_("★ 收藏"))
        self._places.say(_("填空"), hint=_("花括号里的位置发出前换成实际的内容"))
        self._save.say(_("保存"))
        self._cancel.say(_("取消"))
        self._clipboard.say(_("贴剪贴板"))
        self._many.say(_("一次贴多条…"))
        self._hint.say(_("Ctrl+Enter 保存，Esc 放弃"))
        self._sheet = self.sheet()
        self._offer()
        if self._view is not None:
            self._say_view(self._view)
        self.typed.emit()

    def _typed(self, field: TypingLine | BodyBox) -> str:
        """What *field* holds, or what it was given where nobody has touched it."""
        words = field.words if isinstance(field, BodyBox) else field.text()
        shown, given = self._given.get(field, ("", ""))
        return given if words == shown else words

    def _lines(self, sheet: Sheet) -> tuple[tuple[TypingLine, str], ...]:
        return (
            (self._title, sheet.title),
            (self._code, sheet.code),
            (self._group, sheet.group),
            (self._tags, sheet.tags),
        )

    def _say_view(self, view: EditView) -> None:
        self._heading.say(_("新话术") if view.new else _("修改话术"))
        for button in (self._clipboard, self._many):
            button.setVisible(view.new)
        self._about.show_parts(tuple(self._about_parts(view)))
        self._tell("" if view.trouble is None else editor_words.trouble(view.trouble))

    def _about_parts(self, view: EditView) -> Iterator[QWidget]:
        """What the agent should know before anything else, and what can be done about it."""
        if view.outdated is not None:
            yield self._said(editor_words.outdated(view.outdated), "trouble")
            yield self._acts(
                (_("用那边的"), self.take_theirs_requested), (_("仍存我的"), self.save_requested)
            )
        if view.news is not None:
            yield self._said(_("自带的这一句已更新：{text}").format(text=view.news.body))
            yield self._acts(
                (_("换成新的"), self.take_shipped_requested), (_("留我的"), self.keep_mine_requested)
            )
        elif view.standing is not None and view.standing.shipped is not None and not view.standing.file:
            yield self._said(_("自带的话术：保存后成为你自己的一份，原来的不动。"))
        if view.drafted:
            yield self._said(_("这是上次没保存的，接着写就行。"))
            yield self._acts((_("不要草稿"), self.drop_draft_requested))

    def _said(self, text: str, role: str = "quiet") -> Hint:
        hint = Hint(self, role=role)
        hint.say(text)
        return hint

    def _acts(self, *acts: tuple[str, SignalInstance]) -> QWidget:
        row, shown = _row(self)
        for words, signal in acts:
            button = WordButton(self, height=26)
            button.say(words)
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addStretch(1)
        return shown

    def _tell(self, sentence: str) -> None:
        self._trouble.say(sentence)
        self._trouble.setVisible(bool(sentence))

    def _marks(self, checked: Checked, body: str) -> Iterator[Mark]:
        for text, remark in checked.remarks:
            if text == body.rstrip():
                yield remark.start, remark.end, self._theme.bad if remark.stops else self._theme.warn

    def _offer(self) -> None:
        """Have the choices in the language in use, those of the sheet chosen."""
        sheet = self._sheet
        none = ("", _("不限"))
        stages = [(str(each), wording.stage_name(each)) for each in Stage]
        categories = [(str(each), wording.category_chip(each)) for each in Category]
        colours = [(str(each), editor_words.colour(each)) for each in Colour]
        self._stage.offer(_("阶段"), [none, *stages], str(sheet.stage or ""))
        self._category.offer(_("类别"), [none, *categories], str(sheet.category or ""))
        self._colour.offer(_("颜色"), [("", _("无")), *colours], str(sheet.colour or ""))
        self._file.offer(_("存到"), self._packs(), sheet.file)

    def _packs(self) -> list[tuple[str, str]]:
        standing = self._view.standing if self._view is not None else None
        packs: tuple[PackPlace, ...] = () if standing is None else standing.packs
        own = () if standing is not None and standing.file else (("", _("我的话术")),)
        return [*own, *((each.file, each.name) for each in packs if each.file != editor_words.OWN or not own)]

    def _request_save(self) -> None:
        if self._save.isEnabled():
            self.save_requested.emit()

    def _on_typed(self) -> None:
        if not self._filling:
            self._tell("")
            self.typed.emit()

    def _parts(self) -> Iterator[QWidget]:
        yield self._about
        yield framed(self._title, self)
        yield boxed(self._text, self)
        yield self._preview
        yield self._remarks
        yield self._beside(framed(self._code, self), self._favourite, self._places)
        yield self._code_trouble
        yield framed(self._group, self)
        yield framed(self._tags, self)
        yield self._beside(self._stage, self._category)
        yield self._beside(self._colour, self._file)
        yield self._beside(self._clipboard, self._many)

    def _beside(self, *parts: QWidget) -> QWidget:
        row, shown = _row(self)
        for part in parts:
            row.addWidget(part, 1)
        return shown

    def _lay_out_end(self) -> None:
        """What must be seen however far the form is scrolled."""
        row = QHBoxLayout()
        row.setContentsMargins(12, 6, 12, 8)
        row.setSpacing(6)
        row.addWidget(self._hint, 1)
        row.addWidget(self._cancel)
        row.addWidget(self._save)
        self._trouble.setContentsMargins(12, 4, 12, 0)
        column = self.layout()
        assert isinstance(column, QVBoxLayout), "a panel is one column"
        column.addWidget(Hairline(self))
        column.addWidget(self._trouble)
        column.addLayout(row)

    def _join(self) -> None:
        for line in (self._title, self._code, self._group, self._tags):
            line.textChanged.connect(self._on_typed)
            self._let_type(line)
        self._text.textChanged.connect(self._on_typed)
        self._let_type(self._text)
        for picker in (self._stage, self._category, self._colour, self._file):
            picker.picked.connect(self._on_typed)
            picker.accepted.connect(self._on_accepted)
            picker.left.connect(self.closed)
        for button in (self._favourite, self._places):
            button.setCheckable(True)
            button.toggled.connect(self._on_typed)
        self._remarks.allow_requested.connect(self.allow_requested)
        self._remarks.disallow_requested.connect(self.disallow_requested)
        self._remarks.keyboard_wanted.connect(self.keyboard_wanted)
        self._clipboard.clicked.connect(self.clipboard_requested)
        self._many.clicked.connect(self.many_requested)
        self._cancel.clicked.connect(self.closed)
        self._save.clicked.connect(self._request_save)

    def _let_type(self, field: TypingLine | BodyBox) -> None:
        field.keyboard_wanted.connect(lambda: self.keyboard_wanted.emit(field))
        field.accepted.connect(self._on_accepted)
        field.left.connect(self.closed)

    def _on_accepted(self, control: bool) -> None:
        """Enter goes on to the next field, with Ctrl it saves."""
        if control:
            self._request_save()
        else:
            self.focusNextChild()


class _Stack(QWidget):
    """Parts one below the other that come and go."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def show_parts(self, parts: tuple[QWidget, ...]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for part in parts:
            self._column.addWidget(part)
            part.show()
        self.setVisible(bool(parts))


def _row(parent: QWidget) -> tuple[QHBoxLayout, QWidget]:
    shown = QWidget(parent)
    row = QHBoxLayout(shown)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    return row, shown
