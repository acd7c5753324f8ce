"""Giving what we have on the clipboard to whoever asks, several at once and long ones in pieces."""

import struct
from collections.abc import Callable
from datetime import timedelta
from enum import Enum, auto
from typing import Any

from Xlib import X, Xatom
from Xlib.error import CatchError, XError
from Xlib.protocol.event import SelectionNotify

from sidebar.domain.lean import dataclass
from sidebar.platforms.x11.connection import Connection
from sidebar.platforms.x11.selection_contents import Contents, Form
from sidebar.ports import Cancel, Scheduler

PIECE = 192 * 1024
"""Bytes written at once: python-xlib cannot make requests longer than 256 KiB."""
PATIENCE = timedelta(seconds=5)
"""How long a requestor may take to fetch one piece before we take it for gone."""

Delivered = Callable[[Form], None]
"""Hears of each form that a requestor was given whole."""


class _Given(Enum):
    NOTHING = auto()
    WHOLE = auto()
    FIRST_PIECE = auto()


@dataclass(slots=True, kw_only=True)
class _Transfer:
    """A long form on its way, piece by piece, each written when the one before was taken away."""

    requestor: Any
    property: int
    form: Form
    delivered: Delivered
    bound: Cancel
    sent: int = 0


class SelectionServer:
    """Answers requests for a selection we own, as the ICCCM has it (TARGETS, MULTIPLE, INCR).

    Each answer ends with one round trip to the server: it sends what python-xlib's `flush`
    may leave in its buffer, and tells whether the requestor's window is there still.
    """

    def __init__(self, *, connection: Connection, scheduler: Scheduler) -> None:
        self._connection = connection
        self._scheduler = scheduler
        self._transfers: dict[tuple[int, int], _Transfer] = {}
        atom = connection.atom
        self._targets, self._multiple, self._timestamp = atom("TARGETS"), atom("MULTIPLE"), atom("TIMESTAMP")
        connection.on(X.PropertyNotify, self.hear)
        connection.on(X.DestroyNotify, self.hear)

    def answer(self, request: Any, contents: Contents, *, since: int, delivered: Delivered) -> None:
        """Give what *request* asks for out of *contents*, which we own *since* that server time."""
        place = request.property or request.target  # a client from before the ICCCM names no property
        mishap = CatchError()
        given: list[Form] = []

        def give(target: int, place: int) -> bool:
            form = self._meta(target, contents, since) or contents.form(target)
            if form is None:
                return False
            how = self._put(request.requestor, place, form, delivered, mishap)
            if how is _Given.WHOLE:
                given.append(form)
            return how is not _Given.NOTHING

        if request.target == self._multiple:
            done = request.property != X.NONE and self._give_each(request.requestor, place, give, mishap)
        else:
            done = give(request.target, place)
        self._notify(request, place if done else X.NONE, mishap)
        self._connection.display.flush()  # the requestor waits, and need not for our own question
        self._connection.display.sync()
        if mishap.get_error() is None:
            for form in given:
                delivered(form)

    def refuse(self, request: Any) -> None:
        """Tell that there is nothing for *request*."""
        self._notify(request, X.NONE, CatchError())

    def hear(self, event: Any) -> None:
        """Go on with a transfer whose piece was taken away; end those to a window that is gone."""
        if event.type == X.PropertyNotify and event.state == X.PropertyDelete:
            key = (event.window.id, event.atom)
            if key in self._transfers:
                self._send_piece(key, self._transfers[key])
        elif event.type == X.DestroyNotify:
            for key in tuple(self._transfers):
                if key[0] == event.window.id:
                    self._end(key)

    def close(self) -> None:
        """Give up the transfers under way."""
        for key in tuple(self._transfers):
            self._end(key)

    def _notify(self, request: Any, place: int, mishap: CatchError) -> None:
        event = SelectionNotify(
            time=request.time,
            requestor=request.requestor,
            selection=request.selection,
            target=request.target,
            property=place,
        )
        request.requestor.send_event(event, onerror=mishap)

    def _meta(self, target: int, contents: Contents, since: int) -> Form | None:
        """The forms every owner has: which others there are, and since when."""
        if target == self._targets:
            every = (self._targets, self._multiple, self._timestamp)
            atoms = (*every, *(form.target for form in contents.forms))
            return Form(
                target=target, type=Xatom.ATOM, format=32, data=struct.pack(f"={len(atoms)}I", *atoms)
            )
        if target == self._timestamp:
            return Form(target=target, type=Xatom.INTEGER, format=32, data=struct.pack("=I", since))
        return None

    def _give_each(
        self, requestor: Any, place: int, give: Callable[[int, int], bool], mishap: CatchError
    ) -> bool:
        """Answer MULTIPLE: pairs of target and property, of which those refused are struck out."""
        try:
            listed = requestor.get_full_property(place, X.AnyPropertyType)
        except XError:
            return False
        if listed is None or listed.format != 32:
            return False
        pairs = list(zip(listed.value[::2], listed.value[1::2], strict=False))
        answers = [
            (target, where if where != X.NONE and give(target, where) else X.NONE) for target, where in pairs
        ]
        flat = [atom for pair in answers for atom in pair]
        requestor.change_property(place, listed.property_type, 32, flat, onerror=mishap)
        return True

    def _put(
        self, requestor: Any, place: int, form: Form, delivered: Delivered, mishap: CatchError
    ) -> _Given:
        if len(form.data) <= PIECE:
            requestor.change_property(place, form.type, form.format, form.data, onerror=mishap)
            return _Given.WHOLE
        if not _watch(requestor):
            return _Given.NOTHING
        key = (requestor.id, place)
        self._end(key)
        self._transfers[key] = _Transfer(
            requestor=requestor,
            property=place,
            form=form,
            delivered=delivered,
            bound=self._scheduler.call_later(PATIENCE, lambda: self._end(key)),
        )
        requestor.change_property(place, self._connection.atom("INCR"), 32, [len(form.data)], onerror=mishap)
        return _Given.FIRST_PIECE

    def _send_piece(self, key: tuple[int, int], transfer: _Transfer) -> None:
        """Write the next piece; an empty one tells that the last has been written."""
        form, mishap = transfer.form, CatchError()
        piece = form.data[transfer.sent : transfer.sent + PIECE]
        transfer.requestor.change_property(transfer.property, form.type, form.format, piece, onerror=mishap)
        self._connection.display.sync()
        if mishap.get_error() is not None:
            self._end(key)
        elif piece:
            transfer.sent += len(piece)
            transfer.bound()
            transfer.bound = self._scheduler.call_later(PATIENCE, lambda: self._end(key))
        else:
            self._end(key)
            transfer.delivered(form)

    def _end(self, key: tuple[int, int]) -> None:
        transfer = self._transfers.pop(key, None)
        if transfer is not None:
            transfer.bound()


def _watch(requestor: Any) -> bool:
    """Hear from now on when *requestor*'s properties are taken away; False when the window is gone.

    The event mask is one for the whole connection, and the window may be one whose title is
    followed: so we only ever add to it, also when the transfer is over.
    """
    try:
        mask = requestor.get_attributes().your_event_mask
    except XError:
        return False
    wanted = mask | X.PropertyChangeMask | X.StructureNotifyMask
    requestor.change_attributes(event_mask=wanted, onerror=CatchError())
    return True
