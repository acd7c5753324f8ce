"""Phrases written, changed, thrown away and had back beside a chat client, by keys and by mouse.

One sidebar serves all of it, as it does an agent through a morning: starting takes longer than using it.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from sidebar import paths
from tests.e2e.rig.accessibility import ScreenReader, Widget
from tests.e2e.rig.clipboards import ClipboardOwner
from tests.e2e.rig.desktop import Desktop, Session
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.sample_chat import SampleChat
from tests.e2e.rig.shop_sidebar import ShopSidebar
from tests.e2e.test_main_job import HELD

PROFILE = """\
name = "strict"
programs = ["StrictChat"]
buyer = '^(?:\\[(?P<unread>\\d+)\\]\\s*)?(?P<buyer>\\S.*)$'
"""
OWN = """\
pack: own   # the team's
phrases:
  - id: own.old
    title: old   # oldest
    favourite: true
    body: An old one
  - {id: own.other, title: other, favourite: true, body: Another one}
"""
COPIED = "common.greet-number"
"""A shipped phrase that the agent has made their own, of an older one than is shipped now."""
EDITED = f"pack: mine\nphrases:\n  - {{id: {COPIED}, title: 报工号, code: bgh, body: number first}}\n"
ORIGINS = {COPIED: {"id": COPIED, "title": "问候 · 报工号", "body": "older"}}
SHIPPED = paths.templates() / "zh-CN" / "00-common.yaml"
SEARCH = "ctrl+alt+f"
ACTS = ("edit", "duplicate", "favourite", "bulk", "throw")
"""What a row's menu has, from top to bottom."""


class Scene:
    """A chat client with the keyboard, the sidebar with two phrases of the agent's own beside it."""

    def __init__(self, session: Session, hands: Hands, reader: ScreenReader, folder: Path) -> None:
        self.hands = hands
        self.home = folder / "home"
        for name, text in (
            ("phrases/own.yaml", OWN),
            ("phrases/edited.yaml", EDITED),
            ("editor/shipped.json", json.dumps(ORIGINS)),
            ("clients/strict.toml", PROFILE),
        ):
            path = self.home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.chat = SampleChat(session, hands, folder, wm_class="StrictChat")
        self.sidebar = ShopSidebar(session, hands, reader, home=self.home, client="strict")
        self.sidebar.wait_event("conversation_opened")

    def written(self, name: str = "edited.yaml") -> str:
        return (self.home / "phrases" / name).read_text(encoding="utf-8")

    def wait_written(self, words: str, name: str = "edited.yaml") -> None:
        self.hands.wait_for(lambda: words in self.written(name), f"{words!r} in {name}")

    def wait_gone(self, words: str, name: str = "edited.yaml") -> None:
        self.hands.wait_for(lambda: words not in self.written(name), f"no {words!r} in {name}")

    def client_has_the_keyboard(self) -> bool:
        return self.hands.is_active(self.chat.window)

    def wait_for_the_client(self) -> None:
        self.hands.wait_for(self.client_has_the_keyboard, "chat client in front")

    def wait_for_the_keyboard(self) -> None:
        self.hands.wait_for(lambda: self.hands.is_active(self.sidebar.window), "the sidebar's keyboard")

    def search(self, words: str = "", *, until: str = "") -> None:
        self.hands.press(SEARCH, hold=HELD)
        self.wait_for_the_keyboard()
        self.hands.type_keys(words)
        if until:
            self.wait_shown(until)

    def wait_shown(self, words: str) -> None:
        self.hands.wait_for(lambda: self.sidebar.shows(words), f"{words!r} shown")

    def wait_hidden(self, words: str) -> None:
        self.hands.wait_for(lambda: not self.sidebar.shows(words), f"{words!r} no longer shown")

    def click(self, name: str) -> None:
        """Click what is called *name*.

        A window manager looks at a click before it hands it on; keys it does not hold up.
        """
        self.sidebar.click(name)
        self.hands.rest(timedelta(milliseconds=100))

    def still(self, words: str) -> Widget:
        """What has *words* in its name, once it stands still: what is told may push it down."""

        def found() -> Widget | None:
            first = self.sidebar.wait_for_words(words)
            self.hands.rest(timedelta(milliseconds=100))
            now = self.sidebar.wait_for_words(words)
            return now if now.place == first.place else None

        return self.hands.wait_for(found, f"{words!r} in its place")

    def choose(self, words: str, act: str) -> None:
        """Choose *act* from the menu of the row with *words*."""
        self.hands.click(*self.still(words).centre, button=3)
        menu = self.hands.wait_for(self.hands.popup, "menu")
        row_height = (menu.height - 8) / len(ACTS)
        self.hands.click(menu.x + 40, menu.y + 4 + round(row_height * (ACTS.index(act) + 0.5)))

    def open_bin(self) -> None:
        """By keys through the window's menu: the phrases' part is the first from below that has parts."""
        hands = self.hands
        self.sidebar.click("菜单")
        whole = hands.wait_for(hands.popup, "menu")
        for _entry in range(12):
            hands.press("Up")
            hands.press("Right")
            hands.rest(timedelta(milliseconds=60))
            if hands.popup() != whole:
                break
        hands.press("Up")
        hands.press("enter")
        self.sidebar.wait_for("回收站")

    def settle(self) -> None:
        """Leave whatever is open, and search for nothing."""
        self.hands.press(SEARCH, hold=HELD)
        self.wait_for_the_keyboard()
        self.hands.press("esc")
        self.wait_for_the_client()


