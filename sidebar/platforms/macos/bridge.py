"""What we ask of macOS, in one place: everything that touches Carbon, AppKit, Quartz or Accessibility.

`native` implements it on a Mac with ctypes and PyObjC; the tests implement it with a fake, so that
all logic runs on every system. Rules of both: called on the GUI thread only; what is listened to
comes back through the event loop, never from within a call of ours or of the system's.

Places are in points with the origin at the top left of the main screen, as Quartz and Qt have
them on macOS.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NewType, Protocol

from sidebar.domain.insertion import Rect
from sidebar.domain.lean import dataclass
from sidebar.ports import Cancel

Element = NewType("Element", object)
"""An AXUIElement: a window, a box or a whole program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """One key going down or up, with the modifiers (CGEventFlags) that a program is to see with it."""

    code: int
    down: bool
    flags: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedWindow:
    """A window as the window server lists it; `title` is '' without Screen Recording permission."""

    handle: int
    pid: int
    title: str
    frame: Rect
    layer: int
    visible: bool
    """Whether it is on the screen: not minimised, not hidden, on the desktop (Space) that is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an element answered: an AXError and, where that is success, the value.

    Numbers, texts, elements and sequences of them are themselves; a point, a size and a range of
    text (counted in UTF-16 units) are pairs of numbers.
    """

    status: int
    value: object = None


class Keyboard(Protocol):
    """The layout, what is held down, and keys pressed for the user."""

    def characters(self, *, command: bool) -> Mapping[int, str]:
        """What each key gives on the current layout, alone or with Command; empty where that is not told."""

    def when_layout_changes(self, action: Callable[[], None]) -> Cancel: ...

    def flags(self) -> int:
        """The modifiers (CGEventFlags) that are down this moment."""

    def post(self, strokes: Sequence[Stroke]) -> bool:
        """Put *strokes* into the session's stream of events, one after the other, as from a keyboard."""


class Hotkeys(Protocol):
    """Carbon's hotkeys, by a number of ours for each."""

    def take(self, number: int, code: int, modifiers: int) -> int:
        """Take a key with modifiers (of Events.h) for us alone; an OSStatus."""

    def give_back(self, number: int) -> None: ...

    def of_the_system(self) -> frozenset[tuple[int, int]]:
        """Code and modifiers of the shortcuts that are switched on in System Settings."""

    def listen(self, pressed: Callable[[int], None], released: Callable[[int], None]) -> Cancel: ...


class PasteboardItem(Protocol):
    """One of the things on the pasteboard; of no use any more once something else is there."""

    @property
    def kinds(self) -> Sequence[str]: ...

    def read(self, kind: str) -> bytes | None:
        """Ask its owner for it, and wait; None where that fails."""


class Pasteboard(Protocol):
    """The general pasteboard."""

    def count(self) -> int:
        """Goes up with every change; free to ask."""

    def access(self) -> int | None:
        """NSPasteboardAccessBehavior; None before macOS 15.4, where everybody may read."""

    def items(self) -> Sequence[PasteboardItem]: ...

    def kinds(self) -> Sequence[str]:
        """What the first item is offered as."""

    def promise(
        self, content: Mapping[str, bytes], marks: Sequence[str], fetched: Callable[[], None]
    ) -> bool:
        """Offer *content* by kind, to be handed over when somebody asks; *marks* are kinds without any.

        *fetched* comes once: the system keeps what it was given, and does not say who asked.
        """

    def write(self, items: Sequence[Mapping[str, bytes]]) -> bool:
        """Put *items* there, by kind; none at all empties the pasteboard."""


class Desktop(Protocol):
    """Programs and their windows as the window server knows them: no permission needed."""

    def front(self) -> int:
        """The process id of the program in front; 0 where there is none."""

    def program(self, pid: int) -> str:
        """The file name of its executable; '' where it is gone."""

    def windows(self) -> Sequence[ListedWindow]:
        """Those on the screen, the one in front first."""

    def window(self, handle: int) -> ListedWindow | None:
        """Also one that is not on the screen; None where it has been closed."""

    def bring_forward(self, pid: int) -> None: ...

    def listen(self, action: Callable[[], None]) -> Cancel:
        """Run *action* when a program came to the front, was hidden, shown or ended, or the Space changed."""


class Accessibility(Protocol):
    """Elements of other programs; without permission every answer is AX_ERROR_API_DISABLED."""

    def application(self, pid: int) -> Element: ...

    def get(self, element: Element, attribute: str) -> Answer: ...

    def set(self, element: Element, attribute: str, value: object) -> int: ...

    def settable(self, element: Element, attribute: str) -> bool: ...

    def perform(self, element: Element, action: str) -> int: ...

    def window_number(self, window: Element) -> int | None:
        """The window server's number of it; None where this macOS does not tell."""

    def observe(
        self, pid: int, element: Element, notifications: Sequence[str], action: Callable[[], None]
    ) -> Cancel | None:
        """Run *action* for each of *notifications* from *element*; None where none can be had."""


class Permissions(Protocol):
    """What the user has granted this program in System Settings."""

    def trusted(self) -> bool:
        """Accessibility."""

    def may_post(self) -> bool:
        """Pressing keys; Accessibility includes it."""

    def may_see_titles(self) -> bool:
        """Screen Recording, which the window server's titles need."""

    def ask_for_trust(self) -> None:
        """Let the system's own dialog explain it and lead to the setting; returns at once."""


class Panel(Protocol):
    """A window of ours."""

    @property
    def visible(self) -> bool: ...

    def prepare(self) -> None:
        """Make it take clicks without bringing our program to the front, and stay when another is."""

    def place(self, frame: Rect) -> None: ...

    def set_level(self, level: int) -> None: ...

    def stand_above(self, handle: int) -> None:
        """Directly above the window *handle* of another program, among those of the same level."""


class OwnWindows(Protocol):
    """Our windows as AppKit has them."""

    def panel(self, handle: int) -> Panel | None:
        """The window of the view that Qt's `winId` names."""

    def has_keyboard(self) -> bool:
        """Whether one of ours is where keys go, though another program may be in front."""

    def give_keyboard_up(self) -> None: ...

    def listen(self, action: Callable[[], None]) -> Cancel:
        """Run *action* when one of ours got or lost the keyboard, or was shown."""


class Bridge(Protocol):
    """All of it."""

    @property
    def keyboard(self) -> Keyboard: ...
    @property
    def hotkeys(self) -> Hotkeys: ...
    @property
    def pasteboard(self) -> Pasteboard: ...
    @property
    def desktop(self) -> Desktop: ...
    @property
    def accessibility(self) -> Accessibility: ...
    @property
    def permissions(self) -> Permissions: ...
    @property
    def own(self) -> OwnWindows: ...

    def close(self) -> None:
        """Listen to nothing any more."""
