"""What Windows says of one window, asked this moment; the counterpart that tests replace."""

import ctypes
import logging
from collections.abc import Callable, Sequence
from ctypes.wintypes import DWORD
from typing import Protocol

from sidebar.domain.insertion import Rect
from sidebar.platforms.windows import win32
from sidebar.platforms.windows.win32 import Libraries
from sidebar.ports import Cancel

log = logging.getLogger(__name__)

_CLASS_LENGTH = 257
"""A class name has 256 characters at the most."""

WindowEvent = Callable[[int, int], None]
"""Takes an event's number and the window it is about."""


class Toplevels(Protocol):
    """Windows by handle. A handle that names no window (any more) gives 0, '', False or None."""

    def foreground(self) -> int:
        """The window that has the keyboard; 0 while it changes hands."""

    def all(self) -> Sequence[int]:
        """Every top-level window, the highest in the stack first."""

    def exists(self, handle: int) -> bool: ...

    def thread_and_process(self, handle: int) -> tuple[int, int]: ...

    def title(self, handle: int) -> str: ...

    def class_name(self, handle: int) -> str: ...

    def visible(self, handle: int) -> bool:
        """Whether it can be seen: not hidden, minimised or on another desktop."""

    def minimised(self, handle: int) -> bool: ...

    def listed(self, handle: int) -> bool:
        """Whether it is a program's window of its own, as the task bar lists them; minimised or not."""

    def hung(self, handle: int) -> bool: ...

    def frame(self, handle: int) -> Rect | None:
        """Where it is seen, in physical pixels, without the invisible borders it is resized by."""

    def outer(self, handle: int) -> Rect | None:
        """Where it is, the invisible borders included."""

    def place(self, handle: int, outer: Rect) -> None:
        """Put it there, neither activating nor raising it."""

    def raise_above(self, own: int, other: int) -> None:
        """Put our window *own* right above *other* in the stack, activating neither."""

    def bring_back(self, handle: int) -> None:
        """End its being minimised; does not wait for it."""

    def take_foreground(self, handle: int) -> None:
        """Ask for *handle* to have the keyboard; Windows may refuse."""

    def take_foreground_from(self, handle: int, front: int) -> None:
        """As `take_foreground`, with the right that the thread of the window *front* has to ask so."""

    def focus(self, handle: int) -> int:
        """The window that has the focus in the thread of *handle*; 0 where none has."""

    def set_focus(self, handle: int) -> None:
        """Give the focus of its thread to *handle*."""

    def root(self, handle: int) -> int:
        """The top-level window that *handle* is in."""

    def listen(self, first: int, last: int, of: int, hear: WindowEvent) -> Cancel:
        """Hear events numbered *first* to *last* of the program of window *of*; 0 is every program.

        Told from the event loop, for windows alone (no carets, no items of a list).
        """


