"""Waiting for a condition, bounded, and no longer than it takes."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

PATIENCE = timedelta(seconds=15)
"""How long anything may take on a machine that is busy with other work."""

_POLL_SECONDS = 0.005
_T = TypeVar("_T")


class NeverHappenedError(AssertionError):
    """What a test waited for did not come true in time."""


def until(condition: Callable[[], _T | None], what: str, *, timeout: timedelta = PATIENCE) -> _T:
    """Return the first true answer of *condition*; for what sends no event one could wait on."""
    deadline = time.monotonic() + timeout.total_seconds()
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise NeverHappenedError(f"no {what} within {timeout.total_seconds():g} s")
        time.sleep(_POLL_SECONDS)
