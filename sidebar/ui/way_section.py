"""How a phrase goes in where that differs: its line breaks, and whether it is sent or copied."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from sidebar.domain.detail_sheets import DetailSheet
from sidebar.domain.identifiers import ClientName
from sidebar.domain.newlines import Newlines
from sidebar.domain.phrase_details import ANY_CLIENT, ClientWay, Delivery
from sidebar.ui.form_panel import beside
from sidebar.ui.picker import Picker
from sidebar.ui.section import Join, RowSection, SectionRow
from sidebar.ui.wording import _


class WaySection(RowSection):
    """A row for each client that is an exception; *clients* are names and what they are called."""

    def __init__(self, parent: QWidget, *, join: Join, clients: Sequence[tuple[str, str]]) -> None:
        super().__init__(parent, join=join)
        self._clients = tuple(clients)
        self.retranslate()

    def show_details(self, sheet: DetailSheet) -> None:
        self._have([self._row(way) for way in sheet.ways])

    def told(self, sheet: DetailSheet) -> DetailSheet:
        return replace(sheet, ways=tuple(row.way() for row in self.rows if isinstance(row, _WayRow)))

    def retranslate(self) -> None:
        super().retranslate()
        self._add.say(_("＋ 加一个客户端"))

    def _made(self) -> SectionRow:
        """For the first client that has no row yet: any, to begin with."""
        taken = {row.way().client for row in self.rows if isinstance(row, _WayRow)}
        names = (ANY_CLIENT, *(ClientName(name) for name, _label in self._clients))
        return self._row(ClientWay(client=next((each for each in names if each not in taken), ANY_CLIENT)))

    def _row(self, way: ClientWay) -> "_WayRow":
        return _WayRow(self, way, clients=self._clients, join=self._join)


class _WayRow(SectionRow):
    def __init__(
        self, parent: QWidget, way: ClientWay, *, clients: Sequence[tuple[str, str]], join: Join
    ) -> None:
        super().__init__(parent)
        known = {name for name, _label in clients} | {ANY_CLIENT}
        unknown = ((str(way.client), str(way.client)),) if way.client not in known else ()
        self._clients = (*clients, *unknown)
        self._client, self._newlines, self._delivery = (Picker(self) for _each in range(3))
        self._offer(str(way.client), str(way.newlines or ""), str(way.delivery or ""))
        for picker in (self._client, self._newlines, self._delivery):
            picker.picked.connect(self.typed)
            join(picker)
        self.content.addWidget(self._client)
        self.content.addWidget(beside(self, self._newlines, self._delivery))

    @property
    def first(self) -> QWidget:
        return self._client

    def way(self) -> ClientWay:
        """What stands in the row."""
        return ClientWay(
            client=ClientName(self._client.value),
            newlines=Newlines(self._newlines.value) if self._newlines.value else None,
            delivery=Delivery(self._delivery.value) if self._delivery.value else None,
        )

    def retranslate(self) -> None:
        self._offer(self._client.value, self._newlines.value, self._delivery.value)
        self.remove.say("×", name=_("去掉第 {number} 个客户端").format(number=self.number), hint=_("去掉"))

    def _offer(self, client: str, newlines: str, delivery: str) -> None:
        as_ever = ("", _("照旧"))
        breaks = (
            (Newlines.AS_IS, _("原样")),
            (Newlines.SHIFT_ENTER, "Shift+Enter"),
            (Newlines.CTRL_ENTER, "Ctrl+Enter"),
            (Newlines.JOINED, _("并成一行")),
        )
        ways = (
            (Delivery.INSERT, _("只填入")),
            (Delivery.SEND, _("填入并发送")),
            (Delivery.COPY, _("只复制")),
        )
        self._client.offer(_("在"), ((str(ANY_CLIENT), _("任何客户端")), *self._clients), client)
        self._newlines.offer(_("换行"), (as_ever, *((str(each), words) for each, words in breaks)), newlines)
        self._delivery.offer(_("发送"), (as_ever, *((str(each), words) for each, words in ways)), delivery)
