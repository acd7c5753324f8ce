"""What every part of the program is put together from, and what belongs to none of them alone."""

from contextlib import ExitStack

from sidebar.domain.settings import Settings
from sidebar.paths import Home
from sidebar.ports import Platform, Scheduler
from sidebar.qt.tasks import Tasks
from sidebar.services.complaints import Complaints
from sidebar.services.notices import Notices
from sidebar.ui.window import SidebarWindow


class Surroundings:
    """The home folder, the settings, the desktop's adapters, the window, and how the agent is told.

    `client` is the chat client wanted alone, '' for every one we know; `ending` holds what is undone
    at the end, the last first.
    """

    def __init__(
        self,
        *,
        home: Home,
        client: str,
        settings: Settings,
        platform: Platform,
        scheduler: Scheduler,
        window: SidebarWindow,
    ) -> None:
        self.home = home
        self.client = client
        self.settings = settings
        self.platform = platform
        self.scheduler = scheduler
        self.window = window
        self.tasks = Tasks()
        self.notices = Notices(show=window.show_notice)
        self.complaints = Complaints(self.notices)
        self.ending = ExitStack()
