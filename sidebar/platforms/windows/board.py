"""What Windows says of the clipboard and takes for it; the counterpart that tests replace."""

import ctypes
from collections.abc import Sequence
from ctypes.wintypes import DWORD
from typing import Protocol

from sidebar.platforms.windows import win32
from sidebar.platforms.windows.win32 import Libraries

_LONGEST_NAME = 256


class Board(Protocol):
    """The clipboard of the session; between `open` and `close` no other program gets at it.

    A format is a number; `number` and `name` are for those that a program has named.
    """

    def open(self, window: int) -> bool:
        """Take the clipboard for *window* (0: for this thread); False while another program has it."""

    def close(self) -> None: ...

    def clear(self) -> bool:
        """Make the open clipboard empty and the window that opened it its owner."""

    def formats(self) -> Sequence[int]:
        """What the open clipboard offers, in its owner's order, then what the system makes of that."""

    def read(self, format: int, most: int) -> bytes | None:
        """One format's memory; None where it cannot be had or is longer than *most*.

        Asks the owner where it has not been given yet, and waits for it.
        """

    def write(self, format: int, data: bytes) -> bool:
        """Put *data* on the open clipboard, or where it was promised."""

    def promise(self, format: int) -> bool:
        """Offer *format* without its data: WM_RENDERFORMAT asks the owner for it when it is wanted."""

    def offers(self, format: int) -> bool: ...

    def owner(self) -> int:
        """The window that put there what is there; 0 where there is none."""

    def opened_by(self) -> int:
        """The process that has the clipboard open; 0 where it gave no window or nobody has."""

    def sequence(self) -> int:
        """A number that is another one after each change."""

    def number(self, name: str) -> int: ...

    def name(self, format: int) -> str:
        """'' where the number has no name: it is one of the system's own."""


class Win32Board:
    """Implements `Board`."""

    def __init__(self, libraries: Libraries) -> None:
        self._user32 = libraries.user32
        self._kernel32 = libraries.kernel32

    def open(self, window: int) -> bool:
        return bool(self._user32.OpenClipboard(window or None))

    def close(self) -> None:
        self._user32.CloseClipboard()

    def clear(self) -> bool:
        return bool(self._user32.EmptyClipboard())

    def formats(self) -> Sequence[int]:
        found: list[int] = []
        while format := int(self._user32.EnumClipboardFormats(found[-1] if found else 0)):
            found.append(format)
        return found

    def read(self, format: int, most: int) -> bytes | None:
        handle = self._user32.GetClipboardData(format)
        size = int(self._kernel32.GlobalSize(handle)) if handle else 0
        start = self._kernel32.GlobalLock(handle) if 0 < size <= most else None
        if not start:
            return None
        try:
            return ctypes.string_at(start, size)
        finally:
            self._kernel32.GlobalUnlock(handle)

    def write(self, format: int, data: bytes) -> bool:
        handle = self._kernel32.GlobalAlloc(win32.GMEM_MOVEABLE, len(data))
        start = self._kernel32.GlobalLock(handle) if handle else None
        if not start:
            return False
        ctypes.memmove(start, data, len(data))
        self._kernel32.GlobalUnlock(handle)
        if self._user32.SetClipboardData(format, handle):
            return True  # the system's own from here on
        self._kernel32.GlobalFree(handle)
        return False

    def promise(self, format: int) -> bool:
        # Answers NULL either way, as that is what it was given; only the last error tells.
        win32.set_last_error(0)
        self._user32.SetClipboardData(format, None)
        return win32.get_last_error() == 0

    def offers(self, format: int) -> bool:
        return bool(self._user32.IsClipboardFormatAvailable(format))

    def owner(self) -> int:
        return int(self._user32.GetClipboardOwner() or 0)

    def opened_by(self) -> int:
        process = DWORD()
        window = self._user32.GetOpenClipboardWindow()
        if window:
            self._user32.GetWindowThreadProcessId(window, ctypes.byref(process))
        return process.value

    def sequence(self) -> int:
        return int(self._user32.GetClipboardSequenceNumber())

    def number(self, name: str) -> int:
        return int(self._user32.RegisterClipboardFormatW(name))

    def name(self, format: int) -> str:
        name = ctypes.create_unicode_buffer(_LONGEST_NAME)
        self._user32.GetClipboardFormatNameW(format, name, _LONGEST_NAME)
        return name.value
