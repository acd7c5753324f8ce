"""Signals of the system, brought into the event loop."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from sidebar.qt.event_loop import QtReadiness


@contextmanager
def ended_by_signals(quit: Callable[[], None]) -> Iterator[None]:
    """End on SIGINT and SIGTERM at once: a signal wakes the loop, which else would not run Python."""
    hearing, calling = socket.socketpair()
    hearing.setblocking(False)
    calling.setblocking(False)
    before = signal.set_wakeup_fd(calling.fileno())
    handlers = {
        number: signal.signal(number, lambda *_: quit()) for number in (signal.SIGINT, signal.SIGTERM)
    }
    readiness = QtReadiness()
    unwatch = readiness.watch(hearing.fileno(), partial(hearing.recv, 64))
    try:
        yield
    finally:
        unwatch()
        for number, handler in handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(before)
        hearing.close()
        calling.close()
