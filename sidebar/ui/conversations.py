"""The open conversations: who has waited how long, most urgent first."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from sidebar.domain.conversations import Urgency
from sidebar.services.views import ConversationRow, ConversationsView
from sidebar.ui import fonts, painting, sentences, theme, wording
from sidebar.ui.controls import Hint, Pill, Words
from sidebar.ui.rows import Index, Role, RowList, RowModel
from sidebar.ui.theme import Theme
from sidebar.ui.wording import _

ROW_HEIGHT = 38
_ROWS_SEEN = 5
_EDGE = 12


def conversation_model(
    parent: QWidget | None = None, *, now: Callable[[], datetime]
) -> RowModel[ConversationRow]:
    """A model of conversations, whose rows move as their urgency does; what they say holds *now*."""

    def say(row: ConversationRow) -> str:
        return sentences.conversation_spoken(row, now())

    return RowModel[ConversationRow](
        parent,
        key=lambda row: row.conversation,
        title=lambda row: row.customer,
        say=say,
        hint=say,
        steady=True,
    )


class ConversationDelegate(QStyledItemDelegate):
    """Paints one conversation in a row of 38 pixels."""

    def __init__(self, parent: RowList, *, now: Callable[[], datetime]) -> None:
        super().__init__(parent)
        self._list = parent
        self.theme = theme.LIGHT
        self._now = now

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ConversationRow = index.data(Role.ITEM)
        # the scroll bar stands beside the rows; the clocks keep to the column of the other areas
        box = QRectF(option.rect)
        box.setRight(self._list.width())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, box, index, row)
        clock_left = self._paint_clock(painter, box, row)
        self._paint_name(painter, box.adjusted(11, 0, 0, 0), clock_left - 8, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRectF, index: Index, row: ConversationRow) -> None:
        shown = self.theme
        if row.current:
            painting.filled(painter, box, shown.accent_soft)
        elif self._list.points_at(index):
            painting.filled(painter, box, shown.hover)
        bar = {
            Urgency.BREACHED: shown.bad,
            Urgency.WARNED: shown.warn,
            Urgency.RUNNING: shown.ok,
            Urgency.CALM: shown.line,
        }[row.urgency]
        painting.state_bar(painter, box, bar)
        if self._list.focuses(index):
            painter.setPen(QPen(QColor(shown.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(4.5, 1.5, -4.5, -1.5), 4, 4)

    def _paint_clock(self, painter: QPainter, box: QRectF, row: ConversationRow) -> float:
        """Paint how long the buyer has waited, and below it for how long of that it is the agent's.

        The x where the wider of the two begins.
        """
        shown, now = self.theme, self._now()
        waiting, mine = row.waiting(now), row.agent_waiting(now)
        if waiting is None:
            text, font, ink = _("等客户"), fonts.text(13), shown.muted_text
        else:
            text, font = wording.wait(waiting), fonts.figures()
            running = shown.muted_text if row.stands_at is not None else shown.text
            ink = {Urgency.BREACHED: shown.bad_text, Urgency.WARNED: shown.warn_text}.get(
                row.urgency, running
            )
        upper = box if mine is None else box.adjusted(0, 2, 0, -16)
        left = _at_the_right(painter, text, font, ink, upper)
        if row.urgency in (Urgency.BREACHED, Urgency.WARNED):
            left -= painting.SIGN + 6
            sign = QPointF(left + painting.SIGN / 2, upper.center().y())
            painting.urgency_sign(painter, sign, row.urgency, shown)
        if mine is None:
            return left
        small, lower = fonts.figures(11, strong=False), box.adjusted(0, 21, 0, -3)
        return min(left, _at_the_right(painter, wording.since_assigned(mine), small, shown.muted_text, lower))

    def _paint_name(self, painter: QPainter, box: QRectF, right: float, row: ConversationRow) -> None:
        chips = self._chips(row)
        room = right - box.left()
        while chips and room - sum(painting.chip_width(text) + 8 for text in chips) < _NAME_AT_LEAST:
            chips.pop()
        room -= sum(painting.chip_width(text) + 8 for text in chips)
        ink = self.theme.muted_text if row.urgency is Urgency.CALM and not row.current else self.theme.text
        font = fonts.text(13, strong=row.current)
        x = painting.line_of(
            painter, row.customer, font, ink, QRectF(box.left(), box.top(), room, box.height())
        )
        for text in chips:
            at = QPointF(x + 8, box.center().y())
            painting.chip(painter, text, at, ink=self.theme.muted_text, ground=self.theme.chip)
            x += 8 + painting.chip_width(text)

    def _chips(self, row: ConversationRow) -> list[str]:
        chips = (
            []
            if row.promised is None
            else [_("承诺 {time}").format(time=wording.due(row.promised, self._now()))]
        )
        if row.category is not None:
            chips.append(wording.category_chip(row.category))
        if row.note:
            chips.append(_("备注"))
        return chips


def _at_the_right(painter: QPainter, text: str, font: QFont, ink: str, box: QRectF) -> float:
    """Write *text* so that it ends where the clocks do; the x where it begins."""
    left = box.right() - _EDGE - painting.advance(text, font)
    painting.line_of(painter, text, font, ink, QRectF(left, box.top(), box.right() - left, box.height()))
    return left


_NAME_AT_LEAST = 64


class Conversations(QWidget):
    """The area: count, pills, rows."""

    conversation_chosen = Signal(str)
    menu_requested = Signal(object, object, QPoint)
    """A row, the current row (None where none is) and the place on the screen for a menu about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: ConversationsView | None = None
        self._standing: tuple[ConversationRow, ...] = ()
        self._rows_seen = -1
        self.model = conversation_model(self, now=self._now)
        self._count = Words(self, role="quiet", size=12)
        self._breached = Pill(self, role="bad")
        self._warned = Pill(self, role="warn")
        self._empty = Hint(self)
        self._empty.hide()
        self.list = RowList(self, row_height=ROW_HEIGHT, rows_seen=_ROWS_SEEN)
        self._delegate = ConversationDelegate(self.list, now=self._now)
        self.list.setItemDelegate(self._delegate)
        self.list.setModel(self.model)
        self.list.row_pressed.connect(self._on_list_row_pressed)
        self.list.key_given.connect(self._on_list_key_given)
        self.list.pointer_left.connect(self._on_list_pointer_left)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._on_list_menu_requested)
        self._lay_out()
        self.retranslate()

    def show_view(self, view: ConversationsView) -> None:
        """Show *view*; where nothing but the time is another, the clocks that are seen are painted anew."""
        before, self._view = self._view, view
        if before is None or before.rows is not view.rows:
            self._show_rows(view)
        if before is None or int(before.at.timestamp()) != int(view.at.timestamp()):
            self._show_clocks()

    def _show_rows(self, view: ConversationsView) -> None:
        self._standing = self._in_standing_order(view.rows) if self.list.pointed_at else view.rows
        self.model.show_rows(self._standing)
        self._count.say(_("会话 {count}").format(count=len(view.rows)))
        self._breached.say(_("超时 {count}").format(count=view.breached) if view.breached else "")
        self._warned.say(_("将超时 {count}").format(count=view.warned) if view.warned else "")
        if bool(self._standing) is self.list.isHidden() or self._rows_seen != len(self._standing):
            self._rows_seen = len(self._standing)
            self._empty.setVisible(not self._standing)
            self.list.setVisible(bool(self._standing))
            self.list.updateGeometry()

    def _in_standing_order(self, rows: tuple[ConversationRow, ...]) -> tuple[ConversationRow, ...]:
        """*rows* where they stand, new ones below: none moves from under a hand that is about to press.

        One that has gone stays as it was until the mouse leaves.
        """
        coming = {row.conversation: row for row in rows}
        standing = tuple(coming.pop(row.conversation, row) for row in self._standing)
        return standing + tuple(coming.values())

    def _on_list_pointer_left(self) -> None:
        if self._view is not None and self._standing != self._view.rows:
            self._show_rows(self._view)

    def _show_clocks(self) -> None:
        """Paint the rows anew that are seen and whose buyer waits."""
        index = self.list.indexAt(QPoint(0, 0))
        while index.isValid() and self.list.visualRect(index).top() < self.list.viewport().height():
            if index.data(Role.ITEM).waiting_since is not None:
                self.list.update(index)
            index = index.siblingAtRow(index.row() + 1)

    def _now(self) -> datetime:
        assert self._view is not None, "rows come with the time they are shown at"
        return self._view.at

    def point_out(self, conversation: str) -> None:
        """Bring the row of *conversation* into sight and mark it."""
        place = next((n for n, row in enumerate(self._standing) if row.conversation == conversation), None)
        if place is not None:
            self.list.setCurrentIndex(self.model.index(place))
            self.list.scrollTo(self.model.index(place))

    def show_theme(self, shown: Theme) -> None:
        self._delegate.theme = shown
        self.list.paint_anew()

    def retranslate(self) -> None:
        self._empty.say(_("还没有会话：在聊天客户端里打开一位买家，就会出现在这里。"))
        self.list.setAccessibleName(_("会话，最急的在前"))
        if self._view is not None:
            self._show_rows(self._view)
            self.model.say_anew()

    def _on_list_row_pressed(self, index: QModelIndex, _at: QPoint) -> None:
        self.conversation_chosen.emit(index.data(Role.ITEM).conversation)

    def _on_list_key_given(self, index: QModelIndex, key: int, _control: bool) -> None:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.conversation_chosen.emit(index.data(Role.ITEM).conversation)

    def _on_list_menu_requested(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        if not index.isValid():  # asked for by key, wherever the marked row stands
            index = self.list.currentIndex()
        if index.isValid():
            current = next((row for row in self._standing if row.current), None)
            place = self.list.viewport().mapToGlobal(at)
            self.menu_requested.emit(index.data(Role.ITEM), current, place)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(_EDGE, 8, _EDGE, 4)
        head.setSpacing(4)
        head.addWidget(self._count, 1)
        head.addWidget(self._breached)
        head.addWidget(self._warned)
        self._empty.setContentsMargins(_EDGE, 4, _EDGE, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._empty)
        column.addWidget(self.list)
