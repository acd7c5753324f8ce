"""The three figures of a running shift, kept up event by event: what the footer shows of the account."""

from datetime import datetime, timedelta

from sidebar.domain.conversations import Conversation, begin, follow
from sidebar.domain.events import ConversationEvent, Event, InsertionRefused
from sidebar.domain.identifiers import ConversationId
from sidebar.domain.turns import TurnEnd, end_of


class ShiftFigures:
    """First response, share of turns answered in time, conversations handled, from `since` on.

    They are those of the summary, which is drawn up anew from the whole shift each time: 20 ms with
    500 conversations, too long for a frame. *within* is what the share is of.
    """

    def __init__(self, *, since: datetime, within: timedelta) -> None:
        self._since = since
        self._within = within
        self._states: dict[ConversationId, Conversation] = {}
        self._waiting: dict[ConversationId, datetime] = {}
        self._touched: set[ConversationId] = set()
        self._first: dict[ConversationId, timedelta] = {}
        self._first_sum = timedelta(0)
        self._answered = 0
        self._in_time = 0

    def follow(self, event: Event) -> None:
        """Take in one event; others than conversations' change nothing."""
        if not isinstance(event, ConversationEvent) or isinstance(event, InsertionRefused):
            return
        if not event.conversation:
            return
        before = self._states.get(event.conversation) or begin(event)
        after = self._states[event.conversation] = follow(before, event)
        if after.waiting_since is None:
            self._waiting.pop(after.id, None)
        else:
            self._waiting[after.id] = after.waiting_since
        if event.at >= self._since:
            self._touched.add(after.id)
            self._count(before, after, event)

    def _count(self, before: Conversation, after: Conversation, event: ConversationEvent) -> None:
        begun = before.waiting_since
        if begun is None or begun < self._since or end_of(before, after, event) is not TurnEnd.ANSWERED:
            return
        waited = max(event.at - begun, timedelta(0))
        self._answered += 1
        self._in_time += waited <= self._within
        if after.id not in self._first:
            self._first[after.id] = waited
            self._first_sum += waited

    @property
    def handled(self) -> int:
        return len(self._touched)

    @property
    def first_response(self) -> timedelta | None:
        """The mean; None before anybody was answered."""
        return self._first_sum / len(self._first) if self._first else None

    def share(self, now: datetime) -> float | None:
        """0–1 of the turns of which it is known: a buyer who has just written is not late yet."""
        late = sum(since >= self._since and now - since >= self._within for since in self._waiting.values())
        decided = self._answered + late
        return self._in_time / decided if decided else None
