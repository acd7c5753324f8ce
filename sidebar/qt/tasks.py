"""Work that takes longer than a frame, off the GUI thread."""

import gc
import logging
import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from sidebar.errors import UserError

log = logging.getLogger(__name__)

T = TypeVar("T")

_PATIENCE = 3.0
"""Seconds a task may go on after the program was asked to end."""


class Tasks(QObject):
    """Runs operations on one worker, one after the other, and brings what comes of them to the GUI thread.

    An operation must not touch widgets, services or a database connection of the GUI thread. While one
    is under way no cycles are looked for: whichever thread finds them destroys them, and a widget or a
    watched socket that is destroyed by a worker takes the program with it.
    """

    _ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: SimpleQueue[Callable[[], Callable[[], None]] | None] = SimpleQueue()
        self._reports: deque[Callable[[], None]] = deque()
        self._worker: threading.Thread | None = None
        self._under_way = 0
        self._ended.connect(self._on_ended)

    def run(
        self,
        operation: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[UserError], None],
    ) -> None:
        """Run *operation*; *done* hears its result, *failed* the environment's fault."""
        if self._worker is None:
            self._worker = threading.Thread(target=self._work, name="tasks", daemon=True)
            self._worker.start()
        gc.disable()
        self._under_way += 1
        self._wanted.put(partial(_ended, operation, done, failed))

    def finish(self) -> None:
        """Wait, within bounds, for what is under way."""
        if self._worker is None:
            return
        self._wanted.put(None)
        self._worker.join(_PATIENCE)
        if self._worker.is_alive():
            log.warning("a task was still running at the end")
        self._worker = None
        gc.enable()

    def _work(self) -> None:
        while (wanted := self._wanted.get()) is not None:
            report = _nothing
            try:
                report = wanted()
            except Exception as fault:  # noqa: BLE001 (told; what waits goes on)
                _report(fault)
            self._reports.append(report)
            self._ended.emit()

    def _on_ended(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            gc.enable()
        self._reports.popleft()()


def _nothing() -> None:
    """There is nothing to tell of."""


def _report(fault: Exception) -> None:
    """Write the crash log, as for a thread that ends with it."""
    told = (type(fault), fault, fault.__traceback__, threading.current_thread())
    threading.excepthook(threading.ExceptHookArgs(told))


def _ended(
    operation: Callable[[], T], done: Callable[[T], None], failed: Callable[[UserError], None]
) -> Callable[[], None]:
    """What is to be told of *operation*, which is run here."""
    try:
        result = operation()
    except UserError as error:
        return partial(failed, error)
    return partial(done, result)
