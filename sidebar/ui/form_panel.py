"""A panel that something is typed into: its keys, fields beside one another, and the row at its end."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sidebar.ui.body_box import BodyBox
from sidebar.ui.controls import Hairline
from sidebar.ui.panel import Panel
from sidebar.ui.picker import Picker
from sidebar.ui.typing_line import TypingLine

FormField = TypingLine | BodyBox | Picker


class FormPanel(Panel):
    """Ctrl+Enter and Ctrl+S are done with it, Enter goes on to the next field, Esc leaves."""

    needs_room = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no field has a use for."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif control and event.key() in (Qt.Key.Key_S, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._submit()
        else:
            super().keyPressEvent(event)

    def _submit(self) -> None:
        """Do what the form is for."""
        raise NotImplementedError

    def _join_field(self, field: FormField) -> None:
        """Have *field* be one of the form's."""
        if not isinstance(field, Picker):
            field.keyboard_wanted.connect(lambda: self.keyboard_wanted.emit(field))
        field.accepted.connect(self._on_accepted)
        field.left.connect(self.closed)

    def _end_with(self, first: QWidget, *words: QWidget, above: QWidget | None = None) -> None:
        """Have *first* and behind it *words* in sight however far the form is scrolled."""
        row = QHBoxLayout()
        row.setContentsMargins(12, 6, 12, 8)
        row.setSpacing(6)
        row.addWidget(first, 1)
        for each in words:
            row.addWidget(each)
        column = self.layout()
        assert isinstance(column, QVBoxLayout), "a panel is one column"
        column.addWidget(Hairline(self))
        if above is not None:
            above.setContentsMargins(12, 4, 12, 0)
            column.addWidget(above)
        column.addLayout(row)

    def _on_accepted(self, control: bool) -> None:
        if control:
            self._submit()
        else:
            self.focusNextChild()


def beside(parent: QWidget, *parts: QWidget, stretched: bool = True) -> QWidget:
    """*parts* one beside the other, equally wide or as narrow as they are."""
    shown = QWidget(parent)
    row = QHBoxLayout(shown)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for part in parts:
        row.addWidget(part, int(stretched))
    if not stretched:
        row.addStretch(1)
    return shown
