"""The agent points at the buyer's name with the real mouse; from then on the sidebar knows who is open."""

import shutil
from pathlib import Path

import pytest

from tests.e2e.rig.accessibility import ScreenReader
from tests.e2e.rig.buyers import Buyer
from tests.e2e.rig.desktop import Desktop
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.pidgin import Pidgin
from tests.e2e.rig.shop_sidebar import ShopSidebar
from tests.e2e.rig.web_chat import WebChat
from tests.e2e.test_main_job import HELD, TALL, TEXTS, write_home

FIRST, SECOND, THIRD = "王小姐", "Mr. Smith", "李先生"
POINT = 110
"""Pixels above the menu's lower edge."""

CONSOLE = """\
# 网页客服
name = "console"
programs = ["Chromium"]
titles = '^Web Chat - '  # names nobody

[paste]
paths = ["paste"]
"""

NAMELESS_PIDGIN = """\
name = "pidgin"
programs = ["Pidgin"]
ignored = '^(Buddy List)?$'

[paste]
paths = ["accessibility"]
"""


def write_profile(tmp_path: Path, name: str, text: str) -> Path:
    """A home with that client profile in it; the profile."""
    clients = write_home(tmp_path / "home", TEXTS, "", shipped=False) / "clients"
    clients.mkdir()
    profile = clients / f"{name}.toml"
    profile.write_text(text, encoding="utf-8")
    return profile


def rest_on(hands: Hands, reader: ScreenReader, pid: int, name: str, *, role: str) -> None:
    """Rest the mouse on the widget of that name, a little inside its left edge, where its words are."""
    widget = hands.wait_for(
        lambda: reader.find(pid, lambda each: (each.name, each.role) == (name, role)), f"{role} {name!r}"
    )
    hands.move_to(widget.place.x + 12, widget.centre[1])


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium")
def test_a_web_console_names_its_buyer_by_the_heading_that_was_pointed_at(
    desktop: Desktop, hands: Hands, screen_reader: ScreenReader, tmp_path: Path
) -> None:
    profile = write_profile(tmp_path, "console", CONSOLE)
    home = profile.parent.parent
    with WebChat(desktop, hands, tmp_path / "browser", FIRST, SECOND, THIRD) as chat:
        hands.place(chat.window, TALL)
        sidebar = ShopSidebar(desktop, hands, screen_reader, home=home, client="console")
        sidebar.choose_from_menu(POINT)
        rest_on(hands, screen_reader, chat.program.pid, FIRST, role="heading")
        sidebar.wait_for(FIRST)
        hands.press("enter")
        sidebar.wait_for_words(f"买家是 {FIRST}")
        chat.open(SECOND)
        sidebar.wait_for(SECOND)
        sidebar.click("跟着变了，保存")
        sidebar.wait_for_words("已保存到 clients/console.toml")
        assert profile.read_text(encoding="utf-8").startswith(CONSOLE)
        sidebar.click("完成")
        assert sidebar.wait_event("conversation_opened")["customer"] == SECOND
        chat.open(THIRD)
        assert sidebar.wait_event("conversation_opened", count=2)["customer"] == THIRD
        hands.press("ctrl+alt+1", hold=HELD)
        assert sidebar.wait_event("phrase_inserted")["customer"] == THIRD
        hands.press("enter")
        # neither the click nor the Enter that confirmed has been the page's
        assert chat.wait_sent(1) == ((THIRD, TEXTS["one line"]),)
        assert sidebar.end() == 0
        sidebar = ShopSidebar(desktop, hands, screen_reader, home=home, client="console")
        sidebar.wait_for(THIRD)
        chat.open(FIRST)
        opened = sidebar.wait_event("conversation_opened", count=3)
        assert (opened["customer"], opened["seen"]) == (FIRST, "element")
        assert sidebar.end() == 0


def test_the_tab_on_top_in_pidgin_is_pointed_at_and_followed(
    desktop: Desktop,
    hands: Hands,
    screen_reader: ScreenReader,
    pidgin: Pidgin,
    buyer: Buyer,
    buyer2: Buyer,
    tmp_path: Path,
) -> None:
    profile = write_profile(tmp_path, "pidgin", NAMELESS_PIDGIN)
    hands.place(pidgin.attend(buyer), TALL)
    buyer2.send("hello?", resource="pidgin")
    sidebar = ShopSidebar(desktop, hands, screen_reader, home=profile.parent.parent, client="pidgin")
    sidebar.choose_from_menu(POINT)
    rest_on(hands, screen_reader, pidgin.program.pid, SECOND, role="page tab")
    sidebar.wait_for(SECOND)
    rest_on(hands, screen_reader, pidgin.program.pid, FIRST, role="page tab")
    sidebar.wait_for(FIRST)
    sidebar.click("就是它")
    sidebar.wait_for_words(f"买家是 {FIRST}")
    pidgin.switch_to(buyer2)
    sidebar.wait_for(SECOND)
    sidebar.click("跟着变了，保存")
    sidebar.wait_for_words("已保存到 clients/pidgin.toml")
    assert '{ role = "page tab", chosen = true }' in profile.read_text(encoding="utf-8")
    sidebar.click("完成")
    assert sidebar.wait_event("conversation_opened")["customer"] == SECOND
    pidgin.switch_to(buyer)
    sidebar.wait_event("conversation_opened", count=2)
    hands.press("ctrl+alt+1", hold=HELD)
    assert sidebar.wait_event("phrase_inserted")["customer"] == FIRST
    assert sidebar.end() == 0
    sidebar = ShopSidebar(desktop, hands, screen_reader, home=profile.parent.parent, client="pidgin")
    sidebar.wait_for(FIRST)
    pidgin.switch_to(buyer2)
    sidebar.wait_for(SECOND)
    assert sidebar.end() == 0
    assert (buyer.received(), buyer2.received()) == ((), ())
