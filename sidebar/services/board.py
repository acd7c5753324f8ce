"""The open conversations with their clocks, the current one among them, the most urgent first."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sidebar.domain.chat_clients import ChatWindow
from sidebar.domain.conversations import Conversation, Thresholds, Urgency, begin, follow
from sidebar.domain.events import ConversationEvent, Event, FollowupAdded, FollowupDone, FollowupSnoozed
from sidebar.domain.identifiers import ConversationId, FollowupId
from sidebar.services.views import ConversationRow, ConversationsView, NowView

_FORGOTTEN = timedelta(minutes=30)
"""A buyer who shows up this long after the conversation was closed begins a new one."""


class Board:
    """Folds events into conversations; the screen's state is rebuilt from the log by the same fold."""

    def __init__(self, *, thresholds: Thresholds) -> None:
        self._thresholds = thresholds
        self._conversations: dict[ConversationId, Conversation] = {}
        self._promises: dict[FollowupId, tuple[ConversationId, datetime]] = {}
        self._current: ConversationId | None = None

    def follow(self, event: Event) -> None:
        """Take in one event; others than conversations' and promises' change nothing."""
        match event:
            case ConversationEvent() if event.conversation:
                before = self._conversations.get(event.conversation) or begin(event)
                self._conversations[event.conversation] = follow(before, event)
            case FollowupAdded(promise=True) if event.conversation is not None:
                self._promises[event.followup] = (event.conversation, event.due)
            case FollowupDone():
                self._promises.pop(event.followup, None)
            case FollowupSnoozed() if event.followup in self._promises:
                conversation, _ = self._promises[event.followup]
                self._promises[event.followup] = (conversation, event.due)
            case _:
                pass

    def look_at(self, chat: ChatWindow | None) -> None:
        """The chat client shows this buyer now; a client that names none leaves nobody current."""
        self._current = chat.conversation if chat is not None else None

    def choose(self, conversation: ConversationId) -> None:
        """The agent says who is current, where the client cannot tell."""
        if conversation in self._conversations:
            self._current = conversation

    def is_new(self, conversation: ConversationId, now: datetime) -> bool:
        """Whether a buyer who shows up now begins a conversation."""
        known = self._conversations.get(conversation)
        if known is None:
            return True
        return known.closed_at is not None and now - known.closed_at >= _FORGOTTEN

    @property
    def current(self) -> Conversation | None:
        """The conversation the chat client shows; None where it shows none we know."""
        return self._conversations.get(self._current) if self._current is not None else None

    def get(self, conversation: ConversationId) -> Conversation | None:
        return self._conversations.get(conversation)

    def longest_waiting(self, now: datetime) -> Conversation | None:
        """The buyer who has waited longest for us; None where nobody waits."""
        waiting = [c for c in self._conversations.values() if c.open and c.waiting_since is not None]
        return max(waiting, key=lambda c: c.waiting(now) or timedelta(0), default=None)

    def view(self, now: datetime) -> ConversationsView:
        """The open conversations: breached first, then about to be, each by the longest wait."""
        rows = sorted(
            (self._row(c, now) for c in self._conversations.values() if c.open), key=_by_urgency(now)
        )
        return ConversationsView(
            rows=tuple(rows),
            breached=sum(row.urgency is Urgency.BREACHED for row in rows),
            warned=sum(row.urgency is Urgency.WARNED for row in rows),
        )

    def now_view(self) -> NowView:
        current = self.current
        if current is None:
            return NowView()
        return NowView(
            conversation=current.id,
            category=current.category,
            stage=current.stage,
            waiting=current.waiting_since is not None,
        )

    def _row(self, conversation: Conversation, now: datetime) -> ConversationRow:
        waiting = conversation.waiting(now)
        promised = (due for owner, due in self._promises.values() if owner == conversation.id)
        return ConversationRow(
            conversation=conversation.id,
            customer=conversation.customer,
            urgency=self._thresholds.urgency(waiting),
            waiting=waiting,
            current=conversation.id == self._current,
            category=conversation.category,
            promised=min(promised, default=None),
        )


def _by_urgency(now: datetime) -> Callable[[ConversationRow], tuple[int, timedelta, datetime, str]]:
    """Urgency, then the longest wait; those who do not wait by the promise that is due next."""
    far = now + timedelta(days=36500)

    def key(row: ConversationRow) -> tuple[int, timedelta, datetime, str]:
        waited = -(row.waiting or timedelta(0))
        return int(row.urgency), waited, row.promised or far, row.conversation

    return key
