"""The main job on Windows: real clicks and keys, beside Notepad and beside a chat client made with Qt.

All of it is done with the sidebar of this checkout and again with the one its installer installed.
"""

import json
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from build_windows import Build
from windows_rig import Rig
from wine_session import Session, windows_path

from sidebar.domain.insertion import Rect
from tests.e2e.rig.desktop import Desktop
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.waiting import until
from tests.windows.machine import PATIENCE, Desk, Machine, Seen
from tests.windows.scene import (
    HELD,
    NOTEPAD,
    PLACE,
    SAMPLE,
    TEXTS,
    TWO_BOXES,
    Scene,
    Start,
    as_installed,
    from_checkout,
    open_notepad,
    write_home,
)

Open = Callable[..., Scene]
STARTS: Mapping[str, Start] = {"checkout": from_checkout, "installed": as_installed}
COPIED = {"text": "用户自己复制的", "html": "<b>用户</b>自己复制的", "colour": "#ff0000"}
ELSEWHERE = Rect(1150, 200, 400, 500)  # beside the sidebar
KINDS = ("13", "HTML Format", "8", "image/png")  # 13: CF_UNICODETEXT, 8: CF_DIB


@pytest.fixture(scope="module", params=STARTS)
def kind(request: pytest.FixtureRequest) -> str:
    """Which sidebar: that of the checkout, or the installed one."""
    return str(request.param)


@pytest.fixture(scope="module")
def session(
    kind: str, rig: Rig, build: Build, desktop: Desktop, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Session]:
    folders = [build.folder, tmp_path_factory.getbasetemp()]
    with rig.session(folders=folders, display=desktop.display, fresh=kind == "installed") as session:
        if kind == "installed":
            with Machine(session) as machine:
                assert machine.do(build.setup, "/S") == 0
        yield session


@pytest.fixture
def start(kind: str) -> Start:
    return STARTS[kind]


@pytest.fixture
def open_scene(machine: Machine, desk: Desk, hands: Hands, start: Start, tmp_path: Path) -> Iterator[Open]:
    """Starts the sidebar beside the chat window given, as that of *client*; it ends with the test."""
    with ExitStack() as ending:

        def open_it(
            chat: Seen,
            texts: Mapping[str, str] = TEXTS,
            *,
            client: str,
            sent: Callable[[], list[str]] = list,
            **more: Any,
        ) -> Scene:
            home = write_home(tmp_path / "home", texts, client=client, **more)
            desk.bring_to_front(chat)
            sidebar, spots = ending.enter_context(start(machine, desk, home))
            scene = Scene(
                machine=machine, desk=desk, hands=hands, sidebar=sidebar, spots=spots, chat=chat, sent=sent
            )
            scene.bring_to_front(chat)
            return scene

        yield open_it


@pytest.fixture
def beside_notepad(machine: Machine, desk: Desk, open_scene: Open, tmp_path: Path) -> Open:
    """Opens Notepad with 王小姐 in its title and the sidebar with these phrases."""

    def open_it(texts: Mapping[str, str] = TEXTS, *, shipped: bool = False) -> Scene:
        chat = open_notepad(machine, desk, tmp_path / "王小姐买家.txt")
        return open_scene(chat, texts, client=NOTEPAD, shipped=shipped)

    return open_it


@pytest.fixture
def beside_chat(machine: Machine, desk: Desk, open_scene: Open, tmp_path: Path) -> Open:
    """Opens the sample chat client and the sidebar; *paste* adds to what is known of the client."""

    def open_it(*options: str, paste: str = "") -> Scene:
        log = tmp_path / "sent.jsonl"
        machine.start_python("packaging/sample_chat.py", "--log", log, *options)
        chat = desk.wait_for("python.exe")
        desk.put(chat, PLACE)

        def sent() -> list[str]:
            lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
            return [json.loads(line)["text"] for line in lines]

        return open_scene(chat, client=SAMPLE, paste=paste, sent=sent)

    return open_it


