"""The raw Win32 interface: constants, structures and prototypes as the Windows SDK has them, no logic.

Importable on every system, so that what is built on it can be type-checked and tested anywhere;
only `Libraries` needs Windows. Names and values are those of the SDK's headers (WinUser.h,
WinBase.h, WinNT.h, WtsApi32.h, dwmapi.h, imm.h).
"""

import ctypes
import sys
from ctypes import POINTER, c_int, c_short, c_size_t, c_ssize_t, c_void_p
from ctypes.wintypes import (
    ATOM,
    BOOL,
    DWORD,
    HANDLE,
    HGLOBAL,
    HINSTANCE,
    HKL,
    HMODULE,
    HWND,
    INT,
    LONG,
    LPARAM,
    LPCWSTR,
    LPVOID,
    LPWSTR,
    MSG,
    RECT,
    UINT,
    WORD,
    WPARAM,
)
from typing import Any, ClassVar

from sidebar.errors import PlatformError

if sys.platform == "win32":
    from ctypes import WINFUNCTYPE as _FUNCTYPE
    from ctypes import get_last_error, set_last_error
else:
    from ctypes import CFUNCTYPE as _FUNCTYPE
    from ctypes import get_errno as get_last_error
    from ctypes import set_errno as set_last_error

__all__ = ["MSG", "RECT", "get_last_error", "set_last_error"]  # passed on; everything else is our own

LRESULT = c_ssize_t
ULONG_PTR = c_size_t

WNDPROC = _FUNCTYPE(LRESULT, HWND, UINT, WPARAM, LPARAM)
WNDENUMPROC = _FUNCTYPE(BOOL, HWND, LPARAM)
WINEVENTPROC = _FUNCTYPE(None, HANDLE, DWORD, HWND, LONG, LONG, DWORD, DWORD)


def hook_procedure(told: Any) -> Any:
    """The type of a low-level hook's procedure that is told of a structure *told*."""
    return _FUNCTYPE(LRESULT, c_int, WPARAM, POINTER(told))


# windows
WS_POPUP = 0x80000000
WS_EX_TOPMOST, WS_EX_TOOLWINDOW = 0x00000008, 0x00000080
WS_EX_APPWINDOW, WS_EX_NOACTIVATE = 0x00040000, 0x08000000
GWL_EXSTYLE = -20
GA_ROOT = 2
GW_HWNDPREV, GW_OWNER = 3, 4
HWND_TOPMOST, HWND_NOTOPMOST = -1, -2
SW_RESTORE = 9
SWP_NOSIZE, SWP_NOMOVE, SWP_NOZORDER = 0x0001, 0x0002, 0x0004
SWP_NOACTIVATE, SWP_NOOWNERZORDER = 0x0010, 0x0200
DWMWA_EXTENDED_FRAME_BOUNDS, DWMWA_CLOAKED = 9, 14

# messages
WM_NULL, WM_APP = 0x0000, 0x8000
WM_INPUTLANGCHANGE = 0x0051
WM_POWERBROADCAST, PBT_APMRESUMEAUTOMATIC = 0x0218, 0x0012
WM_WTSSESSION_CHANGE, WTS_SESSION_UNLOCK, NOTIFY_FOR_THIS_SESSION = 0x02B1, 0x8, 0
WM_RENDERFORMAT = 0x0305
WM_HOTKEY = 0x0312
WM_IME_CONTROL, IMC_GETCONVERSIONMODE, IMC_GETOPENSTATUS, IME_CMODE_NATIVE = 0x0283, 0x0001, 0x0005, 0x0001
SMTO_ABORTIFHUNG = 0x0002

# accessibility events
EVENT_SYSTEM_FOREGROUND = 0x0003
EVENT_SYSTEM_MINIMIZESTART, EVENT_SYSTEM_MINIMIZEEND = 0x0016, 0x0017
EVENT_OBJECT_DESTROY, EVENT_OBJECT_HIDE = 0x8001, 0x8003  # EVENT_OBJECT_SHOW is between them
EVENT_OBJECT_FOCUS = 0x8005
EVENT_OBJECT_LOCATIONCHANGE, EVENT_OBJECT_NAMECHANGE = 0x800B, 0x800C
EVENT_OBJECT_CLOAKED, EVENT_OBJECT_UNCLOAKED = 0x8017, 0x8018
WINEVENT_OUTOFCONTEXT = 0x0000
OBJID_WINDOW, OBJID_CLIENT = 0, -4

# keys
MOD_ALT, MOD_CONTROL, MOD_SHIFT, MOD_WIN, MOD_NOREPEAT = 0x0001, 0x0002, 0x0004, 0x0008, 0x4000
VK_SHIFT, VK_CONTROL, VK_MENU, VK_LWIN, VK_RWIN = 0x10, 0x11, 0x12, 0x5B, 0x5C
INPUT_KEYBOARD = 1
KEYEVENTF_EXTENDEDKEY, KEYEVENTF_KEYUP = 0x0001, 0x0002
MAPVK_VK_TO_VSC = 0

