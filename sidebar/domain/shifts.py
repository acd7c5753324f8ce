"""Shifts, as a fold over events: one at a time, each from its beginning to its end."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sidebar.domain.events import Event, ShiftBegun, ShiftEnded
from sidebar.domain.identifiers import ShiftId
from sidebar.domain.lean import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One agent's shift; `ended` is None while it runs."""

    id: ShiftId
    agent: str
    name: str
    begun: datetime
    ended: datetime | None = None

    @property
    def running(self) -> bool:
        return self.ended is None


def shifts(events: Iterable[Event]) -> tuple[Shift, ...]:
    """The shifts of *events*, which come in the order of `at`, the earliest first.

    A shift that begins while another runs ends that one: nobody ended it, since the program was
    not there to be told. An end of a shift that does not run changes nothing.
    """
    found: list[Shift] = []
    for event in events:
        running = found[-1] if found and found[-1].running else None
        match event:
            case ShiftBegun() if all(shift.id != event.shift for shift in found):
                if running is not None:
                    found[-1] = replace(running, ended=event.at)
                begun = Shift(id=event.shift, agent=event.agent, name=event.name, begun=event.at)
                found.append(begun)
            case ShiftEnded() if running is not None and running.id == event.shift:
                found[-1] = replace(running, ended=event.at)
            case _:
                pass
    return tuple(found)


def choose(among: Sequence[Shift], which: str) -> Shift | None:
    """The shift that *which* names: `current` (running), `last` (ended most recently) or an id."""
    match which:
        case "current":
            return next((shift for shift in reversed(among) if shift.running), None)
        case "last":
            return next((shift for shift in reversed(among) if not shift.running), None)
    return next((shift for shift in among if shift.id == which), None)
