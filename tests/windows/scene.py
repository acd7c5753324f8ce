"""A chat client on a Windows with the sidebar beside it, as an agent has them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from wine_session import windows_path

from sidebar.domain.insertion import Rect
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.waiting import until
from tests.windows.machine import PATIENCE, Asked, Desk, Machine, Seen

PLACE = Rect(60, 40, 700, 900)  # tall enough for the sidebar beside it to show its rows
HELD = timedelta(milliseconds=60)
TEXTS = {
    "one line": "Your parcel leaves today.",
    "several lines": "亲，您好！\n第二行：满99元包邮\n第三行：https://127.0.0.1/x",
    "blank lines": "first\n\n\nlast",
    "chinese": "非常理解您的着急，已联系网点核实，今天18:00前给您答复。",
    "emoji": "好的😊👍🏽 家人👨‍👩‍👧‍👦 🇨🇳 ♥️",
    "markup": "<b>bold</b> & <br> :) 5 < 6",
    "two thousand": ("售后说明：七天无理由退货，运费险已赠送。😀" * 100)[:2000],
}
# A Notepad that has a buyer's file open is a chat client; one that has not is just another program.
NOTEPAD = """\
name = "notepad"
programs = ["notepad.exe"]
titles = '买家\\.txt'
buyer = '^\\*?(?P<buyer>.+)买家'
"""
SAMPLE = """\
name = "sample"
programs = ["python.exe"]
buyer = '^(?:\\[(?P<unread>\\d{1,4})\\]\\s*)?(?P<buyer>\\S.*?)\\s*$'
"""


def write_home(
    folder: Path, texts: Mapping[str, str], *, client: str, paste: str = "", shipped: bool = False
) -> Path:
    """A home with these phrases, in this order, in place of the shipped ones or before them."""
    for part in ("phrases", "clients"):
        (folder / part).mkdir(parents=True)
    phrases = [{"id": f"own.{name}", "title": name, "body": text} for name, text in texts.items()]
    pack = {"pack": "own", "language": "zh-CN", "phrases": phrases}
    content = yaml.safe_dump(pack, allow_unicode=True, sort_keys=False)
    (folder / "phrases" / "own.yaml").write_text(content, encoding="utf-8")
    (folder / "settings.toml").write_text(f"shipped_phrases = {str(shipped).lower()}\n", encoding="utf-8")
    (folder / "clients" / "own.toml").write_text(
        f'{client}source = "this test"\nconfidence = "verified"\n'
        f'[label]\nzh = "窗口"\nen = "Window"\n[paste]\npaths = ["paste"]\ncombo = "ctrl+v"\n{paste}',
        encoding="utf-8",
    )
    return folder


class ShopSidebar(Asked):
    """A running sidebar with this home; see tests/windows/inside/shop_sidebar.py."""

    def __init__(self, machine: Machine, home: Path) -> None:
        super().__init__(
            machine.python(
                "tests.windows.inside.shop_sidebar", environment={"SIDEBAR_HOME": windows_path(home)}
            )
        )

    @property
    def place(self) -> Rect | None:
        """Where it stands; None while it is hidden."""
        place = self.ask("place")
        return Rect(*place) if place else None

    def events(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.ask("events") if event["type"] == kind]

    def wait_event(self, kind: str, *, count: int = 1) -> dict[str, Any]:
        """The *count*-th event of that type, once it is stored."""
        found = until(
            lambda: events if len(events := self.events(kind)) >= count else None,
            f"{count} {kind}",
            timeout=PATIENCE,
        )
        return found[count - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The chat window is in front."""

    machine: Machine
    desk: Desk
    hands: Hands
    sidebar: ShopSidebar
    chat: Seen
    sent: Callable[[], list[str]] = field(default=list)
    """What the client has sent so far; a Notepad sends nothing."""

    def click_phrase(self, title: str) -> None:
        x, y = self.sidebar.ask("phrases")[title]
        self.hands.click(x, y)

    def click_search_line(self) -> None:
        """Click it and wait until keys go there."""
        self.hands.click(*self.sidebar.ask("search_line"))
        self.wait_keys_for("shop-sidebar")

    def press_hotkey(self, number: int) -> None:
        self.hands.press(f"ctrl+alt+{number}", hold=HELD)

    def wait_sent(self, count: int) -> list[str]:
        """What the client has sent, once that many messages have gone out."""
        return until(
            lambda: found if len(found := self.sent()) >= count else None,
            f"{count} messages",
            timeout=PATIENCE,
        )

    def text(self, window: Seen) -> str:
        """What a Notepad holds."""
        answer: str = self.desk.ask("text", handle=window.handle)
        return answer

    def in_front(self, window: Seen) -> bool:
        front: int = self.desk.ask("foreground")
        return front == window.handle

    def wait_keyboard(self, window: Seen) -> None:
        """Until keys pressed go to *window*: Wine says so a little before the X server knows."""
        until(lambda: self.in_front(window), f"{window.title!r} in front", timeout=PATIENCE)
        self.wait_keys_for(self.desk.look(window).title)

    def wait_keys_for(self, title: str) -> None:
        until(lambda: self.hands.keyboard() == title, f"keyboard of {title!r}", timeout=PATIENCE)

    def bring_to_front(self, window: Seen) -> None:
        """Click into its middle, as one does."""
        place = self.desk.look(window).place
        self.hands.click(place.x + place.width // 2, place.y + place.height // 2)
        self.wait_keyboard(window)
