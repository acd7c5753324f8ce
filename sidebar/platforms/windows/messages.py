"""A window of our own that nobody sees: where Windows tells us things, and another thread may call.

Its procedure is called by whatever dispatches the thread's messages: Qt's loop on the GUI
thread, so nothing of Qt is needed here. It is a hidden top-level window and not a message-only
one, because broadcasts (waking from sleep) pass those by.
"""

import ctypes
import logging
import sys
from collections import deque
from collections.abc import Callable
from typing import Protocol

from sidebar.errors import PlatformError
from sidebar.platforms.windows import win32
from sidebar.platforms.windows.win32 import Libraries

log = logging.getLogger(__name__)

Handler = Callable[[int, int], None]
"""Takes a message's two parameters, as unsigned numbers."""

_CALL = win32.WM_APP
_UNSIGNED = 2**64 - 1


class Messages(Protocol):
    """What the system tells a window of ours."""

    @property
    def handle(self) -> int:
        """The window that is told."""

    def on(self, message: int, handler: Handler) -> None:
        """Hand every *message* to *handler* from now on, on top of the others."""

    def call_soon(self, action: Callable[[], None]) -> None:
        """Run *action* on the window's thread; may be called on any thread."""


class MessageWindow:
    """Implements `Messages`; belongs to the thread that makes it."""

    def __init__(self, libraries: Libraries) -> None:
        self._user32 = libraries.user32
        self._wtsapi32 = libraries.wtsapi32
        self._handlers: dict[int, list[Handler]] = {}
        self._calls: deque[Callable[[], None]] = deque()
        self._instance = libraries.kernel32.GetModuleHandleW(None)
        # Windows keeps no reference to the procedure: it must live as long as the window.
        self._procedure = win32.WNDPROC(self._receive)
        self._name = f"shop-sidebar-{id(self):x}"
        self.handle = self._create()
        self.on(_CALL, self._run_calls)
        if not self._wtsapi32.WTSRegisterSessionNotification(self.handle, win32.NOTIFY_FOR_THIS_SESSION):
            log.info("session notifications refused error=%d", win32.get_last_error())

    def on(self, message: int, handler: Handler) -> None:
        """Hand every *message* to *handler* from now on, on top of the others."""
        self._handlers.setdefault(message, []).append(handler)

    def call_soon(self, action: Callable[[], None]) -> None:
        """Run *action* on the window's thread; may be called on any thread."""
        self._calls.append(action)
        self._user32.PostMessageW(self.handle, _CALL, 0, 0)

    def close(self) -> None:
        """Hear no more; harmless when done already."""
        if not self.handle:
            return
        self._wtsapi32.WTSUnRegisterSessionNotification(self.handle)
        self._user32.DestroyWindow(self.handle)
        self._user32.UnregisterClassW(self._name, self._instance)
        self._handlers.clear()
        self._calls.clear()
        self.handle = 0

    def _create(self) -> int:
        kind = win32.WNDCLASSW(
            lpfnWndProc=self._procedure, hInstance=self._instance, lpszClassName=self._name
        )
        self._user32.RegisterClassW(ctypes.byref(kind))
        unseen = win32.WS_EX_TOOLWINDOW | win32.WS_EX_NOACTIVATE
        handle = self._user32.CreateWindowExW(
            *(unseen, self._name, "", win32.WS_POPUP, 0, 0, 0, 0, None, None, self._instance, None)
        )
        if not handle:
            raise PlatformError(
                f"Windows gives us no window (error {win32.get_last_error()}); sign out and in again."
            )
        return int(handle)

    def _receive(self, window: int | None, message: int, first: int, second: int) -> int:
        handlers = self._handlers.get(message)
        if handlers is None:
            return int(self._user32.DefWindowProcW(window, message, first, second))
        for handler in tuple(handlers):
            try:
                handler(first, second & _UNSIGNED)
            except Exception:  # noqa: BLE001  # none crosses a window procedure; Qt's slots report theirs so
                sys.excepthook(*sys.exc_info())
        return int(message == win32.WM_POWERBROADCAST)  # TRUE grants what is asked; 0 answers all others

    def _run_calls(self, *_: int) -> None:
        if self._calls:
            self._calls.popleft()()
