"""Reading a chat client's list of conversations by accessibility: its entries' names, nothing that is said.

A look at a list that is found is two rounds of questions, each sent in one go, once a second: a program
that is listened to instead would have to tell of every change in every window it has.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from sidebar.domain.chat_clients import ReadingRule
from sidebar.domain.chat_reading import ListEntry
from sidebar.domain.insertion import WindowInfo
from sidebar.platforms.x11 import accessibility as at_spi
from sidebar.platforms.x11.accessibility import Accessible
from sidebar.platforms.x11.accessible_windows import AccessibilityLink, frame_of
from sidebar.platforms.x11.conversation_lists import ROLES, find_list, read_entries
from sidebar.platforms.x11.message_bus import Conversation, MessageBus, Steps
from sidebar.ports import Cancel, Readiness, Scheduler

log = logging.getLogger(__name__)

_BETWEEN = timedelta(seconds=1)
_BOUND = timedelta(milliseconds=500)

_Entries = tuple[ListEntry, ...]


class AtSpiChatReader:
    """Reads over a connection of its own, so that no insertion waits behind what is asked here."""

    def __init__(self, session: str, *, readiness: Readiness, scheduler: Scheduler) -> None:
        self._link = AccessibilityLink(session, readiness=readiness, scheduler=scheduler)
        self._scheduler = scheduler
        self._watch: _Watch | None = None

    def watch(self, window: WindowInfo, rule: ReadingRule, told: Callable[[_Entries], None]) -> Cancel:
        """Look at *window* now and once a second, and tell of what is another than before.

        One window at a time: the watch before this is over. Where it watched the same window its list
        is not looked for again.
        """
        before = self._watch
        if before is not None:
            before.cancel()
        watch = self._watch = _Watch(self._link, window, rule, told, scheduler=self._scheduler)
        if before is not None:
            watch.take_over(before)
        return watch.cancel

    def close(self) -> None:
        """Look no more, and leave the bus."""
        if self._watch is not None:
            self._watch.cancel()
        self._link.close()


class _Watch:
    """Looks at one window until it is taken back."""

    def __init__(
        self,
        link: AccessibilityLink,
        window: WindowInfo,
        rule: ReadingRule,
        told: Callable[[_Entries], None],
        *,
        scheduler: Scheduler,
    ) -> None:
        self._link = link
        self._window = window
        self._rule = rule
        self._told = told
        self._scheduler = scheduler
        self._bus: MessageBus | None = None
        self._list: Accessible | None = None
        self._last: _Entries | None = None
        self._next: Cancel = scheduler.call_later(timedelta(0), self._look)

    def take_over(self, before: "_Watch") -> None:
        """Go on from where *before* has found its window."""
        if before._window.handle == self._window.handle:
            self._bus, self._list = before._bus, before._list

    def cancel(self) -> None:
        self._next()

    def _look(self) -> None:
        self._next = Conversation(
            self._read(), self._on_read, scheduler=self._scheduler, timeout=_BOUND
        ).cancel

    def _on_read(self, entries: _Entries | None) -> None:
        self._next = self._scheduler.call_later(_BETWEEN, self._look)
        if entries is not None and entries != self._last:
            log.debug("chat reader: entries=%d", len(entries))
            self._last = entries
            self._told(entries)

    def _read(self) -> Steps[_Entries | None]:
        """The entries of the list; None where they cannot be had whole this time."""
        bus = yield from self._link.connection()
        if bus is not self._bus:
            self._bus, self._list = bus, None
        if self._list is None:
            frame = yield from frame_of(bus, self._window)
            self._list = (yield from find_list(bus, frame.thing, self._rule)) if frame is not None else None
        if self._list is None:
            return None
        (matched,) = yield bus, [at_spi.matches(self._list, (ROLES[self._rule.items],), ())]
        if matched.error:
            self._list = None  # looked for anew the next time
            return None
        return (yield from read_entries(bus, at_spi.as_objects(matched), self._rule))
