"""Killed at any moment: what was acknowledged is there, and the file is whole."""

import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from sidebar.storage.history import SqliteHistory

_WRITER = """
import sys
from itertools import count
from pathlib import Path
from sidebar.storage.history import SqliteHistory
from tests.domain.shop import Buyer

history = SqliteHistory(Path(sys.argv[1]))
buyer = Buyer("张女士")
for number in count():
    events = [buyer.writes("09:00"), buyer.gets("09:01", "greet"), buyer.is_closed("09:02")]
    history.append(*events[: number % 3 + 1])
    print(*(event.id for event in events[: number % 3 + 1]), flush=True)
"""
_ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("seed", range(5))
def test_nothing_acknowledged_is_lost_when_the_program_is_killed(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "history.db"
    lines = random.Random(seed).randrange(1, 400)
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(path)], stdout=subprocess.PIPE, text=True, cwd=_ROOT
    ) as writer:
        assert writer.stdout is not None
        acknowledged = [writer.stdout.readline() for _ in range(lines)]
        writer.kill()
        acknowledged += writer.stdout.readlines()
    assert writer.returncode != 0
    whole = [line.split() for line in acknowledged if line.endswith("\n")]
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    with SqliteHistory(path) as history:
        stored = {event.id for event in history.events()}
        assert history.verify() == ()
    assert {name for line in whole for name in line} <= stored
    assert len(stored) - sum(map(len, whole)) in range(4), "an append half stored"
