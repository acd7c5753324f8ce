"""The composition root: the only module that names concrete classes.

The start, in order:

1. the home folder, its lock, logs and crash reports;
2. Qt, settings, words and colours, and the empty window: first paint;
3. one turn of the loop later the history is folded into the board, the packs are read and the
   desktop's adapters made;
4. hotkeys are taken, the chat client is looked for, and the clocks run.

The end is the reverse: hotkeys and ticks stop, tasks finish within bounds, the user's clipboard
is given back, the desktop's connection and then the database are closed.
"""

import logging
import signal
import socket
import sys
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication

from sidebar import logs, paths, platforms
from sidebar.domain.chat_clients import ClientProfile
from sidebar.domain.conversations import Thresholds
from sidebar.domain.docking import Side
from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.settings import Language, Settings, Theme
from sidebar.errors import HistoryError, UserError
from sidebar.paths import Home
from sidebar.ports import Capability, Platform
from sidebar.qt.event_loop import QtReadiness, QtScheduler
from sidebar.qt.instance import OnlyInstance
from sidebar.qt.notifier import TrayNotifier
from sidebar.qt.own_clipboard import adopt
from sidebar.qt.tasks import Tasks
from sidebar.reports import export_shift
from sidebar.services.board import Board
from sidebar.services.desk import Desk
from sidebar.services.following import ChatFollower
from sidebar.services.inserting import Inserter
from sidebar.services.journal import Journal
from sidebar.services.library import Library
from sidebar.services.notices import Notices
from sidebar.services.phrasing import Agent, Phrasing
from sidebar.services.preferences import Preferences
from sidebar.services.reminding import Reminders
from sidebar.services.shift_log import ShiftLog
from sidebar.services.stamping import Stamp
from sidebar.services.views import (
    BrokenFiles,
    Exported,
    Failure,
    HistoryTrouble,
    InsertionNotice,
    TakenHotkeys,
)
from sidebar.shelf import packs_at_hand
from sidebar.storage.client_files import load_clients
from sidebar.storage.history import SqliteHistory
from sidebar.storage.readings import load_readings
from sidebar.storage.settings_file import load_settings, save_settings
from sidebar.storage.unsaved import keep, take_back
from sidebar.system_time import SystemClock, local_zone
from sidebar.ui import troubles, wording
from sidebar.ui.presenter import Presenter
from sidebar.ui.theme import ThemeChoice
from sidebar.ui.window import SidebarWindow

log = logging.getLogger(__name__)

_THEMES = {
    Theme.AUTO: ThemeChoice.SYSTEM,
    Theme.LIGHT: ThemeChoice.LIGHT,
    Theme.DARK: ThemeChoice.DARK,
}


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
    loaded = load_settings(start.home.settings)
    settings = loaded.settings
    wording.use(_system_language() if settings.language is Language.AUTO else str(settings.language))
    window = SidebarWindow()
    window.use_theme(_THEMES[settings.theme])
    window.quit_requested.connect(application.quit)
    window.show()
    program = Program(start=start, desktop=desktop, settings=settings, window=window)
    program.complain(map(troubles.setting, loaded.problems))
    trouble: list[UserError] = []

    def begin() -> None:
        try:
            program.begin()
        except UserError as error:
            trouble.append(error)
            application.exit(1)

    QTimer.singleShot(0, begin)
    with _ended_by_signals(application.quit):
        status = application.exec()
    program.end()
    if trouble:
        raise trouble[0]
    return status


def _system_language() -> str:
    """The system's language; a system that names none (`C`) speaks the interface's first."""
    system = QLocale.system()
    return "zh_CN" if system.language() is QLocale.Language.C else system.name()


