"""Short names for events, so that a test reads like the shift it tells of."""

from datetime import UTC, datetime, timedelta
from itertools import count

from sidebar.domain.events import (
    AgentMessage,
    Assigned,
    Author,
    CategorySet,
    CloseStatus,
    Compensated,
    ConversationClosed,
    ConversationOpened,
    CustomerMessage,
    Escalated,
    FollowupAdded,
    FollowupDone,
    FollowupSnoozed,
    InsertionPath,
    InsertionRefused,
    NoReplyNeeded,
    PhraseInserted,
    Rated,
)
from sidebar.domain.identifiers import (
    ClientName,
    ConversationId,
    EventId,
    FollowupId,
    InsertionId,
    PhraseId,
)

MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)
CLIENT = ClientName("taobao")
_serial = count(1)


def at(clock: str) -> datetime:
    """That time of the second of March 2026, UTC; `27:00` is three in the morning of the third."""
    hours, minutes, *seconds = (int(part) for part in clock.split(":"))
    return MIDNIGHT + timedelta(hours=hours, minutes=minutes, seconds=seconds[0] if seconds else 0)


def fresh() -> EventId:
    return EventId(f"e{next(_serial)}")


class Buyer:
    """One conversation; every method is one event in it."""

    def __init__(self, name: str, conversation: str = "", client: str = CLIENT) -> None:
        self.name = name
        self.id = ConversationId(conversation or f"c-{name}")
        self.client = ClientName(client)

    def opens(self, clock: str) -> ConversationOpened:
        return ConversationOpened(
            id=fresh(), at=at(clock), conversation=self.id, client=self.client, customer=self.name
        )

    def writes(self, clock: str) -> CustomerMessage:
        return CustomerMessage(
            id=fresh(), at=at(clock), conversation=self.id, client=self.client, customer=self.name
        )

    def is_assigned(self, clock: str) -> Assigned:
        return Assigned(id=fresh(), at=at(clock), conversation=self.id, client=self.client)

    def is_answered(self, clock: str, by: Author = Author.HUMAN) -> AgentMessage:
        return AgentMessage(id=fresh(), at=at(clock), conversation=self.id, client=self.client, by=by)

    def gets(self, clock: str, phrase: str) -> PhraseInserted:
        return PhraseInserted(
            id=fresh(),
            at=at(clock),
            conversation=self.id,
            client=self.client,
            insertion=InsertionId("i"),
            phrase=PhraseId(phrase),
            path=InsertionPath.PASTE,
            characters=10,
        )

    def misses(self, clock: str, phrase: str) -> InsertionRefused:
        return InsertionRefused(
            id=fresh(),
            at=at(clock),
            conversation=self.id,
            client=self.client,
            insertion=InsertionId("i"),
            phrase=PhraseId(phrase),
            reason="not_in_front",
        )

    def needs_no_reply(self, clock: str) -> NoReplyNeeded:
        return NoReplyNeeded(id=fresh(), at=at(clock), conversation=self.id, client=self.client)

    def is_about(self, clock: str, category: str) -> CategorySet:
        return CategorySet(
            id=fresh(), at=at(clock), conversation=self.id, client=self.client, category=category
        )

    def is_escalated(self, clock: str, to: str) -> Escalated:
        return Escalated(id=fresh(), at=at(clock), conversation=self.id, client=self.client, to=to)

    def receives(self, clock: str, amount: float, kind: str = "refund", currency: str = "CNY") -> Compensated:
        return Compensated(
            id=fresh(),
            at=at(clock),
            conversation=self.id,
            client=self.client,
            kind=kind,
            amount=amount,
            currency=currency,
        )

    def rates(self, clock: str, score: int) -> Rated:
        return Rated(id=fresh(), at=at(clock), conversation=self.id, client=self.client, score=score)

    def is_closed(self, clock: str, status: CloseStatus = CloseStatus.SOLVED) -> ConversationClosed:
        return ConversationClosed(
            id=fresh(), at=at(clock), conversation=self.id, client=self.client, status=status
        )


def owes(clock: str, name: str, due: str, *, promise: bool = False) -> FollowupAdded:
    return FollowupAdded(
        id=fresh(), at=at(clock), followup=FollowupId(name), about=name, due=at(due), promise=promise
    )


def did(clock: str, name: str) -> FollowupDone:
    return FollowupDone(id=fresh(), at=at(clock), followup=FollowupId(name))


def snoozed(clock: str, name: str, due: str) -> FollowupSnoozed:
    return FollowupSnoozed(id=fresh(), at=at(clock), followup=FollowupId(name), due=at(due))
