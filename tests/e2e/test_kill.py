"""Killed in the middle of its work and started again: what the screen had shown as done is there."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from sidebar.domain.insertion import Rect
from tests.e2e.rig.accessibility import ScreenReader
from tests.e2e.rig.buyers import Buyer
from tests.e2e.rig.clipboards import ClipboardOwner
from tests.e2e.rig.desktop import Desktop
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.pidgin import Pidgin
from tests.e2e.rig.shop_sidebar import ShopSidebar

TALL = Rect(60, 40, 700, 920)  # room beside it for every row
HELD = timedelta(milliseconds=60)
BREATH = timedelta(milliseconds=100)
PACK = """\
pack: own
phrases:
  - id: own.check
    title: check
    body: "[check]"
    promise: {within: 2h, about: 答复查询结果}
  - id: own.call
    title: call
    body: "[call]"
    promise: {within: 1d, about: 回访}
"""
ONCE = "[check]", "[call]"
WAYS = pytest.mark.parametrize("settings", ["", '[clients.pidgin]\npaths = ["paste"]\n'], ids=["box", "keys"])

Start = Callable[[str], ShopSidebar]


@pytest.fixture
def start(
    desktop: Desktop, hands: Hands, screen_reader: ScreenReader, pidgin: Pidgin, buyer: Buyer, tmp_path: Path
) -> Iterator[Start]:
    """Starts the sidebar beside Pidgin, each time on the same home."""
    home = tmp_path / "home"
    (home / "phrases").mkdir(parents=True)
    (home / "phrases" / "own.yaml").write_text(PACK, encoding="utf-8")
    running: list[ShopSidebar] = []
    hands.place(pidgin.attend(buyer), TALL)

    def run(settings: str) -> ShopSidebar:
        (home / "settings.toml").write_text(
            f'language = "zh"\nshipped_phrases = false\n{settings}', encoding="utf-8"
        )
        running.append(ShopSidebar(desktop, hands, screen_reader, home=home, client="pidgin"))
        running[-1].wait_for_words("check")
        return running[-1]

    yield run
    assert running[-1].end() == 0


def owed(sidebar: ShopSidebar) -> int:
    """How many follow-ups the screen shows as written down."""
    return int(re.findall(r"\d+", sidebar.wait_for_words("待跟进 ").name)[0])


def expect_whole(home: Path) -> None:
    with closing(sqlite3.connect(home / "history.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@WAYS
def test_nothing_that_was_shown_as_done_is_missing_after_a_kill(
    start: Start, hands: Hands, pidgin: Pidgin, buyer: Buyer, settings: str
) -> None:
    pressed = 0
    for presses in (3, 6, 4):  # each time dead at another place of the run
        sidebar = start(settings)
        before = len(sidebar.events("phrase_inserted"))
        assert owed(sidebar) == before
        hands.activate(pidgin.conversation_window())
        for _ in range(presses):
            pressed += 1
            hands.press(f"ctrl+alt+{1 + pressed % 2}", hold=HELD)
            hands.rest(BREATH)
        shown = owed(sidebar)
        pressed += 1
        hands.press(f"ctrl+alt+{1 + pressed % 2}", hold=HELD)
        sidebar.kill()
        expect_whole(sidebar.home)
        inserted = sidebar.events("phrase_inserted")
        promised = sidebar.events("followup_added")
        assert before < shown <= len(inserted) <= pressed
        assert len(promised) == len(inserted)  # one act is one transaction
        assert len({event["id"] for event in (*inserted, *promised)}) == 2 * len(inserted)
    sidebar = start(settings)
    assert owed(sidebar) == len(sidebar.events("phrase_inserted"))
    hands.activate(pidgin.conversation_window())
    hands.press("enter")
    received = buyer.wait_received(1)[0]
    assert sum(received.count(text) for text in ONCE) >= len(sidebar.events("phrase_inserted"))


def test_a_follow_up_is_there_as_soon_as_it_is_shown(
    start: Start, desktop: Desktop, hands: Hands, screen_reader: ScreenReader
) -> None:
    def fill(sidebar: ShopSidebar, field: str, text: str) -> None:
        line = sidebar.click(field)
        with ClipboardOwner(desktop.display) as clipboard:
            clipboard.offer({"UTF8_STRING": text.encode()})
            hands.press("ctrl+v", hold=HELD)
            hands.wait_for(lambda: screen_reader.text(line) == text, f"text in {field}")

    for number in (1, 2):
        sidebar = start("")
        sidebar.click("跟进")
        fill(sidebar, "要做什么", f"第 {number} 件")
        fill(sidebar, "什么时候", "2小时后")
        hands.press("enter")
        sidebar.wait_for_words(f"，第 {number} 件")
        sidebar.kill()
        expect_whole(sidebar.home)
        assert [event["about"] for event in sidebar.events("followup_added")][-1] == f"第 {number} 件"
    sidebar = start("")
    assert owed(sidebar) == 2
    sidebar.wait_for_words("，第 1 件")
    sidebar.wait_for_words("，第 2 件")
