"""Reading what another program has on the clipboard, on a thread of its own and within bounds.

A program may offer a format and make it only when asked; whoever asks waits for it inside
GetClipboardData, and there is no asking with a time limit. So the GUI thread does not ask: a
thread that lives as long as one reading does, and the GUI thread goes on without it when it is
late. It hands over one value and shares nothing.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta

from sidebar.platforms.windows.board import Board
from sidebar.platforms.windows.contents import Contents, Form, dispensable, keepable, reading_order
from sidebar.platforms.windows.messages import Messages
from sidebar.ports import Cancel, Scheduler

log = logging.getLogger(__name__)

SIZE_CAP = 64 * 1024 * 1024
OPEN_TRIES, OPEN_PAUSE = 5, timedelta(milliseconds=30)
"""Clipboard histories have the clipboard open for some milliseconds after each change."""
SLOW = timedelta(milliseconds=100)
"""A program that takes longer for one format is asked for no further one."""
PATIENCE = timedelta(milliseconds=1000)

Start = Callable[[Callable[[], None]], None]
"""Runs an action on a thread of its own."""


def on_a_thread(action: Callable[[], None]) -> None:
    """Run *action* on a thread that does not keep the program from ending."""
    threading.Thread(target=action, name="clipboard", daemon=True).start()


class ForeignContents:
    """Reads the clipboard; *start* and *clock* (seconds, monotonic) are replaced in tests."""

    def __init__(
        self,
        *,
        board: Board,
        messages: Messages,
        scheduler: Scheduler,
        start: Start = on_a_thread,
        clock: Callable[[], float] = time.monotonic,
        cap: int = SIZE_CAP,
    ) -> None:
        self._board = board
        self._messages = messages
        self._scheduler = scheduler
        self._start = start
        self._clock = clock
        self._cap = cap

    def read(self, done: Callable[[Contents | None], None]) -> Cancel:
        """Tell *done* what is on the clipboard; None when that cannot be had within `PATIENCE`."""
        pending: list[Cancel] = []
        open = True

        def finish(contents: Contents | None) -> None:
            if open:
                cancel()
                done(contents)

        def cancel() -> None:
            nonlocal open
            open = False
            for each in pending:
                each()

        def attempt(tries: int) -> None:
            self._start(lambda: hand_over(self._read(), tries))

        def hand_over(contents: Contents | None, tries: int) -> None:
            self._messages.call_soon(lambda: take(contents, tries))

        def take(contents: Contents | None, tries: int) -> None:
            if contents is None and open and tries > 1:
                pending.append(self._scheduler.call_later(OPEN_PAUSE, lambda: attempt(tries - 1)))
            elif contents is None or (not contents.forms and not contents.complete):
                finish(None)
            else:
                finish(contents)

        pending.append(self._scheduler.call_later(PATIENCE, lambda: finish(None)))
        attempt(OPEN_TRIES)
        return cancel

    def _read(self) -> Contents | None:
        """On the reading thread; None while another program has the clipboard open."""
        if not self._board.open(0):
            return None
        try:
            return self._read_open()
        finally:
            self._board.close()

    def _read_open(self) -> Contents:
        offered = self._board.formats()
        wanted = [format for format in offered if keepable(format, self._board.name(format))]
        complete = bool(wanted) or not offered
        had: dict[int, bytes] = {}
        room = self._cap
        for format in reading_order(wanted):
            asked = self._clock()
            data = self._board.read(format, room)
            if data is not None:
                had[format] = data
                room -= len(data)
            elif not dispensable(format, had):
                complete = False
            if timedelta(seconds=self._clock() - asked) > SLOW:
                complete = False
                break
        forms = tuple(Form(format=format, data=had[format]) for format in wanted if format in had)
        log.debug("clipboard read formats=%d of %d complete=%s", len(forms), len(offered), complete)
        return Contents(forms=forms, complete=complete)
