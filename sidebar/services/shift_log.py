"""The shift that runs, and its three figures."""

from datetime import datetime, timedelta

from sidebar.domain.account import Summary
from sidebar.domain.events import Event, ShiftBegun, ShiftEnded
from sidebar.domain.shifts import Shift
from sidebar.domain.summaries import Account
from sidebar.services.views import FooterView

_SHARE_WITHIN = timedelta(minutes=3)
"""The share most marketplaces look at."""
_FRESH = timedelta(seconds=10)
"""Figures this old are drawn up anew: a buyer who waits too long now lowers the share by and by."""


class ShiftLog:
    """Keeps the account of the running shift; its figures are drawn up after a change or ten seconds."""

    def __init__(self) -> None:
        self._shift: Shift | None = None
        self._account: Account | None = None
        self._figures: FooterView | None = None
        self._drawn_up: datetime | None = None

    def follow(self, event: Event) -> None:
        if isinstance(event, ShiftBegun):
            self._shift = Shift(id=event.shift, agent=event.agent, name=event.name, begun=event.at)
            self._account = Account(since=event.at)
        elif isinstance(event, ShiftEnded) and self._shift is not None and event.shift == self._shift.id:
            self._shift = self._account = None
        elif self._account is not None:
            self._account.follow(event)
        self._figures = None

    @property
    def running(self) -> Shift | None:
        """The shift that has begun and not ended."""
        return self._shift

    def duration(self, now: datetime) -> timedelta | None:
        """How long the shift has run; None while none runs."""
        return None if self._shift is None else now - self._shift.begun

    def view(self, now: datetime) -> FooterView:
        """First response (mean), share of turns answered within three minutes, conversations handled."""
        old = self._drawn_up is None or now - self._drawn_up >= _FRESH
        if self._figures is None or old:
            self._figures = self._measure(now)
            self._drawn_up = now
        return self._figures

    def _measure(self, now: datetime) -> FooterView:
        if self._shift is None or self._account is None:
            return FooterView()
        summary = self._account.summary(agent=self._shift.agent, until=now, end=now)
        return FooterView(
            on_shift=True,
            first_response=_mean(summary),
            share_within=_SHARE_WITHIN,
            share=_share(summary),
            handled=summary.conversations,
        )


def _share(summary: Summary) -> float | None:
    """The share in time of the turns of which it is known: a buyer who has just written is not late yet."""
    share = summary.within[int(_SHARE_WITHIN.total_seconds())]
    undecided = sum(wait.at >= summary.since and wait.waited < _SHARE_WITHIN for wait in summary.open)
    decided = summary.turns - undecided
    return None if share is None or not decided else share * summary.turns / decided


def _mean(summary: Summary) -> timedelta | None:
    mean = summary.first_response.mean
    return None if mean is None else timedelta(seconds=mean)
