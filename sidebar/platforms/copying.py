"""Copying a text from the command line, by the pyperclip package.

A command ends at once, and where programs serve what they copied themselves, as on X11, somebody has
to stay behind for it: pyperclip leaves that to xclip or xsel, on Wayland to wl-copy.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sidebar.errors import PlatformError


def copy(text: str) -> None:
    """Put *text* on the user's clipboard; raises PlatformError where nothing here can."""
    import pyperclip

    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise PlatformError("There is no screen, so there is no clipboard; run it where the chat client is.")
    lines = text.replace("\n", "\r\n") if sys.platform == "win32" else text
    try:
        with _without_output():
            pyperclip.copy(lines)
        # a tool that could not reach the screen does not fail
        copied = sys.platform != "linux" or pyperclip.paste() == text
    except pyperclip.PyperclipException as error:
        raise PlatformError(_remedy()) from error
    if not copied:
        raise PlatformError(_remedy())


def _remedy() -> str:
    if sys.platform == "linux":
        return "Nothing here can copy for a command; install xclip or xsel (on Wayland wl-clipboard)."
    else:
        return "Another program holds the clipboard; try again in a moment."


@contextmanager
def _without_output() -> Iterator[None]:
    """Let no process started meanwhile have our output: who reads that would wait for its end as well."""
    kept = {stream: os.dup(stream) for stream in (1, 2)}
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        for stream in kept:
            os.dup2(nowhere, stream)
        yield
    finally:
        for stream, before in kept.items():
            os.dup2(before, stream)
            os.close(before)
        os.close(nowhere)
