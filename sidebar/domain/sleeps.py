"""The machine's sleeps, and what the agent has said of them.

A sleep of which nothing has been said counts: the buyer did wait, every marketplace counts it, and
none of them stops an agent's clock for it once the buyer is theirs. A figure must not become better
because a question was left open. What the agent says not to count is left out of both clocks, since
somebody saw to the buyers elsewhere, or nobody was to.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sidebar.domain.event_lines import time_text
from sidebar.domain.events import Event, MachineSlept, SleepJudged
from sidebar.domain.identifiers import EventId
from sidebar.domain.line_values import moment
from sidebar.domain.waits import Stretch


class Sleeps:
    """A fold over events, the same in whichever order they come."""

    def __init__(self) -> None:
        self._slept: dict[EventId, Stretch] = {}
        self._counts: dict[EventId, bool] = {}
        self.left_out: tuple[Stretch, ...] = ()
        """What is not to count, in order; no two of them overlap."""

    def follow(self, event: Event) -> None:
        """Take in one event; others than sleeps and what was said of them change nothing."""
        match event:
            case MachineSlept():
                self._slept[event.id] = (event.since, event.at)
            case SleepJudged():
                self._counts[event.slept] = event.counts
            case _:
                return
        self._leave_out()

    def state(self) -> dict[str, Any]:
        """What the events have led to, as plain data."""
        slept = [[name, *map(time_text, stretch)] for name, stretch in self._slept.items()]
        return {"slept": slept, "counts": self._counts.copy()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from *state*."""
        self._slept = {name: (moment(since, "since"), moment(at, "at")) for name, since, at in state["slept"]}
        self._counts = dict(state["counts"])
        self._leave_out()

    def _leave_out(self) -> None:
        self.left_out = _joined(
            slept for name, slept in self._slept.items() if not self._counts.get(name, True)
        )


def _joined(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """*stretches* in order, those that overlap as one: a clock that was set back tells of some time twice."""
    found: list[Stretch] = []
    for since, until in sorted(stretches):
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], until))
        else:
            found.append((since, until))
    return tuple(found)
