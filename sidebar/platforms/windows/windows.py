"""Other programs' windows under Windows: which is active, what its title says, where the followed one is."""

import os
from collections.abc import Sequence
from dataclasses import field
from datetime import timedelta

from sidebar.domain.insertion import Rect, WindowInfo
from sidebar.domain.lean import dataclass
from sidebar.platforms.windows import win32
from sidebar.platforms.windows.processes import Processes
from sidebar.platforms.windows.toplevels import Toplevels
from sidebar.ports import Cancel, Scheduler, WindowListener

SHELL = frozenset(
    (
        "Shell_TrayWnd",
        "Shell_SecondaryTrayWnd",
        "NotifyIconOverflowWindow",
        "TopLevelWindowForOverflowXamlIsland",
    )
)
"""The task bar and its overflow: what the agent passes through on the way to a window."""
FOCUS_SETTLE = timedelta(milliseconds=50)
"""How long a program brought to the front has for putting its own focus right, as most do."""
PARKED = (-32000, -32000)
"""Where Windows keeps a minimised window, and for a moment one that is coming back."""
CONFIRM = timedelta(milliseconds=100)
"""How long after a change of the foreground it is asked who has it."""

_OF_ACTIVE = ((win32.EVENT_OBJECT_NAMECHANGE, win32.EVENT_OBJECT_NAMECHANGE),)
_OF_FOLLOWED = (
    (win32.EVENT_SYSTEM_MINIMIZESTART, win32.EVENT_SYSTEM_MINIMIZEEND),
    (win32.EVENT_OBJECT_DESTROY, win32.EVENT_OBJECT_HIDE),
    (win32.EVENT_OBJECT_FOCUS, win32.EVENT_OBJECT_FOCUS),
    (win32.EVENT_OBJECT_LOCATIONCHANGE, win32.EVENT_OBJECT_NAMECHANGE),
    (win32.EVENT_OBJECT_CLOAKED, win32.EVENT_OBJECT_UNCLOAKED),
)
_SOON = timedelta(0)


@dataclass(slots=True, kw_only=True, eq=False)
class _Watched:
    """A window listened to, as it was told last; `focus` is the window in it that had the focus last."""

    told: WindowInfo
    frame: Rect | None = None
    visible: bool = True
    focus: int = 0
    hooks: list[Cancel] = field(default_factory=list)

    def let_go(self) -> None:
        for unhook in self.hooks:
            unhook()
        self.hooks.clear()


