"""The footer: three figures of this shift, and the button that begins or ends it."""

from collections.abc import Iterator

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QWidget

from sidebar.services.views import FooterView
from sidebar.ui import fonts, painting, theme, wording
from sidebar.ui.controls import WordButton, drop_below, ground
from sidebar.ui.theme import Theme
from sidebar.ui.wording import _

FORMATS = ("md", "json", "xlsx")
"""What a summary can be exported as."""

_GOOD_SHARE = 0.9


class Figures(QAbstractButton):
    """First response, share in time, handled; a press offers to export them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(30)
        self._view = FooterView()
        self._theme = theme.LIGHT

    def show_view(self, view: FooterView) -> None:
        if view != self._view:
            self._view = view
            self.retranslate()

    def retranslate(self) -> None:
        said = _("，").join(f"{label} {figure}" for label, figure, _ink in self._parts())
        self.setAccessibleName(_("本班数据：{figures}，按下可导出").format(figures=said))
        self.setToolTip(_("本班数据，由侧栏自己计时得出；点一下导出小结"))
        self.update()

    def show_theme(self, shown: Theme) -> None:
        self._theme = shown
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 30)

    def sizeHint(self) -> QSize:
        return QSize(220, 30)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 (Qt's own signature)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.underMouse() or self.hasFocus():
            edge = self._theme.accent if self.hasFocus() else ""
            painting.rounded(painter, box, 6, fill=self._theme.hover, edge=edge)
        box.adjust(5, 0, -2, 0)
        for label, figure, ink in self._parts():
            wide = painting.advance(label, fonts.text(12)) + 4 + painting.advance(figure, fonts.figures(13))
            if wide > box.width():  # half a figure would be worse than none
                break
            end = painting.line_of(painter, label, fonts.text(12), self._theme.muted_text, box)
            box.setLeft(end + 4)
            box.setLeft(painting.line_of(painter, figure, fonts.figures(13), ink, box) + 12)

    def _parts(self) -> Iterator[tuple[str, str, str]]:
        """Label, figure and colour of each."""
        view, shown = self._view, self._theme
        good = view.share is not None and view.share >= _GOOD_SHARE
        yield _("首响"), wording.response(view.first_response), shown.text
        yield (
            _("{span}率").format(span=wording.span(view.share_within)),
            wording.share(view.share),
            shown.ok_text if good else shown.text,
        )
        yield _("接待"), str(view.handled), shown.text


class Footer(QWidget):
    """46 pixels: figures, and 交班 or 上班."""

    handover_requested = Signal()
    export_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, "card")
        self.setFixedHeight(46)
        self._view: FooterView | None = None
        self._figures = Figures(self)
        # hidden until it is known whether a shift runs: its word would tell a wrong one
        self._handover = WordButton(self, role="main", height=30)
        self._handover.hide()
        self._figures.clicked.connect(lambda: drop_below(self._figures, self.export_menu()))
        self._handover.clicked.connect(self.handover_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(7, 0, 12, 0)
        row.setSpacing(6)
        row.addWidget(self._figures, 1)
        row.addWidget(self._handover)
        self.retranslate()

    def show_view(self, view: FooterView) -> None:
        if view == self._view:
            return
        self._view = view
        self._figures.show_view(view)
        self._say_handover(view)
        self._handover.show()

    def show_theme(self, shown: Theme) -> None:
        self._figures.show_theme(shown)

    def retranslate(self) -> None:
        if self._view is not None:
            self._say_handover(self._view)
        self._figures.retranslate()

    def export_menu(self) -> QMenu:
        """What this shift's summary can be exported as."""
        menu = QMenu(_("导出小结"), self)
        for name, label in zip(
            FORMATS, (_("文档（Markdown）"), _("数据（JSON）"), _("表格（Excel）")), strict=True
        ):
            menu.addAction(label).setData(name)
        menu.triggered.connect(lambda action: self.export_requested.emit(action.data()))
        return menu

    def _say_handover(self, view: FooterView) -> None:
        if view.on_shift:
            self._handover.say(_("交班"), hint=_("结束本班，并导出小结"))
        else:
            self._handover.say(_("上班"), hint=_("开始一班：从现在起统计"))
