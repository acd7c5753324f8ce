"""Writing into real input boxes by accessibility: what the buyer gets, and what the agent keeps."""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sidebar.domain.insertion import BoxAnswer, WindowInfo
from sidebar.platforms.x11.text_boxes import AtSpiTextBoxes
from tests.e2e.rig.buyers import Buyer
from tests.e2e.rig.clipboards import ClipboardOwner
from tests.e2e.rig.desktop import Desktop
from tests.e2e.rig.hands import Hands, Window
from tests.e2e.rig.pidgin import Pidgin
from tests.platforms.x11.loop import Loop

SAMPLE_CHAT = Path(__file__).parents[2] / "packaging" / "sample_chat.py"

Insert = Callable[[Window, str], BoxAnswer]


@pytest.fixture
def insert(desktop: Desktop) -> Iterator[Insert]:
    """Insert into the window as it was when looked at, and wait for the answer."""
    loop = Loop()
    session = desktop.environment["DBUS_SESSION_BUS_ADDRESS"]
    boxes = AtSpiTextBoxes(session, readiness=loop, scheduler=loop)

    def insert(window: Window, text: str) -> BoxAnswer:
        answers: list[BoxAnswer] = []
        boxes.insert(_described(window), text, answers.append)
        loop.until(lambda: bool(answers))
        return answers[0]

    yield insert
    boxes.close()
    loop.close()


def _described(window: Window) -> WindowInfo:
    return WindowInfo(handle=window.handle, pid=window.pid or 0, program=window.wm_class, title=window.title)


def _attended(pidgin: Pidgin, hands: Hands, buyer: Buyer) -> Window:
    """The window in front with *buyer*'s conversation, once its title no longer counts the unread."""
    window = pidgin.attend(buyer)
    return hands.wait_for(lambda: hands.find(window.wm_class, buyer.name.__eq__), "title without a count")


@pytest.mark.parametrize(
    "text",
    [
        "亲，在的，今天 18:00 前发货。",
        "第一行\n第二行\n第三行",
        "一\n\n\n四",
        "漢字かな한국어𠀀𪚥",
        "😊👍🏽👨‍👩‍👧‍👦🇨🇳 e\u0301",
        '<b>粗</b> & &amp; <a href="x">y</a>',
        ":) :-( ;) :D <3 (y) :P",
        "您好，这是一段很长的文字😊。" * 143,
    ],
    ids=["one line", "lines", "blank lines", "cjk", "emoji", "markup", "emoticons", "2000 characters"],
)
def test_the_buyer_gets_exactly_what_was_inserted(
    text: str, pidgin: Pidgin, hands: Hands, buyer: Buyer, insert: Insert
) -> None:
    window = _attended(pidgin, hands, buyer)
    assert insert(window, text) is BoxAnswer.WRITTEN
    assert buyer.received() == ()
    assert hands.is_active(window)
    hands.press("enter")
    assert buyer.wait_received(1) == (text,)


def test_a_text_goes_between_what_the_agent_typed_and_the_caret_behind_it(
    pidgin: Pidgin, hands: Hands, buyer: Buyer, insert: Insert
) -> None:
    window = _attended(pidgin, hands, buyer)
    assert insert(window, "前😊后") is BoxAnswer.WRITTEN
    hands.press("Left")
    hands.type_keys("a")
    hands.press("enter")
    assert buyer.wait_received(1) == ("前😊a后",)


def test_a_text_takes_the_place_of_what_is_selected(
    pidgin: Pidgin, hands: Hands, buyer: Buyer, insert: Insert
) -> None:
    window = _attended(pidgin, hands, buyer)
    insert(window, "删掉😊我")
    hands.press("ctrl+a")
    assert insert(window, "新的") is BoxAnswer.WRITTEN
    hands.type_keys("!")
    hands.press("enter")
    assert buyer.wait_received(1) == ("新的!",)


def test_each_buyer_gets_their_own_and_a_turned_tab_is_not_written_to(
    pidgin: Pidgin, hands: Hands, buyer: Buyer, buyer2: Buyer, insert: Insert
) -> None:
    first = _attended(pidgin, hands, buyer)
    assert insert(first, "给王小姐") is BoxAnswer.WRITTEN
    second = _attended(pidgin, hands, buyer2)
    assert insert(first, "给错人了") is BoxAnswer.UNTOUCHED
    assert insert(second, "for Mr. Smith") is BoxAnswer.WRITTEN
    hands.press("enter")
    pidgin.switch_to(buyer)
    hands.press("enter")
    assert buyer.wait_received(1) == ("给王小姐",)
    assert buyer2.wait_received(1) == ("for Mr. Smith",)


def test_an_agent_who_clicked_among_the_messages_still_writes_into_the_box(
    pidgin: Pidgin, hands: Hands, buyer: Buyer, insert: Insert
) -> None:
    window = _attended(pidgin, hands, buyer)
    place = window.place
    middle = place.x + place.width // 2
    hands.click(middle, place.y + place.height // 3)
    assert insert(window, "亲") is BoxAnswer.WRITTEN
    hands.click(middle, place.y + place.height - 20)
    hands.press("enter")
    assert buyer.wait_received(1) == ("亲",)


def test_the_clipboard_has_no_part_in_it(
    pidgin: Pidgin, hands: Hands, buyer: Buyer, insert: Insert, clipboard_owner: ClipboardOwner
) -> None:
    window = _attended(pidgin, hands, buyer)
    clipboard_owner.offer({"UTF8_STRING": b"the agent's own"})
    assert insert(window, "亲") is BoxAnswer.WRITTEN
    assert clipboard_owner.owns
    assert list(clipboard_owner.served) == []


def test_a_client_that_hangs_is_given_up_with_nothing_written(
    pidgin: Pidgin, hands: Hands, buyer: Buyer, insert: Insert
) -> None:
    window = _attended(pidgin, hands, buyer)
    os.kill(pidgin.program.pid, signal.SIGSTOP)
    assert insert(window, "没人听") is BoxAnswer.UNTOUCHED
    os.kill(pidgin.program.pid, signal.SIGCONT)
    assert insert(window, "有人听") is BoxAnswer.WRITTEN
    hands.press("enter")
    assert buyer.wait_received(1) == ("有人听",)


def test_a_qt_client_gets_no_more_characters_than_were_inserted(
    desktop: Desktop, hands: Hands, insert: Insert, tmp_path: Path
) -> None:
    sent = tmp_path / "sent.jsonl"
    program = desktop.run(sys.executable, SAMPLE_CHAT, "--log", sent)
    hands.activate(hands.wait_for(lambda: hands.find("SampleChat"), "sample chat"))

    def written() -> bool:
        # The title counts the unread while buyers write, so the window is looked at anew.
        window = hands.find("SampleChat")
        return window is not None and insert(window, "亲😊\n👨‍👩‍👧 <b>") is BoxAnswer.WRITTEN

    hands.wait_for(written, "insertion")
    hands.type_keys("!")
    hands.press("enter")
    line = hands.wait_for(lambda: sent.read_text(encoding="utf-8") if sent.exists() else "", "message")
    assert json.loads(line)["text"] == "亲😊\n👨‍👩‍👧 <b>!"
    program.end()
