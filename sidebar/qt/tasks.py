"""Work that takes longer than a frame, off the GUI thread."""

import logging
import sys
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from sidebar.errors import UserError

log = logging.getLogger(__name__)

T = TypeVar("T")

_TURN = 0.001
"""Seconds for which the window may have to wait for a worker that computes, instead of five times that."""
_PATIENCE = 3000
"""Milliseconds a task may go on after the program was asked to end."""


class Tasks(QObject):
    """Runs an operation on a worker and brings what came of it back to the GUI thread.

    The operation must not touch widgets, services or a database connection of the GUI thread.
    """

    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._ended.connect(self._on_ended)

    def run(
        self,
        operation: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[UserError], None],
    ) -> None:
        """Run *operation*; *done* hears its result, *failed* the environment's fault."""
        self._pool.start(_Work(operation, done, failed, self._ended.emit))

    def finish(self) -> None:
        """Wait, within bounds, for what is under way."""
        if not self._pool.waitForDone(_PATIENCE):
            log.warning("a task was still running at the end")

    def _on_ended(self, report: Callable[[], None]) -> None:
        report()


class _Work(QRunnable):
    def __init__(
        self,
        operation: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[UserError], None],
        report: Callable[[Callable[[], None]], None],
    ) -> None:
        super().__init__()
        self._operation: Callable[[], object] = operation
        self._done: Callable[[Any], None] = done
        self._failed = failed
        self._report = report

    def run(self) -> None:
        sys.setswitchinterval(_TURN)
        try:
            result = self._operation()
        except UserError as error:
            self._report(partial(self._failed, error))
        else:
            self._report(partial(self._done, result))
