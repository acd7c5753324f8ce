"""A bridge on the test's own event loop, and other threads to speak to it from."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from pytestqt.qtbot import QtBot

from sidebar.domain.events import Event
from sidebar.qt.doors import Enter
from sidebar.qt.event_loop import QtScheduler
from sidebar.services.bridging import Bridge
from sidebar.services.journal import Journal
from tests.fakes import FakeHistory

T = TypeVar("T")

_NOBODY = 65534
_KNOCK = """
import os, socket, sys
os.setgid({nobody}); os.setuid({nobody})
line = socket.socket(socket.AF_UNIX)
try:
    line.connect(sys.argv[1])
    line.sendall(sys.stdin.buffer.read())
    print("heard" if line.recv(100) else "cut off")
except OSError as error:
    print(type(error).__name__)
"""


class Bridged:
    """A bridge behind a real door, on the event loop of the test."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.history = FakeHistory()
        self.told: list[Event] = []
        self.scheduler = QtScheduler()
        self.journal = Journal(history=self.history, scheduler=self.scheduler, on_trouble=lambda _: None)
        self.journal.listen(self.told.append)
        self.enter: Enter = Bridge(journal=self.journal, scheduler=self.scheduler).take
        self._elsewhere = ThreadPoolExecutor(4)

    def meanwhile(self, work: Callable[[], T]) -> "Future[T]":
        """Have *work* done on another thread."""
        return self._elsewhere.submit(work)

    def done(self, work: Callable[[], T]) -> T:
        """What *work* comes to on another thread, while the loop goes on here."""
        doing = self.meanwhile(work)
        self.qtbot.waitUntil(doing.done, timeout=20_000)
        return doing.result()

    def end(self) -> None:
        self._elsewhere.shutdown()


def knock_as_nobody(address: str, words: bytes) -> str:
    """What comes of another user's saying *words* at *address*; only root can be somebody else."""
    command = [sys.executable, "-I", "-c", _KNOCK.format(nobody=_NOBODY), address]
    knocking = subprocess.run(command, input=words, capture_output=True, check=True, cwd="/", timeout=30)
    return knocking.stdout.decode().strip()
