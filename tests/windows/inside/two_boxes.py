"""A client of the plainest kind: two input boxes in a window that forgets which of them had the focus."""

import ctypes
import sys
from ctypes.wintypes import HWND, LPARAM, MSG, UINT, WPARAM
from typing import Any

_TITLE = "王小姐"
_VISIBLE, _OVERLAPPED, _CHILD, _BORDER, _MULTILINE = 0x10000000, 0x00CF0000, 0x40000000, 0x00800000, 0x4
_WM_DESTROY = 0x0002
_WINDOW_COLOUR = 6  # COLOR_WINDOW + 1


def main() -> int:
    windll: Any = ctypes.windll  # type: ignore[attr-defined,unused-ignore]
    functype: Any = ctypes.WINFUNCTYPE  # type: ignore[attr-defined,unused-ignore]
    user32 = windll.user32
    procedure_type = functype(LPARAM, HWND, UINT, WPARAM, LPARAM)
    user32.DefWindowProcW.argtypes = [HWND, UINT, WPARAM, LPARAM]
    user32.DefWindowProcW.restype = LPARAM

    def answer(window: int, message: int, wide: int, long: int) -> int:
        if message == _WM_DESTROY:
            user32.PostQuitMessage(0)
        return int(user32.DefWindowProcW(window, message, wide, long))

    class WindowClass(ctypes.Structure):
        _fields_ = (
            ("style", UINT),
            ("procedure", procedure_type),
            ("extra", ctypes.c_int * 2),
            *((name, ctypes.c_void_p) for name in ("instance", "icon", "cursor", "background")),
            ("menu", ctypes.c_wchar_p),
            ("name", ctypes.c_wchar_p),
        )

    kind = WindowClass(procedure=procedure_type(answer), background=_WINDOW_COLOUR, name="TwoBoxes")
    user32.RegisterClassW(ctypes.byref(kind))
    style = _OVERLAPPED | _VISIBLE
    window = user32.CreateWindowExW(0, "TwoBoxes", _TITLE, style, 60, 40, 700, 900, None, None, None, None)
    for top in (100, 500):
        box = _CHILD | _VISIBLE | _BORDER | _MULTILINE
        user32.CreateWindowExW(0, "EDIT", "", box, 20, top, 600, 200, window, None, None, None)
    message = MSG()
    while user32.GetMessageW(ctypes.byref(message), None, 0, 0) > 0:
        user32.TranslateMessage(ctypes.byref(message))
        user32.DispatchMessageW(ctypes.byref(message))
    return 0


if __name__ == "__main__":
    sys.exit(main())
