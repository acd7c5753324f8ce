"""What Windows says of the keyboard and takes from it; the counterpart that tests replace."""

import ctypes
from collections.abc import Sequence
from typing import Protocol

from sidebar.domain.lean import dataclass
from sidebar.platforms.windows import win32
from sidebar.platforms.windows.win32 import Libraries

_DOWN = 0x8000


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key going down or up: its virtual key, its scan code on the layout meant (0 where unknown)."""

    key: int
    scan: int
    up: bool = False
    extended: bool = False


class Keyboard(Protocol):
    """The keyboard of the session."""

    def down(self, *keys: int) -> bool:
        """Whether any of these virtual keys is down this moment, by finger or by program."""

    def press(self, strokes: Sequence[Stroke]) -> int:
        """Put *strokes* among the user's own as one batch; how many were taken."""

    def layout(self, window: int) -> int:
        """The layout that the thread of *window* reads keys by."""

    def key_of(self, character: str, layout: int) -> int | None:
        """The virtual key that gives *character* on *layout*, with Shift or without."""

    def scan_of(self, key: int, layout: int) -> int:
        """The scan code of a virtual key on *layout*; 0 where it is on none."""

    def take(self, window: int, number: int, modifiers: int, key: int) -> bool:
        """Have presses of a combination told to *window* as WM_HOTKEY; False where it cannot be had."""

    def give_back(self, window: int, number: int) -> None: ...


class Win32Keyboard:
    """Implements `Keyboard`."""

    def __init__(self, libraries: Libraries) -> None:
        self._user32 = libraries.user32

    def down(self, *keys: int) -> bool:
        return any(self._user32.GetAsyncKeyState(key) & _DOWN for key in keys)

    def press(self, strokes: Sequence[Stroke]) -> int:
        batch = (win32.INPUT * len(strokes))()
        for place, stroke in zip(batch, strokes, strict=True):
            place.type = win32.INPUT_KEYBOARD
            place.ki.wVk, place.ki.wScan = stroke.key, stroke.scan
            place.ki.dwFlags = (
                win32.KEYEVENTF_EXTENDEDKEY * stroke.extended | win32.KEYEVENTF_KEYUP * stroke.up
            )
        return int(self._user32.SendInput(len(batch), batch, ctypes.sizeof(win32.INPUT)))

    def layout(self, window: int) -> int:
        thread = self._user32.GetWindowThreadProcessId(window, None)
        return int(self._user32.GetKeyboardLayout(thread) or 0)

    def key_of(self, character: str, layout: int) -> int | None:
        found = int(self._user32.VkKeyScanExW(character, layout))
        return None if found == -1 else found & 0xFF

    def scan_of(self, key: int, layout: int) -> int:
        return int(self._user32.MapVirtualKeyExW(key, win32.MAPVK_VK_TO_VSC, layout))

    def take(self, window: int, number: int, modifiers: int, key: int) -> bool:
        return bool(self._user32.RegisterHotKey(window, number, modifiers, key))

    def give_back(self, window: int, number: int) -> None:
        self._user32.UnregisterHotKey(window, number)
