"""Merging conflict copies from the window: files on one side, the panel on the other."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sidebar.domain.identifiers import PhraseId
from sidebar.errors import UserError
from sidebar.ports import Background
from sidebar.services.views import Conflict, ConflictingPhrase
from sidebar.storage.known_packs import ConflictCopy
from sidebar.storage.merging import Comparison, compare, merge, set_aside
from sidebar.system_time import SystemClock, local_zone
from sidebar.ui.merge_panel import MergePanel
from sidebar.ui.window import SidebarWindow


class CopyMerging:
    """Goes through the copies while there are any; *merged* hears of each that has been seen to.

    The files are read and written in the *background*; what was there before goes *aside*.
    """

    def __init__(
        self,
        *,
        window: SidebarWindow,
        aside: Path,
        next_copy: Callable[[], ConflictCopy | None],
        background: Background,
        merged: Callable[[ConflictCopy], None],
        failed: Callable[[UserError], None],
    ) -> None:
        self._window = window
        self._aside = aside
        self._next_copy = next_copy
        self._background = background
        self._merged = merged
        self._failed = failed

    def begin(self) -> None:
        """Show the next copy, if there is one left."""
        copy = self._next_copy()
        if copy is not None:
            self._background.run(lambda: compare(copy), done=self._show, failed=self._failed)

    def _show(self, comparison: Comparison) -> None:
        panel = MergePanel(self._window)
        panel.merge_requested.connect(lambda theirs: self._merge(comparison, theirs))
        panel.discard_requested.connect(lambda: self._discard(comparison.files))
        panel.show_conflict(_conflict(comparison))
        self._window.open_panel(panel)

    def _merge(self, comparison: Comparison, theirs: frozenset[PhraseId]) -> None:
        self._run(comparison.files, lambda: merge(comparison, theirs, aside=self._aside, at=_now()))

    def _discard(self, files: ConflictCopy) -> None:
        self._run(files, lambda: set_aside(files.copy, aside=self._aside, at=_now()))

    def _run(self, files: ConflictCopy, act: Callable[[], None]) -> None:
        def done(_: None) -> None:
            self._merged(files)
            self.begin()

        self._window.close_panel()  # what has been answered is not asked again meanwhile
        self._background.run(act, done=done, failed=self._failed)


def _now() -> datetime:
    return SystemClock().now().astimezone(local_zone())


def _conflict(comparison: Comparison) -> Conflict:
    return Conflict(
        original=comparison.files.original.name,
        copy=comparison.files.copy.name,
        new=len(comparison.new),
        differing=tuple(
            ConflictingPhrase(
                phrase=each.copy.id,
                title=each.original.title,
                original=each.original.body,
                copy=each.copy.body,
            )
            for each in comparison.differing
        ),
        newer=comparison.newer,
    )