class Program:
    """The sidebar's parts, put together; `begin` after the first paint, `end` when the loop has ended."""

    def __init__(self, *, start: Start, desktop: str, settings: Settings, window: SidebarWindow) -> None:
        self._start = start
        self._settings = settings
        self._window = window
        self._desktop = desktop
        self._scheduler = QtScheduler()
        self._readiness = QtReadiness()
        self._tasks = Tasks()
        self._notices = Notices(show=window.show_notice)
        self._complaints: list[str] = []
        self._ending = ExitStack()

    def complain(self, sentences: Iterable[str]) -> None:
        """Tell of files that could not be read whole, all of them together once we have begun."""
        self._complaints.extend(sentences)

    def begin(self) -> None:
        """Bring back the state, take the hotkeys, let the clocks run; raises UserError."""
        history = SqliteHistory(self._start.home.history)
        self._ending.callback(history.close)
        take_back(self._start.home.unsaved, history)
        platform = platforms.load(self._desktop, readiness=self._readiness, scheduler=self._scheduler)
        self._ending.callback(platform.close)
        board = Board(
            thresholds=Thresholds(warn=self._settings.clock.warn, breach=self._settings.clock.breach)
        )
        library = Library(readings=load_readings(paths.resources() / "pinyin.txt"))
        reminders, shifts = Reminders(), ShiftLog()
        folds = (board.follow, library.follow, reminders.follow, shifts.follow)
        for event in history.events():
            for fold in folds:
                fold(event)
        journal = Journal(history=history, scheduler=self._scheduler, on_trouble=self._tell_trouble)
        self._ending.callback(journal.finish, partial(keep, self._start.home.unsaved))
        for listener in (*folds, self._notices.follow):
            journal.listen(listener)
        self._join(platform, journal, board, library, reminders, shifts)

    def end(self) -> None:
        """Undo what `begin` did, the last first; raises UserError for what could not be kept."""
        with self._ending:
            self._tasks.finish()

    def _join(
        self,
        platform: Platform,
        journal: Journal,
        board: Board,
        library: Library,
        reminders: Reminders,
        shifts: ShiftLog,
    ) -> None:
        settings, window = self._settings, self._window
        stamp = Stamp(clock=SystemClock(), zone=local_zone(), new_id=lambda: uuid.uuid4().hex)
        follower = ChatFollower(windows=platform.windows, boxes=platform.boxes, profiles=self._profiles())
        inserter = Inserter(
            scheduler=self._scheduler,
            windows=platform.windows,
            keys=platform.keys,
            clipboard=platform.clipboard,
            boxes=platform.boxes,
            when_active=follower.when_active,
            customer_of=follower.customer_of,
            restores_clipboard=settings.restore_clipboard,
        )
        self._ending.callback(inserter.give_back)
        desk = Desk(
            stamp=stamp,
            journal=journal,
            board=board,
            reminders=reminders,
            shifts=shifts,
            follower=follower,
            agent=settings.agent,
            can_insert=bool(platform.capabilities & (Capability.SEND_KEYS | Capability.ACCESSIBILITY)),
        )
        phrasing = Phrasing(
            stamp=stamp,
            journal=journal,
            board=board,
            library=library,
            follower=follower,
            inserter=inserter,
            clipboard=platform.clipboard,
            agent=Agent(name=settings.agent, number=settings.agent_number),
            tell=self._tell_insertion,
        )
        presenter = Presenter(
            window=window,
            desk=desk,
            phrasing=phrasing,
            board=board,
            reminders=reminders,
            shifts=shifts,
            follower=follower,
            windows=platform.windows,
            clock=SystemClock(),
            scheduler=self._scheduler,
            notifier=TrayNotifier(None),
            side=settings.side,
            export=self._export,
            tell=self._notices.tell,
            adopt_clipboard=lambda: _adopt(inserter, platform),
        )
        self._window.notice_dismissed.connect(self._notices.dismiss)
        self._let_be_chosen(presenter)
        journal.listen(presenter.follow)
        follower.listen(presenter)
        self._read_packs(library)
        if Capability.TRACK_WINDOW not in platform.capabilities:
            self._notices.tell(Failure(sentence=troubles.unseen_windows()))
        self._take_hotkeys(platform, presenter, desk)
        follower.begin()
        presenter.begin()

    def _let_be_chosen(self, presenter: Presenter) -> None:
        """What the menu changes holds at once, and for the next start."""
        preferences = Preferences(
            self._settings,
            save=partial(save_settings, self._start.home.settings),
            on_trouble=lambda error: self._notices.tell(Failure(sentence=troubles.sentence(error))),
        )

        def choose_theme(choice: str) -> None:
            self._window.use_theme(ThemeChoice(choice))
            preferences.change(theme=next(t for t, shown in _THEMES.items() if shown == choice))

        def choose_language(language: str) -> None:
            wording.use(language)
            self._window.retranslate()
            presenter.refresh()
            preferences.change(language=Language(language[:2]))

        self._window.theme_requested.connect(choose_theme)
        self._window.language_requested.connect(choose_language)
        self._window.side_requested.connect(lambda side: preferences.change(side=Side(side)))

    def _profiles(self) -> tuple[ClientProfile, ...]:
        loaded = load_clients(
            shipped=[paths.resources() / "clients"],
            own=[self._start.home.clients],
            language=wording.language()[:2],
        )
        self.complain(map(troubles.settings_file, loaded.problems))
        wanted = self._start.client
        profiles = tuple(self._settings.applied(profile) for profile in loaded.profiles)
        chosen = tuple(profile for profile in profiles if not wanted or profile.name == wanted)
        if not chosen:
            names = ", ".join(profile.name for profile in profiles)
            raise UserError(f"There is no chat client {wanted!r}; choose one of {names}.")
        return chosen

    def _read_packs(self, library: Library) -> None:
        loaded = packs_at_hand(self._start.home, self._settings, wording.language())
        library.replace(loaded.packs)
        self.complain(map(troubles.pack, loaded.problems))
        if self._complaints:
            self._notices.tell(BrokenFiles(sentences=tuple(self._complaints)))

    def _take_hotkeys(self, platform: Platform, presenter: Presenter, desk: Desk) -> None:
        """Each key on its own: one that another program has is told, the others live."""
        if Capability.GLOBAL_HOTKEYS not in platform.capabilities:
            return
        keys = self._settings.hotkeys
        wanted: list[tuple[KeyCombo | None, Callable[[], None]]] = [
            (keys.search, presenter.open_search),
            (keys.customer_wrote, desk.customer_wrote),
            (keys.no_reply_needed, desk.no_reply_needed),
            (keys.close, desk.close),
            (keys.hide, presenter.toggle),
        ]
        for number, combo in enumerate(keys.insert, start=1):
            wanted.append((combo, partial(presenter.insert_number, number)))
        taken = [
            combo
            for combo, action in wanted
            if combo is not None and not platform.hotkeys.register(combo, action)
        ]
        if taken:
            self._notices.tell(TakenHotkeys(combos=tuple(taken)))
        if keys.search is not None and keys.search not in taken:
            self._window.set_search_hotkey(str(keys.search))

    def _export(self, format: str) -> None:
        """Write the running or last shift's summary into the exports folder, off the GUI thread."""
        zone = local_zone()
        language = wording.language()
        self._tasks.run(
            lambda: export_shift(self._start.home, format=format, zone=zone, language=language),
            done=lambda path: self._notices.tell(Exported(path=str(path))),
            failed=lambda error: self._notices.tell(Failure(sentence=troubles.sentence(error))),
        )

    def _tell_trouble(self, error: HistoryError | None) -> None:
        if error is None:
            self._notices.withdraw(HistoryTrouble)
        else:
            self._notices.tell(HistoryTrouble(sentence=troubles.history(error.fault)))

    def _tell_insertion(self, notice: InsertionNotice | None) -> None:
        if notice is None:
            self._notices.withdraw(InsertionNotice)
        else:
            self._notices.tell(notice)


def _adopt(inserter: Inserter, platform: Platform) -> None:
    """Before a line of ours has the keyboard: the user's clipboard back, then into Qt's hands."""
    inserter.give_back()
    adopt(platform.clipboard.held())


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
