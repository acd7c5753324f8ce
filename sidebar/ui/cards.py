"""A phrase as a card: laid out once for a width, then only painted."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QTextLayout
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from sidebar.domain.lean import dataclass
from sidebar.domain.phrases import Colour
from sidebar.services.views import PhraseRow
from sidebar.ui import excerpts, fonts, painting, sentences, theme, wording
from sidebar.ui.rows import Index, Role, RowList
from sidebar.ui.theme import Theme
from sidebar.ui.wording import _

SIDE = 8.0
"""Between a card and the window's edge."""
_GAP = 5.0
_TEXT_LEFT = 41.0
_TEXT_RIGHT = 10.0
_TOP = 8.0
_TITLE = 21.0
_LINE = 17.0
_BOTTOM = 9.0
_KEPT = 500

_COLOURS = {
    Colour.RED: "#e5484d",
    Colour.ORANGE: "#f2811d",
    Colour.YELLOW: "#d9a800",
    Colour.GREEN: "#2f9e5b",
    Colour.BLUE: "#3b82f6",
    Colour.PURPLE: "#8b5cf6",
    Colour.GREY: "#8b93a1",
}
"""Seen on the light ground and on the dark one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Card:
    """A phrase laid out; positions are relative to the card's text column."""

    title: QTextLayout
    title_width: float
    lines_needed: int
    lines: tuple[str | QTextLayout, ...]
    """Those with characters to show in another colour are laid out, the others only written."""


def card_box(row: QRect, view: QWidget) -> QRectF:
    """Where the card stands in its *row*; it keeps its width when a scroll bar comes."""
    return QRectF(SIDE, row.top(), view.width() - 2 * SIDE, row.height() - _GAP)


def send_box(card: QRectF) -> QRectF:
    """Where the second button of a marked card is: insert and send."""
    wide = painting.advance(_send_word(), fonts.text(11)) + 16
    return QRectF(card.right() - wide - 8, card.top() + 8, wide, 22)


def sends(at: QPoint, row: QRect, view: QWidget) -> bool:
    """Whether a click at this point of the list, in a *row* that can be sent, asks to send as well."""
    return send_box(card_box(row, view)).contains(QPointF(at))


