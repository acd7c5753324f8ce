"""The health panel: each capability with a mark, a word, its reason and what to do."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sidebar.domain.findings import State
from sidebar.services.health import HealthRow
from sidebar.ui import remedies, theme
from sidebar.ui.controls import Hint, WordButton, Words
from sidebar.ui.panel import Panel
from sidebar.ui.theme import Theme
from sidebar.ui.wording import _


class HealthPanel(Panel):
    """Shows what a `Health` found, row by row as it comes."""

    again_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[HealthRow, ...] = ()
        self._theme = theme.LIGHT

    def show_rows(self, rows: tuple[HealthRow, ...]) -> None:
        if rows != self._rows:
            self._rows = rows
            self._say_rows()

    def show_theme(self, shown: Theme) -> None:
        self._theme = shown
        for row in self.findChildren(_Row):
            row.mark.show_theme(shown)

    def retranslate(self) -> None:
        super().retranslate()
        self._heading.say(_("自检"))
        self._say_rows()

    def _say_rows(self) -> None:
        self._show(self._parts())

    def _parts(self) -> Iterator[QWidget]:
        for row in self._rows:
            yield _Row(row, self._theme, self)
        again = WordButton(self)
        again.say(_("再查一遍"))
        again.setEnabled(all(row.finding is not None for row in self._rows))
        again.clicked.connect(self.again_requested)
        yield again


class _Row(QWidget):
    """The mark, the capability and its state; below them the reason and the remedy."""

    def __init__(self, row: HealthRow, shown: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        finding = row.finding
        self.mark = _Mark(None if finding is None else finding.state, shown, self)
        name = Words(self, strong=True)
        name.say(remedies.capability(row.check))
        word = Words(self, role="quiet", size=12)
        word.say(_("正在查…") if finding is None else remedies.state(finding.state))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.mark)
        head.addWidget(name, 1)
        head.addWidget(word)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(0)
        column.addLayout(head)
        said = "" if finding is None else _told(remedies.reason(finding), remedies.remedy(finding))
        if said:
            hint = Hint(self)
            hint.setContentsMargins(20, 0, 0, 0)
            hint.say(said)
            column.addWidget(hint)
        self.setAccessibleName(_("，").join(part for part in (name.text(), word.text(), said) if part))


def _told(reason: str, remedy: str) -> str:
    return _("{reason}；{remedy}").format(reason=reason, remedy=remedy) if reason and remedy else reason


class _Mark(QWidget):
    """A disc, a triangle or a cross; a ring while nothing is known."""

    def __init__(self, state: State | None, shown: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(12, 18)
        self._state = state
        self._theme = shown

    def show_theme(self, shown: Theme) -> None:
        self._theme = shown
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 (Qt's own signature)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QRectF(self.rect()).center()
        painter.setPen(Qt.PenStyle.NoPen)
        match self._state:
            case State.OK:
                painter.setBrush(QColor(self._theme.ok))
                painter.drawEllipse(centre, 4.2, 4.2)
            case State.WARNING:
                painter.setBrush(QColor(self._theme.warn))
                corners = (QPointF(0, -5), QPointF(5.4, 4.4), QPointF(-5.4, 4.4))
                painter.drawPolygon(QPolygonF([centre + corner for corner in corners]))
            case State.BROKEN:
                painter.setPen(QPen(QColor(self._theme.bad), 2.2, c=Qt.PenCapStyle.RoundCap))
                painter.drawLine(centre + QPointF(-3.6, -3.6), centre + QPointF(3.6, 3.6))
                painter.drawLine(centre + QPointF(-3.6, 3.6), centre + QPointF(3.6, -3.6))
            case None:
                painter.setPen(QPen(QColor(self._theme.muted), 1.6))
                painter.drawEllipse(centre, 3.6, 3.6)
