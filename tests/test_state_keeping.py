"""What is kept while the sidebar runs is what the next start would have made of the log."""

import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidebar.domain.events import Event
from sidebar.errors import UserError
from sidebar.kept_state import bring_back, state_shape
from sidebar.services.rebuilding import rebuild
from sidebar.state_keeping import BEHIND, StateKeeping, keep_portion
from sidebar.storage.history import SqliteHistory
from tests.domain.shop import Buyer
from tests.fakes import START, FakeTime
from tests.services.any_log import Records, logs

T = TypeVar("T")
_ROOT = Path(__file__).parents[1]
_KEEPER = """
import sys
from datetime import timedelta
from pathlib import Path
from sidebar.state_keeping import keep_portion
from tests.fakes import START

while keep_portion(Path(sys.argv[1]), until=START + timedelta(days=9), limit=7, least=1):
    print("kept", flush=True)
"""


class AtOnce:
    """A background in the foreground."""

    def __init__(self) -> None:
        self.runs = 0

    def run(
        self, operation: Callable[[], T], *, done: Callable[[T], None], failed: Callable[[UserError], None]
    ) -> None:
        self.runs += 1
        try:
            result = operation()
        except UserError as error:
            failed(error)
        else:
            done(result)


@contextmanager
def started(path: Path) -> Iterator[Records]:
    """The records as a start has them, with the history still open: conversations are asked of it."""
    records = Records()
    with SqliteHistory(path, read_only=True) as history:
        bring_back(history, records.folds)
        yield records


def left_to_read(path: Path) -> int:
    """How many events a start reads that were not kept."""
    with SqliteHistory(path, read_only=True) as history:
        kept = history.kept_state(state_shape())
        return len(list(history.events(after=None if kept is None else kept.cut)))


def whole(path: Path) -> Records:
    """The records made of all the log."""
    records = Records()
    with SqliteHistory(path) as history:
        rebuild(history.events(), records.folds)
    return records


@given(logs(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_start_finds_what_the_whole_log_says_however_it_was_stored(
    events: list[Event], data: st.DataObject
) -> None:
    """Stored in any order, with states kept in between of any time before."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "history.db"
        SqliteHistory(path).close()
        unstored = events
        if data.draw(st.booleans()):
            unstored = data.draw(st.permutations(events))
        while unstored:
            count = data.draw(st.integers(1, len(unstored)))
            with SqliteHistory(path) as history:
                history.append(*unstored[:count])
            unstored = unstored[count:]
            until = START + timedelta(minutes=data.draw(st.sampled_from((30, 120, 10_000))))
            keep_portion(path, until=until, limit=data.draw(st.integers(1, 30)), least=1)
        expected = whole(path)
        with started(path) as found:
            assert found.states() == expected.states()
            assert found.shown() == expected.shown()


def busy(path: Path, count: int, *, before: datetime = START) -> None:
    """A minute between any two of *count* events, the last of them at *before*."""
    buyers = [Buyer(f"b{number}") for number in range(7)]
    with SqliteHistory(path) as history:
        for number in range(count):
            buyer = buyers[number % 7]
            kinds = (buyer.writes, buyer.is_answered, buyer.is_closed)
            moment = before - timedelta(minutes=count - number)
            history.append(replace(kinds[number // 7 % 3]("00:00"), at=moment))


def test_a_start_reads_no_more_than_what_was_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    busy(path, 500)
    while keep_portion(path, until=START - timedelta(minutes=100), limit=60, least=1):
        pass
    assert left_to_read(path) == 100
    with started(path) as records:
        assert records.shown() == whole(path).shown()


def test_of_a_few_events_no_state_is_made(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    busy(path, 50)
    assert not keep_portion(path, until=START, limit=60, least=51)
    assert left_to_read(path) == 50


def test_looks_at_once_where_there_is_more_then_every_half_hour(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    SqliteHistory(path).close()
    time, background = FakeTime(), AtOnce()
    keeping = StateKeeping(path, clock=time, background=background, scheduler=time)
    keeping.look()
    time.advance(timedelta(hours=2))
    assert background.runs == 5


def test_what_happened_within_the_hour_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    busy(path, 1200)
    time = FakeTime()
    StateKeeping(path, clock=time, background=AtOnce(), scheduler=time).look()
    assert left_to_read(path) == BEHIND / timedelta(minutes=1)


def test_trouble_is_left_for_the_next_time(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    time, background = FakeTime(), AtOnce()
    StateKeeping(tmp_path / "none.db", clock=time, background=background, scheduler=time).look()
    time.advance(timedelta(minutes=61))
    assert background.runs == 3
    assert all(record.levelname == "INFO" for record in caplog.records)


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_any_moment_a_start_finds_what_the_log_says(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "history.db"
    busy(path, 300)
    lines = random.Random(seed).randrange(1, 40)
    with subprocess.Popen(
        [sys.executable, "-c", _KEEPER, str(path)], stdout=subprocess.PIPE, text=True, cwd=_ROOT
    ) as keeper:
        assert keeper.stdout is not None
        for _ in range(lines):
            keeper.stdout.readline()
        keeper.kill()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    assert left_to_read(path) <= 300 - 7 * (lines - 1)
    with started(path) as records:
        assert records.shown() == whole(path).shown()
