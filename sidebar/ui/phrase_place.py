"""Where a phrase belongs: its group and tags, stage and category, colour, and the file it is in."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sidebar.domain.edits import PackPlace
from sidebar.domain.phrases import Category, Colour, Stage
from sidebar.domain.sheets import Sheet
from sidebar.ui import editor_words, wording
from sidebar.ui.followup_form import framed
from sidebar.ui.form_panel import FormField, beside
from sidebar.ui.given_line import GivenLine
from sidebar.ui.group_line import GroupLine, Suggest
from sidebar.ui.picker import Picker
from sidebar.ui.wording import _


class PhrasePlace(QWidget):
    """Shows that part of a sheet."""

    typed = Signal()

    def __init__(self, parent: QWidget, *, suggest: Suggest) -> None:
        super().__init__(parent)
        self._packs: tuple[tuple[str, str], ...] = ()
        self._group, self._tags = GroupLine(self, suggest=suggest), GivenLine()
        self._stage, self._category, self._colour, self._file = (Picker(self) for _each in range(4))
        self._group.textChanged.connect(self.typed)
        self._tags.textChanged.connect(self.typed)
        for picker in (self._stage, self._category, self._colour, self._file):
            picker.picked.connect(self.typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._group)
        column.addWidget(framed(self._tags, self))
        column.addWidget(beside(self, self._stage, self._category))
        column.addWidget(beside(self, self._colour, self._file))

    @property
    def fields(self) -> tuple[FormField, ...]:
        return (self._group.line, self._tags, self._stage, self._category, self._colour, self._file)

    def show_sheet(self, sheet: Sheet) -> None:
        self._group.line.give(sheet.group)
        self._tags.give(sheet.tags)
        self._offer(str(sheet.stage or ""), str(sheet.category or ""), str(sheet.colour or ""), sheet.file)

    def told(self, sheet: Sheet) -> Sheet:
        """*sheet* with what stands here."""
        return replace(
            sheet,
            group=self._group.line.typed,
            tags=self._tags.typed,
            stage=Stage(self._stage.value) if self._stage.value else None,
            category=Category(self._category.value) if self._category.value else None,
            colour=Colour(self._colour.value) if self._colour.value else None,
            file=self._file.value,
        )

    def offer_packs(self, packs: Sequence[PackPlace], file: str, *, stands: bool) -> None:
        """The files to choose from, *file* chosen; a phrase that *stands* in one has its place already."""
        own = () if stands else (("", _("我的话术")),)
        others = ((each.file, each.name) for each in packs if stands or each.file != editor_words.OWN)
        self._packs = (*own, *others)
        self._offer(self._stage.value, self._category.value, self._colour.value, file)

    def retranslate(self) -> None:
        self._group.say(_("分组"), _("分组，比如 物流/核实"))
        self._tags.setAccessibleName(_("标签"))
        self._tags.setPlaceholderText(_("标签，用逗号隔开"))
        self._offer(self._stage.value, self._category.value, self._colour.value, self._file.value)

    def _offer(self, stage: str, category: str, colour: str, file: str) -> None:
        """Have the choices in the language in use, these chosen."""
        none = ("", _("不限"))
        stages = [(str(each), wording.stage_name(each)) for each in Stage]
        categories = [(str(each), wording.category_chip(each)) for each in Category]
        colours = [(str(each), editor_words.colour(each)) for each in Colour]
        self._stage.offer(_("阶段"), [none, *stages], stage)
        self._category.offer(_("类别"), [none, *categories], category)
        self._colour.offer(_("颜色"), [("", _("无")), *colours], colour)
        self._file.offer(_("存到"), self._packs, file)
