"""The window's place beside the chat client, on whichever screen that is."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QScreen

from sidebar.domain.docking import Side, dock, screen_of
from sidebar.domain.insertion import Rect
from sidebar.ports import Windows
from sidebar.services.following import ChatFollower
from sidebar.ui.window import SidebarWindow


class DockedWindow(QObject):
    """Stands beside the chat client's window and above it, goes with it, and gives it back the keyboard."""

    def __init__(
        self, window: SidebarWindow, *, windows: Windows, follower: ChatFollower, side: Side
    ) -> None:
        super().__init__(window)
        self._window = window
        self._windows = windows
        self._follower = follower
        self._side = side
        self._frame: Rect | None = None
        window.set_side(side)
        window.side_requested.connect(self._stand_on)
        window.collapsed_changed.connect(self.place)
        window.keyboard_returned.connect(self._return_keyboard)

    def go_along(self, frame: Rect) -> None:
        """The chat client's window is in *frame* now, in physical pixels."""
        self._frame = frame
        self.place()

    def show(self) -> None:
        """Show the window where it belongs, also where it was hidden."""
        self._window.show()
        self.place()

    def place(self) -> None:
        """Put the window where it belongs, if it can be seen and there is something to stand beside."""
        if self._frame is None or not self._window.isVisible():
            return
        screens = {_physical(screen): screen for screen in QGuiApplication.screens()}
        place = screen_of(self._frame, screens)
        width = round(self._window.wanted_width() * _scale(screens[place]))
        own = int(self._window.winId())
        self._windows.place_own(own, dock(self._frame, place, side=self._side, width=width))
        if self._follower.chat is not None:
            self._windows.stand_above(own, self._follower.chat.window)

    def _return_keyboard(self) -> None:
        chat = self._follower.chat
        if chat is not None:
            self._windows.activate(chat.window)

    def _stand_on(self, side: str) -> None:
        self._side = Side(side)
        self.place()


def _scale(screen: QScreen) -> float:
    """What a logical pixel measures in the units of the desktop's window frames: points on a Mac."""
    return 1.0 if QGuiApplication.platformName() == "cocoa" else screen.devicePixelRatio()


def _physical(screen: QScreen) -> Rect:
    """The usable part of *screen* in physical pixels; its origin keeps its native coordinates."""
    whole, usable, scale = screen.geometry(), screen.availableGeometry(), _scale(screen)
    return Rect(
        round(whole.x() + (usable.x() - whole.x()) * scale),
        round(whole.y() + (usable.y() - whole.y()) * scale),
        round(usable.width() * scale),
        round(usable.height() * scale),
    )
