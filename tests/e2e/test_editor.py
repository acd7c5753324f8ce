"""Phrases written, changed, thrown away and had back by keys alone, beside a chat client."""

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
SEARCH = "ctrl+alt+f"


def test_a_phrase_is_made_inserted_changed_thrown_away_and_had_back_by_keys(
    desktop: Desktop, hands: Hands, screen_reader: ScreenReader, tmp_path: Path
) -> None:
    home = write_home(tmp_path / "home", {"old": "An old one"}, "", shipped=False)
    (home / "clients").mkdir()
    (home / "clients" / "strict.toml").write_text(PROFILE, encoding="utf-8")
    file = home / "phrases" / "edited.yaml"

    def written() -> str:
        return file.read_text(encoding="utf-8") if file.exists() else ""

    with Session(tmp_path, desktop.environment) as session:
        chat = SampleChat(session, hands, tmp_path, wm_class="StrictChat")
        sidebar = ShopSidebar(session, hands, screen_reader, home=home, client="strict")
        sidebar.wait_event("conversation_opened")

        def client_has_the_keyboard() -> bool:
            return hands.is_active(chat.window)

        def search() -> None:
            hands.press(SEARCH, hold=HELD)
            hands.wait_for(lambda: not client_has_the_keyboard(), "search line")

        search()
        hands.press("ctrl+n")
        sidebar.wait_for("新话术")
        hands.type_keys("parcel")
        hands.press("tab")
        hands.type_keys("your parcel leaves today")
        hands.press("ctrl+enter")
        hands.wait_for(lambda: "body: your parcel leaves today" in written(), "phrase in the file")
        hands.wait_for(client_has_the_keyboard, "chat client in front")
        sidebar.wait_for_words("已新建「parcel」")
        hands.screenshot(tmp_path / "made.png")

        search()
        hands.type_keys("parcel")
        hands.wait_for(lambda: sidebar.shows("your parcel leaves today"), "phrase found")
        hands.press("enter")
        assert sidebar.wait_event("phrase_inserted")["characters"] == len("your parcel leaves today")
        chat.send()
        assert chat.wait_sent(1) == ("your parcel leaves today",)

        search()
        hands.type_keys("parcel")
        hands.wait_for(lambda: sidebar.shows("your parcel leaves today"), "phrase found")
        hands.press("F2")
        sidebar.wait_for("修改话术")
        hands.press("tab")
        hands.press("ctrl+End")
        hands.type_keys(" at six")
        hands.screenshot(tmp_path / "editing.png")
        hands.press("ctrl+s")
        hands.wait_for(lambda: "leaves today at six" in written(), "changed phrase in the file")
        hands.wait_for(client_has_the_keyboard, "chat client in front")

        search()
        hands.type_keys("parcel")
        hands.wait_for(lambda: sidebar.shows("leaves today at six"), "changed phrase found")
        hands.press("shift+Delete")
        hands.wait_for(lambda: "parcel" not in written(), "phrase gone from the file")
        hands.press("ctrl+z")  # at once, with what was searched for still in the line
        hands.wait_for(lambda: "parcel" in written(), "phrase in the file again")
        hands.wait_for(lambda: sidebar.shows("leaves today at six"), "phrase in the list again")
        hands.press("shift+Delete")
        hands.wait_for(lambda: "parcel" not in written(), "phrase gone from the file")
        hands.press("esc")
        hands.wait_for(client_has_the_keyboard, "chat client in front")
        assert "parcel" in (home / "editor" / "bin.json").read_text(encoding="utf-8")
        hands.wait_for(lambda: not sidebar.shows("leaves today at six"), "phrase gone from the list")

        search()
        hands.press("ctrl+z")
        hands.wait_for(lambda: "leaves today at six" in written(), "phrase in the file again")
        hands.wait_for(lambda: sidebar.shows("leaves today at six"), "phrase in the list again")
        hands.press("esc")
        hands.rest(timedelta(milliseconds=100))
        assert sidebar.end() == 0
