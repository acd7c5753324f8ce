"""The X11 clipboard, as an insertion uses it: keep, offer, watch it being taken, give back."""

import logging
from collections import deque
from collections.abc import Callable
from datetime import timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from Xlib import X
from Xlib.protocol import request as requests

from sidebar.domain.insertion import WindowInfo
from sidebar.domain.lean import dataclass
from sidebar.platforms.x11.connection import Connection
from sidebar.platforms.x11.foreign_contents import ForeignContents, answered
from sidebar.platforms.x11.programs import same_program
from sidebar.platforms.x11.selection_contents import (
    HINT,
    TEXT_TARGETS,
    Contents,
    Form,
    enclosed_contents,
    text_contents,
)
from sidebar.platforms.x11.selection_handover import hand_over
from sidebar.platforms.x11.selection_reading import SIZE_CAP, SelectionReader
from sidebar.platforms.x11.selection_serving import SelectionServer
from sidebar.ports import Cancel, Saved, Scheduler

if TYPE_CHECKING:  # few phrases have any
    from sidebar.domain.enclosures import Enclosure

log = logging.getLogger(__name__)

LATE = timedelta(seconds=5)
"""How long a phrase is remembered for a program that asks for it late."""
QUIET = timedelta(milliseconds=300)
"""How long after a program's last fetch its paste counts as finished: Chromium fetches twice, some
milliseconds apart, and inserts what it got the second time."""


class _Kind(Enum):
    OFFERED = auto()
    RESTORED = auto()
    KEPT = auto()


@dataclass(slots=True, kw_only=True, eq=False)
class _Holding:
    """What we had on the clipboard from one server time to another, and for whom.

    Whoever fetches one of the targets that are `counted` has what was offered.
    """

    kind: _Kind
    contents: Contents
    since: int
    until: int | None = None
    to: WindowInfo | None = None
    taken: Callable[[], None] | None = None
    counted: frozenset[int] = frozenset()
    pasted: bool = False
    settling: Cancel | None = None
    forget: Cancel | None = None

    def drop_timers(self) -> None:
        for cancel in (self.settling, self.forget):
            if cancel is not None:
                cancel()
        self.settling = self.forget = None


