"""Phrases written, changed, thrown away and had back by keys alone, beside a chat client."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.rig.accessibility import ScreenReader
from tests.e2e.rig.clipboards import ClipboardOwner
from tests.e2e.rig.desktop import Desktop, Session
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.sample_chat import SampleChat
from tests.e2e.rig.shop_sidebar import ShopSidebar
from tests.e2e.test_main_job import HELD, write_home

PROFILE = """\
name = "strict"
programs = ["StrictChat"]
buyer = '^(?:\\[(?P<unread>\\d+)\\]\\s*)?(?P<buyer>\\S.*)$'
"""
SEARCH = "ctrl+alt+f"


class Scene:
    """A chat client with the keyboard, the sidebar with one old phrase beside it."""

    def __init__(self, session: Session, hands: Hands, reader: ScreenReader, folder: Path) -> None:
        self.hands = hands
        self.home = write_home(folder / "home", {"old": "An old one"}, "", shipped=False)
        (self.home / "clients").mkdir()
        (self.home / "clients" / "strict.toml").write_text(PROFILE, encoding="utf-8")
        self.chat = SampleChat(session, hands, folder, wm_class="StrictChat")
        self.sidebar = ShopSidebar(session, hands, reader, home=self.home, client="strict")
        self.sidebar.wait_event("conversation_opened")

    def written(self, name: str = "edited.yaml") -> str:
        file = self.home / "phrases" / name
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def wait_written(self, words: str, name: str = "edited.yaml") -> None:
        self.hands.wait_for(lambda: words in self.written(name), f"{words!r} in {name}")

    def client_has_the_keyboard(self) -> bool:
        return self.hands.is_active(self.chat.window)

    def wait_for_the_client(self) -> None:
        self.hands.wait_for(self.client_has_the_keyboard, "chat client in front")

    def search(self, words: str = "", *, until: str = "") -> None:
        self.hands.press(SEARCH, hold=HELD)
        self.hands.wait_for(lambda: not self.client_has_the_keyboard(), "search line")
        self.hands.type_keys(words)
        if until:
            self.wait_shown(until)

    def wait_shown(self, words: str) -> None:
        self.hands.wait_for(lambda: self.sidebar.shows(words), f"{words!r} shown")


@pytest.fixture
def scene(desktop: Desktop, hands: Hands, screen_reader: ScreenReader, tmp_path: Path) -> Iterator[Scene]:
    with Session(tmp_path, desktop.environment) as session:
        scene = Scene(session, hands, screen_reader, tmp_path)
        yield scene
        assert scene.sidebar.end() == 0


def test_a_phrase_is_made_inserted_changed_thrown_away_and_had_back_by_keys(
    scene: Scene, tmp_path: Path
) -> None:
    hands, sidebar = scene.hands, scene.sidebar
    scene.search()
    hands.press("ctrl+n")
    sidebar.wait_for("新话术")
    hands.type_keys("parcel")
    hands.press("tab")
    hands.type_keys("your parcel leaves today")
    hands.press("ctrl+enter")
    scene.wait_written("body: your parcel leaves today")
    scene.wait_for_the_client()
    sidebar.wait_for_words("已新建「parcel」")
    hands.screenshot(tmp_path / "made.png")

    scene.search("parcel", until="your parcel leaves today")
    hands.press("enter")
    assert sidebar.wait_event("phrase_inserted")["characters"] == len("your parcel leaves today")
    scene.chat.send()
    assert scene.chat.wait_sent(1) == ("your parcel leaves today",)

    scene.search("parcel", until="your parcel leaves today")
    hands.press("F2")
    sidebar.wait_for("修改话术")
    hands.press("tab")
    hands.type_keys(" at six")
    hands.screenshot(tmp_path / "editing.png")
    hands.press("ctrl+s")
    scene.wait_written("leaves today at six")
    scene.wait_for_the_client()

    scene.search("parcel", until="leaves today at six")
    hands.press("shift+Delete")
    hands.wait_for(lambda: "parcel" not in scene.written(), "phrase gone from the file")
    hands.press("ctrl+z")  # at once, with what was searched for still in the line
    scene.wait_written("parcel")
    scene.wait_shown("leaves today at six")
    hands.press("shift+Delete")
    hands.wait_for(lambda: "parcel" not in scene.written(), "phrase gone from the file")
    hands.press("esc")
    scene.wait_for_the_client()
    assert "parcel" in (scene.home / "editor" / "bin.json").read_text(encoding="utf-8")
    hands.wait_for(lambda: not sidebar.shows("leaves today at six"), "phrase gone from the list")

    scene.search()
    hands.press("ctrl+z")
    scene.wait_written("leaves today at six")
    scene.wait_shown("leaves today at six")
    hands.press("esc")
    scene.wait_for_the_client()


def test_a_row_has_a_menu_and_what_was_done_is_undone_by_a_click(scene: Scene, tmp_path: Path) -> None:
    hands, sidebar = scene.hands, scene.sidebar

    def choose(place: int) -> None:
        row = sidebar.wait_for_words("An old one")
        hands.click(*row.centre, button=3)
        menu = hands.wait_for(hands.popup, "menu")
        hands.click(menu.x + 40, menu.y + 4 + round((menu.height - 8) * (place - 0.5) / 5))

    choose(1)
    sidebar.wait_for("修改话术")
    hands.wait_for(lambda: not scene.client_has_the_keyboard(), "keyboard in the form")
    hands.press("tab")
    hands.type_keys(" once more")
    hands.press("ctrl+enter")
    scene.wait_written("An old one once more", "own.yaml")
    scene.wait_for_the_client()

    scene.wait_shown("once more")
    choose(5)
    hands.wait_for(lambda: "An old one" not in scene.written("own.yaml"), "phrase gone from the file")
    sidebar.wait_for_words("已删除「old」")
    hands.screenshot(tmp_path / "deleted.png")
    assert scene.client_has_the_keyboard()
    sidebar.click("撤销")
    scene.wait_written("An old one once more", "own.yaml")
    assert scene.client_has_the_keyboard()


def test_many_are_pasted_from_a_sheet(scene: Scene, clipboard_owner: ClipboardOwner, tmp_path: Path) -> None:
    hands, sidebar = scene.hands, scene.sidebar
    clipboard_owner.offer({"UTF8_STRING": "标题\t正文\n催件\t已经在催了\n再见\t祝您生活愉快\n".encode()})
    sidebar.click("新话术")
    sidebar.click("一次贴多条…")
    sidebar.wait_for_words("催件 — 已经在催了")
    hands.screenshot(tmp_path / "pasting.png")
    hands.press("ctrl+enter")
    scene.wait_written("body: 祝您生活愉快")
    scene.wait_for_the_client()
    scene.wait_shown("已经在催了")
