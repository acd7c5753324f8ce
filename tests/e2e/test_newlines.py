"""Line breaks beside a chat client in which Enter, typed or pasted, sends."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.e2e.rig.accessibility import ScreenReader
from tests.e2e.rig.desktop import Desktop, Session
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.sample_chat import SampleChat
from tests.e2e.rig.shop_sidebar import ShopSidebar
from tests.e2e.test_main_job import HELD, write_home

LINES = "亲，您好！\n\n第三行：满99元包邮 😊\nlast"
PROFILE = """\
name = "strict"
programs = ["StrictChat"]
buyer = '^(?:\\[(?P<unread>\\d+)\\]\\s*)?(?P<buyer>\\S.*)$'

[paste]
newlines = "{newlines}"
"""

Answered = Callable[[str, int], tuple[str, ...]]


@pytest.fixture
def answer(desktop: Desktop, hands: Hands, screen_reader: ScreenReader, tmp_path: Path) -> Answered:
    """Inserts `LINES` by hotkey with that policy, presses Enter and gives what has been sent, so many."""

    def run(newlines: str, count: int) -> tuple[str, ...]:
        home = write_home(tmp_path / "home", {"lines": LINES}, "", shipped=False)
        (home / "clients").mkdir()
        (home / "clients" / "strict.toml").write_text(PROFILE.format(newlines=newlines), encoding="utf-8")
        with Session(tmp_path, desktop.environment) as session:
            chat = SampleChat(session, hands, tmp_path, "--lines-send", wm_class="StrictChat")
            sidebar = ShopSidebar(session, hands, screen_reader, home=home, client="strict")
            sidebar.wait_event("conversation_opened")
            hands.press("ctrl+alt+1", hold=HELD)
            inserted = sidebar.wait_event("phrase_inserted")
            assert (inserted["path"], inserted["characters"]) == ("paste", len(LINES))
            hands.rest(timedelta(milliseconds=300))  # nothing may follow
            before = chat.sent()
            chat.send()
            assert sidebar.end() == 0
            return (*before, "|", *chat.wait_sent(count)[len(before) :])

    return run


def test_as_it_is_would_send_every_line_but_the_last(answer: Answered) -> None:
    assert answer("as_is", 3) == ("亲，您好！", "第三行：满99元包邮 😊", "|", "last")


def test_shift_and_enter_between_the_lines_send_nothing_and_make_one_message(answer: Answered) -> None:
    assert answer("shift_enter", 1) == ("|", LINES)


def test_joined_lines_make_one_message(answer: Answered) -> None:
    assert answer("joined", 1) == ("|", "亲，您好！ 第三行：满99元包邮 😊 last")
