"""Who is open in the chat client, by the element that the agent has pointed at."""

from collections.abc import Callable
from functools import partial

from sidebar.domain.chat_clients import ChatWindow
from sidebar.domain.element_rules import ElementRule, Match
from sidebar.domain.insertion import Rect, WindowInfo
from sidebar.ports import Cancel, Elements


class PointedBuyers:
    """Tells the follower what the element of the client beside us says; implements `ChatListener`.

    It is told of changes, and looks anew when the window's title is another or it comes to the front.
    """

    def __init__(
        self,
        *,
        elements: Callable[[], Elements],
        name_pointed: Callable[[WindowInfo, str], None],
        come_to_front: Callable[[Callable[[WindowInfo], None]], Cancel],
    ) -> None:
        self._elements = elements
        self._name_pointed = name_pointed
        self._watched: tuple[WindowInfo, ElementRule] | None = None
        self._cancel: Cancel = _nothing
        come_to_front(self._on_front)

    def chat_changed(self, chat: ChatWindow | None) -> None:
        """Look at the element of *chat*'s client now, and at every change of it from now on."""
        rule = chat.profile.pointed if chat is not None else None
        wanted = (chat.window, rule) if chat is not None and rule is not None else None
        if wanted != self._watched:
            self._watch(wanted)

    def chat_moved(self, frame: Rect) -> None:
        """An element is found wherever it stands."""

    def chat_hidden(self) -> None:
        """What is out of sight is open all the same."""

    def chat_shown(self) -> None:
        """It has been watched all the while."""

    def _on_front(self, window: WindowInfo) -> None:
        if self._watched is not None and window == self._watched[0]:
            self._watch(self._watched)

    def _watch(self, wanted: tuple[WindowInfo, ElementRule] | None) -> None:
        before, self._watched = self._cancel, wanted
        self._cancel = _nothing
        if wanted is not None:
            self._cancel = self._elements().watch(*wanted, partial(self._on_told, *wanted))
        before()  # last, so that the program is heard of without a break

    def _on_told(self, window: WindowInfo, rule: ElementRule, match: Match, words: str) -> None:
        self._name_pointed(window, rule.buyer_in(words) if match is Match.FOUND else "")


def _nothing() -> None:
    """Nothing is watched yet."""
