"""Joins the health panel to the tests behind it, for as long as the panel is open."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from sidebar.services.health import Health
from sidebar.ui.health_panel import HealthPanel


class HealthPresenter(QObject):
    """Lives as long as *panel*; *begin* makes the tests, given what to run when they found something."""

    def __init__(
        self,
        panel: HealthPanel,
        *,
        begin: Callable[[Callable[[], None]], Health],
        can_insert: Callable[[bool], None],
    ) -> None:
        super().__init__(panel)
        self._panel = panel
        self._can_insert = can_insert
        self._health = begin(self._show)
        panel.destroyed.connect(self._health.end)
        panel.again_requested.connect(self._health.run)
        self._health.run()

    def _show(self) -> None:
        rows = self._health.rows
        self._panel.show_rows(rows)
        if all(row.finding is not None for row in rows):
            self._can_insert(self._health.can_insert)
