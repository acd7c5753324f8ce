"""What is asked about one conversation in a form: to whom it goes and why, a note, another name."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from sidebar.domain.identifiers import ConversationId
from sidebar.services.views import ConversationRow, NowView
from sidebar.ui import fonts, wording
from sidebar.ui.keyboard import Keyboard
from sidebar.ui.now import Now
from sidebar.ui.short_form import Question, ShortForm
from sidebar.ui.wording import _


class ConversationActs(QObject):
    """One form at a time, below the current conversation; made with the first that is asked for.

    A form is about the conversation it was opened for, whoever is current when it is sent off.
    """

    transferred = Signal(str, str, str)
    """Conversation, to whom, why."""
    escalated = Signal(str, str, str)
    """The same, for somebody to help while the buyer stays."""
    noted = Signal(str, str)
    renamed = Signal(str, str)
    merged = Signal(str, str)
    """A conversation, and the one it becomes a part of."""
    closed = Signal(str)

    def __init__(self, now: Now, keyboard: Keyboard) -> None:
        super().__init__(now)
        self._now = now
        self._keyboard = keyboard
        self._form: ShortForm | None = None

    def ask_transfer(self, view: NowView) -> None:
        """To whom the current conversation goes, or who is to help."""
        about = view.conversation
        if about is None:
            return
        why = Question(name=_("为什么"), missing=_("写一句原因，接手的人才知道从哪里接起"))
        self._ask(
            (Question(name=_("找谁"), value=wording.supervisor(), missing=_("找谁？比如：主管、仓库")), why),
            (_("请求协助"), lambda to, reason: self.escalated.emit(about, to, reason)),
            (_("转出"), lambda to, reason: self.transferred.emit(about, to, reason)),
        )

    def ask_note(self, about: ConversationId, note: str) -> None:
        """What the next agent should know of the buyer."""
        question = Question(name=_("备注：下次接待也会看到"), value=note)
        self._ask((question,), (_("记下"), lambda text: self.noted.emit(about, text)))

    def ask_name(self, about: ConversationId, name: str) -> None:
        """What to call the buyer."""
        question = Question(name=_("怎么称呼；留空就用客户端里的名字"), value=name)
        self._ask((question,), (_("改名"), lambda text: self.renamed.emit(about, text)))

    def open_menu(self, row: ConversationRow, current: ConversationRow | None, at: QPoint) -> None:
        """What can be done with the conversation of *row*, at the point *at* of the screen."""
        about = row.conversation
        menu = QMenu(self._now)
        menu.setFont(fonts.text(12))
        menu.addAction(_("备注…")).triggered.connect(lambda: self.ask_note(about, row.note))
        menu.addAction(_("改名…")).triggered.connect(lambda: self.ask_name(about, row.customer))
        if current is not None and current.conversation != about:
            into = current.conversation
            merge = menu.addAction(_("和当前的{customer}是同一位").format(customer=current.customer))
            merge.triggered.connect(lambda: self.merged.emit(about, into))
        menu.addSeparator()
        menu.addAction(_("结束")).triggered.connect(lambda: self.closed.emit(about))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _ask(self, questions: tuple[Question, ...], *acts: tuple[str, Callable[..., None]]) -> None:
        if self._form is not None:
            self._form.close_form()
        form = self._form = ShortForm(questions, acts, self._now)
        form.keyboard_wanted.connect(self._keyboard.take)
        form.closed.connect(self._keyboard.give_back)
        form.closed.connect(self._on_form_closed)
        self._now.place_form(form)
        form.open_form()

    def _on_form_closed(self) -> None:
        self._form = None
