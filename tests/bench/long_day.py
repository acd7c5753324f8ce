"""A million events ingested, and the state rebuilt from a day of 100,000, beside the bare minimum.

    python -m tests.bench.long_day [--rounds N] [--events N]

The bare ingest is `json.loads` and an insert, the bare read one of all rows with `json.loads`: both by
turns with ours, in the same process, so that what drifts on the machine drifts for both.
"""

import argparse
import contextlib
import gc
import io
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

from sidebar.cli import main as sidebar
from sidebar.domain.conversations import Thresholds
from sidebar.domain.events import ShiftBegun
from sidebar.domain.identifiers import EventId, ShiftId
from sidebar.services.board import Board
from sidebar.services.library import Library
from sidebar.services.rebuilding import rebuild
from sidebar.services.reminding import Reminders
from sidebar.services.shift_log import ShiftLog
from sidebar.services.wordings import Wordings
from sidebar.storage.history import SqliteHistory
from tests.bench.figures import Figure, Goal, Measure
from tests.bench.ledger import Ledger, table

INGESTED = 1_000_000
OF_THE_DAY = 100_000
BARE = "json.loads and sqlite3"
OURS = "sidebar"

_PORTION = 1000
_BEGUN = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
_INGEST = Figure(
    title="events ingested",
    unit="s",
    base=BARE,
    goals={OURS: Goal(of=Measure.MEDIAN, at_most=30.0)},
)
_REBUILD = Figure(
    title="state rebuilt from 100,000 events of the day",
    unit="ms",
    base=BARE,
    goals={OURS: Goal(of=Measure.MEDIAN, at_most=500.0)},
)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.long_day")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often, by turns")
    parser.add_argument("--events", type=int, default=INGESTED, metavar="N", help="how many are ingested")
    options = parser.parse_args(arguments)
    ledger = Ledger()
    with tempfile.TemporaryDirectory(prefix="sidebar-bench-") as folder:
        lines = Path(folder) / "events.jsonl"
        for number in range(options.rounds):
            home = Path(folder) / f"home-{number}"
            _make(lines, options.events)
            bare = Path(folder) / f"bare-{number}.db"
            ledger.add(_INGEST, BARE, _seconds(partial(_insert, lines, bare)))
            ledger.add(_INGEST, OURS, _seconds(partial(_ingest, lines, home)))
            _make(lines, OF_THE_DAY)
            _ingest(lines, day := Path(folder) / f"day-{number}")
            for _ in range(5):
                ledger.add(_REBUILD, BARE, 1000 * _seconds(partial(_read, day)))
                ledger.add(_REBUILD, OURS, 1000 * _seconds(partial(_rebuild, day)))
    print(f"{options.events:,} events, {options.events / OF_THE_DAY:g} times a long day")
    print(table(list(ledger.rows((_INGEST, _REBUILD)))))
    return 0


def _make(path: Path, count: int) -> None:
    """A day in which some sixty buyers at a time write, wait, are answered and done with."""
    with path.open("w", encoding="utf-8") as file:
        for line in islice(_events(random.Random(count)), count):
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _events(chance: random.Random) -> Iterator[dict[str, object]]:
    open, opened, at = [f"c{number}" for number in range(60)], 60, _BEGUN
    for number in range(10**9):
        at += timedelta(seconds=chance.random() * 1.6)
        place = chance.randrange(len(open))
        kind = chance.choices(("customer_message", "agent_message", "conversation_closed"), (50, 42, 8))[0]
        line = {
            "v": 1,
            "id": f"e{number}",
            "at": at.isoformat(),
            "type": kind,
            "client": "taobao",
            "conversation": open[place],
            "customer": f"买家{open[place]}",
        }
        yield line | ({"by": "human"} if kind == "agent_message" else {})
        if kind == "conversation_closed":
            open[place], opened = f"c{opened}", opened + 1


def _insert(lines: Path, database: Path) -> None:
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE events (id TEXT UNIQUE, at TEXT, body TEXT)")
    with lines.open(encoding="utf-8") as file:
        while portion := list(islice(file, _PORTION)):
            read = ((line, json.loads(line)) for line in portion)
            with connection:
                rows = [(event["id"], event["at"], line) for line, event in read]
                connection.executemany("INSERT INTO events VALUES (?, ?, ?)", rows)
    connection.close()


def _ingest(lines: Path, home: Path) -> None:
    with contextlib.redirect_stdout(io.StringIO()) as told:
        assert sidebar(["--home", str(home), "ingest", str(lines)]) == 0
    assert "refused 0" in told.getvalue()


def _read(home: Path) -> None:
    connection = sqlite3.connect(home / "history.db")
    for (body,) in connection.execute("SELECT body FROM events ORDER BY at, seq"):
        json.loads(body)
    connection.close()


def _rebuild(home: Path) -> None:
    """As a start does it: a shift runs since before the first event, and nothing is collected."""
    with SqliteHistory(home / "history.db") as history:
        board = Board(thresholds=Thresholds(), recall=None)
        shifts = ShiftLog()
        board.watch(shifts)
        begun = ShiftBegun(id=EventId("s"), at=_BEGUN, shift=ShiftId("s"), agent="")
        shifts.follow(begun)
        library = Library(readings=lambda _: (), conversation=board.get)
        rebuild(history.events(), (library, board, Reminders(), shifts, Wordings(pick=lambda _: 0)))
        assert board.view(_BEGUN).rows
        assert shifts.view(_BEGUN).handled > 60


def _seconds(act: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    begun = time.perf_counter()
    act()
    taken = time.perf_counter() - begun
    gc.enable()
    return taken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
