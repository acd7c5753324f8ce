"""What had happened in a conversation before the state was taken up, asked of the log when it matters."""

import logging
from collections.abc import Callable, Iterable

from sidebar.domain.events import ConversationEvent, Event
from sidebar.domain.identifiers import ConversationId
from sidebar.errors import HistoryError

log = logging.getLogger(__name__)

Earlier = Callable[[ConversationId], Iterable[Event]]
"""All that had happened in a conversation by then, in the order of `at`."""


class EarlierEvents:
    """Lets a fold go on from a state that leaves out what is over: most conversations never come back.

    Each conversation is asked for once, before the fold takes in anything of it; *known* are those the
    state tells all of. Without *earlier* the fold has followed everything itself.
    """

    def __init__(self, earlier: Earlier | None = None, *, known: Iterable[ConversationId] = ()) -> None:
        self._earlier = earlier
        self._known = set(known)

    def take(self, conversation: ConversationId) -> tuple[ConversationEvent, ...] | None:
        """What had happened in *conversation*, nothing the second time; None where the log can't be asked."""
        if self._earlier is None or conversation in self._known:
            return ()
        try:
            events = tuple(self._earlier(conversation))
        except HistoryError as error:
            log.info("history could not be asked for a conversation: %s", error.fault)
            return None
        self._known.add(conversation)
        return tuple(event for event in events if isinstance(event, ConversationEvent))

    def skip(self, conversation: ConversationId) -> None:
        """All of *conversation* is about to be told anew."""
        self._known.add(conversation)
