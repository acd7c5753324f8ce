"""Our constants against the documentation's, written down a second time from it."""

import ctypes
import sys
from collections.abc import Callable

import pytest

from sidebar.errors import PlatformError
from sidebar.platforms.windows import create, win32
from sidebar.ports import Cancel
from tests.fakes import FakeTime

# "Window Styles", "Extended Window Styles", "SetWindowPos", "GetWindow", "GetAncestor", "ShowWindow",
# "DWMWINDOWATTRIBUTE", the pages of the messages, "Event Constants", "Object Identifiers",
# "RegisterHotKey", "Virtual-Key Codes", "KEYBDINPUT", "Standard Clipboard Formats", "GlobalAlloc",
# "Process Security and Access Rights", "TOKEN_INFORMATION_CLASS" on learn.microsoft.com
DOCUMENTED = """
WS_POPUP 0x80000000
WS_EX_TOPMOST 0x00000008
WS_EX_TOOLWINDOW 0x00000080
WS_EX_APPWINDOW 0x00040000
WS_EX_NOACTIVATE 0x08000000
GWL_EXSTYLE -20
GA_ROOT 2
GW_HWNDPREV 3
GW_OWNER 4
HWND_TOPMOST -1
HWND_NOTOPMOST -2
SW_RESTORE 9
SWP_NOSIZE 0x0001
SWP_NOMOVE 0x0002
SWP_NOZORDER 0x0004
SWP_NOACTIVATE 0x0010
SWP_NOOWNERZORDER 0x0200
DWMWA_EXTENDED_FRAME_BOUNDS 9
DWMWA_CLOAKED 14
WM_NULL 0x0000
WM_APP 0x8000
WM_INPUTLANGCHANGE 0x0051
WM_POWERBROADCAST 0x0218
PBT_APMRESUMEAUTOMATIC 0x12
WM_WTSSESSION_CHANGE 0x02B1
WTS_SESSION_UNLOCK 0x8
NOTIFY_FOR_THIS_SESSION 0
WM_RENDERFORMAT 0x0305
WM_HOTKEY 0x0312
WM_IME_CONTROL 0x0283
IMC_GETCONVERSIONMODE 0x0001
IMC_GETOPENSTATUS 0x0005
IME_CMODE_NATIVE 0x0001
SMTO_ABORTIFHUNG 0x0002
EVENT_SYSTEM_FOREGROUND 0x0003
EVENT_SYSTEM_MINIMIZESTART 0x0016
EVENT_SYSTEM_MINIMIZEEND 0x0017
EVENT_OBJECT_DESTROY 0x8001
EVENT_OBJECT_HIDE 0x8003
EVENT_OBJECT_FOCUS 0x8005
EVENT_OBJECT_LOCATIONCHANGE 0x800B
EVENT_OBJECT_NAMECHANGE 0x800C
EVENT_OBJECT_CLOAKED 0x8017
EVENT_OBJECT_UNCLOAKED 0x8018
WINEVENT_OUTOFCONTEXT 0x0000
OBJID_WINDOW 0x00000000
OBJID_CLIENT -4
MOD_ALT 0x0001
MOD_CONTROL 0x0002
MOD_SHIFT 0x0004
MOD_WIN 0x0008
MOD_NOREPEAT 0x4000
VK_SHIFT 0x10
VK_CONTROL 0x11
VK_MENU 0x12
VK_LWIN 0x5B
VK_RWIN 0x5C
INPUT_KEYBOARD 1
KEYEVENTF_EXTENDEDKEY 0x0001
KEYEVENTF_KEYUP 0x0002
MAPVK_VK_TO_VSC 0
CF_BITMAP 2
CF_METAFILEPICT 3
CF_DIB 8
CF_PALETTE 9
CF_UNICODETEXT 13
CF_ENHMETAFILE 14
CF_HDROP 15
CF_DIBV5 17
CF_OWNERDISPLAY 0x0080
CF_DSPBITMAP 0x0082
CF_DSPMETAFILEPICT 0x0083
CF_DSPENHMETAFILE 0x008E
CF_PRIVATEFIRST 0x0200
CF_GDIOBJLAST 0x03FF
GMEM_MOVEABLE 0x0002
PROCESS_QUERY_LIMITED_INFORMATION 0x1000
TOKEN_QUERY 0x0008
TOKEN_ELEVATION_CLASS 20
"""


def _documented() -> dict[str, int]:
    return {name: int(value, 0) for name, value in (line.split() for line in DOCUMENTED.strip().splitlines())}


def test_every_constant_has_the_documented_value() -> None:
    ours = {name: value for name, value in vars(win32).items() if name.isupper() and isinstance(value, int)}
    assert ours == _documented()


@pytest.mark.skipif(sys.platform != "win32", reason="LONG is longer elsewhere")
def test_a_key_stroke_has_the_size_that_send_input_demands() -> None:
    assert ctypes.sizeof(win32.INPUT) == (40 if sys.maxsize > 2**32 else 28)


@pytest.mark.skipif(sys.platform == "win32", reason="there it is had")
def test_the_platform_is_refused_elsewhere_in_one_sentence() -> None:
    with pytest.raises(PlatformError, match="needs Windows"):
        create(readiness=_NothingToRead(), scheduler=FakeTime())


class _NothingToRead:
    def watch(self, descriptor: int, action: Callable[[], object]) -> Cancel:
        raise AssertionError(f"{descriptor} is watched for {action}")


def test_a_hook_answers_as_many_bits_as_windows_reads() -> None:
    assert win32.hook_procedure(win32.RECT)._restype_ is win32.LRESULT
