"""A shop on fakes whose window is the real one."""

from datetime import timedelta

from sidebar.domain.docking import Side
from sidebar.domain.settings import ClockSettings
from sidebar.services.notices import Notices
from sidebar.ui.alerts import Alerts
from sidebar.ui.docked import DockedWindow
from sidebar.ui.presenter import Presenter
from sidebar.ui.window import SidebarWindow
from tests.fakes import FakeNotifier
from tests.services.test_desk import Shop


class ShopWindow:
    """The shop, the window that shows it, and what joins them; `begin` lets it begin."""

    def __init__(self, window: SidebarWindow, *, clock: ClockSettings | None = None) -> None:
        self.window = window
        self.shop = shop = Shop()
        self.notifier = FakeNotifier()
        self.notices = Notices(show=window.show_notice)
        self.alerts = Alerts(
            window=window,
            board=shop.board,
            sleeps=shop.sleeps,
            desk=shop.desk,
            phrasing=shop.phrasing,
            library=shop.library,
            follower=shop.follower,
            windows=shop.desktop,
            notices=self.notices,
            notifier=self.notifier,
            clock=clock or ClockSettings(),
        )
        docked = DockedWindow(window, windows=shop.desktop, follower=shop.follower, side=Side.RIGHT)
        self.presenter = Presenter(
            window=window,
            desk=shop.desk,
            phrasing=shop.phrasing,
            board=shop.board,
            reminders=shop.reminders,
            shifts=shop.shifts,
            docked=docked,
            clock=shop.time,
            scheduler=shop.time,
            notifier=self.notifier,
            export=lambda _: None,
            tell=self.notices.tell,
            adopt_clipboard=lambda: None,
            alerts=self.alerts,
        )
        shop.journal.listen(self.presenter.follow)
        shop.journal.listen(self.notices.follow)
        window.notice_dismissed.connect(self.notices.dismiss)

    def begin(self) -> None:
        self.shop.follower.listen(self.presenter)
        self.presenter.begin()

    def visit(self, title: str) -> None:
        """The chat client shows this title, and the window has caught up."""
        self.shop.show(title)
        self.shop.pass_time(seconds=0)

    def seconds_pass(self, seconds: int) -> None:
        """So many ticks of a second."""
        for _ in range(seconds):
            self.shop.time.advance(timedelta(seconds=1))
            self.presenter.tick()
