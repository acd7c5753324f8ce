"""The Windows clipboard, as an insertion uses it: keep, offer, watch it being taken, give back."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING

from sidebar.domain.insertion import WindowInfo
from sidebar.domain.lean import dataclass
from sidebar.platforms.windows import win32
from sidebar.platforms.windows.board import Board
from sidebar.platforms.windows.contents import NO, NOT_FOR_HISTORIES, Contents, Form, dropped_file, text_data
from sidebar.platforms.windows.foreign_contents import OPEN_PAUSE, OPEN_TRIES, ForeignContents
from sidebar.platforms.windows.messages import Messages
from sidebar.ports import Cancel, Saved, Scheduler

if TYPE_CHECKING:  # few phrases have any
    from sidebar.domain.enclosures import Enclosure

log = logging.getLogger(__name__)

PRESUMED = timedelta(milliseconds=250)
"""After a paste chord, where another program's reading has hidden whether the target has read."""
_SOON = timedelta(0)


class _Kind(Enum):
    OFFERED = auto()
    RESTORED = auto()
    KEPT = auto()


@dataclass(slots=True, kw_only=True, eq=False)
class _Holding:
    """What we have on the clipboard, and how far its way to the program *to* has come."""

    kind: _Kind
    contents: Contents
    to: WindowInfo | None = None
    taken: Callable[[], None] = field(default=lambda: None)
    pasting: bool = False
    given: bool = False
    fetched: bool = False
    presuming: Cancel | None = None