# clipboard
CF_BITMAP, CF_METAFILEPICT, CF_DIB, CF_PALETTE = 2, 3, 8, 9
CF_UNICODETEXT, CF_ENHMETAFILE, CF_HDROP, CF_DIBV5 = 13, 14, 15, 17
CF_OWNERDISPLAY, CF_DSPBITMAP, CF_DSPMETAFILEPICT, CF_DSPENHMETAFILE = 0x0080, 0x0082, 0x0083, 0x008E
CF_PRIVATEFIRST, CF_GDIOBJLAST = 0x0200, 0x03FF
"""From the first private handle to the last GDI object: nothing in between is memory."""
GMEM_MOVEABLE = 0x0002

# processes
PROCESS_QUERY_LIMITED_INFORMATION = 0x1000
TOKEN_QUERY, TOKEN_ELEVATION_CLASS = 0x0008, 20
"""The second is `TokenElevation` of the enumeration TOKEN_INFORMATION_CLASS."""


class WNDCLASSW(ctypes.Structure):
    _fields_: ClassVar = [
        ("style", UINT),
        ("lpfnWndProc", WNDPROC),
        ("cbClsExtra", c_int),
        ("cbWndExtra", c_int),
        ("hInstance", HINSTANCE),
        ("hIcon", HANDLE),
        ("hCursor", HANDLE),
        ("hbrBackground", HANDLE),
        ("lpszMenuName", LPCWSTR),
        ("lpszClassName", LPCWSTR),
    ]


class GUITHREADINFO(ctypes.Structure):
    _fields_: ClassVar = [
        ("cbSize", DWORD),
        ("flags", DWORD),
        ("hwndActive", HWND),
        ("hwndFocus", HWND),
        ("hwndCapture", HWND),
        ("hwndMenuOwner", HWND),
        ("hwndMoveSize", HWND),
        ("hwndCaret", HWND),
        ("rcCaret", RECT),
    ]


class KEYBDINPUT(ctypes.Structure):
    _fields_: ClassVar = [
        ("wVk", WORD),
        ("wScan", WORD),
        ("dwFlags", DWORD),
        ("time", DWORD),
        ("dwExtraInfo", ULONG_PTR),
    ]


class MOUSEINPUT(ctypes.Structure):
    """Never sent; the largest of the three kinds, which gives INPUT its size."""

    _fields_: ClassVar = [
        ("dx", LONG),
        ("dy", LONG),
        ("mouseData", DWORD),
        ("dwFlags", DWORD),
        ("time", DWORD),
        ("dwExtraInfo", ULONG_PTR),
    ]


class _InputKinds(ctypes.Union):
    _fields_: ClassVar = [("ki", KEYBDINPUT), ("mi", MOUSEINPUT)]


class INPUT(ctypes.Structure):
    _anonymous_ = ("kinds",)
    _fields_: ClassVar = [("type", DWORD), ("kinds", _InputKinds)]


_Prototypes = dict[str, tuple[Any, tuple[Any, ...]]]

