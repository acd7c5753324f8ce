"""Whether there is a screen to show a window on, asked before Qt is: Qt would end the process.

Where Qt finds no screen it aborts with words of its own, a core dump and no exit status of ours.
"""

import os
import sys
from pathlib import Path

from sidebar.errors import PlatformError


def demand_a_screen(name: str) -> None:
    """Raise PlatformError where the desktop *name* has no screen that can be reached."""
    if not sys.platform.startswith("linux"):
        return
    wanted = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if name == "x11" or wanted == "xcb":
        _demand_x()
    elif wanted.startswith("wayland"):
        _demand_wayland()
    elif not wanted and not (os.environ.get("WAYLAND_DISPLAY") and _wayland_answers()):
        _demand_x()  # left to itself, Qt takes the one that answers


def _demand_x() -> None:
    display = _named("DISPLAY")
    if not _x_answers(display):
        raise _unreachable("DISPLAY", display)


def _demand_wayland() -> None:
    display = _named("WAYLAND_DISPLAY")
    if not _wayland_answers():
        raise _unreachable("WAYLAND_DISPLAY", display)


def _named(variable: str) -> str:
    name = os.environ.get(variable, "")
    if not name:
        raise PlatformError(f"There is no screen here ({variable} is not set); start it on a desktop.")
    return name


def _unreachable(variable: str, name: str) -> PlatformError:
    return PlatformError(
        f"The screen {name!r} cannot be reached; start it on a desktop, or set {variable} to one that runs."
    )


def _x_answers(display: str) -> bool:
    """Whether Qt will reach *display*: asked of the library it asks itself, which is loaded anyway.

    Takes 2 ms of the time to the first paint, python-xlib 20.
    """
    import ctypes  # the other desktops have no use for it

    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as error:
        raise PlatformError(f"Qt shows no window here without libxcb; install it ({error}).") from error
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)


def _wayland_answers() -> bool:
    """Whether the compositor's socket is there, where Qt would look for it."""
    return Path(os.environ.get("XDG_RUNTIME_DIR", ""), os.environ["WAYLAND_DISPLAY"]).is_socket()
