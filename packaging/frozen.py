"""Where the built program begins: the command `sidebar`, and modules of ours in a process of their own.

`ShopSidebar.exe -m MODULE …` does for modules of ours what `python -m` does; their helper processes
are started so. A program without a console has no standard error: what it would say there when it
ends badly stands in a message box instead.
"""

import io
import runpy
import sys
from collections import deque

from sidebar.cli import main

_STOP = 0x10  # MB_ICONERROR of WinUser.h
_IN_FRONT = 0x10000  # MB_SETFOREGROUND


class LastWords(io.TextIOBase):
    """A standard error that keeps the last lines in mind."""

    def __init__(self) -> None:
        self._parts = deque[str](maxlen=40)

    def write(self, text: str, /) -> int:
        self._parts.append(text)
        return len(text)

    def told(self, mark: str) -> str:
        """The lines that begin with *mark*, without it."""
        lines = "".join(self._parts).splitlines()
        return "\n".join(line.removeprefix(mark) for line in lines if line.startswith(mark))


def begin() -> int:
    match sys.argv[1:]:
        case ["-m", module, *_] if module.startswith("sidebar."):
            del sys.argv[1:3]
            runpy.run_module(module, run_name="__main__", alter_sys=True)
            return 0
    if sys.stderr is not None:
        return main()
    sys.stderr = words = LastWords()
    status = main()
    if status and (told := words.told("sidebar: ")):
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, told, "侧栏 Shop Sidebar", _STOP | _IN_FRONT)  # type: ignore[attr-defined,unused-ignore]
    return status


if __name__ == "__main__":
    raise SystemExit(begin())
