"""Some of several in the room of a word: a click or Space drops them down, each is ticked or not."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from sidebar.ui.controls import WordButton, drop_below
from sidebar.ui.wording import _

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TickPicker(WordButton):
    """Shows what is ticked beside its name; of its values each has its word."""

    picked = Signal()
    accepted = Signal(bool)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="choice", height=32)
        self._name, self._none = "", ""
        self._choices: tuple[tuple[str, str], ...] = ()
        self._ticked: tuple[str, ...] = ()
        self.clicked.connect(self._drop)

    @property
    def values(self) -> tuple[str, ...]:
        """What is ticked, in the order in which it was."""
        return self._ticked

    def offer(self, name: str, choices: Sequence[tuple[str, str]], values: Sequence[str], none: str) -> None:
        """Have these choices from now on, *values* ticked; *none* is said where nothing is."""
        known = {value for value, _ in choices}
        unknown = ((value, value) for value in values if value not in known)
        self._name, self._none = name, none
        self._choices = (*choices, *unknown)
        self._ticked = tuple(values)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.accepted.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Down:
            self._drop()
        else:
            super().keyPressEvent(event)

    def _drop(self) -> None:
        menu = QMenu(self)
        for value, words in self._choices:
            action = menu.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(value in self._ticked)
            action.toggled.connect(lambda ticked, value=value: self._tick(value, ticked))
        drop_below(self, menu)

    def _tick(self, value: str, ticked: bool) -> None:
        others = tuple(each for each in self._ticked if each != value)
        self._ticked = (*others, value) if ticked else others
        self._show()
        self.picked.emit()

    def _show(self) -> None:
        words = dict(self._choices)
        said = _("、").join(words[value] for value in self._ticked) or self._none
        self.say(f"{self._name}  {said}".replace("&", "&&"), name=f"{self._name} {said}", hint=said)
