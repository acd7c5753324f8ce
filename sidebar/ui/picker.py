"""One of several in the room of a word: arrow keys go through them, a click drops them down."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from sidebar.ui.controls import WordButton, drop_below

_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Picker(WordButton):
    """Shows its choice beside its name; of its values with their words the first is what counts as none."""

    picked = Signal()
    accepted = Signal(bool)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="choice", height=32)
        self._name = ""
        self._choices: tuple[tuple[str, str], ...] = ()
        self._place = 0
        self.clicked.connect(self._drop)

    @property
    def value(self) -> str:
        """The value that is chosen; '' before there are any."""
        return self._choices[self._place][0] if self._choices else ""

    def offer(self, name: str, choices: Sequence[tuple[str, str]], value: str) -> None:
        """Have these choices from now on, *value* chosen where it is among them."""
        self._name, self._choices = name, tuple(choices)
        self._place = next((at for at, (each, _) in enumerate(self._choices) if each == value), 0)
        self._show()

    def pick(self, value: str) -> None:
        """Choose *value*."""
        for place, (each, _) in enumerate(self._choices):
            if each == value and place != self._place:
                self._place = place
                self._show()
                self.picked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _BACK:
            self._step(-1)
        elif event.key() in _ON:
            self._step(1)
        elif event.key() in _ENTER:
            self.accepted.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        if self._choices:
            self.pick(self._choices[(self._place + by) % len(self._choices)][0])

    def _drop(self) -> None:
        menu = QMenu(self)
        for value, words in self._choices:
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(value == self.value)
            action.triggered.connect(lambda _=False, value=value: self.pick(value))
        drop_below(self, menu)

    def _show(self) -> None:
        words = self._choices[self._place][1] if self._choices else ""
        self.say(f"{self._name}  {words}".replace("&", "&&"), name=f"{self._name} {words}".strip())
