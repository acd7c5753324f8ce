"""Copies of the history: made while it is in use, brought back without losing what was there."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sidebar.errors import HistoryError, HistoryFault, UserError
from sidebar.storage.database import connect, failure, sound, told, version_of

_COMPANIONS = ("-wal", "-shm", "-journal")


def copy_to(source: sqlite3.Connection, path: Path, target: Path) -> None:
    """Copy the open database *source* of *path* to the file *target*, which is whole or not there at all."""
    if target.exists() and not target.is_file():
        raise UserError(f"{target} is not a file; choose another name for the backup.")
    with _beside(target) as unfinished:
        with closing(connect(unfinished)) as copy, told(target):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it to be forgotten
            if not sound(copy):
                raise failure(HistoryFault.DAMAGED, path)
        unfinished.replace(target)


def restore(source: Path, path: Path, *, now: datetime) -> Path | None:
    """Put the backup *source* in the place of the history *path*; return where the old one is kept.

    The backup is checked and read through first, and nothing may have the history open; where any
    of that fails, UserError is raised and the history stays as it was.
    """
    if source.exists() and path.exists() and source.samefile(path):
        raise UserError(f"{source} is the history itself; name the backup to bring back.")
    with _opened_backup(source) as backup, _beside(path) as unfinished:
        with closing(connect(unfinished)) as copy, told(path):
            backup.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        aside = _keep_aside(path, now=now)
        try:
            _refuse_if_in_use(path)
        except UserError:
            _forget(aside)
            raise
        _forget_companions(path)
        unfinished.replace(path)
    return aside


def _keep_aside(path: Path, *, now: datetime) -> Path | None:
    """Copy the history *path* with its write-ahead log to a name of its own; None where there is none.

    Before anything opens it: SQLite throws a log away that it finds beside a damaged database.
    """
    if not path.exists():
        return None
    aside = path.with_name(f"{path.stem}-{now:%Y%m%dT%H%M%S%f}{path.suffix}")
    for kept, copy in ((path, aside), (_log(path), _log(aside))):
        if kept.exists():
            shutil.copy2(kept, copy)
    return aside


def _forget(aside: Path | None) -> None:
    if aside is not None:
        aside.unlink(missing_ok=True)
        _forget_companions(aside)


def _forget_companions(path: Path) -> None:
    """Remove the log beside *path*: one that finds another database there would be played into it."""
    for companion in _COMPANIONS:
        path.with_name(path.name + companion).unlink(missing_ok=True)


def _log(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


@contextmanager
def _opened_backup(source: Path) -> Iterator[sqlite3.Connection]:
    """The backup *source*, open to be read; raises HistoryError where it is no whole history."""
    if not source.is_file():
        raise UserError(f"There is no backup {source}; check its name.")
    with closing(connect(source, read_only=True)) as backup, told(source):
        if version_of(backup, source) == 0:
            raise failure(HistoryFault.NOT_OURS, source)
        if not sound(backup):
            raise failure(HistoryFault.DAMAGED, source)
        yield backup


def _refuse_if_in_use(path: Path) -> None:
    """Raise HistoryError where another program has the history open; a damaged one is in nobody's use."""
    if not path.exists():
        return
    try:
        with closing(connect(path)) as connection, told(path):
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
    except HistoryError as error:
        if error.fault is not HistoryFault.DAMAGED:
            raise


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A name in *target*'s folder for what is not finished yet; nothing of it is left behind."""
    if not target.parent.is_dir():
        raise failure(HistoryFault.NO_FOLDER, target)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        yield unfinished
    except OSError as error:
        raise UserError(f"{target} cannot be written: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)
        _forget_companions(unfinished)
