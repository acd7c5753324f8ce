"""The composition root: the only module that names concrete classes.

The beginning, in order: the history is folded into the state, the window filled, the packs read,
the chat client looked for, the first views shown; the clocks run and hotkeys are answered.

The end is the reverse: tasks finish within bounds, the user's clipboard is given back, what could
not be stored is kept, the database is closed.
"""

import random
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from sidebar import paths
from sidebar.acts import answer_hotkeys
from sidebar.choices import let_be_chosen
from sidebar.companions import (
    fill_tray,
    hear_keys,
    look_for_tray,
    offer_editing,
    open_bridge_soon,
    read_lists_soon,
    tell_of_permission,
)
from sidebar.domain.conversations import Thresholds
from sidebar.domain.settings import Language
from sidebar.errors import HistoryError
from sidebar.living import LivingPacks
from sidebar.new_ids import new_id
from sidebar.paths import Home
from sidebar.ports import Capability, Enclosures, Platform, Scheduler
from sidebar.provisions import chat_clients, proofreader, system_language
from sidebar.qt.notifier import TrayNotifier
from sidebar.qt.own_clipboard import adopt
from sidebar.qt.tasks import Tasks
from sidebar.services.board import Board
from sidebar.services.complaints import Complaints
from sidebar.services.desk import Desk
from sidebar.services.following import ChatFollower
from sidebar.services.inserting import Inserter
from sidebar.services.journal import Journal
from sidebar.services.library import Library
from sidebar.services.notices import Notices
from sidebar.services.phrasing import Agent, Phrasing
from sidebar.services.rebuilding import rebuild
from sidebar.services.reminding import Reminders
from sidebar.services.shift_log import ShiftLog
from sidebar.services.shortcuts import Shortcuts
from sidebar.services.stamping import Stamp
from sidebar.services.views import (
    Exported,
    Failure,
    HistoryTrouble,
    InsertionNotice,
)
from sidebar.services.wordings import Wordings
from sidebar.storage.field_memory import FileFieldMemory
from sidebar.storage.history import SqliteHistory
from sidebar.storage.readings import load_readings
from sidebar.storage.settings_file import LoadedSettings
from sidebar.storage.unsaved import keep, take_back
from sidebar.system_time import SystemClock, local_zone
from sidebar.ui import troubles, wording
from sidebar.ui.alerts import Alerts
from sidebar.ui.presenter import Presenter
from sidebar.ui.theme import ThemeChoice
from sidebar.ui.window import SidebarWindow

if TYPE_CHECKING:  # most phrases have no fields
    from sidebar.services.filling_in import FillingIn


