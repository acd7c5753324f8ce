"""A Windows desktop in memory: what the system would say and do, one fake for each counterpart."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from sidebar.domain.insertion import Rect, WindowInfo
from sidebar.platforms.windows import win32
from sidebar.platforms.windows.keyboard import Stroke
from sidebar.platforms.windows.messages import Handler
from sidebar.platforms.windows.toplevels import WindowEvent
from sidebar.ports import Cancel

OWN_PROCESS, OWN_WINDOW = 1, 9
LATIN, US_LIKE = 100, 200
"""Two layouts: on the first the key that says `;` is another one than on the second."""


class FakeMessages:
    """Messages to our hidden window, delivered by the test."""

    def __init__(self) -> None:
        self.handle = OWN_WINDOW
        self._handlers: dict[int, list[Handler]] = {}
        self._calls: deque[Callable[[], None]] = deque()

    def on(self, message: int, handler: Handler) -> None:
        self._handlers.setdefault(message, []).append(handler)

    def call_soon(self, action: Callable[[], None]) -> None:
        self._calls.append(action)

    def deliver(self, message: int, first: int = 0, second: int = 0) -> None:
        for handler in self._handlers.get(message, ()):
            handler(first, second)

    def run_calls(self) -> None:
        while self._calls:
            self._calls.popleft()()


@dataclass
class FakeWindow:
    """One window of the desktop; `borders` are the invisible ones around what is seen."""

    process: int
    title: str = ""
    class_name: str = "Chat"
    place: Rect = field(default_factory=lambda: Rect(100, 50, 800, 600))
    borders: int = 0
    visible: bool = True
    minimised: bool = False
    hung: bool = False
    children: tuple[int, ...] = ()
    focus: int = 0


class FakeToplevels:
    """Windows by handle, the highest first in `stack`; what the test does here sends the events."""

    def __init__(self, windows: dict[int, FakeWindow]) -> None:
        self.windows = windows
        self.stack = list(windows)
        self.front = 0
        self.yields = True
        self.log: list[str] = []
        self._hooks: dict[int, tuple[int, int, int, WindowEvent]] = {}
        self._serial = 0

    # what happens

    def tell(self, event: int, handle: int) -> None:
        """Send *event* about *handle* to whoever listens for it."""
        process = self._process(handle)
        for first, last, of, hear in tuple(self._hooks.values()):
            if first <= event <= last and of in (0, process):
                hear(event, handle)

    def bring_to_front(self, handle: int) -> None:
        self.front = handle
        if handle in self.stack:
            self.stack.remove(handle)
            self.stack.insert(0, handle)
        self.tell(win32.EVENT_SYSTEM_FOREGROUND, handle)

    def move(self, handle: int, place: Rect) -> None:
        self.windows[handle].place = place
        self.tell(win32.EVENT_OBJECT_LOCATIONCHANGE, handle)

    def rename(self, handle: int, title: str) -> None:
        self.windows[handle].title = title
        self.tell(win32.EVENT_OBJECT_NAMECHANGE, handle)

    def minimise(self, handle: int) -> None:
        self.windows[handle].minimised = True
        self.windows[handle].place = Rect(-32000, -32000, 160, 28)
        self.tell(win32.EVENT_SYSTEM_MINIMIZESTART, handle)

    def destroy(self, handle: int) -> None:
        process = self._process(handle)
        del self.windows[handle]
        self.stack.remove(handle)
        for first, last, of, hear in tuple(self._hooks.values()):
            if first <= win32.EVENT_OBJECT_DESTROY <= last and of in (0, process):
                hear(win32.EVENT_OBJECT_DESTROY, handle)

    @property
    def listening(self) -> int:
        return len(self._hooks)

    # Toplevels

    def foreground(self) -> int:
        return self.front

    def all(self) -> Sequence[int]:
        return tuple(self.stack)

    def exists(self, handle: int) -> bool:
        return handle in self.windows

    def thread_and_process(self, handle: int) -> tuple[int, int]:
        process = self._process(handle)
        return (process * 10, process)

    def title(self, handle: int) -> str:
        return self.windows[handle].title if handle in self.windows else ""

    def class_name(self, handle: int) -> str:
        return self.windows[handle].class_name if handle in self.windows else ""

    def visible(self, handle: int) -> bool:
        window = self.windows[handle]
        return window.visible and not window.minimised

    def minimised(self, handle: int) -> bool:
        return self.windows[handle].minimised

    def listed(self, handle: int) -> bool:
        return self.windows[handle].visible

    def hung(self, handle: int) -> bool:
        return self.windows[handle].hung

    def frame(self, handle: int) -> Rect | None:
        return self.windows[handle].place if handle in self.windows else None

    def outer(self, handle: int) -> Rect | None:
        window = self.windows.get(handle)
        if window is None:
            return None
        seen, b = window.place, window.borders
        return Rect(seen.x - b, seen.y - b, seen.width + 2 * b, seen.height + 2 * b)

    def place(self, handle: int, outer: Rect) -> None:
        b = self.windows[handle].borders
        self.windows[handle].place = Rect(outer.x + b, outer.y + b, outer.width - 2 * b, outer.height - 2 * b)
        self.log.append(f"place {handle}")

    def raise_above(self, own: int, other: int) -> None:
        self.log.append(f"raise {own} above {other}")

    def bring_back(self, handle: int) -> None:
        self.log.append(f"bring back {handle}")

    def take_foreground(self, handle: int) -> None:
        self.log.append(f"front {handle}")
        if self.yields:
            self.front = handle

    def take_foreground_from(self, handle: int, front: int) -> None:
        self.log.append(f"front {handle} by the rights of {front}")

    def focus(self, handle: int) -> int:
        return self.windows[handle].focus if handle in self.windows else 0

    def set_focus(self, handle: int) -> None:
        self.log.append(f"focus {handle}")

    def root(self, handle: int) -> int:
        return next((top for top, each in self.windows.items() if handle in (top, *each.children)), 0)

    def listen(self, first: int, last: int, of: int, hear: WindowEvent) -> Cancel:
        self._serial += 1
        serial = self._serial
        self._hooks[serial] = (first, last, self._process(of), hear)
        return lambda: self._hooks.pop(serial, None) and None

    def _process(self, handle: int) -> int:
        """A child at `handle` may belong to another process: its number, divided by a thousand."""
        if handle >= 1000:
            return handle // 1000
        return self.windows[handle].process if handle in self.windows else 0


class FakeProcesses:
    """Programs by process id; those in `with_more_rights` take no keys of ours."""

    def __init__(self, programs: dict[int, str], *, with_more_rights: Iterable[int] = ()) -> None:
        self._programs = programs
        self._with_more_rights = frozenset(with_more_rights)

    def program(self, process: int) -> str:
        return self._programs.get(process, "")

    def elevated(self, process: int) -> bool:
        return process in self._with_more_rights


class FakeKeyboard:
    """Keys that are down, combinations that are taken, and what was sent."""

    def __init__(self) -> None:
        self.held: set[int] = set()
        self.taken: dict[tuple[int, int], int] = {}
        self.others: set[tuple[int, int]] = set()
        self.batches: list[list[Stroke]] = []
        self.accepts: int | None = None
        self.layout_in_front = US_LIKE

    def down(self, *keys: int) -> bool:
        return any(key in self.held for key in keys)

    def press(self, strokes: Sequence[Stroke]) -> int:
        self.batches.append(list(strokes))
        return len(strokes) if self.accepts is None else self.accepts

    def layout(self, window: int) -> int:
        del window
        return self.layout_in_front

    def key_of(self, character: str, layout: int) -> int | None:
        return {(";", LATIN): 0xDF, (";", US_LIKE): 0xBA}.get((character, layout))

    def scan_of(self, key: int, layout: int) -> int:
        del layout
        return {0x11: 0x1D, 0x56: 0x2F, 0x10: 0x2A, 0x2D: 0x52}.get(key, 0)

    def take(self, window: int, number: int, modifiers: int, key: int) -> bool:
        assert window == OWN_WINDOW
        combination = (modifiers, key)
        if combination in self.others or combination in self.taken:
            return False
        self.taken[combination] = number
        return True

    def give_back(self, window: int, number: int) -> None:
        assert window == OWN_WINDOW
        self.taken = {each: taken for each, taken in self.taken.items() if taken != number}


class FakeBoard:
    """The clipboard. What is promised is asked of *messages*' window when somebody reads it."""

    def __init__(self, messages: FakeMessages) -> None:
        self._messages = messages
        self._data: dict[int, bytes | None] = {}
        self._names: dict[int, str] = {}
        self._owner = 0
        self._changes = 0
        self._ours_is_open = False
        self._reader = 0
        self.busy = 0
        self.refuses_writing = False
        self.on_read: Callable[[int], None] = lambda _: None

    # what other programs do

    def copied(self, forms: dict[int, bytes]) -> None:
        """Another program copies."""
        self._data = dict(forms)
        self._owner = 77
        self._changes += 1

    def fetch(self, format: int, *, by: int) -> bytes | None:
        """Another program, of process *by* (0: it does not say), reads one format."""
        if self._data.get(format, b"") is None:
            self._reader = by
            self._messages.deliver(win32.WM_RENDERFORMAT, format)
            self._reader = 0
        return self._data.get(format)

    @property
    def content(self) -> dict[int, bytes | None]:
        """What is there, with None for what is promised; without the marks for histories."""
        return {format: data for format, data in self._data.items() if format not in self._names}

    @property
    def marks(self) -> set[str]:
        return {self._names[format] for format in self._data if format in self._names}

    # Board

    def open(self, window: int) -> bool:
        if self.busy:
            self.busy -= 1
            return False
        assert not self._ours_is_open
        self._ours_is_open = True
        self._opener = window
        return True

    def close(self) -> None:
        assert self._ours_is_open
        self._ours_is_open = False

    def clear(self) -> bool:
        self._data = {}
        self._owner = self._opener
        self._changes += 1
        return True

    def formats(self) -> Sequence[int]:
        return tuple(self._data)

    def read(self, format: int, most: int) -> bytes | None:
        assert self._ours_is_open
        self.on_read(format)
        data = self._data.get(format)
        return data if data is not None and len(data) <= most else None

    def write(self, format: int, data: bytes) -> bool:
        assert self._ours_is_open or self._data.get(format, b"") is None
        if self.refuses_writing:
            return False
        self._data[format] = data
        return True

    def promise(self, format: int) -> bool:
        assert self._ours_is_open
        self._data[format] = None
        return True

    def offers(self, format: int) -> bool:
        return format in self._data

    def owner(self) -> int:
        return self._owner

    def opened_by(self) -> int:
        return self._reader

    def sequence(self) -> int:
        return self._changes

    def number(self, name: str) -> int:
        known = {said: number for number, said in self._names.items()}
        if name not in known:
            self._names[0xC000 + len(self._names)] = name
        return next(number for number, said in self._names.items() if said == name)

    def name(self, format: int) -> str:
        return self._names.get(format, "")


class FakeListener:
    """Hears what `Windows` tells, in words."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def window_activated(self, window: WindowInfo | None) -> None:
        self.heard.append(f"active {window.title if window else None}")

    def title_changed(self, window: WindowInfo) -> None:
        self.heard.append(f"title {window.title}")

    def window_moved(self, window: WindowInfo, frame: Rect) -> None:
        self.heard.append(f"moved {window.title} {frame.x},{frame.y} {frame.width}x{frame.height}")

    def window_hidden(self, window: WindowInfo) -> None:
        self.heard.append(f"hidden {window.title}")

    def window_shown(self, window: WindowInfo) -> None:
        self.heard.append(f"shown {window.title}")

    def window_gone(self, window: WindowInfo) -> None:
        self.heard.append(f"gone {window.title}")
