"""Telling the agent something outside the window."""

from collections.abc import Callable

from PySide6.QtWidgets import QSystemTrayIcon


class TrayNotifier:
    """Implements `Notifier` with the desktop's own bubbles where it has a tray.

    Without a tray the window's own notice, `shown`, is all there is; it comes in either case.
    """

    def __init__(self, *, tray: QSystemTrayIcon | None, shown: Callable[[str, str], None]) -> None:
        self._tray = tray
        self._shown = shown

    def announce(self, title: str, body: str) -> None:
        self._shown(title, body)
        if self._tray is not None and self._tray.isVisible():
            self._tray.showMessage(title, body)
