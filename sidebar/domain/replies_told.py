"""Which messages a client's log shows that something else has told of before."""

from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum

from sidebar.domain.conversations import BY_HAND, Reply, reply_of
from sidebar.domain.events import (
    ConversationClosed,
    ConversationEvent,
    CustomerMessage,
    PhraseInserted,
)
from sidebar.domain.identifiers import ConversationId
from sidebar.domain.lean import dataclass

SEEN = "log"
"""How events of what a log shows say where they are from, under `seen` in their extra keys."""

_LISTED = "unread"
_SOON = timedelta(seconds=2)
"""A buyer's message that the title or the agent tells of stands in the log by then."""
_BY_THEN = timedelta(minutes=2)
"""A phrase that was inserted, or an answer that was marked, has been sent by then, or never is."""


class Told(StrEnum):
    """Whether a message that has come up in the log is told of."""

    ANEW = "anew"
    AS_PHRASE = "as_phrase"
    """It is an inserted phrase, which has been counted, but the buyer has written since."""
    BEFORE = "before"


@dataclass(slots=True)
class _Owed:
    """What of one conversation is still to come up in its log."""

    wrote: datetime | None = None
    answered: datetime | None = None
    by_phrase: bool = False


@dataclass(slots=True)
class RepliesTold:
    """Follows what is told of conversations, and pairs with it what their logs show.

    An inserted phrase counts as the reply of its turn (see `PhraseInserted`), and so does one that the
    agent has marked by hand: the next message of the agent's is that very one. It ends nothing more,
    but where the buyer wrote again before it was sent, it is the answer to that.
    """

    _owed: dict[ConversationId, _Owed] = field(default_factory=dict)

    def follow(self, event: ConversationEvent) -> None:
        """Take in what has been told; what logs or the list have told of is in no log that is yet to come."""
        if event.extra.get("seen") in (SEEN, _LISTED):
            return
        if isinstance(event, ConversationClosed):
            self._owed.pop(event.conversation, None)
        elif isinstance(event, CustomerMessage):
            self._of(event).wrote = event.at
        elif reply_of(event) in BY_HAND:
            owed = self._of(event)
            owed.wrote, owed.answered = None, event.at
            owed.by_phrase = isinstance(event, PhraseInserted) or reply_of(event) is Reply.QUICK

    def buyer_wrote(self, conversation: ConversationId, now: datetime) -> Told:
        """What the log shows of the buyer at *now*."""
        owed = self._owed.get(conversation)
        if owed is None:
            return Told.ANEW
        wrote, owed.wrote = owed.wrote, None
        return Told.BEFORE if wrote is not None and now - wrote <= _SOON else Told.ANEW

    def agent_wrote(self, conversation: ConversationId, now: datetime, *, waits: bool) -> Told:
        """What the log shows of the agent at *now*, while the buyer *waits* or does not."""
        owed = self._owed.get(conversation)
        if owed is None:
            return Told.ANEW
        answered, owed.answered, owed.wrote = owed.answered, None, None
        if answered is None or now - answered > _BY_THEN:
            return Told.ANEW
        if not waits:
            return Told.BEFORE
        return Told.AS_PHRASE if owed.by_phrase else Told.ANEW

    def _of(self, event: ConversationEvent) -> _Owed:
        return self._owed.setdefault(event.conversation, _Owed())
