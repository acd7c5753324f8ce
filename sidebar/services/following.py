"""Which chat window is beside us, and who is open in it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from sidebar.domain.chat_clients import ChatWindow, ClientProfile, recognise
from sidebar.domain.identifiers import ConversationId
from sidebar.domain.insertion import Rect, WindowInfo
from sidebar.domain.lean import dataclass
from sidebar.ports import Cancel, TextBoxes, Windows

POINTED = "element"
"""How events say that an element named the buyer, under `seen` in their extra keys."""


class ChatListener(Protocol):
    """Hears of the chat window; the screen and the board do."""

    def chat_changed(self, chat: ChatWindow | None) -> None:
        """Another chat window, another buyer or another unread count; None when it is closed."""

    def chat_moved(self, frame: Rect) -> None:
        """The chat window stands there now, decorations included."""

    def chat_hidden(self) -> None: ...

    def chat_shown(self) -> None: ...


@dataclass(slots=True)
class _Waiting:
    handle: int
    action: Callable[[], None]


class ChatFollower:
    """Keeps the last chat window that was in front; other programs coming to the front do not change it.

    Implements `WindowListener`. Its `ChatWindow` is the target of insertions. Where *sees_elements*,
    somebody will tell what a client's element with the buyer's name says; that counts before the title.
    """

    def __init__(
        self,
        *,
        windows: Windows,
        boxes: TextBoxes,
        profiles: Sequence[ClientProfile],
        sees_elements: bool = False,
    ) -> None:
        self._windows = windows
        self._boxes = boxes
        self._profiles = tuple(profiles)
        self._listeners: list[ChatListener] = []
        self._chat: ChatWindow | None = None
        self._waiting: list[_Waiting] = []
        self._watching: list[Callable[[WindowInfo], None]] = []
        self._read: dict[int, str] = {}
        """The buyers that clients' lists name, by window."""
        self._sees_elements = sees_elements
        self._pointed: dict[int, str] = {}
        """The buyers that elements name, by window; none for a window nobody has told of yet."""

    def listen(self, listener: ChatListener) -> None:
        """Tell *listener* from now on, after those before it."""
        self._listeners.append(listener)

    def begin(self) -> None:
        """Listen from now on; a chat window that is open already, though not in front, is taken."""
        self._windows.listen(self)
        if self._chat is None:
            self._look_around()

    def use(self, profiles: Sequence[ClientProfile]) -> None:
        """Know chat windows by *profiles* from now on; the one beside us may be none any more, or another."""
        self._profiles = tuple(profiles)
        self._pointed.clear()  # they may be pointed at elsewhere now
        active = self._windows.active()
        if active is not None and self._take(active):
            return
        if self._chat is None or not self._take(self._chat.window):
            self._let_go()
            self._look_around()

    @property
    def profiles(self) -> tuple[ClientProfile, ...]:
        """The clients that are known, the first that fits a window preferred."""
        return self._profiles

    @property
    def chat(self) -> ChatWindow | None:
        return self._chat

    def look_again(self) -> None:
        """Take what the window in front shows this moment, should word of it not have come yet."""
        active = self._windows.active()
        if active is not None:
            self._take(active)

    def watch(self, action: Callable[[WindowInfo], None]) -> Cancel:
        """Run *action* with each window that comes to the front, or changes its title there."""
        self._watching.append(action)

        def cancel() -> None:
            if action in self._watching:
                self._watching.remove(action)

        return cancel

    def customer_of(self, window: WindowInfo) -> str:
        """The buyer that *window* names now, by its element, title or list; '' where none does."""
        chat = self._recognise(window)
        return chat.customer if chat is not None else ""

    def window_of(self, conversation: ConversationId) -> WindowInfo | None:
        """The window that shows *conversation* now, where each buyer has one or it is the one in it."""
        for window in reversed(self._windows.all()):
            chat = self._recognise(window)
            if chat is not None and chat.conversation == conversation:
                return window
        return None

    def name_buyer(self, window: WindowInfo, customer: str) -> None:
        """The list in *window* says who is open, '' for nobody; that counts where the title names none."""
        if self._read.get(window.handle, "") == customer:
            return
        self._read[window.handle] = customer
        if self._chat is not None and self._is_chat(window):
            self._take(self._chat.window)

    def name_pointed(self, window: WindowInfo, customer: str) -> None:
        """The element in *window* names *customer*; '' where it cannot be read, and the title counts."""
        if self._pointed.get(window.handle) == customer:
            return
        self._pointed[window.handle] = customer
        if self._chat is not None and self._is_chat(window):
            self._take(self._chat.window)

    def when_active(self, window: WindowInfo, action: Callable[[], None]) -> Cancel:
        """Run *action* once *window* has come to the front."""
        waiting = _Waiting(window.handle, action)
        self._waiting.append(waiting)

        def cancel() -> None:
            if waiting in self._waiting:
                self._waiting.remove(waiting)

        return cancel

    def window_activated(self, window: WindowInfo | None) -> None:
        if window is None:
            return
        self._take(window)
        for waiting in [w for w in self._waiting if w.handle == window.handle]:
            self._waiting.remove(waiting)
            waiting.action()
        self._show_watchers(window)

    def title_changed(self, window: WindowInfo) -> None:
        self._show_watchers(window)
        self._take(window)  # it may be in front and have become a chat only now, as a page that is loaded

    def window_moved(self, window: WindowInfo, frame: Rect) -> None:
        if self._is_chat(window):
            for listener in self._listeners:
                listener.chat_moved(frame)

    def window_hidden(self, window: WindowInfo) -> None:
        if self._is_chat(window):
            for listener in self._listeners:
                listener.chat_hidden()

    def window_shown(self, window: WindowInfo) -> None:
        if self._is_chat(window):
            for listener in self._listeners:
                listener.chat_shown()

    def window_gone(self, window: WindowInfo) -> None:
        self._read.pop(window.handle, None)
        self._pointed.pop(window.handle, None)
        if self._is_chat(window):
            self._let_go()

    def _look_around(self) -> None:
        for window in reversed(self._windows.all()):
            if self._take(window):
                return

    def _let_go(self) -> None:
        if self._chat is not None:
            self._chat = None
            self._windows.follow(None)
            self._tell(None)

    def _show_watchers(self, window: WindowInfo) -> None:
        for action in tuple(self._watching):
            action(window)

    def _is_chat(self, window: WindowInfo) -> bool:
        return self._chat is not None and window.handle == self._chat.window.handle

    def _recognise(self, window: WindowInfo) -> ChatWindow | None:
        chat = recognise(window, self._profiles)
        if chat is None:
            return None
        if chat.profile.pointed is not None and self._sees_elements:
            told = self._pointed.get(window.handle)
            if told != "":  # until somebody has told, the title might name a buyer who is none
                return replace(chat, customer=told or "", named_by=POINTED)
        if chat.customer:
            return chat
        return replace(chat, customer=self._read.get(window.handle, ""))

    def _take(self, window: WindowInfo) -> bool:
        """Make *window* the chat window if a profile knows it; whether one does."""
        chat = self._recognise(window)
        if chat is None:
            return False
        if chat == self._chat:
            return True
        before, self._chat = self._chat, chat
        another = before is None or before.window.handle != window.handle
        if another:
            self._windows.follow(window)
        if chat.profile.accessible:
            self._boxes.prepare(window)
        self._tell(chat)
        frame = (
            self._windows.frame(window) if before is None or before.window.handle != window.handle else None
        )
        if frame is not None:
            self.window_moved(window, frame)
        return True

    def _tell(self, chat: ChatWindow | None) -> None:
        for listener in self._listeners:
            listener.chat_changed(chat)
