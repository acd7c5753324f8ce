"""Another program's clipboard, byte by byte: an owner that offers formats and a reader that asks for them."""

import os
import select
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.protocol.event import SelectionNotify

from tests.e2e.rig.waiting import PATIENCE, NeverHappenedError

_CHUNK = 64 * 1024
_WHOLE = 4 * _CHUNK
"""What is larger goes in chunks (INCR); a server's limit for one request is no lower than this."""

Content = Mapping[str, bytes]
"""Bytes by target: "UTF8_STRING", "text/html", "image/png", "text/uri-list" …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One answered request."""

    target: str
    requestor: int
    at: float
    """Monotonic seconds."""


class ClipboardOwner:
    """Owns the clipboard from a thread and a connection of its own, as another program would.

    It answers exactly what it offers: an owner that answers a request for HTML with plain text
    makes GTK programs parse that text as HTML.
    """

    def __init__(self, display: str, *, selection: str = "CLIPBOARD") -> None:
        self._display = Display(display)
        self._selection = self._display.intern_atom(selection)
        root = self._display.screen().root
        self._window = root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        self._window.change_attributes(event_mask=X.PropertyChangeMask)
        self._offered: dict[int, bytes] = {}
        self._time = 0
        self._transfers: dict[tuple[int, int], tuple[int, bytes]] = {}
        self._served: list[Served] = []
        self._changed = threading.Condition()
        self._owns = False
        self._wake, self._woken = os.pipe()
        self._wanted: Content | None = None
        self._thread = threading.Thread(target=self._serve, name="clipboard owner")
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def offer(self, content: Content) -> None:
        """Take the clipboard with *content*; returns once the server says it is ours."""
        with self._changed:
            self._owns = False
            self._wanted = content
            os.write(self._woken, b"o")
            if not self._changed.wait_for(lambda: self._owns, PATIENCE.total_seconds()):
                raise NeverHappenedError("the clipboard did not become ours")

    @property
    def owns(self) -> bool:
        """Whether nobody has taken the clipboard since `offer`."""
        with self._changed:
            return self._owns

    @property
    def served(self) -> tuple[Served, ...]:
        with self._changed:
            return tuple(self._served)

    def close(self) -> None:
        os.close(self._woken)
        self._thread.join()
        os.close(self._wake)
        self._display.close()

    def _serve(self) -> None:
        while True:
            while self._display.pending_events():
                self._handle(self._display.next_event())
            ready, _, _ = select.select([self._display, self._wake], [], [])
            if self._wake in ready:
                if not os.read(self._wake, 1):
                    return
                # A property change brings the server's time, which taking a selection needs.
                self._window.change_property(Xatom.WM_NAME, Xatom.STRING, 8, b"clipboard owner")
                self._display.flush()

    def _handle(self, event: Any) -> None:
        if event.type == X.PropertyNotify and event.window == self._window:
            self._take(event.time)
        elif event.type == X.PropertyNotify and event.state == X.PropertyDelete:
            self._send_chunk(event.window, event.atom)
        elif event.type == X.SelectionRequest:
            self._answer(event)
        elif event.type == X.SelectionClear and event.time >= self._time:  # else from before our last taking
            with self._changed:
                self._owns = False

    def _take(self, moment: int) -> None:
        with self._changed:
            wanted, self._wanted = self._wanted, None
        if wanted is None:
            return
        self._offered = {self._display.intern_atom(name): data for name, data in wanted.items()}
        self._time = moment
        self._window.set_selection_owner(self._selection, moment)
        owner = self._display.get_selection_owner(self._selection)
        with self._changed:
            self._owns = owner == self._window
            self._changed.notify_all()

    def _answer(self, request: Any) -> None:
        name = self._display.get_atom_name(request.target)
        place = request.property or request.target  # the oldest clients name no property
        window = request.requestor
        if name == "TARGETS":
            own = [self._display.intern_atom(known) for known in ("TARGETS", "TIMESTAMP")]
            window.change_property(place, Xatom.ATOM, 32, [*own, *self._offered])
        elif name == "TIMESTAMP":
            window.change_property(place, Xatom.INTEGER, 32, [self._time])
        elif request.target in self._offered:
            self._put(window, place, request.target, self._offered[request.target])
        else:
            place = X.NONE
        answer = SelectionNotify(
            time=request.time,
            requestor=window,
            selection=request.selection,
            target=request.target,
            property=place,
        )
        with self._changed:
            self._served.append(Served(target=name, requestor=window.id, at=time.monotonic()))
        window.send_event(answer)
        self._display.flush()

    def _put(self, window: Any, place: int, target: int, data: bytes) -> None:
        if len(data) <= _WHOLE:
            window.change_property(place, target, 8, data)
            return
        window.change_attributes(event_mask=X.PropertyChangeMask)
        self._transfers[window.id, place] = (target, data)
        window.change_property(place, self._display.intern_atom("INCR"), 32, [len(data)])

    def _send_chunk(self, window: Any, place: int) -> None:
        """The requestor took what there was: give it the next piece, and an empty one at the end."""
        target, data = self._transfers.get((window.id, place), (X.NONE, b""))
        if target == X.NONE:
            return
        window.change_property(place, target, 8, data[:_CHUNK])
        self._display.flush()
        if data:
            self._transfers[window.id, place] = (target, data[_CHUNK:])
        else:
            del self._transfers[window.id, place]


