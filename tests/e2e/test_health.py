"""The health panel on a real desktop: what is tried there, and that the agent's own things stay."""

from datetime import timedelta
from pathlib import Path

from tests.e2e.rig.accessibility import ScreenReader
from tests.e2e.rig.clipboards import ClipboardOwner, ClipboardReader
from tests.e2e.rig.desktop import Desktop, Session
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.sample_chat import SampleChat
from tests.e2e.rig.shop_sidebar import ShopSidebar
from tests.e2e.test_main_job import HELD, write_home

HEALTH = 54
"""Pixels above the menu's lower edge."""


def test_every_capability_is_tried_and_the_clipboard_and_the_hotkeys_stay_the_agents(
    desktop: Desktop,
    hands: Hands,
    screen_reader: ScreenReader,
    clipboard_owner: ClipboardOwner,
    clipboard_reader: ClipboardReader,
    tmp_path: Path,
) -> None:
    home = write_home(tmp_path / "home", {"one": "[one]"}, 'language = "en"\n', shipped=False)
    picture = bytes(range(256)) * 4000
    with Session(tmp_path, desktop.environment) as session:
        chat = SampleChat(session, hands, tmp_path)
        sidebar = ShopSidebar(session, hands, screen_reader, home=home, client="sample")
        sidebar.wait_event("conversation_opened")
        clipboard_owner.offer({"UTF8_STRING": "自己的".encode(), "image/png": picture})
        sidebar.choose_from_menu(HEALTH, button="Menu")
        for row in (
            "Hotkeys, fine",
            "Clipboard, fine",
            "Insertion, fine",
            "Following the client, fine, Sample chat is followed",
            "Notifications, attention",
            "History, fine",
            "Disk, ",
        ):
            sidebar.wait_for_words(row)
        assert clipboard_reader.read("UTF8_STRING") == "自己的".encode()
        assert clipboard_reader.read("image/png") == picture
        chat_active = hands.active_window()
        assert chat_active is not None
        assert chat_active.handle == chat.window.handle
        hands.press("ctrl+alt+1", hold=HELD)
        sidebar.wait_event("phrase_inserted")
        hands.rest(timedelta(milliseconds=100))
        chat.send()
        assert chat.wait_sent(1) == ("[one]",)
        assert sidebar.end() == 0
