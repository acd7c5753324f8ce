"""`sidebar ingest`: conversation events of other programs into the history."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from sidebar.domain.event_lines import read_line
from sidebar.domain.events import Event
from sidebar.domain.line_values import LineError
from sidebar.errors import UserError
from sidebar.paths import Home
from sidebar.storage.history import SqliteHistory

_PORTION = 200
"""Events a transaction: a running sidebar never waits long for the lock."""


def ingest(options: argparse.Namespace) -> int:
    """Store each good line; report each bad one with its number and reason. Ends with 1 if any was bad."""
    home = Home.choose(options.home)
    home.ensure()
    bad = 0
    portion: list[Event] = []
    with SqliteHistory(home.history) as history:
        before = history.count()
        read = 0
        for number, line in enumerate(_lines(options.file), start=1):
            if not line.strip():
                continue
            try:
                portion.append(read_line(line))
            except LineError as error:
                bad += 1
                print(f"line {number}: {error}", file=sys.stderr)
                continue
            read += 1
            if len(portion) >= _PORTION:
                history.append(*portion)
                portion.clear()
        history.append(*portion)
        stored = history.count() - before
    print(f"stored {stored}, known already {read - stored}, refused {bad}")
    return 1 if bad else 0


def _lines(file: str) -> Iterator[str]:
    """The lines of *file*; bytes that are not UTF-8 make a bad line, not an end."""
    if file == "-":
        yield from (line.decode("utf-8", "surrogateescape") for line in sys.stdin.buffer)
        return
    try:
        with Path(file).open("rb") as lines:
            yield from (line.decode("utf-8", "surrogateescape") for line in lines)
    except OSError as error:
        raise UserError(f"{file}: cannot be read ({error.strerror or type(error).__name__}).") from error
