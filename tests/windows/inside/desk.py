"""The desktop as its own programs see it: windows, text, clipboard and files, told and changed when asked.

It has the clipboard like any program one copies from, so it lives as long as what it copied.
"""

import ctypes
import json
import sqlite3
import sys
from contextlib import closing
from ctypes.wintypes import DWORD, HWND, LPARAM, RECT
from pathlib import Path, PureWindowsPath
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QColor, QGuiApplication, QImage

from tests.windows.inside.answering import Answering

_WM_NULL, _WM_GETTEXT, _WM_GETTEXTLENGTH = 0x0000, 0x000D, 0x000E
_IDOK = 1
_SW_MINIMIZE, _SW_RESTORE = 6, 9
_SWP_NOZORDER_NOACTIVATE = 0x0004 | 0x0010
_PROCESS_TERMINATE, _PROCESS_QUERY_LIMITED_INFORMATION = 0x0001, 0x1000
_NOT_MEMORY = (2, 3, 9, 14)  # CF_BITMAP, CF_METAFILEPICT, CF_PALETTE, CF_ENHMETAFILE: handles of pictures
_LONGEST = 32_768


class _GuiThreadInfo(ctypes.Structure):
    _fields_ = (
        ("size", DWORD),
        ("flags", DWORD),
        *((name, HWND) for name in ("active", "focus", "capture", "menu_owner", "move_size", "caret")),
        ("caret_place", RECT),
    )