class Win32Toplevels:
    """Implements `Toplevels`; nothing asked here waits for an answer of the other program."""

    def __init__(self, libraries: Libraries) -> None:
        self._user32 = libraries.user32
        self._dwmapi = libraries.dwmapi
        self._thread = int(libraries.kernel32.GetCurrentThreadId())
        # Windows keeps no reference to a procedure: each must live as long as its hook.
        self._procedures: dict[int, object] = {}

    def foreground(self) -> int:
        return int(self._user32.GetForegroundWindow() or 0)

    def all(self) -> Sequence[int]:
        handles: list[int] = []

        def take(handle: int, _: int) -> bool:
            handles.append(handle)
            return True

        self._user32.EnumWindows(win32.WNDENUMPROC(take), 0)
        return handles

    def exists(self, handle: int) -> bool:
        return bool(self._user32.IsWindow(handle))

    def thread_and_process(self, handle: int) -> tuple[int, int]:
        process = DWORD()
        thread = self._user32.GetWindowThreadProcessId(handle, ctypes.byref(process))
        return int(thread), process.value

    def title(self, handle: int) -> str:
        # Of another process this reads what the system keeps; it does not ask the program.
        length = int(self._user32.GetWindowTextLengthW(handle)) + 1
        text = ctypes.create_unicode_buffer(length)
        self._user32.GetWindowTextW(handle, text, length)
        return text.value

    def class_name(self, handle: int) -> str:
        name = ctypes.create_unicode_buffer(_CLASS_LENGTH)
        self._user32.GetClassNameW(handle, name, _CLASS_LENGTH)
        return name.value

    def visible(self, handle: int) -> bool:
        return (
            bool(self._user32.IsWindowVisible(handle))
            and not self.minimised(handle)
            and not self._cloaked(handle)
        )

    def minimised(self, handle: int) -> bool:
        return bool(self._user32.IsIconic(handle))

    def listed(self, handle: int) -> bool:
        style = self._user32.GetWindowLongW(handle, win32.GWL_EXSTYLE)
        if not self._user32.IsWindowVisible(handle) or self._cloaked(handle):
            return False
        owned = bool(self._user32.GetWindow(handle, win32.GW_OWNER))
        return bool(style & win32.WS_EX_APPWINDOW) or not (style & win32.WS_EX_TOOLWINDOW or owned)

    def hung(self, handle: int) -> bool:
        return bool(self._user32.IsHungAppWindow(handle))

    def frame(self, handle: int) -> Rect | None:
        # Never scaled for the asking program, unlike the rectangle below.
        bounds = win32.RECT()
        refused = self._dwmapi.DwmGetWindowAttribute(
            handle, win32.DWMWA_EXTENDED_FRAME_BOUNDS, ctypes.byref(bounds), ctypes.sizeof(bounds)
        )
        return self.outer(handle) if refused else _rect(bounds)

    def outer(self, handle: int) -> Rect | None:
        bounds = win32.RECT()
        there = self._user32.GetWindowRect(handle, ctypes.byref(bounds))
        return _rect(bounds) if there else None

    def place(self, handle: int, outer: Rect) -> None:
        flags = win32.SWP_NOACTIVATE | win32.SWP_NOZORDER | win32.SWP_NOOWNERZORDER
        self._user32.SetWindowPos(handle, None, outer.x, outer.y, outer.width, outer.height, flags)

    def raise_above(self, own: int, other: int) -> None:
        above = int(self._user32.GetWindow(other, win32.GW_HWNDPREV) or 0)
        if above == own:
            return
        flags = win32.SWP_NOACTIVATE | win32.SWP_NOMOVE | win32.SWP_NOSIZE | win32.SWP_NOOWNERZORDER
        if above and not self._user32.GetWindowLongW(above, win32.GWL_EXSTYLE) & win32.WS_EX_TOPMOST:
            self._user32.SetWindowPos(own, above, 0, 0, 0, 0, flags)
            return
        # The highest of the ordinary ones: HWND_TOP is not for a program in the background.
        for place in (win32.HWND_TOPMOST, win32.HWND_NOTOPMOST):
            self._user32.SetWindowPos(own, place, 0, 0, 0, 0, flags)

    def bring_back(self, handle: int) -> None:
        self._user32.ShowWindowAsync(handle, win32.SW_RESTORE)

    def take_foreground(self, handle: int) -> None:
        self._user32.SetForegroundWindow(handle)

    def take_foreground_from(self, handle: int, front: int) -> None:
        thread, _ = self.thread_and_process(front)
        if self._attach(thread, True):
            self._user32.SetForegroundWindow(handle)
            self._user32.BringWindowToTop(handle)
            self._attach(thread, False)

    def focus(self, handle: int) -> int:
        thread, _ = self.thread_and_process(handle)
        info = win32.GUITHREADINFO(cbSize=ctypes.sizeof(win32.GUITHREADINFO))
        # Thread 0 would be whichever has the foreground.
        if not thread or not self._user32.GetGUIThreadInfo(thread, ctypes.byref(info)):
            return 0
        return int(info.hwndFocus or 0)

    def set_focus(self, handle: int) -> None:
        thread, _ = self.thread_and_process(handle)
        if self._attach(thread, True):
            self._user32.SetFocus(handle)
            self._attach(thread, False)

    def root(self, handle: int) -> int:
        return int(self._user32.GetAncestor(handle, win32.GA_ROOT) or 0)

    def listen(self, first: int, last: int, of: int, hear: WindowEvent) -> Cancel:
        def receive(_: int, event: int, window: int | None, thing: int, part: int, *when: int) -> None:
            del when
            if window and thing in (win32.OBJID_WINDOW, win32.OBJID_CLIENT) and part == 0:
                hear(event, window)

        # Of its process, not its thread alone: Wine refuses a thread of another process (error 87).
        process = self.thread_and_process(of)[1] if of else 0
        procedure = win32.WINEVENTPROC(receive)
        hook = self._user32.SetWinEventHook(
            first, last, None, procedure, process, 0, win32.WINEVENT_OUTOFCONTEXT
        )
        if not hook:
            log.warning("window events refused first=%#x error=%d", first, win32.get_last_error())
            return lambda: None
        self._procedures[hook] = procedure

        def cancel() -> None:
            if self._procedures.pop(hook, None) is not None:
                self._user32.UnhookWinEvent(hook)

        return cancel

    def _attach(self, thread: int, joined: bool) -> bool:
        """Share the input state of *thread*, or no longer; its program must not hang, or we would."""
        return thread != self._thread and bool(self._user32.AttachThreadInput(self._thread, thread, joined))

    def _cloaked(self, handle: int) -> bool:
        """Whether the desktop's compositor hides it: another virtual desktop, a suspended program."""
        cloaked = DWORD()
        self._dwmapi.DwmGetWindowAttribute(
            handle, win32.DWMWA_CLOAKED, ctypes.byref(cloaked), ctypes.sizeof(cloaked)
        )
        return cloaked.value != 0


def _rect(bounds: win32.RECT) -> Rect:
    return Rect(bounds.left, bounds.top, bounds.right - bounds.left, bounds.bottom - bounds.top)
