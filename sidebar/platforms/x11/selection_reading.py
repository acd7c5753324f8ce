"""Reading what another program put on the clipboard: every form of it, in bounds, by event."""

from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import timedelta
from enum import Enum, auto
from typing import Any

from Xlib import X

from sidebar.platforms.x11.connection import Connection
from sidebar.platforms.x11.selection_contents import HINT, SECRET, TEXT_TARGETS, Contents, Form
from sidebar.ports import Cancel, Scheduler

REPLY_BOUND = timedelta(milliseconds=500)
"""How long the owner may take for each reply and each piece of a long one."""
WHOLE_BOUND = timedelta(milliseconds=1500)
SIZE_CAP = 64 * 1024 * 1024
"""Bytes of all forms together: several pictures of a large screen, uncompressed."""

_SLICE = 256 * 1024
_NOT_CONTENT = frozenset(
    {
        # About the selection, or acts upon it.
        *(
            "TARGETS",
            "MULTIPLE",
            "TIMESTAMP",
            "SAVE_TARGETS",
            "DELETE",
            "INSERT_SELECTION",
            "INSERT_PROPERTY",
        ),
        # Numbers of things that live in the server as long as their owner does.
        *("PIXMAP", "BITMAP", "DRAWABLE", "COLORMAP", "WINDOW", "CLIENT_WINDOW"),
    }
)
_PICTURES = frozenset(
    f"image/{kind}" for kind in ("png", "bmp", "jpeg", "jpg", "tiff", "gif", "webp", "svg+xml", "svg")
)
"""Beside a PNG, the other `image/` targets are its renderings by every codec the owner happens to
have (Qt offers some thirty; an XPM of a screenshot takes seconds) and are not asked for."""

Done = Callable[[Contents | None], None]


class _Lack(Enum):
    """Why a target gave no form."""

    REFUSED = auto()
    SILENT = auto()
    TOO_LARGE = auto()


