"""A conversation with a buyer and its clock, as a fold over events.

A turn begins with the buyer's first unanswered message and ends with the first human reply,
with 'no reply needed' or with the conversation's end (canonical reading: the clock shows the
oldest unanswered message).
"""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import TypeVar

from sidebar.domain.events import (
    AgentMessage,
    Assigned,
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
from sidebar.domain.lean import dataclass
from sidebar.domain.making import put
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


class Reply(StrEnum):
    """What kind of answer the buyer got; profiles differ in which of them end a wait."""

    HUMAN = "human"
    QUICK = "quick"
    """A ready-made phrase, sent by hand."""
    GREETING = "greeting"
    """Nothing but a greeting, sent by hand."""
    BOT = "bot"
    AUTO = "auto"


BY_HAND = frozenset({Reply.HUMAN, Reply.QUICK, Reply.GREETING})


def reply_of(event: ConversationEvent) -> Reply | None:
    """The kind of answer *event* is; None where it is none.

    Other programs tell a ready-made phrase and a mere greeting by the extra keys `quick` and
    `greeting`, both true or left out.
    """
    match event:
        case AgentMessage():
            if event.by is not Author.HUMAN:
                return Reply(event.by)
            for kind in (Reply.GREETING, Reply.QUICK) if event.extra else ():
                if event.extra.get(kind) is True:
                    return kind
            return Reply.HUMAN
        case PhraseInserted():
            return Reply.GREETING if event.stage == Stage.GREET else Reply.QUICK
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """What is known of one conversation at the last event.

    `waiting_since` is when the oldest unanswered message came, `assigned_at` when the agent was
    given the conversation last; `stage` is the one that comes next in the playbook, those before
    it being done.
    """

    id: ConversationId
    client: ClientName
    customer: str
    opened_at: datetime
    waiting_since: datetime | None = None
    closed_at: datetime | None = None
    category: Category | None = None
    stage: Stage = Stage.GREET
    assigned_at: datetime | None = None

    @property
    def open(self) -> bool:
        return self.closed_at is None

    @property
    def agent_since(self) -> datetime | None:
        """When the agent's own clock began: not before they had the buyer; None while nobody waits.

        As the shop's where nobody has told of an assignment.
        """
        if self.waiting_since is None or self.assigned_at is None:
            return self.waiting_since
        return max(self.waiting_since, self.assigned_at)


def begin(event: ConversationEvent) -> Conversation:
    """The conversation that *event* is the first of."""
    return Conversation(
        id=event.conversation, client=event.client, customer=event.customer, opened_at=event.at
    )


def follow(
    before: Conversation, event: ConversationEvent, answers: frozenset[Reply] = BY_HAND
) -> Conversation:
    """*before* after *event*, the very same where nothing changes; *answers* are what ends a wait.

    Events of a closed conversation open it again, except its end and what commonly comes after
    it: the buyer's mark, a compensation paid out.
    """
    match event:
        case CustomerMessage():
            known = before.waiting_since
            return _moved(before, event, event.at if known is None or event.at < known else known)
        case AgentMessage() | PhraseInserted():
            ends = before.waiting_since is not None and reply_of(event) in answers
            answered = _moved(before, event, None if ends else before.waiting_since)
            return _advanced(answered, event) if isinstance(event, PhraseInserted) else answered
        case ConversationClosed():
            customer = event.customer or before.customer
            return _changed(before, customer, before.opened_at, None, event.at, before.assigned_at)
        case NoReplyNeeded():
            return _moved(before, event, None)
        case Assigned():
            moved = _moved(before, event, before.waiting_since)
            return replace(moved, assigned_at=event.at)
        case CategorySet():
            return replace(_named(before, event), category=_member(Category, event.category))
        case StageSet():
            return replace(_named(before, event), stage=_member(Stage, event.stage) or before.stage)
        case Rated() | Compensated() | InsertionRefused():
            return _named(before, event)
        case _:
            return _moved(before, event, before.waiting_since)


def join(one: Conversation, other: Conversation) -> Conversation:
    """*one* and *other* as the one conversation they are, named as *one*; the longer wait goes on."""
    waits = [each for each in (one, other) if each.waiting_since is not None]
    clock = min(waits, key=lambda each: each.waiting_since or each.opened_at, default=one)
    together = [each for each in (one, other) if each.open] or [one]
    return replace(
        one,
        customer=one.customer or other.customer,
        opened_at=min(each.opened_at for each in together),
        waiting_since=clock.waiting_since,
        closed_at=None if one.open or other.open else one.closed_at,
        category=one.category or other.category,
        stage=max(one.stage, other.stage, key=list(Stage).index),
        assigned_at=clock.assigned_at,
    )


def _named(before: Conversation, event: ConversationEvent) -> Conversation:
    customer = event.customer or before.customer
    return before if customer == before.customer else replace(before, customer=customer)


def _moved(before: Conversation, event: ConversationEvent, waiting_since: datetime | None) -> Conversation:
    """*before* with this wait, open."""
    customer = event.customer or before.customer
    if before.closed_at is not None:
        return _changed(before, customer, event.at, waiting_since, None, None)
    if waiting_since is before.waiting_since and customer == before.customer:
        return before
    return _changed(before, customer, before.opened_at, waiting_since, None, before.assigned_at)


def _changed(
    before: Conversation,
    customer: str,
    opened_at: datetime,
    waiting_since: datetime | None,
    closed_at: datetime | None,
    assigned_at: datetime | None,
) -> Conversation:
    """*before* with these; not by `replace`, as most of a long day is folded here."""
    after: Conversation = object.__new__(Conversation)
    _SET_ID(after, before.id)
    _SET_CLIENT(after, before.client)
    _SET_CUSTOMER(after, customer)
    _SET_OPENED_AT(after, opened_at)
    _SET_WAITING_SINCE(after, waiting_since)
    _SET_CLOSED_AT(after, closed_at)
    _SET_CATEGORY(after, before.category)
    _SET_STAGE(after, before.stage)
    _SET_ASSIGNED_AT(after, assigned_at)
    return after


_SET_ID = put(Conversation, "id")
_SET_CLIENT = put(Conversation, "client")
_SET_CUSTOMER = put(Conversation, "customer")
_SET_OPENED_AT = put(Conversation, "opened_at")
_SET_WAITING_SINCE = put(Conversation, "waiting_since")
_SET_CLOSED_AT = put(Conversation, "closed_at")
_SET_CATEGORY = put(Conversation, "category")
_SET_STAGE = put(Conversation, "stage")
_SET_ASSIGNED_AT = put(Conversation, "assigned_at")


def _advanced(conversation: Conversation, event: PhraseInserted) -> Conversation:
    """Past the stage of the phrase that was inserted; a phrase of an earlier stage moves nothing back."""
    done = _member(Stage, event.stage)
    if done is None:
        return conversation
    order = list(Stage)
    following = order[min(order.index(done) + 1, len(order) - 1)]
    return replace(conversation, stage=max(conversation.stage, following, key=order.index))


_Enum = TypeVar("_Enum", Category, Stage)


def _member(kind: type[_Enum], value: str) -> _Enum | None:
    return kind(value) if value in set(kind) else None
