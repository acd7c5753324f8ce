"""A follow-up as a row: when, what, for whom, and what can be done with it."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from sidebar.domain.lean import dataclass
from sidebar.services.views import Due, FollowupRow
from sidebar.ui import fonts, painting, sentences, theme, wording
from sidebar.ui.rows import Index, Role, RowList
from sidebar.ui.wording import _

ROW_HEIGHT = 38
_EDGE = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where the two words of a row are, as painted and as clicked."""

    done: QRectF
    snooze: QRectF


def places(row: QRectF) -> Places:
    """The words of a *row* that is pointed at: done, then snooze at the right."""
    snooze = painting.advance(_snooze_word(), fonts.text(12)) + 8
    done = painting.advance(_done_word(), fonts.text(12)) + 30
    right = row.right() - _EDGE + 4
    return Places(
        done=QRectF(right - snooze - 4 - done, row.top() + 6, done, row.height() - 12),
        snooze=QRectF(right - snooze, row.top() + 6, snooze, row.height() - 12),
    )


class FollowupDelegate(QStyledItemDelegate):
    """Paints one follow-up in a row of 38 pixels."""

    def __init__(self, parent: RowList) -> None:
        super().__init__(parent)
        self._list = parent
        self.theme = theme.LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: FollowupRow = index.data(Role.ITEM)
        shown, box = self.theme, QRectF(option.rect)
        box.setRight(self._list.width())
        focused = self._list.focuses(index)
        pointed = focused or self._list.points_at(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if pointed:
            painter.fillRect(box, QColor(shown.hover))
        bar = {Due.OVERDUE: shown.bad, Due.SOON: shown.warn, Due.LATER: shown.line}[row.nearness]
        painting.state_bar(painter, box, bar)
        if focused:
            painter.setPen(QPen(QColor(shown.accent), 1))
            painter.drawRoundedRect(box.adjusted(4.5, 1.5, -4.5, -1.5), 4, 4)
        right = self._paint_words(painter, box) if pointed else self._paint_left(painter, box, row)
        self._paint_matter(painter, QRectF(box.left() + 11, box.top(), right - 8 - 11, box.height()), row)
        painter.restore()

    def _paint_words(self, painter: QPainter, box: QRectF) -> float:
        """Paint what can be done; the x where that begins."""
        at, shown = places(box), self.theme
        painting.rounded(painter, at.done, 6, fill=shown.card, edge=shown.line)
        painting.tick(painter, QPointF(at.done.left() + 13, at.done.center().y()), shown.ok)
        word = at.done.adjusted(22, 0, 0, 0)
        painting.line_of(painter, _done_word(), fonts.text(12), shown.text, word)
        painting.line_of(painter, _snooze_word(), fonts.text(12), shown.text, at.snooze.adjusted(4, 0, 4, 0))
        return at.done.left()

    def _paint_left(self, painter: QPainter, box: QRectF, row: FollowupRow) -> float:
        """Paint how much time is left, or for what is far off the word to put it off; the x it begins at."""
        shown = self.theme
        if row.nearness is Due.LATER:
            text, font, ink = _snooze_word(), fonts.text(12), shown.muted_text
        else:
            late = row.nearness is Due.OVERDUE
            text, font = wording.left(row.left), fonts.figures(13)
            ink = shown.bad_text if late else shown.warn_text
        left = box.right() - _EDGE - painting.advance(text, font)
        painting.line_of(painter, text, font, ink, QRectF(left, box.top(), box.right() - left, box.height()))
        return left

    def _paint_matter(self, painter: QPainter, box: QRectF, row: FollowupRow) -> None:
        shown = self.theme
        when = wording.due(row.due, sentences.followup_moment(row))
        far = row.nearness is Due.LATER
        for text, ink in (
            (when, shown.muted_text if far else shown.text),
            (row.about, shown.text),
            (row.customer, shown.muted_text),
        ):
            if box.width() > 12:
                end = painting.line_of(painter, text, fonts.figures(13, strong=False), ink, box)
                box.setLeft(end + 8)


def _done_word() -> str:
    return _("完成")


def _snooze_word() -> str:
    return _("顺延 ▾")
