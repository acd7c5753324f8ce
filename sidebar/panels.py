"""The panels that the menu opens, put together when they are opened and not before."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sidebar import paths
from sidebar.domain.chat_clients import ClientProfile
from sidebar.domain.findings import Finding
from sidebar.domain.identifiers import ClientName, ConversationId
from sidebar.domain.insertion import Outcome
from sidebar.domain.lean import dataclass
from sidebar.domain.settings import Settings
from sidebar.errors import UserError
from sidebar.new_ids import new_id
from sidebar.paths import Home
from sidebar.ports import Capability, Platform, Scheduler
from sidebar.qt.tasks import Tasks
from sidebar.services.client_trial import ClientTrial
from sidebar.services.following import ChatFollower
from sidebar.services.health import Health
from sidebar.services.inserting import Inserter
from sidebar.services.shortcuts import Shortcuts
from sidebar.storage.client_writing import save_client
from sidebar.storage.soundness import disk_room, history_soundness
from sidebar.system_time import SystemClock, local_zone
from sidebar.ui.client_wizard import ClientWizard
from sidebar.ui.health_panel import HealthPanel
from sidebar.ui.health_presenter import HealthPresenter
from sidebar.ui.trial_presenter import TrialPresenter
from sidebar.ui.window import SidebarWindow

if TYPE_CHECKING:  # the other panels do without
    from sidebar.domain.element_rules import ElementRule
    from sidebar.services.importing import Importing
    from sidebar.services.pointing import Pointing


@dataclass(frozen=True, slots=True, kw_only=True)
class Panels:
    """What the panels are made of. `last` is how the last insertion ended, None where it succeeded; `hears`
    tells whether it is heard who writes in a conversation; `can_insert` hears whether anything can be
    inserted; `name_by_elements` has the buyers read from what was pointed at; `fail` hears what a task
    could not do.
    """

    home: Home
    settings: Settings
    window: SidebarWindow
    platform: Platform
    scheduler: Scheduler
    shortcuts: Shortcuts
    follower: ChatFollower
    inserter: Inserter
    tasks: Tasks
    last: Callable[[], Outcome | None]
    notifies: Callable[[], bool]
    hears: Callable[[ConversationId], bool]
    can_insert: Callable[[bool], None]
    name_by_elements: Callable[[], None]
    fail: Callable[[UserError], None]

    def test_client(self) -> None:
        """Open the test of a chat client."""
        wizard = ClientWizard(self.window)
        activate = self.platform.windows.activate
        TrialPresenter(wizard, begin=self._trial, follower=self.follower, activate=activate)
        wizard.pointing_requested.connect(self.window.pointing_requested)
        self.window.open_panel(wizard)

    def point_at_the_buyer(self) -> None:
        """Open the pointing at the element that holds the buyer's name."""
        from sidebar.ui.pointing_panel import PointingPanel
        from sidebar.ui.pointing_presenter import PointingPresenter

        panel = PointingPanel(self.window)
        able = Capability.GLOBAL_HOTKEYS in self.platform.capabilities
        PointingPresenter(
            panel,
            begin=self._pointing,
            hotkeys=self.platform.hotkeys if able else None,
            watch=self.follower.watch,
        )
        panel.trial_requested.connect(self.window.client_trial_requested)
        self.window.open_panel(panel)

    def check_health(self) -> None:
        """Open the health panel; everything is tested at once."""
        panel = HealthPanel(self.window)
        HealthPresenter(panel, begin=self._health, can_insert=self.can_insert)
        self.window.open_panel(panel)

    def import_phrases(self) -> None:
        """Open the import panel; what it takes to read other programs' files is imported only now."""
        from sidebar.ui.import_panel import ImportPanel
        from sidebar.ui.import_presenter import ImportPresenter

        panel = ImportPanel(self.window)
        ImportPresenter(panel, begin=self._importing)
        self.window.open_panel(panel)

    def _importing(self, progress: Callable[[int, int], None], changed: Callable[[], None]) -> "Importing":
        from sidebar import exchanging
        from sidebar.services.importing import Importing

        return Importing(
            read=partial(exchanging.plan_import, self.home),
            write=partial(exchanging.bring_in, self.home),
            undo=partial(exchanging.take_back, self.home),
            undoable=partial(exchanging.can_take_back, self.home),
            run=self.tasks.run,
            progress=progress,
            changed=changed,
        )

    def _trial(self, changed: Callable[[], None]) -> ClientTrial:
        return ClientTrial(
            all_windows=self.platform.windows.all,
            front=self.platform.windows.active,
            profiles=self.follower.profiles,
            insert=self.inserter.insert,
            new_id=new_id,
            today=SystemClock().now().astimezone(local_zone()).date(),
            save=lambda profile: save_client(self.home.clients, profile).name,
            take=self._know,
            changed=changed,
        )

    def _pointing(self, changed: Callable[[], None]) -> "Pointing":
        from sidebar.services.pointing import Pointing
        from sidebar.storage.pointed_rules import save_rule

        shipped = [paths.resources() / "clients"]
        return Pointing(
            elements=self.platform.elements,
            chat=lambda: self.follower.chat,
            frame=self.platform.windows.frame,
            save=lambda name, rule: save_rule(self.home.clients, name, rule, shipped=shipped).name,
            take=self._know_element,
            changed=changed,
        )

    def _know_element(self, name: ClientName, rule: "ElementRule") -> None:
        """Read the buyers of that client from the element *rule* names, from now on."""
        profiles = self.follower.profiles
        self.name_by_elements()
        self.follower.use([replace(p, pointed=rule) if p.name == name else p for p in profiles])

    def _know(self, profile: ClientProfile) -> None:
        """Know the client of *profile* from now on, before all others, as the agent's settings want it."""
        others = (each for each in self.follower.profiles if each.name != profile.name)
        self.follower.use((self.settings.applied(profile), *others))

    def _health(self, changed: Callable[[], None]) -> Health:
        return Health(
            platform=self.platform,
            scheduler=self.scheduler,
            held=self.shortcuts.held.values(),
            refused=self.shortcuts.refused,
            chat=lambda: self.follower.chat,
            last=self.last,
            idle=lambda: self.inserter.idle,
            hears=self.hears,
            notifies=self.notifies,
            inspect=self._inspect,
            changed=changed,
        )

    def _inspect(self, tell: Callable[[Finding], None]) -> None:
        """Look at disk and history off the GUI thread; *tell* hears of each on it."""
        for look in (partial(disk_room, self.home.root), partial(history_soundness, self.home.history)):
            self.tasks.run(look, done=tell, failed=self.fail)
