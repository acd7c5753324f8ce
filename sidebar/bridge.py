"""The open bridge put together: a door, who takes in what comes through it, and the word where it is."""

import logging
import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from sidebar.new_ids import new_id
from sidebar.paths import Home
from sidebar.ports import Scheduler
from sidebar.qt.doors import open_door
from sidebar.services.bridging import Bridge
from sidebar.services.journal import Journal

log = logging.getLogger(__name__)


def open_bridge(home: Home, *, journal: Journal, scheduler: Scheduler) -> Callable[[], None]:
    """Let other programs of this user bring events from now on; returns how to end that.

    A folder that can hold no socket costs the bridge alone.
    """
    closing = ExitStack()
    try:
        door = open_door(home.root, new_id(), Bridge(journal=journal, scheduler=scheduler).take)
        closing.callback(door.close)
        _tell(home.bridge, door.address)
        closing.callback(home.bridge.unlink, missing_ok=True)
    except OSError as error:
        closing.close()
        log.warning("no bridge for other programs: %s", error.strerror or type(error).__name__)
    return closing.close


def _tell(file: Path, address: str) -> None:
    """Write *address* where this user alone can read it."""
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as words:
        words.write(address)
