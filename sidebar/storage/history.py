"""The append-only log of events in SQLite: the source of truth, `history.db` in the home folder.

What is acknowledged stays: every `append` is one transaction in write-ahead mode with
`synchronous = FULL`, so it survives the end of the program at any moment and, where the disk
keeps its word about flushing, a power cut. That costs 0.07 ms an append here (p99 0.22, of
1,500 on ext4; `NORMAL`: 0.02, p99 0.09, but a power cut may take the last ones back); a disk
that really turns takes some 10 ms, still less than a frame or two.

`at` is text in UTC of one fixed length, so that its order is the order of time; `body` is the
whole event line, so that the log can be read, and ingested again, without this program.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from sidebar.domain.event_lines import time_text, to_line
from sidebar.domain.events import Event
from sidebar.domain.identifiers import ConversationId, EventId
from sidebar.errors import HistoryError, HistoryFault, UserError
from sidebar.storage.database import PATIENCE, failure, open_database, told
from sidebar.storage.event_rows import EventRow, events_of, row_of, storable, trouble_with
from sidebar.storage.kept_states import Cut, KeptState, newest_state

log = logging.getLogger(__name__)

_PAGE = 1000
_AFTER_ALL = "~"  # sorts after every digit
_LARGEST = 2**63 - 1
_NOT_WORDS = frozenset({"v", "id", "at", "type", "due"})


class SqliteHistory:
    """Implements `History`; one connection, used on the thread that opened it.

    Opened `read_only` it may be looked at while the sidebar runs. *patience* bounds the wait for
    another program's lock; who appends much beside a running sidebar does so in small portions,
    since each append holds the lock for as long as it takes.
    """

    def __init__(self, path: Path, *, read_only: bool = False, patience: timedelta = PATIENCE) -> None:
        self._path = path
        self._db = open_database(path, read_only=read_only, patience=patience)
        self._place = _place(path)
        self._version = self._data_version()
        self._told = self._last()
        self._own: list[range] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back; harmless when that was done already."""
        self._db.close()

    def append(self, *events: Event) -> None:
        """Store all of *events* or none, in one transaction; an id that is there already is passed over."""
        self.store(*events)

    def store(self, *events: Event) -> int:
        """Append *events*, and tell how many of them were new."""
        rows = [row_of(event) for event in events]
        if not rows:
            return 0
        with self._transaction():
            stored = self._db.executemany(
                "INSERT INTO events (id, at, type, conversation, body) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (id) DO NOTHING",
                rows,
            ).rowcount
            last = self._last()
        self._remember(range(last - stored + 1, last + 1))
        return stored

    def _remember(self, own: range) -> None:
        """Note *own* numbers, which one transaction gave in a row, as no news."""
        if self._own and self._own[-1].stop == own.start:
            own = range(self._own.pop().start, own.stop)
        self._own.append(own)

    def known(self, *ids: EventId) -> set[EventId]:
        """Those of *ids*, some hundred at most, that are stored already."""
        marks = ", ".join("?" * len(ids))
        with told(self._path):
            rows = self._db.execute(f"SELECT id FROM events WHERE id IN ({marks})", ids).fetchall()
        return {EventId(id) for (id,) in rows}

    def news(self, limit: int = 1000) -> tuple[Event, ...]:
        """What other connections have stored since the last time, or since the opening.

        Of more than *limit* events the first; the next call goes on. Takes some microseconds where
        there is nothing, so that it can be asked every second.
        """
        version = self._data_version()
        if version == self._version:
            return ()
        while self._own and self._own[0].start <= self._told + 1:  # a whole day of ours is no news
            self._told = max(self._told, self._own.pop(0).stop - 1)
        told: list[Event] = []
        while not told:
            statement = "SELECT seq, at, body FROM events WHERE seq > ? ORDER BY seq LIMIT ?"
            rows = self._rows(statement, (self._told, limit))
            if rows:
                self._told = rows[-1][0]
            theirs = [row for row in rows if not any(row[0] in own for own in self._own)]
            told += events_of(theirs)
            if len(rows) < limit:
                self._version = version
                self._own.clear()
                break
        return tuple(told)

    def kept_state(self, shape: str) -> KeptState | None:
        """What some beginning of the log has led to, as it was kept last and still holds."""
        with told(self._path):
            return newest_state(self._db, shape)

    def events(
        self, *, since: datetime | None = None, until: datetime | None = None, after: Cut | None = None
    ) -> Iterator[Event]:
        """What happened in [since, until), or *after* a place, in the order of `at`, then of storing.

        Read page by page as it is asked for: nothing is locked in between, and the memory it
        takes does not grow with the log.
        """
        at, seq, _ = after or (time_text(since) if since is not None else "", -1, 0)
        end = _AFTER_ALL if until is None else time_text(until)
        while True:
            rows = self._rows(
                "SELECT seq, at, body FROM events WHERE (at, seq) > (?, ?) AND at < ?"
                " ORDER BY at, seq LIMIT ?",
                (at, seq, end, _PAGE),
            )
            yield from events_of(rows)
            if len(rows) < _PAGE:
                return
            seq, at, _ = rows[-1]

    def conversation(self, conversation: ConversationId, *, until: Cut | None = None) -> tuple[Event, ...]:
        """What happened in one conversation, up to some place if need be, the earliest first."""
        at, seq, stored = until or (_AFTER_ALL, 0, _LARGEST)
        statement = (
            "SELECT seq, at, body FROM events WHERE conversation = ?"
            " AND (at, seq) <= (?, ?) AND seq <= ? ORDER BY at, seq"
        )
        return tuple(events_of(self._rows(statement, (storable(conversation), at, seq, stored))))

    def of_types(self, *kinds: type[Event]) -> tuple[Event, ...]:
        """The events of these types alone, the earliest first: the shifts without reading everything."""
        marks = ", ".join("?" * len(kinds))
        statement = f"SELECT seq, at, body FROM events WHERE type IN ({marks}) ORDER BY at, seq"
        return tuple(events_of(self._rows(statement, tuple(kind.type for kind in kinds))))

    def search(self, text: str) -> tuple[Event, ...]:
        """The events that mention *text* in any of their words, the earliest first.

        The case of Latin letters does not matter. Takes 22 ms for 100,000 events here.
        """
        if not text.strip():
            return ()
        inside = json.dumps(text, ensure_ascii=False)[1:-1]
        for special in "\\%_":
            inside = inside.replace(special, "\\" + special)
        statement = r"SELECT seq, at, body FROM events WHERE body LIKE ? ESCAPE '\' ORDER BY at, seq"
        found = events_of(self._rows(statement, (f"%{inside}%",)))
        return tuple(event for event in found if _mentions(event, text.casefold()))

    def count(self) -> int:
        """How many events there are."""
        with told(self._path):
            (number,) = self._db.execute("SELECT count(*) FROM events").fetchone()
        return int(number)

    def verify(self) -> tuple[str, ...]:
        """What is wrong with the file, one line each; nothing where it is whole and all can be read."""
        try:
            with told(self._path):
                answers = [str(answer) for (answer,) in self._db.execute("PRAGMA integrity_check")]
                if answers != ["ok"]:
                    return tuple(answers)
                rows = self._db.execute("SELECT seq, body FROM events")
                return tuple(
                    f"event {seq}: {trouble}" for seq, body in rows if (trouble := trouble_with(body))
                )
        except HistoryError as error:
            if error.fault is not HistoryFault.DAMAGED:
                raise
            return (str(error),)

    def backup(self, target: Path) -> None:
        """A whole, checked copy at *target*, made while others may read and write; replaces what is there."""
        if _place(target) == self._place:
            raise UserError(f"{target} is the history itself; choose another name for the backup.")
        from sidebar.storage.backups import copy_to  # a start makes no copy

        copy_to(self._db, self._path, target)

    def _data_version(self) -> int:
        """A number that changes whenever another connection has changed the database."""
        with told(self._path):
            (version,) = self._db.execute("PRAGMA data_version").fetchone()
        return int(version)

    def _last(self) -> int:
        with told(self._path):
            (last,) = self._db.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()
        return int(last)

    def _rows(self, statement: str, values: tuple[object, ...]) -> list[EventRow]:
        with told(self._path):
            return self._db.execute(statement, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with told(self._path):
            if _place(self._path) != self._place:
                # The file would go on taking events without a name to find it by.
                raise failure(HistoryFault.MOVED, self._path)
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise


def _place(path: Path) -> tuple[int, int] | None:
    """Which file stands at *path*; None where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _mentions(event: Event, wanted: str) -> bool:
    line = to_line(event)
    return any(wanted in word.casefold() for key in line.keys() - _NOT_WORDS for word in _words(line[key]))


def _words(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from _words(item)
        case dict():
            for item in value.values():
                yield from _words(item)
