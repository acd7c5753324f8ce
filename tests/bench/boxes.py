"""Input boxes that tell the moment a text stands whole in them: a plain one and the real client's."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from sidebar.domain.insertion import Rect
from tests.bench import figures
from tests.bench.box_events import BoxEvents, Change
from tests.e2e.rig.desktop import Desktop
from tests.e2e.rig.hands import Hands, Window
from tests.e2e.rig.waiting import PATIENCE, NeverHappenedError

CLASS = "BenchBox"
SYSTEM_PYTHON = "/usr/bin/python3"
"""Debian's own, which has its GTK and python-xlib."""

_PLACE = Rect(300, 660, 640, 240)
_SCRIPT = Path(__file__).with_name("plain_box.py")


class Box(Protocol):
    """A box in a window that is in front; `moments` are monotonic seconds taken where the text is."""

    name: str
    window: Window

    def empty(self) -> None:
        """Empty it, and return once that is seen."""

    def moment_of(self, text: str, timeout: timedelta) -> float | None:
        """When, since it was emptied, *text* and nothing else stood in it; None where it never does."""


@dataclass(frozen=True, slots=True)
class _State:
    text: str
    at: float


class _Told:
    """What a box told of itself since it was emptied; told on one thread, asked on another."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._states: list[_State] = []

    def tell(self, text: str, at: float) -> None:
        with self._news:
            self._states.append(_State(text, at))
            self._news.notify_all()

    def forget(self) -> None:
        with self._news:
            self._states.clear()

    def moment_of(self, text: str, timeout: timedelta) -> float | None:
        def moment() -> float | None:
            return next((state.at for state in self._states if state.text == text), None)

        with self._news:
            return self._news.wait_for(moment, timeout.total_seconds())


class PlainBox:
    """A GTK text box in a program of its own, whose clock is the machine's."""

    name = figures.PLAIN

    def __init__(self, desktop: Desktop, hands: Hands, customer: str) -> None:
        self._told = _Told()
        self._program = desktop.run(SYSTEM_PYTHON, _SCRIPT, customer, CLASS.lower(), CLASS, pipes=True)
        listener = threading.Thread(target=self._listen, name="hears the box", daemon=True)
        listener.start()
        self.window = hands.wait_for(lambda: hands.find(CLASS), "plain box")
        hands.place(self.window, _PLACE)

    def empty(self) -> None:
        self._told.forget()
        self._program.stdin.write(b"empty\n")
        self._program.stdin.flush()
        if self._told.moment_of("", PATIENCE) is None:
            raise NeverHappenedError("the plain box was not emptied")
        self._told.forget()

    def moment_of(self, text: str, timeout: timedelta) -> float | None:
        return self._told.moment_of(text, timeout)

    def _listen(self) -> None:
        for line in self._program.stdout:
            match json.loads(line):
                case {"text": str(text), "at": float(at)}:
                    self._told.tell(text, at)


class ClientBox:
    """The input box of a real chat client, heard over the accessibility bus.

    The events cost what hearing them costs: against the box's own clock they come 0.4 ms late
    (p95 1.4 ms, of 60 texts), for every program alike.
    """

    name = figures.CLIENT

    def __init__(self, desktop: Desktop, hands: Hands, window: Window, *, pid: int) -> None:
        self.window = window
        self._hands = hands
        self._told = _Told()
        self._text = ""
        self._box: str | None = None
        self._events = BoxEvents(desktop.bus, pid=pid, changed=self._on_changed)
        self._find()

    def close(self) -> None:
        self._events.close()

    def empty(self) -> None:
        """Select all and delete, as a hand does."""
        self._hands.press("ctrl+a")
        self._hands.press("BackSpace")
        self._wait(lambda: not self._text, "empty box")
        self._told.forget()

    def moment_of(self, text: str, timeout: timedelta) -> float | None:
        return self._told.moment_of(text, timeout)

    def _find(self) -> None:
        """The box is whatever takes a key."""
        self._hands.activate(self.window)
        self._hands.press("x")
        self._wait(lambda: self._box is not None, "input box that takes a key")
        self.empty()

    def _on_changed(self, change: Change) -> None:
        if self._box is None and change.inserted and change.text == "x":
            self._box = change.box
        if change.box != self._box:
            return
        self._text = change.applied_to(self._text)
        self._told.tell(self._text, change.at)

    def _wait(self, condition: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE.total_seconds()
        while not condition():
            if time.monotonic() > deadline:
                raise NeverHappenedError(f"no {what} in {self.name}")
            time.sleep(0.005)
