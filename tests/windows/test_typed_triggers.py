"""What only a hook can hear, on Windows: codes typed into Notepad, others' hotkeys, a double tap."""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import yaml
from build_windows import Build
from windows_rig import Rig

from sidebar.domain.insertion import Rect
from tests.e2e.rig.desktop import Desktop
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.waiting import until
from tests.windows.machine import PATIENCE, Desk, Machine
from tests.windows.scene import HELD, NOTEPAD, PLACE, Scene, from_checkout, open_notepad, running, write_home

Open = Callable[..., Scene]
TEXT = "退款已提交，预计1-3个工作日到账。"
ELSEWHERE = Rect(1150, 200, 400, 500)
TYPED = "typed_triggers = true\n"
HOOKED = 'hooked_hotkeys = true\n[hotkeys]\nsearch = ""\ninsert = ["ctrl+alt+1", "ctrl ctrl"]\n'


@pytest.fixture
def beside_notepad(machine: Machine, desk: Desk, hands: Hands, tmp_path: Path) -> Iterator[Open]:
    """Opens Notepad with 王小姐 in its title and a sidebar with these settings, and waits for its helper."""
    with ExitStack() as ending:

        def open_it(settings: str) -> Scene:
            chat = open_notepad(machine, desk, tmp_path / "王小姐买家.txt")
            home = write_home(tmp_path / "home", {}, client=NOTEPAD)
            write_phrases(home / "phrases" / "own.yaml")
            (home / "settings.toml").write_text(f"shipped_phrases = false\n{settings}", encoding="utf-8")
            sidebar, spots = ending.enter_context(from_checkout(machine, desk, home))
            until(lambda: "helper: listening" in log(home), "a helper that listens", timeout=PATIENCE)
            scene = Scene(machine=machine, desk=desk, hands=hands, sidebar=sidebar, spots=spots, chat=chat)
            scene.bring_to_front(chat)
            return scene

        yield open_it


def write_phrases(file: Path) -> None:
    phrases = [
        {"id": "own.refund", "title": "退款", "body": TEXT, "code": "tk"},
        {"id": "own.two", "title": "两行", "body": "一\n二", "code": "lh"},
    ]
    pack = {"pack": "own", "language": "zh-CN", "phrases": phrases}
    file.write_text(yaml.safe_dump(pack, allow_unicode=True, sort_keys=False), encoding="utf-8")


def log(home: Path) -> str:
    return "".join(file.read_text(encoding="utf-8") for file in (home / "logs").glob("*.log"))


def processes(machine: Machine, *told: str) -> list[int]:
    """The processes that are the sidebar's, its helper among them."""
    asked = machine.session.python("-m", "tests.windows.inside.helper_windows", *told)
    answer = subprocess.run(asked, stdin=subprocess.DEVNULL, capture_output=True, check=True, timeout=60)
    return list(json.loads(answer.stdout))


def test_a_code_and_a_space_become_the_phrase(beside_notepad: Open) -> None:
    scene = beside_notepad(TYPED)
    scene.hands.type_keys("ok ;tk ")
    assert scene.sidebar.wait_event("phrase_inserted")["phrase"] == "own.refund"
    assert scene.text(scene.chat) == f"ok {TEXT}"
    scene.hands.type_keys(" ;lh ")
    scene.sidebar.wait_event("phrase_inserted", count=2)
    assert scene.text(scene.chat) == f"ok {TEXT} 一\n二"
    scene.hands.type_keys("x")
    until(lambda: scene.text(scene.chat).endswith("二x"), "key in Notepad", timeout=PATIENCE)


def test_a_code_typed_into_another_notepad_stays_there(beside_notepad: Open, tmp_path: Path) -> None:
    scene = beside_notepad(TYPED)
    other = open_notepad(scene.machine, scene.desk, tmp_path / "notes.txt", ELSEWHERE)
    scene.bring_to_front(other)
    scene.hands.type_keys(";tk ")
    until(lambda: scene.text(other) == ";tk ", "keys in the other Notepad", timeout=PATIENCE)
    scene.bring_to_front(scene.chat)
    scene.hands.type_keys(";tk ")  # heard after the other: that one was passed over
    scene.sidebar.wait_event("phrase_inserted")
    assert (scene.text(scene.chat), scene.text(other)) == (TEXT, ";tk ")
    assert scene.sidebar.events("insertion_refused") == []


