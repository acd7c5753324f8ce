"""A phrase with a picture, a text and a file, by one hotkey, into a window that takes all three."""

import json
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.e2e.rig import picture_chat
from tests.e2e.rig.accessibility import ScreenReader
from tests.e2e.rig.clipboards import ClipboardOwner, ClipboardReader
from tests.e2e.rig.desktop import Desktop, Session
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.shop_sidebar import ShopSidebar
from tests.e2e.test_main_job import HELD

PACK = """\
pack: own
language: zh-CN
phrases:
  - id: own.sizes
    title: 尺码
    body: 尺码表如图，请核对
    attachments: [images/尺码.png, text, 退货单.pdf]
  - id: own.caret
    title: 光标
    placeholders: true
    body: 尺码{cursor}，请核对
"""
PROFILE = """\
name = "pictures"
programs = ["PictureChat"]
buyer = '^(?P<buyer>\\S.*)$'
"""


def picture(seed: int) -> QImage:
    """Too large for one piece, with something in every pixel."""
    noise = bytes((x * x * seed + y * 31 + x * y) % 256 for y in range(400) for x in range(400 * 4))
    return QImage(noise, 400, 400, 1600, QImage.Format.Format_RGB32).copy()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    (made / "phrases" / "images").mkdir(parents=True)
    (made / "clients").mkdir()
    (made / "phrases" / "own.yaml").write_text(PACK, encoding="utf-8")
    (made / "phrases" / "退货单.pdf").write_bytes(b"%PDF-1.4")
    assert picture(7).save(str(made / "phrases" / "images" / "尺码.png"))
    (made / "clients" / "pictures.toml").write_text(PROFILE, encoding="utf-8")
    (made / "settings.toml").write_text("shipped_phrases = false\n", encoding="utf-8")
    return made


def test_picture_text_and_file_arrive_in_order_and_the_clipboard_comes_back(
    desktop: Desktop,
    hands: Hands,
    screen_reader: ScreenReader,
    clipboard_owner: ClipboardOwner,
    clipboard_reader: ClipboardReader,
    home: Path,
    tmp_path: Path,
) -> None:
    copied = {"UTF8_STRING": "自己的".encode(), "image/png": b"the user's own picture"}
    clipboard_owner.offer(copied)
    log = tmp_path / "pasted.jsonl"

    def pasted() -> list[dict[str, object]]:
        text = log.read_text(encoding="utf-8") if log.exists() else ""
        return [json.loads(line) for line in text.splitlines()]

    with Session(tmp_path, desktop.environment) as session:
        session.run(sys.executable, picture_chat.__file__, log, name="picture_chat")
        hands.activate(hands.wait_for(lambda: hands.find(picture_chat.CLASS), "picture chat window"))
        sidebar = ShopSidebar(session, hands, screen_reader, home=home, client="pictures")
        sidebar.wait_event("conversation_opened")
        hands.press("ctrl+alt+1", hold=HELD)
        sidebar.wait_event("phrase_inserted")
        what = [entry for entry in pasted() if "caret" not in entry]
        assert what == [
            {"picture": picture_chat.pixels(picture(7))},
            {"text": "尺码表如图，请核对"},
            {"files": [str(home / "phrases" / "退货单.pdf")]},
        ]
        hands.rest(timedelta(milliseconds=400))
        for target, data in copied.items():
            assert clipboard_reader.read(target) == data
        hands.press("ctrl+alt+2", hold=HELD)
        place = len("尺码表如图，请核对" + "尺码")
        hands.wait_for(lambda: {"caret": place} in pasted(), "the caret in its place")
        hands.rest(timedelta(milliseconds=200))
        assert pasted()[-1] == {"caret": place}
        assert sidebar.end() == 0