@pytest.fixture
def beside_boxes(machine: Machine, desk: Desk, open_scene: Open) -> Callable[[], Scene]:
    """Opens a window with two input boxes and the sidebar; the lower box has the keyboard."""

    def open_it() -> Scene:
        machine.start_python("tests/windows/inside/two_boxes.py")
        scene = open_scene(desk.wait_for("python.exe"), client=TWO_BOXES)
        scene.hands.click(PLACE.x + 300, PLACE.y + 600)
        until(lambda: scene.focused_box == 1, "focus in the lower box", timeout=PATIENCE)
        return scene

    return open_it


def test_what_is_clicked_arrives_exactly_and_notepad_keeps_the_keyboard(beside_notepad: Open) -> None:
    scene = beside_notepad()
    expected = ""
    for number, (title, text) in enumerate(TEXTS.items(), start=1):
        scene.click_phrase(title)
        scene.sidebar.wait_event("phrase_inserted", count=number)
        expected += text
        assert scene.text(scene.chat) == expected, title
        assert scene.in_front(scene.chat)
    scene.hands.type_keys("x")
    until(lambda: scene.text(scene.chat) == f"{expected}x", "key in Notepad", timeout=PATIENCE)


def test_what_a_hotkey_stands_for_arrives_exactly(beside_notepad: Open) -> None:
    scene = beside_notepad()
    for number in range(1, len(TEXTS) + 1):
        scene.press_hotkey(number)
        scene.sidebar.wait_event("phrase_inserted", count=number)
    assert scene.text(scene.chat) == "".join(TEXTS.values())
    assert scene.in_front(scene.chat)


def test_a_quick_run_of_hotkeys_arrives_once_each_and_in_order(beside_notepad: Open) -> None:
    scene = beside_notepad({f"phrase {number}": f"[{number}号]" for number in range(1, 10)})
    order = [number % 9 + 1 for number in range(20)]
    for number in order:
        scene.press_hotkey(number)
        scene.hands.rest(timedelta(milliseconds=100))
    scene.sidebar.wait_event("phrase_inserted", count=len(order))
    assert scene.text(scene.chat) == "".join(f"[{number}号]" for number in order)


def test_text_html_and_picture_come_back_to_the_clipboard(beside_notepad: Open) -> None:
    scene = beside_notepad()
    scene.desk.ask("copy", **COPIED)
    before = scene.desk.ask("clipboard")
    assert bytes.fromhex(before["13"]).decode("utf-16-le") == "用户自己复制的\0"
    assert "<b>用户</b>自己复制的".encode() in bytes.fromhex(before["HTML Format"])
    for number in range(1, 4):
        scene.press_hotkey(number)
        scene.sidebar.wait_event("phrase_inserted", count=number)
    assert scene.text(scene.chat) == "".join(list(TEXTS.values())[:3])

    def back() -> bool:
        now = scene.desk.ask("clipboard")
        return all(now.get(kind) == before[kind] for kind in KINDS)

    until(back, "the user's own clipboard", timeout=PATIENCE)


@pytest.mark.parametrize("way", ["click", "hotkey"])
def test_nothing_is_typed_into_another_notepad(beside_notepad: Open, tmp_path: Path, way: str) -> None:
    scene = beside_notepad()
    other = open_notepad(scene.machine, scene.desk, tmp_path / "notes.txt", ELSEWHERE)
    scene.bring_to_front(other)
    if way == "click":
        scene.click_phrase("one line")
    else:
        scene.press_hotkey(1)
    refused = scene.sidebar.wait_event("insertion_refused")
    assert refused["reason"] == "not_in_front"
    assert (scene.text(scene.chat), scene.text(other)) == ("", "")
    assert scene.in_front(other)
    left = scene.desk.ask("clipboard")["13"]
    assert bytes.fromhex(left).decode("utf-16-le") == f"{TEXTS['one line']}\0"


def test_another_notepad_that_comes_while_the_hotkey_is_held_gets_nothing(
    beside_notepad: Open, tmp_path: Path
) -> None:
    scene = beside_notepad()
    other = open_notepad(scene.machine, scene.desk, tmp_path / "notes.txt", ELSEWHERE)
    scene.bring_to_front(scene.chat)
    scene.hands.hold("ctrl")
    scene.hands.press("alt+1")
    scene.hands.rest(timedelta(milliseconds=200))  # well into the wait for Ctrl
    scene.desk.bring_to_front(other)
    scene.hands.release("ctrl")
    assert scene.sidebar.wait_event("insertion_refused")["reason"] == "not_in_front"
    assert (scene.text(scene.chat), scene.text(other)) == ("", "")


