"""Events sent to the running sidebar by the command."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sidebar.bridge import open_bridge
from sidebar.paths import Home
from tests.bridged import Bridged
from tests.commands.conftest import Ask
from tests.services.test_bridging import wrote


@pytest.fixture
def bridged(qtbot: QtBot, home: Path) -> Iterator[Bridged]:
    made = Bridged(qtbot)
    close = open_bridge(Home(home), journal=made.journal, scheduler=made.scheduler)
    yield made
    close()
    made.end()


def ingest(home: Path, lines: Path) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "sidebar", "ingest", "--home", str(home), "--live", str(lines)]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=30, check=False)
    return ran.returncode, ran.stdout, ran.stderr


def test_lines_go_to_the_running_sidebar_and_the_bad_ones_are_told(
    bridged: Bridged, home: Path, tmp_path: Path
) -> None:
    lines = tmp_path / "events.jsonl"
    lines.write_bytes(
        wrote("e1") + b"\nnonsense\n" + wrote("e1") + b"\xff\n" + b"x" * 1_100_000 + b"\n" + wrote("e2")
    )
    status, out, err = bridged.done(lambda: ingest(home, lines))
    assert (status, out.strip()) == (1, "stored 2, known already 1, refused 3")
    assert [line.partition(":")[0] for line in sorted(err.splitlines())] == ["line 3", "line 5", "line 6"]
    assert [event.id for event in bridged.told] == ["e1", "e2"]


def test_a_long_file_goes_through(bridged: Bridged, home: Path, tmp_path: Path) -> None:
    lines = tmp_path / "events.jsonl"
    lines.write_bytes(b"".join(wrote(f"e{number}") for number in range(2000)))
    assert bridged.done(lambda: ingest(home, lines)) == (0, "stored 2000, known already 0, refused 0\n", "")


def test_without_a_running_sidebar_it_says_what_to_do(ask: Ask, shop: Path, tmp_path: Path) -> None:
    lines = tmp_path / "events.jsonl"
    lines.write_bytes(wrote("e1"))
    answer = ask("ingest", "--live", lines)
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith(f"sidebar: No sidebar runs on {shop}")
    shop.mkdir()
    (shop / "bridge").write_text(str(tmp_path / "gone.sock"), encoding="utf-8")
    assert ask("ingest", "--live", lines).err == answer.err
