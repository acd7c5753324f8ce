"""What had happened in a conversation before the state was taken up, asked of the log when it matters."""

import logging
from collections.abc import Iterable

from sidebar.domain.events import ConversationEvent
from sidebar.domain.identifiers import ConversationId
from sidebar.errors import HistoryError
from sidebar.services.time_order import Recall

log = logging.getLogger(__name__)


class EarlierEvents:
    """Lets a fold go on from a state that leaves out what is over: most conversations never come back.

    Each conversation is asked for once, before the fold takes in anything of it; *known* are those the
    state tells all of. Without *recall* the fold has followed everything itself.
    """

    def __init__(self, recall: Recall | None = None, *, known: Iterable[ConversationId] = ()) -> None:
        self._recall = recall
        self._known = set(known)

    def take(self, conversation: ConversationId) -> tuple[ConversationEvent, ...] | None:
        """What had happened in *conversation*, nothing the second time; None where the log can't be asked."""
        if self._recall is None or conversation in self._known:
            return ()
        try:
            events = tuple(self._recall(conversation))
        except HistoryError as error:
            log.info("history could not be asked for a conversation: %s", error.fault)
            return None
        self._known.add(conversation)
        return events

    def skip(self, conversation: ConversationId) -> None:
        """All of *conversation* is about to be told anew."""
        self._known.add(conversation)
