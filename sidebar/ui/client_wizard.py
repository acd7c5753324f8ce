"""Testing a chat client, one question at a time, in the phrases' place."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from sidebar.domain.client_trials import Attempt, Happened
from sidebar.domain.insertion import Outcome
from sidebar.domain.insertion_paths import InsertionPath
from sidebar.domain.newlines import Newlines
from sidebar.domain.title_parts import Part, TitlePart
from sidebar.services.client_trial import Step, TrialView
from sidebar.services.views import InsertionNotice
from sidebar.ui import endings
from sidebar.ui.controls import Hint, WordButton, drop_below
from sidebar.ui.followup_form import framed
from sidebar.ui.panel import Choice
from sidebar.ui.questions import Questions
from sidebar.ui.typing_line import TypingLine
from sidebar.ui.wording import _

ENTER, CTRL_ENTER = "return", "ctrl+return"

_NUMBER = {Step.WINDOW: 1, Step.PART: 2, Step.SAMPLE: 3, Step.QUESTION: 3, Step.SEND_KEY: 4, Step.NAME: 5}


class ClientWizard(Questions):
    """Shows what a `ClientTrial` asks, and says what the agent answers."""

    window_chosen = Signal(object)
    """A window's handle; None for the one in front."""
    client_chosen = Signal(str)
    """The window in front is the known client of that name."""
    part_chosen = Signal(int)
    sample_requested = Signal(str)
    answered = Signal(str)
    send_key_chosen = Signal(str)
    """ENTER, CTRL_ENTER, or '' where the agent does not know."""
    saved = Signal(str)
    over_requested = Signal()
    pointing_requested = Signal()
    """The name is to be read from where it stands in the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: TrialView | None = None
        self._line: TypingLine | None = None

    def show_view(self, view: TrialView) -> None:
        if view == self._view:
            return
        if self._line is not None:
            self._line = None
            self.keyboard_done.emit()
        self._view = view
        number = _NUMBER.get(view.step)
        self._heading.say(_("测试客户端 · {number} / 5").format(number=number) if number else _("测试客户端"))
        ask = {
            Step.WINDOW: self._ask_window,
            Step.PART: self._ask_part,
            Step.SAMPLE: self._ask_sample,
            Step.QUESTION: self._ask_question,
            Step.SEND_KEY: self._ask_send_key,
            Step.NAME: self._ask_name,
            Step.DONE: self._tell_done,
            Step.FAILED: self._tell_failed,
        }[view.step]
        self._show(ask(view))

    def retranslate(self) -> None:
        super().retranslate()
        if self._view is not None:
            view, self._view = self._view, None
            self.show_view(view)

    # -- the questions ----------------------------------------------------------------------------

    def _ask_window(self, view: TrialView) -> Iterator[QWidget]:
        if view.window is None:
            yield self._hint(_("还没有看到别的窗口：打开聊天客户端，点它一下。"))
            return
        yield self._hint(_("要测试的是最前面的这个窗口吗？不是的话，把它点到最前面。"))
        yield self._words(view.window.title or _("（没有标题）"), strong=True)
        known = _("{program}，已认得：{client}").format(program=view.window.program, client=view.known)
        yield self._words(known if view.known else view.window.program)
        yield self._main(_("就测这个窗口"), partial(self.window_chosen.emit, None))
        if view.others:
            others = [(str(each.handle), f"{each.program}   {each.title}") for each in view.others]
            yield self._choose(_("别的窗口…"), others, lambda handle: self.window_chosen.emit(int(handle)))
        clients = [(str(name), label) for name, label in view.clients]
        yield self._choose(_("它其实是…"), clients, self.client_chosen.emit)

    def _ask_part(self, view: TrialView) -> Iterator[QWidget]:
        yield self._hint(_("标题里哪一部分是买家的名字？"))
        if view.window is not None:
            yield self._words(view.window.title, strong=True)
        for number, part in enumerate(view.parts):
            yield self._answer(
                part.name or _("都不是"), partial(self.part_chosen.emit, number), hint=part_words(part)
            )
        yield self._over()

    def _ask_sample(self, view: TrialView) -> Iterator[QWidget]:
        if view.refused is not None:
            yield self._refusal(view.refused)
        if view.first:
            yield self._hint(
                _("请先打开一个自己人的会话：有的客户端见到换行就发出去。然后清空输入框，光标留在里面。")
            )
        else:
            yield self._hint(_("换个办法再试：先清空输入框，光标留在里面。"))
        yield self._words(_way(view.attempt))
        sample = "\n".join((_("测试第一行，请不要发送"), _("测试第二行")))
        button = self._main(_("插入两行试试"), partial(self.sample_requested.emit, sample))
        button.setEnabled(not view.inserting)
        yield button
        yield self._over()

    def _ask_question(self, view: TrialView) -> Iterator[QWidget]:
        if view.refused is not None:
            yield self._refusal(view.refused)
        yield self._hint(_("客户端里成了什么样？看完请把输入框清空。"))
        for happened, label in (
            (Happened.TWO_LINES, _("输入框里是两行")),
            (Happened.JOINED, _("连成了一行，没有发")),
            (Happened.FIRST_ONLY, _("只有第一行")),
            (Happened.SENT, _("发出去了，至少一行")),
            (Happened.NOTHING, _("什么也没有")),
        ):
            yield self._answer(label, partial(self.answered.emit, str(happened)))
        yield self._over()

    def _ask_send_key(self, view: TrialView) -> Iterator[QWidget]:
        yield self._hint(
            _("这样可以：{way}。在这个客户端里，哪个键是发送？只是记下来，侧栏不会替你发。").format(
                way=_way(view.attempt)
            )
        )
        for key, label in ((ENTER, "Enter"), (CTRL_ENTER, "Ctrl+Enter"), ("", _("不知道"))):
            yield self._answer(label, partial(self.send_key_chosen.emit, key))
        yield self._over()

    def _ask_name(self, view: TrialView) -> Iterator[QWidget]:
        yield self._hint(_("给它起个名字，就可以保存了。"))
        line = self._line = TypingLine()
        line.setText(view.label)
        line.setAccessibleName(_("客户端的名字"))
        line.keyboard_wanted.connect(lambda: self.keyboard_wanted.emit(line))
        line.left.connect(self.keyboard_done)
        line.accepted.connect(lambda _control: self.saved.emit(line.text()))
        yield framed(line, self)
        yield self._main(_("保存"), lambda: self.saved.emit(line.text()))
        yield self._over()

    def _tell_done(self, view: TrialView) -> Iterator[QWidget]:
        yield self._hint(_("已保存到 clients/{file}，从现在起就按它来。").format(file=view.file))
        yield self._main(_("完成"), self.closed.emit)
        yield self._answer(_("指认买家名字…"), self.pointing_requested.emit)

    def _tell_failed(self, view: TrialView) -> Iterator[QWidget]:
        del view
        yield self._hint(
            _("两条路都没能把文字放进去：在这个客户端里，请先点话术复制，再自己粘贴。"), role="trouble"
        )
        yield self._over()
        yield self._answer(_("关闭"), self.closed.emit)

    # -- pieces ----------------------------------------------------------------------------------

    def _refusal(self, outcome: Outcome) -> Hint:
        told = InsertionNotice(outcome=outcome, title=_("测试"))
        return self._hint(endings.insertion(told), role="trouble")

    def _over(self) -> WordButton:
        return self._back(_("从头再来"), self.over_requested.emit)

    def _choose(
        self, text: str, choices: Iterable[tuple[str, str]], act: Callable[[str], None]
    ) -> WordButton:
        """A button that opens a menu of *choices* (value and label)."""
        made = Choice(text, parent=self)
        menu_of = tuple(choices)

        def drop() -> None:
            menu = QMenu(made)
            for value, label in menu_of:
                short = made.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, 280)
                menu.addAction(short.replace("&", "&&")).setData(value)
            menu.triggered.connect(lambda action: act(action.data()))
            drop_below(made, menu)

        made.clicked.connect(drop)
        return made


def _way(attempt: Attempt) -> str:
    """How the two lines go in."""
    if attempt.path is InsertionPath.ACCESSIBILITY:
        joined = attempt.newlines is Newlines.JOINED
        return _("直接写进输入框，各行连成一行") if joined else _("直接写进输入框")
    return {
        Newlines.AS_IS: _("粘贴，原样换行"),
        Newlines.SHIFT_ENTER: _("逐行粘贴，中间按 Shift+Enter"),
        Newlines.CTRL_ENTER: _("逐行粘贴，中间按 Ctrl+Enter"),
        Newlines.JOINED: _("粘贴，各行连成一行"),
    }[attempt.newlines]


def part_words(part: TitlePart) -> str:
    """Where in the title the name stands."""
    return {
        Part.WHOLE: _("整个标题"),
        Part.WITHOUT_COUNT: _("去掉前面的未读数"),
        Part.BEFORE: _("在「{beside}」前面"),
        Part.BETWEEN: _("在「{beside}」后面"),
        Part.AFTER: _("在「{beside}」后面"),
        Part.NOWHERE: _("标题里没有买家的名字"),
    }[part.part].format(beside=part.beside)
