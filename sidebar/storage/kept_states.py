"""What the log has led to at some places of it, kept beside the events in the same file.

Derived, and never more than that: what is not certain to hold is passed over, and made anew from
the events. A state holds for the very rows it was made of. Later rows do not touch it, as long as
none of them belongs before its place; whoever changes or removes a row, with whatever program, takes
all states away in the same transaction, as the triggers here say. In the same file, a backup and its
restoring keep both together, and the end of the program at any moment leaves a state whole or absent.

The last state of each of some days is kept: what comes late makes the newer ones wrong, and the
newest of the older ones still holds.
"""

import json
import logging
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from sidebar.domain.event_lines import time_text
from sidebar.errors import HistoryFault
from sidebar.storage.database import connect, failure, told
from sidebar.storage.event_rows import EventRow

log = logging.getLogger(__name__)

_DAYS = 8
_ROOM = 4_000_000
"""Characters for all of them, except that the newest is kept in any case: one has some thousand mostly."""
_DAY = len("2026-03-02")
_STATEMENTS = (
    "CREATE TABLE IF NOT EXISTS kept_states (day TEXT PRIMARY KEY, shape TEXT NOT NULL, at TEXT NOT NULL,"
    " seq INTEGER NOT NULL, stored INTEGER NOT NULL, last TEXT NOT NULL, body TEXT NOT NULL,"
    " checksum INTEGER NOT NULL) STRICT",
    "CREATE TABLE IF NOT EXISTS rewritings (times INTEGER NOT NULL) STRICT",
    "INSERT INTO rewritings SELECT 0 WHERE NOT EXISTS (SELECT * FROM rewritings)",
    *(
        f"CREATE TRIGGER IF NOT EXISTS event_{done} AFTER {act} ON events BEGIN"
        " DELETE FROM kept_states; UPDATE rewritings SET times = times + 1; END"
        for act, done in (("DELETE", "deleted"), ("UPDATE", "changed"))
    ),
)
_THIN_OUT = (
    "DELETE FROM kept_states WHERE day <> ? AND (shape <> ? OR day NOT IN"
    " (SELECT day FROM (SELECT day, sum(length(body)) OVER (ORDER BY day DESC) AS room"
    " FROM kept_states WHERE day <= ?) WHERE room <= ? ORDER BY day DESC LIMIT ?))"
)


class Cut(NamedTuple):
    """A place in the log: whatever is not after the event numbered `seq`, of `at`, and was stored by then.

    `stored` is the highest number there was: what has a higher one came later.
    """

    at: str
    seq: int
    stored: int


class KeptState(NamedTuple):
    """What the events up to `cut` have led to, one plain value for each fold."""

    cut: Cut
    states: Sequence[Any]


class Portion(NamedTuple):
    """Some events more, in their order, and the state that they follow on."""

    base: KeptState | None
    rows: Sequence[EventRow]
    cut: Cut
    rewritings: int


def newest_state(db: sqlite3.Connection, shape: str) -> KeptState | None:
    """The latest state of this *shape* that holds; None where there is none."""
    if not _prepared(db):
        return None
    statement = "SELECT at, seq, stored, last, day FROM kept_states WHERE shape = ? ORDER BY at DESC"
    for at, seq, stored, last, day in db.execute(statement, (shape,)).fetchall():
        cut = Cut(at, seq, stored)
        if _holds(db, cut, last):
            found = db.execute("SELECT body, checksum FROM kept_states WHERE day = ?", (day,))
            body, checksum = found.fetchone()
            if checksum == _checksum(shape, cut, last, body):
                return KeptState(cut, json.loads(body))
        log.info("a kept state of the history holds no more day=%s", day)
    return None


class KeptStates:
    """Makes states of more and more of the log; raises HistoryError.

    Used on the thread that opened it, and not on the GUI's: a portion takes longer than a frame.
    """

    def __init__(self, path: Path, *, shape: str) -> None:
        if not path.exists():
            raise failure(HistoryFault.MISSING, path)
        self._path = path
        self._shape = shape
        self._db = connect(path)
        with told(path):
            self._db.execute("PRAGMA synchronous = NORMAL")  # a state that is lost is made again

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._db.close()

    def portion(self, *, until: datetime, limit: int) -> Portion:
        """Up to *limit* events before *until* that the newest state does not know of yet."""
        with told(self._path):
            prepared = _prepared(self._db)
        if not prepared:
            self._prepare()
        with self._transaction("BEGIN"):  # all that is read is of one moment
            base = newest_state(self._db, self._shape)
            at, seq = ("", -1) if base is None else (base.cut.at, base.cut.seq)
            rows = self._db.execute(
                "SELECT seq, at, body FROM events WHERE (at, seq) > (?, ?) AND at < ?"
                " ORDER BY at, seq LIMIT ?",
                (at, seq, time_text(until), limit),
            ).fetchall()
            (stored,) = self._db.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()
            times = self._rewritings()
        seq, at, _ = rows[-1] if rows else (0, "", "")
        return Portion(base, rows, Cut(at, seq, stored), times)

    def keep(self, portion: Portion, states: Sequence[Any]) -> None:
        """Keep what *portion* has led to, unless the log has been rewritten meanwhile."""
        body = json.dumps(states, ensure_ascii=False, separators=(",", ":"))
        cut = portion.cut
        with self._transaction("BEGIN IMMEDIATE"):
            if self._rewritings() == portion.rewritings:
                (last,) = self._db.execute("SELECT id FROM events WHERE seq = ?", (cut.seq,)).fetchone()
                self._put(cut, last, body)

    def forget(self) -> None:
        """Begin anew: what was kept cannot be used."""
        with self._transaction("BEGIN IMMEDIATE"):
            self._db.execute("DELETE FROM kept_states")

    def _put(self, cut: Cut, last: str, body: str) -> None:
        day, checksum = cut.at[:_DAY], _checksum(self._shape, cut, last, body)
        self._db.execute(
            "INSERT OR REPLACE INTO kept_states (day, shape, at, seq, stored, last, body, checksum)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (day, self._shape, *cut, last, body, checksum),
        )
        self._db.execute(_THIN_OUT, (day, self._shape, day, _ROOM, _DAYS))

    def _prepare(self) -> None:
        with self._transaction("BEGIN IMMEDIATE"):
            for statement in _STATEMENTS:
                self._db.execute(statement)

    def _rewritings(self) -> int:
        (times,) = self._db.execute("SELECT times FROM rewritings").fetchone()
        return int(times)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        with told(self._path):
            self._db.execute(begin)
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise


def _prepared(db: sqlite3.Connection) -> bool:
    """Whether there is room for states in this file; an older program's has none."""
    names = "SELECT count(*) FROM sqlite_master WHERE name IN ('kept_states', 'rewritings')"
    (there,) = db.execute(names).fetchone()
    return bool(there == 2)


def _holds(db: sqlite3.Connection, cut: Cut, last: str) -> bool:
    """Whether the event at *cut* is the one it was, and nothing that was stored later belongs before it."""
    there = db.execute("SELECT 1 FROM events WHERE seq = ? AND at = ? AND id = ?", (cut.seq, cut.at, last))
    if there.fetchone() is None:
        return False
    late = db.execute("SELECT 1 FROM events WHERE seq > ? AND +at < ? LIMIT 1", (cut.stored, cut.at))
    return late.fetchone() is None


def _checksum(shape: str, cut: Cut, last: str, body: str) -> int:
    return zlib.crc32("\n".join((shape, *map(str, cut), last, body)).encode())
