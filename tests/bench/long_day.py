"""A million events ingested, the state rebuilt from a day of 100,000, and a start after all of them.

    python -m tests.bench.long_day [--rounds N] [--events N]

The bare ingest is `json.loads` and an insert, the bare read one of all rows with `json.loads`: both by
turns with ours, in the same process, so that what drifts on the machine drifts for both. A start after
all that was ingested and 2,000 events of today is made in a process of its own, for its memory: once
from the log alone, then from what was kept of it.
"""

import argparse
import contextlib
import gc
import io
import json
import os
import random
import sqlite3
import subprocess
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
from sidebar.domain.events import ShiftBegun, ShiftEnded
from sidebar.domain.identifiers import EventId, ShiftId
from sidebar.kept_state import bring_back
from sidebar.services.board import Board
from sidebar.services.library import Library
from sidebar.services.rebuilding import Fold, rebuild
from sidebar.services.reminding import Reminders
from sidebar.services.shift_log import ShiftLog
from sidebar.services.sleep_questions import SleepQuestions
from sidebar.services.wordings import Wordings
from sidebar.state_keeping import BEHIND, keep_portion
from sidebar.storage.history import SqliteHistory
from tests.bench.figures import Figure, Goal, Measure
from tests.bench.ledger import Ledger, table

INGESTED = 1_000_000
OF_THE_DAY = 100_000
OF_TODAY = 2_000
BARE = "json.loads and sqlite3"
OURS = "sidebar"
WHOLE = "sidebar, from the log alone"
KEPT = "sidebar, from what was kept"

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
    goals={how: Goal(of=Measure.MEDIAN, at_most=500.0) for how in (WHOLE, KEPT)},
)
_TODAY = _BEGUN + timedelta(days=60)
_START = Figure(
    title="state at a start after all those and 2,000 of today",
    unit="ms",
    base=BARE,
    goals={KEPT: Goal(of=Measure.MEDIAN, at_most=100.0)},
)
_MEMORY = Figure(title="memory that this start takes", unit="MiB", base=WHOLE)
_KEEPING = Figure(title="100,000 events folded into what is kept, by the worker", unit="ms", base="")
_PART = Figure(title="the longest portion of it", unit="ms", base="")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.long_day")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often, by turns")
    parser.add_argument("--events", type=int, default=INGESTED, metavar="N", help="how many are ingested")
    parser.add_argument("--start", type=Path, metavar="HOME", help="only make a start, and tell of it")
    parser.add_argument("--whole", action="store_true", help="that start reads the log alone")
    options = parser.parse_args(arguments)
    if options.start is not None:
        print(*_start(options.start, whole=options.whole))
        return 0
    ledger = Ledger()
    with tempfile.TemporaryDirectory(prefix="sidebar-bench-") as folder:
        lines = Path(folder) / "events.jsonl"
        for number in range(options.rounds):
            home = Path(folder) / f"home-{number}"
            _make(lines, options.events)
            bare = Path(folder) / f"bare-{number}.db"
            ledger.add(_INGEST, BARE, _seconds(partial(_insert, lines, bare)))
            ledger.add(_INGEST, OURS, _seconds(partial(_ingest, lines, home)))
            _measure_starts(ledger, lines, home)
            _long_day(lines, day := Path(folder) / f"day-{number}")
            for _ in range(5):
                ledger.add(_REBUILD, BARE, 1000 * _seconds(partial(_read, day)))
                ledger.add(_REBUILD, WHOLE, 1000 * _seconds(partial(_rebuild, day, whole=True)))
                ledger.add(_REBUILD, KEPT, 1000 * _seconds(partial(_rebuild, day, whole=False)))
    print(f"{options.events:,} events, {options.events / OF_THE_DAY:g} times a long day")
    print(table(list(ledger.rows((_INGEST, _REBUILD, _START, _MEMORY, _KEEPING, _PART)))))
    return 0


def _long_day(lines: Path, home: Path) -> None:
    """A shift of a day and its events, of which all but the last hour are kept, as by a running sidebar."""
    home.mkdir()
    with SqliteHistory(home / "history.db") as history:
        history.append(next(_shifts()))
    _make(lines, OF_THE_DAY)
    _ingest(lines, home)
    with SqliteHistory(home / "history.db") as history:
        *_, last = history.events()
    _forget(home)
    for _ in _keep(home, until=last.at - BEHIND):
        pass


