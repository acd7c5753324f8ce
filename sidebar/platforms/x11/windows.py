"""Other programs' windows under X11: which is active, what its title says, where the followed one stands."""

import os
from collections.abc import Callable, Sequence
from typing import Any

from Xlib import X
from Xlib.protocol import event as xevent

from sidebar.domain.insertion import Rect, WindowInfo
from sidebar.domain.lean import dataclass
from sidebar.platforms.x11.connection import Connection
from sidebar.platforms.x11.toplevels import Toplevels
from sidebar.ports import WindowListener

_TITLES = ("_NET_WM_NAME", "WM_NAME")
_STATES = ("WM_STATE", "_NET_WM_STATE", "_NET_WM_DESKTOP")
_EDGES = ("_NET_FRAME_EXTENTS", "_GTK_FRAME_EXTENTS")
_ROOT = (
    "_NET_ACTIVE_WINDOW",
    "_NET_CLIENT_LIST",
    "_NET_CURRENT_DESKTOP",
    "_NET_SUPPORTING_WM_CHECK",
    "_NET_SUPPORTED",
)
_APPLICATION, _PAGER = 1, 2
"""Who asks the window manager: a program for its own window, or a tool on behalf of the user."""
_ALL_FOUR = 0xF << 8
_WORD = 0xFFFFFFFF


@dataclass(slots=True)
class _Followed:
    """The followed window, as it was told last."""

    handle: int
    frame: Rect | None
    visible: bool = True


