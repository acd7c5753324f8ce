"""The pictures of the README: the real sidebar beside Pidgin, light and dark.

    python -m tests.e2e.pictures        writes resources/screenshots/beside-pidgin-{light,dark}.png

To be taken anew, and looked at, whenever the face changes.
"""

import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage
from Xlib.display import Display

from sidebar.demo import morning
from sidebar.domain.events import (
    CategorySet,
    ConversationEvent,
    CustomerMessage,
    InsertionPath,
    PhraseInserted,
)
from sidebar.domain.identifiers import ClientName, ConversationId, EventId
from sidebar.domain.insertion import Rect
from sidebar.paths import Home
from sidebar.storage.history import SqliteHistory
from tests.e2e.rig.accessibility import ScreenReader
from tests.e2e.rig.buyers import Buyer
from tests.e2e.rig.chat_server import ChatServer
from tests.e2e.rig.desktop import Desktop
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.pidgin import Pidgin
from tests.e2e.rig.shop_sidebar import ShopSidebar

FOLDER = Path(__file__).parents[2] / "resources" / "screenshots"
CHAT = Rect(40, 40, 700, 880)
SHOWN = Rect(16, 16, 1100, 950)
BACKGROUND = 0xCFD5DF
HELD = timedelta(milliseconds=60)
SETTINGS = 'language = "zh"\ntheme = "{theme}"\nagent = "小林"\nagent_number = "A07"\n'


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="sidebar-pictures-") as folder:
        for theme in ("light", "dark"):
            place = Path(folder, theme)
            place.mkdir()
            with Desktop(place) as desktop:
                _take(desktop, place, theme)
    return 0


def _take(desktop: Desktop, folder: Path, theme: str) -> None:
    _paint_background(desktop.display)
    server = ChatServer(desktop)
    buyer, buyer2 = Buyer(desktop, server, "buyer"), Buyer(desktop, server, "buyer2")
    (folder / "pidgin").mkdir()
    with (
        Hands(desktop.display) as hands,
        ScreenReader(desktop.bus) as reader,
        Pidgin(desktop, server, hands, folder / "pidgin") as pidgin,
    ):
        buyer.wait_online("pidgin")
        pidgin.attend(buyer2, "Hi, is my parcel on its way?")
        hands.place(pidgin.attend(buyer, "订单显示已签收，但我没收到货"), CHAT)
        buyer.send("物流也一直没更新……")
        sidebar = ShopSidebar(desktop, hands, reader, home=_home(folder, theme), client="pidgin")
        _answer(sidebar, hands)
        _crop(hands.screenshot(folder / "screen.png"), FOLDER / f"beside-pidgin-{theme}.png")
        sidebar.end()
    buyer.close()
    buyer2.close()


def _answer(sidebar: ShopSidebar, hands: Hands) -> None:
    """Insert what soothes, then look for what verifies; the search stays open."""
    sidebar.wait_for_words("王小姐")
    before = len(sidebar.events("phrase_inserted"))
    hands.press("ctrl+alt+1", hold=HELD)
    sidebar.wait_event("phrase_inserted", count=before + 1)
    hands.press("ctrl+alt+f", hold=HELD)
    hands.wait_for(lambda: hands.is_active(sidebar.window), "the search line's keyboard")
    hands.type_keys("wl")
    sidebar.wait_for_words("物流核实")
    hands.rest(timedelta(milliseconds=400))


def _home(folder: Path, theme: str) -> Path:
    home = Home(folder / "home")
    home.ensure()
    home.settings.write_text(SETTINGS.format(theme=theme), encoding="utf-8")
    now = datetime.now(UTC)
    with SqliteHistory(home.history) as history:
        history.append(*morning(now, client=ClientName("pidgin")), *_answered_twice(now))
    return home.root


def _answered_twice(now: datetime) -> Iterator[ConversationEvent]:
    """The buyer in front has been greeted and listened to, and has written again."""
    yield _about(CategorySet, now - timedelta(minutes=9), category="logistics")
    yield _about(CustomerMessage, now - timedelta(minutes=9))
    for number, stage in enumerate(("greet", "listen")):
        yield _about(
            PhraseInserted,
            now - timedelta(minutes=8 - number),
            insertion=f"picture-{stage}",
            phrase="picture",
            path=InsertionPath.PASTE,
            characters=20,
            stage=stage,
        )
    yield _about(CustomerMessage, now - timedelta(seconds=144))


def _about(kind: type[ConversationEvent], at: datetime, **fields: Any) -> ConversationEvent:
    return kind(
        id=EventId(f"{kind.type}-{at:%H%M%S%f}"),
        at=at,
        conversation=ConversationId("pidgin:王小姐"),
        client=ClientName("pidgin"),
        customer="王小姐",
        **fields,
    )


def _paint_background(name: str) -> None:
    display = Display(name)
    root = display.screen().root
    root.change_attributes(background_pixel=BACKGROUND)
    root.clear_area()
    display.sync()
    display.close()


def _crop(picture: Path, target: Path) -> None:
    image = QImage(str(picture)).copy(SHOWN.x, SHOWN.y, SHOWN.width, SHOWN.height)
    image.convertToFormat(QImage.Format.Format_RGB888).save(str(target))


if __name__ == "__main__":
    sys.exit(main())
