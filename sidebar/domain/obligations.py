"""What was owed to buyers in a stretch of time, and what became of it."""

from collections import Counter
from datetime import datetime

from sidebar.domain.account import FollowupAccount, FollowupLine, FollowupState, Promises
from sidebar.domain.events import Event, FollowupAdded
from sidebar.domain.followups import Followup, Followups
from sidebar.domain.identifiers import FollowupId


class Obligations:
    """Follow-ups as a fold over events, with the time each was first promised for.

    Owed in a time are those made in it and those not done when it began.
    """

    def __init__(self) -> None:
        self._followups = Followups()
        self._promised: dict[FollowupId, datetime] = {}

    def follow(self, event: Event) -> None:
        """Take in one event; others than follow-ups' change nothing."""
        if isinstance(event, FollowupAdded):
            self._promised.setdefault(event.followup, event.due)
        self._followups.follow(event)

    def promises(self, since: datetime, end: datetime) -> Promises:
        """What became by *end* of the promises owed from *since* on.

        Judged by the time first promised: snoozing the reminder does not change what the buyer
        was told.
        """
        owed = [followup for followup in self._owed(since) if followup.promise]
        kept = late = broken = 0
        for promise in owed:
            promised = self._promised[promise.id]
            if promise.done_at is None:
                broken += promised < end
            elif promise.done_at <= promised:
                kept += 1
            else:
                late += 1
        made = sum(promise.made_at >= since for promise in owed)
        return Promises(made=made, kept=kept, late=late, broken=broken, open=len(owed) - kept - late - broken)

    def account(self, since: datetime, end: datetime) -> FollowupAccount:
        """The follow-ups owed from *since* on as they stood at *end*, the soonest due first."""
        lines = tuple(_line(followup, end) for followup in sorted(self._owed(since), key=_by_due))
        states = Counter(line.state for line in lines)
        return FollowupAccount(
            made=sum(line.made_at >= since for line in lines),
            done=states[FollowupState.DONE],
            overdue=states[FollowupState.OVERDUE],
            open=states[FollowupState.OPEN],
            lines=lines,
        )

    def _owed(self, since: datetime) -> list[Followup]:
        return [f for f in self._followups.all() if f.done_at is None or f.done_at >= since]


def _line(followup: Followup, end: datetime) -> FollowupLine:
    if followup.done_at is not None:
        state = FollowupState.DONE
    else:
        state = FollowupState.OVERDUE if followup.due < end else FollowupState.OPEN
    return FollowupLine(
        followup=followup.id,
        conversation=followup.conversation,
        customer=followup.customer,
        about=followup.about,
        made_at=followup.made_at,
        due=followup.due,
        done_at=followup.done_at,
        promise=followup.promise,
        state=state,
    )


def _by_due(followup: Followup) -> tuple[datetime, str]:
    return followup.due, followup.id
