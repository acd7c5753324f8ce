"""The footer's three figures of the running shift, kept up event by event.

The same rules as the summary's (`domain.summaries`, canonical profile), of which these are a part;
here they cost the same in the last hour of a long day as in the first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sidebar.domain.conversations import Conversation
from sidebar.domain.events import ConversationEvent, InsertionRefused
from sidebar.domain.identifiers import ConversationId
from sidebar.domain.lean import dataclass
from sidebar.domain.turns import TurnEnd, end_of
from sidebar.domain.waits import Stretch, counted_time, reached_at

if TYPE_CHECKING:  # most shops have none
    from sidebar.domain.business_hours import Hours

_TICK = timedelta(microseconds=1)


@dataclass(slots=True)
class _Part:
    """What one conversation contributes; `first` is its first response, `waits` are those answered."""

    first: timedelta | None = None
    in_time: int = 0
    waits: list[Stretch] = field(default_factory=list)


class ShiftFigures:
    """A fold over the changes of conversations, in the order of time for each conversation.

    What counts as a wait lies in *hours*, but not in *left_out*.
    """

    def __init__(
        self,
        *,
        since: datetime,
        within: timedelta,
        left_out: Sequence[Stretch] = (),
        hours: "Hours | None" = None,
    ) -> None:
        self._since = since
        self._within = within
        self._left_out = left_out
        self._hours = hours
        self._parts: dict[ConversationId, _Part] = {}
        self._kept: dict[ConversationId, Sequence[int]] = {}
        """The waits of parts that nobody has asked for since they were restored."""
        self._waiting: dict[ConversationId, Stretch] = {}
        """Since when each waits, and from when on that is too long."""
        self._answered = self._in_time = self._firsts = 0
        self._first_total = timedelta(0)

    def follow(self, before: Conversation, after: Conversation, event: ConversationEvent) -> None:
        """Take in one change, also one that changed nothing; of a time before the shift it does not count."""
        if event.at < self._since or isinstance(event, InsertionRefused):
            return
        part = self._parts.get(after.id)
        if part is None:
            part = self._parts[after.id] = self._taken(after.id) or _Part()
        if after.waiting_since is before.waiting_since:
            return
        if after.waiting_since is not None:
            self._waits(after.id, after.waiting_since)
            return
        self._waiting.pop(after.id, None)
        if before.waiting_since is not None and end_of(before, after, event) is TurnEnd.ANSWERED:
            self._count(part, before.waiting_since, event.at)

    def forget(self, conversation: ConversationId) -> None:
        """Take back what *conversation* has contributed, so that it can be followed anew."""
        self._waiting.pop(conversation, None)
        part = self._taken(conversation)
        if part is not None:
            self._take_back(part)

    def join(self, into: Conversation, other: ConversationId) -> None:
        """*other* has become a part of *into*: what both have contributed is of one conversation."""
        self._waiting.pop(other, None)
        if into.waiting_since is not None:
            self._waits(into.id, into.waiting_since)
        parts = [part for name in (into.id, other) if (part := self._taken(name)) is not None]
        if not parts:
            return
        joined = self._parts[into.id] = _Part()
        for part in parts:
            self._take_back(part)
        for begun, ended in sorted(wait for part in parts for wait in part.waits):
            self._count(joined, begun, ended)

    def leave_out(self, left_out: Sequence[Stretch]) -> None:
        """Count all waits anew without *left_out*."""
        self._left_out = left_out
        self._recount()

    def _recount(self) -> None:
        """Begin the whole anew, by the waits of all parts."""
        for conversation, (since, _) in tuple(self._waiting.items()):
            self._waits(conversation, since)
        waits = {name: part.waits for name, part in self._parts.items()}
        waits |= {name: self._moments(marks) for name, marks in self._kept.items()}
        self._kept.clear()
        self._answered = self._in_time = self._firsts = 0
        self._first_total = timedelta(0)
        for name, stretches in waits.items():
            part = self._parts[name] = _Part()
            for begun, ended in stretches:
                self._count(part, begun, ended)

    def state(self) -> dict[str, Any]:
        """What the events have led to, as plain data; moments are microseconds since the beginning."""
        followed = {
            name: [self._mark(moment) for wait in part.waits for moment in wait]
            for name, part in self._parts.items()
        }
        return {
            "parts": self._kept | followed,
            "waiting": {name: self._mark(since) for name, (since, _) in self._waiting.items()},
            "hours": repr(self._hours),
            "answered": self._answered,
            "in_time": self._in_time,
            "firsts": self._firsts,
            "first_total": self._first_total // _TICK,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from *state*, which is of the same shift and left out the same; the hours may be others."""
        self._parts.clear()
        self._kept = dict(state["parts"])
        self._waiting.clear()
        for name, mark in state["waiting"].items():
            self._waits(name, self._moment(mark))
        self._answered, self._in_time = int(state["answered"]), int(state["in_time"])
        self._firsts, self._first_total = int(state["firsts"]), state["first_total"] * _TICK
        if state["hours"] != repr(self._hours):
            self._recount()

    def _taken(self, conversation: ConversationId) -> _Part | None:
        """What *conversation* has contributed, for whoever puts it back or takes it from the whole."""
        marks = self._kept.pop(conversation, None)
        if marks is None:
            return self._parts.pop(conversation, None)
        part = _Part()
        for begun, ended in self._moments(marks):
            self._count(part, begun, ended)
        self._take_back(part)  # the whole has it already
        return part

    def _moments(self, marks: Sequence[int]) -> list[Stretch]:
        moments = [self._moment(mark) for mark in marks]
        return list(zip(moments[::2], moments[1::2], strict=True))

    def _mark(self, moment: datetime) -> int:
        return (moment - self._since) // _TICK

    def _moment(self, mark: int) -> datetime:
        return self._since + mark * _TICK

    def _take_back(self, part: _Part) -> None:
        self._answered -= len(part.waits)
        self._in_time -= part.in_time
        if part.first is not None:
            self._firsts -= 1
            self._first_total -= part.first

    @property
    def handled(self) -> int:
        """How many were handled."""
        return len(self._parts) + len(self._kept)

    @property
    def first_response(self) -> timedelta | None:
        """The mean; None while nobody has been answered."""
        return self._first_total / self._firsts if self._firsts else None

    def share(self, now: datetime) -> float | None:
        """The share in time of the turns of which it is known: who has just written is not late yet."""
        late = sum(now >= due for _, due in self._waiting.values())
        decided = self._answered + late
        return self._in_time / decided if decided else None

    def _count(self, part: _Part, begun: datetime, ended: datetime) -> None:
        if begun < self._since:
            return
        waited = self._waited(begun, ended)
        self._answered += 1
        part.waits.append((begun, ended))
        if waited <= self._within:
            self._in_time += 1
            part.in_time += 1
        if part.first is None:
            part.first = waited
            self._firsts += 1
            self._first_total += waited

    def _waited(self, begun: datetime, ended: datetime) -> timedelta:
        return counted_time(begun, ended, without=self._left_out, hours=self._hours)

    def _waits(self, conversation: ConversationId, since: datetime) -> None:
        due = reached_at(since, self._within, without=self._left_out, hours=self._hours)
        self._waiting[conversation] = since, due
