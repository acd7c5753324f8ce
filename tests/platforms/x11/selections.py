"""Other programs that share a clipboard: an owner and a requestor, each on a connection of its own.

Written from the ICCCM and apart from the code under test, so that the two can contradict each other.
"""

import zlib
from dataclasses import dataclass
from struct import pack
from typing import Any

from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.protocol.event import SelectionNotify

from tests.platforms.x11.loop import Loop

PIECE = 60_000


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a requestor got: the type's name, bits per item, the bytes."""

    type: str
    format: int
    data: bytes


def given(type_name: str, data: bytes, format_: int = 8) -> Given:
    return Given(type=type_name, format=format_, data=data)


def png(size: int, *, noise: bytes) -> bytes:
    """A PNG picture, *size* pixels wide and high, of grey *noise* (`size` times `size` bytes)."""
    rows = b"".join(b"\0" + noise[row * size : (row + 1) * size] for row in range(size))
    parts = (
        (b"IHDR", pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows, 0)),
        (b"IEND", b""),
    )
    chunks = (
        pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


class Program:
    """A connection of its own in the test's loop, with one window."""

    def __init__(self, display: str, loop: Loop) -> None:
        self.display = Display(display)
        self.window = self.display.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        self.window.change_attributes(event_mask=X.PropertyChangeMask)
        self.selection = self.display.intern_atom("CLIPBOARD")
        self.loop = loop
        self.now = 0
        self._unwatch = loop.watch(self.display.fileno(), self.pump)

    def atom(self, name: str) -> int:
        return int(self.display.intern_atom(name))

    def name(self, atom: int) -> str:
        return str(self.display.get_atom_name(atom))

    def pump(self) -> None:
        while self.display.pending_events():
            event = self.display.next_event()
            self.now = getattr(event, "time", 0) or self.now
            self.hear(event)
            self.display.sync()

    def hear(self, event: Any) -> None:
        raise NotImplementedError

    def server_time(self) -> int:
        """The time of a property change made now, as a key press would bring it."""
        self.window.change_property(self.atom("WM_NAME"), Xatom.STRING, 8, b"x")
        self.now = 0
        self.display.sync()
        self.pump()
        return self.now

    def vanish(self) -> None:
        """End as a program that crashes: the connection is gone, nothing is answered any more."""
        self._unwatch()
        self.display.close()


class Owner(Program):
    """Has something on the clipboard; long forms go in pieces, as `PIECE` has it.

    `silent` targets are never answered, and of types in `stuck` only the first piece comes;
    `asked` counts requests by target's name.
    """

    def __init__(self, display: str, loop: Loop) -> None:
        super().__init__(display, loop)
        self.forms: dict[str, Given] = {}
        self.silent: set[str] = set()
        self.stuck: set[str] = set()
        self.lists_targets = True
        self.asked: list[str] = []
        self.owns = False
        self.since = 0
        self.sent: list[int] = []
        self._transfers: dict[tuple[int, int], tuple[Given, int]] = {}

    def copy(self, **forms: Given) -> None:
        """Take the clipboard; keywords are target names."""
        self.forms = forms
        self.since = self.server_time()
        self.window.set_selection_owner(self.selection, self.since)
        self.owns = bool(self.display.get_selection_owner(self.selection) == self.window)
        self.pump()

    def clear(self) -> None:
        """Leave the clipboard empty: whoever owned it, its window is gone now."""
        self.copy()
        self.window.destroy()
        self.display.sync()

    def hear(self, event: Any) -> None:
        if event.type == X.SelectionRequest:
            self._answer(event)
        elif event.type == X.SelectionClear:
            self.owns = False
        elif event.type == X.PropertyNotify and event.state == X.PropertyDelete:
            self._send_piece(event.window, event.atom)

    def _answer(self, event: Any) -> None:
        target = self.name(event.target)
        self.asked.append(target)
        if target in self.silent:
            return
        place, window = event.property, event.requestor
        if target == "TARGETS" and self.lists_targets:
            targets = [self.atom(name) for name in ("TARGETS", "TIMESTAMP", "MULTIPLE", *self.forms)]
            window.change_property(place, Xatom.ATOM, 32, targets)
        elif target in self.forms:
            self._put(window, place, self.forms[target])
        else:
            place = X.NONE
        notice = SelectionNotify(
            time=event.time, requestor=window, selection=event.selection, target=event.target, property=place
        )
        window.send_event(notice)

    def _put(self, window: Any, place: int, form: Given) -> None:
        if len(form.data) <= PIECE:
            window.change_property(place, self.atom(form.type), form.format, form.data)
            return
        window.change_attributes(event_mask=X.PropertyChangeMask)
        self._transfers[window.id, place] = (form, 0)
        window.change_property(place, self.atom("INCR"), 32, [len(form.data)])

    def _send_piece(self, window: Any, place: int) -> None:
        form, sent = self._transfers.get((window.id, place), (None, 0))
        if form is None or (sent and form.type in self.stuck):
            return
        piece = form.data[sent : sent + PIECE]
        window.change_property(place, self.atom(form.type), form.format, piece)
        self.sent.append(len(piece))
        if piece:
            self._transfers[window.id, place] = (form, sent + len(piece))
        else:
            del self._transfers[window.id, place]


@dataclass(eq=False, kw_only=True)
class Fetch:
    """One request and what became of it; `given` stays None where the owner refused."""

    target: int
    place: int
    done: bool = False
    given: Given | None = None
    pieces: list[bytes] | None = None


class Requestor(Program):
    """Asks for what is on the clipboard; `halt` leaves long transfers where they are."""

    def __init__(self, display: str, loop: Loop) -> None:
        super().__init__(display, loop)
        self.halt = False
        self._fetches: list[Fetch] = []

    def ask(self, target: str, *, time: int | None = None) -> Fetch:
        """Ask as of *time*, where it is left out as of now; `X.CurrentTime` tells the owner no time."""
        time = self.server_time() if time is None else time
        fetch = Fetch(target=self.atom(target), place=self.atom(f"PLACE_{len(self._fetches)}"))
        self._fetches.append(fetch)
        self.window.convert_selection(self.selection, fetch.target, fetch.place, time)
        self.display.sync()
        self.pump()
        return fetch

    def ask_several(self, *targets: str) -> dict[str, int]:
        """Ask with MULTIPLE; the properties the answers are to be put in, by target's name."""
        places = {target: self.atom(f"MULTIPLE_{target}") for target in targets}
        pairs = [atom for target, place in places.items() for atom in (self.atom(target), place)]
        place = self.atom("PAIRS")
        self.window.change_property(place, self.atom("ATOM_PAIR"), 32, pairs)
        self.window.convert_selection(self.selection, self.atom("MULTIPLE"), place, X.CurrentTime)
        self.display.sync()
        self.pump()
        return places

    def fetch(self, target: str, *, time: int | None = None) -> Given | None:
        """Ask and wait for the whole answer."""
        fetch = self.ask(target, time=time)
        self.loop.until(lambda: fetch.done)
        return fetch.given

    def targets(self) -> list[str]:
        listed = self.fetch("TARGETS")
        assert listed is not None
        return [self.name(atom) for atom in memoryview(listed.data).cast("I")]

    def fetch_all(self) -> dict[str, Given | None]:
        """Every form, but for those that are about the selection itself."""
        return {
            target: self.fetch(target)
            for target in self.targets()
            if target not in ("TARGETS", "TIMESTAMP", "MULTIPLE")
        }

    def take(self, place: int) -> Given | None:
        """What is in a property of our window; it is deleted, which asks for the next piece."""
        found = self.window.get_full_property(place, X.AnyPropertyType, sizehint=1 << 20)
        self.window.delete_property(place)
        if found is None:
            return None
        data = found.value if isinstance(found.value, bytes) else found.value.tobytes()
        return Given(type=self.name(found.property_type), format=found.format, data=data)

    def hear(self, event: Any) -> None:
        if event.type == X.SelectionNotify:
            for fetch in self._fetches:
                if not fetch.done and fetch.pieces is None and fetch.target == event.target:
                    self._begin(fetch, event.property)
                    return
        elif event.type == X.PropertyNotify and event.state == X.PropertyNewValue and not self.halt:
            for fetch in self._fetches:
                if fetch.pieces is not None and not fetch.done and fetch.place == event.atom:
                    self._go_on(fetch, fetch.pieces)

    def _begin(self, fetch: Fetch, place: int) -> None:
        found = self.take(place) if place != X.NONE else None
        if found is not None and found.type == "INCR":
            fetch.pieces = []
        else:
            fetch.done, fetch.given = True, found

    def _go_on(self, fetch: Fetch, pieces: list[bytes]) -> None:
        piece = self.take(fetch.place)
        if piece is None:
            return
        pieces.append(piece.data)
        if not piece.data:
            fetch.done = True
            fetch.given = Given(type=piece.type, format=piece.format, data=b"".join(pieces))