def test_nothing_is_taken_away_where_another_notepad_comes_in_between(
    beside_notepad: Open, tmp_path: Path
) -> None:
    scene = beside_notepad(TYPED)
    other = open_notepad(scene.machine, scene.desk, tmp_path / "notes.txt", ELSEWHERE)
    scene.bring_to_front(other)
    scene.hands.type_keys("mine")
    until(lambda: scene.text(other) == "mine", "keys in the other Notepad", timeout=PATIENCE)
    scene.bring_to_front(scene.chat)
    scene.hands.type_keys(";tk")
    scene.hands.hold("shift")
    scene.hands.type_keys(" ")
    until(lambda: scene.text(scene.chat) == ";tk ", "keys in Notepad", timeout=PATIENCE)
    scene.desk.bring_to_front(other)
    scene.hands.release("shift")
    assert scene.sidebar.wait_event("insertion_refused")["reason"] == "not_in_front"
    assert (scene.text(scene.chat), scene.text(other)) == (";tk ", "mine")


def test_nothing_is_taken_away_where_more_was_typed_meanwhile(beside_notepad: Open) -> None:
    scene = beside_notepad(TYPED)
    scene.hands.type_keys(";tk")
    scene.hands.hold("shift")
    scene.hands.press("space")
    scene.hands.press("x")
    until(lambda: scene.text(scene.chat) == ";tk X", "keys in Notepad", timeout=PATIENCE)
    scene.hands.release("shift")
    assert scene.sidebar.wait_event("insertion_refused")["reason"] == "typed_on"
    assert scene.text(scene.chat) == ";tk X"


def test_codes_are_heard_again_after_the_session_was_locked(beside_notepad: Open) -> None:
    scene = beside_notepad(TYPED)
    for count in (1, 2):
        assert len(processes(scene.machine, "unlock")) == 2
        scene.hands.type_keys(";tk ")
        scene.sidebar.wait_event("phrase_inserted", count=count)
    assert scene.text(scene.chat) == TEXT * 2


def test_the_helper_ends_with_a_sidebar_that_is_killed(beside_notepad: Open) -> None:
    scene = beside_notepad(TYPED)
    ours = scene.desk.wait_for("python.exe", lambda window: window.title == "shop-sidebar")
    scene.desk.ask("kill", handle=ours.handle)
    until(lambda: processes(scene.machine) == [], "end of the helper", timeout=PATIENCE)


def test_no_helper_runs_where_nothing_of_it_is_wanted(machine: Machine, desk: Desk, tmp_path: Path) -> None:
    home = write_home(tmp_path / "home", {}, client=NOTEPAD)
    write_phrases(home / "phrases" / "own.yaml")
    with running(machine, desk, home):
        until(lambda: "packs loaded" in log(home), "the sidebar at work", timeout=PATIENCE)
        assert len(processes(machine)) == 1


def test_a_hotkey_of_another_program_and_a_double_tap_are_heard(
    machine: Machine, beside_notepad: Open
) -> None:
    asked = machine.python("tests.windows.inside.hotkey_owner")
    with subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as owner:
        assert owner.stdin is not None
        assert owner.stdout is not None
        assert owner.stdout.readline().strip() == b"has it"
        scene = beside_notepad(HOOKED)
        scene.hands.press("ctrl+alt+1", hold=HELD)
        assert scene.sidebar.wait_event("phrase_inserted")["phrase"] == "own.refund"
        for _ in range(2):
            scene.hands.press("ctrl", hold=HELD)
        assert scene.sidebar.wait_event("phrase_inserted", count=2)["phrase"] == "own.two"
        assert scene.text(scene.chat) == f"{TEXT}一\n二"
        owner.stdin.close()


def test_the_built_program_without_a_console_hears_codes_and_keeps_no_key(
    rig: Rig, build: Build, desktop: Desktop, hands: Hands, tmp_path: Path
) -> None:
    """Its helper is the same program; see `_return_whole_answers` in typing_helper for what it once did."""
    folders = [tmp_path, build.folder]
    with (
        rig.session(folders=folders, display=desktop.display) as session,
        Machine(session) as machine,
        machine.desk() as desk,
    ):
        chat = open_notepad(machine, desk, tmp_path / "王小姐买家.txt")
        home = write_home(tmp_path / "home", {}, client=NOTEPAD)
        write_phrases(home / "phrases" / "own.yaml")
        (home / "settings.toml").write_text(f"shipped_phrases = false\n{TYPED}", encoding="utf-8")
        machine.start(build.program / "ShopSidebar.exe", "--home", home)
        until(lambda: "helper: listening" in log(home), "a helper that listens", timeout=PATIENCE)
        hands.click(PLACE.x + PLACE.width // 2, PLACE.y + PLACE.height // 2)
        until(lambda: hands.keyboard() == chat.title, "keyboard of Notepad", timeout=PATIENCE)
        hands.type_keys("ok ;tk ")
        until(lambda: desk.texts(chat) == [f"ok {TEXT}"], "the phrase", timeout=PATIENCE)
