"""The pasteboard, as an insertion uses it: keep, offer, watch it being taken, give back."""

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sidebar.domain.insertion import WindowInfo
from sidebar.domain.lean import dataclass
from sidebar.platforms.macos import bridge, constants
from sidebar.ports import Cancel, Saved, Scheduler

if TYPE_CHECKING:  # few phrases have any
    from sidebar.domain.enclosures import Enclosure

log = logging.getLogger(__name__)

READ_BOUND = timedelta(seconds=1)
"""How long what is there may take to be read; what has not come by then is left out."""
SIZE_CAP = 64 * 1024 * 1024
"""Bytes kept of what is there; more would be felt in memory and in the time it takes."""

_MARKS = (constants.TRANSIENT_TYPE, constants.AUTO_GENERATED_TYPE)
_SOON = timedelta(0)
_READ = object()
"""All has been read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What was on the pasteboard: for each item its kinds with their bytes. Implements `Saved`."""

    items: tuple[Mapping[str, bytes], ...]
    complete: bool = True


@dataclass(slots=True, kw_only=True, eq=False)
class _Offer:
    """What is promised to whoever asks, by kind.

    `fetched` once somebody has asked, `awaited` once the chord was pressed.
    """

    content: Mapping[str, bytes]
    taken: Callable[[], None]
    fetched: bool = False
    awaited: bool = False


class MacClipboard:
    """Implements `Clipboard` with promised data, so that the system tells when somebody fetches the phrase.

    It tells once, and not who: every later reader is given the copy the system keeps. Programs
    that look at every change were seen to fetch within 40 to 120 ms. So a fetch counts only after the chord
    (`await_paste`), and where the phrase was fetched before, it is promised afresh then. A program
    that looks between the chord and the client's own fetch is still taken for the client: on
    this desktop `taken` is a good sign, not proof. What is given back `restore_after` later comes
    after the fetch of any client that answers a chord as fast as such a program does.

    Reading what others put there makes macOS ask the user, from 15.4 on, unless they have allowed
    it for good; nothing is read then, and `save` answers None. Counting changes is always free.
    """

    def __init__(self, *, pasteboard: bridge.Pasteboard, scheduler: Scheduler) -> None:
        self._pasteboard = pasteboard
        self._scheduler = scheduler
        self._count: int | None = None
        self._offer: _Offer | None = None
        self._known: Contents | None = None
        self._read: tuple[int, Contents] | None = None

    @property
    def readable(self) -> bool:
        """Whether what others put there may be read without the user being asked."""
        access = self._pasteboard.access()
        return access in (None, constants.PASTEBOARD_ACCESS_BEHAVIOR_ALWAYS_ALLOW)

    def save(self, done: Callable[[Saved | None], None]) -> Cancel:
        """Tell *done* what is there; None where it may not be read, or changed while it was being read.

        What we put there ourselves, and what a phrase of ours stands in for, is known without
        reading. One kind is read in each turn of the loop: an owner that is slow holds us up for
        one kind at most.
        """
        known = self._known if self.ours() else None
        if self.ours() or not self.readable or constants.REMOTE_TYPE in self._pasteboard.kinds():
            return self._scheduler.call_later(_SOON, lambda: done(known))

        def finish(contents: Contents | None, count: int) -> None:
            self._read = None if contents is None else (count, contents)
            done(contents)

        return _Reading(self._pasteboard, self._scheduler, finish).cancel

    def offer(self, content: "str | Enclosure", *, to: WindowInfo, taken: Callable[[], None]) -> bool:
        """Promise it; *taken* runs when it is fetched after the chord, by *to* as far as can be told."""
        del to
        if not self.ours():
            count, contents = self._read or (None, None)
            self._known = contents if count == self._pasteboard.count() else None
        return self._promise(_Offer(content=_by_kind(content), taken=taken))

    def await_paste(self) -> bool:
        """From now on a fetch means that the phrase is taken; False where it could not be promised afresh."""
        offer = self._offer
        if offer is None or offer.awaited or not self.ours():
            return True
        if offer.fetched:
            offer = _Offer(content=offer.content, taken=offer.taken)
            if not self._promise(offer):
                return False
        offer.awaited = True
        return True

    def ours(self) -> bool:
        """Whether what was last put here is still what the pasteboard holds."""
        return self._count is not None and self._pasteboard.count() == self._count

    def restore(self, saved: Saved) -> None:
        """Put *saved* back, item by item and kind by kind; does nothing when `ours()` is False."""
        assert isinstance(saved, Contents)
        if self.ours():
            self._write(saved)

    def keep(self, text: str) -> bool:
        """Leave *text* there as an ordinary copy, which clipboard histories may keep."""
        return self._write(Contents(items=({constants.STRING_TYPE: text.encode()},)))

    def held(self) -> Mapping[str, bytes]:
        """Nothing: AppKit serves a line of our own from what we hold within the same call.

        Handing it to Qt, as other desktops need, would leave of the user's content only the kinds Qt knows.
        """
        return {}

    def close(self) -> None:
        """A promise would end with us: leave the content itself."""
        if self._offer is not None and self.ours():
            self._write(Contents(items=(self._offer.content,)))

    def _promise(self, offer: _Offer) -> bool:
        def fetched() -> None:
            offer.fetched = True
            if offer.awaited:
                offer.taken()

        self._offer = None
        put = self._pasteboard.promise(offer.content, _MARKS, fetched)
        # Asked after the writing: our marks being there tells that nobody wrote in between.
        self._count = self._pasteboard.count()
        if not put or constants.TRANSIENT_TYPE not in self._pasteboard.kinds():
            self._count = None
            return False
        self._offer = offer
        return True

    def _write(self, contents: Contents) -> bool:
        self._offer = None
        put = self._pasteboard.write(contents.items)
        self._count = self._pasteboard.count() if put else None
        self._known = contents if put else None
        return put


