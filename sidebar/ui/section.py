"""The parts of the form that not every phrase needs, and the rows that most of them are made of."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sidebar.domain.detail_sheets import DetailSheet
from sidebar.services.editing import Checked
from sidebar.ui.controls import WordButton
from sidebar.ui.form_panel import FormField
from sidebar.ui.theme import Theme

Join = Callable[[FormField], None]
"""Makes a field one of the form's: its keys, and who has the keyboard."""


class Section(QWidget):
    """Shows its part of a `DetailSheet`; made when it is opened for the first time."""

    typed = Signal()
    keyboard_wanted = Signal(QWidget)
    arranged = Signal()
    """There are other controls than before."""

    def __init__(self, parent: QWidget, *, join: Join) -> None:
        super().__init__(parent)
        self._join = join
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_details(self, sheet: DetailSheet) -> None:
        """Have its part of *sheet*."""
        raise NotImplementedError

    def told(self, sheet: DetailSheet) -> DetailSheet:
        """*sheet* with what stands here."""
        raise NotImplementedError

    def begin(self) -> None:
        """Have something to type into, and the keyboard in it."""
        self.point_out(0)

    def point_out(self, row: int) -> None:
        """Have the keyboard in that row, counted from 0."""
        raise NotImplementedError

    def show_checked(self, checked: Checked, shown: Theme) -> None:
        """Tell what is to be said of what is typed here."""

    def retranslate(self) -> None:
        """Say everything anew."""


class SectionRow(QWidget):
    """One of several of a kind, with a way to be rid of it; `number` is told from 1."""

    typed = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.number = 1
        self.remove = WordButton(self, role="quiet", size=13, height=24)
        self.remove.setFixedSize(24, 32)
        self.remove.clicked.connect(self.removed)
        self.content = QVBoxLayout()
        self.content.setSpacing(4)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addLayout(self.content, 1)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def first(self) -> QWidget:
        """Where the keyboard goes."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Say everything anew, the number as well."""
        raise NotImplementedError


class RowSection(Section):
    """Rows one below the other, and a button that adds one."""

    most: int | None = None
    """Rows there may be."""

    def __init__(self, parent: QWidget, *, join: Join) -> None:
        super().__init__(parent, join=join)
        self._rows: list[SectionRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._column.addLayout(self._list)
        self._add = WordButton(self, height=26)
        self._add.clicked.connect(self._on_add_clicked)
        self._column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def rows(self) -> Sequence[SectionRow]:
        return self._rows

    def begin(self) -> None:
        if not self._rows:
            self._append(self._made())
        self.point_out(len(self._rows) - 1)

    def point_out(self, row: int) -> None:
        if self._rows:
            self.keyboard_wanted.emit(self._rows[min(row, len(self._rows) - 1)].first)

    def retranslate(self) -> None:
        for row in self._rows:
            row.retranslate()

    def _made(self) -> SectionRow:
        """A row in which nothing is typed yet."""
        raise NotImplementedError

    def _have(self, rows: Sequence[SectionRow]) -> None:
        """Have *rows* in place of those before."""
        while self._rows:
            self._drop(self._rows[-1])
        for row in rows:
            self._append(row)

    def _append(self, row: SectionRow) -> None:
        self._rows.append(row)
        self._list.addWidget(row)
        row.typed.connect(self.typed)
        row.removed.connect(lambda: self._on_row_removed(row))
        self._count()
        row.show()
        self.arranged.emit()

    def _drop(self, row: SectionRow) -> None:
        self._rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._count()
        self.arranged.emit()

    def _count(self) -> None:
        for number, row in enumerate(self._rows, start=1):
            row.number = number
            row.retranslate()
        self._add.setVisible(self.most is None or len(self._rows) < self.most)

    def _on_add_clicked(self) -> None:
        self._append(self._made())
        self.typed.emit()
        self.keyboard_wanted.emit(self._rows[-1].first)

    def _on_row_removed(self, row: SectionRow) -> None:
        place = self._rows.index(row)
        # first: hiding what has the keyboard would pass it to anything
        others = [each for each in self._rows if each is not row]
        self.keyboard_wanted.emit(others[min(place, len(others) - 1)].first if others else self._add)
        self._drop(row)
        self.typed.emit()