_USER32: _Prototypes = {
    # our own window and its messages
    "RegisterClassW": (ATOM, (POINTER(WNDCLASSW),)),
    "UnregisterClassW": (BOOL, (LPCWSTR, HINSTANCE)),
    "CreateWindowExW": (
        HWND,
        (DWORD, LPCWSTR, LPCWSTR, DWORD, INT, INT, INT, INT, HWND, HANDLE, HINSTANCE, LPVOID),
    ),
    "DestroyWindow": (BOOL, (HWND,)),
    "DefWindowProcW": (LRESULT, (HWND, UINT, WPARAM, LPARAM)),
    "PostMessageW": (BOOL, (HWND, UINT, WPARAM, LPARAM)),
    "PostThreadMessageW": (BOOL, (DWORD, UINT, WPARAM, LPARAM)),
    "SendMessageTimeoutW": (LRESULT, (HWND, UINT, WPARAM, LPARAM, UINT, UINT, POINTER(ULONG_PTR))),
    "GetMessageW": (INT, (POINTER(MSG), HWND, UINT, UINT)),
    "DispatchMessageW": (LRESULT, (POINTER(MSG),)),
    # other programs' windows
    "EnumWindows": (BOOL, (WNDENUMPROC, LPARAM)),
    "GetForegroundWindow": (HWND, ()),
    "SetForegroundWindow": (BOOL, (HWND,)),
    "BringWindowToTop": (BOOL, (HWND,)),
    "GetWindowThreadProcessId": (DWORD, (HWND, POINTER(DWORD))),
    "GetWindowTextLengthW": (INT, (HWND,)),
    "GetWindowTextW": (INT, (HWND, LPWSTR, INT)),
    "GetClassNameW": (INT, (HWND, LPWSTR, INT)),
    "GetAncestor": (HWND, (HWND, UINT)),
    "GetWindow": (HWND, (HWND, UINT)),
    "GetWindowLongW": (LONG, (HWND, INT)),
    "IsWindow": (BOOL, (HWND,)),
    "IsWindowVisible": (BOOL, (HWND,)),
    "IsIconic": (BOOL, (HWND,)),
    "IsHungAppWindow": (BOOL, (HWND,)),
    "ShowWindowAsync": (BOOL, (HWND, INT)),
    "GetWindowRect": (BOOL, (HWND, POINTER(RECT))),
    "SetWindowPos": (BOOL, (HWND, HWND, INT, INT, INT, INT, UINT)),
    "GetGUIThreadInfo": (BOOL, (DWORD, POINTER(GUITHREADINFO))),
    "AttachThreadInput": (BOOL, (DWORD, DWORD, BOOL)),
    "SetFocus": (HWND, (HWND,)),
    "SetWinEventHook": (HANDLE, (DWORD, DWORD, HMODULE, WINEVENTPROC, DWORD, DWORD, DWORD)),
    "UnhookWinEvent": (BOOL, (HANDLE,)),
    # keys
    "RegisterHotKey": (BOOL, (HWND, INT, UINT, UINT)),
    "UnregisterHotKey": (BOOL, (HWND, INT)),
    "GetAsyncKeyState": (c_short, (INT,)),
    "SendInput": (UINT, (UINT, POINTER(INPUT), INT)),
    "MapVirtualKeyExW": (UINT, (UINT, UINT, HKL)),
    "VkKeyScanExW": (c_short, (ctypes.c_wchar, HKL)),
    "GetKeyboardLayout": (HKL, (DWORD,)),
    # clipboard
    "OpenClipboard": (BOOL, (HWND,)),
    "CloseClipboard": (BOOL, ()),
    "EmptyClipboard": (BOOL, ()),
    "EnumClipboardFormats": (UINT, (UINT,)),
    "IsClipboardFormatAvailable": (BOOL, (UINT,)),
    "GetClipboardData": (HANDLE, (UINT,)),
    "SetClipboardData": (HANDLE, (UINT, HANDLE)),
    "RegisterClipboardFormatW": (UINT, (LPCWSTR,)),
    "GetClipboardFormatNameW": (INT, (UINT, LPWSTR, INT)),
    "GetClipboardSequenceNumber": (DWORD, ()),
    "GetClipboardOwner": (HWND, ()),
    "GetOpenClipboardWindow": (HWND, ()),
}

_KERNEL32: _Prototypes = {
    "GetModuleHandleW": (HMODULE, (LPCWSTR,)),
    "GetCurrentThreadId": (DWORD, ()),
    "GetCurrentProcess": (HANDLE, ()),
    "GlobalAlloc": (HGLOBAL, (UINT, c_size_t)),
    "GlobalFree": (HGLOBAL, (HGLOBAL,)),
    "GlobalLock": (c_void_p, (HGLOBAL,)),
    "GlobalUnlock": (BOOL, (HGLOBAL,)),
    "GlobalSize": (c_size_t, (HGLOBAL,)),
    "OpenProcess": (HANDLE, (DWORD, BOOL, DWORD)),
    "CloseHandle": (BOOL, (HANDLE,)),
    "QueryFullProcessImageNameW": (BOOL, (HANDLE, DWORD, LPWSTR, POINTER(DWORD))),
}

_ADVAPI32: _Prototypes = {
    "OpenProcessToken": (BOOL, (HANDLE, DWORD, POINTER(HANDLE))),
    "GetTokenInformation": (BOOL, (HANDLE, INT, LPVOID, DWORD, POINTER(DWORD))),
}

_DWMAPI: _Prototypes = {"DwmGetWindowAttribute": (LONG, (HWND, DWORD, LPVOID, DWORD))}

_WTSAPI32: _Prototypes = {
    "WTSRegisterSessionNotification": (BOOL, (HWND, DWORD)),
    "WTSUnRegisterSessionNotification": (BOOL, (HWND,)),
}

_IMM32: _Prototypes = {"ImmGetDefaultIMEWnd": (HWND, (HWND,))}


class Libraries:
    """The system's libraries, every function with its prototype; raises PlatformError off Windows."""

    def __init__(self) -> None:
        self.user32 = _library("user32", _USER32)
        self.kernel32 = _library("kernel32", _KERNEL32)
        self.advapi32 = _library("advapi32", _ADVAPI32)
        self.dwmapi = _library("dwmapi", _DWMAPI)
        self.wtsapi32 = _library("wtsapi32", _WTSAPI32)
        self.imm32 = _library("imm32", _IMM32)


def _library(name: str, prototypes: _Prototypes) -> Any:
    """A library of our own, as prototypes are not shared with other users; it keeps the last error."""
    if sys.platform == "win32":
        library = ctypes.WinDLL(name, use_last_error=True)
        for function, (result, arguments) in prototypes.items():
            entry = getattr(library, function)
            entry.restype, entry.argtypes = result, arguments
        return library
    else:
        raise PlatformError("The windows platform needs Windows; leave --platform away to use this desktop.")
