"""For which clients and which kinds of conversation a phrase is meant."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from sidebar.domain.detail_sheets import DetailSheet
from sidebar.domain.identifiers import ClientName
from sidebar.domain.phrases import Category
from sidebar.ui import wording
from sidebar.ui.section import Join, Section
from sidebar.ui.tick_picker import TickPicker
from sidebar.ui.wording import _


class FittingSection(Section):
    """*clients* are names and what they are called."""

    def __init__(self, parent: QWidget, *, join: Join, clients: Sequence[tuple[str, str]]) -> None:
        super().__init__(parent, join=join)
        self._known = tuple(clients)
        self._clients, self._categories = TickPicker(self), TickPicker(self)
        for picker in (self._clients, self._categories):
            picker.picked.connect(self.typed)
            join(picker)
            self._column.addWidget(picker)
        self.retranslate()

    def show_details(self, sheet: DetailSheet) -> None:
        self._offer(sheet.clients, tuple(map(str, sheet.categories)))

    def told(self, sheet: DetailSheet) -> DetailSheet:
        return replace(
            sheet,
            clients=tuple(map(ClientName, self._clients.values)),
            categories=tuple(map(Category, self._categories.values)),
        )

    def point_out(self, row: int) -> None:
        self.keyboard_wanted.emit(self._categories if row else self._clients)

    def retranslate(self) -> None:
        self._offer(self._clients.values, self._categories.values)

    def _offer(self, clients: Sequence[str], categories: Sequence[str]) -> None:
        kinds = [(str(each), wording.category_name(each)) for each in Category]
        self._clients.offer(_("客户端"), self._known, clients, _("不限"))
        self._categories.offer(_("会话类别"), kinds, categories, _("不限"))
