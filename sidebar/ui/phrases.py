"""The phrases: a line to search, cards to insert by click, number or Enter."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sidebar.services.views import PhraseRow
from sidebar.ui import cards, sentences
from sidebar.ui.cards import CardDelegate
from sidebar.ui.controls import Hint, WordButton
from sidebar.ui.rows import Role, RowList, RowModel
from sidebar.ui.search_line import SearchField
from sidebar.ui.theme import Theme
from sidebar.ui.wording import _

_CONTROL = Qt.KeyboardModifier.ControlModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

_ACTS = {
    (Qt.Key.Key_F2, False): "edit",
    (Qt.Key.Key_Delete, False): "throw",
    (Qt.Key.Key_D, True): "duplicate",
    (Qt.Key.Key_N, True): "new",
    (Qt.Key.Key_Z, True): "undo",
}
"""By the key, and whether it is with Ctrl."""


def phrase_model(parent: QWidget | None = None) -> RowModel[PhraseRow]:
    """A model of phrases; another search is another list."""
    return RowModel[PhraseRow](
        parent,
        key=lambda row: row.phrase,
        title=lambda row: row.title,
        say=sentences.phrase_spoken,
        hint=cards.card_hint,
        steady=False,
    )


class Phrases(QWidget):
    """The area. One row at most is marked: by pointing, by arrow keys or by `mark`."""

    phrase_requested = Signal(str, bool)
    search_changed = Signal(str)
    search_opened = Signal()
    search_left = Signal()
    editing_requested = Signal(str, str)
    """What is to be done (see `editing_acts`), and to which phrase or with what text."""
    phrase_typed = Signal(str, bool)
    """A phrase was chosen in the search line, which is done with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = phrase_model(self)
        self.field = SearchField(self)
        self.line = self.field.line
        self._new = WordButton(self, height=34, size=15)
        self._new.setFixedWidth(34)
        self._searched = ""
        self._empty = Hint(self)
        self.list = _PhraseList(self)
        self._delegate = CardDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setModel(self.model)
        self.list.entered.connect(self._on_list_entered)
        self.list.row_pressed.connect(self._on_list_row_pressed)
        self.list.key_given.connect(self._on_list_key_given)
        self.line.words_changed.connect(self.search_changed)
        self.line.moved.connect(self._on_line_moved)
        self.line.accepted.connect(self._on_line_accepted)
        self.line.number_given.connect(self._on_line_number_given)
        self.line.focused.connect(self._on_line_focused)
        self.line.left.connect(self.search_left)
        self.line.act_given.connect(self._on_act_given)
        self.list.menu_requested.connect(self._on_list_menu_requested)
        self._new.clicked.connect(lambda: self._on_act_given("new"))
        self._lay_out()
        self._empty.hide()
        self.retranslate()

    def show_rows(self, rows: tuple[PhraseRow, ...]) -> None:
        if rows == self.model.rows and (rows or not self._empty.isHidden()):
            return
        before = tuple(row.phrase for row in self.model.rows)
        marked = self.list.currentIndex().row()
        kept = before[marked] if marked >= 0 and self._chosen_by_key() else None
        self.model.show_rows(rows)
        now = tuple(row.phrase for row in rows)
        if before != now and kept in now and self._searched == self.line.words:
            self.mark(now.index(kept))
        elif before != now:
            self.mark(0 if self._searching() else -1)
            self.list.scrollToTop()
        self._searched = self.line.words
        self._say_empty(not rows)

    def mark(self, place: int) -> None:
        """Mark the row at *place*; out of range marks none."""
        index = self.model.index(place) if 0 <= place < self.model.rowCount() else QModelIndex()
        before = self.list.currentIndex()
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        for changed in (before, index):
            self.list.update(changed)
        if index.isValid():
            self.list.scrollTo(index)

    def show_theme(self, shown: Theme) -> None:
        self._delegate.show_theme(shown)
        self.field.show_theme(shown)
        self.list.paint_anew()

    def retranslate(self) -> None:
        self.field.retranslate()
        self.list.setAccessibleName(_("话术"))
        self._new.say("+", name=_("新话术"), hint=_("新话术（找话术时按 Ctrl+N）"))
        self._delegate.forget()
        self.model.say_anew()
        if not self._empty.isHidden():
            self._say_empty(True)

    def _chosen_by_key(self) -> bool:
        """Whether the mark is somebody's choice; one that follows the pointer is not."""
        return self.line.hasFocus() or self.list.hasFocus()

    def _searching(self) -> bool:
        return bool(self.line.words) or self.line.hasFocus()

    def _say_empty(self, empty: bool) -> None:
        if self.line.words:
            self._empty.say(_("没有找到：换个词，或只打首字母；按 Esc 看全部，按 Ctrl+N 写成新话术。"))
        else:
            self._empty.say(_("还没有话术：点 + 写一条，在菜单里导入，或把话术文件放进 phrases 文件夹。"))
        self._empty.setVisible(empty)
        self.list.setVisible(not empty)

    def _on_list_entered(self, index: QModelIndex) -> None:
        self.mark(index.row())

    def _on_list_row_pressed(self, index: QModelIndex, at: QPoint) -> None:
        row: PhraseRow = index.data(Role.ITEM)
        send = row.can_send and cards.sends(at, self.list.visualRect(index), self.list)
        self.phrase_requested.emit(row.phrase, send)

    def _on_list_key_given(self, index: QModelIndex, key: int, control: bool) -> None:
        number = key - Qt.Key.Key_0
        if key in _ENTER:
            self._type(index.row(), send=control)
        elif 1 <= number <= 9:
            self._on_line_number_given(number)
        elif act := _ACTS.get((Qt.Key(key), control)):
            self._on_act_given(act)

    def _on_line_moved(self, by: int) -> None:
        last = self.model.rowCount() - 1
        if last >= 0:
            self.mark(min(max(self.list.currentIndex().row() + by, 0), last))

    def _on_line_accepted(self, send: bool) -> None:
        self._type(max(self.list.currentIndex().row(), 0), send=send)

    def _on_line_number_given(self, number: int) -> None:
        for place, row in enumerate(self.model.rows):
            if row.number == number:
                self._type(place, send=False)

    def _on_act_given(self, act: str) -> None:
        """With what is typed, if a new one is wanted; else to the marked phrase, if there is one."""
        place = self.list.currentIndex().row()
        marked = self.model.rows[place].phrase if 0 <= place < self.model.rowCount() else None
        if act == "menu":
            if marked is not None:
                box = self.list.visualRect(self.list.currentIndex())
                self._open_menu(marked, self.list.viewport().mapToGlobal(box.center()))
        elif act in ("new", "undo"):
            self.editing_requested.emit(act, self.line.text() if act == "new" else "")
        elif marked is not None:
            self.editing_requested.emit(act, marked)

    def _on_list_menu_requested(self, index: QModelIndex, at: QPoint) -> None:
        self.mark(index.row())
        row: PhraseRow = index.data(Role.ITEM)
        self._open_menu(row.phrase, at)

    def _open_menu(self, phrase: str, at: QPoint) -> None:
        from sidebar.ui.editing_acts import phrase_menu

        phrase_menu(self, lambda act: self.editing_requested.emit(act, phrase)).popup(at)

    def _on_line_focused(self) -> None:
        if not self.list.currentIndex().isValid():
            self.mark(0)
        self.search_opened.emit()

    def asks(self, phrase: str) -> bool:
        """Whether the row of *phrase* says that something is to be filled in first."""
        return any(row.phrase == phrase and row.asks for row in self.model.rows)

    def _type(self, place: int, *, send: bool) -> None:
        if place < self.model.rowCount():
            row = self.model.rows[place]
            self.phrase_typed.emit(row.phrase, send and row.can_send)

    def _lay_out(self) -> None:
        self._empty.setContentsMargins(12, 4, 12, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 4)
        column.setSpacing(0)
        field = QHBoxLayout()
        field.setContentsMargins(12, 0, 12, 4)
        field.setSpacing(6)
        field.addWidget(self.field, 1)
        field.addWidget(self._new)
        column.addLayout(field)
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)
        column.addStretch(0)


class _PhraseList(RowList):
    """Takes what room the other areas leave."""

    menu_requested = Signal(QModelIndex, QPoint)
    """What can be done to a row is asked for, to be shown at this point of the screen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMinimumHeight(76)
        # a long library is laid out bit by bit, so that the first picture does not wait for it
        self.setLayoutMode(self.LayoutMode.Batched)
        self.setBatchSize(40)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            at = self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos()
            self.menu_requested.emit(index, at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
