"""A chat client on a Windows with the sidebar beside it, as an agent has them."""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from wine_session import windows_path

from sidebar.domain.insertion import Rect
from tests.e2e.rig.hands import Hands
from tests.e2e.rig.waiting import NeverHappenedError, until
from tests.windows.machine import PATIENCE, WINDOWED, Asked, Desk, Machine, Seen

PLACE = Rect(60, 40, 700, 900)  # tall enough for the sidebar beside it to show its rows
HELD = timedelta(milliseconds=60)
TEXTS = {
    "one line": "Your parcel leaves today.",
    "several lines": "亲，您好！\n第二行：满99元包邮\n第三行：x = 1",
    "blank lines": "first\n\n\nlast",
    "chinese": "非常理解您的着急，已联系网点核实，今天18:00前给您答复。",
    "emoji": "好的😊👍🏽 家人👨‍👩‍👧‍👦 🇨🇳 ♥️",
    "markup": "<b>bold</b> & <br> :) 5 < 6",
    "two thousand": ("售后说明：七天无理由退货，运费险已赠送。😀" * 100)[:2000],
    "link": "https://127.0.0.1/x?y=1&z=%20",  # the last, for a link is warned of above the list
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
TWO_BOXES = """\
name = "two-boxes"
programs = ["python.exe"]
titles = '^王小姐$'
buyer = '^(?P<buyer>.+)$'
"""


def open_notepad(machine: Machine, desk: Desk, file: Path, place: Rect = PLACE) -> Seen:
    """A Notepad with an empty file, in front."""
    file.write_text("", encoding="ascii")
    machine.start("notepad", file)
    window = desk.wait_for("notepad.exe", lambda window: window.title.startswith(file.name))
    desk.put(window, place)
    return window


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


Spot = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spots:
    """Where in the sidebar's window one clicks, from its corner."""

    phrases: Mapping[str, Spot]
    search_line: Spot
    menu_button: Spot


class ShopSidebar:
    """A running sidebar with this *home*, as others see it."""

    def __init__(self, desk: Desk, home: Path, program: str) -> None:
        self._desk = desk
        self._history = home / "history.db"
        self._program = program

    @property
    def window(self) -> Seen | None:
        """Its window; None while it is hidden."""
        windows = self._desk.windows(self._program)
        return next((each for each in windows if each.title == "shop-sidebar"), None)

    @property
    def place(self) -> Rect | None:
        """Where it stands; None while it is hidden."""
        window = self.window
        return window.place if window else None

    def wait_beside(self, chat: Rect) -> Rect:
        """Where it stands, once that is at the right side of *chat* and it has nothing else to do."""
        right = chat.x + chat.width

        def beside() -> Seen | None:
            window = self.window
            stands = window and right <= window.place.x <= right + 8 and window.place.y == chat.y
            return window if stands else None

        window = until(beside, f"sidebar beside {chat}", timeout=PATIENCE)
        self._desk.settle()
        return window.place

    def events(self, kind: str = "") -> list[dict[str, Any]]:
        """The stored events: all, or those of a type."""
        found = self._desk.ask("events", path=windows_path(self._history))
        return [event for event in found if not kind or event["type"] == kind]

    def wait_event(self, kind: str, *, count: int = 1) -> dict[str, Any]:
        """The *count*-th event of that type, once it is stored."""
        found: list[dict[str, Any]] = []

        def there() -> bool:
            found[:] = self.events(kind)
            return len(found) >= count

        try:
            until(there, f"{count} {kind}", timeout=PATIENCE)
        except NeverHappenedError as error:
            stored = "\n".join(map(str, self.events()))
            raise NeverHappenedError(f"{error}; these are stored:\n{stored}") from None
        return found[count - 1]


@contextmanager
def running(machine: Machine, desk: Desk, home: Path) -> Iterator[tuple[ShopSidebar, Asked]]:
    """The sidebar of this checkout, with somebody inside to ask where things are; it ends on leaving.

    See tests/windows/inside/shop_sidebar.py.
    """
    environment = {"SIDEBAR_HOME": windows_path(home)}
    with Asked(machine.python("tests.windows.inside.shop_sidebar", environment=environment)) as asked:
        yield ShopSidebar(desk, home, "python.exe"), asked


@contextmanager
def from_checkout(machine: Machine, desk: Desk, home: Path) -> Iterator[tuple[ShopSidebar, Spots]]:
    """The sidebar of this checkout beside the chat window, which is at `PLACE`; it ends on leaving."""
    with running(machine, desk, home) as (sidebar, asked):
        sidebar.wait_event("conversation_opened")
        corner = sidebar.wait_beside(PLACE)

        def from_corner(spot: Sequence[int]) -> Spot:
            return spot[0] - corner.x, spot[1] - corner.y

        spots = Spots(
            phrases={title: from_corner(spot) for title, spot in asked.ask("phrases").items()},
            search_line=from_corner(asked.ask("search_line")),
            menu_button=from_corner(asked.ask("menu_button")),
        )
        yield sidebar, spots


@contextmanager
def as_installed(machine: Machine, desk: Desk, home: Path) -> Iterator[tuple[ShopSidebar, Spots]]:
    """The installed sidebar, likewise.

    Nobody inside it says where things are: they are where that of the checkout has them.
    """
    rehearsal = home.with_name("rehearsal")
    shutil.copytree(home, rehearsal)
    with from_checkout(machine, desk, rehearsal) as (_, spots):
        pass
    program = machine.start(WINDOWED, "--home", home, "run")
    sidebar = ShopSidebar(desk, home, WINDOWED.rpartition("\\")[2])
    try:
        sidebar.wait_event("conversation_opened")
        sidebar.wait_beside(PLACE)
        yield sidebar, spots
    finally:
        machine.run("taskkill", "/IM", "ShopSidebar.exe")
        assert program.wait(PATIENCE.total_seconds()) == 0


Start = Callable[[Machine, Desk, Path], AbstractContextManager[tuple[ShopSidebar, Spots]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The chat window is in front."""

    machine: Machine
    desk: Desk
    hands: Hands
    sidebar: ShopSidebar
    spots: Spots
    chat: Seen
    sent: Callable[[], list[str]] = field(default=list)
    """What the client has sent so far; a Notepad sends nothing."""

    def click_phrase(self, title: str) -> None:
        self._click(self.spots.phrases[title])

    def click_search_line(self) -> None:
        """Click it and wait until keys go there."""
        self._click(self.spots.search_line)
        ours = self.sidebar.window
        assert ours is not None
        self.wait_keyboard(ours)

    def open_menu(self) -> Seen:
        """Click the three dots and wait for what opens."""
        before = {window.handle for window in self.desk.windows()}
        self._click(self.spots.menu_button)
        return until(
            lambda: next((each for each in self.desk.windows() if each.handle not in before), None),
            "menu",
            timeout=PATIENCE,
        )

    def wait_gone(self, window: Seen) -> None:
        until(
            lambda: all(each.handle != window.handle for each in self.desk.windows()),
            f"end of {window.title!r}",
            timeout=PATIENCE,
        )

    def _click(self, spot: Spot) -> None:
        place = self.sidebar.place
        assert place is not None, "a hidden sidebar cannot be clicked"
        self.hands.click(place.x + spot[0], place.y + spot[1])

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
        (text,) = self.desk.texts(window)
        return text

    @property
    def focused_box(self) -> int | None:
        """The number of the chat window's input box that has its focus, from 0; None where none has."""
        boxes: list[int] = self.desk.ask("boxes", handle=self.chat.handle)
        focus: int = self.desk.ask("focus", handle=self.chat.handle)
        return boxes.index(focus) if focus in boxes else None

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
        """Click into its middle, as one does, and wait until every program has seen to that."""
        place = self.desk.look(window).place
        self.hands.click(place.x + place.width // 2, place.y + place.height // 2)
        self.wait_keyboard(window)
        self.desk.settle()
