"""The windows of the sidebar and its helper that nobody sees: named, or told that the session is unlocked.

Each of the two processes has one.
"""

import ctypes
import json
import sys
from ctypes.wintypes import DWORD, HWND, LPARAM
from typing import Any

_WM_WTSSESSION_CHANGE, _WTS_SESSION_UNLOCK = 0x02B1, 0x8
_NAME = 64


def ours() -> dict[int, int]:
    """The process of each window of our kind."""
    user32: Any = ctypes.windll.user32  # type: ignore[attr-defined,unused-ignore]
    found: dict[int, int] = {}

    def take(handle: int, _: int) -> bool:
        name, process = ctypes.create_unicode_buffer(_NAME), DWORD()
        user32.GetClassNameW(handle, name, _NAME)
        if name.value.startswith("shop-sidebar-"):
            user32.GetWindowThreadProcessId(handle, ctypes.byref(process))
            found[handle] = process.value
        return True

    kind: Any = ctypes.WINFUNCTYPE(ctypes.c_int, HWND, LPARAM)  # type: ignore[attr-defined,unused-ignore]
    user32.EnumWindows(kind(take), 0)
    return found


if __name__ == "__main__":
    windows = ours()
    if "unlock" in sys.argv:
        for window in windows:
            ctypes.windll.user32.PostMessageW(window, _WM_WTSSESSION_CHANGE, _WTS_SESSION_UNLOCK, 0)  # type: ignore[attr-defined,unused-ignore]
    print(json.dumps(sorted(windows.values())))
