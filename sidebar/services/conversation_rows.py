"""The row of a conversation: drawn up once, and again only when it would say something else."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING

from sidebar.domain.conversations import Conversation, Thresholds, Urgency
from sidebar.domain.identifiers import ConversationId
from sidebar.domain.lean import dataclass
from sidebar.domain.phrases import Category
from sidebar.domain.waits import FAR, Stretch, counted_time
from sidebar.services.views import ConversationRow

if TYPE_CHECKING:  # most shops have none
    from sidebar.domain.business_hours import Hours

_LOOKED_BACK = timedelta(days=14)
"""Who closed the shop before stands still since then: on the clock it makes no difference."""
_APART = timedelta(seconds=5)
"""Clocks no further apart are one: clients that hand buyers out at once take a second or two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRow:
    """A row with what it was drawn from: with 500 open, few change at a time.

    It says the same from `since` to `until`; rows are shown in the order of `place`.
    """

    conversation: Conversation
    row: ConversationRow
    since: datetime
    until: datetime
    place: tuple[int, datetime, datetime, str]

    def holds(
        self,
        conversation: Conversation,
        now: datetime,
        promised: datetime | None,
        current: ConversationId | None,
        told: tuple[str, str],
    ) -> bool:
        """Whether the row would be the same now; what does not count as a wait being the same."""
        return (
            conversation is self.conversation
            and self.since <= now < self.until
            and promised == self.row.promised
            and self.row.current is (conversation.id == current)
            and told == (self.row.customer, self.row.note)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How the waits of rows are measured: what does not count, when the shop is open, what is too long.

    `stands_at` is when the shop was closed, None while it is open; that is so from `since` to `until`.
    """

    thresholds: Thresholds
    categories: Mapping[Category, Thresholds]
    left_out: Sequence[Stretch] = ()
    hours: "Hours | None" = None
    stands_at: datetime | None = None
    since: datetime = FAR
    until: datetime = FAR

    def at(self, now: datetime) -> "Measure":
        """The same with the hours as they are at *now*."""
        if self.hours is None or self.since <= now < self.until:
            return self
        closed = now - _LOOKED_BACK
        for begun, ended in self.hours.stretches(closed):
            if now < ended:
                open = begun <= now
                until = ended if open else begun
                return replace(self, stands_at=None if open else closed, since=now, until=until)
            closed = ended
        return replace(self, stands_at=closed, since=now, until=FAR)

    def counted_since(self, since: datetime, now: datetime) -> datetime:
        """When a wait that lasts since *since* would have begun had all of it counted."""
        until = self.stands_at or now
        if since >= until or (self.hours is None and not self.left_out):
            return since
        return until - counted_time(since, until, without=self.left_out, hours=self.hours)

    def holds_until(self, since: datetime, now: datetime, limits: Thresholds) -> datetime:
        """When a wait that is counted since *since* is to be told otherwise, if nothing happens."""
        marks = (since + limits.warn, since + limits.breach) if self.stands_at is None else ()
        return min((mark for mark in (*marks, self.until) if mark > now), default=FAR)

    def limits(self, category: Category | None) -> Thresholds:
        return self.thresholds if category is None else self.categories.get(category, self.thresholds)


def draw_row(
    conversation: Conversation,
    now: datetime,
    *,
    measure: Measure,
    promised: datetime | None,
    current: bool,
    told: tuple[str, str],
) -> DrawnRow:
    """The row of *conversation*; *told* are the buyer's name and the note."""
    since = agent_since = waiting = None
    until = FAR
    limits = measure.limits(conversation.category)
    if conversation.waiting_since is not None:
        since = measure.counted_since(conversation.waiting_since, now)
        waiting = max((measure.stands_at or now) - since, timedelta(0))
        until = measure.holds_until(since, now, limits)
        if conversation.agent_since != conversation.waiting_since and conversation.agent_since is not None:
            agent_since = measure.counted_since(conversation.agent_since, now)
    apart = since is not None and agent_since is not None and agent_since - since > _APART
    customer, note = told
    row = ConversationRow(
        conversation=conversation.id,
        customer=customer,
        urgency=limits.urgency(waiting),
        waiting_since=since,
        current=current,
        category=conversation.category,
        promised=promised,
        note=note,
        agent_since=agent_since if apart else None,
        stands_at=None if since is None else measure.stands_at,
    )
    return DrawnRow(conversation=conversation, row=row, since=now, until=until, place=_by_urgency(row))


class _Rank(IntEnum):
    """The order of the playbook (P4): safety and losses, then broken standards, complaints, arrival."""

    EMERGENCY = 0
    BREACHED = 1
    WARNED = 2
    COMPLAINT = 3
    RUNNING = 4
    CALM = 5


_RANKS = {
    Urgency.BREACHED: _Rank.BREACHED,
    Urgency.WARNED: _Rank.WARNED,
    Urgency.RUNNING: _Rank.RUNNING,
    Urgency.CALM: _Rank.CALM,
}


def _rank(row: ConversationRow) -> _Rank:
    if row.category is Category.EMERGENCY:
        return _Rank.EMERGENCY
    if row.urgency is Urgency.RUNNING and row.category is Category.COMPLAINT:
        return _Rank.COMPLAINT
    return _RANKS[row.urgency]


def _by_urgency(row: ConversationRow) -> tuple[int, datetime, datetime, str]:
    """The rank, then who has waited longest; those who do not wait by the promise that is due next."""
    return _rank(row), row.waiting_since or FAR, row.promised or FAR, row.conversation
