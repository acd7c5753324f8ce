"""A procedure that waits without blocking: a generator that yields what it waits for.

It reads from top to bottom, its `finally` runs whatever happens, and a fake clock drives it
in microseconds.
"""

from collections.abc import Callable, Generator
from datetime import timedelta
from typing import TypeVar

from sidebar.domain.lean import dataclass
from sidebar.ports import Cancel, Scheduler

Answer = Callable[[object], None]


@dataclass(frozen=True, slots=True)
class Pause:
    """Go on after this time."""

    delay: timedelta


@dataclass(frozen=True, slots=True)
class Until:
    """Go on with the answer that `begin` brings, or with TIMED_OUT after `timeout`."""

    begin: Callable[[Answer], Cancel]
    timeout: timedelta


class _TimedOut:
    def __repr__(self) -> str:
        return "TIMED_OUT"


TIMED_OUT = _TimedOut()

T = TypeVar("T")
Steps = Generator[Pause | Until, object, T]
"""Yields each wait between two acts, is sent the wait's answer, returns the result."""


def run(steps: Steps[T], *, scheduler: Scheduler, done: Callable[[T], None]) -> None:
    """Start *steps*; they go on from the event loop, and *done* hears their result once."""
    _advance(steps, None, scheduler, done)


def _advance(steps: Steps[T], answer: object, scheduler: Scheduler, done: Callable[[T], None]) -> None:
    try:
        wait = steps.send(answer)
    except StopIteration as stop:
        done(stop.value)
        return
    if isinstance(wait, Pause):
        scheduler.call_later(wait.delay, lambda: _advance(steps, None, scheduler, done))
    else:
        _await(wait, lambda given: _advance(steps, given, scheduler, done), scheduler)


def _await(wait: Until, resume: Answer, scheduler: Scheduler) -> None:
    """Resume once, with whichever comes first: the answer or the end of patience."""
    pending: list[Cancel] = []
    finished = False

    def finish(given: object) -> None:
        nonlocal finished
        if finished:
            return
        finished = True
        for cancel in pending:
            cancel()
        resume(given)

    cancel = wait.begin(finish)
    if not finished:  # what is answered at once needs no timer
        pending.extend((cancel, scheduler.call_later(wait.timeout, lambda: finish(TIMED_OUT))))
