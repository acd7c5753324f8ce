"""A clipboard manager for tests: copies what a leaving program has and owns it from then on."""

import select
import threading
from typing import Any

from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.protocol.event import SelectionNotify


class ClipboardKeeper:
    """Owns CLIPBOARD_MANAGER on a thread of its own, for the program that leaves waits for it.

    `saved` is what it copied, by target's name. Without `answers` it is one that hangs.
    """

    def __init__(self, display: str, *, answers: bool = True) -> None:
        self.saved: dict[str, bytes] = {}
        self._answers = answers
        self._display = Display(display)
        self._window = self._display.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        self._window.set_selection_owner(self._atom("CLIPBOARD_MANAGER"), X.CurrentTime)
        self._display.sync()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._thread.join()
        self._display.close()

    def _run(self) -> None:
        while not self._stop.is_set():
            event = self._next()
            if event is not None and event.type == X.SelectionRequest and self._answers:
                self._save(event)

    def _next(self) -> Any:
        if not self._display.pending_events():
            select.select((self._display.fileno(),), (), (), 0.02)
        return self._display.next_event() if self._display.pending_events() else None

    def _save(self, request: Any) -> None:
        assert request.target == self._atom("SAVE_TARGETS")
        listed = request.requestor.get_full_property(request.property, Xatom.ATOM)
        for target in listed.value:
            self.saved[self._display.get_atom_name(target)] = self._fetch(target)
        self._window.set_selection_owner(self._atom("CLIPBOARD"), X.CurrentTime)
        notice = SelectionNotify(
            time=request.time,
            requestor=request.requestor,
            selection=request.selection,
            target=request.target,
            property=request.property,
        )
        request.requestor.send_event(notice)
        self._display.sync()

    def _fetch(self, target: int) -> bytes:
        place = self._atom("KEPT")
        self._window.convert_selection(self._atom("CLIPBOARD"), target, place, X.CurrentTime)
        event = self._next()
        while event is None or event.type != X.SelectionNotify:
            event = self._next()
        found = self._window.get_full_property(place, X.AnyPropertyType, sizehint=1 << 16)
        return bytes(found.value)

    def _atom(self, name: str) -> int:
        return int(self._display.intern_atom(name))
