"""One turn: from the buyer's first unanswered message to whatever ended the wait."""

from datetime import datetime, timedelta
from enum import StrEnum

from sidebar.domain.conversations import Conversation
from sidebar.domain.events import ConversationClosed, ConversationEvent, NoReplyNeeded
from sidebar.domain.identifiers import ConversationId
from sidebar.domain.lean import dataclass


class TurnEnd(StrEnum):
    """What ended a turn."""

    ANSWERED = "answered"
    NO_REPLY_NEEDED = "no_reply_needed"
    CLOSED = "closed"


class Exclusion(StrEnum):
    """Why a turn is left out of the figures; it stays in the account under this reason.

    Which of them a profile heeds is its own rule; only `BEGAN_BEFORE` holds for all.
    """

    NO_REPLY_NEEDED = "no_reply_needed"
    CLOSED = "closed"
    """Closed while the buyer waited: resolving stops the clock, but nobody was answered."""
    BEGAN_BEFORE = "began_before"
    """The buyer wrote before the time looked at: the wait belongs to whoever was on then."""
    OUTSIDE_HOURS = "outside_hours"
    """The wait began outside the profile's hours, or on a holiday of its."""
    BOT_ONLY = "bot_only"
    """A bot answered, and nobody was given the conversation."""
    SELLER_FIRST = "seller_first"
    """The shop wrote first."""
    OFFLINE = "offline"
    """Nobody was on duty; the marketplace took a message."""
    HOLIDAY_MODE = "holiday_mode"
    BLOCKED = "blocked"
    AUTO_RESOLVED = "auto_resolved"


TOLD = frozenset({Exclusion.OFFLINE, Exclusion.HOLIDAY_MODE, Exclusion.BLOCKED, Exclusion.AUTO_RESOLVED})
"""What only another program knows; it says so by an extra key of that name, true, on any event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A wait; `ended` and `end` are None while the buyer still waits.

    `messages` are when the buyer wrote meanwhile, the first being `begun`; `session` is when the
    conversation was opened, `first` whether it is that session's first turn. `assigned` is when
    the agent was given the conversation, None where nobody has told. `marks` are reasons to leave
    it out, for those profiles that heed them. `auto` is when an automatic reply came first, which
    ends no wait by itself, and `score` the buyer's mark for the session.
    """

    conversation: ConversationId
    begun: datetime
    session: datetime
    ended: datetime | None = None
    end: TurnEnd | None = None
    messages: tuple[datetime, ...] = ()
    first: bool = True
    assigned: datetime | None = None
    marks: frozenset[Exclusion] = frozenset()
    auto: datetime | None = None
    score: int | None = None

    @property
    def answered(self) -> bool:
        return self.end is TurnEnd.ANSWERED

    def agent_since(self, moment: datetime) -> datetime:
        """When the agent's own clock began for a message of *moment*: not before they had the buyer."""
        return moment if self.assigned is None else max(moment, self.assigned)

    def waited(self, now: datetime) -> timedelta:
        """How long the wait was, or is at *now*."""
        return max((self.ended or now) - self.begun, timedelta(0))


def end_of(before: Conversation, after: Conversation, event: ConversationEvent) -> TurnEnd | None:
    """How *event* ended a turn by leading from *before* to *after*; None where it ended none.

    Turns are read off the clock the screen shows, so that the two cannot disagree.
    """
    if before.waiting_since is None or after.waiting_since is not None:
        return None
    match event:
        case ConversationClosed():
            return TurnEnd.CLOSED
        case NoReplyNeeded():
            return TurnEnd.NO_REPLY_NEEDED
    return TurnEnd.ANSWERED