class Win32Clipboard:
    """Implements `Clipboard`.

    A phrase is promised, not put there (SetClipboardData without data): when a program wants it,
    Windows asks us for it, and says which window has the clipboard open just then. That tells that
    the chat client has fetched the phrase. It tells so *once*: what has been given is there for
    everybody. So a clipboard history that reads along (those that heed our marks do not), or a
    client that looks at whatever is copied, would hide the client's paste from us. Therefore:

    - a phrase that was given before the paste chord is promised anew right ahead of it;
    - where somebody else is faster even then, or where that fails, the client counts as having
      read `PRESUMED` after the chord;
    - who opens the clipboard without a window cannot be told from others: after the chord it
      counts as the client.

    What is given back or kept is put there whole, and outlives us. Ours is what our window owns;
    the sequence number would not do, as Windows counts on when a promise is kept.
    """

    def __init__(
        self,
        *,
        board: Board,
        messages: Messages,
        scheduler: Scheduler,
        foreign: ForeignContents,
        belongs: Callable[[int, WindowInfo], bool],
    ) -> None:
        self._board = board
        self._window = messages.handle
        self._scheduler = scheduler
        self._foreign = foreign
        self._belongs = belongs
        self._held: _Holding | None = None
        self._users: Contents | None = None
        messages.on(win32.WM_RENDERFORMAT, self._on_wanted)

    def save(self, done: Callable[[Saved | None], None]) -> Cancel:
        """Tell *done* what is on the clipboard; never a phrase of ours, but what that stands in for."""
        held = self._held
        if held is None or not self.ours():
            return self._foreign.read(lambda contents: self._give(contents, done))
        contents = self._users if held.kind is _Kind.OFFERED else held.contents
        return self._scheduler.call_later(_SOON, lambda: self._give(contents, done))

    def offer(self, content: "str | Enclosure", *, to: WindowInfo, taken: Callable[[], None]) -> bool:
        """Promise it to the program of *to*; *taken* runs when that has fetched it, while it is there."""
        if isinstance(content, str):
            contents = Contents(forms=(Form(format=win32.CF_UNICODETEXT, data=text_data(content)),))
        else:
            contents = self._enclosed(content)
        return self._own(_Holding(kind=_Kind.OFFERED, contents=contents, to=to, taken=taken))

    def _enclosed(self, enclosure: "Enclosure") -> Contents:
        """A picture as every program knows it and as PNG, which keeps what is transparent; or a file."""
        if not enclosure.png:
            return Contents(forms=(Form(format=win32.CF_HDROP, data=dropped_file(enclosure.path)),))
        png = self._board.number("PNG")
        return Contents(
            forms=(Form(format=png, data=enclosure.png), Form(format=win32.CF_DIB, data=enclosure.dib))
        )

    def ours(self) -> bool:
        """Whether what was last put here is still what the clipboard holds, asked of the system."""
        return self._held is not None and self._board.owner() == self._window

    def restore(self, saved: Saved) -> None:
        """Put *saved* back with every form as it was read; tried again for a moment where it is in use."""
        assert isinstance(saved, Contents)
        self._restore(self._held, saved, OPEN_TRIES)

    def keep(self, text: str) -> bool:
        """Leave *text* there as an ordinary copy, whoever owned the clipboard."""
        contents = Contents(forms=(Form(format=win32.CF_UNICODETEXT, data=text_data(text)),))
        return self._own(_Holding(kind=_Kind.KEPT, contents=contents))

    def held(self) -> Mapping[str, bytes]:
        """Nothing: a line of ours may ask Windows, which asks us back on the same thread at once."""
        return {}

    def expect_paste(self) -> None:
        """A chord is about to be sent: promise a phrase anew that somebody else has been given."""
        held = self._held
        if held is None or held.kind is not _Kind.OFFERED or held.fetched or not self.ours():
            return
        held.pasting = True
        if held.presuming is not None:
            held.presuming()
        if held.given and self._put(held):
            held.given = False
        held.presuming = self._scheduler.call_later(PRESUMED, lambda: self._presume(held))

    def close(self) -> None:
        """Put back what the user is owed; a phrase still promised goes with our window."""
        held = self._held
        if held is not None and held.kind is _Kind.OFFERED and self._users is not None:
            self._restore(held, self._users, 1)
        self._put_away()

    def _give(self, contents: Contents | None, done: Callable[[Saved | None], None]) -> None:
        self._users = contents
        done(contents)

    def _restore(self, held: _Holding | None, saved: Contents, tries: int) -> None:
        """Only over what was there when it was asked for."""
        if held is not self._held or not self.ours():
            return
        if self._own(_Holding(kind=_Kind.RESTORED, contents=saved)):
            return
        if tries > 1:
            self._scheduler.call_later(OPEN_PAUSE, lambda: self._restore(held, saved, tries - 1))
        else:
            log.warning("clipboard not given back: another program has it open")

    def _own(self, holding: _Holding) -> bool:
        if not self._put(holding):
            return False
        self._put_away()
        self._held = holding
        if holding.kind is not _Kind.OFFERED:
            self._users = holding.contents
        log.debug("clipboard %s formats=%d", holding.kind.name.lower(), len(holding.contents.forms))
        return True

    def _put(self, holding: _Holding) -> bool:
        """Take the clipboard and put *holding* there, verified; False leaves what was there, or nothing."""
        before = self._board.sequence()
        if not self._board.open(self._window):
            return False
        try:
            if not self._board.clear():
                return False
            promised = holding.kind is _Kind.OFFERED
            whole = all(
                self._board.promise(form.format) if promised else self._board.write(form.format, form.data)
                for form in holding.contents.forms
            )
            if holding.kind is not _Kind.KEPT:
                self._mark(holding.contents)
        finally:
            self._board.close()
        there = all(self._board.offers(form.format) for form in holding.contents.forms)
        return whole and there and self._board.owner() == self._window and self._board.sequence() != before

    def _mark(self, contents: Contents) -> None:
        """Histories have what is given back from when the user copied it; a phrase is not theirs."""
        had = {form.format for form in contents.forms}
        for name in NOT_FOR_HISTORIES if had else ():
            number = self._board.number(name)
            if number not in had:
                self._board.write(number, NO)

    def _put_away(self) -> None:
        held, self._held = self._held, None
        if held is not None and held.presuming is not None:
            held.presuming()

    def _on_wanted(self, format: int, _: int) -> None:
        """Somebody has the clipboard open and waits for us: give first, think later."""
        held = self._held
        form = next((form for form in held.contents.forms if form.format == format), None) if held else None
        if held is None or form is None:
            return
        process = self._board.opened_by()
        if not self._board.write(form.format, form.data):
            log.warning("clipboard content could not be given bytes=%d", len(form.data))
            return
        held.given = True
        if self._is_for(held, process):
            self._tell(held)

    def _is_for(self, held: _Holding, process: int) -> bool:
        return held.pasting and held.to is not None and (not process or self._belongs(process, held.to))

    def _tell(self, held: _Holding) -> None:
        """Told from the loop: the program that reads is waiting for our window's procedure to return."""
        held.fetched = True
        self._scheduler.call_later(_SOON, lambda: held.taken() if held is self._held else None)

    def _presume(self, held: _Holding) -> None:
        held.presuming = None
        if held.given and not held.fetched:
            log.info("clipboard text given to another program first; counted as taken")
            self._tell(held)
