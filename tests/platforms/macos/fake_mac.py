"""A Mac in memory: what `bridge` asks for, with hands on it and every effect recorded.

Callbacks come through the scheduler, as the real bridge's do. What it does is what Apple's
documentation says; where a real Mac may do otherwise, a test says which of the two it relies on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from sidebar.domain.insertion import Rect
from sidebar.platforms.macos import constants
from sidebar.platforms.macos.bridge import Answer, Element, ListedWindow, PasteboardItem, Stroke
from sidebar.ports import Cancel
from tests.fakes import FakeTime

SOON = timedelta(0)
OWN = 99
CANNOT_COMPLETE = -25204
"""kAXErrorCannotComplete: the program did not answer in time."""
QWERTY = {0: "a", 9: "v", 18: "1", 19: "2", 83: "1"}
"""Some keys of a US keyboard, the keypad's 1 included."""


class Listeners:
    """Those who want to hear of one thing."""

    def __init__(self, time: FakeTime) -> None:
        self._time = time
        self._actions: list[Callable[[], None]] = []

    def add(self, action: Callable[[], None]) -> Cancel:
        self._actions.append(action)

        def cancel() -> None:
            if action in self._actions:
                self._actions.remove(action)

        return cancel

    def tell(self) -> None:
        for action in self._actions:
            self._time.call_later(SOON, action)

    def __len__(self) -> int:
        return len(self._actions)


class FakeKeyboard:
    def __init__(self, time: FakeTime) -> None:
        self.plain: dict[int, str] = dict(QWERTY)
        self.commanded: dict[int, str] = dict(QWERTY)
        self.held = 0
        self.posted: list[Stroke] = []
        self.layout_listeners = Listeners(time)

    def use_layout(self, plain: Mapping[int, str], commanded: Mapping[int, str] | None = None) -> None:
        self.plain = dict(plain)
        self.commanded = dict(plain if commanded is None else commanded)
        self.layout_listeners.tell()

    def characters(self, *, command: bool) -> Mapping[int, str]:
        return self.commanded if command else self.plain

    def when_layout_changes(self, action: Callable[[], None]) -> Cancel:
        return self.layout_listeners.add(action)

    def flags(self) -> int:
        return self.held

    def post(self, strokes: Sequence[Stroke]) -> bool:
        self.posted.extend(strokes)
        return True


class FakeHotkeys:
    def __init__(self, time: FakeTime) -> None:
        self._time = time
        self.taken: dict[int, tuple[int, int]] = {}
        self.refused: dict[tuple[int, int], int] = {}
        self.system: set[tuple[int, int]] = set()
        self._pressed: Callable[[int], None] | None = None
        self._released: Callable[[int], None] | None = None

    def take(self, number: int, code: int, modifiers: int) -> int:
        key = code, modifiers
        if key in self.taken.values():
            return constants.EVENT_HOT_KEY_EXISTS_ERR
        status = self.refused.get(key, constants.NO_ERR)
        if status == constants.NO_ERR:
            self.taken[number] = key
        return status

    def give_back(self, number: int) -> None:
        del self.taken[number]

    def of_the_system(self) -> frozenset[tuple[int, int]]:
        return frozenset(self.system)

    def listen(self, pressed: Callable[[int], None], released: Callable[[int], None]) -> Cancel:
        self._pressed, self._released = pressed, released

        def cancel() -> None:
            self._pressed = self._released = None

        return cancel

    def press(self, code: int, modifiers: int) -> None:
        self._tell(code, modifiers, self._pressed)

    def release(self, code: int, modifiers: int) -> None:
        self._tell(code, modifiers, self._released)

    def _tell(self, code: int, modifiers: int, hear: Callable[[int], None] | None) -> None:
        for number, key in self.taken.items():
            if key == (code, modifiers) and hear is not None:
                self._time.call_later(SOON, lambda number=number: hear(number))  # type: ignore[misc]


