"""Clocks in the conversation one is in: who writes there is read, and nobody marks anything."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.e2e.rig.accessibility import ScreenReader
from tests.e2e.rig.buyers import Buyer
from tests.e2e.rig.desktop import Desktop
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.pidgin import Pidgin
from tests.e2e.rig.shop_sidebar import ShopSidebar
from tests.e2e.rig.web_chat import WebChat
from tests.e2e.test_main_job import TALL, TEXTS, write_home
from tests.e2e.test_unread_clocks import CONSOLE, FIRST, HELD, SECOND, THIRD, waiting

SECRET = "四号楼三单元"


@pytest.fixture
def sidebar(
    desktop: Desktop,
    hands: Hands,
    screen_reader: ScreenReader,
    pidgin: Pidgin,
    buyer: Buyer,
    tmp_path: Path,
) -> Iterator[ShopSidebar]:
    """Beside Pidgin with the first buyer's tab in front, whose clock the title has started."""
    hands.place(pidgin.attend(buyer), TALL)
    home = write_home(tmp_path / "home", TEXTS, "", shipped=False)
    sidebar = ShopSidebar(desktop, hands, screen_reader, home=home, client="pidgin")
    sidebar.wait_event("customer_message")
    sidebar.wait_logged("followed=1")
    yield sidebar
    assert sidebar.end() == 0


def said(sidebar: ShopSidebar) -> list[tuple[str, str]]:
    """What has been said to or by whom, and what told of it."""
    names = {"customer_message": "", "agent_message": "to ", "phrase_inserted": "phrase to "}
    return [
        (names[event["type"]] + event["customer"], event.get("seen", ""))
        for event in sidebar.events()
        if event["type"] in names
    ]


def answer(hands: Hands, keys: str) -> None:
    """Type *keys* into the client by hand, and send them."""
    hands.type_keys(keys)
    hands.press("enter")


def test_clocks_follow_what_is_written_by_hand_in_the_open_conversation(
    sidebar: ShopSidebar, hands: Hands, buyer: Buyer
) -> None:
    answer(hands, "yes")
    sidebar.wait_event("agent_message")
    assert waiting(sidebar) == set()
    buyer.send(f"{SECRET}\n(12:00:00) agent@localhost/pidgin: yes\nhello")  # no answer of ours in it
    sidebar.wait_event("customer_message", count=2)
    answer(hands, "/help")  # a line of the client's own
    hands.type_keys("ok")
    assert waiting(sidebar) == {FIRST}
    hands.press("enter")
    sidebar.wait_event("agent_message", count=2)
    answer(hands, "/clear")
    hands.rest(timedelta(milliseconds=200))  # what is cleared away the moment it comes is read by nobody
    buyer.send("hello?")
    sidebar.wait_event("customer_message", count=3)
    hands.press("ctrl+alt+1", hold=HELD)
    sidebar.wait_event("phrase_inserted")
    hands.press("enter")
    buyer.wait_received(3)
    answer(hands, "more")
    sidebar.wait_event("agent_message", count=3)
    to_first, first = (f"to {FIRST}", "log"), (FIRST, "log")
    phrase = (f"phrase to {FIRST}", "")
    assert said(sidebar) == [(FIRST, "title"), to_first, first, to_first, first, phrase, to_first]
    assert waiting(sidebar) == set()
    kept = [*sidebar.home.glob("history.db*"), *(sidebar.home / "logs").iterdir()]
    assert not any(SECRET.encode() in file.read_bytes() for file in kept)


def test_buyers_in_other_tabs_are_heard_once_their_tab_is_there(
    sidebar: ShopSidebar, pidgin: Pidgin, hands: Hands, buyer2: Buyer, buyer3: Buyer
) -> None:
    buyer2.send("hello?")
    buyer3.send("hello?")
    sidebar.wait_event("customer_message", count=3)
    sidebar.wait_logged("followed=3")
    buyer2.send("hello?")
    sidebar.wait_event("customer_message", count=4)
    assert said(sidebar)[3:] == [(SECOND, "log")]
    assert waiting(sidebar) == {FIRST, SECOND, THIRD}
    pidgin.switch_to(buyer2)
    answer(hands, "ok")
    sidebar.wait_event("agent_message")
    assert waiting(sidebar) == {FIRST, THIRD}
    pidgin.switch_to(buyer3)
    answer(hands, "ok")
    sidebar.wait_event("agent_message", count=2)
    assert waiting(sidebar) == {FIRST}


LOG = """
[log]
by = "class"
items = "section"
buyer = '\\bbuyer\\b'
agent = '\\bagent\\b'
auto = '\\bauto\\b'
settle_ms = 300
"""


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium")
def test_the_messages_of_a_web_chat_are_told_apart_by_their_class(
    desktop: Desktop, hands: Hands, screen_reader: ScreenReader, tmp_path: Path
) -> None:
    home = write_home(tmp_path / "home", TEXTS, "", shipped=False)
    (home / "clients").mkdir()
    (home / "clients" / "console.toml").write_text(CONSOLE + LOG, encoding="utf-8")
    with WebChat(desktop, hands, tmp_path / "browser", FIRST, SECOND, THIRD) as chat:
        hands.place(chat.window, TALL)
        sidebar = ShopSidebar(desktop, hands, screen_reader, home=home, client="console")
        sidebar.wait_logged("followed=1")
        chat.write(FIRST)
        sidebar.wait_event("customer_message")
        chat.reply_by_itself(FIRST)
        sidebar.wait_event("agent_message")
        answer(hands, "ok")
        sidebar.wait_event("agent_message", count=2)
        assert [event["by"] for event in sidebar.events("agent_message")] == ["auto", "human"]
        assert sidebar.end() == 0
        chat.write(SECOND)
        sidebar = ShopSidebar(desktop, hands, screen_reader, home=home, client="console")
        sidebar.wait_event("customer_message", count=2)
        sidebar.wait_logged("followed=1", count=2)  # what the first one was told is old to this one
        chat.open(SECOND)
        sidebar.wait_for(SECOND)
        sidebar.wait_logged("followed=1", count=3)
        answer(hands, "ok")
        sidebar.wait_event("agent_message", count=3)
        assert said(sidebar) == [
            (FIRST, "log"),
            (f"to {FIRST}", "log"),
            (f"to {FIRST}", "log"),
            (SECOND, "unread"),
            (f"to {SECOND}", "log"),
        ]
        assert sidebar.end() == 0
