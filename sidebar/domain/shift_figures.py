"""The footer's three figures of the running shift, kept up event by event.

The same rules as the summary's (`domain.summaries`, canonical profile), of which these are a part;
here they cost the same in the last hour of a long day as in the first.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sidebar.domain.conversations import Conversation
from sidebar.domain.events import ConversationEvent, InsertionRefused
from sidebar.domain.identifiers import ConversationId
from sidebar.domain.turns import TurnEnd, end_of


@dataclass(slots=True)
class _Part:
    """What one conversation contributes; `first` is its first response."""

    first: timedelta | None = None
    answered: int = 0
    in_time: int = 0


class ShiftFigures:
    """A fold over the changes of conversations, in the order of time for each conversation."""

    def __init__(self, *, since: datetime, within: timedelta) -> None:
        self._since = since
        self._within = within
        self._parts: dict[ConversationId, _Part] = {}
        self._waiting: dict[ConversationId, datetime] = {}
        self._answered = self._in_time = self._firsts = 0
        self._first_total = timedelta(0)

    def follow(self, before: Conversation, after: Conversation, event: ConversationEvent) -> None:
        """Take in one change, also one that changed nothing; of a time before the shift it does not count."""
        if event.at < self._since or isinstance(event, InsertionRefused):
            return
        part = self._parts.get(after.id)
        if part is None:
            part = self._parts[after.id] = _Part()
        if after.waiting_since is before.waiting_since:
            return
        if after.waiting_since is not None:
            self._waiting[after.id] = after.waiting_since
            return
        self._waiting.pop(after.id, None)
        if before.waiting_since is not None and end_of(before, after, event) is TurnEnd.ANSWERED:
            self._count(part, before.waiting_since, event.at)

    def forget(self, conversation: ConversationId) -> None:
        """Take back what *conversation* has contributed, so that it can be followed anew."""
        self._waiting.pop(conversation, None)
        part = self._parts.pop(conversation, None)
        if part is not None:
            self._answered -= part.answered
            self._in_time -= part.in_time
            if part.first is not None:
                self._firsts -= 1
                self._first_total -= part.first

    @property
    def handled(self) -> int:
        """How many were handled."""
        return len(self._parts)

    @property
    def first_response(self) -> timedelta | None:
        """The mean; None while nobody has been answered."""
        return self._first_total / self._firsts if self._firsts else None

    def share(self, now: datetime) -> float | None:
        """The share in time of the turns of which it is known: who has just written is not late yet."""
        late = sum(now - begun >= self._within for begun in self._waiting.values())
        decided = self._answered + late
        return self._in_time / decided if decided else None

    def _count(self, part: _Part, begun: datetime, ended: datetime) -> None:
        if begun < self._since:
            return
        waited = max(ended - begun, timedelta(0))
        self._answered += 1
        part.answered += 1
        if waited <= self._within:
            self._in_time += 1
            part.in_time += 1
        if part.first is None:
            part.first = waited
            self._firsts += 1
            self._first_total += waited
