"""Pointing at the buyer's name in the chat client, in the phrases' place."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from sidebar.domain.title_parts import Part
from sidebar.services.pointing import PointingProblem, PointingStep, PointingView
from sidebar.ui import theme
from sidebar.ui.client_wizard import part_words
from sidebar.ui.controls import Hint, WordButton, Words
from sidebar.ui.questions import Questions
from sidebar.ui.theme import Theme
from sidebar.ui.wording import _


class PointingPanel(Questions):
    """Shows what a `Pointing` asks and reads, and says what the agent answers."""

    confirmed = Signal()
    part_chosen = Signal(int)
    saved = Signal()
    over_requested = Signal()
    trial_requested = Signal()
    theme_shown = Signal()
    visibility_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: PointingView | None = None
        self._read: Words | None = None
        self._trouble: Hint | None = None
        self._confirm: WordButton | None = None
        self._unproved: tuple[QWidget, ...] = ()
        """What is said and offered only until another buyer has been seen."""
        self.shown = theme.LIGHT

    def show_theme(self, shown: Theme) -> None:
        self.shown = shown
        self.theme_shown.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.visibility_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.visibility_changed.emit()

    def show_view(self, view: PointingView) -> None:
        before, self._view = self._view, view
        asked = before is None or (before.step, before.client) != (view.step, view.client)
        if asked or before is None or view.parts != before.parts:
            self._read = self._trouble = self._confirm = None
            self._unproved = ()
            ask = {
                PointingStep.CANNOT: self._tell_cannot,
                PointingStep.CLIENT: self._ask_client,
                PointingStep.POINT: self._ask_point,
                PointingStep.PART: self._ask_part,
                PointingStep.PROVE: self._ask_proof,
                PointingStep.DONE: self._tell_done,
            }[view.step]
            self._show(ask(view))
        self._follow(view)

    def retranslate(self) -> None:
        super().retranslate()
        self._heading.say(_("指认买家名字"))
        view, self._view = self._view, None
        if view is not None:
            self.show_view(view)

    def _follow(self, view: PointingView) -> None:
        """Say what is read this moment; the buttons stay where they are, for a hand may be on its way."""
        pointing = view.step is PointingStep.POINT
        if self._read is not None:
            told = view.words if pointing else view.now
            self._read.say(told or _("（还没有读到）"))
            self._read.setToolTip(told)
        if self._trouble is not None:
            self._trouble.say(_problem(view.problem))
            self._trouble.setVisible(view.problem is not None)
        if self._confirm is not None:
            self._confirm.setEnabled(bool(view.words) if pointing else view.proved)
        for part in self._unproved:
            part.setVisible(not view.proved)

    # -- the questions ----------------------------------------------------------------------------

    def _tell_cannot(self, view: PointingView) -> Iterator[QWidget]:
        del view
        yield self._hint(_("在这个系统上，侧栏还读不到别的程序里的文字，不能指认；买家照旧按窗口标题来认。"))
        yield self._answer(_("关闭"), self.closed.emit)

    def _ask_client(self, view: PointingView) -> Iterator[QWidget]:
        del view
        yield self._hint(_("还没有看到认得的聊天客户端：打开它；没有它的配置，就先测试一下。"))
        yield self._answer(_("测试客户端…"), self.trial_requested.emit)

    def _ask_point(self, view: PointingView) -> Iterator[QWidget]:
        yield self._hint(
            _("在 {client} 里，把鼠标停在当前买家的名字上，最好是消息上方的那个，不用点。").format(
                client=view.client
            )
        )
        yield self._read_words()
        yield self._trouble_hint()
        self._confirm = self._main(_("就是它"), self.confirmed.emit)
        yield self._confirm
        yield self._hint(_("鼠标停在名字上时，Enter 也是「就是它」，Esc 是不指了。"))

    def _ask_part(self, view: PointingView) -> Iterator[QWidget]:
        yield self._hint(_("读到的文字里，哪一部分是买家的名字？"))
        yield self._words(view.words, strong=True)
        for number, part in enumerate(view.parts):
            where = _("全部文字") if part.part is Part.WHOLE else part_words(part)
            yield self._answer(part.name, partial(self.part_chosen.emit, number), hint=where)
        yield self._again()

    def _ask_proof(self, view: PointingView) -> Iterator[QWidget]:
        yield self._hint(
            _("买家是 {buyer}。现在到客户端里打开另一位买家，看下面跟不跟着变。").format(buyer=view.buyer)
        )
        yield self._read_words()
        yield self._trouble_hint()
        self._confirm = self._main(_("跟着变了，保存"), self.saved.emit)
        yield self._confirm
        self._unproved = (
            self._hint(_("不跟着变，多半是指到了列表里的一项：请重新指消息上方的名字。")),
            self._answer(_("只有一位买家，先这样保存"), self.saved.emit),
        )
        yield from self._unproved
        yield self._again()

    def _tell_done(self, view: PointingView) -> Iterator[QWidget]:
        yield self._hint(_("已保存到 clients/{file}，从现在起买家以它为准。").format(file=view.file))
        yield self._main(_("完成"), self.closed.emit)

    # -- pieces -----------------------------------------------------------------------------------

    def _read_words(self) -> Words:
        self._read = self._words("", strong=True)
        return self._read

    def _trouble_hint(self) -> Hint:
        self._trouble = self._hint("", role="trouble")
        return self._trouble

    def _again(self) -> WordButton:
        return self._back(_("重新指"), self.over_requested.emit)


def _problem(problem: PointingProblem | None) -> str:
    return {
        None: "",
        PointingProblem.NOTHING: _(
            "这里什么也读不到。浏览器要带 --force-renderer-accessibility 启动；也有客户端不让读。"
        ),
        PointingProblem.INPUT_BOX: _("这是输入框，里面的字不读。"),
        PointingProblem.NO_WORDS: _("这里没有读到像名字的文字。"),
        PointingProblem.LOST: _("它刚刚变了，请再指一次。"),
        PointingProblem.GONE: _("现在找不到它了。"),
        PointingProblem.SEVERAL: _("有几处都像它，说的又不一样：请指别处的名字。"),
        PointingProblem.NO_NAME: _("它现在说的不是一个名字。"),
    }[problem]
