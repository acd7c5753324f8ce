"""The question after a sleep of the machine: whether those who waited through it waited for us."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sidebar.domain.event_lines import from_line, to_line
from sidebar.domain.events import Event, MachineSlept, ShiftBegun, ShiftEnded, SleepJudged
from sidebar.domain.identifiers import ConversationId, EventId, ShiftId
from sidebar.services.board import Board
from sidebar.services.earlier_events import Earlier
from sidebar.services.views import SleptThrough

_ASKED_FOR = timedelta(days=1)
"""Nobody remembers longer who saw to the buyers meanwhile."""


class SleepQuestions:
    """A fold that comes after the board's: sleeps of which nothing has been said yet.

    A sleep shorter than *least* is not asked about, nor one in which nobody waited or nobody was on
    duty: after a shift has ended, until the next begins. With a shift's end what was not answered
    is settled: it counts. Until then it is asked again at each start, for a day.
    """

    hears: tuple[type[Event], ...] = (MachineSlept, SleepJudged, ShiftBegun, ShiftEnded)

    def __init__(self, *, board: Board, least: timedelta) -> None:
        self._board = board
        self._least = least
        self._on_duty = True  # also who keeps no shifts
        self._shift: ShiftId | None = None
        self._open: dict[EventId, MachineSlept] = {}
        self._waited: dict[EventId, set[ConversationId]] = {}

    def follow(self, event: Event) -> None:
        """Take in one event; others than sleeps, what was said of them, and shifts change nothing."""
        match event:
            case MachineSlept() if self._on_duty and event.at - event.since >= self._least:
                self._open[event.id] = event
                self._waited[event.id] = {each.id for each in self._board.waiting()}
            case SleepJudged():
                self._open.pop(event.slept, None)
            case ShiftBegun():
                self._open.clear()
                self._on_duty, self._shift = True, event.shift
            case ShiftEnded() if event.shift == self._shift:
                self._open.clear()
                self._on_duty = False
            case _:
                pass

    def state(self) -> dict[str, Any]:
        latest = max((slept.at for slept in self._open.values()), default=None)
        return {
            "on_duty": self._on_duty,
            "shift": self._shift,
            "open": [
                [to_line(slept), sorted(self._waited[name])]
                for name, slept in self._open.items()
                if latest is not None and latest - slept.at < _ASKED_FOR
            ],
        }

    def restore(self, state: Mapping[str, Any], earlier: Earlier) -> None:
        del earlier  # who waited is told
        self._on_duty, self._shift = bool(state["on_duty"]), state["shift"]
        self._open, self._waited = {}, {}
        for line, waited in state["open"]:
            slept = from_line(line)
            if isinstance(slept, MachineSlept) and slept.at - slept.since >= self._least:
                self._open[slept.id] = slept
                self._waited[slept.id] = set(waited)

    def question(self, now: datetime) -> SleptThrough | None:
        """What there is to ask at *now*, all sleeps in one; None where there is nothing.

        Who waited is known at the waking; others may be told of only then, or be answered meanwhile.
        """
        asked = {name: slept for name, slept in self._open.items() if now - slept.at < _ASKED_FOR}
        waited = {name: self._waited_through(slept) for name, slept in asked.items()}
        asked = {name: slept for name, slept in asked.items() if waited[name]}
        if not asked:
            return None
        return SleptThrough(
            sleeps=tuple(asked),
            length=sum((slept.at - slept.since for slept in asked.values()), timedelta(0)),
            waiting=len(set().union(*(waited[name] for name in asked))),
        )

    def _waited_through(self, slept: MachineSlept) -> set[ConversationId]:
        begun = {each.id: each.waiting_since or slept.at for each in self._board.waiting()}
        return self._waited[slept.id] | {name for name, since in begun.items() if since < slept.at}
