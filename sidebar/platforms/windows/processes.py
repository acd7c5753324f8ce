"""Which program a process runs, and whether Windows lets us press keys for it."""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes.wintypes import DWORD, HANDLE
from typing import Protocol

from sidebar.platforms.windows import win32
from sidebar.platforms.windows.win32 import Libraries

_LONGEST_PATH = 32768


class Processes(Protocol):
    """Other programs' processes, by id."""

    def program(self, process: int) -> str:
        """The file name of its program (`AliWorkbench.exe`); '' where that is not told."""

    def elevated(self, process: int) -> bool:
        """Whether it has more rights than we have, so that keys we send would be dropped unsaid."""


class Win32Processes:
    """Implements `Processes`.

    Input may be sent to programs of equal or lower integrity only, and SendInput does not say
    when it was dropped for that (User Interface Privilege Isolation). A process that does not
    let us look at its token is taken for one with more rights.
    """

    def __init__(self, libraries: Libraries) -> None:
        self._kernel32 = libraries.kernel32
        self._advapi32 = libraries.advapi32
        self._own = self._token_elevated(int(self._kernel32.GetCurrentProcess()))

    def program(self, process: int) -> str:
        """The file name of its program; '' where that is not told."""
        path = ctypes.create_unicode_buffer(_LONGEST_PATH)
        length = DWORD(_LONGEST_PATH)
        with self._opened(process) as handle:
            if handle and self._kernel32.QueryFullProcessImageNameW(handle, 0, path, ctypes.byref(length)):
                return path.value.rpartition("\\")[2]
        return ""

    def elevated(self, process: int) -> bool:
        """Whether it has more rights than we have."""
        if self._own or process == os.getpid():
            return False
        with self._opened(process) as handle:
            return not handle or self._token_elevated(handle)

    @contextmanager
    def _opened(self, process: int) -> Iterator[int]:
        handle = self._kernel32.OpenProcess(win32.PROCESS_QUERY_LIMITED_INFORMATION, False, process)
        try:
            yield int(handle or 0)
        finally:
            if handle:
                self._kernel32.CloseHandle(handle)

    def _token_elevated(self, handle: int) -> bool:
        token = HANDLE()
        if not self._advapi32.OpenProcessToken(handle, win32.TOKEN_QUERY, ctypes.byref(token)):
            return True
        elevation, length = DWORD(), DWORD()
        try:
            told = self._advapi32.GetTokenInformation(
                token, win32.TOKEN_ELEVATION_CLASS, ctypes.byref(elevation), 4, ctypes.byref(length)
            )
        finally:
            self._kernel32.CloseHandle(token)
        return not told or elevation.value != 0
