"""Pointing at an element of a chat client's window by accessibility, and hearing of its changes.

An element is looked at again when one of those on the way to it has changed: the bus passes on what
these tell, and nothing else that the program has to say.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from typing import TypeVar

from sidebar.domain.element_rules import ElementRule, Found, Match
from sidebar.domain.elements import Glimpse, Trace
from sidebar.domain.insertion import WindowInfo
from sidebar.platforms.x11 import accessibility as at_spi
from sidebar.platforms.x11 import accessible_elements
from sidebar.platforms.x11.accessibility import Accessible
from sidebar.platforms.x11.accessible_elements import Questions, Seen, UnheardError
from sidebar.platforms.x11.accessible_windows import AccessibilityLink, frame_of
from sidebar.platforms.x11.message_bus import Conversation, MessageBus, Replies
from sidebar.ports import Cancel, Readiness, Scheduler

log = logging.getLogger(__name__)

_BOUND = timedelta(milliseconds=500)
_SETTLED = timedelta(milliseconds=15)  # of several changes at once the first is told before the last
_AT_MOST_EVERY = timedelta(milliseconds=100)
_ONCE_MORE = tuple(timedelta(milliseconds=each) for each in (200, 500, 1000, 3000, 10000))
"""When what was not found is looked for again: a page may still be coming, with nobody to tell of it."""
_IN_VAIN = 3
_MOST_HEARD = 64
_EVENTS = (
    "object:children-changed",
    "object:property-change:accessible-name",
    "object:selection-changed",
    "object:state-changed:active",
    "object:state-changed:selected",
    "object:state-changed:showing",
    "object:text-changed",
)

T = TypeVar("T")
_Ask = Callable[[MessageBus, Accessible], Questions[T]]


class AtSpiElements:
    """Implements `Elements` over a connection of its own, so that no insertion waits behind it."""

    def __init__(self, session: str, *, readiness: Readiness, scheduler: Scheduler) -> None:
        self._link = AccessibilityLink(session, readiness=readiness, scheduler=scheduler)
        self._frames = _Frames(self._link)
        self._scheduler = scheduler
        self._watches: list[_Watch] = []
        self._seen: tuple[int, Accessible] | None = None
        """What the last glimpse saw, and in the window of which handle."""

    def glimpse(self, window: WindowInfo, x: int, y: int, seen: Callable[[Glimpse | None], None]) -> Cancel:
        """Tell what is there; a browser may be right about it only the second time it is asked."""

        def keep(found: Seen | None) -> None:
            self._seen = None if found is None else (window.handle, found.thing)
            seen(None if found is None else found.glimpse)

        return self._run(window, partial(accessible_elements.glimpse, x=x, y=y), keep)

    def trace(self, window: WindowInfo, traced: Callable[[Trace | None], None]) -> Cancel:
        """Tell the way to the very object that was seen: asked once more, the point could be another's."""

        def ask(bus: MessageBus, frame: Accessible) -> Questions[Trace | None]:
            if self._seen is None or self._seen[0] != window.handle:
                return None
            return (yield from accessible_elements.trace(bus, frame, self._seen[1]))

        return self._run(window, ask, traced)

    def watch(self, window: WindowInfo, rule: ElementRule, told: Callable[[Match, str], None]) -> Cancel:
        """Look now, and at every change; to have it looked at out of turn, watch it anew."""
        watch = _Watch(self._frames, window, rule, told, scheduler=self._scheduler)
        self._watches.append(watch)

        def cancel() -> None:
            if watch in self._watches:
                self._watches.remove(watch)
                watch.cancel(last=not self._watches)

        return cancel

    def close(self) -> None:
        """Look no more, and leave the bus, which forgets what we wanted to hear."""
        for watch in self._watches:
            watch.cancel(last=False)
        self._watches.clear()
        self._link.close()

    def _run(self, window: WindowInfo, ask: _Ask[T | None], done: Callable[[T | None], None]) -> Cancel:
        return Conversation(self._answer(window, ask), done, scheduler=self._scheduler, timeout=_BOUND).cancel

    def _answer(self, window: WindowInfo, ask: _Ask[T | None]) -> Questions[T | None]:
        """What *ask* finds in *window*; None where the program is not there or does not answer."""
        found = yield from self._frames.find(window)
        if found is None:
            return None
        try:
            return (yield from ask(*found))
        except UnheardError:
            return None


