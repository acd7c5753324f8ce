"""Small things that rows and marks are painted of: chips, warning signs, a clock, text in a line."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from sidebar.domain.conversations import Urgency
from sidebar.ui import fonts
from sidebar.ui.theme import Theme

CHIP_HEIGHT = 18.0
SIGN = 12.0
"""Height of a chip and of a warning sign, in logical pixels."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter


def advance(text: str, font: QFont) -> float:
    """How wide *text* is, in logical pixels (about 2 µs, so nothing needs remembering)."""
    return QFontMetricsF(font).horizontalAdvance(text)


def shortened(text: str, font: QFont, room: float) -> str:
    """*text*, cut short with an ellipsis where it is wider than *room*."""
    if advance(text, font) <= room:
        return text
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)


def line_of(painter: QPainter, text: str, font: QFont, colour: str, box: QRectF) -> float:
    """Write *text* in one line, cut short where *box* ends; the x at which it ends."""
    text = shortened(text, font, box.width())
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(box, _LEFT, text)
    return box.left() + advance(text, font)


def chip_width(text: str, *, clock: bool = False) -> float:
    return advance(text, fonts.text(11)) + 14 + (15 if clock else 0)


def chip(painter: QPainter, text: str, at: QPointF, *, ink: str, ground: str, clock: bool = False) -> None:
    """A small pill with *text*, its left edge's middle at *at*; with a little clock before it if asked."""
    box = QRectF(at.x(), at.y() - CHIP_HEIGHT / 2, chip_width(text, clock=clock), CHIP_HEIGHT)
    rounded(painter, box, CHIP_HEIGHT / 2, fill=ground)
    if clock:
        small_clock(painter, QPointF(box.left() + 13, box.center().y()), ink)
        box.setLeft(box.left() + 15)
    painter.setFont(fonts.text(11))
    painter.setPen(QColor(ink))
    painter.drawText(box, _CENTER, text)


def rounded(painter: QPainter, box: QRectF, radius: float, *, fill: str, edge: str = "") -> None:
    """A filled rectangle with round corners and, where *edge* is a colour, a crisp line around it."""
    painter.setBrush(QColor(fill))
    painter.setPen(QPen(QColor(edge), 1) if edge else Qt.PenStyle.NoPen)
    inset = 0.5 if edge else 0.0
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)


def filled(painter: QPainter, box: QRectF, colour: str) -> None:
    """*box* in one colour; `fillRect` would bring all of Qt's gradients to life in Python."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRect(box)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def state_bar(painter: QPainter, row: QRectF, colour: str) -> None:
    """The 3-pixel bar at the left edge of a row."""
    filled(painter, QRectF(row.left(), row.top(), 3, row.height()), colour)


def small_clock(painter: QPainter, centre: QPointF, colour: str) -> None:
    """A clock face of 9 pixels; painted, since an emoji would load a font of its own."""
    painter.setPen(QPen(QColor(colour), 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, 4.5, 4.5)
    painter.drawPolyline(QPolygonF([centre + QPointF(0, -2.6), centre, centre + QPointF(2, 1)]))


def urgency_sign(painter: QPainter, centre: QPointF, urgency: Urgency, theme: Theme) -> None:
    """The shape that says without colour how late it is: full triangle for breached, empty for warned."""
    if urgency not in (Urgency.BREACHED, Urgency.WARNED):
        return
    breached = urgency is Urgency.BREACHED
    colour = QColor(theme.bad if breached else theme.warn)
    painter.setPen(QPen(colour, 1.3, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(colour if breached else Qt.BrushStyle.NoBrush)
    painter.drawPolygon(QPolygonF([centre + QPointF(x, y) for x, y in ((0, -5), (5.6, 4.6), (-5.6, 4.6))]))
    painter.setPen(QPen(QColor(theme.card) if breached else colour, 1.4))
    painter.drawLine(centre + QPointF(0, -1.6), centre + QPointF(0, 1.2))
    painter.drawPoint(centre + QPointF(0, 3.2))


def tick(painter: QPainter, centre: QPointF, colour: str) -> None:
    painter.setPen(QPen(QColor(colour), 1.6, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([centre + QPointF(x, y) for x, y in ((-4, 0), (-1, 3), (4, -3))]))


def lens(painter: QPainter, centre: QPointF, colour: str) -> None:
    painter.setPen(QPen(QColor(colour), 1.4, c=Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre + QPointF(-1, -1), 4, 4)
    painter.drawLine(centre + QPointF(2, 2), centre + QPointF(5, 5))
