"""Something owed to a buyer at a time; it outlives restarts, sleep and the buyer's 'thanks'."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sidebar.domain.events import Event, FollowupAdded, FollowupAnnounced, FollowupDone, FollowupSnoozed
from sidebar.domain.identifiers import ConversationId, FollowupId
from sidebar.domain.lean import dataclass
from sidebar.domain.plain_rows import from_row, to_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Followup:
    """`announced` is the due time that the agent has been shown; snoozing makes a new one."""

    id: FollowupId
    about: str
    due: datetime
    made_at: datetime
    customer: str = ""
    conversation: ConversationId | None = None
    promise: bool = False
    done_at: datetime | None = None
    announced: datetime | None = None

    def owes_announcement(self, now: datetime) -> bool:
        """Whether it has fallen due and the agent has not been told of this due time."""
        return self.done_at is None and self.due <= now and self.announced != self.due


class Followups:
    """All follow-ups, as a fold over events; one is added once, and nothing changes after it is done."""

    def __init__(self) -> None:
        self._all: dict[FollowupId, Followup] = {}

    def follow(self, event: Event) -> None:
        """Take in one event; one about an unknown follow-up changes nothing."""
        if isinstance(event, FollowupAdded) and event.followup not in self._all:
            self._all[event.followup] = Followup(
                id=event.followup,
                about=event.about,
                due=event.due,
                made_at=event.at,
                customer=event.customer,
                conversation=event.conversation,
                promise=event.promise,
            )
        elif isinstance(event, FollowupAnnounced | FollowupDone | FollowupSnoozed):
            known = self._all.get(event.followup)
            if known is not None and known.done_at is None:
                self._all[event.followup] = _after(known, event)

    def state(self) -> list[list[object]]:
        """Those not done, as plain data, in the order they were made; what is done cannot change any more."""
        return [to_row(each) for each in self._all.values() if each.done_at is None]

    def restore(self, state: Iterable[Sequence[object]]) -> None:
        """Go on from *state*: what was done before it is not known any more."""
        kept = [from_row(Followup, row) for row in state]
        self._all = {each.id: each for each in kept}

    def get(self, followup: FollowupId) -> Followup | None:
        return self._all.get(followup)

    def open(self) -> tuple[Followup, ...]:
        """Those not done, soonest first."""
        return tuple(sorted((f for f in self._all.values() if f.done_at is None), key=lambda f: f.due))

    def all(self) -> tuple[Followup, ...]:
        """Every one ever made, in the order they were made."""
        return tuple(self._all.values())


def _after(before: Followup, event: FollowupAnnounced | FollowupDone | FollowupSnoozed) -> Followup:
    match event:
        case FollowupAnnounced():
            return replace(before, announced=before.due)
        case FollowupDone():
            return replace(before, done_at=event.at)
        case FollowupSnoozed():
            return replace(before, due=event.due)
