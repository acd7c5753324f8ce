"""What the history would not take before the program ended, kept beside it as lines until it does."""

import json
import logging
import os
from pathlib import Path

from sidebar.domain.event_lines import read_line, to_line
from sidebar.domain.events import Event
from sidebar.domain.line_values import LineError
from sidebar.errors import HistoryError, HistoryFault, UserError
from sidebar.storage.history import SqliteHistory

log = logging.getLogger(__name__)


def keep(path: Path, *events: Event) -> None:
    """Add *events* to the lines in *path*; raises UserError where they cannot be kept there either."""
    lines = "".join(json.dumps(to_line(event)) + "\n" for event in events)
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise HistoryError(
            f"{len(events)} events could not be stored and are lost: {path} cannot be written ({reason}).",
            fault=HistoryFault.OTHER,
        ) from error


def take_back(path: Path, history: SqliteHistory) -> int:
    """Store what is kept in *path*, forget it there, and tell how much it was; raises HistoryError.

    Lines that were stored already count once, so it does no harm to be stopped in between.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return 0
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path} cannot be read; move it away, what it holds is in no history.") from error
    stored = history.store(*filter(None, map(_event, lines)))
    path.unlink()
    log.info("unsaved events taken back events=%d", stored)
    return stored


def _event(line: str) -> Event | None:
    """The event of *line*; None for half a line, which a full disk leaves behind."""
    try:
        return read_line(line, public_only=False)
    except LineError:
        log.warning("an unsaved event cannot be read")
        return None
