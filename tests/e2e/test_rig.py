"""The rig does what the other tests rely on, and leaves nothing behind."""

import os
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.e2e.rig.accessibility import ScreenReader
from tests.e2e.rig.buyers import Buyer
from tests.e2e.rig.clipboards import ClipboardOwner, ClipboardReader
from tests.e2e.rig.desktop import Desktop
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.picture import png
from tests.e2e.rig.pidgin import Pidgin
from tests.e2e.rig.programs import NotInstalledError, Program
from tests.e2e.rig.waiting import NeverHappenedError, until

SAMPLE_CHAT = Path(__file__).parents[2] / "packaging" / "sample_chat.py"


def test_a_buyers_message_opens_a_conversation_named_after_them(pidgin: Pidgin, buyer: Buyer) -> None:
    buyer.send("在吗？这个有货吗 😀")
    assert pidgin.conversation_window(title="王小姐").wm_class == "Pidgin"


def test_two_buyers_share_a_window_that_names_one_and_counts_the_unread(
    pidgin: Pidgin, hands: Hands, buyer: Buyer, buyer2: Buyer
) -> None:
    buyer.send("在吗？")
    pidgin.conversation_window(title="王小姐")
    buyer2.send("hello")
    assert pidgin.conversation_window(title="[2]").title == "[2] 王小姐"
    assert len(hands.windows()) == 2


def test_ctrl_tab_switches_the_buyer_the_title_names(
    pidgin: Pidgin, hands: Hands, buyer: Buyer, buyer2: Buyer
) -> None:
    pidgin.attend(buyer2)
    window = pidgin.attend(buyer)
    for name in ("Mr. Smith", "王小姐"):
        assert pidgin.customer() != name
        hands.press("ctrl+tab")
        assert pidgin.conversation_window(title=name).handle == window.handle


def test_what_is_typed_reaches_the_buyer_on_enter_and_not_before(
    pidgin: Pidgin, hands: Hands, buyer: Buyer
) -> None:
    window = pidgin.attend(buyer)
    hands.type_keys("We ship today, before 18:00!")
    assert buyer.received() == ()
    hands.press("enter", hold=timedelta(milliseconds=20))
    assert buyer.wait_received(1) == ("We ship today, before 18:00!",)
    assert hands.is_active(window)


