"""A small event loop over `select`: Scheduler and Readiness for tests that need no Qt."""

import heapq
import selectors
import time
from collections.abc import Callable
from datetime import timedelta

from sidebar.ports import Cancel

PATIENCE = timedelta(seconds=10)
"""How long a test waits for something that must come; reached only when it fails."""


class Loop:
    """Runs descriptors and timers on the calling thread, as Qt's loop does in the program.

    `scheduled` counts every `call_later` ever made: a test asserts that waiting for an event
    set no timer.
    """

    def __init__(self) -> None:
        self.scheduled = 0
        self._selector = selectors.DefaultSelector()
        self._queue: list[tuple[float, int]] = []
        self._actions: dict[int, Callable[[], None]] = {}

    def call_later(self, delay: timedelta, action: Callable[[], None]) -> Cancel:
        """Run *action* once, no sooner than *delay* from now."""
        self.scheduled += 1
        serial = self.scheduled
        self._actions[serial] = action
        heapq.heappush(self._queue, (time.monotonic() + delay.total_seconds(), serial))

        def cancel() -> None:
            self._actions.pop(serial, None)

        return cancel

    def watch(self, descriptor: int, action: Callable[[], object]) -> Cancel:
        """Run *action* whenever *descriptor* can be read."""
        key = self._selector.register(descriptor, selectors.EVENT_READ, action)

        def cancel() -> None:
            if self._selector.get_map().get(descriptor) is key:
                self._selector.unregister(descriptor)

        return cancel

    def turn(self, most: timedelta = timedelta(0)) -> None:
        """One round: wait at most *most* for a descriptor or a timer, then run what is ready."""
        for key, _ in self._selector.select(min(most.total_seconds(), self._until_next())):
            # An action earlier in this round may have taken this watch back.
            if self._selector.get_map().get(key.fd) is key:
                key.data()
        self._run_due()

    def until(self, condition: Callable[[], bool], patience: timedelta = PATIENCE) -> None:
        """Turn until *condition* holds; AssertionError when it does not within *patience*."""
        end = time.monotonic() + patience.total_seconds()
        while not condition():
            left = end - time.monotonic()
            assert left > 0, f"waited {patience} in vain"
            self.turn(timedelta(seconds=left))

    def run(self, span: timedelta) -> None:
        """Turn for *span*: for showing that something does not come."""
        end = time.monotonic() + span.total_seconds()
        while (left := end - time.monotonic()) > 0:
            self.turn(timedelta(seconds=left))

    def close(self) -> None:
        self._actions.clear()
        self._selector.close()

    def _until_next(self) -> float:
        while self._queue and self._queue[0][1] not in self._actions:
            heapq.heappop(self._queue)
        return max(0.0, self._queue[0][0] - time.monotonic()) if self._queue else float("inf")

    def _run_due(self) -> None:
        now = time.monotonic()
        while self._queue and self._queue[0][0] <= now:
            _, serial = heapq.heappop(self._queue)
            action = self._actions.pop(serial, None)
            if action is not None:
                action()
