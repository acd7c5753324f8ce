"""The keyboard, which is the chat client's: lent to a line on demand and given back.

The window refuses the keyboard, so no click takes it. While a line needs it the refusal is
lifted from the native window. `QWidget.setWindowFlag` would not do: it makes a new native
window, which flickers, is docked anew and forgets who stands above whom.
"""

from PySide6.QtCore import QElapsedTimer, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QWidget

_LATE = 250
"""Milliseconds after which nothing is told any more of what was before: Qt waits 100 on X11."""


class Keyboard(QObject):
    """Who has the keyboard: the chat client, or one of our lines."""

    taken = Signal()
    """Ours from now on, before any key has come."""
    returned = Signal()
    """Given back by us: somebody has to bring the chat client's window to the front."""
    lost = Signal()
    """Taken by another window that the agent turned to; nothing is to be brought to the front."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._held = False
        self._taken = QElapsedTimer()
        self._had = False
        """Whether Qt took it for ours when it was taken: it may still tell that it was given back."""
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication), "a window has an application"
        application.focusWindowChanged.connect(self._on_focus_window_changed)

    @property
    def held(self) -> bool:
        return self._held

    def take(self, line: QWidget) -> None:
        """Let the window have the keyboard and *line* in it."""
        if not self._window.isVisible():
            return
        handle = self._window.windowHandle()
        self._had = QGuiApplication.focusWindow() is handle and not self._held
        self._taken.start()
        handle.setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, False)
        handle.requestActivate()
        self._held = True
        self.taken.emit()
        line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def give_back(self) -> None:
        """Refuse the keyboard again; `returned` follows if we had it."""
        if self._held:
            self._let_go()
            self.returned.emit()

    def _on_focus_window_changed(self, focused: QWindow | None) -> None:
        if focused is not None and focused.type() is Qt.WindowType.Popup:
            return  # a menu of ours: what it had on top of is had again when it closes
        ours = focused is not None and focused is self._window.windowHandle()
        if self._held and focused is None and self._had and self._taken.elapsed() < _LATE:
            self._had = False
        elif self._held and not ours:
            self._let_go()
            self.lost.emit()
        elif ours and not self._held:  # Windows brings a menu's owner to the front when the menu closes
            self.returned.emit()

    def _let_go(self) -> None:
        self._held = False
        self._window.windowHandle().setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, True)
        holder = self._window.focusWidget()
        if holder is not None:
            holder.clearFocus()
