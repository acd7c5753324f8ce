"""Joins the import panel to the import behind it, for as long as the panel is open."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from sidebar.services.importing import Importing
from sidebar.ui.import_panel import ImportPanel

Tell = Callable[[int, int], None]


class ImportPresenter(QObject):
    """Lives as long as *panel*; *begin* makes the import, given how it tells progress and change.

    Progress is told on the thread that reads; the signal brings it to this one.
    """

    _progressed = Signal(int, int)

    def __init__(self, panel: ImportPanel, *, begin: Callable[[Tell, Callable[[], None]], Importing]) -> None:
        super().__init__(panel)
        self._panel = panel
        self._over = False
        self._importing = begin(self._tell, self._show)
        self._progressed.connect(self._on_progressed)
        panel.destroyed.connect(self._end)
        panel.chosen.connect(lambda path: self._importing.choose(Path(path)))
        panel.cancel_requested.connect(self._importing.cancel)
        panel.bring_in_requested.connect(self._importing.bring_in)
        panel.undo_requested.connect(self._importing.take_back)
        panel.over_requested.connect(self._importing.start_over)
        panel.show_view(self._importing.view)

    def _tell(self, done: int, total: int) -> None:
        if not self._over:
            self._progressed.emit(done, total)

    def _show(self) -> None:
        if not self._over:
            self._panel.show_view(self._importing.view)

    def _on_progressed(self, done: int, total: int) -> None:
        if not self._over:
            self._panel.show_progress(done, total)

    def _end(self) -> None:
        """The panel is gone: what is being read is read no further."""
        self._over = True
        self._importing.cancel()