class X11Clipboard:
    """Owns CLIPBOARD while a phrase is being inserted, and afterwards with what was there before.

    A slow program must not get the user's old clipboard in place of the phrase. A request
    carries the time of the key press it comes from; the program a phrase was for is given
    what we held *at that time*, even when it asks after we have put back the user's content or
    offered the next phrase. A program that tells no time (CurrentTime: Chromium) is given the
    phrase rather than the user's content until it has fetched it and been `QUIET`. This lasts
    for `LATE` and for that program alone; everybody else gets what is on the clipboard now.

    Ownership is taken with a time of the server's (the ICCCM forbids CurrentTime: two owners
    could not be told apart by age, nor requests by owner). An offer that follows upon `save` at
    once has it from there; any other costs one round trip.
    """

    def __init__(self, *, connection: Connection, scheduler: Scheduler, cap: int = SIZE_CAP) -> None:
        self._connection = connection
        self._scheduler = scheduler
        self._selection = connection.atom("CLIPBOARD")
        self._texts = frozenset(connection.atom(name) for name in TEXT_TARGETS)
        connection.atom(HINT)  # asked for now rather than by the first insertion
        self._window = connection.root.create_window(
            -1, -1, 1, 1, 0, X.CopyFromParent, window_class=X.InputOnly, event_mask=X.PropertyChangeMask
        )
        self._held: _Holding | None = None
        self._past: deque[_Holding] = deque()
        self._users: Contents | None = None
        self._told_time: Callable[[], int] | None = None
        """While `save` runs: tells the server's time, which was asked along with who owns the clipboard."""
        self._server = SelectionServer(connection=connection, scheduler=scheduler)
        self._foreign = ForeignContents(
            connection=connection,
            scheduler=scheduler,
            window=self._window,
            selection=self._selection,
            reader=SelectionReader(
                connection=connection,
                scheduler=scheduler,
                window=self._window,
                selection=self._selection,
                cap=cap,
            ),
            changed=self._on_foreign_change,
        )
        connection.on(X.SelectionRequest, self._on_request)
        connection.on(X.SelectionClear, self._on_clear)
        connection.settle()

    def save(self, done: Callable[[Saved | None], None]) -> Cancel:
        """Tell *done* what is on the clipboard; never a phrase of ours, but what that stands in for."""
        held = self._held
        self._told_time = self._connection.ask_time()
        try:
            if held is None or not self.ours():
                return self._foreign.read(lambda contents: self._give(contents, done))
            self._give(self._users if held.kind is _Kind.OFFERED else held.contents, done)
            return answered
        finally:
            if self._told_time is not None:  # nothing was offered
                self._told_time()
                self._told_time = None
            self._connection.settle()

    def offer(self, content: "str | Enclosure", *, to: WindowInfo, taken: Callable[[], None]) -> bool:
        """Put *content* there for the program of *to*; *taken* runs while this offer is what is there.

        It may run more than once for one paste (see `QUIET`): the next offer should wait until
        it has not run for a moment. The server is told with the next question, which is whether it
        agrees (`ours`, or a look); True says nothing of that.
        """
        atom = self._connection.atom
        if isinstance(content, str):
            contents, counted = text_contents(content, atom=atom, secret=True), self._texts
        else:
            contents = enclosed_contents(content, atom=atom)
            counted = frozenset(form.target for form in contents.forms) - {atom(HINT)}
        return self._own(contents, kind=_Kind.OFFERED, to=to, taken=taken, counted=counted)

    def ours(self) -> bool:
        """Whether what was last put here is still what the clipboard holds, asked of the server."""
        return self._held is not None and self.ask_ours()()

    def ask_ours(self) -> Callable[[], bool]:
        """Ask for `ours`; calling what is returned waits for the answer."""
        display = self._connection.display.display
        asked = requests.GetSelectionOwner(display=display, defer=True, selection=self._selection)

        def answer() -> bool:
            asked.reply()
            self._connection.settle()
            return self._held is not None and bool(asked.owner == self._window)

        return answer

    def restore(self, saved: Saved) -> None:
        """Put *saved* back with every form as it was read; an empty clipboard is left without owner."""
        assert isinstance(saved, Contents)
        if not self.ours():
            return
        if saved.forms:
            self._own(saved, kind=_Kind.RESTORED)
        else:
            self._disown()

    def keep(self, text: str) -> bool:
        """Leave *text* there as an ordinary copy, whoever owned the clipboard."""
        return self._own(text_contents(text, atom=self._connection.atom), kind=_Kind.KEPT)

    def held(self) -> dict[str, bytes]:
        """What we have on the clipboard, by target name; empty where it is not ours.

        For our own windows: Qt, pasting into one, would wait for an answer from the very
        thread that waits (15 s, then nothing). It must take the content from here instead.
        """
        if self._held is None or not self.ours():
            return {}
        name = self._connection.display.get_atom_name
        return {str(name(form.target)): form.data for form in self._held.contents.forms if form.format == 8}

    def close(self) -> None:
        """Put back what the user is owed and leave it to the clipboard manager, if one is running.

        Waits at most 300 ms for it. Without a clipboard manager what we own goes with us, as it
        does with every X11 program. The connection stays open.
        """
        held = self._held
        if held is not None and held.kind is _Kind.OFFERED and self._users is not None:
            self.restore(self._users)
        self._foreign.close()
        for past in tuple(self._past):
            self._forget(past)
        held = self._held
        if held is not None and not held.contents.secret and self.ours():
            hand_over(self._connection, window=self._window, contents=held.contents, hear=self._hear)
        self._server.close()
        if self._held is not None:
            self._held.drop_timers()
        self._held = self._users = None
        self._window.destroy()
        self._connection.settle()

    def _give(self, contents: Contents | None, done: Callable[[Saved | None], None]) -> None:
        self._users = contents
        done(contents)

    def _own(
        self,
        contents: Contents,
        *,
        kind: _Kind,
        to: WindowInfo | None = None,
        taken: Callable[[], None] | None = None,
        counted: frozenset[int] = frozenset(),
    ) -> bool:
        """Take the clipboard as of now, also when it is ours already: others look again then.

        Whoever offers looks before the paste, which sends the offer and waits for the answer.
        """
        tell_time, self._told_time = self._told_time or self._connection.ask_time(), None
        since = tell_time()
        self._window.set_selection_owner(self._selection, since)
        owned = kind is _Kind.OFFERED or self._owns()
        if owned:
            self._foreign.forget()
            self._put_away(since)
            self._held = _Holding(
                kind=kind, contents=contents, since=since, to=to, taken=taken, counted=counted
            )
            if kind is not _Kind.OFFERED:
                self._users = contents
        if kind is not _Kind.OFFERED:
            self._connection.settle()
        log.debug("clipboard %s owned=%s forms=%d", kind.name.lower(), owned, len(contents.forms))
        return owned

    def _owns(self) -> bool:
        return bool(self._connection.display.get_selection_owner(self._selection) == self._window)

    def _disown(self) -> None:
        since = self._connection.server_time()
        requests.SetSelectionOwner(
            display=self._connection.display.display, window=X.NONE, selection=self._selection, time=since
        )
        self._put_away(since)
        self._connection.settle()

    def _put_away(self, until: int) -> None:
        """What we held is not on the clipboard any more; a phrase is remembered for a late request."""
        held, self._held = self._held, None
        if held is not None and held.kind is _Kind.OFFERED:
            held.until = until
            held.forget = self._scheduler.call_later(LATE, lambda: self._forget(held))
            self._past.append(held)

    def _forget(self, past: _Holding) -> None:
        past.drop_timers()
        self._past.remove(past)

    def _hear(self, event: Any) -> None:
        """What serving needs to hear of when nothing else runs any more."""
        if event.type == X.SelectionRequest:
            self._on_request(event)
        else:
            self._server.hear(event)

    def _on_request(self, event: Any) -> None:
        if event.selection != self._selection or event.owner.id != self._window.id:
            return
        holding = self._meant_by(event)
        if holding is None:
            self._server.refuse(event)
            return
        self._server.answer(
            event,
            holding.contents,
            since=holding.since,
            delivered=lambda form: self._on_delivered(holding, form, event.requestor.id),
        )

    def _meant_by(self, event: Any) -> _Holding | None:
        """What the clipboard held when its request was caused, to the program the phrase was for."""
        for past in self._past:
            if event.time == X.CurrentTime:
                restored = self._held is not None and self._held.kind is _Kind.RESTORED
                late = restored and not past.pasted and past is self._past[-1]
            else:
                late = past.until is not None and _earlier(event.time, past.until)
            if late and self._is_for(past, event.requestor.id):
                return past
        return self._held

    def _is_for(self, holding: _Holding, requestor: int) -> bool:
        return holding.to is not None and same_program(self._connection, holding.to.handle, requestor)

    def _on_delivered(self, holding: _Holding, form: Form, requestor: int) -> None:
        if form.target not in holding.counted or not self._is_for(holding, requestor):
            return
        if holding.settling is not None:
            holding.settling()
        holding.settling = self._scheduler.call_later(QUIET, lambda: self._settle(holding))
        if holding is self._held and holding.taken is not None:
            holding.taken()

    def _settle(self, holding: _Holding) -> None:
        holding.settling = None
        holding.pasted = True

    def _on_clear(self, event: Any) -> None:
        """Another program took the clipboard, unless we have taken it back already."""
        if event.atom == self._selection and event.window.id == self._window.id and not self.ours():
            self._put_away(event.time)
            self._users = None

    def _on_foreign_change(self) -> None:
        self._users = None


def _earlier(one: int, other: int) -> bool:
    """Whether *one* comes before *other*; server times are milliseconds and begin anew after 49 days."""
    return 0 < (other - one) % 2**32 < 2**31
