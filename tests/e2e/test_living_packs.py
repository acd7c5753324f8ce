"""A pack that another program changes while the sidebar runs is what the next hotkey inserts."""

import json
import os
import sys
from pathlib import Path

from tests.e2e.rig import picture_chat
from tests.e2e.rig.accessibility import ScreenReader
from tests.e2e.rig.desktop import Desktop, Session
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.shop_sidebar import ShopSidebar
from tests.e2e.test_enclosures import PROFILE
from tests.e2e.test_main_job import HELD, write_home


def save(path: Path, text: str) -> None:
    """As an editor does: beside it first, then in its place."""
    beside = path.with_name("saving~")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)


def test_what_was_saved_is_inserted_and_what_is_broken_is_not(
    desktop: Desktop, hands: Hands, screen_reader: ScreenReader, tmp_path: Path
) -> None:
    home = write_home(tmp_path / "home", {"hello": "早上好"}, "", shipped=False)
    pack = home / "phrases" / "own.yaml"
    (home / "clients").mkdir()
    (home / "clients" / "pictures.toml").write_text(PROFILE, encoding="utf-8")
    log = tmp_path / "pasted.jsonl"

    def last() -> object:
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        texts = [entry["text"] for line in lines if "text" in (entry := json.loads(line))]
        return texts[-1] if texts else None

    with Session(tmp_path, desktop.environment) as session:
        session.run(sys.executable, picture_chat.__file__, log, name="picture_chat")
        hands.activate(hands.wait_for(lambda: hands.find(picture_chat.CLASS), "picture chat window"))
        sidebar = ShopSidebar(session, hands, screen_reader, home=home, client="pictures")
        sidebar.wait_event("conversation_opened")
        whole = pack.read_text(encoding="utf-8")

        def inserts(text: str) -> bool:
            count = len(sidebar.events("phrase_inserted"))
            hands.press("ctrl+alt+1", hold=HELD)
            sidebar.wait_event("phrase_inserted", count=count + 1)
            return last() == text

        save(pack, whole.replace("早上好", "下午好"))
        hands.wait_for(lambda: inserts("下午好") or None, "the phrase as it was saved")
        save(pack, whole.replace("早上好", "晚上好") + "  - {id: 'open\n")
        sidebar.wait_for_words("先用改坏之前的")
        assert inserts("下午好")
        assert sidebar.end() == 0
