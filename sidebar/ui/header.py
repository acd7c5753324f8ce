"""The header: how we stand to the chat client, who is being answered, how long the shift has run."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from sidebar.services.views import HeaderView, Link
from sidebar.ui import painting, sentences, theme, wording
from sidebar.ui.controls import WordButton, Words, drop_below, ground
from sidebar.ui.theme import Theme
from sidebar.ui.wording import _


class StateDot(QWidget):
    """The link to the chat client as a mark whose shape tells as much as its colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(12, 16)
        self._link = Link.SEARCHING
        self._theme = theme.LIGHT

    def show_link(self, link: Link, reason: str) -> None:
        if reason != self.toolTip():
            self.setToolTip(reason)
            self.setAccessibleName(reason)
        if link is not self._link:
            self._link = link
            self.update()

    def show_theme(self, shown: Theme) -> None:
        self._theme = shown
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 (Qt's own signature)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = self._theme
        centre = QRectF(self.rect()).center()
        match self._link:
            case Link.ATTACHED:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(shown.ok))
                painter.drawEllipse(centre, 4.2, 4.2)
            case Link.SEARCHING:
                painter.setPen(QPen(QColor(shown.muted), 1.6))
                painter.drawEllipse(centre, 3.6, 3.6)
            case Link.PAUSED:
                for left in (-3.6, 1.2):
                    bar = QRectF(centre + QPointF(left, -4), centre + QPointF(left + 2.4, 4))
                    painting.filled(painter, bar, shown.warn)
            case Link.CANNOT_INSERT:
                painter.setPen(QPen(QColor(shown.bad), 2, c=Qt.PenCapStyle.RoundCap))
                painter.drawLine(centre + QPointF(-3.4, -3.4), centre + QPointF(3.4, 3.4))
                painter.drawLine(centre + QPointF(-3.4, 3.4), centre + QPointF(3.4, -3.4))


class Header(QWidget):
    """44 pixels: the dot, client, buyer, shift clock, menu."""

    def __init__(self, parent: QWidget | None = None, *, menu: Callable[[], QMenu]) -> None:
        super().__init__(parent)
        ground(self, "card")
        self.setFixedHeight(44)
        self._view: HeaderView | None = None
        self._dot = StateDot(self)
        self._client = Words(self, strong=True)
        self._customer = Words(self, role="quiet")
        self._shift = Words(self, role="quiet", size=12)
        self._more = WordButton(self, role="quiet", size=13, height=24)
        self._more.setFixedWidth(28)
        self._more.clicked.connect(lambda: drop_below(self._more, menu()))
        self._lay_out()
        self.retranslate()

    def show_view(self, view: HeaderView) -> None:
        if view == self._view:
            return
        self._view = view
        self._dot.show_link(view.link, sentences.link_state(view.link, view.client))
        self._client.say(view.client or _("未连接"))
        self._customer.say(view.customer)
        self._shift.say(self._shift_words(view))

    def show_theme(self, shown: Theme) -> None:
        self._dot.show_theme(shown)

    def retranslate(self) -> None:
        self._more.say("⋯", name=_("菜单"), hint=_("菜单"))
        if self._view is not None:
            view, self._view = self._view, None
            self.show_view(view)

    @staticmethod
    def _shift_words(view: HeaderView) -> str:
        if view.shift_for is None:
            return _("未上班")
        clock = wording.shift_clock(view.shift_for)
        return _("{shift} {clock}").format(shift=view.shift_name or _("本班"), clock=clock)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 8, 0)
        row.setSpacing(0)
        row.addWidget(self._dot)
        row.addSpacing(6)
        row.addWidget(self._client)
        row.addSpacing(8)
        row.addWidget(self._customer, 1)
        row.addSpacing(8)
        row.addWidget(self._shift)
        row.addSpacing(2)
        row.addWidget(self._more)
