"""List models that change only what changed, and the list view they are shown in."""

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QWidget

Index = QModelIndex | QPersistentModelIndex

Row = TypeVar("Row")

_MOVES = frozenset(
    (
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    )
)


class Role(IntEnum):
    """Roles beside Qt's own."""

    ITEM = Qt.ItemDataRole.UserRole + 1
    """The row itself, a frozen value."""


class RowModel(QAbstractListModel, Generic[Row]):
    """Frozen rows, told apart by `key`; shown anew, only what differs is announced.

    `say` gives the row in words (also for those who only hear it), `hint` its tooltip.
    With `steady`, rows keep their place on the screen while they move (marks stay with them);
    otherwise another set of rows is simply another list.
    """

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        key: Callable[[Row], str],
        title: Callable[[Row], str],
        say: Callable[[Row], str],
        hint: Callable[[Row], str],
        steady: bool,
    ) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._key = key
        self._steady = steady
        self._texts = {
            Qt.ItemDataRole.DisplayRole: title,
            Qt.ItemDataRole.ToolTipRole: hint,
            Qt.ItemDataRole.AccessibleTextRole: say,
        }

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Role.ITEM:
            return row
        text = self._texts.get(Qt.ItemDataRole(role)) if role < Qt.ItemDataRole.UserRole else None
        return None if text is None else text(row)

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._rows)

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Become *rows*: those that vanished go, new ones come, moved ones move, changed ones say so."""
        keys = [self._key(row) for row in rows]
        if keys != [self._key(row) for row in self._rows]:
            if self._steady and len(set(keys)) == len(keys):
                self._remove_all_but(set(keys))
                self._bring_into_order(rows, keys)
            else:
                self._become(rows)
        for first, last in self._put(rows):
            self.dataChanged.emit(self.index(first), self.index(last), [Role.ITEM, *self._texts])

    def say_anew(self) -> None:
        """Tell that every text changed, as it does with the language."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [*self._texts])

    def _put(self, rows: tuple[Row, ...]) -> list[tuple[int, int]]:
        """Take *rows* in the places of those that stand there; the stretches that became others."""
        stretches: list[tuple[int, int]] = []
        for place, row in enumerate(rows):
            before = self._rows[place]
            if before is row or before == row:
                continue
            self._rows[place] = row
            if stretches and stretches[-1][1] == place - 1:
                stretches[-1] = (stretches[-1][0], place)
            else:
                stretches.append((place, place))
        return stretches

    def _become(self, rows: tuple[Row, ...]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def _remove_all_but(self, keys: set[str]) -> None:
        for place in reversed(range(len(self._rows))):
            if self._key(self._rows[place]) not in keys:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._rows[place]
                self.endRemoveRows()

    def _bring_into_order(self, rows: tuple[Row, ...], keys: list[str]) -> None:
        """New rows come below, then all are put in their places at once, however many move."""
        standing = {self._key(row) for row in self._rows}
        new = [row for row, key in zip(rows, keys, strict=True) if key not in standing]
        if new:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(new) - 1)
            self._rows.extend(new)
            self.endInsertRows()
        if [self._key(row) for row in self._rows] == keys:
            return
        self.layoutAboutToBeChanged.emit()
        place_of = {key: place for place, key in enumerate(keys)}
        marks = self.persistentIndexList()
        moved = [self.index(place_of[self._key(self._rows[mark.row()])]) for mark in marks]
        self._rows.sort(key=lambda row: place_of[self._key(row)])
        self.changePersistentIndexList(marks, moved)
        self.layoutChanged.emit()


class RowList(QListView):
    """A list of painted rows that is used by mouse without ever asking for the keyboard."""

    row_pressed = Signal(QModelIndex, QPoint)
    """A row was clicked, at this point of the viewport."""
    key_given = Signal(QModelIndex, int, bool)
    """A key that the list itself has no use for was pressed on the marked row; True with Ctrl."""
    pointer_left = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, row_height: int | None = None, rows_seen: int = 0
    ) -> None:
        """With *row_height* it is as tall as its rows, up to *rows_seen*; else it takes what there is."""
        super().__init__(parent)
        # Asked for a widget that Qt has made itself, PySide6 brings to life every kind of widget there
        # is, to see which one it might be: 2 MiB.
        self._ground = QWidget()
        self.setViewport(self._ground)
        self._row_height = row_height
        self._rows_seen = rows_seen
        if row_height is not None:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._pressed = QPersistentModelIndex()
        self._pointed = QPersistentModelIndex()
        self.pointed_at = False
        """Whether the mouse is over the list."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setEditTriggers(self.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(self.ResizeMode.Adjust)
        self.setUniformItemSizes(row_height is not None)
        self.setMouseTracking(True)
        self.entered.connect(self._point_at)

    def set_rows_seen(self, rows: int) -> None:
        if rows != self._rows_seen:
            self._rows_seen = rows
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        if self._row_height is None:
            return super().sizeHint()
        model = self.model()
        rows = 0 if model is None else model.rowCount()
        return QSize(200, self._row_height * min(rows, self._rows_seen))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self._row_height or 0, self.sizeHint().height()))

    def paint_anew(self) -> None:
        """Paint every row again, as in other colours."""
        self._ground.update()

    def points_at(self, index: Index) -> bool:
        """Whether the mouse is over this row."""
        return self._pointed.isValid() and index.row() == self._pointed.row()

    def focuses(self, index: Index) -> bool:
        """Whether the keyboard is on this row."""
        return self.hasFocus() and index.row() == self.currentIndex().row()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.pointed_at = True

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed_at = False
        self._point_at(QModelIndex())
        self.pointer_left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember the row, and no more.

        Qt's own view would mark it, tell the screen reader and paint the row anew, which is 2 ms in
        which a click's phrase is already waited for.
        """
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = QPersistentModelIndex(self.indexAt(event.position().toPoint()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 (Qt's own signature)
        """The second press of a double click asks for nothing more: the first has been answered."""
        self._pressed = QPersistentModelIndex()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        at, row = event.position().toPoint(), self._pressed.row()  # -1 where there is none any more
        self._pressed = QPersistentModelIndex()
        pressed = self.model().index(row, 0)
        if pressed.isValid() and self.visualRect(pressed).contains(at):
            self.row_pressed.emit(pressed, at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _MOVES or not self.currentIndex().isValid():
            super().keyPressEvent(event)
            return
        # not accepted: Esc and the hotkeys of the window are for those above
        event.ignore()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self.key_given.emit(self.currentIndex(), event.key(), control)

    def dataChanged(self, top: Index, bottom: Index, roles: Sequence[int] = ()) -> None:
        # QListView lays out and paints the whole list anew; rows of a fixed height need only themselves
        if self._row_height is None:
            super().dataChanged(top, bottom, list(roles))
        elif top.row() == bottom.row():
            self.update(top)
        else:
            self.viewport().update()

    def _point_at(self, index: QModelIndex) -> None:
        before, self._pointed = self._pointed, QPersistentModelIndex(index)
        for row in (before, index):
            if row.isValid():
                self.update(row)
