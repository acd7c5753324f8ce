"""Five hundred open conversations on the sidebar's own window, beside a bare list of as many rows."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QApplication, QListView

from sidebar.domain.events import AgentMessage, Assigned, ConversationEvent, CustomerMessage
from sidebar.domain.identifiers import ClientName, ConversationId, EventId
from sidebar.ui.window import SidebarWindow
from tests.bench.samples import Sample
from tests.ui.shop_window import ShopWindow

CROWD = 500
_PORTION = 48
"""Events that the bridge takes in at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowded:
    """What was measured, in milliseconds; a frame is all that is between two turns of the loop."""

    bare_paint: Sample
    tick: Sample
    tick_frame: Sample
    event_frame: Sample
    flood_frame: Sample


class Crowd:
    """A shop with everybody waiting, each with two clocks, and the window that shows it."""

    def __init__(self, window: SidebarWindow) -> None:
        made = ShopWindow(window)
        self._shop, self.presenter = made.shop, made.presenter
        self._random = Random(5)
        self._serial = 0
        self._shop.desk.begin_shift()
        for number in range(CROWD):
            self._happens(CustomerMessage, number)
            self.passes(0.3)
        for number in range(CROWD):
            self._happens(Assigned, number)

    def passes(self, seconds: float) -> None:
        self._shop.time.advance(timedelta(seconds=seconds))

    def happen(self, count: int) -> None:
        """Somebody writes or is answered, *count* times; what follows from it is left to the loop."""
        for _ in range(count):
            kind = self._random.choice((CustomerMessage, AgentMessage))
            self._happens(kind, self._random.randrange(CROWD))

    def _happens(self, kind: type[ConversationEvent], number: int) -> None:
        self._serial += 1
        event = kind(
            id=EventId(str(self._serial)),
            at=self._shop.time.now(),
            conversation=ConversationId(f"c{number}"),
            client=ClientName("taobao"),
            customer=f"顾客{number}",
        )
        self._shop.journal.publish(event)


def measure(window: SidebarWindow, *, rounds: int = 60) -> Crowded:
    """Ticks, single events and portions of a flood by turns with the paint of a bare list."""
    crowd = Crowd(window)
    bare = QListView()
    bare.setUniformItemSizes(True)
    bare.setModel(QStringListModel([f"顾客{number}" for number in range(CROWD)]))
    bare.resize(352, 190)
    bare.show()
    crowd.presenter.refresh()
    _loop()
    times: dict[str, list[float]] = {name: [] for name in Crowded.__dataclass_fields__}

    def event(count: int) -> None:
        crowd.happen(count)
        crowd.passes(0)
        _loop()

    def repaint() -> None:
        bare.viewport().update()
        _loop()

    for _ in range(rounds):
        times["bare_paint"].append(_took(repaint))
        crowd.passes(1)
        tick = _took(crowd.presenter.tick)
        times["tick"].append(tick)
        times["tick_frame"].append(tick + _took(_loop))
        times["event_frame"].append(_took(lambda: event(1)))
        times["flood_frame"].append(_took(lambda: event(_PORTION)))
    bare.close()
    return Crowded(**{name: Sample(values=tuple(values)) for name, values in times.items()})


def _loop() -> None:
    QApplication.processEvents()


def _took(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return (time.perf_counter() - begun) * 1000
