"""The process: one sidebar for one home folder, painted first and filled afterwards.

The start, in order:

1. the screen is looked for, the home folder made and locked, logs and crash reports begun;
2. Qt, the settings, and the window in their colours: first paint;
3. `program` is imported and begins.

Whatever the first paint can do without is imported after it. The end is the reverse: the program
ends, then the loop, the logs, and the lock is given back.
"""

import logging
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from sidebar import logs, platforms
from sidebar.errors import UserError
from sidebar.paths import Home
from sidebar.qt.event_loop import QtReadiness
from sidebar.qt.instance import OnlyInstance
from sidebar.storage.settings_file import load_settings
from sidebar.ui import theme
from sidebar.ui.window import SidebarWindow


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """How the sidebar is started; `client` is '' for every client we know."""

    home: Home
    platform: str = "auto"
    client: str = ""
    log_level: int = logging.INFO


def run(start: Start) -> int:
    """Run the sidebar until it is quit; raises UserError for what the user can mend."""
    desktop = platforms.detect() if start.platform == "auto" else start.platform
    platforms.demand_a_screen(desktop)
    start.home.ensure()
    lock = OnlyInstance(start.home.root / "sidebar.lock")
    lock.take()
    stop_logging = logs.start(start.home.logs, level=start.log_level)
    stop_reporting = logs.report_crashes(start.home.logs)
    try:
        return _run(start, desktop)
    finally:
        stop_reporting()
        stop_logging()
        lock.release()


def _run(start: Start, desktop: str) -> int:
    application = QApplication(sys.argv[:1])
    application.setApplicationName("shop-sidebar")
    application.setQuitOnLastWindowClosed(False)
    settings = load_settings(start.home.settings)
    window = SidebarWindow()
    window.use_theme(theme.CHOICES[settings.settings.theme])
    window.quit_requested.connect(application.quit)
    window.show()
    trouble: list[UserError] = []
    with ExitStack() as ending:

        def begin() -> None:
            # not sooner: it takes longer than everything up to the first paint
            from sidebar.program import Program

            program = Program(
                home=start.home, client=start.client, desktop=desktop, loaded=settings, window=window
            )
            ending.callback(program.end)
            try:
                program.begin()
            except UserError as error:
                trouble.append(error)
                application.exit(1)

        QTimer.singleShot(0, begin)
        with _ended_by_signals(application.quit):
            status = application.exec()
    if trouble:
        raise trouble[0]
    return status


@contextmanager
def _ended_by_signals(quit: Callable[[], None]) -> Iterator[None]:
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