@pytest.fixture(scope="module")
def opened(desktop: Desktop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("editor")
    with (
        Hands(desktop.display) as hands,
        ScreenReader(desktop.bus) as reader,
        Session(folder, desktop.environment) as session,
    ):
        scene = Scene(session, hands, reader, folder)
        yield scene
        assert scene.sidebar.end() == 0


@pytest.fixture
def scene(opened: Scene) -> Scene:
    opened.settle()
    return opened


def test_a_phrase_is_made_with_all_it_needs_inserted_changed_and_had_back_by_keys(
    scene: Scene, tmp_path: Path
) -> None:
    hands, sidebar = scene.hands, scene.sidebar
    scene.search("zephyr leaves {no}")
    hands.press("ctrl+n")
    sidebar.wait_for("正文")  # which is what was typed
    hands.press("shift+tab")
    hands.type_keys("zephyr")
    scene.click("★ 收藏")
    scene.click("变体")
    hands.type_keys("zephyr, {no}, is gone")
    scene.click("填写项")
    scene.click("＋ 正文里的 {no}")
    scene.click("记住上次填的")
    hands.screenshot(tmp_path / "made.png")
    hands.press("ctrl+enter")
    scene.wait_written('body: "zephyr leaves {no}"')
    scene.wait_for_the_client()
    sidebar.wait_for_words("已新建「zephyr」")
    made = scene.written().partition("title: zephyr")[2]
    assert 'variants: ["zephyr, {no}, is gone"]' in made
    assert 'fields: [{name: "no", remember: true}]' in made

    for number, said in (("77", "zephyr leaves 77"), ("78", "zephyr, 78, is gone")):
        scene.wait_shown(said.replace(number, "{no}"))
        before = len(sidebar.events("phrase_inserted"))
        hands.press("ctrl+alt+1", hold=HELD)  # the favourite that was made last
        sidebar.wait_for("插入话术")
        scene.wait_for_the_keyboard()
        hands.press("ctrl+a")
        hands.type_keys(number)
        hands.press("enter")
        assert sidebar.wait_event("phrase_inserted", count=before + 1)["characters"] == len(said)
        scene.chat.send()
        assert scene.chat.wait_sent(before + 1)[-1] == said

    scene.search("zephyr", until="zephyr leaves {no}")
    hands.press("F2")
    sidebar.wait_for("正文")
    hands.press("tab")
    hands.type_keys(" at six")
    hands.screenshot(tmp_path / "editing.png")
    hands.press("ctrl+s")
    scene.wait_written("leaves {no} at six")
    scene.wait_for_the_client()

    scene.search("zephyr", until="at six")
    hands.press("shift+Delete")
    scene.wait_gone("zephyr")
    hands.press("ctrl+z")  # at once, with what was searched for still in the line
    scene.wait_written("leaves {no} at six")
    scene.wait_shown("at six")
    hands.press("ctrl+z")
    scene.wait_gone("at six")
    scene.wait_hidden("at six")


def test_a_row_has_a_menu_and_what_was_done_is_undone_by_a_click(scene: Scene, tmp_path: Path) -> None:
    hands, sidebar = scene.hands, scene.sidebar
    scene.choose("An old one", "edit")
    sidebar.wait_for("正文")
    scene.wait_for_the_keyboard()
    hands.press("tab")
    hands.type_keys(" once more")
    hands.press("ctrl+enter")
    scene.wait_written("An old one once more", "own.yaml")
    scene.wait_for_the_client()
    assert scene.written("own.yaml") == OWN.replace("An old one", "An old one once more")

    scene.wait_shown("once more")
    scene.choose("An old one", "throw")
    scene.wait_gone("An old one", "own.yaml")
    sidebar.wait_for_words("已删除「old」")
    hands.screenshot(tmp_path / "deleted.png")
    assert scene.client_has_the_keyboard()
    scene.click("撤销")
    scene.wait_written("An old one once more", "own.yaml")
    assert scene.client_has_the_keyboard()


def test_several_are_changed_at_once_and_one_comes_back_from_the_bin(scene: Scene, tmp_path: Path) -> None:
    hands, sidebar = scene.hands, scene.sidebar
    scene.choose("Another one", "bulk")
    sidebar.wait_for("批量修改")
    scene.wait_for_the_keyboard()
    scene.click("加标签，用逗号隔开")
    hands.type_keys("late")
    scene.click("找哪些话术")
    hands.type_keys("old")
    sidebar.click_phrase("old")
    sidebar.wait_for_words("已选 2 条")
    hands.screenshot(tmp_path / "bulk.png")
    hands.press("ctrl+enter")
    hands.wait_for(lambda: scene.written("own.yaml").count("tags: [late]") == 2, "a tag each")
    scene.wait_for_the_client()

    scene.choose("Another one", "throw")
    scene.wait_gone("Another one", "own.yaml")
    scene.open_bin()
    hands.screenshot(tmp_path / "bin.png")
    scene.click("放回other")
    scene.wait_written("Another one", "own.yaml")


def test_a_shipped_phrase_becomes_ones_own_and_its_update_is_offered(scene: Scene, tmp_path: Path) -> None:
    hands, sidebar = scene.hands, scene.sidebar
    shipped = SHIPPED.read_bytes()
    scene.search("whlk", until="问候 · 老客回来")
    hands.press("F2")
    sidebar.wait_for_words("保存后成为你自己的一份")
    hands.press("tab")
    hands.type_keys("!")
    hands.press("ctrl+s")
    scene.wait_written("common.greet-returning")
    scene.wait_for_the_client()
    assert "好久不见" in scene.written()
    assert SHIPPED.read_bytes() == shipped

    scene.search("bgh", until="number first")
    hands.press("F2")
    sidebar.wait_for_words("自带的这一句已更新")
    hands.screenshot(tmp_path / "updated.png")
    scene.click("换成新的")
    scene.wait_gone(COPIED)
    scene.wait_for_the_client()
    scene.search("bgh", until="全程跟进")


def test_many_are_pasted_from_a_sheet(scene: Scene, clipboard_owner: ClipboardOwner, tmp_path: Path) -> None:
    hands, sidebar = scene.hands, scene.sidebar
    clipboard_owner.offer({"UTF8_STRING": "标题\t正文\n催件\t已经在催了\n再见\t祝您生活愉快\n".encode()})
    scene.click("新话术")
    scene.click("一次贴多条…")
    sidebar.wait_for_words("催件 — 已经在催了")
    hands.screenshot(tmp_path / "pasting.png")
    hands.press("ctrl+enter")
    scene.wait_written("body: 祝您生活愉快")
    scene.wait_for_the_client()
    scene.search("zaijian", until="祝您生活愉快")


def test_a_screenshot_goes_with_a_phrase(
    scene: Scene, clipboard_owner: ClipboardOwner, tmp_path: Path
) -> None:
    hands, sidebar = scene.hands, scene.sidebar
    picture = QImage(40, 20, QImage.Format.Format_RGB32)
    picture.fill(0x3366CC)
    assert picture.save(str(tmp_path / "copied.png"))
    clipboard_owner.offer({"image/png": (tmp_path / "copied.png").read_bytes()})
    scene.choose("Another one", "edit")
    sidebar.wait_for("正文")
    scene.wait_for_the_keyboard()
    hands.press("tab")
    hands.press("ctrl+v")
    sidebar.wait_for("附件 1")
    hands.screenshot(tmp_path / "enclosed.png")
    hands.press("ctrl+enter")
    scene.wait_written("attachments: [{image: images/picture-", "own.yaml")
    (kept,) = (scene.home / "phrases" / "images").iterdir()
    assert QImage(str(kept)).size() == picture.size()
