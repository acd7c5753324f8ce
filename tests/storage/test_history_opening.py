"""Opening a history: made, brought up to date, or refused with a sentence and left as it is."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sidebar.errors import HistoryError, HistoryFault
from sidebar.storage.database import APPLICATION, VERSION, told
from sidebar.storage.history import SqliteHistory
from tests.domain.shop import Buyer

ZHANG = Buyer("张女士")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.db"


def refusal(path: Path, *, read_only: bool = False) -> HistoryError:
    with pytest.raises(HistoryError) as refused:
        SqliteHistory(path, read_only=read_only)
    assert str(path) in str(refused.value)
    return refused.value


def pragma(path: Path, name: str) -> object:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]
    finally:
        connection.close()


def execute(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def filled(path: Path, rows: int = 400) -> None:
    with SqliteHistory(path) as history:
        history.append(*(ZHANG.writes(f"09:00:{number % 60}") for number in range(rows)))


def test_a_new_history_is_made_with_the_schema_of_today(path: Path) -> None:
    SqliteHistory(path).close()
    assert pragma(path, "user_version") == VERSION
    assert pragma(path, "application_id") == APPLICATION
    assert pragma(path, "journal_mode") == "wal"
    (kind,) = sqlite3.connect(path).execute("SELECT sql FROM sqlite_master WHERE name = 'events'").fetchone()
    assert kind.rstrip().endswith("STRICT")


def test_an_empty_file_becomes_a_history(path: Path) -> None:
    path.touch()
    filled(path, 1)


def test_a_first_start_that_was_interrupted_is_finished(path: Path) -> None:
    SqliteHistory(path).close()
    execute(
        path,
        "DROP TABLE events",
        "DELETE FROM _sqlite_migrations",
        "PRAGMA user_version = 0",
        "PRAGMA application_id = 0",
    )
    filled(path, 1)


def test_opening_again_changes_nothing(path: Path) -> None:
    filled(path, 3)
    before = path.read_bytes()
    SqliteHistory(path).close()
    assert path.read_bytes() == before


def test_an_ordinary_start_does_not_load_sqlite_utils(path: Path) -> None:
    SqliteHistory(path).close()
    code = (
        "import sys; from pathlib import Path; from sidebar.storage.history import SqliteHistory;"
        " SqliteHistory(Path(sys.argv[1])).close(); print('sqlite_utils' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_a_newer_history_is_refused_and_left_alone(path: Path) -> None:
    filled(path, 1)
    execute(path, f"PRAGMA user_version = {VERSION + 1}")
    before = path.read_bytes()
    assert refusal(path).fault is HistoryFault.NEWER
    assert path.read_bytes() == before


def test_another_programs_database_is_refused_and_left_alone(path: Path) -> None:
    execute(path, "CREATE TABLE bookmarks (url TEXT)")
    assert refusal(path).fault is HistoryFault.NOT_OURS
    execute(path, f"PRAGMA user_version = {VERSION}")
    before = path.read_bytes()
    assert refusal(path).fault is HistoryFault.NOT_OURS
    assert path.read_bytes() == before


def test_garbage_is_refused_and_left_alone(path: Path) -> None:
    path.write_bytes(b"this is no database\n" * 500)
    before = path.read_bytes()
    refused = refusal(path)
    assert refused.fault is HistoryFault.DAMAGED
    assert "sidebar history restore" in str(refused)
    assert path.read_bytes() == before


def test_a_file_cut_short_is_refused_after_an_unclean_end(path: Path) -> None:
    filled(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2 // 4096 * 4096])
    path.with_name("history.db-wal").write_bytes(b"left behind")
    assert refusal(path).fault is HistoryFault.DAMAGED


def test_a_damaged_page_is_told_when_it_is_read(path: Path) -> None:
    filled(path)
    whole = bytearray(path.read_bytes())
    whole[4096 * 8 : 4096 * 12] = b"\xff" * (4096 * 4)
    path.write_bytes(whole)
    with SqliteHistory(path) as history:
        with pytest.raises(HistoryError) as refused:
            list(history.events())
        assert refused.value.fault is HistoryFault.DAMAGED
        assert history.verify() != ()


def test_a_missing_folder_is_named_not_made(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "history.db"
    assert refusal(path).fault is HistoryFault.NO_FOLDER
    assert not path.parent.exists()


def test_a_folder_in_the_place_of_the_file_is_refused(path: Path) -> None:
    path.mkdir()
    assert refusal(path).fault is HistoryFault.NO_PERMISSION


def test_looking_at_a_history_makes_none(path: Path) -> None:
    assert refusal(path, read_only=True).fault is HistoryFault.MISSING
    assert not path.exists()
    path.touch()
    assert refusal(path, read_only=True).fault is HistoryFault.MISSING
    assert path.stat().st_size == 0


@pytest.mark.parametrize(
    "name", ["店铺 100% #1;mode=ro&x", pytest.param("?mode=ro", marks=pytest.mark.posix)]
)
def test_names_with_special_characters_are_only_names(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    filled(folder / "history.db", 1)
    assert os.listdir(folder) == ["history.db"]


def test_a_lock_while_a_new_history_is_made_is_told(path: Path) -> None:
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        assert refusal(path).fault is HistoryFault.LOCKED
    finally:
        holder.close()


def test_a_full_database_is_told(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("CREATE TABLE t (x)")
    connection.execute("PRAGMA max_page_count = 2")
    with pytest.raises(HistoryError, match="free some space") as refused, told(path):
        connection.execute("INSERT INTO t VALUES (zeroblob(100000))")
    connection.close()
    assert refused.value.fault is HistoryFault.FULL


def test_our_own_mistakes_are_not_blamed_on_the_disk(path: Path) -> None:
    history = SqliteHistory(path)
    history.close()
    with pytest.raises(sqlite3.ProgrammingError):
        history.append(ZHANG.writes("09:00"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 600 KiB; only where this user may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if mount is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("needs the right to mount")
    if subprocess.run([mount, "-t", "tmpfs", "-o", "size=600k", "none", place], check=False).returncode:
        pytest.skip("mounting is not permitted here")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def test_a_full_disk_loses_nothing_that_was_acknowledged(small_disk: Path) -> None:
    path = small_disk / "history.db"
    acknowledged: list[str] = []

    def write_on(history: SqliteHistory) -> None:
        for number in range(10_000):
            event = ZHANG.writes(f"09:00:{number % 60}")
            history.append(event)
            acknowledged.append(event.id)

    with SqliteHistory(path) as history:
        with pytest.raises(HistoryError) as refused:
            write_on(history)
        assert refused.value.fault is HistoryFault.FULL
        assert sorted(event.id for event in history.events()) == sorted(acknowledged)
    with SqliteHistory(path, read_only=True) as again:
        assert again.count() == len(acknowledged) > 0
        assert again.verify() == ()


def test_a_full_disk_takes_no_new_history(small_disk: Path) -> None:
    with pytest.raises(OSError, match="space"):
        (small_disk / "filler").write_bytes(b"x" * 700_000)
    assert refusal(small_disk / "history.db").fault is HistoryFault.FULL


def test_a_read_only_disk_is_told(small_disk: Path) -> None:
    path = small_disk / "history.db"
    filled(path, 1)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert refusal(path).fault is HistoryFault.READ_ONLY
