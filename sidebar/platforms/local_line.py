"""A line to a program of this user on this machine: a socket in the file system, or a named pipe."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

PIPES = "\\\\.\\pipe\\"
"""What the name of a Windows pipe begins with."""

_PATIENCE = 30.0
"""Seconds for one answer; a busy sidebar takes milliseconds."""


@contextmanager
def line_to(address: str) -> Iterator[BinaryIO]:
    """A connection to *address*, to be written and read by turns; raises OSError."""
    if address.startswith(PIPES):
        with Path(address).open("r+b", buffering=0) as pipe:
            yield cast("BinaryIO", pipe)
        return
    family = getattr(socket, "AF_UNIX", None)
    if family is None:
        raise FileNotFoundError(address)
    with socket.socket(family) as connection:
        connection.settimeout(_PATIENCE)
        connection.connect(address)
        with connection.makefile("rwb") as both:
            yield cast("BinaryIO", both)