@dataclass
class FakeItem:
    """One thing on the pasteboard; `broken` kinds are offered and not handed over."""

    data: dict[str, bytes]
    broken: tuple[str, ...] = ()
    read_kinds: list[str] = field(default_factory=list)
    when_read: Callable[[], None] | None = None

    @property
    def kinds(self) -> Sequence[str]:
        return (*self.data, *self.broken)

    def read(self, kind: str) -> bytes | None:
        self.read_kinds.append(kind)
        if self.when_read is not None:
            self.when_read()
        return self.data.get(kind)


class FakePasteboard:
    """`prompts` counts the reads at which macOS would have asked the user."""

    def __init__(self, time: FakeTime) -> None:
        self._time = time
        self._count = 7
        self._promise: tuple[str, Callable[[], None]] | None = None
        self.content: list[FakeItem] = [FakeItem({constants.STRING_TYPE: b"before"})]
        self.behavior: int | None = None
        self.prompts = 0
        self.writes = True
        self.promises_made = 0

    def count(self) -> int:
        return self._count

    def access(self) -> int | None:
        return self.behavior

    def items(self) -> Sequence[PasteboardItem]:
        self._ask()
        return list(self.content)

    def kinds(self) -> Sequence[str]:
        return self.content[0].kinds if self.content else ()

    def promise(self, text: str, marks: Sequence[str], fetched: Callable[[], None]) -> bool:
        self._count += 1
        if not self.writes:
            self.content = []
            return False
        self.promises_made += 1
        self._promise = text, fetched
        self.content = [FakeItem({constants.STRING_TYPE: b"", **dict.fromkeys(marks, b"")})]
        return True

    def write(self, items: Sequence[Mapping[str, bytes]]) -> bool:
        self._count += 1
        self._promise = None
        self.content = [FakeItem(dict(item)) for item in items] if self.writes else []
        return self.writes

    # what others do with it

    def user_copies(self, *items: FakeItem) -> None:
        self._count += 1
        self._promise = None
        self.content = list(items)

    def fetch(self) -> str:
        """Another program asks for the text: the promise is kept once, then the system has its copy."""
        if self._promise is not None:
            text, fetched = self._promise
            self._promise = None
            self.content[0].data[constants.STRING_TYPE] = text.encode()
            self._time.call_later(SOON, fetched)
        return self.content[0].data[constants.STRING_TYPE].decode()

    def _ask(self) -> None:
        if self.behavior not in (None, constants.PASTEBOARD_ACCESS_BEHAVIOR_ALWAYS_ALLOW):
            self.prompts += 1


class FakeDesktop:
    def __init__(self, time: FakeTime) -> None:
        self.front_pid = 0
        self.programs: dict[int, str] = {}
        self.stack: list[ListedWindow] = []
        """All windows, the one in front first."""
        self.listeners = Listeners(time)
        self.brought: list[int] = []
        self.titles_seen = False

    def front(self) -> int:
        return self.front_pid

    def program(self, pid: int) -> str:
        return self.programs.get(pid, "")

    def windows(self) -> Sequence[ListedWindow]:
        return [self._shown(each) for each in self.stack if each.visible]

    def window(self, handle: int) -> ListedWindow | None:
        return next((self._shown(each) for each in self.stack if each.handle == handle), None)

    def bring_forward(self, pid: int) -> None:
        self.brought.append(pid)
        self.front_pid = pid
        self.listeners.tell()

    def listen(self, action: Callable[[], None]) -> Cancel:
        return self.listeners.add(action)

    def _shown(self, window: ListedWindow) -> ListedWindow:
        return window if self.titles_seen else replace(window, title="")


class FakeElement:
    """An element and its attributes; `dead` ones answer that they are no more."""

    def __init__(self, pid: int, **attributes: object) -> None:
        self.pid = pid
        self.attributes: dict[str, object] = attributes
        self.refused: dict[str, int] = {}
        self.number: int | None = None
        self.dead = False
        self.performed: list[str] = []

    def typed(self) -> str:
        return str(self.attributes[constants.AX_VALUE])


