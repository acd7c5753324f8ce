"""Telling the agent something outside the window."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:  # not every desktop has a tray
    from PySide6.QtWidgets import QSystemTrayIcon


_APART = 250
"""Milliseconds between two sounds, so that they are heard as two."""


def has_tray() -> bool:
    """Whether the desktop has a tray this moment."""
    from PySide6.QtWidgets import QSystemTrayIcon

    return QSystemTrayIcon.isSystemTrayAvailable()


class TrayNotifier:
    """Implements `Notifier` with the desktop's own bubbles; without a tray it says nothing.

    The window shows the same in place, so a desktop without a tray loses only the bubble.
    """

    def __init__(self, *, sounds: bool = False) -> None:
        self._icon: QSystemTrayIcon | None = None
        self._sounds = sounds
        self._clicked: Callable[[], None] | None = None

    def use(self, icon: "QSystemTrayIcon") -> None:
        """Show bubbles at *icon* from now on."""
        self._icon = icon
        icon.messageClicked.connect(self._on_message_clicked)

    @property
    def seen(self) -> bool:
        """Whether there is a tray, so that a bubble would be shown."""
        return self._icon is not None and self._icon.isVisible()

    def announce(self, title: str, body: str, *, clicked: Callable[[], None]) -> None:
        if self._sounds:
            self.ring(1)
        self.show(title, body, clicked=clicked)

    def ring(self, times: int) -> None:
        QApplication.beep()
        if times > 1:
            QTimer.singleShot(_APART, lambda: self.ring(times - 1))

    def show(self, title: str, body: str, *, clicked: Callable[[], None]) -> None:
        if self._icon is not None and self.seen:
            self._clicked = clicked
            self._icon.showMessage(title, body)

    def _on_message_clicked(self) -> None:
        if self._clicked is not None:
            self._clicked()