def test_a_click_brings_a_window_to_the_front(pidgin: Pidgin, hands: Hands, buyer: Buyer) -> None:
    conversation = pidgin.attend(buyer)
    hands.activate(pidgin.list_window)
    place = conversation.place
    hands.click(place.x + place.width // 2, place.y + place.height - 20)
    hands.wait_for(lambda: hands.is_active(conversation), "conversation in front")


def test_text_from_another_programs_clipboard_is_pasted_whole(
    pidgin: Pidgin, hands: Hands, buyer: Buyer, clipboard_owner: ClipboardOwner
) -> None:
    text = "亲，您好！😊\n\n  今天 18:00 前发货 <b>不是</b> & “引号”"
    pidgin.attend(buyer)
    clipboard_owner.offer({"UTF8_STRING": text.encode()})
    hands.press("ctrl+v")
    hands.wait_for(lambda: "UTF8_STRING" in [request.target for request in clipboard_owner.served], "paste")
    hands.press("enter")
    assert buyer.wait_received(1) == (text,)


def test_every_format_of_a_clipboard_comes_across_byte_for_byte(
    clipboard_owner: ClipboardOwner, clipboard_reader: ClipboardReader
) -> None:
    content = {
        "UTF8_STRING": "照片 😀".encode(),
        "text/html": b"<b>\xe7\x85\xa7\xe7\x89\x87</b>\0",
        "image/png": os.urandom(5_000_000),
        "text/uri-list": b"file:///a%20b.png\r\nfile:///c.png\r\n",
        "application/x-empty": b"",
    }
    clipboard_owner.offer(content)
    assert clipboard_reader.read_all() == content
    assert clipboard_reader.read("text/rtf") is None


def test_a_clipboard_knows_when_another_program_has_taken_it(
    desktop: Desktop, clipboard_owner: ClipboardOwner, clipboard_reader: ClipboardReader
) -> None:
    clipboard_owner.offer({"UTF8_STRING": b"first"})
    with ClipboardOwner(desktop.display) as other:
        other.offer({"UTF8_STRING": b"second"})
        until(lambda: not clipboard_owner.owns, "loss of the clipboard")
        assert clipboard_reader.read("UTF8_STRING") == b"second"
        clipboard_owner.offer({"UTF8_STRING": b"third"})
        until(lambda: not other.owns, "loss of the clipboard")
    assert clipboard_owner.owns
    assert clipboard_reader.read("UTF8_STRING") == b"third"


def test_a_widget_found_by_its_name_is_where_it_is_clicked(
    desktop: Desktop, hands: Hands, screen_reader: ScreenReader, tmp_path: Path
) -> None:
    program = desktop.run(sys.executable, SAMPLE_CHAT, "--log", tmp_path / "sent.jsonl")
    window = hands.wait_for(lambda: hands.find("SampleChat"), "sample chat")
    second = hands.wait_for(
        lambda: screen_reader.find(program.pid, lambda widget: widget.name == "Mr. Smith"), "second buyer"
    )
    hands.click(*second.centre)
    hands.wait_for(lambda: hands.find("SampleChat", lambda title: title.endswith("Mr. Smith")), "title")
    hands.activate(window)
    hands.type_keys("Good morning")
    box = hands.wait_for(lambda: screen_reader.find(program.pid, lambda w: w.role == "text"), "input box")
    hands.wait_for(lambda: screen_reader.text(box) == "Good morning", "text in the box")
    program.end()


def test_a_picture_of_the_screen_is_a_picture(hands: Hands, tmp_path: Path) -> None:
    path = hands.screenshot(tmp_path / "screen.png")
    assert path.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


def test_pictures_have_the_colours_of_the_screen() -> None:
    from PySide6.QtGui import QImage

    blue_and_orange = bytes((0xFF, 0x00, 0x00, 0x00)) + bytes((0x00, 0x80, 0xFF, 0x00))
    image = QImage.fromData(png(2, 1, blue_and_orange))
    assert [image.pixelColor(x, 0).name() for x in range(2)] == ["#0000ff", "#ff8000"]


@pytest.mark.display
def test_a_desktop_ends_with_all_that_was_started_on_it(tmp_path: Path) -> None:
    with Desktop(tmp_path) as desktop:
        # Started by a program of the desktop in a session of its own, as the bus starts services.
        desktop.run("setsid", "--fork", "sleep", "3600")
        until(lambda: len(desktop.remaining()) >= 5, "programs")
        assert not (Path.home() / ".cache").exists()
    assert desktop.remaining() == ()
    assert not Path(f"/tmp/.X11-unix/X{desktop.display.removeprefix(':')}").exists()


@pytest.mark.display
def test_a_desktop_that_cannot_start_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(address: str) -> None:
        raise RuntimeError(address)

    monkeypatch.setattr("tests.e2e.rig.desktop.switch_on_accessibility", refuse)
    desktop = Desktop(tmp_path)
    with pytest.raises(RuntimeError, match="unix:path"):
        desktop.__enter__()
    assert desktop.remaining() == ()


def test_a_missing_program_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(NotInstalledError, match=r"no-such-client is not installed; packaging/test\.py"):
        Program(["no-such-client"], environment={"PATH": "/usr/bin"}, log=tmp_path / "log")


def test_waiting_ends_with_what_was_missed() -> None:
    with pytest.raises(NeverHappenedError, match=r"no miracle within 0\.01 s"):
        until(lambda: False, "miracle", timeout=timedelta(milliseconds=10))