def test_nothing_is_typed_while_a_modifier_is_held(beside_notepad: Open) -> None:
    scene = beside_notepad()
    scene.hands.hold("shift")
    scene.click_phrase("one line")
    scene.hands.rest(timedelta(milliseconds=600))
    assert scene.text(scene.chat) == ""
    scene.hands.release("shift")
    scene.sidebar.wait_event("phrase_inserted")
    assert scene.text(scene.chat) == TEXTS["one line"]


def test_stands_beside_the_window_wherever_that_goes(beside_notepad: Open) -> None:
    scene = beside_notepad()
    elsewhere = Rect(300, 90, 640, 800)
    scene.desk.put(scene.chat, elsewhere)
    scene.sidebar.wait_beside(elsewhere)
    scene.desk.ask("minimise", handle=scene.chat.handle)
    until(lambda: scene.sidebar.place is None, "the sidebar gone with it", timeout=PATIENCE)
    scene.desk.ask("restore", handle=scene.chat.handle)
    scene.sidebar.wait_beside(elsewhere)
    assert scene.in_front(scene.chat)


def test_is_dragged_along_by_the_title_bar(beside_notepad: Open) -> None:
    scene = beside_notepad()
    before = scene.sidebar.place
    assert before is not None
    scene.hands.drag((PLACE.x + 300, PLACE.y + 10), (PLACE.x + 420, PLACE.y + 40))
    until(
        lambda: scene.sidebar.place == replace(before, x=before.x + 120, y=before.y + 30),
        "the sidebar where it was dragged to",
        timeout=PATIENCE,
    )


def test_the_search_hotkey_brings_the_sidebar_to_the_front(beside_notepad: Open) -> None:
    """As Windows counts: Wine does not always tell the X server, so nothing is typed here."""
    scene = beside_notepad()
    scene.hands.press("ctrl+alt+f", hold=HELD)
    ours = scene.sidebar.window
    assert ours is not None
    until(lambda: scene.in_front(ours), "the sidebar in front", timeout=PATIENCE)


def test_the_search_line_gives_the_keyboard_back_to_the_letter(beside_notepad: Open) -> None:
    scene = beside_notepad()
    scene.click_search_line()
    scene.hands.type_keys("wlhs")
    scene.hands.press("esc")
    scene.wait_keyboard(scene.chat)
    scene.hands.type_keys("x")
    until(lambda: scene.text(scene.chat) == "x", "key in Notepad", timeout=PATIENCE)


def test_what_was_searched_for_goes_where_the_keyboard_was(beside_notepad: Open) -> None:
    scene = beside_notepad(shipped=True)
    scene.click_search_line()
    scene.hands.type_keys("wlhs")
    scene.hands.press("enter")
    assert scene.sidebar.wait_event("phrase_inserted")["phrase"] == "logistics.check"
    scene.wait_keyboard(scene.chat)
    before = scene.text(scene.chat)
    assert "答复" in before
    scene.hands.type_keys("x")
    until(lambda: scene.text(scene.chat) == f"{before}x", "key in Notepad", timeout=PATIENCE)


@pytest.mark.parametrize("way", ["click", "hotkey"])
def test_a_qt_chat_client_sends_exactly_what_was_inserted(beside_chat: Open, way: str) -> None:
    scene = beside_chat()
    for number, (title, text) in enumerate(TEXTS.items(), start=1):
        if way == "click":
            scene.click_phrase(title)
        else:
            scene.press_hotkey(number)
        scene.sidebar.wait_event("phrase_inserted", count=number)
        assert scene.in_front(scene.chat)
        assert len(scene.sent()) == number - 1  # nothing goes out by itself
        scene.hands.press("enter")
        assert scene.wait_sent(number)[-1] == text, title


