"""The form a phrase is written in, in the phrases' place: Ctrl+Enter or Ctrl+S saves, Esc gives up."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from sidebar.domain.detail_reading import Part, Slip
from sidebar.domain.sheets import Sheet
from sidebar.errors import UserError
from sidebar.services.editing import Checked, EditView
from sidebar.ui import editor_words
from sidebar.ui.body_box import BodyBox
from sidebar.ui.controls import Hint, WordButton
from sidebar.ui.detail_sections import DetailSections
from sidebar.ui.enclosing import encloses
from sidebar.ui.enclosure_section import EnclosureSection
from sidebar.ui.form_panel import FormField, FormPanel, beside
from sidebar.ui.group_line import Suggest, no_group
from sidebar.ui.phrase_place import PhrasePlace
from sidebar.ui.phrase_words import PhraseWords
from sidebar.ui.standing_note import StandingNote
from sidebar.ui.theme import Theme
from sidebar.ui.wording import _


class EditorPanel(FormPanel):
    """Shows a sheet and what is to be said of it; the first line has the keyboard at once."""

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
    paste_requested = Signal()
    """What is on the clipboard is to be enclosed."""
    enclosing_requested = Signal(object)
    """What was dropped or pasted, a `QMimeData`, is to be."""
    left = Signal()
    """The form is no longer seen."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        clients: Sequence[tuple[str, str]] = (),
        suggest: Suggest = no_group,
    ) -> None:
        """*clients* are the names of chat clients and what they are called; *suggest* knows the groups."""
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._view: EditView | None = None
        self._sheet = Sheet()
        self._filling = False
        self._standing = StandingNote(self)
        self._words = PhraseWords(self)
        self._place = PhrasePlace(self, suggest=suggest)
        self._more = DetailSections(self, join=self._join_field, clients=clients)
        self._trouble, self._hint = Hint(self, role="trouble"), Hint(self)
        self._save, self._cancel = WordButton(self, role="main"), WordButton(self)
        self._clipboard, self._many = WordButton(self), WordButton(self)
        beginning = beside(self, self._clipboard, self._many)
        self._show((self._standing, self._words, self._place, self._more, beginning))
        self._end_with(self._hint, self._cancel, self._save, above=self._trouble)
        self._join()
        self._order_keys()

    def show_sheet(self, sheet: Sheet) -> None:
        """Have *sheet* in the form."""
        self._sheet = sheet
        self._filling = True
        self._words.show_sheet(sheet)
        self._place.show_sheet(sheet)
        self._more.show_details(sheet.more)
        self._filling = False
        self.typed.emit()

    def sheet(self) -> Sheet:
        """What the form holds."""
        told = self._place.told(self._words.told(self._sheet))
        return replace(told, more=self._more.told())

    def show_view(self, view: EditView) -> None:
        if view == self._view:
            return
        packs_known = self._view is not None and self._view.standing is not None
        self._view = view
        self._words.new = view.new
        self._save.setEnabled(not view.busy)
        if view.standing is not None and not packs_known:
            self._sheet = replace(self.sheet(), file=self._sheet.file or view.standing.file)
            self._offer_packs(self._sheet.file)
        self._say_view(view)

    def show_checked(self, checked: Checked) -> None:
        """Tell what is to be said of what is typed."""
        self._words.show_checked(checked)
        self._more.show_checked(checked)

    def refuse(self, slip: Slip | None) -> None:
        """Stay open, the keyboard where something is amiss; None is that there is no text."""
        if slip is None:
            self._tell(_("还没有正文"))
            self.keyboard_wanted.emit(self._words.body)
        else:
            self._tell(editor_words.slip(slip))
            self._more.open(slip.part).point_out(slip.row)

    def put_text(self, text: str) -> None:
        """Put *text* where the caret is in the body."""
        self._words.body.insertPlainText(text)
        self.keyboard_wanted.emit(self._words.body)

    def enclose(self, paths: Sequence[Path]) -> None:
        """Have the files at *paths* go with the phrase."""
        section = self._more.open(Part.ENCLOSED)
        assert isinstance(section, EnclosureSection), "that is the part for them"
        section.add(paths)
        self._bring_into_sight(section)

    def tell_trouble(self, error: UserError) -> None:
        """Say what could not be done; the form stays as it is."""
        self._tell(editor_words.trouble(error))

    def tell_nothing_to_enclose(self) -> None:
        self._tell(_("剪贴板里没有图片，也没有文件"))

    def change_sheet(self, sheet: Sheet) -> None:
        """Take what the form does not show from *sheet*."""
        self._sheet = replace(self._sheet, allow=sheet.allow)
        self.typed.emit()

    def show_theme(self, shown: Theme) -> None:
        self._words.show_theme(shown)
        self._more.show_theme(shown)
        self.typed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        started = self._words.new and self._words.body.words
        self.keyboard_wanted.emit(self._words.body if started else self._words.title)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.left.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if encloses(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.enclosing_requested.emit(event.mimeData())

    def retranslate(self) -> None:
        super().retranslate()
        self._filling = True
        self._words.retranslate()
        self._offer_packs(self.sheet().file)
        self._place.retranslate()
        self._more.retranslate()
        self._filling = False
        self._save.say(_("保存"))
        self._cancel.say(_("取消"))
        self._clipboard.say(_("贴剪贴板"))
        self._many.say(_("一次贴多条…"))
        self._hint.say(_("Ctrl+Enter 保存，Esc 放弃"))
        if self._view is not None:
            self._say_view(self._view)
        self.typed.emit()

    def _say_view(self, view: EditView) -> None:
        self._heading.say(_("新话术") if view.new else _("修改话术"))
        for button in (self._clipboard, self._many):
            button.setVisible(view.new)
        self._standing.show_view(view)
        self._tell("" if view.trouble is None else editor_words.trouble(view.trouble))

    def _tell(self, sentence: str) -> None:
        self._trouble.say(sentence)
        self._trouble.setVisible(bool(sentence))

    def _offer_packs(self, file: str) -> None:
        standing = None if self._view is None else self._view.standing
        packs = () if standing is None else standing.packs
        self._place.offer_packs(packs, file, stands=standing is not None and bool(standing.file))

    def _submit(self) -> None:
        if self._save.isEnabled():
            self.save_requested.emit()

    def _on_typed(self) -> None:
        if not self._filling:
            self._tell("")
            self.typed.emit()

    def _join_field(self, field: FormField) -> None:
        super()._join_field(field)
        if isinstance(field, BodyBox):
            field.enclosing_requested.connect(self.enclosing_requested)

    def _join(self) -> None:
        for field in (*self._words.fields, *self._place.fields):
            self._join_field(field)
        for part in (self._words, self._place, self._more):
            part.typed.connect(self._on_typed)
        note, remarks, more = self._standing, self._words.remarks, self._more
        note.save_requested.connect(self.save_requested)
        note.drop_draft_requested.connect(self.drop_draft_requested)
        note.take_theirs_requested.connect(self.take_theirs_requested)
        note.keep_mine_requested.connect(self.keep_mine_requested)
        note.take_shipped_requested.connect(self.take_shipped_requested)
        remarks.allow_requested.connect(self.allow_requested)
        remarks.disallow_requested.connect(self.disallow_requested)
        remarks.keyboard_wanted.connect(self.keyboard_wanted)
        more.keyboard_wanted.connect(self.keyboard_wanted)
        more.arranged.connect(self._order_keys)
        more.paste_requested.connect(self.paste_requested)
        more.place_wanted.connect(lambda name: self.put_text(f"{{{name}}}"))
        self.keyboard_wanted.connect(self._bring_into_sight)
        self._clipboard.clicked.connect(self.clipboard_requested)
        self._many.clicked.connect(self.many_requested)
        self._cancel.clicked.connect(self.closed)
        self._save.clicked.connect(self._submit)