class ClipboardReader:
    """Asks the clipboard's owner for its formats, as another program would."""

    def __init__(self, display: str, *, selection: str = "CLIPBOARD") -> None:
        self._display = Display(display)
        self._selection = self._display.intern_atom(selection)
        self._place = self._display.intern_atom("_CLIPBOARD_READER")
        root = self._display.screen().root
        self._window = root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        self._window.change_attributes(event_mask=X.PropertyChangeMask)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._display.close()

    def targets(self) -> tuple[str, ...]:
        """The names of what the owner offers; empty where nobody owns the clipboard."""
        atoms = self._convert("TARGETS")
        return () if atoms is None else tuple(self._display.get_atom_name(atom) for atom in atoms.value)

    def read(self, target: str) -> bytes | None:
        """The bytes of *target*, whole; None where the owner refuses or there is none."""
        found = self._convert(target)
        if found is None:
            return None
        if found.property_type != self._display.intern_atom("INCR"):
            return bytes(found.value)
        pieces = []
        while piece := self._next_piece():
            pieces.append(piece)
        return b"".join(pieces)

    def read_all(self) -> dict[str, bytes]:
        """Every format, but for those the protocol itself asks of an owner."""
        protocol = {"TARGETS", "TIMESTAMP", "MULTIPLE", "SAVE_TARGETS"}
        found = {name: self.read(name) for name in self.targets() if name not in protocol}
        return {name: data for name, data in found.items() if data is not None}

    def _convert(self, target: str) -> Any:
        atom = self._display.intern_atom(target)
        self._window.convert_selection(self._selection, atom, self._place, X.CurrentTime)
        notice = self._event(lambda e: e.type == X.SelectionNotify and e.target == atom, target)
        return self._take_property() if notice.property != X.NONE else None

    def _next_piece(self) -> bytes:
        self._event(
            lambda e: e.type == X.PropertyNotify and e.atom == self._place and e.state == X.PropertyNewValue,
            "next piece",
        )
        return bytes(self._take_property().value)

    def _take_property(self) -> Any:
        """Read and delete; the deletion is what asks for the next piece."""
        found = self._window.get_full_property(self._place, X.AnyPropertyType, sizehint=_WHOLE)
        self._window.delete_property(self._place)
        self._display.flush()
        return found

    def _event(self, wanted: Any, what: str, timeout: timedelta = PATIENCE) -> Any:
        deadline = time.monotonic() + timeout.total_seconds()
        while (left := deadline - time.monotonic()) > 0:
            if self._display.pending_events():
                event = self._display.next_event()
                if wanted(event):
                    return event
            else:
                select.select([self._display], [], [], left)
        raise NeverHappenedError(f"the clipboard's owner did not answer for {what}")
