"""`sidebar ingest --live`: conversation events of other programs to the running sidebar."""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from typing import BinaryIO

from sidebar.commands.events import lines_of
from sidebar.commands.homes import home_of
from sidebar.commands.output import complain, write
from sidebar.errors import UserError
from sidebar.paths import Home
from sidebar.platforms.local_line import line_to

_PORTION = 48
"""Lines that are sent before their answers are read; fewer than would fill the line with answers."""


def ingest_live(options: argparse.Namespace) -> int:
    """Send each line; report each that is refused with its number and reason. Ends with 1 if any was."""
    counted = Counter[str]()
    home = home_of(options)
    numbered = ((n, line) for n, line in enumerate(lines_of(options.file), 1) if line is None or line.strip())
    with ExitStack() as ending:
        connection = _connection(home, ending)
        while portion := tuple(islice(numbered, _PORTION)):
            for number, status, reason in _sent(connection, portion):
                counted[status] += 1
                if status == "refused":
                    complain(f"line {number}: {reason}")
    write(
        f"stored {counted['accepted']}, known already {counted['duplicate']}, refused {counted['refused']}\n"
    )
    return 1 if counted["refused"] else 0


def _sent(connection: BinaryIO, portion: Sequence[tuple[int, str | None]]) -> Iterator[tuple[int, str, str]]:
    """Number, status and reason of each line of *portion*; those too long to be lines are not sent."""
    for number, line in portion:
        if line is None:
            yield number, "refused", "this is too long for an event"
    sendable = [(number, line.strip()) for number, line in portion if line is not None]
    lines = "".join(f"{line}\n" for _, line in sendable).encode(errors="surrogateescape")
    for (number, _), answer in zip(sendable, _answers(connection, lines, len(sendable)), strict=True):
        yield number, str(answer["status"]), str(answer.get("reason", ""))


def _answers(connection: BinaryIO, lines: bytes, count: int) -> Iterator[dict[str, object]]:
    try:
        connection.write(lines)
        connection.flush()
        for _ in range(count):
            yield dict(json.loads(connection.readline()))
    except (OSError, ValueError) as error:
        raise UserError(
            "The sidebar has ended or does not answer; start it and send the file again:"
            " what is stored already counts once."
        ) from error


def _connection(home: Home, ending: ExitStack) -> BinaryIO:
    try:
        return ending.enter_context(line_to(home.bridge.read_text(encoding="utf-8")))
    except OSError as error:
        raise UserError(
            f"No sidebar runs on {home.root}, or its bridge is switched off; start it,"
            " or leave --live away to write into the history."
        ) from error
