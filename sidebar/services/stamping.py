"""Making events: each with an id of its own and the moment it happened."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import TypeVar

from sidebar.domain.conversations import Conversation
from sidebar.domain.identifiers import ClientName, ConversationId
from sidebar.domain.lean import dataclass
from sidebar.ports import Clock

E = TypeVar("E")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom an event of a conversation is about; `conversation` is '' where the client names nobody."""

    conversation: ConversationId
    client: ClientName
    customer: str

    @classmethod
    def of(cls, conversation: Conversation) -> "Subject":
        return cls(conversation=conversation.id, client=conversation.client, customer=conversation.customer)


class Stamp:
    """Gives events their id and time; `zone` is the agent's, for times that people read and write."""

    def __init__(self, *, clock: Clock, zone: tzinfo, new_id: Callable[[], str]) -> None:
        self._clock = clock
        self._zone = zone
        self.new_id = new_id

    def now(self) -> datetime:
        """The moment, in UTC."""
        return self._clock.now()

    def local_now(self) -> datetime:
        """The moment, in the agent's time zone."""
        return self._clock.now().astimezone(self._zone)

    def make(self, kind: Callable[..., E], **fields: object) -> E:
        """An event of *kind* that happens now."""
        return kind(id=self.new_id(), at=self.now(), **fields)

    def about(self, kind: Callable[..., E], subject: Subject, **fields: object) -> E:
        """An event of *kind* that happens now in the conversation of *subject*."""
        return self.make(
            kind,
            conversation=subject.conversation,
            client=subject.client,
            customer=subject.customer,
            **fields,
        )