class X11Windows:
    """Implements `Windows` with the window manager's hints, by event alone.

    Told by the server: which window is active and which desktop is shown (properties of the root
    window), the titles of the active and the followed window, and of the followed one its place,
    state and end. Only those two windows are listened to. An event says no more than that something
    may have changed: we ask how it is now, and tell the listener when it differs from what was
    told last; what comes in a burst is told once.

    Without a window manager nothing tells of the active window; then `active` asks the server who
    has the keyboard, and `activate` gives it directly.
    """

    def __init__(self, *, connection: Connection) -> None:
        self._connection = connection
        self._toplevels = Toplevels(connection)
        self._root = int(connection.root.id)
        self._own = os.getpid()
        self._listener: WindowListener | None = None
        self._front: int | None = None
        self._active: int | None = None
        self._followed: _Followed | None = None
        self._told: dict[int, WindowInfo] = {}
        self._names = {connection.atom(name): name for name in (*_TITLES, *_STATES, *_EDGES, *_ROOT)}
        self._manager = 0
        connection.root.change_attributes(event_mask=X.PropertyChangeMask)
        self._find_manager()
        connection.on(X.PropertyNotify, self._on_property)
        connection.on(X.DestroyNotify, self._on_destroyed)
        connection.on(X.ConfigureNotify, self._on_structure)
        connection.on(X.MapNotify, self._on_structure)
        connection.on(X.UnmapNotify, self._on_structure)

    @property
    def managed(self) -> bool:
        """Whether a window manager tells which window is active."""
        return self._manager != 0

    def listen(self, listener: WindowListener) -> None:
        """Report to *listener* from now on; begins with the window that is active already."""
        self._listener = listener
        self._front = None
        self._connection.soon(self._begin)

    def active(self) -> WindowInfo | None:
        """The window that has the keyboard this moment; None where it is ours or nobody's."""
        return self.ask_active()()

    def told(self) -> WindowInfo | None:
        """The active window as the events have it; None where it is ours, nobody's or not told."""
        front = self._front
        return self._told.get(front) if self.managed and front and front == self._active else None

    def ask_active(self) -> Callable[[], WindowInfo | None]:
        """Ask for `active`; calling what is returned waits for the answer.

        A window that is active still since it was last told of takes one round, not two.
        """
        told = self.told()
        asked = None
        if told is not None:
            ask = self._toplevels.ask_again_where
            asked = ask(told, holder=self._root, name="_NET_ACTIVE_WINDOW")

        def answer() -> WindowInfo | None:
            info = asked() if asked is not None else None
            if info is None:
                handle = self._active_handle()
                info = self._toplevels.info(handle) if handle else None
            self._connection.settle()
            return None if info is None or info.pid == self._own else info

        return answer

    def all(self) -> Sequence[WindowInfo]:
        """The top-level windows of other programs, the lowest in the stack first."""
        if self.managed:
            handles = self._toplevels.named(self._root, "_NET_CLIENT_LIST_STACKING")
            handles = handles or self._toplevels.named(self._root, "_NET_CLIENT_LIST")
        else:
            handles = self._toplevels.children()
        infos = [self._toplevels.info(handle) for handle in handles]
        self._connection.settle()
        return tuple(info for info in infos if info is not None and info.pid != self._own)

    def follow(self, window: WindowInfo | None) -> None:
        """Report moves, hiding and closing of *window* from now on, and what changed since it was read."""
        before, self._followed = self._followed, None
        if window is not None:
            self._followed = _Followed(window.handle, None)
            self._listen_to(window.handle)
            self._followed.frame = self._toplevels.frame(window.handle)
            self._told.setdefault(window.handle, window)
            self._connection.soon(self._look_at_new)
        if before is not None and (window is None or before.handle != window.handle):
            self._listen_to(before.handle)
        self._connection.settle()

    def frame(self, window: WindowInfo) -> Rect | None:
        """Where *window* is, with its decorations; None when it is gone."""
        frame = self._toplevels.frame(window.handle)
        self._connection.settle()
        return frame

    def activate(self, window: WindowInfo) -> bool:
        """Ask for *window* to be brought to the front, as a pager does; False when it is gone."""
        there = self._toplevels.exists(window.handle)
        if there:
            time = self._connection.server_time()
            if self.managed:
                self._tell_manager(window.handle, "_NET_ACTIVE_WINDOW", _PAGER, time)
            else:
                target = self._connection.display.create_resource_object("window", window.handle)
                target.configure(stack_mode=X.Above)
                target.set_input_focus(X.RevertToParent, time)
        self._connection.settle()
        return there

    def place_own(self, handle: int, place: Rect) -> None:
        """Put our own window there; *place* includes its decorations, if it has any."""
        across, down = self._toplevels.decorations(handle)
        width, height = max(1, place.width - across), max(1, place.height - down)
        moves = self._connection.atom("_NET_MOVERESIZE_WINDOW")
        if self.managed and moves in self._toplevels.named(self._root, "_NET_SUPPORTED"):
            # North-west gravity: the corner given is the corner of the decorations.
            flags = X.NorthWestGravity | _ALL_FOUR | _APPLICATION << 12
            self._tell_manager(handle, "_NET_MOVERESIZE_WINDOW", flags, place.x, place.y, width, height)
        else:
            own = self._connection.display.create_resource_object("window", handle)
            own.configure(x=place.x, y=place.y, width=width, height=height)
        self._connection.settle()

    def stand_above(self, handle: int, window: WindowInfo) -> None:
        """Keep our own window above *window* and no other, by being transient for it.

        Then other programs can cover both, which _NET_WM_STATE_ABOVE would not allow. Qt makes a
        tool window transient for a leader of its own each time it is shown.
        """
        own = self._connection.display.create_resource_object("window", handle)
        kind = self._connection.atom("WM_TRANSIENT_FOR")
        own.change_property(kind, self._connection.atom("WINDOW"), 32, [window.handle])
        self._connection.settle()

    def _tell_manager(self, handle: int, message: str, *words: int) -> None:
        data = [word & _WORD for word in (*words, 0, 0, 0, 0)[:5]]
        told = xevent.ClientMessage(
            window=handle, client_type=self._connection.atom(message), data=(32, data)
        )
        self._connection.root.send_event(
            told, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask
        )

    def _find_manager(self) -> None:
        """A manager that ended without tidying up leaves its name on the root, but not the window named."""
        named = self._toplevels.named(self._root, "_NET_SUPPORTING_WM_CHECK")
        lives = bool(named) and self._toplevels.named(named[0], "_NET_SUPPORTING_WM_CHECK") == named
        hints = self._toplevels.named(self._root, "_NET_SUPPORTED")
        self._manager = named[0] if lives and self._connection.atom("_NET_ACTIVE_WINDOW") in hints else 0
        if self._manager:
            self._select(self._manager, X.StructureNotifyMask)

    def _active_handle(self) -> int:
        if self.managed:
            return next(iter(self._toplevels.named(self._root, "_NET_ACTIVE_WINDOW")), 0)
        return self._toplevels.focused() or 0

    def _begin(self) -> None:
        if self._front is None:
            self._look_at_front()
        self._connection.settle()

    def _look_at_front(self) -> None:
        front = self._active_handle()
        if front != self._front:
            self._front = front
            self._tell_active()

    def _on_property(self, event: Any) -> None:
        handle, name = int(event.window.id), self._names.get(event.atom)
        if name is None:
            return
        if handle == self._root:
            self._on_root_property(name)
        elif name in _TITLES:
            self._look_at_title(handle)
        elif self._is_followed(handle):
            self._look_at_followed()

    def _on_root_property(self, name: str) -> None:
        if name == "_NET_ACTIVE_WINDOW":
            self._look_at_front()
        elif name == "_NET_CLIENT_LIST":
            # Openbox goes on naming a window that was closed when there is none to take its place.
            if self._front and not self._toplevels.exists(self._front):
                self._front = 0
                self._tell_active()
        elif name == "_NET_CURRENT_DESKTOP":
            self._look_at_followed()
        else:
            self._find_manager()

    def _on_structure(self, event: Any) -> None:
        if self._is_followed(int(event.window.id)):
            self._look_at_followed()

    def _on_destroyed(self, event: Any) -> None:
        handle = int(event.window.id)
        if handle == self._manager:
            self._find_manager()
        elif self._is_followed(handle):
            self._tell_gone(handle)

    def _tell_active(self) -> None:
        if self._listener is None:
            return
        if not self._front:
            self._listener.window_activated(None)
            return
        handle = self._front
        before, self._active = self._active, handle
        # Listened to before it is read, so that no change falls between.
        self._listen_to(handle)
        info = self._toplevels.info(handle)
        if info is None or info.pid == self._own:
            self._active = before
            self._listen_to(handle)
            return
        self._told[handle] = info
        if before is not None and before != handle:
            self._listen_to(before)
        self._listener.window_activated(info)

    def _look_at_title(self, handle: int) -> None:
        told, info = self._told.get(handle), self._toplevels.info(handle)
        if told is None or info is None:
            return
        self._told[handle] = info
        if info.title != told.title and self._listener is not None:
            self._listener.title_changed(info)

    def _look_at_new(self) -> None:
        """The followed window may have changed since the caller read it and before we listened."""
        if self._followed is not None:
            self._look_at_title(self._followed.handle)
            self._look_at_followed()
        self._connection.settle()

    def _look_at_followed(self) -> None:
        followed, listener = self._followed, self._listener
        if followed is None or listener is None:
            return
        frame = self._toplevels.frame(followed.handle)
        if frame is None:
            self._tell_gone(followed.handle)
            return
        visible = self._toplevels.visible(followed.handle)
        if visible != followed.visible:
            followed.visible = visible
            (listener.window_shown if visible else listener.window_hidden)(self._told[followed.handle])
        # Where a hidden window is kept says nothing; and a listener may follow another by now.
        if visible and frame != followed.frame and self._followed is followed:
            followed.frame = frame
            listener.window_moved(self._told[followed.handle], frame)

    def _tell_gone(self, handle: int) -> None:
        info = self._told.pop(handle)
        self._followed = None
        if self._active == handle:
            self._active = None
        if self._listener is not None:
            self._listener.window_gone(info)

    def _is_followed(self, handle: int) -> bool:
        return self._followed is not None and self._followed.handle == handle

    def _listen_to(self, handle: int) -> None:
        """Ask for just what *handle* is owed now: titles if active, everything if followed, else nothing."""
        followed = self._is_followed(handle)
        mask = X.PropertyChangeMask if followed or handle == self._active else X.NoEventMask
        if followed:
            mask |= X.StructureNotifyMask
        if not mask:
            self._told.pop(handle, None)
        self._select(handle, mask)

    def _select(self, handle: int, mask: int) -> None:
        window = self._connection.display.create_resource_object("window", handle)
        window.change_attributes(event_mask=mask)
