"""What a field of a phrase is filled in with: a line, a box for paragraphs, a row of choices."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from sidebar.ui import fonts
from sidebar.ui.controls import WordButton, dress_anew
from sidebar.ui.typing_line import TypingLine
from sidebar.ui.wording import _

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ROOM = 240
_MOST_COLUMNS = 4
_NUMBERED = 9


class ParagraphBox(QPlainTextEdit):
    """Several lines; Enter is done with them, Shift+Enter begins another."""

    keyboard_wanted = Signal()
    accepted = Signal(bool)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(fonts.text(13))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setFixedHeight(66)
        self._preedit = ""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.keyboard_wanted.emit()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._preedit:
            # the letters belong to the input method; what is not for it is for nobody
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in _ENTER and not shift:
            self.accepted.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ChoiceRow(QWidget):
    """One of several, by its number, the arrow keys or a click."""

    keyboard_wanted = Signal()
    accepted = Signal(bool)
    left = Signal()
    chosen_changed = Signal()

    def __init__(self, choices: Sequence[str], chosen: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._choices = tuple(choices)
        self._chosen = self._choices.index(chosen) if chosen in self._choices else -1
        self._name = ""
        self._buttons = tuple(self._button(place) for place in range(len(self._choices)))
        self._lay_out()
        self._show()

    @property
    def chosen(self) -> str:
        """The choice that was made; '' before there is one."""
        return self._choices[self._chosen] if self._chosen >= 0 else ""

    def say(self, name: str) -> None:
        """What the choice is about, for those who only hear it."""
        self._name = name
        self._show()

    def choose(self, place: int) -> None:
        """Choose the one at *place*, from 0; one that is not there changes nothing."""
        if 0 <= place < len(self._choices) and place != self._chosen:
            self._chosen = place
            self._show()
            self.chosen_changed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, number = event.key(), event.key() - Qt.Key.Key_0
        if key in _ENTER:
            self.accepted.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif 1 <= number <= _NUMBERED:
            self.choose(number - 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.choose(max(self._chosen - 1, 0))
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.choose(self._chosen + 1)
        else:
            super().keyPressEvent(event)

    def _button(self, place: int) -> WordButton:
        button = WordButton(self, height=28)
        number = f"{place + 1}  " if place < _NUMBERED else ""
        button.say(
            number + self._choices[place].replace("&", "&&"),
            name=self._choices[place],
            hint=self._choices[place],
        )
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCheckable(True)
        button.clicked.connect(partial(self._on_button_clicked, place))
        return button

    def _on_button_clicked(self, place: int) -> None:
        self.keyboard_wanted.emit()
        self.choose(place)
        self._show()

    def _show(self) -> None:
        for place, button in enumerate(self._buttons):
            chosen = place == self._chosen
            button.setChecked(chosen)
            role = ("main" if self.hasFocus() else "chosen") if chosen else ""
            if button.property("role") != role:
                button.setProperty("role", role)
                dress_anew(button)
        said = self.chosen or _("还没有选")
        self.setAccessibleName(_("{name}：{choice}").format(name=self._name, choice=said))

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        metrics = QFontMetrics(fonts.text(12))
        widest = max((metrics.horizontalAdvance(f"9  {each}") for each in self._choices), default=0) + 30
        columns = min(max(_ROOM // widest, 1), _MOST_COLUMNS)
        for place, button in enumerate(self._buttons):
            grid.addWidget(button, place // columns, place % columns)


def boxed(box: QPlainTextEdit, parent: QWidget) -> QFrame:
    """*box* in the frame of a field."""
    frame = QFrame(parent)
    frame.setProperty("role", "field")
    column = QVBoxLayout(frame)
    column.setContentsMargins(6, 4, 6, 4)
    column.addWidget(box)
    return frame


Editor = TypingLine | ParagraphBox | ChoiceRow


def typed_in(editor: Editor) -> str:
    """What *editor* holds."""
    match editor:
        case ChoiceRow():
            return editor.chosen
        case ParagraphBox():
            return editor.toPlainText()
        case _:
            return editor.text()
