"""The main job beside a real chat client: real clicks and keys, and what the buyer receives."""

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from sidebar.domain.insertion import Rect
from tests.e2e.rig.accessibility import ScreenReader
from tests.e2e.rig.buyers import Buyer
from tests.e2e.rig.clipboards import ClipboardOwner, ClipboardReader
from tests.e2e.rig.desktop import Desktop
from tests.e2e.rig.hands import Hands, Window
from tests.e2e.rig.pidgin import Pidgin
from tests.e2e.rig.shop_sidebar import ShopSidebar

TALL = Rect(60, 40, 700, 920)  # room for nine phrases beside it
HELD = timedelta(milliseconds=60)
TEXTS = {
    "one line": "Your parcel leaves today.",
    "several lines": "亲，您好！\n第二行：满99元包邮\n第三行：https://127.0.0.1/x",
    "blank lines": "first\n\n\nlast",
    "chinese": "非常理解您的着急，已联系网点核实，今天18:00前给您答复。",
    "emoji": "好的😊👍🏽 家人👨‍👩‍👧‍👦 🇨🇳 ♥️",
    "markup": "<b>bold</b> & <br> :) 5 < 6",
    "two thousand": ("售后说明：七天无理由退货，运费险已赠送。😀" * 100)[:2000],
}
KEYBOARD_ONLY = '[clients.pidgin]\npaths = ["paste"]\n'


@dataclass(frozen=True, slots=True)
class Scene:
    """Pidgin with a buyer's conversation in front, and the sidebar beside it."""

    sidebar: ShopSidebar
    pidgin: Pidgin
    chat: Window
    hands: Hands

    def send(self) -> None:
        """The agent presses Enter in Pidgin."""
        self.hands.press("enter")

    def expect_focus_kept(self) -> None:
        active = self.hands.active_window()
        assert active is not None
        assert active.handle == self.chat.handle


Open = Callable[..., Scene]


def write_home(folder: Path, texts: dict[str, str], settings: str, *, shipped: bool) -> Path:
    """A home with these phrases, in this order, in place of the shipped ones or before them."""
    (folder / "phrases").mkdir(parents=True)
    phrases = [{"id": f"own.{name}", "title": name, "body": text} for name, text in texts.items()]
    pack = {"pack": "own", "language": "zh-CN", "phrases": phrases}
    content = yaml.safe_dump(pack, allow_unicode=True, sort_keys=False)
    (folder / "phrases" / "own.yaml").write_text(content, encoding="utf-8")
    (folder / "settings.toml").write_text(
        f"shipped_phrases = {str(shipped).lower()}\n{settings}", encoding="utf-8"
    )
    return folder


@pytest.fixture
def open_scene(
    desktop: Desktop,
    hands: Hands,
    screen_reader: ScreenReader,
    pidgin: Pidgin,
    buyer: Buyer,
    tmp_path: Path,
) -> Iterator[Open]:
    """Opens the scene with these phrases; the sidebar is ended after the test."""
    running: list[ShopSidebar] = []

    def open_it(texts: dict[str, str] = TEXTS, *, settings: str = "", shipped: bool = False) -> Scene:
        chat = pidgin.attend(buyer)
        hands.place(chat, TALL)
        home = write_home(tmp_path / "home", texts, settings, shipped=shipped)
        sidebar = ShopSidebar(desktop, hands, screen_reader, home=home, client="pidgin")
        running.append(sidebar)
        sidebar.wait_event("conversation_opened")
        return Scene(sidebar, pidgin, chat, hands)

    yield open_it
    for sidebar in running:
        if sidebar.program.running():
            assert sidebar.end() == 0


WAYS = pytest.mark.parametrize("settings", ["", KEYBOARD_ONLY], ids=["by accessibility", "by the clipboard"])


@WAYS
def test_the_buyer_receives_exactly_the_phrase_that_was_clicked(
    open_scene: Open, buyer: Buyer, settings: str
) -> None:
    scene = open_scene(settings=settings)
    for number, (title, text) in enumerate(TEXTS.items(), start=1):
        scene.sidebar.click_phrase(title)
        scene.sidebar.wait_event("phrase_inserted", count=number)
        scene.expect_focus_kept()
        scene.send()
        assert buyer.wait_received(number)[-1] == text, title


@WAYS
def test_the_buyer_receives_exactly_the_phrase_of_the_hotkey(
    open_scene: Open, buyer: Buyer, settings: str
) -> None:
    scene = open_scene(settings=settings)
    for number, text in enumerate(list(TEXTS.values())[:3], start=1):
        scene.hands.press(f"ctrl+alt+{number}", hold=HELD)
        scene.sidebar.wait_event("phrase_inserted", count=number)
        scene.expect_focus_kept()
        scene.send()
        assert buyer.wait_received(number)[-1] == text


@WAYS
def test_fifty_insertions_at_five_a_second_arrive_once_each_and_in_order(
    open_scene: Open, buyer: Buyer, settings: str
) -> None:
    texts = {f"phrase {number}": f"[{number}号]" for number in range(1, 10)}
    scene = open_scene(texts, settings=settings)
    order = [number % 9 + 1 for number in range(50)]
    for number in order:
        scene.hands.press(f"ctrl+alt+{number}", hold=timedelta(milliseconds=60))
        scene.hands.rest(timedelta(milliseconds=100))
        scene.expect_focus_kept()
    scene.sidebar.wait_event("phrase_inserted", count=50)
    scene.send()
    assert buyer.wait_received(1) == ("".join(f"[{number}号]" for number in order),)


