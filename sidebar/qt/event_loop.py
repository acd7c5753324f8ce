"""The event loop as our ports: waits without sleeping, and descriptors that wake us."""

import math
from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimerEvent

from sidebar.ports import Cancel


class QtScheduler(QObject):
    """Implements `Scheduler` with bare Qt timers: no QTimer object for each wait."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions: dict[int, Callable[[], None]] = {}

    def call_later(self, delay: timedelta, action: Callable[[], None]) -> Cancel:
        """Run *action* once; the delay is rounded up to whole milliseconds, never down."""
        milliseconds = max(0, math.ceil(delay / timedelta(milliseconds=1)))
        timer = self.startTimer(milliseconds, Qt.TimerType.PreciseTimer)
        self._actions[timer] = action

        def cancel() -> None:
            if self._actions.pop(timer, None) is not None:
                self.killTimer(timer)

        return cancel

    def timerEvent(self, event: QTimerEvent) -> None:
        timer = event.timerId()
        self.killTimer(timer)
        action = self._actions.pop(timer, None)
        if action is not None:
            action()


class QtReadiness(QObject):
    """Implements `Readiness` with socket notifiers on the GUI thread."""

    def watch(self, descriptor: int, action: Callable[[], object]) -> Cancel:
        """Run *action* whenever *descriptor* can be read, until taken back."""
        notifier = QSocketNotifier(descriptor, QSocketNotifier.Type.Read, self)
        # what takes no arguments is not handed any: a third less from the event to us
        notifier.activated.connect(lambda: action())

        def cancel() -> None:
            notifier.setEnabled(False)
            notifier.deleteLater()

        return cancel
