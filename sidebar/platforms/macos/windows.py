"""Other programs' windows under macOS: which is active, what its title says, where the followed one is."""

import os
from collections.abc import Callable, Sequence
from dataclasses import field, replace
from datetime import timedelta

from sidebar.domain.insertion import Rect, WindowInfo
from sidebar.domain.lean import dataclass
from sidebar.platforms.macos import constants
from sidebar.platforms.macos.bridge import Bridge, Element, ListedWindow
from sidebar.platforms.macos.elements import Elements
from sidebar.platforms.macos.panels import Panels
from sidebar.ports import Cancel, Scheduler, WindowListener

POLL = timedelta(milliseconds=150)
"""Without Accessibility: how often we look while the followed window's program is in front."""
SEARCH = timedelta(seconds=1)
"""Without Accessibility: how often we look while no window is followed yet."""
SURE = timedelta(seconds=2)
"""With it: how often we look all the same, as some programs leave out what they should tell."""

_OURS = -1
"""In place of a window's number: a window of ours has the keyboard."""
_SOON = timedelta(0)


@dataclass(slots=True, kw_only=True, eq=False)
class _Watched:
    """A window listened to, as it was told last."""

    told: WindowInfo
    element: Element | None
    frame: Rect | None = None
    visible: bool = True
    hearing: list[Cancel] = field(default_factory=list)

    def let_go(self) -> None:
        for cancel in self.hearing:
            cancel()
        self.hearing.clear()