class FakeAccessibility:
    def __init__(self, time: FakeTime, permissions: "FakePermissions") -> None:
        self._time = time
        self._permissions = permissions
        self.applications: dict[int, FakeElement] = {}
        self.observed: list[tuple[FakeElement, tuple[str, ...], Callable[[], None]]] = []
        self.tells_numbers = True
        self.observable = True
        self.writes_to_box = True
        self.silent: set[int] = set()
        """Programs that do not answer in time."""

    def application(self, pid: int) -> Element:
        return Element(self.applications.setdefault(pid, FakeElement(pid)))

    def get(self, element: Element, attribute: str) -> Answer:
        thing = _thing(element)
        status = self._status(thing)
        if status == constants.AX_ERROR_SUCCESS and attribute not in thing.attributes:
            status = constants.AX_ERROR_ATTRIBUTE_UNSUPPORTED
        if status != constants.AX_ERROR_SUCCESS:
            return Answer(status=status)
        return Answer(status=status, value=thing.attributes[attribute])

    def set(self, element: Element, attribute: str, value: object) -> int:
        thing = _thing(element)
        status = thing.refused.get(attribute, self._status(thing))
        if status == constants.AX_ERROR_SUCCESS:
            if attribute == constants.AX_SELECTED_TEXT:
                self._type(thing, str(value))
            else:
                thing.attributes[attribute] = value
        return status

    def settable(self, element: Element, attribute: str) -> bool:
        thing = _thing(element)
        return attribute not in thing.refused and self._status(thing) == constants.AX_ERROR_SUCCESS

    def perform(self, element: Element, action: str) -> int:
        thing = _thing(element)
        thing.performed.append(action)
        return self._status(thing)

    def window_number(self, window: Element) -> int | None:
        return _thing(window).number if self.tells_numbers else None

    def observe(
        self, pid: int, element: Element, notifications: Sequence[str], action: Callable[[], None]
    ) -> Cancel | None:
        thing = _thing(element)
        assert thing.pid == pid
        if not self.observable or self._status(thing) != constants.AX_ERROR_SUCCESS:
            return None
        entry = thing, tuple(notifications), action
        self.observed.append(entry)

        def cancel() -> None:
            if entry in self.observed:
                self.observed.remove(entry)

        return cancel

    def notify(self, thing: FakeElement, notification: str) -> None:
        for observed, notifications, action in self.observed:
            if observed is thing and notification in notifications:
                self._time.call_later(SOON, action)

    def _status(self, thing: FakeElement) -> int:
        if not self._permissions.trust:
            return constants.AX_ERROR_API_DISABLED
        if thing.pid in self.silent:
            return CANNOT_COMPLETE
        return constants.AX_ERROR_INVALID_UI_ELEMENT if thing.dead else constants.AX_ERROR_SUCCESS

    def _type(self, box: FakeElement, text: str) -> None:
        if not self.writes_to_box:
            return
        value = str(box.attributes[constants.AX_VALUE]).encode("utf-16-le")
        selected = box.attributes[constants.AX_SELECTED_TEXT_RANGE]
        assert isinstance(selected, tuple)
        start, length = int(selected[0]), int(selected[1])
        after = value[: 2 * start] + text.encode("utf-16-le") + value[2 * (start + length) :]
        box.attributes[constants.AX_VALUE] = after.decode("utf-16-le")
        box.attributes[constants.AX_SELECTED_TEXT_RANGE] = (start + len(text.encode("utf-16-le")) // 2, 0)


def _thing(element: Element) -> FakeElement:
    thing: object = element
    assert isinstance(thing, FakeElement)
    return thing


class FakePermissions:
    def __init__(self) -> None:
        self.trust = True
        self.post = False
        self.titles = False
        self.asked = 0

    def trusted(self) -> bool:
        return self.trust

    def may_post(self) -> bool:
        return self.post

    def may_see_titles(self) -> bool:
        return self.titles

    def ask_for_trust(self) -> None:
        self.asked += 1


class FakePanel:
    def __init__(self) -> None:
        self.log: list[str] = []
        self.shown = True

    @property
    def visible(self) -> bool:
        return self.shown

    def prepare(self) -> None:
        self.log.append("prepare")

    def place(self, frame: Rect) -> None:
        self.log.append(f"place {frame.x},{frame.y} {frame.width}x{frame.height}")

    def set_level(self, level: int) -> None:
        self.log.append(f"level {level}")

    def stand_above(self, handle: int) -> None:
        self.log.append(f"above {handle}")


class FakeOwnWindows:
    def __init__(self, time: FakeTime) -> None:
        self.ours = FakePanel()
        self.key = False
        self.listeners = Listeners(time)

    def panel(self, handle: int) -> FakePanel | None:
        return self.ours if handle == 1 else None

    def has_keyboard(self) -> bool:
        return self.key

    def give_keyboard_up(self) -> None:
        self.take_keyboard(False)

    def listen(self, action: Callable[[], None]) -> Cancel:
        return self.listeners.add(action)

    def take_keyboard(self, key: bool = True) -> None:
        self.key = key
        self.listeners.tell()


class FakeMac:
    """Implements `Bridge`, and moves windows about as a user and a chat client do."""

    def __init__(self, time: FakeTime) -> None:
        self.keyboard = FakeKeyboard(time)
        self.hotkeys = FakeHotkeys(time)
        self.pasteboard = FakePasteboard(time)
        self.desktop = FakeDesktop(time)
        self.permissions = FakePermissions()
        self.accessibility = FakeAccessibility(time, self.permissions)
        self.own = FakeOwnWindows(time)
        self.closed = False

    def close(self) -> None:
        self.closed = True

    def open(
        self, handle: int, pid: int, title: str, *, program: str = "", frame: Rect | None = None
    ) -> FakeElement:
        """A window comes up in front of the others of its program; it is not active yet."""
        self.desktop.programs.setdefault(pid, program or f"program-{pid}")
        place = frame or Rect(100, 50, 800, 600)
        self.desktop.stack.insert(
            0, ListedWindow(handle=handle, pid=pid, title=title, frame=place, layer=0, visible=True)
        )
        window = FakeElement(pid, **{constants.AX_TITLE: title, constants.AX_ROLE: "AXWindow"})
        window.attributes[constants.AX_POSITION] = float(place.x), float(place.y)
        window.attributes[constants.AX_SIZE] = float(place.width), float(place.height)
        window.number = handle
        application = _thing(self.accessibility.application(pid))
        windows = application.attributes.setdefault(constants.AX_WINDOWS, [])
        assert isinstance(windows, list)
        windows.append(window)
        application.attributes[constants.AX_FOCUSED_WINDOW] = window
        return window

    def activate(self, window: FakeElement) -> None:
        """The user clicks on *window*."""
        assert window.number is not None
        application = _thing(self.accessibility.application(window.pid))
        application.attributes[constants.AX_FOCUSED_WINDOW] = window
        clicked = self.listed(window.number)
        self.desktop.stack.remove(clicked)
        self.desktop.stack.insert(0, clicked)
        if self.desktop.front_pid == window.pid:
            self.accessibility.notify(application, constants.AX_FOCUSED_WINDOW_CHANGED)
        else:
            self.desktop.front_pid = window.pid
            self.desktop.listeners.tell()

    def listed(self, handle: int) -> ListedWindow:
        return next(each for each in self.desktop.stack if each.handle == handle)

    def change(
        self,
        window: FakeElement,
        *,
        frame: Rect | None = None,
        visible: bool | None = None,
        title: str | None = None,
    ) -> None:
        """What the window server says of *window* from now on; nobody is told."""
        assert window.number is not None
        before = self.listed(window.number)
        after = replace(
            before,
            frame=before.frame if frame is None else frame,
            visible=before.visible if visible is None else visible,
            title=before.title if title is None else title,
        )
        self.desktop.stack[self.desktop.stack.index(before)] = after
        window.attributes[constants.AX_TITLE] = after.title
        window.attributes[constants.AX_POSITION] = float(after.frame.x), float(after.frame.y)

    def shut(self, window: FakeElement) -> None:
        """The window is closed and leaves every list."""
        assert window.number is not None
        self.desktop.stack.remove(self.listed(window.number))
        window.dead = True
