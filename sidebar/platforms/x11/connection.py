"""One connection to the X server that lives in the event loop: no thread, no polling."""

import logging
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from Xlib import X, ext
from Xlib.display import Display
from Xlib.error import ConnectionClosedError, DisplayConnectionError, DisplayNameError

from sidebar.errors import PlatformError
from sidebar.ports import Cancel, Readiness, Scheduler

log = logging.getLogger(__name__)

_EXTENSIONS = ("XTEST", "XFIXES", "X-Resource")
"""Those of the server's that we use (and XKB, of which python-xlib has nothing)."""

Handler = Callable[[Any], None]
"""Takes one X event; python-xlib's event classes carry no types of their own."""


class Connection:
    """An X display whose events are handed to handlers by event code.

    A request that waits for its answer may read events into python-xlib's queue, after which
    the socket has nothing left to wake us with: whoever makes such requests calls `settle()`
    afterwards, which hands queued events on in the next round of the loop. Handlers need not.
    """

    def __init__(self, *, name: str | None, readiness: Readiness, scheduler: Scheduler) -> None:
        try:
            with _quickly():
                self.display = Display(name)
        except (DisplayConnectionError, DisplayNameError, OSError, OverflowError) as error:
            raise PlatformError("The X display cannot be reached; start the sidebar on a desktop.") from error
        self.root = self.display.screen().root
        self._scheduler = scheduler
        self._handlers: dict[int, list[Handler]] = {}
        self._settling: Cancel | None = None
        self._timekeeper: Any = None
        self._closed = False
        self.display.set_error_handler(_tell_error)
        self._unwatch = readiness.watch(self.display.fileno(), self.drain)

    def atom(self, name: str) -> int:
        """The number of an atom; the server is asked for it once."""
        return int(self.display.get_atom(name))

    def on(self, code: int, handler: Handler) -> None:
        """Hand every event with this code to *handler* from now on, on top of the others."""
        self._handlers.setdefault(code, []).append(handler)

    def drain(self) -> None:
        """Hand on every event that has come."""
        try:
            while not self._closed and self.display.pending_events():
                event = self.display.next_event()
                for handler in tuple(self._handlers.get(event.type, ())):
                    handler(event)
        except ConnectionClosedError:
            log.warning("x11 connection lost")
            self.close()
        finally:
            # A handler that failed must not leave the events behind it lying in the queue.
            self.settle()

    def settle(self) -> None:
        """Send what is buffered and have events that are queued already handed on soon."""
        if self._closed:
            return
        protocol = self.display.display
        if protocol.request_queue or protocol.data_send:
            try:
                self.display.flush()
            except ConnectionClosedError:
                log.warning("x11 connection lost")
                self.close()
                return
        if self._settling is None and protocol.event_queue:
            self._settling = self.soon(self._settle)

    def soon(self, action: Callable[[], None]) -> Cancel:
        """Run *action* in the next round of the loop, unless the connection is closed by then."""
        return self._scheduler.call_later(timedelta(0), lambda: None if self._closed else action())

    def server_time(self) -> int:
        """The server's clock, in its milliseconds, for requests that are judged by their age.

        A property change of ours is told back with its time before a later question is answered.
        """
        return self.ask_time()()

    def ask_time(self) -> Callable[[], int]:
        """Ask for `server_time`; calling what is returned waits where no later question was answered yet."""
        if self._timekeeper is None:
            self._timekeeper = self.root.create_window(-1, -1, 1, 1, 0, 0, window_class=X.InputOnly)
            self._timekeeper.change_attributes(event_mask=X.PropertyChangeMask)
        self._timekeeper.change_property(self.atom("WM_NAME"), self.atom("STRING"), 8, b"", X.PropModeAppend)

        def answer() -> int:
            notices = self._take_times()
            if not notices:
                self.display.sync()
                notices = self._take_times()
            return notices[-1] if notices else int(X.CurrentTime)

        return answer

    def close(self) -> None:
        """Leave the event loop and close; harmless when done already."""
        if self._closed:
            return
        self._closed = True
        self._unwatch()
        if self._settling is not None:
            self._settling()
        try:
            self.display.close()
        except (ConnectionClosedError, OSError):
            log.info("x11 connection was gone before it was closed")

    def _take_times(self) -> list[int]:
        queue = self.display.display.event_queue
        notices = [e for e in queue if e.type == X.PropertyNotify and e.window == self._timekeeper]
        for notice in notices:
            queue.remove(notice)
        return [int(notice.time) for notice in notices]

    def _settle(self) -> None:
        self._settling = None
        self.drain()


@contextmanager
def _quickly() -> Iterator[None]:
    """Connect in 2 ms instead of 10, which are the time to the first hotkey.

    WORKAROUND(python-xlib 0.33): it loads a module for every extension the server has, and asks
    Python for the system's name in a way that has it start the program `uname -p`, for a field
    that nobody reads.
    """
    vars(platform.uname()).setdefault("processor", "")
    known = ext.__extensions__
    ext.__extensions__ = [each for each in known if each[0] in _EXTENSIONS]
    try:
        yield
    finally:
        ext.__extensions__ = known


def _tell_error(error: Any, request: Any) -> None:
    """Windows of other programs vanish while we ask about them: worth a line, not a traceback."""
    del request
    level = logging.DEBUG if error.code in (X.BadWindow, X.BadDrawable, X.BadMatch) else logging.INFO
    log.log(level, "x11 error code=%s request=%s", error.code, error.major_opcode)
