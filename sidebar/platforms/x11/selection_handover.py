"""Leaving what we own to the clipboard manager when the program ends."""

import select
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from Xlib import X, Xatom

from sidebar.platforms.x11.connection import Connection
from sidebar.platforms.x11.selection_contents import Contents

BOUND = timedelta(milliseconds=300)
"""How long the clipboard manager may take to copy everything."""


def hand_over(
    connection: Connection, *, window: Any, contents: Contents, hear: Callable[[Any], None]
) -> bool:
    """Have the clipboard manager copy *contents*, which *window* owns; True once it says it has.

    Waits up to `BOUND`, and only *hear* gets events meanwhile, to answer the manager's
    requests: meant for the end, when the event loop has stopped and nobody else listens.
    """
    display = connection.display
    managers, place = connection.atom("CLIPBOARD_MANAGER"), connection.atom("_SIDEBAR_HANDOVER")
    if display.get_selection_owner(managers) == X.NONE:
        return False
    targets = [form.target for form in contents.forms]
    window.change_property(place, Xatom.ATOM, 32, targets)
    window.convert_selection(managers, connection.atom("SAVE_TARGETS"), place, X.CurrentTime)
    end = time.monotonic() + BOUND.total_seconds()
    while (left := end - time.monotonic()) > 0:
        while display.pending_events():
            event = display.next_event()
            if event.type == X.SelectionNotify and event.selection == managers:
                return bool(event.property != X.NONE)
            hear(event)
        display.flush()
        select.select((display.fileno(),), (), (), left)
    return False
