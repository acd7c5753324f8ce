"""A conversation with a buyer and its clock, as a fold over events.

A turn begins with the buyer's first unanswered message and ends with the first human reply,
with 'no reply needed' or with the conversation's end (canonical reading: the clock shows the
oldest unanswered message).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum
from typing import TypeVar

from sidebar.domain.events import (
    AgentMessage,
    Author,
    CategorySet,
    Compensated,
    ConversationClosed,
    ConversationEvent,
    CustomerMessage,
    InsertionRefused,
    NoReplyNeeded,
    PhraseInserted,
    Rated,
    StageSet,
)
from sidebar.domain.identifiers import ClientName, ConversationId
from sidebar.domain.phrases import Category, Stage


class Urgency(IntEnum):
    """How pressing a conversation is; smaller comes first."""

    BREACHED = 0
    WARNED = 1
    RUNNING = 2
    CALM = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """When a waiting buyer is about to be, and is, kept too long."""

    warn: timedelta = timedelta(seconds=100)
    breach: timedelta = timedelta(seconds=180)

    def urgency(self, waiting: timedelta | None) -> Urgency:
        """The urgency of a wait this long; None is a buyer who is not waiting."""
        if waiting is None:
            return Urgency.CALM
        if waiting >= self.breach:
            return Urgency.BREACHED
        return Urgency.WARNED if waiting >= self.warn else Urgency.RUNNING


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """What is known of one conversation at the last event.

    `waiting_since` is when the oldest unanswered message came; `stage` is the one that comes
    next in the playbook, those before it being done.
    """

    id: ConversationId
    client: ClientName
    customer: str
    opened_at: datetime
    waiting_since: datetime | None = None
    closed_at: datetime | None = None
    category: Category | None = None
    stage: Stage = Stage.GREET

    @property
    def open(self) -> bool:
        return self.closed_at is None

    def waiting(self, now: datetime) -> timedelta | None:
        """How long the buyer has waited for us; None while the buyer does not."""
        return None if self.waiting_since is None else max(now - self.waiting_since, timedelta(0))


def begin(event: ConversationEvent) -> Conversation:
    """The conversation that *event* is the first of."""
    return Conversation(
        id=event.conversation, client=event.client, customer=event.customer, opened_at=event.at
    )


def follow(before: Conversation, event: ConversationEvent) -> Conversation:
    """*before* after *event*; events of a closed conversation open it again.

    Except its end and what commonly comes after it: the buyer's mark, a compensation paid out.
    """
    after = replace(before, customer=event.customer or before.customer)
    match event:
        case ConversationClosed():
            return replace(after, closed_at=event.at, waiting_since=None)
        case CustomerMessage():
            return replace(_reopened(after, event.at), waiting_since=after.waiting_since or event.at)
        case AgentMessage(by=Author.HUMAN) | PhraseInserted() | NoReplyNeeded():
            return _advanced(replace(_reopened(after, event.at), waiting_since=None), event)
        case CategorySet():
            return replace(after, category=_member(Category, event.category))
        case StageSet():
            return replace(after, stage=_member(Stage, event.stage) or before.stage)
        case Rated() | Compensated() | InsertionRefused():
            return after
        case _:
            return _reopened(after, event.at)


def _reopened(conversation: Conversation, at: datetime) -> Conversation:
    if conversation.open:
        return conversation
    return replace(conversation, closed_at=None, opened_at=at)


def _advanced(conversation: Conversation, event: ConversationEvent) -> Conversation:
    """Past the stage of the phrase that was inserted; a phrase of an earlier stage moves nothing back."""
    done = _member(Stage, event.stage) if isinstance(event, PhraseInserted) else None
    if done is None:
        return conversation
    order = list(Stage)
    following = order[min(order.index(done) + 1, len(order) - 1)]
    return replace(conversation, stage=max(conversation.stage, following, key=order.index))


_Enum = TypeVar("_Enum", Category, Stage)


def _member(kind: type[_Enum], value: str) -> _Enum | None:
    return kind(value) if value in set(kind) else None
