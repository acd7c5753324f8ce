"""The composition root: with the modules it puts together, the only one that names concrete classes.

The beginning, in order: the history is folded into the state (`records`), the window filled, the
services set to work (`engine`), the first views shown, the packs read, the hotkeys answered; what
can wait (`companions`) comes a moment later.

The end is the reverse: tasks finish within bounds, the user's clipboard is given back, what could
not be stored is kept, the database is closed.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sidebar import companions
from sidebar.acts import answer_hotkeys
from sidebar.choices import let_be_chosen
from sidebar.domain.settings import Language
from sidebar.engine import Engine
from sidebar.errors import HistoryError
from sidebar.living import LivingPacks
from sidebar.paths import Home
from sidebar.ports import Capability, Platform, Scheduler
from sidebar.provisions import system_language
from sidebar.qt.notifier import TrayNotifier
from sidebar.qt.own_clipboard import adopt
from sidebar.records import Records
from sidebar.services.desk import Desk
from sidebar.services.shortcuts import Shortcuts
from sidebar.services.views import Exported, Failure, HistoryTrouble, InsertionNotice
from sidebar.storage.settings_file import LoadedSettings
from sidebar.surroundings import Surroundings
from sidebar.system_time import SystemClock, local_zone
from sidebar.ui import troubles, wording
from sidebar.ui.alerts import Alerts
from sidebar.ui.docked import DockedWindow
from sidebar.ui.presenter import Presenter
from sidebar.ui.theme import ThemeChoice
from sidebar.ui.window import SidebarWindow

if TYPE_CHECKING:  # few open a panel every day
    from sidebar.panels import Panels


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
        self._around = Surroundings(
            home=home,
            client=client,
            settings=loaded.settings,
            platform=platform,
            scheduler=scheduler,
            window=window,
        )
        self._notices = self._around.notices
        self._around.complaints.note("settings", map(troubles.setting, loaded.problems))
        self._shortcuts = shortcuts
        self._notifier = TrayNotifier(sounds=loaded.settings.sound)
        self._last: InsertionNotice | None = None
        self._allow_insertion: Callable[[bool], None] = _nobody_minds

    def begin(self) -> None:
        """Bring back the state, fill the window, let the clocks run; raises UserError."""
        around, window = self._around, self._around.window
        records = Records(around, on_trouble=self._tell_trouble)
        window.use_theme(ThemeChoice(around.settings.theme))
        window.fill()
        engine = Engine(around, records, tell=self._tell_insertion)
        alerts = self._alerts(records, engine)
        presenter = self._presenter(records, engine, alerts)
        self._listen(records, engine, presenter, alerts)
        packs = self._packs(records)
        packs.begin()
        if Capability.TRACK_WINDOW not in around.platform.capabilities:
            self._notices.tell(Failure(sentence=troubles.unseen_windows()))
        engine.follower.begin()
        presenter.begin()
        packs.show_changes(presenter.refresh)
        self._answer(engine, presenter, alerts)
        self._accompany(records, engine, presenter, packs)
        self._allow_insertion = partial(_show_able, engine.desk, presenter)

    def end(self) -> None:
        """Undo what `begin` did, the last first; raises UserError for what could not be kept."""
        with self._around.ending:
            self._around.tasks.finish()

    def _alerts(self, records: Records, engine: Engine) -> Alerts:
        around = self._around
        return Alerts(
            window=around.window,
            board=records.board,
            sleeps=records.sleeps,
            desk=engine.desk,
            phrasing=engine.phrasing,
            library=records.library,
            follower=engine.follower,
            windows=around.platform.windows,
            notices=around.notices,
            notifier=self._notifier,
            clock=around.settings.clock,
        )

    def _presenter(self, records: Records, engine: Engine, alerts: Alerts) -> Presenter:
        around = self._around
        return Presenter(
            window=around.window,
            desk=engine.desk,
            phrasing=engine.phrasing,
            board=records.board,
            reminders=records.reminders,
            shifts=records.shifts,
            docked=self._docked(engine),
            clock=SystemClock(),
            scheduler=around.scheduler,
            notifier=self._notifier,
            export=self._export,
            tell=around.notices.tell,
            adopt_clipboard=partial(_adopt, engine, around.platform),
            alerts=alerts,
        )

    def _docked(self, engine: Engine) -> DockedWindow:
        around = self._around
        return DockedWindow(
            around.window,
            windows=around.platform.windows,
            follower=engine.follower,
            side=around.settings.side,
        )

    def _packs(self, records: Records) -> LivingPacks:
        around = self._around
        packs = LivingPacks(
            home=around.home,
            settings=around.settings,
            language=wording.language(),
            library=records.library,
            notices=around.notices,
            complaints=around.complaints,
            background=around.tasks,
            scheduler=around.scheduler,
        )
        around.window.offer_merging(lambda: bool(packs.copies))
        around.window.merge_requested.connect(partial(packs.merge_copies, around.window))
        return packs

    def _listen(self, records: Records, engine: Engine, presenter: Presenter, alerts: Alerts) -> None:
        """Let the window hear of what happens, and us of what is chosen in it."""
        around = self._around
        around.window.notice_dismissed.connect(around.notices.dismiss)
        let_be_chosen(
            around.window,
            presenter,
            alerts,
            around.settings,
            file=around.home.settings,
            notices=around.notices,
        )
        soon = partial(around.scheduler.call_later, timedelta(0), records.library.make_ready)
        around.window.search_opened.connect(soon)
        records.journal.listen(presenter.follow)
        engine.follower.listen(presenter)

    def _answer(self, engine: Engine, presenter: Presenter, alerts: Alerts) -> None:
        """Do what the hotkeys and the menu ask for from now on."""
        around, window = self._around, self._around.window
        answer_hotkeys(
            self._shortcuts,
            presenter,
            engine.desk,
            alerts,
            window=window,
            notices=around.notices,
            hookable=around.platform.hooked is not None,
        )
        window.client_trial_requested.connect(lambda: self._panels(engine).test_client())
        window.pointing_requested.connect(lambda: self._panels(engine).point_at_the_buyer())
        window.health_requested.connect(lambda: self._panels(engine).check_health())
        window.import_requested.connect(lambda: self._panels(engine).import_phrases())

    def _accompany(self, records: Records, engine: Engine, presenter: Presenter, packs: LivingPacks) -> None:
        """Have beside the window what the desktop and the settings allow, each at its time."""
        around = self._around
        companions.open_bridge_soon(around, records)
        companions.read_lists_soon(around, records, engine)
        companions.name_buyers_soon(around, engine)
        companions.keep_state_soon(around)
        companions.offer_editing(around, records, engine, applied=packs.look)
        companions.hear_keys(around, records, engine)
        fill = partial(companions.fill_tray, around, records, engine, presenter, notifier=self._notifier)
        companions.look_for_tray(fill, scheduler=around.scheduler)
        companions.tell_of_permission(around.platform, around.notices)

    def _panels(self, engine: Engine) -> "Panels":
        """What the menu opens in the phrases' place; all that belongs to it is imported only now."""
        from sidebar.panels import Panels

        around = self._around
        return Panels(
            home=around.home,
            settings=around.settings,
            window=around.window,
            platform=around.platform,
            scheduler=around.scheduler,
            shortcuts=self._shortcuts,
            follower=engine.follower,
            inserter=engine.inserter,
            tasks=around.tasks,
            last=lambda: None if self._last is None else self._last.outcome,
            notifies=lambda: self._notifier.seen,
            hears=lambda conversation: engine.desk.hears(conversation),
            can_insert=self._allow_insertion,
            name_by_elements=engine.name_by_elements,
            fail=lambda error: self._notices.tell(Failure(sentence=troubles.sentence(error))),
        )

    def _export(self, format: str) -> None:
        """Write the running or last shift's summary into the exports folder, off the GUI thread."""
        from sidebar.reports import export_shift  # no start needs it

        home, zone, language = self._around.home, local_zone(), wording.language()
        self._around.tasks.run(
            lambda: export_shift(home, format=format, zone=zone, language=language),
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


def _adopt(engine: Engine, platform: Platform) -> None:
    """Before a line of ours has the keyboard: the user's clipboard back, then into Qt's hands."""
    engine.inserter.give_back()
    adopt(platform.clipboard.held())


def _nobody_minds(_able: bool) -> None:
    """Before anything is joined nothing is inserted."""


def _show_able(desk: Desk, presenter: Presenter, able: bool) -> None:
    """Let the header say at once whether anything can be inserted."""
    if desk.can_insert is not able:
        desk.can_insert = able
        presenter.refresh()
