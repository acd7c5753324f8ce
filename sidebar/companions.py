"""What stands beside the window where the desktop has it or the agent wants it; imported only there.

The icon in the tray, the helper process that hears keys, the bridge for other programs, the clocks of
what waits unread, the editor of phrases, and the word about a permission for as long as that is missing.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from sidebar.domain.settings import Settings
from sidebar.paths import Home
from sidebar.ports import Background, Capability, Platform, Scheduler
from sidebar.qt.notifier import TrayNotifier, has_tray
from sidebar.services.board import Board
from sidebar.services.desk import Desk
from sidebar.services.following import ChatFollower
from sidebar.services.journal import Journal
from sidebar.services.library import Library
from sidebar.services.notices import Notices
from sidebar.services.phrasing import Phrasing
from sidebar.services.shift_log import ShiftLog
from sidebar.services.stamping import Stamp
from sidebar.services.views import Failure, Offer, Ungranted
from sidebar.shelf import shipped_packs
from sidebar.ui import troubles
from sidebar.ui.alerts import Alerts
from sidebar.ui.presenter import Presenter
from sidebar.ui.window import SidebarWindow

if TYPE_CHECKING:  # few edit phrases every day
    from sidebar.editor import Editor

TRAY_LOOKS = (timedelta(seconds=1), timedelta(seconds=10), timedelta(minutes=1))
"""When a tray is looked for: a start at login may come before it does."""

BRIDGE_AFTER = timedelta(milliseconds=500)
LISTS_AFTER = timedelta(seconds=1)


def look_for_tray(
    fill: Callable[[], None], *, scheduler: Scheduler, after: tuple[timedelta, ...] = TRAY_LOOKS
) -> None:
    """*fill* the tray once there is one; where none comes, nothing of it is ever imported."""

    def look() -> None:
        if has_tray():
            fill()
        elif after[1:]:
            look_for_tray(fill, scheduler=scheduler, after=after[1:])

    scheduler.call_later(after[0], look)


def fill_tray(
    window: SidebarWindow,
    *,
    notifier: TrayNotifier,
    presenter: Presenter,
    alerts: Alerts,
    desk: Desk,
    shifts: ShiftLog,
    at_the_end: Callable[[Callable[[], None]], object],
) -> None:
    """Put our icon into the tray until the end; bubbles come from it."""
    from sidebar.ui.tray import Tray

    tray = Tray(window, paused=lambda: desk.paused, on_shift=lambda: shifts.running is not None)
    tray.toggle_requested.connect(presenter.toggle)
    tray.show_requested.connect(presenter.show)
    tray.show_requested.connect(alerts.jump)
    tray.followup_requested.connect(presenter.open_followup)
    tray.pause_requested.connect(window.pause_requested)
    tray.shift_requested.connect(window.handover_requested)
    tray.quit_requested.connect(window.quit_requested)
    tray.icon.show()
    notifier.use(tray.icon)
    at_the_end(tray.icon.hide)


def open_bridge_soon(
    home: Home,
    *,
    journal: Journal,
    scheduler: Scheduler,
    at_the_end: Callable[[Callable[[], None]], object],
) -> None:
    """Let other programs bring events until the end; no start waits for that."""

    def begin() -> None:
        from sidebar.bridge import open_bridge

        at_the_end(open_bridge(home, journal=journal, scheduler=scheduler))

    scheduler.call_later(BRIDGE_AFTER, begin)


def read_lists_soon(
    platform: Platform,
    follower: ChatFollower,
    stamp: Stamp,
    journal: Journal,
    board: Board,
    *,
    scheduler: Scheduler,
) -> None:
    """Start the clocks of buyers who wait unread in the client's list, where lists can be read."""
    if Capability.ACCESSIBILITY not in platform.capabilities:
        return

    def begin() -> None:
        from sidebar.services.unread_clocks import UnreadClocks

        clocks = UnreadClocks(
            reader=platform.reader,
            name_buyer=follower.name_buyer,
            stamp=stamp,
            journal=journal,
            board=board,
        )
        follower.listen(clocks)
        clocks.chat_changed(follower.chat)

    scheduler.call_later(LISTS_AFTER, begin)


def hear_keys(
    platform: Platform,
    settings: Settings,
    *,
    library: Library,
    follower: ChatFollower,
    phrasing: Phrasing,
    notices: Notices,
) -> None:
    """Have typed codes heard where that is wanted, and a helper that has ended told of."""
    hook = platform.hooked
    if hook is None or not (settings.typed_triggers or settings.hooked_hotkeys):
        return
    hook().when_deaf(lambda: notices.tell(Failure(sentence=troubles.deaf())))
    if settings.typed_triggers:
        from sidebar.services.typed_triggers import TypedTriggers

        triggers = TypedTriggers(
            keys=hook(),
            follower=follower,
            insert=lambda phrase, typed: phrasing.insert(phrase, code=typed),
        )
        triggers.listen(library.phrases())


def offer_editing(
    home: Home,
    settings: Settings,
    window: SidebarWindow,
    *,
    language: str,
    library: Library,
    phrasing: Phrasing,
    follower: ChatFollower,
    notices: Notices,
    background: Background,
    scheduler: Scheduler,
    applied: Callable[[], None],
) -> None:
    """Let phrases be edited; the editor is made when it is first asked for."""
    made: list[Editor] = []

    def act(which: str, about: str) -> None:
        if not made:
            from sidebar.editor import Editor

            editor = Editor(
                home=home,
                shipped=shipped_packs(settings, language),
                window=window,
                library=library,
                phrasing=phrasing,
                follower=follower,
                notices=notices,
                background=background,
                scheduler=scheduler,
                applied=applied,
            )
            made.append(editor)
        made[0].act(which, about)

    def take_up(offer: str) -> None:
        if offer == Offer.UNDO:
            act(offer, "")

    window.editing_requested.connect(act)
    window.offer_taken.connect(take_up)


def tell_of_permission(platform: Platform, notices: Notices) -> None:
    """Say what the user has to grant before anything can be inserted, until it is granted."""
    if Capability.SEND_KEYS not in platform.grantable:
        return

    def look(able: Capability) -> None:
        if Capability.SEND_KEYS in able:
            notices.withdraw(Ungranted)
        else:
            notices.tell(Ungranted())

    platform.when_changed(look)
    look(platform.capabilities)
