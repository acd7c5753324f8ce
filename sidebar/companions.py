"""What stands beside the window where the desktop has it or the agent wants it; imported only there.

The icon in the tray, the helper process that hears keys, the bridge for other programs, the clocks of
what waits unread, the editor of phrases, and the word about a permission for as long as that is missing.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from sidebar.engine import Engine
from sidebar.ports import Capability, Platform, Scheduler
from sidebar.qt.notifier import TrayNotifier, has_tray
from sidebar.records import Records
from sidebar.services.notices import Notices
from sidebar.services.views import Failure, Offer, Ungranted
from sidebar.shelf import shipped_packs
from sidebar.surroundings import Surroundings
from sidebar.system_time import SystemClock
from sidebar.ui import troubles, wording
from sidebar.ui.presenter import Presenter

if TYPE_CHECKING:  # few edit phrases every day
    from sidebar.editor import Editor

TRAY_LOOKS = (timedelta(seconds=1), timedelta(seconds=10), timedelta(minutes=1))
"""When a tray is looked for: a start at login may come before it does."""

BRIDGE_AFTER = timedelta(milliseconds=500)
LISTS_AFTER = timedelta(seconds=1)
STATE_AFTER = timedelta(seconds=20)
POINTED_AFTER = timedelta(milliseconds=50)
"""Until it is heard what the element says, nobody knows who is open."""


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
    around: Surroundings,
    records: Records,
    engine: Engine,
    presenter: Presenter,
    *,
    notifier: TrayNotifier,
) -> None:
    """Put our icon into the tray until the end; bubbles come from it."""
    from sidebar.ui.tray import Tray

    window, desk, shifts = around.window, engine.desk, records.shifts
    tray = Tray(window, paused=lambda: desk.paused, on_shift=lambda: shifts.running is not None)
    tray.toggle_requested.connect(presenter.toggle)
    tray.followup_requested.connect(presenter.open_followup)
    tray.pause_requested.connect(window.pause_requested)
    tray.shift_requested.connect(window.handover_requested)
    tray.quit_requested.connect(window.quit_requested)
    tray.icon.show()
    notifier.use(tray.icon)
    around.ending.callback(tray.icon.hide)


def open_bridge_soon(around: Surroundings, records: Records) -> None:
    """Let other programs bring events until the end, where that is wanted; no start waits for it."""
    if not around.settings.bridge:
        return

    def begin() -> None:
        from sidebar.bridge import open_bridge

        bridge = open_bridge(around.home, journal=records.journal, scheduler=around.scheduler)
        around.ending.callback(bridge)

    around.scheduler.call_later(BRIDGE_AFTER, begin)


def keep_state_soon(around: Surroundings) -> None:
    """Keep what the log has led to, so that the next start is as quick however long that has become."""

    def begin() -> None:
        from sidebar.state_keeping import StateKeeping

        StateKeeping(
            around.home.history,
            clock=SystemClock(),
            background=around.tasks,
            scheduler=around.scheduler,
        ).look()

    around.scheduler.call_later(STATE_AFTER, begin)


def read_lists_soon(around: Surroundings, records: Records, engine: Engine) -> None:
    """Let the client's list and its messages, where they can be read, start and stop the clocks."""
    if Capability.ACCESSIBILITY not in around.platform.capabilities:
        return

    def begin() -> None:
        from sidebar.services.log_clocks import LogClocks
        from sidebar.services.unread_clocks import UnreadClocks

        follower, reader = engine.follower, around.platform.reader
        heard = LogClocks(
            reader=reader,
            inserting=lambda: not engine.inserter.idle,
            stamp=engine.stamp,
            journal=records.journal,
            board=records.board,
            scheduler=around.scheduler,
        )
        engine.desk.hears = heard.follows
        unread = UnreadClocks(
            reader=reader,
            name_buyer=follower.name_buyer,
            stamp=engine.stamp,
            journal=records.journal,
            board=records.board,
            scheduler=around.scheduler,
            heard=heard.follows,
            listed=heard.look_again,
        )
        for clocks in (heard, unread):
            follower.listen(clocks)
            clocks.chat_changed(follower.chat)

    around.scheduler.call_later(LISTS_AFTER, begin)


def name_buyers_soon(around: Surroundings, engine: Engine) -> None:
    """Read the buyers from what the agent has pointed at, where anything has been."""
    if any(profile.pointed is not None for profile in engine.follower.profiles):
        around.scheduler.call_later(POINTED_AFTER, engine.name_by_elements)


def hear_keys(around: Surroundings, records: Records, engine: Engine) -> None:
    """Have typed codes heard where that is wanted, and a helper that has ended told of."""
    hook, settings = around.platform.hooked, around.settings
    if hook is None or not (settings.typed_triggers or settings.hooked_hotkeys):
        return
    hook().when_deaf(lambda: around.notices.tell(Failure(sentence=troubles.deaf())))
    if settings.typed_triggers:
        from sidebar.services.typed_triggers import TypedTriggers

        triggers = TypedTriggers(
            keys=hook(),
            follower=engine.follower,
            insert=lambda phrase, typed: engine.phrasing.insert(phrase, code=typed),
        )
        triggers.listen(records.library.phrases())


def offer_editing(
    around: Surroundings, records: Records, engine: Engine, *, applied: Callable[[], None]
) -> None:
    """Let phrases be edited; the editor is made when it is first asked for."""
    made: list[Editor] = []

    def act(which: str, about: str) -> None:
        if not made:
            from sidebar.editor import Editor

            editor = Editor(
                home=around.home,
                shipped=shipped_packs(around.settings, wording.language()),
                window=around.window,
                library=records.library,
                phrasing=engine.phrasing,
                follower=engine.follower,
                notices=around.notices,
                background=around.tasks,
                scheduler=around.scheduler,
                applied=applied,
            )
            made.append(editor)
        made[0].act(which, about)

    def take_up(offer: str) -> None:
        if offer == Offer.UNDO:
            act(offer, "")

    around.window.editing_requested.connect(act)
    around.window.offer_taken.connect(take_up)


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
