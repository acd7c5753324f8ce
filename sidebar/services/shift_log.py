"""The shift that runs, and its three figures."""

from datetime import datetime, timedelta

from sidebar.domain.events import Event, ShiftBegun, ShiftEnded
from sidebar.domain.shift_figures import ShiftFigures
from sidebar.domain.shifts import Shift
from sidebar.services.views import FooterView

_SHARE_WITHIN = timedelta(minutes=3)
"""The share most marketplaces look at."""


class ShiftLog:
    """Keeps the figures of the running shift."""

    def __init__(self) -> None:
        self._shift: Shift | None = None
        self._figures: ShiftFigures | None = None

    def follow(self, event: Event) -> None:
        if isinstance(event, ShiftBegun):
            self._shift = Shift(id=event.shift, agent=event.agent, name=event.name, begun=event.at)
            self._figures = ShiftFigures(since=event.at, within=_SHARE_WITHIN)
        elif isinstance(event, ShiftEnded) and self._shift is not None and event.shift == self._shift.id:
            self._shift = self._figures = None
        elif self._figures is not None:
            self._figures.follow(event)

    @property
    def running(self) -> Shift | None:
        """The shift that has begun and not ended."""
        return self._shift

    def duration(self, now: datetime) -> timedelta | None:
        """How long the shift has run; None while none runs."""
        return None if self._shift is None else now - self._shift.begun

    def view(self, now: datetime) -> FooterView:
        """First response (mean), share of turns answered within three minutes, conversations handled."""
        if self._figures is None:
            return FooterView()
        return FooterView(
            on_shift=True,
            first_response=self._figures.first_response,
            share_within=_SHARE_WITHIN,
            share=self._figures.share(now),
            handled=self._figures.handled,
        )
