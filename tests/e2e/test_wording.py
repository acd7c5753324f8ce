"""A text whose wording is wrong, beside a chat client: stopped with its reason, inserted when asked again."""

from datetime import timedelta
from pathlib import Path

from tests.e2e.rig.accessibility import ScreenReader
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
SOON = "亲，我们会尽快给您处理。"
MOMENT = "好的，马上为您查询。"


def test_an_error_stops_a_text_once_and_a_warning_stops_nothing(
    desktop: Desktop, hands: Hands, screen_reader: ScreenReader, tmp_path: Path
) -> None:
    home = write_home(tmp_path / "home", {"soon": SOON, "moment": MOMENT}, "", shipped=False)
    (home / "clients").mkdir()
    (home / "clients" / "strict.toml").write_text(PROFILE, encoding="utf-8")
    with Session(tmp_path, desktop.environment) as session:
        SampleChat(session, hands, tmp_path, wm_class="StrictChat")
        sidebar = ShopSidebar(session, hands, screen_reader, home=home, client="strict")
        sidebar.wait_event("conversation_opened")
        hands.press("ctrl+alt+1", hold=HELD)
        sidebar.wait_for_words("「尽快」没有说到什么时候")
        assert sidebar.events("phrase_inserted") == ()
        hands.screenshot(tmp_path / "stopped.png")
        hands.rest(timedelta(milliseconds=700))  # the reason is read
        hands.press("ctrl+alt+1", hold=HELD)
        assert sidebar.wait_event("phrase_inserted")["characters"] == len(SOON)
        hands.press("ctrl+alt+2", hold=HELD)
        assert sidebar.wait_event("phrase_inserted", count=2)["characters"] == len(MOMENT)
        sidebar.wait_for_words("措辞请留意：「马上」")
        hands.screenshot(tmp_path / "minded.png")
        assert sidebar.end() == 0
