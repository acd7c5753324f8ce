"""Hearing of new messages in a chat client's conversations by accessibility: who wrote, never what.

Nothing is asked while nothing changes: the one thing that holds the messages is listened to, and what it
tells of is looked up at once.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

from sidebar.domain.chat_clients import ClientProfile
from sidebar.domain.chat_logs import Mark, Speaker
from sidebar.domain.insertion import WindowInfo
from sidebar.domain.log_growth import LogNews
from sidebar.platforms.x11 import accessibility as at_spi
from sidebar.platforms.x11.accessibility import Accessible
from sidebar.platforms.x11.accessible_windows import AccessibilityLink, frame_of
from sidebar.platforms.x11.message_bus import Conversation, MessageBus, Steps
from sidebar.ports import Cancel, Readiness, Scheduler

log = logging.getLogger(__name__)

_BOUND = timedelta(milliseconds=500)
_AT_ONCE = timedelta(0)
_BETWEEN = timedelta(milliseconds=50)
"""From one look to the next: a page that is built tells of every part of it."""
_FIRST_RETRY = timedelta(seconds=1)
_LAST_RETRY = timedelta(minutes=1)

_News = list[tuple[str, tuple[Speaker, ...]]]


class Logs(Protocol):
    """The logs of one window, by the way its client keeps them."""

    events: tuple[str, ...]
    """What the program has to tell of for them."""

    @property
    def followed(self) -> frozenset[str]: ...

    @property
    def behind(self) -> bool: ...

    def search(self, frame: Accessible, named: str) -> Steps[bool]: ...

    def look(self) -> Steps[_News]: ...

    def close(self) -> None: ...


class AtSpiLogReader:
    """Reads over a connection of its own for each window: nobody else's answers wait, no programs mix."""

    def __init__(self, session: str, *, readiness: Readiness, scheduler: Scheduler) -> None:
        self._session = session
        self._readiness = readiness
        self._scheduler = scheduler
        self._watches: dict[int, _Watch] = {}

    def hear(
        self, window: WindowInfo, profile: ClientProfile, named: str, told: Callable[[LogNews], None]
    ) -> Cancel:
        """Tell who writes in *window* from now on; asked again for it, look what logs there are now."""
        watch = self._watches.get(window.handle)
        if watch is None or watch.profile != profile:
            self._end(window.handle)
            link = AccessibilityLink(self._session, readiness=self._readiness, scheduler=self._scheduler)
            watch = self._watches[window.handle] = _Watch(link, window, profile, scheduler=self._scheduler)
        watch.look_again(window, named, told)

        def cancel() -> None:
            if self._watches.get(window.handle) is watch and watch.told is told:
                self._end(window.handle)

        return cancel

    def close(self) -> None:
        """Hear no more, and leave the bus."""
        for handle in tuple(self._watches):
            self._end(handle)

    def _end(self, handle: int) -> None:
        watch = self._watches.pop(handle, None)
        if watch is not None:
            watch.cancel()


