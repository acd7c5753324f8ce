"""The one way something becomes so: stored first, then told to everyone."""

import logging
from collections.abc import Callable
from datetime import timedelta

from sidebar.domain.events import ConversationEvent, Event
from sidebar.domain.identifiers import ConversationId, EventId
from sidebar.errors import HistoryError
from sidebar.ports import Cancel, History, Scheduler

log = logging.getLogger(__name__)

_RETRY = timedelta(seconds=5)
_PORTION = 200
"""News told in one turn of the event loop: some 3 ms, so that no frame is late."""
_BETWEEN = timedelta(milliseconds=4)

Listener = Callable[[Event], None]


class Journal:
    """Appends events to the history and hands them to listeners.

    When the history refuses (full disk, a lock), the clocks must go on all the same: what
    could not be stored is kept in memory, in order, tried again every five seconds and with
    every later act, and the agent is told by `on_trouble` until it is stored. Nothing that is
    in memory only is ever shown without that notice.
    """

    def __init__(
        self, *, history: History, scheduler: Scheduler, on_trouble: Callable[[HistoryError | None], None]
    ) -> None:
        self._history = history
        self._scheduler = scheduler
        self._on_trouble = on_trouble
        self._listeners: list[Listener] = []
        self._unsaved: list[Event] = []
        self._troubled = False
        self._retrying: Cancel | None = None
        self._catching_up: Cancel | None = None

    def listen(self, listener: Listener) -> None:
        """Tell *listener* of each event from now on, in the order of `publish`."""
        self._listeners.append(listener)

    def publish(self, *events: Event) -> None:
        """Store *events* in one transaction, then tell of each."""
        self._unsaved.extend(events)
        self._store()
        for event in events:
            for listener in self._listeners:
                listener(event)

    def receive(self, *events: Event) -> tuple[bool, ...]:
        """Store what another program tells, then tell of what is new in it; which of *events* that was.

        Raises HistoryError, and tells nobody, where the history refuses: unlike the agent's own acts
        these can be told to us again.
        """
        known = self._history.known(*(event.id for event in events))
        known |= {event.id for event in self._unsaved}
        new = dict[EventId, Event]()
        fresh = []
        for event in events:
            fresh.append(event.id not in known and event.id not in new)
            if fresh[-1]:
                new[event.id] = event
        if new:
            self._history.append(*new.values())
        for event in new.values():
            for listener in self._listeners:
                listener(event)
        return tuple(fresh)

    def conversation(self, conversation: ConversationId) -> tuple[ConversationEvent, ...]:
        """All that has happened in *conversation*, in the order of `at`, also what is in memory only.

        Raises HistoryError where the history cannot be read.
        """
        stored = self._history.conversation(conversation)
        known = {event.id for event in stored}
        ours = [*stored, *(event for event in self._unsaved if event.id not in known)]
        about = (event for event in ours if isinstance(event, ConversationEvent))
        return tuple(
            sorted((each for each in about if each.conversation == conversation), key=lambda each: each.at)
        )

    def catch_up(self) -> None:
        """Tell of what other programs have stored meanwhile; a history that is busy is asked again later.

        Much of it is told in portions, with the event loop's other work in between.
        """
        if self._catching_up is not None:
            return
        try:
            news = self._history.news(limit=_PORTION)
        except HistoryError as error:
            log.info("history could not be asked for news: %s", error)
            return
        for event in news:
            for listener in self._listeners:
                listener(event)
        if len(news) >= _PORTION:
            self._catching_up = self._scheduler.call_later(_BETWEEN, self._catch_up_further)

    def _catch_up_further(self) -> None:
        self._catching_up = None
        self.catch_up()

    @property
    def unsaved(self) -> int:
        """How many events are in memory only."""
        return len(self._unsaved)

    def finish(self, keep: Callable[..., None]) -> None:
        """Before the program ends: store what is in memory only, or hand it to *keep*."""
        if not self._unsaved:
            return
        try:
            self._history.append(*self._unsaved)
        except HistoryError:
            keep(*self._unsaved)
        self._unsaved.clear()

    def _store(self) -> None:
        try:
            self._history.append(*self._unsaved)
        except HistoryError as error:
            if not self._troubled:
                log.warning("history refused %d events: %s", len(self._unsaved), error)
            self._troubled = True
            self._on_trouble(error)
            if self._retrying is None:
                self._retrying = self._scheduler.call_later(_RETRY, self._retry)
            return
        self._unsaved.clear()
        if self._troubled:
            self._troubled = False
            self._on_trouble(None)

    def _retry(self) -> None:
        self._retrying = None
        if self._unsaved:
            self._store()
