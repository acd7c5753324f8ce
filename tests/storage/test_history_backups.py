"""Backups: whole copies of a history in use, brought back without losing what was there."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sidebar.errors import HistoryError, HistoryFault, UserError
from sidebar.storage.backups import restore
from sidebar.storage.database import VERSION
from sidebar.storage.history import SqliteHistory
from tests.domain.shop import Buyer

ZHANG = Buyer("张女士")
NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


def written(path: Path, *clocks: str) -> None:
    with SqliteHistory(path) as history:
        history.append(*(ZHANG.writes(clock) for clock in clocks))


def clocks(path: Path) -> list[str]:
    with SqliteHistory(path, read_only=True) as history:
        return [f"{event.at:%H:%M}" for event in history.events()]


def names(folder: Path) -> list[str]:
    return sorted(item.name for item in folder.iterdir())


def test_a_backup_is_one_file_with_everything_in_it(tmp_path: Path) -> None:
    with SqliteHistory(tmp_path / "history.db") as history:
        history.append(ZHANG.writes("09:00"))
        (tmp_path / "backups").mkdir()
        history.backup(tmp_path / "backups" / "b.db")
        history.append(ZHANG.writes("10:00"))
    assert names(tmp_path / "backups") == ["b.db"]
    assert clocks(tmp_path / "backups" / "b.db") == ["09:00"]
    assert names(tmp_path / "backups") == ["b.db"]


def test_a_backup_replaces_the_one_before(tmp_path: Path) -> None:
    with SqliteHistory(tmp_path / "history.db") as history:
        history.backup(tmp_path / "b.db")
        history.append(ZHANG.writes("09:00"))
        history.backup(tmp_path / "b.db")
    assert clocks(tmp_path / "b.db") == ["09:00"]


def test_a_backup_never_overwrites_the_history_itself(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with SqliteHistory(path) as history, pytest.raises(UserError, match="the history itself"):
        history.backup(tmp_path / "." / "history.db")


def test_a_backup_into_a_missing_folder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with SqliteHistory(path) as history, pytest.raises(HistoryError) as refused:
        history.backup(tmp_path / "nowhere" / "b.db")
    assert refused.value.fault is HistoryFault.NO_FOLDER


def test_restoring_brings_the_backup_back_and_keeps_the_old_one(tmp_path: Path) -> None:
    path, backup = tmp_path / "history.db", tmp_path / "b.db"
    written(backup, "09:00")
    written(path, "10:00", "11:00")
    aside = restore(backup, path, now=NOW)
    assert aside == tmp_path / "history-20260302T180000000000.db"
    assert clocks(path) == ["09:00"]
    assert clocks(aside) == ["10:00", "11:00"]
    assert clocks(backup) == ["09:00"]


def test_restoring_where_nothing_was_keeps_nothing(tmp_path: Path) -> None:
    written(tmp_path / "b.db", "09:00")
    assert restore(tmp_path / "b.db", tmp_path / "history.db", now=NOW) is None
    assert clocks(tmp_path / "history.db") == ["09:00"]


def test_restoring_over_a_damaged_history_keeps_it_with_its_log(tmp_path: Path) -> None:
    path, backup = tmp_path / "history.db", tmp_path / "b.db"
    written(backup, "09:00")
    path.write_bytes(b"garbage" * 1000)
    path.with_name("history.db-wal").write_bytes(b"more garbage")
    aside = restore(backup, path, now=NOW)
    assert aside is not None
    assert aside.read_bytes() == b"garbage" * 1000
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"more garbage"
    assert clocks(path) == ["09:00"]


def test_what_the_old_log_still_held_is_not_played_into_the_backup(tmp_path: Path) -> None:
    path, backup = tmp_path / "history.db", tmp_path / "b.db"
    written(backup, "09:00")
    running = SqliteHistory(path)
    running.append(ZHANG.writes("10:00"))
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name in ("history.db", "history.db-wal"):
        (crashed / name).write_bytes((tmp_path / name).read_bytes())
    running.close()
    aside = restore(backup, crashed / "history.db", now=NOW)
    assert aside is not None
    assert clocks(crashed / "history.db") == ["09:00"]
    assert clocks(aside) == ["10:00"]


def test_a_history_in_use_is_not_replaced(tmp_path: Path) -> None:
    path, backup = tmp_path / "history.db", tmp_path / "b.db"
    written(backup, "09:00")
    with SqliteHistory(path) as running:
        running.append(ZHANG.writes("10:00"))
        with pytest.raises(HistoryError) as refused:
            restore(backup, path, now=NOW)
        assert refused.value.fault is HistoryFault.LOCKED
        running.append(ZHANG.writes("11:00"))
    assert clocks(path) == ["10:00", "11:00"]
    assert not [name for name in names(tmp_path) if "unfinished" in name or "T18" in name]


def test_a_damaged_or_foreign_backup_is_refused_and_the_history_stays(tmp_path: Path) -> None:
    path, backup = tmp_path / "history.db", tmp_path / "b.db"
    written(path, "10:00")
    faults = []
    backup.write_bytes(b"garbage" * 1000)
    with pytest.raises(HistoryError) as refused:
        restore(backup, path, now=NOW)
    faults.append(refused.value.fault)
    backup.write_bytes(b"")
    with pytest.raises(HistoryError) as refused:
        restore(backup, path, now=NOW)
    faults.append(refused.value.fault)
    backup.unlink()
    written(backup, "09:00")
    newer = sqlite3.connect(backup)
    newer.execute(f"PRAGMA user_version = {VERSION + 1}")
    newer.close()
    with pytest.raises(HistoryError) as refused:
        restore(backup, path, now=NOW)
    faults.append(refused.value.fault)
    assert faults == [HistoryFault.DAMAGED, HistoryFault.NOT_OURS, HistoryFault.NEWER]
    assert clocks(path) == ["10:00"]


def test_restoring_names_what_is_wrong_with_the_names(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    written(path, "10:00")
    with pytest.raises(UserError, match="There is no backup"):
        restore(tmp_path / "nothing.db", path, now=NOW)
    with pytest.raises(UserError, match="the history itself"):
        restore(path, path, now=NOW)
    assert clocks(path) == ["10:00"]