class _Frames:
    """The windows as the bus knows them: found by their titles, and kept when these change."""

    def __init__(self, link: AccessibilityLink) -> None:
        self._link = link
        self._bus: MessageBus | None = None
        self._known: dict[int, Accessible] = {}

    def find(self, window: WindowInfo) -> Questions[tuple[MessageBus, Accessible] | None]:
        bus = yield from self._link.connection()
        if bus is not self._bus:
            self._bus = bus
            self._known.clear()
        thing = self._known.get(window.handle)
        if thing is None:
            frame = yield from frame_of(bus, window)
            if frame is None:
                return None
            thing = self._known[window.handle] = frame.thing
        return bus, thing

    def forget(self, window: WindowInfo) -> None:
        """Look for it by its title the next time: it may have been another's, or be gone."""
        self._known.pop(window.handle, None)


class _Watch:
    """Looks at one element until it is taken back: when it is made, and when something has changed."""

    def __init__(
        self,
        frames: _Frames,
        window: WindowInfo,
        rule: ElementRule,
        told: Callable[[Match, str], None],
        *,
        scheduler: Scheduler,
    ) -> None:
        self._frames = frames
        self._window = window
        self._rule = rule
        self._told = told
        self._scheduler = scheduler
        self._ears: _Ears | None = None
        self._last: tuple[Match, str] | None = None
        self._tries = 0
        self._stale = False
        self._busy = True
        self._next: Cancel = scheduler.call_later(timedelta(0), self._look)

    def cancel(self, *, last: bool) -> None:
        self._next()
        if self._ears is not None:
            self._ears.close(last=last)

    def _look(self) -> None:
        self._busy, self._stale = True, False
        self._next = Conversation(
            self._read(), self._on_read, scheduler=self._scheduler, timeout=_BOUND
        ).cancel

    def _read(self) -> Questions[Found[Accessible] | None]:
        """What the rule names now; None where the program is not there or does not answer."""
        window = yield from self._frames.find(self._window)
        if window is None:
            return None
        try:
            found = yield from accessible_elements.look(*window, self._rule)
        except UnheardError:
            return None
        bus, frame = window
        if self._ears is None or self._ears.bus is not bus:
            self._ears = _Ears(bus, frame.bus_name, self._on_change)
        # what changed before it was listened to, nobody has told of
        self._stale = self._ears.listen_to(found.looked_into) or self._stale
        if found.match is Match.NONE:
            self._frames.forget(self._window)
        return found

    def _on_read(self, found: Found[Accessible] | None) -> None:
        reading = None if found is None else (found.match, found.words)
        if reading is None and self._last is None and self._tries == _IN_VAIN:
            reading = Match.NONE, ""  # nobody is there to answer, and somebody waits for a word
        again: timedelta | None = None
        if reading is not None and reading[0] is Match.FOUND:
            self._tries = 0
        elif self._tries < len(_ONCE_MORE):
            again = _ONCE_MORE[self._tries]
            self._tries += 1
        self._next = self._scheduler.call_later(_AT_MOST_EVERY, partial(self._rest, again))
        if reading is not None and reading != self._last:
            log.debug("element: match=%s chars=%d", reading[0], len(reading[1]))
            self._last = reading
            self._told(*reading)

    def _rest(self, again: timedelta | None) -> None:
        """Wait for a change, and where *again* says so look after that time even without one."""
        self._busy = False
        if self._stale:
            self._look()
        elif again is not None:
            self._next = self._scheduler.call_later(again, self._look)

    def _on_change(self) -> None:
        if self._busy:
            self._stale = True
            return
        self._next()
        self._busy = True
        self._next = self._scheduler.call_later(_SETTLED, self._look)


class _Ears:
    """Hears what some objects of one program tell of themselves."""

    def __init__(self, bus: MessageBus, bus_name: str, changed: Callable[[], None]) -> None:
        self.bus = bus
        self._things: frozenset[Accessible] = frozenset()
        self._paths: frozenset[str] = frozenset()
        self._changed = changed
        self._deaf = bus.hear(self._on_signal)
        bus.ask(at_spi.events_wanted(bus_name, _EVENTS), _unread)

    def listen_to(self, things: Iterable[Accessible]) -> bool:
        """Hear of *things* from now on, and of no others; whether some of them are new."""
        wanted = frozenset(tuple(things)[-_MOST_HEARD:])
        new, over = wanted - self._things, self._things - wanted
        if new or over:
            self.bus.ask([*map(at_spi.listening, new), *map(at_spi.listening_over, over)], _unread)
        self._things, self._paths = wanted, frozenset(thing.path for thing in wanted)
        return bool(new)

    def close(self, *, last: bool) -> None:
        """Hear nothing more; where nobody else does, the program need not tell."""
        self._deaf()
        self.listen_to(())
        if last:
            self.bus.ask(at_spi.events_done_with(_EVENTS), _unread)

    def _on_signal(self, path: str, _name: str, _values: tuple[object, ...]) -> None:
        if path in self._paths:
            self._changed()


def _unread(_replies: Replies) -> None:
    """Who cannot be listened to is looked at when the window comes to the front."""
