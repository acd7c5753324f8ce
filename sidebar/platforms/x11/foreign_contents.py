"""What other programs have on the clipboard, read ahead of need."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from Xlib import X
from Xlib.ext import xfixes

from sidebar.platforms.x11.connection import Connection
from sidebar.platforms.x11.selection_contents import Contents
from sidebar.platforms.x11.selection_reading import WHOLE_BOUND, Done, SelectionReader
from sidebar.ports import Cancel, Scheduler

log = logging.getLogger(__name__)

SETTLE = timedelta(milliseconds=200)
"""How long after a change we read: programs often write the clipboard twice, and go first."""
PATIENCE = WHOLE_BOUND + timedelta(milliseconds=250)
"""How long one who asks waits at the most, however often the clipboard changes meanwhile."""
_CHANGES = (
    xfixes.XFixesSetSelectionOwnerNotifyMask
    | xfixes.XFixesSelectionWindowDestroyNotifyMask
    | xfixes.XFixesSelectionClientCloseNotifyMask
)


class ForeignContents:
    """Keeps a copy of what other programs put on the clipboard, so that asking for it is quick.

    Reading takes a round through the owner's event loop for each form, which does not belong
    between a hotkey and its text. XFixes tells of every change; a moment later the contents
    are read once, in the background. The copy is one at a time, in memory only, of at most
    `SIZE_CAP` bytes, and dropped as soon as the clipboard changes. What its owner marks as
    secret is read when asked for and not kept. Without XFixes everything is read when asked for.
    """

    def __init__(
        self,
        *,
        connection: Connection,
        scheduler: Scheduler,
        window: Any,
        reader: SelectionReader,
        selection: int,
        changed: Callable[[], None],
    ) -> None:
        self._connection = connection
        self._scheduler = scheduler
        self._window = window
        self._reader = reader
        self._selection = selection
        self._changed = changed
        self._copy: Contents | None = None
        self._waiting: dict[int, tuple[Done, Cancel]] = {}
        self._serial = 0
        self._settling: Cancel | None = None
        self._notice: int | None = None
        if connection.display.has_extension("XFIXES"):
            connection.display.xfixes_query_version()
            self._notice = int(connection.display.extension_event.SetSelectionOwnerNotify[0])
            connection.on(self._notice, self._on_owner_changed)
            connection.display.xfixes_select_selection_input(window, selection, _CHANGES)
            self._read_soon()

    def read(self, done: Done) -> Cancel:
        """Tell *done* the contents, or None where the owner does not answer; at once from the copy."""
        owner = self._owner()
        if self._copy is not None:
            done(self._copy)
            return answered
        self._serial += 1
        serial = self._serial
        bound = self._scheduler.call_later(PATIENCE, lambda: self._tell(None, serial))
        self._waiting[serial] = (done, bound)
        if self._reader.reading:
            self._reader.ask_for()
        else:
            self._start(owner)

        def cancel() -> None:
            self._dismiss(serial)

        return cancel

    def _owner(self) -> int:
        """Who owns the clipboard, having heard of every change up to this answer.

        Notices come before the answer to a question asked after what they tell of, but lie in
        the queue: those of ours are taken out of turn, so that no older copy is handed out.
        """
        owner = self._connection.display.get_selection_owner(self._selection)
        queue = self._connection.display.display.event_queue
        for event in tuple(queue):
            if event.type == self._notice and event.window.id == self._window.id:
                queue.remove(event)
                self._on_owner_changed(event)
        return X.NONE if owner == X.NONE else int(owner.id)

    def forget(self) -> None:
        """The clipboard is ours now: drop the copy, and tell those who wait that there is nothing to read."""
        self._copy = None
        if self._settling is not None:
            self._settling()
            self._settling = None
        self._reader.stop()
        self._tell(None, *self._waiting)

    def _on_owner_changed(self, event: Any) -> None:
        if event.selection != self._selection or event.owner.id == self._window.id:
            return
        self._copy = None
        self._changed()
        if self._reader.reading:
            self._reader.stop()
        if self._waiting:
            self._start(event.owner.id)
        else:
            self._read_soon()

    def _read_soon(self) -> None:
        if self._settling is not None:
            self._settling()
        self._settling = self._scheduler.call_later(SETTLE, self._on_settled)

    def _on_settled(self) -> None:
        self._settling = None
        if not self._reader.reading and self._copy is None:
            self._start(self._owner())

    def _start(self, owner: int) -> None:
        if owner == X.NONE:
            empty = Contents()
            self._copy = empty if self._notice is not None else None
            asking = tuple(self._waiting)
            self._scheduler.call_later(timedelta(0), lambda: self._tell(empty, *asking))
        elif owner != self._window.id:
            self._reader.begin(self._on_read, asked_for=bool(self._waiting))

    def _on_read(self, contents: Contents | None) -> None:
        if self._notice is not None and contents is not None and not contents.secret:
            self._copy = contents
        if contents is not None:
            log.debug("clipboard read forms=%d complete=%s", len(contents.forms), contents.complete)
        self._tell(contents, *self._waiting)

    def _tell(self, contents: Contents | None, *asking: int) -> None:
        for serial in asking:
            done = self._dismiss(serial)
            if done is not None:
                done(contents)

    def _dismiss(self, serial: int) -> Done | None:
        """Nobody waits under this number any more; who did, if anybody."""
        done, bound = self._waiting.pop(serial, (None, None))
        if bound is not None:
            bound()
        return done

    def close(self) -> None:
        """Stop reading and forget what was read."""
        self.forget()


def answered() -> None:
    """There is nothing to take back: the answer has been given."""