class CardDelegate(QStyledItemDelegate):
    """Paints phrases as cards; the marked one is framed."""

    def __init__(self, parent: RowList) -> None:
        super().__init__(parent)
        self._view = parent
        self._theme = theme.LIGHT
        self._cards: dict[tuple[PhraseRow, int], _Card] = {}

    def show_theme(self, shown: Theme) -> None:
        self._theme = shown
        self.forget()

    def forget(self) -> None:
        """Lay everything out anew: colours or words have changed."""
        self._cards.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        row: PhraseRow = index.data(Role.ITEM)
        card = self._cards.get((row, self._view.width()))  # Qt asks at each press which row is there
        lines = self._lines_needed(row) if card is None else card.lines_needed
        return QSize(0, round(_TOP + _TITLE + _LINE * lines + _BOTTOM + _GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: PhraseRow = index.data(Role.ITEM)
        card, box = self._card(row), card_box(option.rect, self._view)
        marked = index == self._view.currentIndex()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = self._theme
        if marked:
            painting.rounded(painter, box.adjusted(-1.5, -1.5, 1.5, 1.5), 9, fill=shown.accent_soft)
        painting.rounded(painter, box, 8, fill=shown.card, edge=shown.accent if marked else shown.line)
        if row.number is not None:
            self._paint_number(painter, box, row.number)
        self._paint_marks(painter, box, row)
        self._paint_words(painter, box, card, row)
        if row.can_send and (marked or self._view.points_at(index)):
            self._paint_send(painter, send_box(box))
        else:
            self._paint_why(painter, box, row)
        painter.restore()

    def _paint_number(self, painter: QPainter, box: QRectF, number: int) -> None:
        badge = QRectF(box.left() + 11, box.top() + 9, 20, 20)
        painting.rounded(painter, badge, 4, fill=self._theme.chip)
        painter.setFont(fonts.figures(12, strong=False))
        painter.setPen(QColor(self._theme.muted_text))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(number))

    def _paint_marks(self, painter: QPainter, box: QRectF, row: PhraseRow) -> None:
        """The agent's own: a bar of the colour that was chosen, a star for a favourite."""
        if row.colour is not None:
            bar = QRectF(box.left() + 3, box.top() + 9, 3, box.height() - 18)
            painting.rounded(painter, bar, 1.5, fill=_COLOURS[row.colour])
        if row.favourite:
            painter.setFont(fonts.text(12))
            painter.setPen(QColor(self._theme.warn))
            place = QRectF(box.left() + 11, box.top() + 31, 20, 18)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "★")

    def _paint_words(self, painter: QPainter, box: QRectF, card: _Card, row: PhraseRow) -> None:
        shown, left = self._theme, box.left() + _TEXT_LEFT
        painter.setPen(QColor(shown.text))
        height = card.title.lineAt(0).height()
        card.title.draw(painter, QPointF(left, box.top() + _TOP + (_TITLE - height) / 2))
        x, middle = left + card.title_width + 6, box.top() + _TOP + _TITLE / 2 - 0.5
        if row.promise is not None:
            text = sentences.promise_made(row)
            at = QPointF(x, middle)
            painting.chip(painter, text, at, ink=shown.accent, ground=shown.chip, clock=True)
            x += painting.chip_width(text, clock=True) + 6
        if enclosed := sentences.enclosed(row):
            painting.chip(painter, enclosed, QPointF(x, middle), ink=shown.muted_text, ground=shown.chip)
            x += painting.chip_width(enclosed) + 6
        if missing := sentences.missing(row):
            painting.chip(
                painter,
                missing,
                QPointF(x, middle),
                ink=shown.warn_text,
                ground=shown.warn_soft,
            )
        painter.setFont(fonts.text(12))
        painter.setPen(QColor(shown.muted_text))
        for place, line in enumerate(card.lines):
            room = QRectF(left, box.top() + _TOP + _TITLE + place * _LINE, box.right() - left, _LINE)
            if isinstance(line, QTextLayout):
                line.draw(painter, room.topLeft() + QPointF(0, (_LINE - line.lineAt(0).height()) / 2))
            else:
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, line)

    def _paint_why(self, painter: QPainter, box: QRectF, row: PhraseRow) -> None:
        """At the end of the title, how the phrase was found."""
        painter.setFont(fonts.text(11))
        painter.setPen(QColor(self._theme.muted_text))
        room = QRectF(box.left(), box.top() + _TOP, box.width() - _TEXT_RIGHT, _TITLE)
        painter.drawText(
            room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, wording.why_word(row.why)
        )

    def _paint_send(self, painter: QPainter, box: QRectF) -> None:
        painting.rounded(painter, box, 6, fill=self._theme.accent)
        painter.setFont(fonts.text(11))
        painter.setPen(QColor(self._theme.on_accent))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _send_word())

    def _card(self, row: PhraseRow) -> _Card:
        wide = self._view.width()
        known = self._cards.get((row, wide))
        if known is None:
            if len(self._cards) >= _KEPT:
                self._cards.clear()
            known = self._cards[row, wide] = self._laid_out(row)
        return known

    def _room(self) -> float:
        """How wide a line of a card may be."""
        return self._view.width() - 2 * SIDE - _TEXT_LEFT - _TEXT_RIGHT

    def _lines_needed(self, row: PhraseRow) -> int:
        return excerpts.lines_needed(excerpts.excerpt(row).text, self._room())

    def _laid_out(self, row: PhraseRow) -> _Card:
        room = self._room()
        chips = painting.chip_width(sentences.promise_made(row), clock=True) + 6 if row.promise else 0
        for chip in (sentences.enclosed(row), sentences.missing(row)):
            chips += painting.chip_width(chip) + 6 if chip else 0
        why = wording.why_word(row.why)
        chips += painting.advance(why, fonts.text(11)) + 6 if why else 0
        room_left, font = max(room - chips, 60), fonts.text(13, strong=True)
        text = painting.shortened(row.title, font, room_left)
        title = excerpts.laid_out(text, row.matched, font, self._theme.accent, room_left)
        return _Card(
            title=title,
            title_width=title.lineAt(0).naturalTextWidth(),
            lines_needed=self._lines_needed(row),
            lines=tuple(self._line(each, room) for each in excerpts.lines(excerpts.excerpt(row), room)),
        )

    def _line(self, line: excerpts.Excerpt, room: float) -> str | QTextLayout:
        if not line.spots:
            return line.text
        return excerpts.laid_out(line.text, line.spots, fonts.text(12), self._theme.accent, room)


def _send_word() -> str:
    return _("插入并发送")


def card_hint(row: PhraseRow) -> str:
    """The tooltip: the whole text, what to know of it, why it was found or cannot be used now."""
    why = wording.why_found(row.why)
    found = _("{why}：{text}").format(why=why, text=row.found_in) if row.found_in else why
    parts = (row.text, row.note, sentences.missing(row), found)
    return "\n".join(part for part in parts if part)