def test_a_client_that_sends_at_line_breaks_gets_line_after_line(beside_chat: Open) -> None:
    scene = beside_chat("--lines-send", paste='newlines = "shift_enter"\n')
    scene.click_phrase("several lines")
    scene.sidebar.wait_event("phrase_inserted")
    assert scene.sent() == []
    scene.hands.press("enter")
    assert scene.wait_sent(1) == [TEXTS["several lines"]]


def test_a_buyer_switched_to_unheard_gets_nothing_that_was_meant_for_another(
    beside_chat: Open, tmp_path: Path
) -> None:
    """Wine tells nobody of another title, as Windows does; so the sidebar learns of it by the way."""
    scene = beside_chat()
    scene.hands.press("ctrl+tab")
    scene.desk.wait_for("python.exe", lambda window: window.title == "Mr. Smith")
    scene.press_hotkey(1)
    assert scene.sidebar.wait_event("insertion_refused")["reason"] == "wrong_customer"
    other = open_notepad(scene.machine, scene.desk, tmp_path / "notes.txt", ELSEWHERE)
    scene.bring_to_front(other)
    scene.bring_to_front(scene.chat)
    assert scene.sidebar.wait_event("conversation_opened", count=2)["customer"] == "Mr. Smith"
    scene.press_hotkey(1)
    assert scene.sidebar.wait_event("phrase_inserted")["customer"] == "Mr. Smith"
    scene.hands.press("enter")
    assert scene.wait_sent(1) == [TEXTS["one line"]]


@pytest.mark.parametrize("leave", ["esc", "enter"])
def test_the_search_line_gives_the_keyboard_back_to_the_very_box(
    beside_boxes: Callable[[], Scene], leave: str
) -> None:
    scene = beside_boxes()
    scene.click_search_line()
    scene.hands.type_keys("one")
    scene.hands.press(leave)
    scene.wait_keyboard(scene.chat)
    until(lambda: scene.focused_box == 1, "focus in the lower box again", timeout=PATIENCE)
    if leave == "enter":
        scene.sidebar.wait_event("phrase_inserted")
    before = TEXTS["one line"] if leave == "enter" else ""
    scene.hands.type_keys("x")
    until(
        lambda: scene.desk.texts(scene.chat) == ["", f"{before}x"], "key in the lower box", timeout=PATIENCE
    )


def test_a_menu_gives_the_keyboard_back_to_the_very_box(beside_boxes: Callable[[], Scene]) -> None:
    """Windows gives it to a menu, and to the menu's owner when that closes: to us, who are to give way.

    As Windows counts; Wine does not always tell the X server.
    """
    scene = beside_boxes()
    menu = scene.open_menu()
    until(lambda: not scene.in_front(scene.chat), "the menu in front", timeout=PATIENCE)
    scene.hands.click(menu.place.x + 20, menu.place.y + 14)  # its first line
    scene.wait_gone(menu)
    until(lambda: scene.in_front(scene.chat), "the chat in front again", timeout=PATIENCE)
    until(lambda: scene.focused_box == 1, "focus in the lower box again", timeout=PATIENCE)


def test_another_program_brings_what_buyers_wrote(beside_notepad: Open, tmp_path: Path) -> None:
    scene = beside_notepad()
    lines, home = tmp_path / "events.jsonl", tmp_path / "home"
    event = {"v": 1, "at": "2026-11-21T10:10:15+08:00", "type": "customer_message"}
    named = {"client": "own", "conversation": "c1", "customer": "张女士"}
    lines.write_text(json.dumps({**event, **named}) + "\n", encoding="utf-8")
    until((home / "bridge").exists, "bridge", timeout=PATIENCE)
    command = ("sidebar", "--home", windows_path(home), "ingest", "--live", windows_path(lines))
    ran = subprocess.run(scene.machine.session.python("-m", *command), capture_output=True, timeout=60)
    assert (ran.returncode, ran.stdout.split(b",")[0]) == (0, b"stored 1")
    told = [
        each["customer"] for each in scene.sidebar.events("customer_message") if each["conversation"] == "c1"
    ]
    assert told == ["张女士"]
