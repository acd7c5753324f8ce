"""Follow-ups: what is owed, how near it is, and telling the agent when it falls due."""

from datetime import datetime, timedelta
from typing import Any

from sidebar.domain.events import Event, FollowupAdded, FollowupAnnounced, FollowupDone, FollowupSnoozed
from sidebar.domain.followups import Followup, Followups
from sidebar.domain.identifiers import FollowupId
from sidebar.services.earlier_events import Earlier
from sidebar.services.views import Due, FollowupRow, FollowupsView

_SHOWN = 50
_LEAD = timedelta(minutes=30)
_EARLY_WARNING = timedelta(hours=1)
"""A delay is announced at least an hour before a deadline longer than two hours (playbook, P8)."""
_LONG = timedelta(hours=2)


class Reminders:
    """Keeps the follow-ups and says which have just fallen due."""

    hears: tuple[type[Event], ...] = (FollowupAdded, FollowupAnnounced, FollowupDone, FollowupSnoozed)

    def __init__(self, *, lead: timedelta = _LEAD) -> None:
        self._followups = Followups()
        self._lead = lead

    def follow(self, event: Event) -> None:
        self._followups.follow(event)

    def state(self) -> list[list[object]]:
        return self._followups.state()

    def restore(self, state: Any, earlier: Earlier) -> None:
        del earlier  # what was done is not asked for again
        self._followups.restore(state)

    def get(self, followup: FollowupId) -> Followup | None:
        return self._followups.get(followup)

    def open(self) -> tuple[Followup, ...]:
        """Those not done, soonest first."""
        return self._followups.open()

    def fallen_due(self, now: datetime) -> tuple[Followup, ...]:
        """Those due and not announced yet, also where they fell due while nobody was looking."""
        return tuple(f for f in self._followups.open() if f.owes_announcement(now))

    def view(self, now: datetime) -> FollowupsView:
        """The next ones by due time, and how many there are."""
        waiting = self._followups.open()
        rows = tuple(self._row(followup, now) for followup in waiting[:_SHOWN])
        return FollowupsView(rows=rows, total=len(waiting))

    def _row(self, followup: Followup, now: datetime) -> FollowupRow:
        return FollowupRow(
            followup=followup.id,
            about=followup.about,
            customer=followup.customer,
            due=followup.due,
            left=followup.due - now,
            nearness=self._nearness(followup, now),
            promise=followup.promise,
        )

    def _nearness(self, followup: Followup, now: datetime) -> Due:
        """How near it is: soon is the agent's lead, or an hour where more than two were given."""
        left = followup.due - now
        if left <= timedelta(0):
            return Due.OVERDUE
        lead = max(_EARLY_WARNING, self._lead) if followup.due - followup.made_at > _LONG else self._lead
        return Due.SOON if left <= lead else Due.LATER
