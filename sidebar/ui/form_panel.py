"""A panel that something is typed into: its keys, fields beside one another, and the row at its end."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from sidebar.ui.body_box import BodyBox
from sidebar.ui.controls import Hairline
from sidebar.ui.panel import Panel
from sidebar.ui.picker import Picker
from sidebar.ui.tick_picker import TickPicker
from sidebar.ui.typing_line import TypingLine

_AROUND = 20
"""Pixels above and below what is brought into sight that are to be seen as well."""
FormField = TypingLine | BodyBox | Picker | TickPicker


class FormPanel(Panel):
    """Ctrl+Enter and Ctrl+S are done with it, Enter goes on to the next field, Esc leaves."""

    needs_room = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no field has a use for."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        holder = self.window().focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif control and (enter or event.key() == Qt.Key.Key_S):
            self._submit()
        elif enter and isinstance(holder, QAbstractButton):
            holder.click()
        else:
            super().keyPressEvent(event)

    def _submit(self) -> None:
        """Do what the form is for."""
        raise NotImplementedError

    def _join_field(self, field: FormField) -> None:
        """Have *field* be one of the form's."""
        if isinstance(field, TypingLine | BodyBox):
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

    def _order_keys(self) -> None:
        """Have Tab go through the form as it is read, whenever its parts were made."""
        parts = [part for part in _in_order(self.layout()) if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
        for one, other in pairwise(parts):
            QWidget.setTabOrder(one, other)

    def _bring_into_sight(self, part: QWidget) -> None:
        """Scroll to *part*, which may have been made this moment."""
        inner, own = self._scroll.widget(), self.layout()
        if inner is not None and own is not None and inner.isAncestorOf(part):
            own.activate()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            # its edges, and not where its caret is: Qt would leave the rest cut off
            for edge in (part.rect().bottomLeft(), part.rect().topLeft()):
                at = part.mapTo(inner, edge)
                self._scroll.ensureVisible(0, at.y(), 0, _AROUND)

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


def _in_order(layout: QLayout | None) -> Iterator[QWidget]:
    """What is laid out, from left to right and from top to bottom."""
    for at in range(0 if layout is None else layout.count()):
        item = None if layout is None else layout.itemAt(at)
        widget = None if item is None else item.widget()
        if widget is not None:
            yield widget
            inner = widget.widget() if isinstance(widget, QScrollArea) else widget
            yield from _in_order(None if inner is None else inner.layout())
        elif item is not None:
            yield from _in_order(item.layout())
