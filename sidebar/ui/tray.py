"""The icon in the desktop's tray: what is wanted of the sidebar also while it is hidden."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from sidebar import paths
from sidebar.ui.wording import _


class Tray(QObject):
    """A click shows the sidebar or hides it; the menu has the rest, in the words that fit the moment.

    *paused* and *on_shift* tell how things are when the menu opens.
    """

    toggle_requested = Signal()
    followup_requested = Signal()
    pause_requested = Signal(bool)
    shift_requested = Signal()
    quit_requested = Signal()

    def __init__(self, window: QWidget, *, paused: Callable[[], bool], on_shift: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window = window
        self._paused = paused
        self._on_shift = on_shift
        self.menu = QMenu(window)
        self._toggle = self._add(self.toggle_requested.emit)
        self._followup = self._add(self.followup_requested.emit)
        self.menu.addSeparator()
        self._pause = self._add(lambda: self.pause_requested.emit(not self._paused()))
        self._shift = self._add(self.shift_requested.emit)
        self.menu.addSeparator()
        self._quit = self._add(self.quit_requested.emit)
        self.menu.aboutToShow.connect(self._say)
        self._say()
        self.icon = QSystemTrayIcon(QIcon(str(paths.resources() / "icons" / "sidebar.ico")), self)
        self.icon.setToolTip(_("店铺侧栏"))
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._on_activated)

    def _add(self, do: Callable[[], None]) -> QAction:
        action = self.menu.addAction("")
        action.triggered.connect(do)
        return action

    def _say(self) -> None:
        self._toggle.setText(_("隐藏侧栏") if self._window.isVisible() else _("显示侧栏"))
        self._followup.setText(_("记一件跟进…"))
        self._pause.setText(_("继续") if self._paused() else _("暂停"))
        self._shift.setText(_("交班并导出小结") if self._on_shift() else _("上班"))
        self._quit.setText(_("退出"))

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.toggle_requested.emit()
