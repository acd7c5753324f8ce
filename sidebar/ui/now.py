"""The current conversation: where it stands in the playbook, and what can be done with it."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from sidebar.domain.events import NoReplyReason
from sidebar.domain.phrases import Category, Stage
from sidebar.services.views import NowView
from sidebar.ui import fonts, painting, theme, wording
from sidebar.ui.controls import Hint, WordButton, drop_below
from sidebar.ui.followup_form import FollowupForm
from sidebar.ui.theme import Theme
from sidebar.ui.wording import _

_EDGE = 12
_STEPS = tuple(stage for stage in Stage if stage.step is stage)


class StageBar(QWidget):
    """The seven main stages with their names: done, next, to come; within one, the very stage is named."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(24)
        self._stage: Stage | None = None
        self._theme = theme.LIGHT

    def show_stage(self, stage: Stage | None) -> None:
        if stage is not self._stage or not self.accessibleName():
            self._stage = stage
            self.retranslate()

    def show_theme(self, shown: Theme) -> None:
        self._theme = shown
        self.update()

    def retranslate(self) -> None:
        said = (
            _("流程")
            if self._stage is None
            else _("流程，下一步：{stage}").format(stage=wording.stage_name(self._stage))
        )
        self.setAccessibleName(said)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 (Qt's own signature)
        painter = QPainter(self)
        gap = 3.0
        wide = (self.width() + gap) / len(_STEPS)
        reached = -1 if self._stage is None else _STEPS.index(self._stage.step)
        for place, step in enumerate(_STEPS):
            stage = self._stage if self._stage is not None and place == reached else step
            self._paint_stage(
                painter, QRectF(place * wide, 0, wide - gap, self.height()), stage, place - reached
            )

    def _paint_stage(self, painter: QPainter, box: QRectF, stage: Stage, ahead: int) -> None:
        shown, known = self._theme, self._stage is not None
        following = known and ahead == 0
        bar = shown.accent if following else shown.ok if known and ahead < 0 else shown.line
        painting.filled(painter, QRectF(box.left(), 0, box.width(), 3), bar)
        painter.setFont(fonts.text(11, strong=following))
        painter.setPen(QColor(shown.accent if following else shown.muted_text))
        painter.drawText(box.adjusted(-2, 6, 2, 0), Qt.AlignmentFlag.AlignCenter, wording.stage_name(stage))


class Now(QWidget):
    """The area: category and stages, then words to press."""

    category_requested = Signal(str)
    customer_wrote_requested = Signal()
    answered_requested = Signal()
    no_reply_needed_requested = Signal(str)
    """With the reason, '' where none was given."""
    transfer_requested = Signal()
    followup_requested = Signal()
    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: NowView | None = None
        self._category = WordButton(self, role="quiet", height=22)
        self._wrote = WordButton(self, role="quiet", height=22)
        self._answered = WordButton(self, role="quiet", height=22)
        self._stages = StageBar(self)
        self._no_reply = WordButton(self)
        self._transfer = WordButton(self)
        self._followup = WordButton(self)
        self._close = WordButton(self)
        self.form = FollowupForm(self)
        self._note: Hint | None = None
        self._about_one = (self._category, self._no_reply, self._transfer, self._close)
        self._category.clicked.connect(self._on_category_clicked)
        self._wrote.clicked.connect(self.customer_wrote_requested)
        self._answered.clicked.connect(self.answered_requested)
        self._answered.setEnabled(False)
        self._no_reply.clicked.connect(lambda: self.no_reply_needed_requested.emit(""))
        self._no_reply.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._no_reply.customContextMenuRequested.connect(self._on_no_reply_reasons_requested)
        self._transfer.clicked.connect(self.transfer_requested)
        self._followup.clicked.connect(self.followup_requested)
        self._close.clicked.connect(self.close_requested)
        for button in self._about_one:
            button.setEnabled(False)
        self._lay_out()
        self.retranslate()

    def show_view(self, view: NowView) -> None:
        if view == self._view:
            return
        self._view = view
        known = view.conversation is not None
        for button in self._about_one:
            button.setEnabled(known)
        self._answered.setEnabled(view.waiting)
        self._category.say(
            self._title(view),
            name=_("类别：{name}，按下可改").format(name=self._title(view)),
            hint=_("改类别") if known else "",
        )
        self._stages.show_stage(view.stage)
        self._show_note(view.note)

    @property
    def view(self) -> NowView:
        """What is shown."""
        return self._view or NowView()

    def place_form(self, form: QWidget) -> None:
        """Give *form* its place; it goes when it has served."""
        self._body.addWidget(form)

    def _show_note(self, note: str) -> None:
        if self._note is None:
            if not note:  # most buyers have none
                return
            self._note = Hint(self)
            self._note.setContentsMargins(0, 0, 0, 6)
            self._body.insertWidget(0, self._note)
        self._note.say(_("备注：{note}").format(note=note) if note else "")
        self._note.setVisible(bool(note))

    def show_theme(self, shown: Theme) -> None:
        self._stages.show_theme(shown)

    def retranslate(self) -> None:
        self._wrote.say(
            _("客户来消息"),
            hint=_("买家又写了，而且还没回：从现在起计时；客户端不说是谁，就记一位没有名字的买家"),
        )
        self._answered.say(_("已回复"), hint=_("你自己打字回了这位买家：停表"))
        self._no_reply.say(_("无需回复"), hint=_("买家这句不用回：停表；右键可选原因"))
        self._transfer.say(_("转接…"), name=_("转接"), hint=_("转给别人，或请人协助：写明找谁、为什么"))
        self._followup.say(_("跟进…"), name=_("跟进"), hint=_("记一件以后要做的事，到点提醒"))
        self._close.say(_("结束"), hint=_("这个会话完了：停表，移出列表"))
        self._stages.retranslate()
        self.form.retranslate()
        if self._view is not None:
            view, self._view = self._view, None
            self.show_view(view)

    @staticmethod
    def _title(view: NowView) -> str:
        if view.conversation is None:
            return _("还没有当前会话：在客户端里打开一位买家")
        if view.category is None:
            return _("未分类 ・ 流程")
        return _("{category} ・ 流程").format(category=wording.category_name(view.category))

    def _on_category_clicked(self) -> None:
        menu = QMenu(self)
        for category in Category:
            action = menu.addAction(wording.category_name(category))
            action.setCheckable(True)
            action.setChecked(self._view is not None and self._view.category is category)
            action.setData(category.value)
        menu.triggered.connect(lambda action: self.category_requested.emit(action.data()))
        drop_below(self._category, menu)

    def _on_no_reply_reasons_requested(self) -> None:
        menu = QMenu(self)
        for reason in NoReplyReason:
            menu.addAction(wording.no_reply_reason(reason)).setData(reason.value)
        menu.triggered.connect(lambda action: self.no_reply_needed_requested.emit(action.data()))
        drop_below(self._no_reply, menu)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(_EDGE - 5, 0, _EDGE - 5, 0)
        head.addWidget(self._category)
        head.addStretch(1)
        head.addWidget(self._wrote)
        head.addWidget(self._answered)
        words = QHBoxLayout()
        words.setSpacing(6)
        for button in (self._no_reply, self._transfer, self._followup, self._close):
            words.addWidget(button, 1)
        body = self._body = QVBoxLayout()
        body.setContentsMargins(_EDGE, 4, _EDGE, 10)
        body.setSpacing(0)
        body.addWidget(self._stages)
        body.addSpacing(5)
        body.addLayout(words)
        body.addWidget(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addLayout(body)