class Win32Windows:
    """Implements `Windows` by accessibility events (SetWinEventHook, out of context), nothing polled.

    The foreground is heard of for every program, ours included: were ours left out, a return from
    our search line to the chat client would look like no change. Everything else is heard of for
    the program of the active and of the followed window alone; without that filter each blink of a
    caret anywhere would wake us. An event says no more than that something may have changed:
    we ask how it is now, and tell the listener when it differs from what was told last.

    The task bar is not reported, as our own windows are not: the agent is on the way elsewhere.
    """

    def __init__(
        self, *, toplevels: Toplevels, processes: Processes, scheduler: Scheduler, own: int | None = None
    ) -> None:
        self._toplevels = toplevels
        self._processes = processes
        self._scheduler = scheduler
        self._own = os.getpid() if own is None else own
        self._listener: WindowListener | None = None
        self._front: int | None = None
        self._active: _Watched | None = None
        self._followed: _Watched | None = None
        self._confirming: Cancel | None = None
        self._coming: int | None = None
        self._refocusing: tuple[int, int] | None = None
        self._standing: tuple[int, int] | None = None
        self._unhook = toplevels.listen(
            win32.EVENT_SYSTEM_FOREGROUND, win32.EVENT_SYSTEM_FOREGROUND, 0, self._on_foreground
        )

    def listen(self, listener: WindowListener) -> None:
        """Report to *listener* from now on; begins with the window that is active already."""
        self._listener = listener
        self._front = None
        self._scheduler.call_later(_SOON, self._look_at_front)

    def active(self) -> WindowInfo | None:
        """The window that has the keyboard this moment; None where it is ours, nobody's or the task bar.

        One that `activate` brought to the front has it once that has been told: Windows names it
        before its program has heard of it, and keys sent until then are lost in it.
        """
        front = self._toplevels.foreground()
        return None if front == self._coming else self._info(front)

    def told(self) -> WindowInfo | None:
        """Nothing is remembered here: `active` is to be asked."""
        return None

    def all(self) -> Sequence[WindowInfo]:
        """The windows of other programs as the task bar lists them, the lowest in the stack first."""
        listed = [handle for handle in self._toplevels.all() if self._toplevels.listed(handle)]
        infos = [self._info(handle) for handle in reversed(listed)]
        return tuple(info for info in infos if info is not None)

    def follow(self, window: WindowInfo | None) -> None:
        """Report moves, hiding and closing of *window* from now on, and what changed since it was read."""
        before, self._followed = self._followed, None
        if before is not None:
            before.let_go()
        if window is None:
            return
        followed = _Watched(told=window, frame=self._toplevels.frame(window.handle))
        # Listened to before it is asked about, so that no change falls between.
        self._hear(followed, _OF_FOLLOWED)
        focus = self._toplevels.focus(window.handle)
        followed.focus = focus if self._toplevels.root(focus) == window.handle else 0
        self._followed = followed
        self._scheduler.call_later(_SOON, self._look_at_followed)

    def frame(self, window: WindowInfo) -> Rect | None:
        """Where *window* is seen, its decorations included; None when it is gone."""
        return self._toplevels.frame(window.handle) if self._there(window) else None

    def activate(self, window: WindowInfo) -> bool:
        """Bring *window* to the front with the focus where it was in it; False when it is gone.

        Windows lets us as long as the agent's last key press or click was ours. Where it does
        not, we ask with the rights of the thread in front, unless that hangs: we would, too.
        """
        if not self._there(window):
            return False
        handle = window.handle
        if self._followed is not None and self._followed.told.handle == handle and self._followed.focus:
            self._refocusing = handle, self._followed.focus
        if self._toplevels.minimised(handle):
            self._toplevels.bring_back(handle)
        self._toplevels.take_foreground(handle)
        front = self._toplevels.foreground()
        if front not in (0, handle) and not self._toplevels.hung(front):
            self._toplevels.take_foreground_from(handle, front)
        if handle != self._front:
            self._coming = handle
            self._confirm_soon()
        return True

    def place_own(self, handle: int, place: Rect) -> None:
        """Put our own window there; *place* is what is seen of it.

        On the way to a screen with another scale factor the window is resized for it; it is told
        once more then.
        """
        for _ in range(2):
            seen, outer = self._toplevels.frame(handle), self._toplevels.outer(handle)
            if seen is None or outer is None or seen == place:
                return
            self._toplevels.place(handle, _with_borders(place, seen, outer))

    def stand_above(self, handle: int, window: WindowInfo) -> None:
        """Keep our own window right above *window*, whose coming to the front it follows.

        It is not made the owner of ours, though Windows would then see to all of this: that joins
        the input of both threads, and a client that hangs would hang us.
        """
        self._standing = handle, window.handle
        self._toplevels.raise_above(handle, window.handle)

    def belongs(self, process: int, window: WindowInfo) -> bool:
        """Whether *process* is the program of *window*, or of the page in it that has the focus.

        A client that shows its chat in WebView2 has its input box in another process.
        """
        if process == window.pid:
            return True
        focus = self._toplevels.focus(window.handle)
        return bool(focus) and self._toplevels.thread_and_process(focus)[1] == process

    def close(self) -> None:
        """Listen to nothing any more."""
        self._unhook()
        if self._confirming is not None:
            self._confirming()
        self._listener = None
        self.follow(None)
        self._watch_active(None)

    def _info(self, handle: int) -> WindowInfo | None:
        """None where there is no such window, or one that is not reported."""
        _, process = self._toplevels.thread_and_process(handle) if handle else (0, 0)
        if not process or process == self._own or self._toplevels.class_name(handle) in SHELL:
            return None
        return WindowInfo(
            handle=handle,
            pid=process,
            program=self._processes.program(process),
            title=self._toplevels.title(handle),
        )

    def _there(self, window: WindowInfo) -> bool:
        """Handles are used again: one of another process is not the window that was meant."""
        exists = self._toplevels.exists(window.handle)
        return exists and self._toplevels.thread_and_process(window.handle)[1] == window.pid

    def _on_foreground(self, event: int, handle: int) -> None:
        """The event may come before what it tells is so: it is believed, and asked about a moment later."""
        del event
        self._tell_front(handle)
        self._confirm_soon()

    def _confirm_soon(self) -> None:
        if self._confirming is not None:
            self._confirming()
        self._confirming = self._scheduler.call_later(CONFIRM, self._look_at_front)

    def _look_at_front(self) -> None:
        self._tell_front(self._toplevels.foreground())

    def _tell_front(self, front: int) -> None:
        self._look_at_followed()
        if front == self._front:
            return
        self._front, self._coming = front, None
        if self._standing is not None and self._standing[1] == front:
            self._toplevels.raise_above(*self._standing)
        info = self._info(front)
        if front and info is None:
            return
        self._watch_active(info)
        if self._refocusing is not None:
            refocusing, self._refocusing = self._refocusing, None
            if front == refocusing[0]:
                self._scheduler.call_later(FOCUS_SETTLE, lambda: self._refocus(*refocusing))
        if self._listener is not None:
            self._listener.window_activated(info)

    def _watch_active(self, info: WindowInfo | None) -> None:
        before, self._active = self._active, None
        if before is not None:
            before.let_go()
        if info is not None:
            self._active = _Watched(told=info)
            self._hear(self._active, _OF_ACTIVE)

    def _refocus(self, handle: int, focus: int) -> None:
        """Most programs put their focus right themselves; one that has not by now is helped."""
        still = self._toplevels.foreground() == handle and self._toplevels.root(focus) == handle
        if still and self._toplevels.focus(handle) != focus and not self._toplevels.hung(handle):
            self._toplevels.set_focus(focus)

    def _hear(self, watched: _Watched, ranges: Sequence[tuple[int, int]]) -> None:
        handle = watched.told.handle

        def hear(event: int, window: int) -> None:
            if event == win32.EVENT_OBJECT_FOCUS:
                self._on_focus(watched, window)
            elif window == handle and event == win32.EVENT_OBJECT_NAMECHANGE:
                self._look_at_title(watched)
            elif window == handle:
                self._look_at_followed()

        for first, last in ranges:
            watched.hooks.append(self._toplevels.listen(first, last, handle, hear))

    def _on_focus(self, watched: _Watched, window: int) -> None:
        if self._toplevels.root(window) == watched.told.handle:
            watched.focus = window

    def _look_at_title(self, watched: _Watched) -> None:
        """Told once, though the active window may be the followed one, too."""
        title, told = self._toplevels.title(watched.told.handle), watched.told
        if title == told.title or not self._there(told):
            return
        info = WindowInfo(handle=told.handle, pid=told.pid, program=told.program, title=title)
        for each in (self._active, self._followed):
            if each is not None and each.told.handle == told.handle:
                each.told = info
        if self._listener is not None:
            self._listener.title_changed(info)

    def _look_at_followed(self) -> None:
        followed, listener = self._followed, self._listener
        if followed is None or listener is None:
            return
        if not self._there(followed.told):
            self.follow(None)
            listener.window_gone(followed.told)
            return
        self._look_at_title(followed)
        visible = self._toplevels.visible(followed.told.handle)
        if visible != followed.visible:
            followed.visible = visible
            if not visible:  # perhaps on its way to being closed, of which the event may not reach us
                self._scheduler.call_later(CONFIRM, self._look_at_followed)
            (listener.window_shown if visible else listener.window_hidden)(followed.told)
        frame = self._toplevels.frame(followed.told.handle)
        if not visible or frame is None or (frame.x, frame.y) == PARKED:
            return
        if frame != followed.frame and self._followed is followed:  # a listener may follow another by now
            followed.frame = frame
            listener.window_moved(followed.told, frame)


def _with_borders(place: Rect, seen: Rect, outer: Rect) -> Rect:
    """Where the whole window has to be for what is seen of it to be at *place*."""
    return Rect(
        place.x - (seen.x - outer.x),
        place.y - (seen.y - outer.y),
        place.width + outer.width - seen.width,
        place.height + outer.height - seen.height,
    )
