"""What only the agent is told beside a phrase."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from sidebar.domain.detail_sheets import DetailSheet
from sidebar.ui.body_box import BodyBox
from sidebar.ui.field_editors import boxed
from sidebar.ui.section import Join, Section
from sidebar.ui.wording import _


class NoteSection(Section):
    """A box of a few lines."""

    def __init__(self, parent: QWidget, *, join: Join) -> None:
        super().__init__(parent, join=join)
        self._note = BodyBox(height=54)
        self._note.textChanged.connect(self.typed)
        join(self._note)
        self._column.addWidget(boxed(self._note, self))
        self.retranslate()

    def show_details(self, sheet: DetailSheet) -> None:
        self._note.give(sheet.note)

    def told(self, sheet: DetailSheet) -> DetailSheet:
        return replace(sheet, note=self._note.typed)

    def point_out(self, row: int) -> None:  # noqa: ARG002 (for those with rows)
        self.keyboard_wanted.emit(self._note)

    def retranslate(self) -> None:
        self._note.setAccessibleName(_("给自己看的备注"))
        self._note.setPlaceholderText(_("比如 网点电话在知识库"))