class _Watch:
    """Listens to one window until it is taken back; one question or look at a time."""

    def __init__(
        self, link: AccessibilityLink, window: WindowInfo, profile: ClientProfile, *, scheduler: Scheduler
    ) -> None:
        self._link = link
        self._window = window
        self._named = ""
        self.profile = profile
        self._scheduler = scheduler
        self.told: Callable[[LogNews], None] = _nobody
        self._bus: MessageBus | None = None
        self._frame: Accessible | None = None
        self._telling = ""
        """The program that has been asked to tell of changes."""
        self._logs: Logs | None = None
        self._followed: frozenset[str] = frozenset()
        self._searching = True
        self._missing = False
        self._resting = False
        """Whether the next look is one at what was not found, or not to be had."""
        self._changed = False
        self._retry = _FIRST_RETRY
        self._next: Cancel | None = None
        self._unmourn: Cancel = _nothing
        self._running = False
        self._over = False

    def look_again(self, window: WindowInfo, named: str, told: Callable[[LogNews], None]) -> None:
        """Search *window*, as it is titled now and showing *named*, for logs that have come or gone."""
        self._window = window
        self._named = named
        self.told = told
        self._searching = True
        self._retry = _FIRST_RETRY
        self._soon(_AT_ONCE)

    def cancel(self) -> None:
        self._over = True
        self._unmourn()
        if self._next is not None:
            self._next()
        if self._logs is not None:
            self._logs.close()
            if self._bus is not None:
                self._bus.ask(at_spi.events_done_with(self._logs.events), _unheard)
        self._link.close()

    def _soon(self, delay: timedelta) -> None:
        if self._over or self._running:
            return  # what runs looks again at its end
        if self._next is not None:
            self._next()
        self._resting = delay > _BETWEEN
        self._next = self._scheduler.call_later(delay, self._look)

    def _look(self) -> None:
        self._running = True
        self._changed = False
        self._next = Conversation(
            self._read(), self._on_read, scheduler=self._scheduler, timeout=_BOUND
        ).cancel

    def _on_read(self, news: _News) -> None:
        self._running = False
        self._next = None
        followed = self._logs.followed if self._logs is not None else frozenset()
        if followed != self._followed:
            log.info("log reader: followed=%d", len(followed))
            self._followed = followed
            self.told(LogNews(followed=followed))
        for buyer, speakers in news:
            self.told(LogNews(followed=followed, buyer=buyer, speakers=speakers))
        if self._searching or self._changed:
            self._soon(_BETWEEN)
        elif self._missing or (self._logs is not None and self._logs.behind):
            self._searching = True
            self._soon(self._retry)
            self._retry = min(2 * self._retry, _LAST_RETRY)

    def _on_change(self) -> None:
        self._changed = True
        if self._next is None:
            self._soon(_AT_ONCE)
        elif self._resting:
            self._soon(_BETWEEN)

    def _on_lost(self) -> None:
        """The bus is gone, and with it all that was found; nothing is followed until it is found again."""
        if not self._followed:
            return
        self._followed = frozenset()
        self.told(LogNews(followed=self._followed))
        self._searching = True
        self._soon(_FIRST_RETRY)

    def _read(self) -> Steps[_News]:
        bus = yield from self._link.connection()
        if bus is not self._bus or self._logs is None:
            self._begin_anew(bus)
        assert self._logs is not None, "made with the connection"
        if self._searching:
            self._searching = False  # it may be asked for again meanwhile
            self._missing = not (yield from self._search(bus, self._logs))
        return (yield from self._logs.look())

    def _begin_anew(self, bus: MessageBus) -> None:
        self._bus, self._frame, self._telling, self._searching = bus, None, "", True
        self._unmourn()
        if self._logs is not None:
            self._logs.close()
        self._logs = self._make_logs(bus)
        self._unmourn = bus.when_lost(self._on_lost)

    def _make_logs(self, bus: MessageBus) -> Logs:
        rule = self.profile.log
        assert rule is not None, "whoever asks has a rule"
        if rule.by is Mark.COLOUR:
            from sidebar.platforms.x11.text_logs import TextLogs

            return TextLogs(bus, self._window, self.profile, rule, self._on_change)
        from sidebar.platforms.x11.entry_logs import EntryLogs

        return EntryLogs(bus, self._window, self.profile, rule, self._on_change, scheduler=self._scheduler)

    def _search(self, bus: MessageBus, logs: Logs) -> Steps[bool]:
        """Whether the window's logs are found."""
        if self._frame is None:
            frame = yield from frame_of(bus, self._window)
            if frame is None:
                return False
            self._frame = frame.thing
            if self._telling != frame.thing.bus_name:
                self._telling = frame.thing.bus_name
                yield bus, at_spi.events_wanted(self._telling, logs.events)
        found = yield from logs.search(self._frame, self._named)
        if not found:
            self._frame = None
        else:
            self._retry = _FIRST_RETRY
        return found


def _nobody(_: LogNews) -> None:
    """Nobody listens yet."""


def _nothing() -> None:
    """There is nothing to take back yet."""


def _unheard(_: object) -> None:
    """Whoever is silenced need not say so."""