class Program:
    """The sidebar's parts, put together; `begin` after the first paint, `end` when the loop has ended."""

    def __init__(
        self,
        *,
        home: Home,
        client: str,
        loaded: LoadedSettings,
        platform: Platform,
        shortcuts: Shortcuts,
        scheduler: Scheduler,
        window: SidebarWindow,
    ) -> None:
        wanted = loaded.settings.language
        wording.use(system_language() if wanted is Language.AUTO else str(wanted))
        self._home = home
        self._client = client
        self._settings = loaded.settings
        self._window = window
        self._platform = platform
        self._shortcuts = shortcuts
        self._scheduler = scheduler
        self._tasks = Tasks()
        self._notices = Notices(show=window.show_notice)
        self._complaints = Complaints(self._notices)
        self._complaints.note("settings", map(troubles.setting, loaded.problems))
        self._last: InsertionNotice | None = None
        self._allow_insertion: Callable[[bool], None] = _nobody_minds
        self._ending = ExitStack()

    def begin(self) -> None:
        """Bring back the state, fill the window, let the clocks run; raises UserError."""
        history = SqliteHistory(self._home.history)
        self._ending.callback(history.close)
        take_back(self._home.unsaved, history)
        journal = Journal(history=history, scheduler=self._scheduler, on_trouble=self._tell_trouble)
        self._ending.callback(journal.finish, partial(keep, self._home.unsaved))
        board = Board(
            thresholds=Thresholds(warn=self._settings.clock.warn, breach=self._settings.clock.breach),
            recall=journal.conversation,
        )
        readings = load_readings(paths.resources() / "pinyin.txt")
        library = Library(readings=readings, conversation=board.get)
        reminders = Reminders(lead=self._settings.clock.followup_lead)
        shifts = ShiftLog()
        board.watch(shifts)
        wordings = Wordings(pick=random.randrange)
        # what is used is counted for the stage it was used in, before the board goes on to the next
        folds = (library, board, reminders, shifts, wordings)
        rebuild(history.events(), folds)
        for fold in folds:
            journal.listen(fold.follow)
        journal.listen(self._notices.follow)
        self._window.use_theme(ThemeChoice(self._settings.theme))
        self._window.fill()
        self._join(journal, board, library, wordings, reminders, shifts)

    def end(self) -> None:
        """Undo what `begin` did, the last first; raises UserError for what could not be kept."""
        with self._ending:
            self._tasks.finish()

    def _join(
        self,
        journal: Journal,
        board: Board,
        library: Library,
        wordings: Wordings,
        reminders: Reminders,
        shifts: ShiftLog,
    ) -> None:
        settings, platform, window = self._settings, self._platform, self._window
        stamp = Stamp(clock=SystemClock(), zone=local_zone(), new_id=new_id)
        profiles = chat_clients(self._home, settings, wanted=self._client, complaints=self._complaints)
        follower = ChatFollower(windows=platform.windows, boxes=platform.boxes, profiles=profiles)
        inserter = Inserter(
            scheduler=self._scheduler,
            windows=platform.windows,
            keys=platform.keys,
            clipboard=platform.clipboard,
            boxes=platform.boxes,
            when_active=follower.when_active,
            customer_of=follower.customer_of,
            elevated=platform.elevated,
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
            can_insert=_inserts(platform.capabilities),
        )
        platform.when_changed(lambda able: setattr(desk, "can_insert", _inserts(able)))
        phrasing = Phrasing(
            stamp=stamp,
            journal=journal,
            board=board,
            library=library,
            follower=follower,
            inserter=inserter,
            clipboard=platform.clipboard,
            proofreader=proofreader(
                self._home,
                complaints=self._complaints,
                notices=self._notices,
                tasks=self._tasks,
                scheduler=self._scheduler,
            ),
            wordings=wordings,
            memory=FileFieldMemory(self._home.field_values),
            enclosures=self._enclosures,
            agent=Agent(name=settings.agent, number=settings.agent_number),
            tell=self._tell_insertion,
            ask=self._ask_fields,
        )
        notifier = TrayNotifier(sounds=self._settings.sound)
        alerts = Alerts(
            window=window,
            board=board,
            desk=desk,
            phrasing=phrasing,
            library=library,
            follower=follower,
            windows=platform.windows,
            notices=self._notices,
            notifier=notifier,
            clock=settings.clock,
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
            notifier=notifier,
            side=settings.side,
            export=self._export,
            tell=self._notices.tell,
            adopt_clipboard=lambda: _adopt(inserter, platform),
            alerts=alerts,
        )
        self._window.notice_dismissed.connect(self._notices.dismiss)
        let_be_chosen(window, presenter, settings, file=self._home.settings, notices=self._notices)
        journal.listen(presenter.follow)
        if settings.bridge:
            at_the_end = self._ending.callback
            open_bridge_soon(self._home, journal=journal, scheduler=self._scheduler, at_the_end=at_the_end)
        follower.listen(presenter)
        packs = LivingPacks(
            home=self._home,
            settings=settings,
            language=wording.language(),
            library=library,
            notices=self._notices,
            complaints=self._complaints,
            background=self._tasks,
            scheduler=self._scheduler,
        )
        packs.begin()
        if Capability.TRACK_WINDOW not in platform.capabilities:
            self._notices.tell(Failure(sentence=troubles.unseen_windows()))
        follower.begin()
        presenter.begin()
        read_lists_soon(platform, follower, stamp, journal, board, scheduler=self._scheduler)
        packs.show_changes(presenter.refresh)
        window.offer_merging(lambda: bool(packs.copies))
        window.merge_requested.connect(partial(packs.merge_copies, window))
        offer_editing(
            self._home,
            settings,
            window,
            language=wording.language(),
            library=library,
            phrasing=phrasing,
            follower=follower,
            notices=self._notices,
            background=self._tasks,
            scheduler=self._scheduler,
            applied=packs.look,
        )
        hookable = platform.hooked is not None
        answer_hotkeys(
            self._shortcuts, presenter, desk, alerts, window=window, notices=self._notices, hookable=hookable
        )
        hear_keys(
            platform, settings, library=library, follower=follower, phrasing=phrasing, notices=self._notices
        )
        tray = partial(
            fill_tray,
            window,
            notifier=notifier,
            presenter=presenter,
            alerts=alerts,
            desk=desk,
            shifts=shifts,
            at_the_end=self._ending.callback,
        )
        look_for_tray(tray, scheduler=self._scheduler)
        tell_of_permission(platform, self._notices)
        self._allow_insertion = partial(_show_able, desk, presenter)
        open_panel = partial(self._open_panel, follower, inserter, notifier)
        window.client_trial_requested.connect(partial(open_panel, "test_client"))
        window.health_requested.connect(partial(open_panel, "check_health"))
        window.import_requested.connect(partial(open_panel, "import_phrases"))

    def _open_panel(
        self, follower: ChatFollower, inserter: Inserter, notifier: TrayNotifier, which: str
    ) -> None:
        """Open a panel in the phrases' place; all that belongs to them is imported only now."""
        from sidebar.panels import Panels

        panels = Panels(
            home=self._home,
            settings=self._settings,
            window=self._window,
            platform=self._platform,
            scheduler=self._scheduler,
            shortcuts=self._shortcuts,
            follower=follower,
            inserter=inserter,
            tasks=self._tasks,
            last=lambda: None if self._last is None else self._last.outcome,
            notifies=lambda: notifier.seen,
            can_insert=self._allow_insertion,
            fail=lambda error: self._notices.tell(Failure(sentence=troubles.sentence(error))),
        )
        {
            "test_client": panels.test_client,
            "check_health": panels.check_health,
            "import_phrases": panels.import_phrases,
        }[which]()

    def _enclosures(self) -> Enclosures:
        """What reads pictures and files for the few phrases that have some."""
        from sidebar.qt.enclosing import FileEnclosures

        return FileEnclosures(self._tasks, dibs=self._platform.name == "windows")

    def _ask_fields(self, filling: "FillingIn") -> None:
        """Show the fields of a phrase in the phrases' place."""
        from sidebar.ui.fields_panel import FieldsPanel

        self._window.show()
        self._window.set_collapsed(False)
        self._window.open_panel(FieldsPanel(filling, self._window))

    def _export(self, format: str) -> None:
        """Write the running or last shift's summary into the exports folder, off the GUI thread."""
        from sidebar.reports import export_shift  # no start needs it

        zone = local_zone()
        language = wording.language()
        self._tasks.run(
            lambda: export_shift(self._home, format=format, zone=zone, language=language),
            done=lambda path: self._notices.tell(Exported(path=str(path))),
            failed=lambda error: self._notices.tell(Failure(sentence=troubles.sentence(error))),
        )

    def _tell_trouble(self, error: HistoryError | None) -> None:
        if error is None:
            self._notices.withdraw(HistoryTrouble)
        else:
            self._notices.tell(HistoryTrouble(sentence=troubles.history(error.fault)))

    def _tell_insertion(self, notice: InsertionNotice | None) -> None:
        self._last = notice
        if notice is None:
            self._allow_insertion(True)
            self._notices.withdraw(InsertionNotice)
        else:
            self._notices.tell(notice)


def _inserts(able: Capability) -> bool:
    return bool(able & (Capability.SEND_KEYS | Capability.ACCESSIBILITY))


def _adopt(inserter: Inserter, platform: Platform) -> None:
    """Before a line of ours has the keyboard: the user's clipboard back, then into Qt's hands."""
    inserter.give_back()
    adopt(platform.clipboard.held())


def _nobody_minds(_able: bool) -> None:
    """Before anything is joined nothing is inserted."""


def _show_able(desk: Desk, presenter: Presenter, able: bool) -> None:
    """Let the header say at once whether anything can be inserted."""
    if desk.can_insert is not able:
        desk.can_insert = able
        presenter.refresh()