def _measure_starts(ledger: Ledger, lines: Path, home: Path) -> None:
    """Starts on a *home* with a long past, from all of it and from what was kept of it."""
    _make(lines, OF_TODAY, begun=_TODAY)
    _ingest(lines, home)
    with SqliteHistory(home / "history.db") as history:
        history.append(*_shifts())
        events = history.count()
    ledger.add(_START, BARE, 1000 * _seconds(partial(_read, home)))
    _add_start(ledger, WHOLE, home, "--whole")
    _forget(home)
    portions = list(_keep(home, until=_TODAY))
    ledger.add(_KEEPING, OURS, sum(portions) * OF_THE_DAY / events)
    ledger.add(_PART, OURS, max(portions))
    for _ in range(5):
        _add_start(ledger, KEPT, home)


def _add_start(ledger: Ledger, how: str, home: Path, *more: str) -> None:
    program = [sys.executable, "-m", "tests.bench.long_day", "--start", str(home), *more]
    told = subprocess.run(program, capture_output=True, text=True, check=True).stdout
    taken, memory = map(float, told.split())
    ledger.add(_START, how, taken)
    ledger.add(_MEMORY, how, memory)


def _start(home: Path, *, whole: bool) -> tuple[float, float]:
    """Milliseconds and MiB of a start's part with the history, in this process."""
    board, _, folds = _folds()
    with SqliteHistory(home / "history.db") as history:
        before = _resident()
        taken = _seconds(partial(_bring_back, history, folds, whole=whole))
        gc.collect()
        memory = _resident() - before
        assert len(board.view(_TODAY).rows) >= 60
    return 1000 * taken, memory


def _resident() -> float:
    """MiB of this process."""
    (_, pages, *_) = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _forget(home: Path) -> None:
    connection = sqlite3.connect(home / "history.db")
    with connection:
        connection.execute("DELETE FROM kept_states")
    connection.close()


def _keep(home: Path, *, until: datetime) -> Iterator[float]:
    """Milliseconds of each portion, until all before *until* is kept."""
    more = True
    while more:
        begun = time.perf_counter()
        more = keep_portion(home / "history.db", until=until)
        yield 1000 * (time.perf_counter() - begun)


def _shifts() -> Iterator[ShiftBegun | ShiftEnded]:
    """One a day, each from morning to evening; today's still runs."""
    for number in range((_TODAY - _BEGUN).days + 1):
        name, begun = ShiftId(f"s{number}"), _BEGUN + timedelta(days=number)
        yield ShiftBegun(id=EventId(f"b{number}"), at=begun, shift=name, agent="")
        if begun < _TODAY:
            yield ShiftEnded(id=EventId(f"d{number}"), at=begun + timedelta(hours=16), shift=name)


def _make(path: Path, count: int, *, begun: datetime = _BEGUN) -> None:
    """A day in which some sixty buyers at a time write, wait, are answered and done with."""
    with path.open("w", encoding="utf-8") as file:
        for line in islice(_events(random.Random(count), begun), count):
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _events(chance: random.Random, at: datetime) -> Iterator[dict[str, object]]:
    of, open, opened = f"{at:%m%d}", [f"c{number}" for number in range(60)], 60
    for number in range(10**9):
        at += timedelta(seconds=chance.random() * 1.6)
        place = chance.randrange(len(open))
        kind = chance.choices(("customer_message", "agent_message", "conversation_closed"), (50, 42, 8))[0]
        line = {
            "v": 1,
            "id": f"e{of}-{number}",
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


def _rebuild(home: Path, *, whole: bool) -> None:
    """As a start in the evening of that day does it; nothing is collected meanwhile."""
    board, shifts, folds = _folds()
    with SqliteHistory(home / "history.db") as history:
        _bring_back(history, folds, whole=whole)
    assert board.view(_BEGUN).rows
    assert shifts.view(_BEGUN).handled > 60


def _bring_back(history: SqliteHistory, folds: tuple[Fold, ...], *, whole: bool) -> None:
    if whole:
        rebuild(history.events(), folds)
    else:
        bring_back(history, folds)


def _folds() -> tuple[Board, ShiftLog, tuple[Fold, ...]]:
    board = Board(thresholds=Thresholds())
    library = Library(readings=lambda _: (), conversation=board.get)
    shifts = ShiftLog()
    board.watch(shifts)
    sleeps = SleepQuestions(board=board, least=timedelta(minutes=2))
    return board, shifts, (library, board, Reminders(), shifts, Wordings(pick=lambda _: 0), sleeps)


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
