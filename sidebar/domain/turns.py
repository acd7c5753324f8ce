"""One turn: from the buyer's first unanswered message to whatever ended the wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sidebar.domain.conversations import Conversation
from sidebar.domain.events import ConversationClosed, ConversationEvent, NoReplyNeeded
from sidebar.domain.identifiers import ConversationId


class TurnEnd(StrEnum):
    """What ended a turn."""

    ANSWERED = "answered"
    NO_REPLY_NEEDED = "no_reply_needed"
    CLOSED = "closed"


class Exclusion(StrEnum):
    """Why a turn is left out of the figures; it stays in the account under this reason."""

    NO_REPLY_NEEDED = "no_reply_needed"
    CLOSED = "closed"
    """Closed while the buyer waited: resolving stops the clock, but nobody was answered."""
    BEGAN_BEFORE = "began_before"
    """The buyer wrote before the time looked at: the wait belongs to whoever was on then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A wait; `ended` and `end` are None while the buyer still waits."""

    conversation: ConversationId
    begun: datetime
    ended: datetime | None = None
    end: TurnEnd | None = None

    def waited(self, now: datetime) -> timedelta:
        """How long the wait was, or is at *now*."""
        return max((self.ended or now) - self.begun, timedelta(0))

    def exclusion(self, since: datetime) -> Exclusion | None:
        """Why it does not count from *since* on; None where it does."""
        if self.begun < since:
            return Exclusion.BEGAN_BEFORE
        match self.end:
            case TurnEnd.NO_REPLY_NEEDED:
                return Exclusion.NO_REPLY_NEEDED
            case TurnEnd.CLOSED:
                return Exclusion.CLOSED
            case _:
                return None


def ended_turn(before: Conversation, after: Conversation, event: ConversationEvent) -> Turn | None:
    """The turn that *event* ended by leading from *before* to *after*; None where it ended none.

    Turns are read off the clock the screen shows, so that the two cannot disagree.
    """
    if before.waiting_since is None or after.waiting_since is not None:
        return None
    match event:
        case ConversationClosed():
            end = TurnEnd.CLOSED
        case NoReplyNeeded():
            end = TurnEnd.NO_REPLY_NEEDED
        case _:
            end = TurnEnd.ANSWERED
    return Turn(conversation=after.id, begun=before.waiting_since, ended=event.at, end=end)


def open_turn(conversation: Conversation) -> Turn | None:
    """The turn that runs in *conversation*; None while the buyer does not wait."""
    if conversation.waiting_since is None:
        return None
    return Turn(conversation=conversation.id, begun=conversation.waiting_since)
