"""The shift that runs, and its three figures."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sidebar.domain.conversations import Conversation
from sidebar.domain.events import ConversationEvent, Event, MachineSlept, ShiftBegun, ShiftEnded, SleepJudged
from sidebar.domain.identifiers import ConversationId
from sidebar.domain.plain_rows import from_row, to_row
from sidebar.domain.shift_figures import ShiftFigures
from sidebar.domain.shifts import Shift
from sidebar.domain.sleeps import Sleeps
from sidebar.services.earlier_events import Earlier
from sidebar.services.views import FooterView

if TYPE_CHECKING:  # most shops have none
    from sidebar.domain.business_hours import Hours

_SHARE_WITHIN = timedelta(minutes=3)
"""The share most marketplaces look at."""


class ShiftLog:
    """Keeps the figures of the running shift; implements `ConversationWatcher`.

    Waits run in *hours* alone, where there are any.
    """

    hears: tuple[type[Event], ...] = (ShiftBegun, ShiftEnded, MachineSlept, SleepJudged)

    def __init__(self, *, hours: "Hours | None" = None) -> None:
        self._hours = hours
        self._shift: Shift | None = None
        self._figures: ShiftFigures | None = None
        self._sleeps = Sleeps()

    def follow(self, event: Event) -> None:
        """Take in one event; others than a shift's beginning and end, and sleeps, change nothing."""
        if isinstance(event, ShiftBegun):
            self._begin(Shift(id=event.shift, agent=event.agent, name=event.name, begun=event.at))
        elif isinstance(event, ShiftEnded) and self._shift is not None and event.shift == self._shift.id:
            self._shift = self._figures = None
        elif isinstance(event, MachineSlept | SleepJudged):
            self._sleeps.follow(event)
            if self._figures is not None:
                self._figures.leave_out(self._sleeps.left_out)

    def state(self) -> dict[str, Any]:
        return {
            "shift": None if self._shift is None else to_row(self._shift),
            "figures": None if self._figures is None else self._figures.state(),
            "sleeps": self._sleeps.state(),
        }

    def restore(self, state: Mapping[str, Any], earlier: Earlier) -> None:
        del earlier  # the figures know of every conversation of the shift
        self._sleeps.restore(state["sleeps"])
        self._shift = self._figures = None
        if state["shift"] is not None:
            self._begin(from_row(Shift, state["shift"])).restore(state["figures"])

    def _begin(self, shift: Shift) -> ShiftFigures:
        self._shift = shift
        self._figures = ShiftFigures(
            since=shift.begun, within=_SHARE_WITHIN, left_out=self._sleeps.left_out, hours=self._hours
        )
        return self._figures

    def conversation_changed(
        self, before: Conversation, after: Conversation, event: ConversationEvent
    ) -> None:
        if self._figures is not None:
            self._figures.follow(before, after, event)

    def conversation_forgotten(self, conversation: ConversationId) -> None:
        if self._figures is not None:
            self._figures.forget(conversation)

    def conversations_joined(self, into: Conversation, other: ConversationId) -> None:
        if self._figures is not None:
            self._figures.join(into, other)

    @property
    def running(self) -> Shift | None:
        """The shift that has begun and not ended."""
        return self._shift

    def duration(self, now: datetime) -> timedelta | None:
        """How long the shift has run; None while none runs."""
        return None if self._shift is None else now - self._shift.begun

    def view(self, now: datetime) -> FooterView:
        """First response (mean), share of turns answered within three minutes, conversations handled."""
        figures = self._figures
        if figures is None:
            return FooterView()
        return FooterView(
            on_shift=True,
            first_response=figures.first_response,
            share_within=_SHARE_WITHIN,
            share=figures.share(now),
            handled=figures.handled,
        )
