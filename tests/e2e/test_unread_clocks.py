"""Clocks that start by themselves: buyers write to a real chat client while nobody marks anything."""

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

HELD = timedelta(milliseconds=60)
FIRST, SECOND, THIRD = "王小姐", "Mr. Smith", "李先生"


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
    yield sidebar
    assert sidebar.end() == 0


def wrote(sidebar: ShopSidebar) -> list[tuple[str, str]]:
    """Whose messages are known, and what told of them."""
    return [(event["customer"], event["seen"]) for event in sidebar.events("customer_message")]


def waiting(sidebar: ShopSidebar) -> set[str]:
    """The buyers whose clocks run, by the log."""
    running = set()
    for event in sidebar.events():
        match event["type"]:
            case "customer_message":
                running.add(event["customer"])
            case "phrase_inserted" | "agent_message" | "conversation_closed":
                running.discard(event["customer"])
    return running


def test_three_buyers_clocks_run_without_a_mark_and_an_answer_stops_one(
    sidebar: ShopSidebar, pidgin: Pidgin, hands: Hands, buyer2: Buyer, buyer3: Buyer
) -> None:
    buyer2.send("hello?", resource="pidgin")
    buyer3.send("我的快递到哪了", resource="pidgin")
    sidebar.wait_event("customer_message", count=3)
    assert pidgin.customer() == FIRST
    seen = wrote(sidebar)
    assert seen[0] == (FIRST, "title")
    assert sorted(seen[1:]) == sorted([(SECOND, "unread"), (THIRD, "unread")])
    assert sorted(event["customer"] for event in sidebar.events("conversation_opened")) == sorted(
        [FIRST, SECOND, THIRD]
    )
    for name in (FIRST, SECOND, THIRD):
        sidebar.wait_for_words(name)
    pidgin.switch_to(buyer2)
    hands.press("ctrl+alt+1", hold=HELD)
    inserted = sidebar.wait_event("phrase_inserted")
    assert inserted["customer"] == SECOND
    hands.press("enter")
    assert buyer2.wait_received(1) == (TEXTS["one line"],)
    hands.rest(timedelta(seconds=2))  # two looks: what has been seen and answered is no news
    assert len(wrote(sidebar)) == 3
    assert waiting(sidebar) == {FIRST, THIRD}


def test_a_buyer_who_writes_again_after_the_answer_waits_again(
    sidebar: ShopSidebar, pidgin: Pidgin, hands: Hands, buyer: Buyer, buyer2: Buyer
) -> None:
    hands.press("ctrl+alt+1", hold=HELD)
    sidebar.wait_event("phrase_inserted")
    hands.press("enter")
    buyer.wait_received(1)
    buyer2.send("hello?", resource="pidgin")
    sidebar.wait_event("customer_message", count=2)
    assert waiting(sidebar) == {SECOND}
    pidgin.switch_to(buyer2)
    buyer.send("那今天能到吗", resource="pidgin")
    sidebar.wait_event("customer_message", count=3)
    hands.rest(timedelta(seconds=1))  # the list and the log tell of it, either may be first: it counts once
    assert [customer for customer, _ in wrote(sidebar)] == [FIRST, SECOND, FIRST]
    assert waiting(sidebar) == {FIRST, SECOND}


CONSOLE = """\
name = "console"
programs = ["Chromium"]
titles = '^Web Chat - '

[paste]
paths = ["paste"]

[reading]
items = "link"
within = '^Conversations$'
buyer = '^(?P<buyer>\\S.*?)(?: (?P<unread>\\d+))?$'
"""


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium")
def test_a_web_chat_that_names_nobody_in_its_title_is_read_the_same_way(
    desktop: Desktop, hands: Hands, screen_reader: ScreenReader, tmp_path: Path
) -> None:
    home = write_home(tmp_path / "home", TEXTS, "", shipped=False)
    (home / "clients").mkdir()
    (home / "clients" / "console.toml").write_text(CONSOLE, encoding="utf-8")
    with WebChat(desktop, hands, tmp_path / "browser", FIRST, SECOND, THIRD) as chat:
        hands.place(chat.window, TALL)
        sidebar = ShopSidebar(desktop, hands, screen_reader, home=home, client="console")
        assert sidebar.wait_event("conversation_opened")["customer"] == FIRST
        chat.write(SECOND)
        chat.write(THIRD)
        sidebar.wait_event("customer_message", count=2)
        assert sorted(wrote(sidebar)) == sorted([(SECOND, "unread"), (THIRD, "unread")])
        chat.open(SECOND)
        sidebar.wait_for(SECOND)  # the header; a row says more than the name
        hands.press("ctrl+alt+1", hold=HELD)
        assert sidebar.wait_event("phrase_inserted")["customer"] == SECOND
        hands.press("enter")
        assert chat.wait_sent(1) == ((SECOND, TEXTS["one line"]),)
        assert waiting(sidebar) == {THIRD}
        chat.write(FIRST)
        sidebar.wait_event("customer_message", count=3)
        assert waiting(sidebar) == {FIRST, THIRD}
        assert {event["customer"] for event in sidebar.events("conversation_opened")} == {
            FIRST,
            SECOND,
            THIRD,
        }
        assert sidebar.end() == 0
