"""Whether the history and its disk are sound: one answer for the doctor and for the health panel."""

import os
import shutil
from pathlib import Path

from sidebar.domain.findings import Finding, Kind, State, found, of_sentence
from sidebar.errors import HistoryError
from sidebar.storage.history import SqliteHistory

_SCARCE, _NOTHING_LEFT = 100_000_000, 5_000_000
"""Bytes: a year of a busy shop is some 100 MB of history."""


def history_soundness(path: Path) -> Finding:
    """Read the whole history at *path*; takes as long as it is large."""
    name = "history"
    if not path.exists():
        return found(name, State.OK, Kind.NO_HISTORY_YET)
    try:
        with SqliteHistory(path, read_only=True) as history:
            faults, count = history.verify(), history.count()
    except HistoryError as error:
        return history_trouble(error)
    if faults:
        return found(name, State.BROKEN, Kind.DAMAGED, faults[0])
    if not os.access(path, os.W_OK):
        return found(name, State.BROKEN, Kind.READ_ONLY, str(path))
    return found(name, State.OK, Kind.EVENTS_WHOLE, str(count))


def history_trouble(error: HistoryError) -> Finding:
    """What *error* says of the history; its fault is the detail."""
    told = of_sentence("history", State.BROKEN, str(error))
    return Finding(
        name=told.name,
        state=told.state,
        reason=told.reason,
        remedy=told.remedy,
        kind=Kind.HISTORY,
        detail=str(error.fault),
    )


def disk_room(folder: Path) -> Finding:
    """The room on the disk of *folder*."""
    free = shutil.disk_usage(folder).free
    if free < _NOTHING_LEFT:
        state, kind = State.BROKEN, Kind.FULL
    elif free < _SCARCE:
        state, kind = State.WARNING, Kind.SCARCE
    else:
        state, kind = State.OK, Kind.FREE
    return found("disk", state, kind, str(free // 1_000_000))
