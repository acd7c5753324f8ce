"""The row of a conversation: drawn up once, and again only when it would say something else."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import IntEnum

from sidebar.domain.conversations import Conversation, Thresholds, Urgency
from sidebar.domain.identifiers import ConversationId
from sidebar.domain.lean import dataclass
from sidebar.domain.phrases import Category
from sidebar.domain.sleeps import Stretch, counted_time
from sidebar.services.views import ConversationRow

FAR = datetime.max.replace(tzinfo=UTC)
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


def draw_row(
    conversation: Conversation,
    now: datetime,
    *,
    thresholds: Thresholds,
    left_out: Sequence[Stretch],
    promised: datetime | None,
    current: bool,
    told: tuple[str, str],
) -> DrawnRow:
    """The row of *conversation*; *told* are the name and the note, *left_out* does not count as a wait."""
    since = _counted_since(conversation.waiting_since, now, left_out)
    agent_since = _counted_since(conversation.agent_since, now, left_out)
    apart = since is not None and agent_since is not None and agent_since - since > _APART
    waiting = None if since is None else max(now - since, timedelta(0))
    customer, note = told
    row = ConversationRow(
        conversation=conversation.id,
        customer=customer,
        urgency=thresholds.urgency(waiting),
        waiting_since=since,
        current=current,
        category=conversation.category,
        promised=promised,
        note=note,
        agent_since=agent_since if apart else None,
    )
    marks = () if since is None else (since + thresholds.warn, since + thresholds.breach)
    return DrawnRow(
        conversation=conversation,
        row=row,
        since=now,
        until=min((mark for mark in marks if mark > now), default=FAR),
        place=_by_urgency(row),
    )


def _counted_since(since: datetime | None, now: datetime, left_out: Sequence[Stretch]) -> datetime | None:
    """When a wait that lasts since *since* would have begun had all of it counted."""
    if since is None or not left_out:
        return since
    return since + max(now - since, timedelta(0)) - counted_time(since, now, without=left_out)


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
