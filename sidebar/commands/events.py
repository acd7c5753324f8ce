"""`sidebar ingest`: conversation events of other programs into the history."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from sidebar.commands.homes import history_to_write, home_of
from sidebar.commands.output import complain, write
from sidebar.domain.event_lines import read_line
from sidebar.domain.events import Event
from sidebar.domain.line_values import LineError
from sidebar.errors import UserError
from sidebar.system_time import SystemClock

_PORTION = 1000
"""Events a transaction, some 10 ms of the lock: a running sidebar never waits long for it."""

_MUCH = 1000
"""Events that a start notices."""

_LONGEST = 1_000_000
"""Bytes of a line: an event has some hundred; a file without line ends must not fill the memory."""


def ingest(options: argparse.Namespace) -> int:
    """Store each good line; report each bad one with its number and reason. Ends with 1 if any was bad."""
    home = home_of(options)
    read = refused = stored = 0
    portion: list[Event] = []
    with history_to_write(home) as history:
        for number, line in enumerate(lines_of(options.file), start=1):
            if line is not None and not line.strip():
                continue
            try:
                portion.append(_event(line))
            except LineError as error:
                refused += 1
                complain(f"line {number}: {error}")
                continue
            read += 1
            if len(portion) >= _PORTION:
                stored += history.store(*portion)
                portion.clear()
        stored += history.store(*portion)
    write(f"stored {stored}, known already {read - stored}, refused {refused}\n")
    if stored >= _MUCH:
        _keep_state(home.history)
    return 1 if refused else 0


def _keep_state(history: Path) -> None:
    """Who brings much takes the time to fold it, not the next start; a little is left to that."""
    from sidebar.state_keeping import BEHIND, keep_all

    keep_all(history, until=SystemClock().now() - BEHIND)


def _event(line: str | None) -> Event:
    if line is None:
        raise LineError(f"this is longer than {_LONGEST // 1_000_000} MB")
    return read_line(line)


def lines_of(file: str) -> Iterator[str | None]:
    """The lines of *file*, None for one that is too long; what is not UTF-8 makes a bad line, not an end."""
    if file == "-":
        if sys.stdin is None:
            raise UserError("The standard input is closed; give a file, or pipe the events in.")
        yield from _decoded(sys.stdin.buffer)
        return
    with Path(file).open("rb") as lines:
        yield from _decoded(lines)


def _decoded(lines: BinaryIO) -> Iterator[str | None]:
    encoding = "utf-8-sig"  # Windows' editors begin a file with a mark
    while content := lines.readline(_LONGEST + 1):
        if len(content) <= _LONGEST:
            yield content.decode(encoding, "surrogateescape")
        else:
            while not content.endswith(b"\n") and (content := lines.readline(_LONGEST)):
                pass
            yield None
        encoding = "utf-8"
