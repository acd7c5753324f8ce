"""The shift that runs, and its three figures."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sidebar.domain.events import Event, ShiftBegun, ShiftEnded
from sidebar.domain.shifts import Shift
from sidebar.domain.summaries import summarise
from sidebar.services.views import FooterView

_SHARE_WITHIN = 180
"""Seconds; the share most marketplaces look at."""


class ShiftLog:
    """Keeps the events of the running shift; its figures are folded anew only after a change."""

    def __init__(self) -> None:
        self._shift: Shift | None = None
        self._events: list[Event] = []
        self._figures: FooterView | None = None

    def follow(self, event: Event) -> None:
        if isinstance(event, ShiftBegun):
            self._shift = Shift(
                id=event.shift, agent=event.agent, name=event.name, begun=event.at, ended=None
            )
            self._events = []
        elif isinstance(event, ShiftEnded) and self._shift is not None and event.shift == self._shift.id:
            self._shift = None
            self._events = []
        elif self._shift is not None:
            self._events.append(event)
        self._figures = None

    @property
    def running(self) -> Shift | None:
        """The shift that has begun and not ended."""
        return self._shift

    @property
    def events(self) -> Sequence[Event]:
        """What has happened since the shift began."""
        return self._events

    def duration(self, now: datetime) -> timedelta | None:
        """How long the shift has run; None while none runs."""
        return None if self._shift is None else now - self._shift.begun

    def view(self, now: datetime) -> FooterView:
        """First response (mean), share of turns answered within three minutes, conversations handled."""
        if self._figures is None:
            self._figures = self._measure(now)
        return self._figures

    def _measure(self, now: datetime) -> FooterView:
        if self._shift is None:
            return FooterView()
        summary = summarise(
            self._events, since=self._shift.begun, until=now, agent=self._shift.agent, now=now
        )
        first = summary.first_response.mean
        return FooterView(
            on_shift=True,
            first_response=None if first is None else timedelta(seconds=first),
            share_within=timedelta(seconds=_SHARE_WITHIN),
            share=summary.within[_SHARE_WITHIN],
            handled=summary.conversations,
        )