class Desk:
    """Windows are told and named by their handles."""

    def __init__(self) -> None:
        windll: Any = ctypes.windll  # type: ignore[attr-defined,unused-ignore]
        self._user32, self._kernel32 = windll.user32, windll.kernel32
        self._user32.SendMessageW.argtypes = [HWND, ctypes.c_uint, ctypes.c_size_t, ctypes.c_void_p]
        self._user32.GetClipboardData.restype = ctypes.c_void_p
        for function in (self._kernel32.GlobalSize, self._kernel32.GlobalLock, self._kernel32.GlobalUnlock):
            function.argtypes = [ctypes.c_void_p]
            function.restype = ctypes.c_void_p

    def windows(self) -> list[dict[str, object]]:
        """The visible top-level windows, the highest first; a minimised one is visible, too."""
        found: list[int] = []

        def take(handle: int, _: int) -> bool:
            found.append(handle)
            return True

        kind: Any = ctypes.WINFUNCTYPE(ctypes.c_int, HWND, LPARAM)  # type: ignore[attr-defined,unused-ignore]
        self._user32.EnumWindows(kind(take), 0)
        return [self._told(handle) for handle in found if self._user32.IsWindowVisible(handle)]

    def foreground(self) -> int:
        return int(self._user32.GetForegroundWindow())

    def can_go_on(self, handle: int) -> bool:
        """Whether a dialogue has the keyboard and a button that Enter presses."""
        button = self._user32.GetDlgItem(handle, _IDOK)
        return self.foreground() == handle and bool(self._user32.IsWindowEnabled(button))

    def boxes(self, handle: int) -> list[int]:
        """The input boxes of the window, the first made first."""
        found: list[int] = []
        while box := self._user32.FindWindowExW(handle, found[-1] if found else None, "Edit", None):
            found.append(box)
        return found

    def focus(self, handle: int) -> int:
        """The window that has the focus in the thread of that one; 0 where none has."""
        info = _GuiThreadInfo(size=ctypes.sizeof(_GuiThreadInfo))
        thread = self._user32.GetWindowThreadProcessId(handle, None)
        self._user32.GetGUIThreadInfo(thread, ctypes.byref(info))
        return int(info.focus or 0)

    def text(self, box: int) -> str:
        """What stands in an input box, as that answers itself; lines end with LF."""
        length = self._user32.SendMessageW(box, _WM_GETTEXTLENGTH, 0, None)
        buffer = ctypes.create_unicode_buffer(length + 1)
        self._user32.SendMessageW(box, _WM_GETTEXT, length + 1, buffer)
        return buffer.value.replace("\r\n", "\n")

    def settle(self, handle: int) -> None:
        """Return once the program of the window has seen to what it had been told before."""
        self._user32.SendMessageW(handle, _WM_NULL, 0, None)

    def place(self, handle: int, x: int, y: int, width: int, height: int) -> None:
        self._user32.SetWindowPos(handle, None, x, y, width, height, _SWP_NOZORDER_NOACTIVATE)

    def minimise(self, handle: int) -> None:
        self._user32.ShowWindowAsync(handle, _SW_MINIMIZE)

    def restore(self, handle: int) -> None:
        self._user32.ShowWindowAsync(handle, _SW_RESTORE)

    def activate(self, handle: int) -> None:
        self._user32.SetForegroundWindow(handle)

    def kill(self, handle: int) -> None:
        """End the program of the window, asking nothing."""
        process = DWORD()
        self._user32.GetWindowThreadProcessId(handle, ctypes.byref(process))
        opened = self._kernel32.OpenProcess(_PROCESS_TERMINATE, False, process)
        self._kernel32.TerminateProcess(opened, 1)
        self._kernel32.CloseHandle(opened)

    def copy(self, text: str, html: str = "", colour: str = "") -> None:
        """Copy as an office program does: several formats at once; *colour* is that of a picture."""
        data = QMimeData()
        data.setText(text)
        if html:
            data.setHtml(html)
        if colour:
            picture = QImage(64, 48, QImage.Format.Format_RGB32)
            picture.fill(QColor(colour))
            data.setImageData(picture)
        QGuiApplication.clipboard().setMimeData(data)

    def clipboard(self) -> dict[str, str]:
        """Every format that is memory, by its name or number; the bytes as hexadecimal digits."""
        found, format = {}, 0
        self._user32.OpenClipboard(None)
        while format := self._user32.EnumClipboardFormats(format):
            handle = None if format in _NOT_MEMORY else self._user32.GetClipboardData(format)
            if handle:
                name = ctypes.create_unicode_buffer(_LONGEST)
                self._user32.GetClipboardFormatNameW(format, name, _LONGEST)
                size = self._kernel32.GlobalSize(handle)
                found[name.value or str(format)] = ctypes.string_at(
                    self._kernel32.GlobalLock(handle), size
                ).hex()
                self._kernel32.GlobalUnlock(handle)
        self._user32.CloseClipboard()
        return found

    def events(self, path: str) -> list[object]:
        """What the history file *path* holds; nothing before there is one."""
        if not Path(path).exists():
            return []
        with closing(sqlite3.connect(f"{Path(path).as_uri()}?mode=ro", uri=True)) as database:
            if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchall():
                return []
            return [json.loads(body) for (body,) in database.execute("SELECT body FROM events ORDER BY seq")]

    def _told(self, handle: int) -> dict[str, object]:
        title = ctypes.create_unicode_buffer(_LONGEST)
        self._user32.GetWindowTextW(handle, title, _LONGEST)
        place, process = RECT(), DWORD()
        self._user32.GetWindowRect(handle, ctypes.byref(place))
        self._user32.GetWindowThreadProcessId(handle, ctypes.byref(process))
        return {
            "handle": handle,
            "program": self._program(process.value),
            "title": title.value,
            "place": [place.left, place.top, place.right - place.left, place.bottom - place.top],
            "minimised": bool(self._user32.IsIconic(handle)),
        }

    def _program(self, process: int) -> str:
        path = ctypes.create_unicode_buffer(_LONGEST)
        size = DWORD(_LONGEST)
        handle = self._kernel32.OpenProcess(_PROCESS_QUERY_LIMITED_INFORMATION, False, process)
        self._kernel32.QueryFullProcessImageNameW(handle, 0, path, ctypes.byref(size))
        self._kernel32.CloseHandle(handle)
        return PureWindowsPath(path.value).name


def main() -> int:
    application = QGuiApplication(sys.argv)
    application.setQuitOnLastWindowClosed(False)
    desk = Desk()
    seen = (desk.windows, desk.foreground, desk.can_go_on, desk.boxes, desk.focus, desk.text)
    kept = (desk.clipboard, desk.events)
    done = (desk.settle, desk.place, desk.minimise, desk.restore, desk.activate, desk.kill, desk.copy)
    answering = Answering({each.__name__: each for each in (*seen, *kept, *done)})
    status = application.exec()
    del answering
    return status


if __name__ == "__main__":
    sys.exit(main())
