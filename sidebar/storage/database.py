"""Opening the history's database, and telling in a sentence why it fails."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sidebar.errors import HistoryError, HistoryFault

VERSION = 1
"""The schema this program writes (`PRAGMA user_version`); `storage.migrations` leads there."""

APPLICATION = int.from_bytes(b"SBAR")
"""`PRAGMA application_id` of a history."""

PATIENCE = timedelta(milliseconds=250)
"""How long another program's lock is waited for. Appends run on the GUI thread: no longer than this."""

_SENTENCES = {
    HistoryFault.FULL: "The disk is full, so the history {path} takes nothing more; free some space.",
    HistoryFault.READ_ONLY: "The history {path} is read-only; make the file and its folder writable.",
    HistoryFault.LOCKED: "Another program holds the history {path}; close it and try again.",
    HistoryFault.DAMAGED: (
        "The history {path} is damaged and was left as it is; bring a backup back with"
        " `sidebar history restore FILE`, or move it away to begin a new one."
    ),
    HistoryFault.NEWER: "A newer sidebar wrote the history {path}; update this one.",
    HistoryFault.OLDER: "An older sidebar wrote the history {path}; start this one once to renew it.",
    HistoryFault.NOT_OURS: "{path} belongs to another program; move it away or choose another home folder.",
    HistoryFault.MISSING: "There is no history at {path}; start the sidebar once, or check the folder.",
    HistoryFault.NO_FOLDER: "The folder of the history {path} does not exist; create it.",
    HistoryFault.NO_PERMISSION: "The history {path} may not be opened; allow this user to read and write it.",
    HistoryFault.MOVED: "The history {path} was moved or deleted while in use; put it back.",
    HistoryFault.DISK: "The disk failed while the history {path} was in use; check the disk and its cable.",
}
_FAULTS = {
    sqlite3.SQLITE_FULL: HistoryFault.FULL,
    sqlite3.SQLITE_READONLY: HistoryFault.READ_ONLY,
    sqlite3.SQLITE_BUSY: HistoryFault.LOCKED,
    sqlite3.SQLITE_LOCKED: HistoryFault.LOCKED,
    sqlite3.SQLITE_PROTOCOL: HistoryFault.LOCKED,
    sqlite3.SQLITE_CORRUPT: HistoryFault.DAMAGED,
    sqlite3.SQLITE_NOTADB: HistoryFault.DAMAGED,
    sqlite3.SQLITE_CANTOPEN: HistoryFault.NO_PERMISSION,
    sqlite3.SQLITE_PERM: HistoryFault.NO_PERMISSION,
    sqlite3.SQLITE_AUTH: HistoryFault.NO_PERMISSION,
    sqlite3.SQLITE_IOERR: HistoryFault.DISK,
}


def failure(fault: HistoryFault, path: Path) -> HistoryError:
    """The error to raise for *fault*, with its sentence."""
    return HistoryError(_SENTENCES[fault].format(path=path), fault=fault)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn SQLite's refusals of the database *path* into HistoryError; our own mistakes are not touched."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        fault = _FAULTS.get(code & 0xFF) if code is not None else None
        if fault is None:
            raise
        if fault is HistoryFault.NO_PERMISSION and _read_only(path):
            fault = HistoryFault.READ_ONLY
        raise failure(fault, path) from error


def connect(path: Path, *, read_only: bool = False, patience: timedelta = PATIENCE) -> sqlite3.Connection:
    """A connection of this thread to the database file; transactions are begun and ended by hand."""
    mode = "ro" if read_only else "rwc"
    with told(path):
        return sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=patience.total_seconds(),
            isolation_level=None,
        )


def open_database(
    path: Path, *, read_only: bool = False, patience: timedelta = PATIENCE
) -> sqlite3.Connection:
    """The history at *path* with the schema of today, made or brought up to date where that is allowed.

    After an unclean end (its write-ahead log was left behind) the pages are checked first: 24 ms
    for 100,000 events here, and nothing on an ordinary day.
    """
    if not path.parent.is_dir():
        raise failure(HistoryFault.NO_FOLDER, path)
    if read_only and not path.exists():
        raise failure(HistoryFault.MISSING, path)
    left_behind = not read_only and _log_left_behind(path)
    connection = connect(path, read_only=read_only, patience=patience)
    try:
        with told(path):
            _bring_up_to_date(connection, path, read_only=read_only)
            if left_behind and not sound(connection):
                raise failure(HistoryFault.DAMAGED, path)
    except BaseException:
        connection.close()
        raise
    return connection


def sound(connection: sqlite3.Connection) -> bool:
    """Whether every page is whole; does not compare indexes with tables."""
    (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    return bool(answer == "ok")


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """The schema of the history *path*, 0 where it is still empty; raises HistoryError for a foreign file."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if not _is_ours(connection, version):
        raise failure(HistoryFault.NOT_OURS, path)
    if version > VERSION:
        raise failure(HistoryFault.NEWER, path)
    return int(version)


def _read_only(path: Path) -> bool:
    """Whether it is only for writing that *path* cannot be opened (a write-ahead log needs its folder)."""
    return os.access(path, os.R_OK) and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def _log_left_behind(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    version = version_of(connection, path)
    if version < VERSION and read_only:
        raise failure(HistoryFault.OLDER if version else HistoryFault.MISSING, path)
    if not read_only:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    if version < VERSION:
        # Imported only here: sqlite-utils costs 60 ms and 15 MiB, which no ordinary start should pay.
        from sidebar.storage.migrations import migrate

        migrate(connection)


def _is_ours(connection: sqlite3.Connection, version: int) -> bool:
    """Whether it is a history, or empty but for the table an interrupted first start left."""
    if version:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        return bool(application == APPLICATION)
    tables = "SELECT count(*) FROM sqlite_master WHERE tbl_name <> '_sqlite_migrations'"
    (others,) = connection.execute(tables).fetchone()
    return bool(others == 0)
