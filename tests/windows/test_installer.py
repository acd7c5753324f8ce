"""The installer, on Windows machines on which nothing was installed before."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from build_windows import Build
from provision import ROOT
from windows_rig import Rig

from tests.e2e.rig.desktop import Desktop
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.waiting import until
from tests.windows.machine import COMMAND, PATIENCE, PROGRAM, USER, WINDOWED, Machine, Seen

DATA = "AppData/Local/shop-sidebar"
NSIS_COPY = "Un.exe"  # what an uninstaller goes on as, since what runs cannot be deleted
UNINSTALL = f"{PROGRAM}\\uninstall.exe"
RUN_KEY = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run"
UNINSTALL_KEY = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\ShopSidebar"
LARGEST = 90  # megabytes


@contextmanager
def new_machine(rig: Rig, build: Build, desktop: Desktop) -> Iterator[Machine]:
    fresh = rig.session(fresh=True, folders=[build.folder], display=desktop.display)
    with fresh as session, Machine(session) as machine:
        yield machine


@pytest.fixture
def machine(rig: Rig, build: Build, desktop: Desktop) -> Iterator[Machine]:
    """Nothing is installed on it."""
    with new_machine(rig, build, desktop) as machine:
        yield machine


@pytest.fixture(scope="module")
def installed(rig: Rig, build: Build, desktop: Desktop) -> Iterator[Machine]:
    """The sidebar is installed on it, and stays so."""
    with new_machine(rig, build, desktop) as machine:
        assert machine.do(build.setup, "/S") == 0
        yield machine


def values(machine: Machine, key: str) -> Mapping[str, str]:
    """What the registry has under *key*; nothing where there is no such key."""
    found = {}
    for line in machine.run("reg", "query", key).stdout.splitlines():
        name, kind, value = [*line.strip().split("    "), "", ""][:3]
        if kind.startswith("REG_"):
            found[name] = value
    return found


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_the_program_is_small_enough_to_be_sent_around(build: Build) -> None:
    megabytes = size(build.program) / 1_000_000
    assert megabytes <= LARGEST


def test_every_resource_is_in_it_but_pictures_of_it(build: Build) -> None:
    there = build.program / "_internal" / "resources"
    wanted = {path for path in files(ROOT / "resources") if not path.startswith("screenshots")}
    assert files(there) == wanted
    assert files(there.with_name("templates")) == files(ROOT / "templates")


def test_the_installer_asks_for_no_administrator(build: Build) -> None:
    assert b'requestedExecutionLevel level="asInvoker"' in build.setup.read_bytes()


def test_is_in_the_start_menu_and_among_the_users_programs(installed: Machine, build: Build) -> None:
    folder = installed.home / "AppData/Local/Programs/ShopSidebar"
    names = {path.name for path in folder.iterdir()}
    assert names == {"ShopSidebar.exe", "sidebar.exe", "uninstall.exe", "_internal"}
    menu = installed.home / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs"
    assert (menu / "Shop Sidebar.lnk").exists()
    told = values(installed, UNINSTALL_KEY)
    assert (told["DisplayName"], told["DisplayVersion"]) == ("Shop Sidebar", build.version)
    assert told["QuietUninstallString"] == f'"{UNINSTALL}" /S'
    assert int(told["EstimatedSize"], 16) == pytest.approx(size(folder) / 1024, rel=0.01)
    assert "ShopSidebar" not in values(installed, RUN_KEY)


def test_the_command_answers(installed: Machine, build: Build) -> None:
    assert installed.run(COMMAND, "--version").stdout == f"sidebar {build.version}\n"
    due = installed.run(COMMAND, "when", "2小时后", "--now", "2026-11-21T10:00:00+08:00")
    assert (due.returncode, due.stdout) == (0, "2026-11-21T12:00:00+08:00\n")
    found = json.loads(installed.run(COMMAND, "phrases", "search", "wlhs", "--json").stdout)
    assert found[0]["title"].startswith("物流核实")
    refused = installed.run(COMMAND, "when", "whenever")
    assert (refused.returncode, refused.stdout.count("\n")) == (1, 1)


def test_the_doctor_finds_every_part_of_it(installed: Machine) -> None:
    answer = installed.run(COMMAND, "doctor", "--json")
    assert answer.returncode == 0, answer.stdout
    told = {each["name"]: each for each in json.loads(answer.stdout)}
    for name in ("qt", "screen", "desktop", "hotkeys", "keys"):
        assert told[name]["state"] == "ok", told[name]
    assert told["desktop"]["reason"] == "windows"


def test_the_window_opens_and_ends_when_it_is_closed(installed: Machine) -> None:
    with installed.desk() as desk:
        program = installed.start(WINDOWED, "run", "--platform", "null")
        window = desk.wait_for("ShopSidebar.exe")
        assert window.title == "shop-sidebar"
        assert window.place.height > 300
        assert installed.run("taskkill", "/IM", "ShopSidebar.exe").returncode == 0
        assert program.wait(PATIENCE.total_seconds()) == 0


def test_what_keeps_it_from_starting_stands_in_a_message(installed: Machine, hands: Hands) -> None:
    (installed.home / "file").write_text("x", encoding="ascii")
    with installed.desk() as desk:
        program = installed.start(WINDOWED, "--home", f"{USER}\\file")
        title = "侧栏 Shop Sidebar"
        desk.wait_for("ShopSidebar.exe", lambda window: window.title == title)
        until(lambda: hands.keyboard() == title, "keyboard of the message", timeout=PATIENCE)
        hands.press("enter")
        assert program.wait(PATIENCE.total_seconds()) == 1


def test_an_upgrade_while_it_runs_keeps_history_and_goes_on(machine: Machine, build: Build) -> None:
    assert machine.do(build.setup, "/S") == 0
    assert machine.run(COMMAND, "followups", "add", "明天10点", "--about", "退款结果").returncode == 0
    before = machine.run(COMMAND, "followups", "list", "--json").stdout
    left = machine.home / "AppData/Local/Programs/ShopSidebar/_internal/of_an_older_version.pyd"
    left.touch()
    with machine.desk() as desk:
        running = machine.start(WINDOWED, "run", "--platform", "null")
        first = desk.wait_for("ShopSidebar.exe")
        assert machine.do(build.setup, "/S") == 0
        assert running.wait(PATIENCE.total_seconds()) == 0
        desk.wait_for("ShopSidebar.exe", lambda window: window.handle != first.handle)
    assert not left.exists()
    assert json.loads(before)[0]["about"] == "退款结果"
    assert machine.run(COMMAND, "followups", "list", "--json").stdout == before
    assert machine.run(COMMAND, "history", "verify").stdout == "ok\n"


def test_what_will_not_end_is_told_and_nothing_is_replaced(machine: Machine, build: Build) -> None:
    assert machine.do(build.setup, "/S") == 0
    left = machine.home / "AppData/Local/Programs/ShopSidebar/_internal/of_an_older_version.pyd"
    left.touch()
    with subprocess.Popen(
        machine.session.wine(COMMAND, "ingest", "-"), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as busy:
        assert machine.do(build.setup, "/S") == 2
        assert left.exists()
        assert busy.stdin is not None
        busy.stdin.close()
    assert machine.do(build.setup, "/S") == 0
    assert not left.exists()


def test_start_at_login_is_a_choice_that_an_upgrade_keeps(machine: Machine, build: Build) -> None:
    assert machine.do(build.setup, "/S", "/AUTOSTART") == 0
    assert values(machine, RUN_KEY)["ShopSidebar"] == f'"{WINDOWED}"'
    assert machine.do(build.setup, "/S") == 0
    assert values(machine, RUN_KEY)["ShopSidebar"] == f'"{WINDOWED}"'


@pytest.mark.parametrize(("answer", "kept"), [("alt+y", False), ("alt+n", True), ("enter", True)])
def test_uninstalling_asks_about_the_users_data(
    machine: Machine, build: Build, hands: Hands, answer: str, kept: bool
) -> None:
    """Who goes on pressing Enter keeps it."""
    assert machine.do(build.setup, "/S") == 0
    assert machine.run(COMMAND, "followups", "add", "明天10点").returncode == 0
    title = f"Shop Sidebar {build.version} Uninstall"
    with machine.desk() as desk:

        def can_go_on(window: Seen) -> bool:
            can: bool = desk.ask("can_go_on", handle=window.handle)
            return can and hands.keyboard() == window.title

        machine.start(UNINSTALL)
        uninstaller = desk.wait_for(NSIS_COPY, lambda window: window.title.strip() == title)
        until(lambda: can_go_on(uninstaller), "uninstaller that asks", timeout=PATIENCE)
        hands.press("enter")
        question = desk.wait_for(NSIS_COPY, lambda window: window.handle != uninstaller.handle)
        until(lambda: hands.keyboard() == question.title, "keyboard of the question", timeout=PATIENCE)
        hands.press(answer)
        until(lambda: can_go_on(uninstaller), "uninstaller that is done", timeout=PATIENCE)
        hands.press("enter")
        until(lambda: not desk.windows(NSIS_COPY), "end of the uninstaller", timeout=PATIENCE)
    assert (machine.home / DATA / "history.db").exists() == kept
    assert (machine.home / DATA).exists() == kept
    assert not (machine.home / "AppData/Local/Programs/ShopSidebar").exists()


def test_uninstalling_leaves_the_users_data_and_nothing_else(machine: Machine, build: Build) -> None:
    before = files(machine.home)
    assert machine.do(build.setup, "/S", "/AUTOSTART") == 0
    assert machine.run(COMMAND, "followups", "add", "明天10点").returncode == 0
    assert machine.do(UNINSTALL, "/S") == 0
    # its copy goes on
    program = machine.home / "AppData/Local/Programs/ShopSidebar"
    until(lambda: not program.exists(), "end of the uninstaller", timeout=PATIENCE)
    until(lambda: not values(machine, UNINSTALL_KEY), "end of its entry", timeout=PATIENCE)
    assert "ShopSidebar" not in values(machine, RUN_KEY)
    left = {path for path in files(machine.home) - before if "/Temp/" not in path}
    assert {path for path in left if not path.startswith(DATA)} <= {"AppData/Local/Programs"}
    assert f"{DATA}/history.db" in left
