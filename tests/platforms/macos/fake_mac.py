"""A Mac in memory: what `bridge` asks for, with hands on it and every effect recorded.

Callbacks come through the scheduler, as the real bridge's do. What it does is what Apple's
documentation says; where a real Mac may do otherwise, a test says which of the two it relies on.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sidebar.domain.insertion import Rect
from sidebar.platforms.macos import constants
from sidebar.platforms.macos.bridge import ListedWindow
from sidebar.ports import Cancel
from tests.fakes import FakeTime
from tests.platforms.macos.fake_elements import FakeAccessibility, FakeElement, FakePermissions, thing_of
from tests.platforms.macos.fake_input import FakeHotkeys, FakeKeyboard, Listeners
from tests.platforms.macos.fake_pasteboard import FakePasteboard

OWN = 99
"""Our own process id."""


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
        application = thing_of(self.accessibility.application(pid))
        windows = application.attributes.setdefault(constants.AX_WINDOWS, [])
        assert isinstance(windows, list)
        windows.append(window)
        application.attributes[constants.AX_FOCUSED_WINDOW] = window
        return window

    def activate(self, window: FakeElement) -> None:
        """The user clicks on *window*."""
        assert window.number is not None
        application = thing_of(self.accessibility.application(window.pid))
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
