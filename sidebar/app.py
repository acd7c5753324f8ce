"""The process: one sidebar for one home folder, painted first and filled afterwards.

The start, in order:

1. the screen is looked for, the home folder made and locked; crashes are reported from here on;
2. the window in its colours, with nothing on it: first paint;
3. logs, settings, the desktop's adapters, and the hotkeys: a press is answered from here on, if
   a moment later;
4. `program` is imported and begins.

Each step imports what it needs itself, as imports are most of what a start takes. The end is the
reverse: the program ends, the desktop's connection is closed, the lock is given back.
"""

import gc
import logging
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from sidebar import logs, platforms
from sidebar.domain.lean import dataclass
from sidebar.errors import UserError
from sidebar.paths import Home
from sidebar.qt.instance import OnlyInstance
from sidebar.storage.theme_setting import theme_named_in
from sidebar.ui.theme import ThemeChoice
from sidebar.ui.window import SidebarWindow

if TYPE_CHECKING:
    from sidebar.ports import Platform

_UNSEEN = 500
"""Milliseconds after which the rest is begun though nobody sees the window (on another desktop, say)."""
_SETTLED = 3000
"""Milliseconds after the beginning by which the agent has seen all there is, and all that could wait is
there: the rules of wording, the tray, the bridge."""


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
    platforms.share_one_heap()
    platforms.demand_a_screen(desktop)
    start.home.ensure()
    lock = OnlyInstance(start.home.root / "sidebar.lock")
    lock.take()
    with ExitStack() as ending:
        ending.callback(lock.release)
        ending.callback(logs.report_crashes(start.home.logs))
        return _run(start, desktop, ending)


def _run(start: Start, desktop: str, ending: ExitStack) -> int:
    application = QApplication(sys.argv[:1])
    application.setApplicationName("shop-sidebar")
    application.setQuitOnLastWindowClosed(False)
    window = SidebarWindow()
    named = theme_named_in(start.home.settings)
    window.use_theme(ThemeChoice(named) if named in set(ThemeChoice) else ThemeChoice.SYSTEM)
    window.quit_requested.connect(application.quit)
    trouble: list[UserError] = []
    asked_to_end: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):  # until `ended_by_signals` hears of them
        signal.signal(number, lambda number, _: asked_to_end.append(number))

    def begin() -> None:
        window.first_painted.disconnect(soon)
        try:
            platform = _begin(start, desktop, window, ending)
            QTimer.singleShot(_SETTLED, partial(_settle, platform.give_back))
            if asked_to_end:
                application.quit()
        except UserError as error:
            trouble.append(error)
            application.exit(1)
        except BaseException:  # told by the crash report; half a sidebar would be worse than none
            application.exit(1)
            raise

    beginning = QTimer(singleShot=True, interval=_UNSEEN)
    beginning.timeout.connect(begin)
    soon = partial(beginning.start, 0)
    window.first_painted.connect(soon)
    window.show()
    beginning.start()
    status = application.exec()
    ending.close()
    if trouble:
        raise trouble[0]
    return status


def _settle(give_back: Callable[[], None]) -> None:
    """Put the garbage collector to work again, but not on what will stay until the end anyway."""
    gc.collect()
    gc.freeze()
    gc.enable()
    give_back()


def _begin(start: Start, desktop: str, window: SidebarWindow, ending: ExitStack) -> "Platform":
    """What follows the first paint, on the desktop's adapters, which are returned; raises UserError."""
    from sidebar.ports import Capability
    from sidebar.qt.event_loop import QtReadiness, QtScheduler
    from sidebar.services.shortcuts import Shortcuts
    from sidebar.storage.settings_file import load_settings

    ending.callback(logs.start(start.home.logs, level=start.log_level))
    loaded = load_settings(start.home.settings)
    scheduler = QtScheduler(window)
    platform = platforms.load(desktop, readiness=QtReadiness(window), scheduler=scheduler)
    ending.callback(platform.close)
    able = Capability.GLOBAL_HOTKEYS in platform.capabilities
    hooked = platform.hooked() if platform.hooked and loaded.settings.hooked_hotkeys else None
    shortcuts = Shortcuts(platform.hotkeys if able else None, loaded.settings.hotkeys, hooked=hooked)

    from sidebar.program import Program
    from sidebar.qt.signals import ended_by_signals

    ending.enter_context(ended_by_signals(QApplication.quit))
    program = Program(
        home=start.home,
        client=start.client,
        loaded=loaded,
        platform=platform,
        shortcuts=shortcuts,
        scheduler=scheduler,
        window=window,
    )
    ending.callback(program.end)
    program.begin()
    return platform
