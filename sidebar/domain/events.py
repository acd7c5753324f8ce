"""What has happened: the one currency of change, and the rows of the append-only log.

Conversation events carry the names and fields of the public event format, version 1; the
others are the sidebar's own. `at` is always aware; the log stores it in UTC.
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sidebar.domain.identifiers import (
    ClientName,
    ConversationId,
    EventId,
    FollowupId,
    InsertionId,
    PhraseId,
    ShiftId,
)
from sidebar.domain.insertion_paths import InsertionPath as InsertionPath
from sidebar.domain.lean import dataclass


class Author(StrEnum):
    """Who wrote a message to the buyer."""

    HUMAN = "human"
    BOT = "bot"
    AUTO = "auto"


class NoReplyReason(StrEnum):
    """Why the agent need not answer; other programs may give reasons of their own."""

    THANKS = "thanks"
    REPEATED = "repeated"
    ADVERTISING = "advertising"
    SYSTEM = "system"
    ELSEWHERE = "elsewhere"
    """Answered by telephone or in another conversation."""


class CloseStatus(StrEnum):
    """How a conversation ended."""

    SOLVED = "solved"
    IN_PROGRESS = "in_progress"
    NEEDS_FOLLOW_UP = "needs_follow_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened at a moment; the id makes a repeated event count once."""

    type: ClassVar[str] = ""
    id: EventId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationEvent(Event):
    """Something that happened in one conversation; `extra` keeps keys we do not know."""

    conversation: ConversationId
    client: ClientName
    customer: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationOpened(ConversationEvent):
    type: ClassVar[str] = "conversation_opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned(ConversationEvent):
    type: ClassVar[str] = "assigned"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerMessage(ConversationEvent):
    type: ClassVar[str] = "customer_message"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentMessage(ConversationEvent):
    type: ClassVar[str] = "agent_message"
    by: Author = Author.HUMAN


@dataclass(frozen=True, slots=True, kw_only=True)
class NoReplyNeeded(ConversationEvent):
    type: ClassVar[str] = "no_reply_needed"
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CategorySet(ConversationEvent):
    type: ClassVar[str] = "category_set"
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSet(ConversationEvent):
    type: ClassVar[str] = "stage_set"
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated(ConversationEvent):
    type: ClassVar[str] = "escalated"
    to: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compensated(ConversationEvent):
    """Money or goods given; `amount` in units of `currency` (ISO 4217)."""

    type: ClassVar[str] = "compensated"
    kind: str
    amount: float = 0.0
    currency: str = "CNY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated(ConversationEvent):
    """The buyer's mark, 1 (worst) to 5."""

    type: ClassVar[str] = "rated"
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationClosed(ConversationEvent):
    type: ClassVar[str] = "conversation_closed"
    status: CloseStatus = CloseStatus.SOLVED


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseInserted(ConversationEvent):
    """A phrase stands whole in the client's input box; it counts as the human reply of its turn.

    `conversation` and `customer` are empty where the client does not tell who is open.
    """

    type: ClassVar[str] = "phrase_inserted"
    insertion: InsertionId
    phrase: PhraseId
    path: InsertionPath
    characters: int
    sent: bool = False
    stage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InsertionRefused(ConversationEvent):
    """Nothing was typed, or it could not be shown that it arrived; `reason` is an `Outcome` value."""

    type: ClassVar[str] = "insertion_refused"
    insertion: InsertionId
    phrase: PhraseId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowupAdded(Event):
    """Something is owed to a buyer at `due`; `promise` marks one given in so many words."""

    type: ClassVar[str] = "followup_added"
    followup: FollowupId
    about: str
    due: datetime
    customer: str = ""
    conversation: ConversationId | None = None
    promise: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowupAnnounced(Event):
    """The agent has been shown that a follow-up is due; it is not announced twice for one `due`."""

    type: ClassVar[str] = "followup_announced"
    followup: FollowupId


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowupDone(Event):
    type: ClassVar[str] = "followup_done"
    followup: FollowupId


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowupSnoozed(Event):
    type: ClassVar[str] = "followup_snoozed"
    followup: FollowupId
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTaken(Event):
    """The agent has written down something about a buyer; the last `text` holds, '' takes it away."""

    type: ClassVar[str] = "note_taken"
    conversation: ConversationId
    client: ClientName
    customer: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationRenamed(Event):
    """The agent calls the buyer by another `name`; '' is the client's again."""

    type: ClassVar[str] = "conversation_renamed"
    conversation: ConversationId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationMerged(Event):
    """Two conversations are with one buyer, and are one: what happens in `conversation` happens in `into`."""

    type: ClassVar[str] = "conversation_merged"
    conversation: ConversationId
    into: ConversationId


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftBegun(Event):
    type: ClassVar[str] = "shift_begun"
    shift: ShiftId
    agent: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftEnded(Event):
    type: ClassVar[str] = "shift_ended"
    shift: ShiftId


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineSlept(Event):
    """No second was counted from `since` to `at`: the machine slept, or its clock was set forward."""

    type: ClassVar[str] = "machine_slept"
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SleepJudged(Event):
    """The agent has said whether buyers waited while the machine slept; `slept` is the sleep's event."""

    type: ClassVar[str] = "sleep_judged"
    slept: EventId
    counts: bool


PUBLIC_EVENTS: tuple[type[ConversationEvent], ...] = (
    ConversationOpened,
    Assigned,
    CustomerMessage,
    AgentMessage,
    NoReplyNeeded,
    CategorySet,
    StageSet,
    Escalated,
    Compensated,
    Rated,
    ConversationClosed,
)
"""The events another program may bring (event format, version 1)."""

OWN_EVENTS: tuple[type[Event], ...] = (
    PhraseInserted,
    InsertionRefused,
    FollowupAdded,
    FollowupAnnounced,
    FollowupDone,
    FollowupSnoozed,
    NoteTaken,
    ConversationRenamed,
    ConversationMerged,
    ShiftBegun,
    ShiftEnded,
    MachineSlept,
    SleepJudged,
)
"""The events only the sidebar itself writes."""
