"""Telling the agent something outside the window."""

from PySide6.QtWidgets import QApplication, QSystemTrayIcon


class TrayNotifier:
    """Implements `Notifier` with the desktop's own bubbles; without a tray it says nothing.

    The window shows the same in place, so a desktop without a tray loses only the bubble.
    """

    def __init__(self, tray: QSystemTrayIcon | None, *, sounds: bool = False) -> None:
        self._tray = tray
        self._sounds = sounds

    @property
    def seen(self) -> bool:
        """Whether there is a tray, so that a bubble would be shown."""
        return self._tray is not None and self._tray.isVisible()

    def announce(self, title: str, body: str) -> None:
        if self._sounds:
            QApplication.beep()
        if self._tray is not None and self.seen:
            self._tray.showMessage(title, body)
