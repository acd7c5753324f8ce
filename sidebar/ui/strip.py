"""The sidebar collapsed to a strip: how many wait too long, and the way back."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from sidebar.domain.conversations import Urgency
from sidebar.ui import fonts, painting, theme
from sidebar.ui.theme import Theme
from sidebar.ui.window import WIDTH_COLLAPSED
from sidebar.ui.wording import _


class Strip(QAbstractButton):
    """28 pixels wide; one press opens the sidebar again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._breached = 0
        self._warned = 0
        self._theme = theme.LIGHT
        self.retranslate()

    def show_counts(self, breached: int, warned: int) -> None:
        if (breached, warned) != (self._breached, self._warned):
            self._breached, self._warned = breached, warned
            self.retranslate()

    def show_theme(self, shown: Theme) -> None:
        self._theme = shown
        self.update()

    def retranslate(self) -> None:
        said = _("展开侧栏：超时 {breached}，将超时 {warned}").format(
            breached=self._breached, warned=self._warned
        )
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH_COLLAPSED, 120)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 (Qt's own signature)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = self._theme
        ground = shown.hover if self.underMouse() else shown.card
        painting.filled(painter, QRectF(self.rect()), ground)
        painting.line_of(painter, "«", fonts.text(15), shown.muted_text, QRectF(9, 8, 18, 24))
        counts = (
            (self._breached, Urgency.BREACHED, shown.bad_text),
            (self._warned, Urgency.WARNED, shown.warn_text),
        )
        top = 44.0
        for count, urgency, ink in counts:
            if count:
                painting.urgency_sign(painter, QPointF(self.width() / 2, top + 6), urgency, shown)
                painter.setFont(fonts.figures(13))
                painter.setPen(QColor(ink))
                painter.drawText(
                    QRectF(0, top + 14, self.width(), 20), Qt.AlignmentFlag.AlignCenter, str(count)
                )
                top += 44
        if self.hasFocus():
            painting.rounded(painter, QRectF(self.rect()), 4, fill="transparent", edge=shown.accent)
