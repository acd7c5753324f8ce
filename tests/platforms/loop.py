"""An event loop small enough for tests: the Scheduler and Readiness ports over `select`, without Qt."""

import heapq
import select
import time
from collections.abc import Callable
from datetime import timedelta

from sidebar.ports import Cancel

_LIMIT = timedelta(seconds=10)


class Loop:
    """Runs timers and readable descriptors on the thread that calls `run_until`."""

    def __init__(self) -> None:
        self._timers: list[tuple[float, int]] = []
        self._actions: dict[int, Callable[[], None]] = {}
        self._watches: dict[int, tuple[int, Callable[[], None]]] = {}
        self._serial = 0

    def call_later(self, delay: timedelta, action: Callable[[], None]) -> Cancel:
        serial = self._next()
        self._actions[serial] = action
        heapq.heappush(self._timers, (time.monotonic() + delay.total_seconds(), serial))

        def cancel() -> None:
            self._actions.pop(serial, None)

        return cancel

    def watch(self, descriptor: int, action: Callable[[], None]) -> Cancel:
        serial = self._next()
        self._watches[serial] = (descriptor, action)

        def cancel() -> None:
            self._watches.pop(serial, None)

        return cancel

    def run_until(self, reached: Callable[[], object], *, limit: timedelta = _LIMIT) -> None:
        """Run until *reached* is true; fails the test when that takes longer than *limit*."""
        end = time.monotonic() + limit.total_seconds()
        while not reached():
            assert time.monotonic() < end, "what was waited for did not happen"
            self._round(end)

    def run_for(self, span: timedelta) -> None:
        """Run for as long as *span*: only to show that something does not happen."""
        over: list[bool] = []
        self.call_later(span, lambda: over.append(True))
        self.run_until(lambda: over, limit=span + _LIMIT)

    def _next(self) -> int:
        self._serial += 1
        return self._serial

    def _round(self, end: float) -> None:
        while self._timers and self._timers[0][1] not in self._actions:
            heapq.heappop(self._timers)
        due = min(self._timers[0][0], end) if self._timers else end
        descriptors = {descriptor for descriptor, _ in self._watches.values()}
        readable, _, _ = select.select(descriptors, (), (), max(0.0, due - time.monotonic()))
        for serial, (descriptor, action) in tuple(self._watches.items()):
            if descriptor in readable and serial in self._watches:
                action()
        self._run_due()

    def _run_due(self) -> None:
        now = time.monotonic()
        while self._timers and self._timers[0][0] <= now:
            _, serial = heapq.heappop(self._timers)
            action = self._actions.pop(serial, None)
            if action is not None:
                action()
