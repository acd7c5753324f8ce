"""Which program a window belongs to, as the X server knows it."""

from typing import Any

from Xlib.error import XError
from Xlib.ext.res import LocalClientPIDMask

from sidebar.platforms.x11.connection import Connection


def same_program(connection: Connection, one: int, other: int) -> bool:
    """Whether two windows are of one program: of one connection, else of connections of one process.

    The server gives each connection a range of ids, so that the first needs no question. A
    window says its own process in _NET_WM_PID if at all; the server knows it (X-Resource).
    """
    mask = connection.display.display.info.resource_id_mask
    if one & ~mask == other & ~mask:
        return True
    process = _process(connection, one)
    return process is not None and process == _process(connection, other)


def _process(connection: Connection, window: int) -> int | None:
    """The process that made *window*; None where the server cannot tell (too old, or far away)."""
    if not connection.display.has_extension("X-Resource"):
        return None
    asked: list[dict[str, Any]] = [{"client": window, "mask": LocalClientPIDMask}]
    try:
        answer = connection.display.res_query_client_ids(asked)
    except XError:
        return None
    return next((int(found.value[0]) for found in answer.ids if found.value), None)