class MacWindows:
    """Implements `Windows`; frames are in points, which on macOS are what Qt counts in, too.

    Which program is in front, and that it changed, the workspace tells without permission. Which of
    its windows has the keyboard, its title and its moves are told by Accessibility. Without it
    the window in front of the program's others counts, titles are those that Screen Recording
    allows (else ''), and we look again and again, but only while it matters. An event says no
    more than that something may have changed: we ask how it is now, and tell what differs.

    Our window can have the keyboard while the chat client is still the program in front. That
    counts as ours being active; when it gives the keyboard back, the client's window is told anew.
    A panel of another program that does the same (Spotlight, a launcher) is not seen.
    """

    def __init__(self, *, bridge: Bridge, scheduler: Scheduler, own: int | None = None) -> None:
        self._bridge = bridge
        self._elements = Elements(bridge.accessibility)
        self._panels = Panels(bridge.own)
        self._scheduler = scheduler
        self._own = os.getpid() if own is None else own
        self._listener: WindowListener | None = None
        self._front: int | None = None
        self._program = 0  # in front, or was until we were
        self._program_hearing: Cancel | None = None
        self._active: _Watched | None = None
        self._followed: _Watched | None = None
        self._next_look: Cancel = _nothing
        self._unlisten = (
            bridge.desktop.listen(self._look_at_front),
            bridge.own.listen(self._on_own_window),
        )

    def listen(self, listener: WindowListener) -> None:
        """Report to *listener* from now on; begins with the window that is active already."""
        self._listener = listener
        self._front = None
        self._scheduler.call_later(_SOON, self._look_at_front)

    def active(self) -> WindowInfo | None:
        """The window that has the keyboard this moment; None where it is ours or nobody's."""
        _, listed, element = self._at_front()
        return None if listed is None else self._info(listed, element)

    def told(self) -> WindowInfo | None:
        """Nothing is remembered here: `active` is to be asked."""
        return None

    def all(self) -> Sequence[WindowInfo]:
        """The windows of other programs on this desktop, the lowest in the stack first."""
        listed = [
            each for each in self._bridge.desktop.windows() if each.layer == 0 and each.pid != self._own
        ]
        titles: dict[int, str] = {}
        if self._bridge.permissions.trusted():
            for pid in dict.fromkeys(each.pid for each in listed):
                titles |= self._elements.titles(pid, [each for each in listed if each.pid == pid])
        infos = [self._info(each, None) for each in reversed(listed)]
        return tuple(replace(info, title=titles.get(info.handle, info.title)) for info in infos)

    def follow(self, window: WindowInfo | None) -> None:
        """Report moves, hiding and closing of *window* from now on, and what changed since it was read."""
        before, self._followed = self._followed, None
        if before is not None:
            before.let_go()
        if window is None:
            return
        listed = self._listed(window)
        element = None if listed is None else self._elements.window(listed)
        self._followed = _Watched(told=window, element=element, frame=listed.frame if listed else None)
        self._hear_followed(self._followed)
        self._scheduler.call_later(_SOON, self._look_at_front)

    def frame(self, window: WindowInfo) -> Rect | None:
        """Where *window* is, its title bar included; None when it is gone."""
        listed = self._listed(window)
        return None if listed is None else listed.frame

    def activate(self, window: WindowInfo) -> bool:
        """Bring *window* to the front, our own giving the keyboard up; False when it is gone.

        A program that is not in front itself may not put another there since macOS 14, so
        Accessibility is asked first. The window is told as activated even if it was in front.
        """
        listed = self._listed(window)
        if listed is None:
            return False
        if self._bridge.own.has_keyboard():
            self._bridge.own.give_keyboard_up()
        element = self._elements.window(listed)
        if element is None or not self._elements.bring_forward(window.pid, element):
            self._bridge.desktop.bring_forward(window.pid)
        self._front = None
        self._scheduler.call_later(_SOON, self._look_at_front)
        return True

    def place_own(self, handle: int, place: Rect) -> None:
        """Put our own window exactly there; it has no decorations."""
        self._panels.place(handle, place)

    def stand_above(self, handle: int, window: WindowInfo) -> None:
        """Keep our window above *window* from now on, and stand back with it; see `Panels`."""
        self._panels.stand_above(handle, window, front=self._program or self._bridge.desktop.front())

    def listen_again(self) -> None:
        """Accessibility was granted: hear what until now could only be looked at."""
        self._program = 0
        self._front = None
        if self._followed is not None:
            self.follow(self._followed.told)
        self._look_at_front()

    def close(self) -> None:
        """Listen to nothing any more."""
        self._listener = None
        for cancel in (*self._unlisten, self._next_look):
            cancel()
        self.follow(None)
        self._watch_active(None, None)
        self._hear_program(0)

    def _listed(self, window: WindowInfo) -> ListedWindow | None:
        """Numbers are used again: one of another process is not the window that was meant."""
        listed = self._bridge.desktop.window(window.handle)
        return listed if listed is not None and listed.pid == window.pid else None

    def _at_front(self) -> tuple[int, ListedWindow | None, Element | None]:
        """The program in front (`_own` where we have the keyboard), and its window that has it."""
        pid = self._own if self._bridge.own.has_keyboard() else self._bridge.desktop.front()
        if pid in (0, self._own):
            return pid, None, None
        focused = self._elements.focused(pid)
        if focused is not None:
            number = self._elements.number(focused, lambda: self._of(pid))
            listed = None if number is None else self._bridge.desktop.window(number)
            if listed is not None:
                return pid, listed, focused
        return pid, next(iter(self._of(pid)), None), None

    def _of(self, pid: int) -> list[ListedWindow]:
        return [each for each in self._bridge.desktop.windows() if each.pid == pid and each.layer == 0]

    def _info(self, listed: ListedWindow, element: Element | None) -> WindowInfo:
        return WindowInfo(
            handle=listed.handle,
            pid=listed.pid,
            program=self._bridge.desktop.program(listed.pid),
            title=self._title(listed, element) or "",
        )

    def _title(self, listed: ListedWindow, element: Element | None) -> str | None:
        """None where we cannot know it, which is not to say that it is empty."""
        told = None if element is None else self._elements.text(element, constants.AX_TITLE)
        if told is None and self._bridge.permissions.may_see_titles():
            return listed.title
        return told

    def _on_own_window(self) -> None:
        """When the keyboard comes and goes Qt has our window float again, whoever is in front."""
        self._look_at_front()
        self._panels.arrange(self._program)

    def _look_at_front(self) -> None:
        self._look_at_followed()
        pid, listed, element = self._at_front()
        if pid not in (self._program, self._own):
            self._hear_program(pid)
            self._panels.arrange(pid)
        self._look_later()
        front = _OURS if pid == self._own else 0 if listed is None else listed.handle
        if front == self._front:
            return
        self._front = front
        if front == _OURS:
            return
        info = None if listed is None else self._info(listed, element)
        self._watch_active(info, element)
        if self._listener is not None:
            self._listener.window_activated(info)

    def _look_later(self) -> None:
        """See `POLL`, `SEARCH` and `SURE`; nothing is looked at while nobody listens."""
        self._next_look()
        self._next_look = _nothing
        if self._listener is None:
            return
        followed = self._followed
        heard = self._program_hearing is not None and (followed is None or bool(followed.hearing))
        if followed is None:
            delay = None if heard else SEARCH
        elif followed.told.pid == self._program:
            delay = SURE if heard else POLL
        else:
            delay = None
        if delay is not None:
            self._next_look = self._scheduler.call_later(delay, self._look_at_front)

    def _hear_program(self, pid: int) -> None:
        """Hear of other windows of the program in front getting the keyboard."""
        if self._program_hearing is not None:
            self._program_hearing()
        self._program, self._program_hearing = pid, None
        if pid:
            application = self._bridge.accessibility.application(pid)
            changes = (constants.AX_FOCUSED_WINDOW_CHANGED, constants.AX_MAIN_WINDOW_CHANGED)
            self._program_hearing = self._bridge.accessibility.observe(
                pid, application, changes, self._look_at_front
            )

    def _watch_active(self, info: WindowInfo | None, element: Element | None) -> None:
        before, self._active = self._active, None
        if before is not None:
            before.let_go()
        if info is not None:
            active = self._active = _Watched(told=info, element=element)
            self._hear(active, (constants.AX_TITLE_CHANGED,), lambda: self._look_at_title(active))

    def _hear_followed(self, followed: _Watched) -> None:
        moves = (constants.AX_WINDOW_MOVED, constants.AX_WINDOW_RESIZED)
        rest = (
            constants.AX_WINDOW_MINIATURIZED,
            constants.AX_WINDOW_DEMINIATURIZED,
            constants.AX_UI_ELEMENT_DESTROYED,
            constants.AX_TITLE_CHANGED,
        )
        self._hear(followed, moves, self._look_at_place)
        self._hear(followed, rest, self._look_at_followed)

    def _hear(self, watched: _Watched, notifications: Sequence[str], action: Callable[[], None]) -> None:
        if watched.element is not None:
            hearing = self._bridge.accessibility.observe(
                watched.told.pid, watched.element, notifications, action
            )
            if hearing is not None:
                watched.hearing.append(hearing)

    def _look_at_title(self, watched: _Watched) -> None:
        """Told once, though the active window may be the followed one, too."""
        told, listed = watched.told, self._listed(watched.told)
        title = None if listed is None else self._title(listed, watched.element)
        if title is None or title == told.title:
            return
        info = replace(told, title=title)
        for each in (self._active, self._followed):
            if each is not None and each.told.handle == told.handle:
                each.told = info
        if self._listener is not None:
            self._listener.title_changed(info)

    def _look_at_followed(self) -> None:
        """A closed window can stay listed, off the screen, as long as its program keeps it."""
        followed, listener = self._followed, self._listener
        if followed is None or listener is None:
            return
        listed = self._listed(followed.told)
        closed = listed is None or (
            not listed.visible and followed.element is not None and self._elements.gone(followed.element)
        )
        if closed:
            self.follow(None)
            self._panels.leave(followed.told)
            listener.window_gone(followed.told)
            return
        self._look_at_title(followed)
        self._look_at_place()

    def _look_at_place(self) -> None:
        followed, listener = self._followed, self._listener
        listed = None if followed is None else self._listed(followed.told)
        if followed is None or listener is None or listed is None:
            return
        if listed.visible != followed.visible:
            followed.visible = listed.visible
            (listener.window_shown if listed.visible else listener.window_hidden)(followed.told)
        # A listener may follow another window by now.
        if listed.visible and listed.frame != followed.frame and self._followed is followed:
            followed.frame = listed.frame
            listener.window_moved(followed.told, listed.frame)


def _nothing() -> None:
    """There is nothing to take back."""