class SelectionReader:
    """Reads a selection target by target into one `Contents`; one reading at a time.

    One target after the other, because owners exist (xclip) that mix up two long transfers to
    one window. What arrives after we stopped waiting for it is deleted unread: that is what
    tells its owner to go on with the next piece, so no owner is left hanging mid-transfer.
    """

    def __init__(
        self,
        *,
        connection: Connection,
        scheduler: Scheduler,
        window: Any,
        selection: int,
        cap: int = SIZE_CAP,
    ) -> None:
        self._connection = connection
        self._scheduler = scheduler
        self._window = window
        self._selection = selection
        self._cap = cap
        self._names: dict[int, str] = {}
        self._steps: Generator[int, Form | _Lack, Contents | None] | None = None
        self._done: Done | None = None
        self._for_keeps = False
        self._late = False
        self._room = cap
        self._target = X.NONE
        self._abandoned = 0
        self._pieces: list[Form] | None = None
        self._waiting: Cancel | None = None
        self._deadline: Cancel | None = None
        connection.on(X.SelectionNotify, self._on_selection_notify)
        connection.on(X.PropertyNotify, self._on_property_notify)

    @property
    def reading(self) -> bool:
        return self._steps is not None

    def begin(self, done: Done, *, asked_for: bool) -> None:
        """Read; *done* hears the contents, or None where the owner does not answer.

        A reading nobody asked for (yet) leaves alone what is marked as secret: *done* hears None.
        """
        assert not self.reading
        self._done = done
        self._for_keeps = asked_for
        self._late = False
        self._room = self._cap
        self._deadline = self._scheduler.call_later(WHOLE_BOUND, self._on_deadline)
        self._steps = self._read()
        self._ask(next(self._steps))

    def ask_for(self) -> None:
        """Somebody waits for this reading now: a secret is read too."""
        self._for_keeps = True

    def stop(self) -> None:
        """Drop the reading; its *done* is not called any more."""
        if self._steps is not None:
            self._steps.close()
            self._leave()
            self._abandoned += 1

    def _read(self) -> Generator[int, Form | _Lack, Contents | None]:
        """Yield each target to ask for, be sent its form; return what was read."""
        listed = yield self._atom("TARGETS")
        if listed is _Lack.SILENT:
            return None
        wanted = self._wanted(listed)
        secret = self._atom(HINT) in wanted
        if secret and not self._for_keeps:
            return None
        forms: dict[int, Form] = {}
        complete = True
        for target in sorted(wanted, key=self._rank):
            form = _Lack.SILENT if self._late else (yield target)
            if isinstance(form, Form):
                forms[target] = form
                self._room -= len(form.data)
            elif form is not _Lack.REFUSED:
                complete = False
        if not forms and not complete:
            return None
        hint = forms.get(self._atom(HINT))
        return Contents(
            forms=tuple(forms[target] for target in wanted if target in forms),
            complete=complete,
            secret=hint is not None and hint.data == SECRET,
        )

    def _wanted(self, listed: Form | _Lack) -> tuple[int, ...]:
        """The targets worth asking for, each once; an owner that lists none may still have text."""
        if not isinstance(listed, Form) or listed.format != 32:
            return tuple(self._atom(name) for name in TEXT_TARGETS)
        targets = tuple(dict.fromkeys(memoryview(listed.data).cast("I")))
        names = {target: self._name(target) for target in targets if target != X.NONE}
        has_png = "image/png" in names.values()

        def worth(name: str) -> bool:
            rendering = has_png and name.startswith("image/") and name not in _PICTURES
            return name not in _NOT_CONTENT and not rendering

        return tuple(target for target, name in names.items() if worth(name))

    def _rank(self, target: int) -> int:
        """Other encodings of a picture come last: where the bounds are reached they are missed least."""
        name = self._name(target)
        return 2 if name.startswith("image/") and name != "image/png" else int(name == "image/png")

    def _ask(self, target: int) -> None:
        self._target = target
        self._pieces = None
        self._window.convert_selection(self._selection, target, self._property, X.CurrentTime)
        self._connection.settle()
        self._wait()

    @property
    def _property(self) -> int:
        """Where the answer is to be put; another place after each answer that was given up."""
        return self._atom(f"_SIDEBAR_SELECTION_{self._abandoned}")

    def _on_selection_notify(self, event: Any) -> None:
        if self._steps is None or event.requestor.id != self._window.id or event.target != self._target:
            return
        if event.selection != self._selection or self._pieces is not None:
            return
        if event.property == X.NONE:
            self._answer(_Lack.REFUSED)
        elif event.property == self._property:
            self._take_property()

    def _take_property(self) -> None:
        """Take a short answer, or begin a long one: deleting INCR's size asks for the first piece."""
        read = self._fetch()
        if read is None:
            self._answer(_Lack.REFUSED)
        elif not isinstance(read, Form):
            self._give_up(read)
        elif read.type == self._atom("INCR"):
            self._pieces = []
            self._wait()
        else:
            self._answer(read)

    def _on_property_notify(self, event: Any) -> None:
        if event.window.id != self._window.id or event.state != X.PropertyNewValue:
            return
        if self._steps is None or event.atom != self._property:
            if self._is_ours(event.atom):
                self._window.delete_property(event.atom)
        elif self._pieces is not None:
            self._take_piece(self._pieces)

    def _is_ours(self, atom: int) -> bool:
        return self._name(atom).startswith("_SIDEBAR_SELECTION_")

    def _take_piece(self, pieces: list[Form]) -> None:
        """Add one piece of a long answer; an empty one ends it."""
        read = self._fetch()
        if read is None:
            return
        if not isinstance(read, Form) or sum(len(piece.data) for piece in (*pieces, read)) > self._room:
            self._give_up(_Lack.TOO_LARGE)
        elif read.data:
            pieces.append(read)
            self._wait()
        else:
            self._answer(replace((*pieces, read)[0], data=b"".join(piece.data for piece in pieces)))

    def _fetch(self) -> Form | _Lack | None:
        """What is at the place of the answer, taken away from there; None when there is nothing."""
        data = bytearray()
        while True:
            part = self._window.get_property(
                self._property, X.AnyPropertyType, len(data) // 4, _SLICE // 4, delete=True
            )
            if part is None:
                return None
            data += part.value if isinstance(part.value, bytes) else part.value.tobytes()
            if not part.bytes_after:
                return Form(
                    target=self._target, type=part.property_type, format=part.format, data=bytes(data)
                )
            if len(data) + part.bytes_after > self._room:
                self._window.delete_property(self._property)
                return _Lack.TOO_LARGE

    def _give_up(self, lack: _Lack) -> None:
        self._abandoned += 1
        self._answer(lack)

    def _answer(self, form: Form | _Lack) -> None:
        """Go on with the next target, or tell that all is read."""
        assert self._steps is not None
        try:
            target = self._steps.send(form)
        except StopIteration as stop:
            done = self._done
            self._leave()
            assert done is not None
            done(stop.value)
        else:
            self._ask(target)

    def _leave(self) -> None:
        self._steps = self._done = self._pieces = None
        for cancel in (self._waiting, self._deadline):
            if cancel is not None:
                cancel()
        self._waiting = self._deadline = None
        self._connection.settle()

    def _wait(self) -> None:
        if self._waiting is not None:
            self._waiting()
        self._waiting = self._scheduler.call_later(REPLY_BOUND, self._on_silence)

    def _on_silence(self) -> None:
        self._waiting = None
        self._give_up(_Lack.SILENT)

    def _on_deadline(self) -> None:
        self._deadline = None
        self._late = True
        self._give_up(_Lack.SILENT)

    def _atom(self, name: str) -> int:
        return self._connection.atom(name)

    def _name(self, atom: int) -> str:
        if atom not in self._names:
            self._names[atom] = str(self._connection.display.get_atom_name(atom))
        return self._names[atom]
