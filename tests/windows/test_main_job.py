"""The main job on Windows: real clicks and keys, beside Notepad and beside a chat client made with Qt."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from windows_rig import Rig
from wine_session import Session

from sidebar.domain.insertion import Rect
from tests.e2e.rig.desktop import Desktop
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.waiting import until
from tests.windows.machine import PATIENCE, Desk, Machine, Seen
from tests.windows.scene import HELD, NOTEPAD, PLACE, SAMPLE, TEXTS, Scene, ShopSidebar, write_home

Open = Callable[..., Scene]
COPIED = {"text": "用户自己复制的", "html": "<b>用户</b>自己复制的", "colour": "#ff0000"}
ELSEWHERE = Rect(1150, 200, 400, 500)  # beside the sidebar
KINDS = ("13", "HTML Format", "8", "image/png")  # 13: CF_UNICODETEXT, 8: CF_DIB


@pytest.fixture(scope="module")
def session(rig: Rig, desktop: Desktop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with rig.session(folders=[tmp_path_factory.getbasetemp()], display=desktop.display) as session:
        yield session


@pytest.fixture
def machine(session: Session) -> Iterator[Machine]:
    with Machine(session) as machine:
        yield machine


@pytest.fixture
def desk(machine: Machine) -> Iterator[Desk]:
    with machine.desk() as desk:
        yield desk


def open_notepad(machine: Machine, desk: Desk, file: Path, place: Rect = PLACE) -> Seen:
    """A Notepad with an empty file, in front."""
    file.write_text("", encoding="ascii")
    machine.start("notepad", file)
    window = desk.wait_for("notepad.exe", lambda window: window.title.startswith(file.name))
    desk.ask("place", handle=window.handle, **_told(place))
    return window


def _told(place: Rect) -> dict[str, int]:
    return {"x": place.x, "y": place.y, "width": place.width, "height": place.height}


@pytest.fixture
def beside_notepad(machine: Machine, desk: Desk, hands: Hands, tmp_path: Path) -> Iterator[Open]:
    """Opens Notepad with 王小姐 in its title and the sidebar with these phrases; both end with the test."""
    with ExitStack() as ending:

        def open_it(texts: dict[str, str] = TEXTS, *, shipped: bool = False) -> Scene:
            chat = open_notepad(machine, desk, tmp_path / "王小姐买家.txt")
            home = write_home(tmp_path / "home", texts, client=NOTEPAD, shipped=shipped)
            sidebar = ending.enter_context(ShopSidebar(machine, home))
            sidebar.wait_event("conversation_opened")
            scene = Scene(machine=machine, desk=desk, hands=hands, sidebar=sidebar, chat=chat)
            scene.bring_to_front(chat)
            return scene

        ending.callback(desk.kill, "notepad.exe")
        yield open_it


@pytest.fixture
def beside_chat(machine: Machine, desk: Desk, hands: Hands, tmp_path: Path) -> Iterator[Open]:
    """Opens the sample chat client and the sidebar; *paste* adds to what is known of the client."""
    with ExitStack() as ending:

        def open_it(*options: str, paste: str = "") -> Scene:
            log = tmp_path / "sent.jsonl"
            machine.start_python("packaging/sample_chat.py", "--log", log, *options)
            chat = desk.wait_for("python.exe")
            ending.callback(desk.kill, "python.exe")
            desk.ask("place", handle=chat.handle, **_told(PLACE))
            home = write_home(tmp_path / "home", TEXTS, client=SAMPLE, paste=paste)
            sidebar = ending.enter_context(ShopSidebar(machine, home))
            sidebar.wait_event("conversation_opened")

            def sent() -> list[str]:
                lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
                return [json.loads(line)["text"] for line in lines]

            scene = Scene(machine=machine, desk=desk, hands=hands, sidebar=sidebar, chat=chat, sent=sent)
            scene.bring_to_front(chat)
            return scene

        yield open_it


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
    scene.desk.ask("activate", handle=other.handle)
    until(lambda: scene.in_front(other), "the other Notepad in front", timeout=PATIENCE)
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

    def beside(place: Rect) -> bool:
        ours = scene.sidebar.place
        right = place.x + place.width
        return ours is not None and right <= ours.x <= right + 8 and ours.y == place.y

    until(lambda: beside(PLACE), "the sidebar beside Notepad", timeout=PATIENCE)
    elsewhere = Rect(300, 90, 640, 800)
    scene.desk.ask("place", handle=scene.chat.handle, **_told(elsewhere))
    until(lambda: beside(elsewhere), "the sidebar beside it again", timeout=PATIENCE)
    scene.desk.ask("minimise", handle=scene.chat.handle)
    until(lambda: scene.sidebar.place is None, "the sidebar gone with it", timeout=PATIENCE)
    scene.desk.ask("restore", handle=scene.chat.handle)
    until(lambda: beside(elsewhere), "the sidebar back with it", timeout=PATIENCE)
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
    ours = scene.desk.wait_for("python.exe")
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


def test_a_qt_chat_client_sends_exactly_what_was_inserted(beside_chat: Open) -> None:
    scene = beside_chat()
    for number, (title, text) in enumerate(TEXTS.items(), start=1):
        scene.click_phrase(title)
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
    scene.desk.kill("notepad.exe")