def test_every_format_on_the_clipboard_is_the_same_afterwards(
    open_scene: Open,
    clipboard_owner: ClipboardOwner,
    clipboard_reader: ClipboardReader,
    buyer: Buyer,
) -> None:
    scene = open_scene(settings=KEYBOARD_ONLY)
    content = {
        "UTF8_STRING": "用户自己复制的".encode(),
        "text/html": "<meta charset=utf-8><b>用户</b>自己复制的".encode(),
        "image/png": bytes(range(256)) * 8000,
        "text/uri-list": b"file:///tmp/a.png\r\nfile:///tmp/%E5%9B%BE.png\r\n",
    }
    clipboard_owner.offer(content)
    for number in range(1, 4):
        scene.hands.press(f"ctrl+alt+{number}", hold=HELD)
        scene.sidebar.wait_event("phrase_inserted", count=number)
    scene.send()
    assert buyer.wait_received(1) == ("".join(list(TEXTS.values())[:3]),)
    scene.hands.wait_for(lambda: clipboard_reader.read("text/html"), "the user's own clipboard")
    assert {target: clipboard_reader.read(target) for target in content} == content


def test_accessibility_leaves_the_clipboard_alone(open_scene: Open, clipboard_owner: ClipboardOwner) -> None:
    scene = open_scene()
    clipboard_owner.offer({"UTF8_STRING": b"the user's own"})
    scene.hands.press("ctrl+alt+1", hold=HELD)
    inserted = scene.sidebar.wait_event("phrase_inserted")
    assert inserted["path"] == "accessibility"
    assert clipboard_owner.owns


@WAYS
def test_nothing_is_typed_where_another_program_is_in_front_and_the_reason_is_shown(
    open_scene: Open, buyer: Buyer, clipboard_reader: ClipboardReader, settings: str
) -> None:
    scene = open_scene(settings=settings)
    scene.hands.activate(scene.pidgin.list_window)
    scene.sidebar.click_phrase("1")
    refused = scene.sidebar.wait_event("insertion_refused")
    assert refused["reason"] == "not_in_front"
    scene.sidebar.wait_for_words("聊天窗口不在最前面")
    assert clipboard_reader.read("UTF8_STRING") == TEXTS["one line"].encode()
    scene.hands.activate(scene.chat)
    scene.hands.press("x")
    scene.send()
    assert buyer.wait_received(1) == ("x",)


def test_nothing_is_typed_while_a_modifier_is_held(open_scene: Open, buyer: Buyer) -> None:
    scene = open_scene(settings=KEYBOARD_ONLY)
    scene.hands.hold("shift")
    scene.sidebar.click_phrase("1")
    scene.hands.rest(timedelta(milliseconds=600))
    assert scene.sidebar.events("phrase_inserted") == ()
    scene.hands.release("shift")
    scene.sidebar.wait_event("phrase_inserted")
    scene.send()
    assert buyer.wait_received(1) == (TEXTS["one line"],)


def test_two_buyers_get_two_clocks_and_a_tab_switch_is_followed(
    open_scene: Open, pidgin: Pidgin, buyer: Buyer, buyer2: Buyer
) -> None:
    scene = open_scene()
    pidgin.attend(buyer2, "hello?")
    scene.sidebar.wait_event("conversation_opened", count=2)
    opened = [event["customer"] for event in scene.sidebar.events("conversation_opened")]
    assert opened == ["王小姐", "Mr. Smith"]
    scene.hands.press("ctrl+alt+1", hold=HELD)
    inserted = scene.sidebar.wait_event("phrase_inserted")
    assert inserted["customer"] == "Mr. Smith"
    scene.send()
    buyer2.wait_received(1)
    pidgin.switch_to(buyer)
    scene.sidebar.wait_for_words("王小姐")
    scene.hands.press("ctrl+alt+2", hold=HELD)
    inserted = scene.sidebar.wait_event("phrase_inserted", count=2)
    assert inserted["customer"] == "王小姐"


def test_a_tab_switch_is_on_the_screen_within_fifty_milliseconds(
    open_scene: Open, pidgin: Pidgin, buyer2: Buyer
) -> None:
    """From the key press to the pixels of the header, Pidgin's own switch included; median of 15."""
    scene = open_scene()
    pidgin.attend(buyer2, "hello?")
    scene.sidebar.wait_event("conversation_opened", count=2)
    scene.hands.rest(timedelta(milliseconds=500))
    place = scene.sidebar.window_place()
    header = Rect(place.x + 10, place.y + 6, 200, 32)  # the dot, the client and the buyer: no clock
    taken = []
    for _ in range(15):
        before = scene.hands.pixels(header)
        pressed = scene.hands.press("ctrl+tab")
        taken.append(scene.hands.wait_for_change(header, before) - pressed)
        scene.hands.rest(timedelta(milliseconds=100))
    assert statistics.median(taken) < 0.050, taken


def test_the_search_line_takes_the_keyboard_and_gives_it_back(open_scene: Open, buyer: Buyer) -> None:
    scene = open_scene(shipped=True)
    scene.hands.press("ctrl+alt+f", hold=HELD)
    scene.hands.wait_for(lambda: scene.hands.is_active(scene.sidebar.window), "the search line's keyboard")
    scene.hands.type_keys("wlhs")
    scene.hands.press("enter")
    inserted = scene.sidebar.wait_event("phrase_inserted")
    assert inserted["phrase"] == "logistics.check"
    scene.hands.wait_for(lambda: scene.hands.is_active(scene.chat), "the chat client's keyboard")
    scene.send()
    assert "答复" in buyer.wait_received(1)[0]
