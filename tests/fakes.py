"""In-memory stand-ins for the ports, and a clock that only moves when told to."""

import heapq
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sidebar.ports import Cancel

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class FakeTime:
    """Both Clock and Scheduler: `advance` runs what falls due, in order."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start
        self._queue: list[tuple[datetime, int]] = []
        self._actions: dict[int, Callable[[], None]] = {}
        self._serial = 0

    def now(self) -> datetime:
        return self._now

    def call_later(self, delay: timedelta, action: Callable[[], None]) -> Cancel:
        serial = self._serial = self._serial + 1
        self._actions[serial] = action
        heapq.heappush(self._queue, (self._now + delay, serial))

        def cancel() -> None:
            self._actions.pop(serial, None)

        return cancel

    def advance(self, delta: timedelta) -> None:
        until = self._now + delta
        while self._queue and self._queue[0][0] <= until:
            at, serial = heapq.heappop(self._queue)
            action = self._actions.pop(serial, None)
            self._now = max(self._now, at)
            if action is not None:
                action()
        self._now = until
