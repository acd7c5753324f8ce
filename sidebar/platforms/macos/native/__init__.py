"""`bridge` on a real Mac, by ctypes and PyObjC; nothing outside this package imports either.

Imported only on a Mac. Not yet run on one: names, values and signatures were checked against PyObjC
13.0's own metadata of the frameworks.
"""

from sidebar.platforms.macos.bridge import Bridge
from sidebar.platforms.macos.native.accessibility import NativeAccessibility, NativePermissions, window_of
from sidebar.platforms.macos.native.appkit import NativeDesktop, NativeOwnWindows
from sidebar.platforms.macos.native.carbon import Carbon, CarbonHotkeys
from sidebar.platforms.macos.native.pasteboard import NativePasteboard
from sidebar.platforms.macos.native.quartz import QuartzKeyboard
from sidebar.ports import Scheduler


class NativeBridge:
    """Implements `Bridge`."""

    def __init__(self, *, scheduler: Scheduler) -> None:
        carbon = Carbon()
        self.keyboard = QuartzKeyboard(carbon, scheduler=scheduler)
        self.hotkeys = CarbonHotkeys(carbon, scheduler=scheduler)
        self.pasteboard = NativePasteboard(scheduler=scheduler)
        self.desktop = NativeDesktop(scheduler=scheduler)
        self.accessibility = NativeAccessibility(scheduler=scheduler, window_of=window_of())
        self.permissions = NativePermissions()
        self.own = NativeOwnWindows(scheduler=scheduler)

    def close(self) -> None:
        """Give Carbon back what it would call; the rest was given back by those who listened."""
        self.hotkeys.close()


def connect(*, scheduler: Scheduler) -> Bridge:
    """This Mac; raises PlatformError where it gives us nothing."""
    return NativeBridge(scheduler=scheduler)
