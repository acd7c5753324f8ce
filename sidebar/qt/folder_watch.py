"""Folders and files that tell when they change, by the system's own means."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QFileSystemWatcher, QObject


class QtFolderWatch(QObject):
    """Implements `FolderWatch`. A file that is replaced is told by its folder and has to be watched anew."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watcher = QFileSystemWatcher(self)
        self._changed: Callable[[], None] = _nobody
        self._watcher.fileChanged.connect(self._on_watcher_changed)
        self._watcher.directoryChanged.connect(self._on_watcher_changed)

    def watch(self, places: Sequence[str], changed: Callable[[], None]) -> None:
        """Tell *changed* of each change in *places*, and no more of others."""
        self._changed = changed
        before = {*self._watcher.files(), *self._watcher.directories()}
        wanted = set(places)
        if gone := before - wanted:
            self._watcher.removePaths(sorted(gone))
        if new := wanted - before:
            self._watcher.addPaths(sorted(new))

    def _on_watcher_changed(self, _place: str) -> None:
        self._changed()


def _nobody() -> None:
    """Nothing is watched yet."""
