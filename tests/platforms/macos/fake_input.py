"""A Mac's keyboard and Carbon's hotkeys in memory, with hands on them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from sidebar.platforms.macos import constants
from sidebar.platforms.macos.bridge import Stroke
from sidebar.ports import Cancel
from tests.fakes import FakeTime

SOON = timedelta(0)
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
            return -9878  # eventHotKeyExistsErr
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
