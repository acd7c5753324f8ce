"""The other wordings of a phrase, and in which order they are used."""

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from sidebar.domain.detail_sheets import DetailSheet
from sidebar.domain.phrase_details import Rotation
from sidebar.services.editing import Checked, Told
from sidebar.ui.body_box import BodyBox, marks_in
from sidebar.ui.field_editors import boxed
from sidebar.ui.picker import Picker
from sidebar.ui.preview import Preview
from sidebar.ui.section import Join, RowSection, SectionRow
from sidebar.ui.theme import Theme
from sidebar.ui.wording import _


class VariantSection(RowSection):
    """A box for each wording, judged and shown like the first."""

    def __init__(self, parent: QWidget, *, join: Join) -> None:
        super().__init__(parent, join=join)
        self._rotation = Picker(self)
        self._rotation.picked.connect(self.typed)
        join(self._rotation)
        self._column.addWidget(self._rotation)
        self.retranslate()

    def show_details(self, sheet: DetailSheet) -> None:
        self._have([self._row(text) for text in sheet.variants])
        self._offer(str(sheet.rotation))

    def told(self, sheet: DetailSheet) -> DetailSheet:
        texts = tuple(row.box.typed for row in self._variants())
        return replace(sheet, variants=texts, rotation=Rotation(self._rotation.value))

    def show_checked(self, checked: Checked, shown: Theme) -> None:
        for place, row in enumerate(self._variants()):
            told = checked.variants[place] if place < len(checked.variants) else Told()
            row.preview.show_theme(shown)
            row.preview.show_text(told, typed=row.box.words, longest=checked.longest)
            row.preview.setVisible(bool(told.length))
            row.box.mark(marks_in(row.box.words, checked.remarks, shown))

    def retranslate(self) -> None:
        super().retranslate()
        self._add.say(_("＋ 加一种说法"))
        self._offer(self._rotation.value)

    def _offer(self, rotation: str) -> None:
        orders = ((str(Rotation.BY_TURN), _("轮流")), (str(Rotation.RANDOM), _("随机")))
        self._rotation.offer(_("用的顺序"), orders, rotation)

    def _made(self) -> SectionRow:
        return self._row("")

    def _row(self, text: str) -> "_VariantRow":
        row = _VariantRow(self, text)
        self._join(row.box)
        return row

    def _variants(self) -> Iterator["_VariantRow"]:
        return (row for row in self.rows if isinstance(row, _VariantRow))


class _VariantRow(SectionRow):
    def __init__(self, parent: QWidget, text: str) -> None:
        super().__init__(parent)
        self.box = BodyBox(height=62)
        self.box.give(text)
        self.box.textChanged.connect(self.typed)
        self.preview = Preview(self)
        self.preview.hide()
        self.content.addWidget(boxed(self.box, self))
        self.content.addWidget(self.preview)

    @property
    def first(self) -> QWidget:
        return self.box

    def retranslate(self) -> None:
        self.box.setAccessibleName(_("说法 {number}").format(number=self.number + 1))
        self.box.setPlaceholderText(_("换一种说法，意思一样"))
        self.remove.say("×", name=_("去掉说法 {number}").format(number=self.number + 1), hint=_("去掉"))
