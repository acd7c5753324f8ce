"""Doors for other programs, knocked at for real by threads and processes of their own."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sidebar.bridge import open_bridge
from sidebar.paths import Home
from sidebar.platforms.local_line import line_to
from sidebar.qt.doors import MOST_CALLERS, Door, Enter, open_door
from sidebar.qt.pipe_door import PipeDoor
from tests.bridged import Bridged, knock_as_nobody
from tests.services.test_bridging import wrote

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture
def bridged(qtbot: QtBot) -> Iterator[Bridged]:
    made = Bridged(qtbot)
    yield made
    made.end()


def by_system(folder: Path, enter: Enter) -> Door:
    return open_door(folder, "test", enter)


def by_qt(_folder: Path, enter: Enter) -> Door:
    return PipeDoor(f"shop-sidebar-test-{os.getpid()}", enter)


@pytest.fixture(params=[by_system, by_qt])
def door(request: pytest.FixtureRequest, tmp_path: Path, bridged: Bridged) -> Iterator[Door]:
    """What this system opens, and what Qt opens: here, too, the code of the other systems."""
    made: Door = request.param(tmp_path, bridged.enter)
    yield made
    made.close()


def ask(address: str, *lines: bytes) -> list[str]:
    """Send *lines* one by one; how each was answered."""
    statuses = []
    with line_to(address) as line:
        for each in lines:
            line.write(each)
            line.flush()
            statuses.append(str(json.loads(line.readline())["status"]))
    return statuses


def test_each_line_is_answered(door: Door, bridged: Bridged) -> None:
    answered = bridged.done(lambda: ask(door.address, wrote("e1"), b"nonsense\n", wrote("e1"), wrote("e2")))
    assert answered == ["accepted", "refused", "duplicate", "accepted"]
    assert [event.id for event in bridged.told] == ["e1", "e2"]


@pytest.mark.posix  # a pipe of Windows is written and read by turns
def test_a_flood_arrives_whole_from_one_who_reads_late(door: Door, bridged: Bridged) -> None:
    lines = b"".join(wrote(f"e{number}") for number in range(3000))

    def flood() -> list[str]:
        with line_to(door.address) as line:
            sending = bridged.meanwhile(lambda: (line.write(lines), line.flush()))
            answers = [json.loads(line.readline())["status"] for _ in range(3000)]
            sending.result()
        return answers

    assert bridged.done(flood) == ["accepted"] * 3000
    assert len(bridged.told) == 3000


def test_who_hangs_up_at_once_has_said_what_was_whole(door: Door, bridged: Bridged) -> None:
    def shout() -> None:
        with line_to(door.address) as line:
            line.write(wrote("e1") + wrote("e2") + wrote("e3")[:40])

    bridged.done(shout)
    bridged.qtbot.waitUntil(lambda: len(bridged.told) == 2)
    assert bridged.done(lambda: ask(door.address, wrote("e4"))) == ["accepted"]


def test_no_more_may_call_than_can_be_heard(door: Door, bridged: Bridged) -> None:
    def crowd() -> bytes:
        with ExitStack() as calls:
            for _ in range(MOST_CALLERS):
                line = calls.enter_context(line_to(door.address))
                line.write(b"{}\n")
                line.flush()
                line.readline()  # it is in once it has been answered
            one_more = calls.enter_context(line_to(door.address))
            try:
                return one_more.readline()
            except OSError:  # a pipe that was cut off is no ConnectionError
                return b""

    def again() -> list[str]:
        try:
            return ask(door.address, b"{}\n")
        except (OSError, ValueError):  # not all of them have been seen off yet
            return []

    assert bridged.done(crowd) == b""
    bridged.qtbot.waitUntil(lambda: bridged.done(again) == ["refused"])


def test_the_end_of_the_sidebar_is_the_end_of_every_call(door: Door, bridged: Bridged) -> None:
    connected: list[bytes] = []

    def wait() -> bytes:
        with line_to(door.address) as line:
            line.write(b"{}\n")
            line.flush()
            connected.append(line.readline())
            try:
                return line.readline()
            except OSError:
                return b""

    waiting = bridged.meanwhile(wait)
    bridged.qtbot.waitUntil(lambda: bool(connected))
    door.close()
    bridged.qtbot.waitUntil(waiting.done)
    assert waiting.result() == b""


@pytest.mark.posix
def test_the_socket_is_this_users_alone_and_gone_afterwards(bridged: Bridged, home: Path) -> None:
    place = Home(home)
    close = open_bridge(place, journal=bridged.journal, scheduler=bridged.scheduler)
    address = Path(place.bridge.read_text(encoding="utf-8"))
    assert address.stat().st_mode & 0o777 == 0o600
    assert place.bridge.stat().st_mode & 0o777 == 0o600
    close()
    assert not address.exists()
    assert not place.bridge.exists()


@pytest.mark.posix
def test_what_a_killed_sidebar_left_is_in_nobodys_way(bridged: Bridged, home: Path) -> None:
    place = Home(home)
    killed = open_bridge(place, journal=bridged.journal, scheduler=bridged.scheduler)
    close = open_bridge(place, journal=bridged.journal, scheduler=bridged.scheduler)
    address = place.bridge.read_text(encoding="utf-8")
    assert bridged.done(lambda: ask(address, wrote("e1"))) == ["accepted"]
    close()
    killed()


@pytest.mark.posix
def test_a_deep_home_folder_has_its_socket_elsewhere(
    bridged: Bridged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    deep = tmp_path.joinpath(*["folder"] * 20)
    door = open_door(deep, "one", bridged.enter)
    assert door.address == str(tmp_path / "shop-sidebar-one.sock")
    assert bridged.done(lambda: ask(door.address, wrote("e1"))) == ["accepted"]
    door.close()


@pytest.mark.posix
def test_a_folder_that_holds_no_socket_costs_the_bridge_alone(
    bridged: Bridged, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    gone = Home(home / "gone")
    open_bridge(gone, journal=bridged.journal, scheduler=bridged.scheduler)()
    assert "no bridge for other programs" in caplog.text


@pytest.mark.posix
@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() != 0, reason="only root can be somebody else")
@pytest.mark.parametrize(
    ("mode", "answers"),
    [(0o600, {"PermissionError"}), (0o666, {"cut off", "ConnectionResetError", "BrokenPipeError"})],
)
def test_another_user_is_refused_even_where_the_socket_would_let_them_in(
    bridged: Bridged, mode: int, answers: set[str]
) -> None:
    place = Path("/tmp", f"shop-sidebar-test-{os.getpid()}")
    place.mkdir(mode=0o755)
    door = open_door(place, "test", bridged.enter)
    try:
        Path(door.address).chmod(mode)
        assert bridged.done(lambda: knock_as_nobody(door.address, wrote("e1"))) in answers
        assert bridged.told == []
    finally:
        door.close()
        place.rmdir()


def test_the_example_of_the_readme_does_what_it_says(bridged: Bridged, home: Path) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert len(example.splitlines()) <= 20
    place = Home(home)
    close = open_bridge(place, journal=bridged.journal, scheduler=bridged.scheduler)
    script = home / "example.py"
    script.write_text(example, encoding="utf-8")
    command = [sys.executable, str(script), str(place.bridge)]

    def run() -> list[str]:
        lines = wrote("e1") + b"nonsense\n" + wrote("e1")
        ran = subprocess.run(command, input=lines, capture_output=True, check=True, timeout=20)
        return [json.loads(line)["status"] for line in ran.stdout.splitlines()]

    assert bridged.done(run) == ["accepted", "refused", "duplicate"]
    close()


def test_waiting_answers_hold_up_whoever_does_not_read_them(bridged: Bridged, tmp_path: Path) -> None:
    if not hasattr(socket, "AF_UNIX"):
        return
    door = by_system(tmp_path, bridged.enter)
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.connect(door.address)
        deaf.setblocking(False)
        sent = 0

        def push() -> bool:
            """Send more, reading nothing; whether not even that can be sent any longer."""
            nonlocal sent
            try:
                sent += deaf.send(b"\n" * 65536)
            except BlockingIOError:
                return True
            return False

        bridged.qtbot.waitUntil(lambda: push() and push(), timeout=20_000)
        assert sent < 40_000_000
    assert bridged.done(lambda: ask(door.address, wrote("e1"))) == ["accepted"]
    door.close()