def _by_kind(content: "str | Enclosure") -> Mapping[str, bytes]:
    """A text, a picture or a file by the kinds that programs ask for."""
    if isinstance(content, str):
        return {constants.STRING_TYPE: content.encode()}
    if content.png:
        return {constants.PNG_TYPE: content.png}
    return {constants.FILE_TYPE: Path(content.path).as_uri().encode()}


class _Reading:
    """Reads one kind in each turn of the loop, and answers once."""

    def __init__(
        self,
        pasteboard: bridge.Pasteboard,
        scheduler: Scheduler,
        done: Callable[[Contents | None, int], None],
    ) -> None:
        self._pasteboard = pasteboard
        self._scheduler = scheduler
        self._done = done
        self._count = pasteboard.count()
        self._read: list[dict[str, bytes]] = []
        self._size = 0
        self._complete = True
        self._finished = False
        self._work = self._steps()
        self._next = scheduler.call_later(_SOON, self._advance)
        self._bound = scheduler.call_later(READ_BOUND, self._run_out)

    def cancel(self) -> None:
        """Read no more, tell nobody."""
        self._finished = True
        self._next()
        self._bound()

    def _steps(self) -> Iterator[None]:
        for item in self._pasteboard.items():
            read: dict[str, bytes] = {}
            self._read.append(read)
            for kind in item.kinds:
                data = item.read(kind)
                if data is None or self._size + len(data) > SIZE_CAP:
                    self._complete = False
                else:
                    self._size += len(data)
                    read[kind] = data
                yield

    def _advance(self) -> None:
        more = next(self._work, _READ) is not _READ
        if not self._finished and more:
            self._next = self._scheduler.call_later(_SOON, self._advance)
        elif not self._finished:
            self._finish()

    def _run_out(self) -> None:
        log.info("pasteboard not read in time: items=%d bytes=%d", len(self._read), self._size)
        self._complete = False
        self._finish()

    def _finish(self) -> None:
        """Once, though to ask an owner may let the loop turn, and the time run out within."""
        self.cancel()
        unchanged = self._pasteboard.count() == self._count
        items = tuple(read for read in self._read if read)
        self._done(Contents(items=items, complete=self._complete) if unchanged else None, self._count)
