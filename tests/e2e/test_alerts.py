"""Buyers who wait too long, on a real desktop: told of at once, and seen to by the buttons of the notice."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.e2e.rig.accessibility import ScreenReader
from tests.e2e.rig.desktop import Desktop, Session
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.sample_chat import SampleChat
from tests.e2e.rig.shop_sidebar import ShopSidebar
from tests.e2e.test_bridge import ingest, line
from tests.e2e.test_main_job import write_home

SOON = """
[clock]
warn = "5s"
breach = "10s"
"""
OTHER = "Mr. Smith"
PACK = """
pack: 占位
language: zh-CN
phrases:
  - {id: own.hold, title: 稍候, tags: [占位], body: 3 分钟内答复您。}
"""


def test_the_notice_counts_them_and_its_buttons_see_to_them(
    desktop: Desktop, hands: Hands, screen_reader: ScreenReader, tmp_path: Path
) -> None:
    home = write_home(tmp_path / "home", {"one": "[one]"}, SOON, shipped=False)
    (home / "phrases" / "hold.yaml").write_text(PACK, encoding="utf-8")
    early = (datetime.now(UTC) - timedelta(minutes=4)).isoformat()
    with Session(tmp_path, desktop.environment) as session:
        chat = SampleChat(session, hands, tmp_path)
        sidebar = ShopSidebar(session, hands, screen_reader, home=home, client="sample")
        sidebar.wait_event("conversation_opened")
        hands.wait_for(lambda: (home / "bridge").exists(), "the bridge")
        assert ingest(home, line(1, "李先生", at=early)).returncode == 0
        sidebar.wait_for_words("李先生等了 4 分钟")
        sidebar.wait_for_words("2 位买家在等（2 位已超时），最久的李先生等了 4 分钟。")
        sidebar.click("先发占位回复")
        sidebar.wait_event("phrase_inserted")
        sidebar.wait_for_words("李先生等了 4 分钟，已超时。")
        chat.send()
        assert chat.wait_sent(1) == ("3 分钟内答复您。",)
        sidebar.click("去看看")
        ingest(home, line(2, "李先生", "agent_message"))
        hands.wait_for(lambda: not sidebar.shows("已超时。"), "the end of it")
        assert sidebar.end() == 0


def test_a_phrase_for_a_buyer_who_is_switched_waits_for_a_yes(
    desktop: Desktop, hands: Hands, screen_reader: ScreenReader, tmp_path: Path
) -> None:
    home = write_home(tmp_path / "home", {"one": "[one]"}, "", shipped=False)
    with Session(tmp_path, desktop.environment) as session:
        chat = SampleChat(session, hands, tmp_path)
        sidebar = ShopSidebar(session, hands, screen_reader, home=home, client="sample")
        sidebar.wait_event("conversation_opened")
        for key in ("ctrl", "alt", "1"):
            hands.hold(key)
        hands.release("1")
        hands.release("alt")
        hands.press("tab")  # with Ctrl still down: the next buyer, before anything may be typed
        sidebar.wait_event("conversation_opened", count=2)
        hands.release("ctrl")
        sidebar.wait_for_words(f"现在开着的是{OTHER}")
        assert sidebar.wait_event("insertion_refused")["reason"] == "wrong_customer"
        sidebar.click(f"插给{OTHER}")
        assert sidebar.wait_event("phrase_inserted")["customer"] == OTHER
        active = hands.active_window()
        assert active is not None
        assert active.handle == chat.window.handle
        chat.send()
        assert chat.wait_sent(1) == ("[one]",)
        assert sidebar.end() == 0
