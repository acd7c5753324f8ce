"""Events that come later than what follows them: their conversations are folded anew, in order."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from sidebar.domain.events import ConversationEvent
from sidebar.domain.identifiers import ConversationId
from sidebar.errors import HistoryError

log = logging.getLogger(__name__)

Recall = Callable[[ConversationId], Iterable[ConversationEvent]]
"""All that has happened in a conversation, in the order of `at`."""


class TimeOrder:
    """Tells a fold which conversations it no longer has as the log has them.

    The clocks are a fold in the order of time, as the next start will make it; events of other
    programs may come in any. Who keeps such a fold asks `is_late` of each event, defers the
    conversations of those that are, and folds what `disordered` hands out anew before anything is
    shown: once for each, however many of its events were late. Without *recall* nothing is late.
    """

    def __init__(self, recall: Recall | None = None) -> None:
        self._recall = recall
        self.latest: datetime | None = None
        self._stale: set[ConversationId] = set()

    def resume(self, latest: datetime | None) -> None:
        """Go on from a state in which all is in order, *latest* being its last event."""
        self.latest = latest
        self._stale.clear()

    def is_late(self, event: ConversationEvent) -> bool:
        """Whether something later has been folded already, anywhere, or *event*'s conversation waits.

        One moment for all conversations: some are then folded anew without need, which costs a look
        into the history each, and a long day in its order costs a comparison an event.
        """
        if self.latest is None or event.at >= self.latest:
            self.latest = event.at
            return bool(self._stale) and event.conversation in self._stale
        return self._recall is not None

    def defer(self, conversation: ConversationId) -> None:
        """Have *conversation* folded anew before anything is shown."""
        self._stale.add(conversation)

    def disordered(self) -> Iterator[tuple[ConversationId, Iterable[ConversationEvent]]]:
        """The conversations to be folded anew, each from its first event; none is handed out twice."""
        while self._stale and self._recall is not None:
            name = self._stale.pop()
            try:
                events = tuple(self._recall(name))
            except HistoryError as error:  # asked again before the next picture
                self._stale.add(name)
                log.info("history could not be asked for a conversation: %s", error.fault)
                return
            yield name, events
