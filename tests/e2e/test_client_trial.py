"""A chat client nobody has a profile of is tested in the sidebar, and known from then on."""

from pathlib import Path

import pytest

from sidebar.domain.chat_clients import Confidence
from sidebar.domain.hotkeys import KeyCombo, Modifier
from sidebar.domain.newlines import Newlines
from sidebar.storage.client_files import load_client
from tests.e2e.rig.accessibility import ScreenReader
from tests.e2e.rig.desktop import Desktop, Session
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.sample_chat import SampleChat
from tests.e2e.rig.shop_sidebar import ShopSidebar
from tests.e2e.test_main_job import HELD, write_home

LINES = "亲，您好！\n第二行"
TEST_A_CLIENT = 82
"""Pixels above the menu's lower edge."""
TRIED = "测试第一行，请不要发送\n测试第二行"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return write_home(tmp_path / "home", {"lines": LINES}, 'language = "zh"\n', shipped=False)


def test_a_client_that_sends_every_line_is_tested_and_then_answered_in_whole_messages(
    desktop: Desktop, hands: Hands, screen_reader: ScreenReader, home: Path, tmp_path: Path
) -> None:
    with Session(tmp_path, desktop.environment) as session:
        chat = SampleChat(session, hands, tmp_path, "--lines-send", wm_class="NewChat")
        sidebar = ShopSidebar(session, hands, screen_reader, home=home)
        assert sidebar.events("conversation_opened") == ()
        sidebar.choose_from_menu(TEST_A_CLIENT)
        sidebar.wait_for("NewChat")
        sidebar.click("就测这个窗口")
        sidebar.click(
            "王小姐   去掉前面的未读数" if sidebar.shows("去掉前面的未读数") else "王小姐   整个标题"
        )
        sidebar.click("插入两行试试")
        sidebar.click("发出去了，至少一行")
        assert chat.sent() == (TRIED.split("\n")[0],)
        hands.press("ctrl+a")
        hands.press("BackSpace")
        sidebar.click("插入两行试试")
        sidebar.click("输入框里是两行")
        sidebar.click("Enter")
        sidebar.click("客户端的名字")
        hands.wait_for(lambda: hands.is_active(sidebar.window), "the keyboard, lent to the line")
        hands.type_keys("x")
        hands.press("enter")
        hands.wait_for(lambda: hands.is_active(chat.window), "the keyboard, given back")
        sidebar.wait_for("已保存到 clients/newchat.toml，从现在起就按它来。")
        sidebar.click("完成")
        opened = sidebar.wait_event("conversation_opened")
        assert (opened["client"], opened["customer"]) == ("newchat", "王小姐")
        assert chat.sent() == (TRIED.split("\n")[0],)
        chat.send()
        assert chat.wait_sent(2)[1] == TRIED
        hands.press("ctrl+alt+1", hold=HELD)
        sidebar.wait_event("phrase_inserted")
        chat.send()
        assert chat.wait_sent(3)[2] == LINES
        assert sidebar.end() == 0
    profile = load_client(home / "clients" / "newchat.toml")
    assert profile.label.startswith("x") or profile.label.endswith("x")
    assert profile.programs == ("NewChat",)
    assert profile.paste.newlines is Newlines.SHIFT_ENTER
    assert profile.paste.send_combo == KeyCombo("return", Modifier.NONE)
    assert not profile.paste.send_allowed
    assert profile.confidence is Confidence.VERIFIED
    assert profile.source.startswith("wizard, ")
