"""What is owed next: done by a click, put off by a menu."""

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from sidebar.services.views import FollowupRow, FollowupsView
from sidebar.ui import fonts, sentences
from sidebar.ui.controls import Hint, WordButton, Words, ground
from sidebar.ui.followup_rows import ROW_HEIGHT, FollowupDelegate, places
from sidebar.ui.rows import Role, RowList, RowModel
from sidebar.ui.theme import Theme
from sidebar.ui.wording import _

_ROWS_SEEN = 3
_ROWS_OPEN = 8
_DONE_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_SNOOZE_KEYS = (Qt.Key.Key_Menu, Qt.Key.Key_Right)

SNOOZES = ("30分钟后", "2小时后", "明天10点", "下周一上午")
"""What the menu asks for, in words that the reader of due times knows in any language of the screen."""


def followup_model(parent: QWidget | None = None) -> RowModel[FollowupRow]:
    return RowModel[FollowupRow](
        parent,
        key=lambda row: row.followup,
        title=lambda row: row.about,
        say=sentences.followup_spoken,
        hint=sentences.followup_spoken,
        steady=True,
    )


class Followups(QWidget):
    """The area: how many, the next few, and all of them on demand."""

    done_requested = Signal(str)
    snooze_requested = Signal(str, str)
    all_requested = Signal(bool)
    """Every follow-up is to be shown (True), or the next few again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, "card")
        self._view: FollowupsView | None = None
        self._rows_seen = _ROWS_SEEN
        self.model = followup_model(self)
        self._count = Words(self, role="quiet", size=12)
        self._all = WordButton(self, role="quiet", height=22)
        self._all.setCheckable(True)
        self._all.hide()
        self._empty = Hint(self)
        self._empty.hide()
        self.list = RowList(self, row_height=ROW_HEIGHT, rows_seen=_ROWS_SEEN)
        self._delegate = FollowupDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setModel(self.model)
        self.list.row_pressed.connect(self._on_list_row_pressed)
        self.list.key_given.connect(self._on_list_key_given)
        self._all.toggled.connect(self._on_all_toggled)
        self._lay_out()
        self.retranslate()

    def show_view(self, view: FollowupsView) -> None:
        if view == self._view:
            return
        self._view = view
        rows_before = self.model.rowCount()
        self.model.show_rows(view.rows)
        self._count.say(_("待跟进 {count}").format(count=view.total))
        self._all.setVisible(self._all.isChecked() or view.total > min(len(view.rows), _ROWS_SEEN))
        if rows_before != len(view.rows) or not view.rows:
            self._empty.setVisible(not view.rows)
            self.list.setVisible(bool(view.rows))
            self.list.updateGeometry()

    def set_rows_seen(self, rows: int) -> None:
        """How many rows there is room for while not all are asked for."""
        self._rows_seen = rows
        if not self._all.isChecked():
            self.list.set_rows_seen(rows)

    def show_theme(self, shown: Theme) -> None:
        self._delegate.theme = shown
        self.list.paint_anew()

    def retranslate(self) -> None:
        self._say_all()
        self._empty.say(_("没有要跟进的事：点上面的「跟进…」记一件，到点提醒。"))
        self.list.setAccessibleName(_("待跟进：回车完成，右方向键顺延"))
        if self._view is not None:
            view, self._view = self._view, None
            self.show_view(view)
            self.model.say_anew()

    def _say_all(self) -> None:
        opened = self._all.isChecked()
        self._all.say(_("收起") if opened else _("全部"), name=_("收起待跟进") if opened else _("全部待跟进"))

    def _on_all_toggled(self, opened: bool) -> None:
        self.list.set_rows_seen(_ROWS_OPEN if opened else self._rows_seen)
        self._say_all()
        self.all_requested.emit(opened)

    def _on_list_row_pressed(self, index: QModelIndex, at: QPoint) -> None:
        words = places(self._row_box(index))
        followup: str = index.data(Role.ITEM).followup
        if words.done.contains(QPointF(at)):
            self.done_requested.emit(followup)
        elif words.snooze.contains(QPointF(at)):
            self._offer_snooze(index)

    def _on_list_key_given(self, index: QModelIndex, key: int, _control: bool) -> None:
        if key in _DONE_KEYS:
            self.done_requested.emit(index.data(Role.ITEM).followup)
        elif key in _SNOOZE_KEYS:
            self._offer_snooze(index)

    def _offer_snooze(self, index: QModelIndex) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setFont(fonts.text(12))
        followup: str = index.data(Role.ITEM).followup
        for words, label in zip(SNOOZES, _snooze_labels(), strict=True):
            menu.addAction(label).setData(words)
        menu.triggered.connect(lambda action: self.snooze_requested.emit(followup, action.data()))
        corner = places(self._row_box(index)).snooze.bottomRight().toPoint()
        menu.popup(self.list.viewport().mapToGlobal(corner - QPoint(menu.sizeHint().width(), 0)))

    def _row_box(self, index: QModelIndex) -> QRectF:
        box = QRectF(self.list.visualRect(index))
        box.setRight(self.list.width())
        return box

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 4, 7, 0)
        head.addWidget(self._count, 1)
        head.addWidget(self._all)
        self._count.setFixedHeight(26)
        self._empty.setContentsMargins(12, 0, 12, 10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._empty)
        column.addWidget(self.list)


def _snooze_labels() -> tuple[str, ...]:
    return _("30 分钟后"), _("2 小时后"), _("明天 10 点"), _("下周一上午")
