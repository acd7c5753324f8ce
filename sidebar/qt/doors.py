"""Where other programs of this user can connect: a socket in the file system, or Windows' named pipe."""

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

MOST_CALLERS = 16
UNREAD = 64 * 1024
"""Bytes of answers that may wait to be read by a caller before it is listened to no more."""
CHUNK = 64 * 1024

_LONGEST_PATH = 100
"""Bytes that fit into a socket's address on every system that has them."""


class Heard(Protocol):
    """What becomes of what a caller sends."""

    def receive(self, sent: bytes) -> None: ...

    def ended(self) -> None: ...


class Caller(Protocol):
    """One connection."""

    def answer(self, words: bytes) -> None: ...

    def hear(self, listening: bool) -> None: ...

    def hang_up(self) -> None: ...


Enter = Callable[[Caller], Heard]


class Door(Protocol):
    """Open from its making until it is closed; `address` is what a program connects to."""

    @property
    def address(self) -> str: ...

    def close(self) -> None: ...


def open_door(folder: Path, name: str, enter: Enter) -> Door:
    """A door for this user alone, in *folder* where its path is short enough; raises OSError.

    *name* is one that nobody can guess.
    """
    if hasattr(socket, "AF_UNIX"):
        from sidebar.qt.socket_door import SocketDoor

        place = folder / "bridge.sock"
        if len(os.fsencode(place)) > _LONGEST_PATH:
            place = Path(os.environ.get("XDG_RUNTIME_DIR", "/tmp"), f"shop-sidebar-{name}.sock")
        return SocketDoor(place, enter)
    from sidebar.qt.pipe_door import PipeDoor

    return PipeDoor(f"shop-sidebar-{name}", enter)
