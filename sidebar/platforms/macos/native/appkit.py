"""AppKit: which program is in front, and our own windows as it has them."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import AppKit
import objc
from Foundation import NSMakeRect, NSNotificationCenter

from sidebar.domain.insertion import Rect
from sidebar.platforms.macos import constants
from sidebar.platforms.macos.bridge import ListedWindow, Panel
from sidebar.platforms.macos.native import quartz
from sidebar.platforms.macos.native.observing import observed
from sidebar.ports import Cancel, Scheduler

_SOON = timedelta(0)
_SHOWN = "NSWindowDidOrderOnScreenNotification"
"""Not in AppKit's headers, but posted by it; Qt listens to it, too."""
_EVERYWHERE = (
    constants.WINDOW_COLLECTION_BEHAVIOR_CAN_JOIN_ALL_SPACES
    | constants.WINDOW_COLLECTION_BEHAVIOR_STATIONARY
    | constants.WINDOW_COLLECTION_BEHAVIOR_FULL_SCREEN_AUXILIARY
)
_NOT_WITH_THAT = (
    constants.WINDOW_COLLECTION_BEHAVIOR_MOVE_TO_ACTIVE_SPACE
    | constants.WINDOW_COLLECTION_BEHAVIOR_FULL_SCREEN_PRIMARY
)
"""What Qt may have set and AppKit refuses together with `_EVERYWHERE`."""


class NativeDesktop:
    """Implements `bridge.Desktop` with the workspace and Quartz' list of windows."""

    def __init__(self, *, scheduler: Scheduler) -> None:
        self._scheduler = scheduler
        self._workspace = AppKit.NSWorkspace.sharedWorkspace()

    def front(self) -> int:
        application = self._workspace.frontmostApplication()
        return 0 if application is None else int(application.processIdentifier())

    def program(self, pid: int) -> str:
        """Not its name, which is in the user's language."""
        application = _running(pid)
        executable = None if application is None else application.executableURL()
        return "" if executable is None else str(executable.lastPathComponent())

    def windows(self) -> Sequence[ListedWindow]:
        return quartz.on_screen()

    def window(self, handle: int) -> ListedWindow | None:
        return quartz.window(handle)

    def bring_forward(self, pid: int) -> None:
        application = _running(pid)
        if application is not None:
            application.activateWithOptions_(constants.APPLICATION_ACTIVATE_IGNORING_OTHER_APPS)

    def listen(self, action: Callable[[], None]) -> Cancel:
        return observed(
            self._workspace.notificationCenter(),
            (
                AppKit.NSWorkspaceDidActivateApplicationNotification,
                AppKit.NSWorkspaceDidHideApplicationNotification,
                AppKit.NSWorkspaceDidUnhideApplicationNotification,
                AppKit.NSWorkspaceDidTerminateApplicationNotification,
                AppKit.NSWorkspaceActiveSpaceDidChangeNotification,
                AppKit.NSWorkspaceDidWakeNotification,
            ),
            lambda: self._scheduler.call_later(_SOON, action),
        )


class NativePanel:
    """Implements `bridge.Panel`; keeps the window, so that it stays good when Qt lets go of it."""

    def __init__(self, window: Any) -> None:
        self._window = window

    @property
    def visible(self) -> bool:
        return bool(self._window.isVisible())

    def prepare(self) -> None:
        _make_nonactivating(self._window)
        behavior = self._window.collectionBehavior()
        self._window.setCollectionBehavior_(behavior & ~_NOT_WITH_THAT | _EVERYWHERE)
        if self._window.hidesOnDeactivate():
            self._window.setHidesOnDeactivate_(False)
            # Hidden for that reason alone, as our program is never the active one.
            if not self._window.isVisible() and not self._window.contentView().isHidden():
                self._window.orderFrontRegardless()

    def place(self, frame: Rect) -> None:
        """AppKit counts upwards from the bottom of the main screen."""
        height = AppKit.NSScreen.screens()[0].frame().size.height
        wanted = NSMakeRect(frame.x, height - frame.y - frame.height, frame.width, frame.height)
        if self._window.frame() != wanted:
            self._window.setFrame_display_(wanted, True)

    def set_level(self, level: int) -> None:
        if self._window.level() != level:
            self._window.setLevel_(level)

    def stand_above(self, handle: int) -> None:
        self._window.orderWindow_relativeTo_(constants.WINDOW_ABOVE, handle)


class NativeOwnWindows:
    """Implements `bridge.OwnWindows`; menus and tool tips of ours are kept from taking the front, too."""

    def __init__(self, *, scheduler: Scheduler) -> None:
        self._scheduler = scheduler
        self._application = AppKit.NSApplication.sharedApplication()
        self._application.setActivationPolicy_(constants.APPLICATION_ACTIVATION_POLICY_ACCESSORY)
        for panel in self._panels():
            if panel.hidesOnDeactivate():
                NativePanel(panel).prepare()
        self._calm()

    def panel(self, handle: int) -> Panel | None:
        window = objc.objc_object(c_void_p=handle).window()
        return None if window is None else NativePanel(window)

    def has_keyboard(self) -> bool:
        """Asked of each: the program has no key window as long as it is not the active one."""
        return any(window.isKeyWindow() for window in self._application.windows())

    def give_keyboard_up(self) -> None:
        """A window that leaves the screen leaves the keyboard to the program in front; it is back at once."""
        for window in self._application.windows():
            if window.isKeyWindow():
                window.orderOut_(None)
                window.orderFrontRegardless()

    def listen(self, action: Callable[[], None]) -> Cancel:
        def heard() -> None:
            self._calm()
            action()

        return observed(
            NSNotificationCenter.defaultCenter(),
            (AppKit.NSWindowDidBecomeKeyNotification, AppKit.NSWindowDidResignKeyNotification, _SHOWN),
            lambda: self._scheduler.call_later(_SOON, heard),
        )

    def _panels(self) -> list[Any]:
        return [each for each in self._application.windows() if each.isKindOfClass_(AppKit.NSPanel)]

    def _calm(self) -> None:
        for panel in self._panels():
            _make_nonactivating(panel)


def _make_nonactivating(window: Any) -> None:
    """Only when a panel is made does AppKit tell the window server of the style; later we have to.

    `_setPreventsActivation:` is not in the headers; where it is missing, a click on our window would bring
    our program to the front.
    """
    mask = window.styleMask()
    if mask & constants.WINDOW_STYLE_MASK_NONACTIVATING_PANEL:
        return
    window.setStyleMask_(mask | constants.WINDOW_STYLE_MASK_NONACTIVATING_PANEL)
    if window.respondsToSelector_("_setPreventsActivation:"):
        window._setPreventsActivation_(True)


def _running(pid: int) -> Any:
    return AppKit.NSRunningApplication.runningApplicationWithProcessIdentifier_(pid)
