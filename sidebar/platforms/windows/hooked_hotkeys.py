"""The sidebar's end of the typing helper: hotkeys and abbreviations that only a hook can hear."""

import json
import logging
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import IO, Protocol

from sidebar.domain.hotkeys import KeyCombo, Modifier
from sidebar.domain.insertion import Typed
from sidebar.platforms.windows.messages import Messages
from sidebar.platforms.windows.typing_watch import Wanted
from sidebar.ports import Cancel, Scheduler

log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "sidebar.platforms.windows.typing_helper")
_SOON = timedelta(0)
_NO_WINDOW = 0x08000000
"""CREATE_NO_WINDOW of WinBase.h; `subprocess` has it on Windows only."""


class Helper(Protocol):
    """The helper process, as it is spoken to."""

    def send(self, line: str) -> None:
        """Never waits."""

    def close(self) -> None: ...


StartHelper = Callable[[Callable[[str], None], Callable[[], None]], Helper]
"""Starts the helper; what it says comes line by line, then that it has ended, on our thread."""


class HookedHotkeys:
    """Implements `HookedKeys`: what RegisterHotKey cannot take, and abbreviations.

    A chord that another program owns reaches that program, too: nothing is held back. The helper
    runs while something is wanted of it and no longer. One that ends by itself is not started
    again before something else is wanted: it would most likely end again.
    """

    def __init__(self, *, start: StartHelper, scheduler: Scheduler) -> None:
        self._start = start
        self._scheduler = scheduler
        self._helper: Helper | None = None
        self._asking: Cancel | None = None
        self._deaf: list[Callable[[], None]] = []
        self._number = 0
        self._actions: dict[str, Callable[[Typed], None]] = {}
        self._last: dict[str, Typed] = {}
        self._combos: dict[KeyCombo, str] = {}
        self._typed: dict[str, str] = {}
        self._chords: dict[str, KeyCombo] = {}
        self._taps: dict[str, Modifier] = {}

    def register(self, combo: KeyCombo, action: Callable[[], None]) -> bool:
        """Run *action* on each press of *combo*, anywhere, whoever else has it; or on its double tap."""
        self.unregister(combo)
        id = self._new(lambda _: action())
        if combo.twice:
            self._taps[id] = Modifier[combo.key.upper()]
        else:
            self._chords[id] = combo
        self._combos[combo] = id
        return True

    def unregister(self, combo: KeyCombo) -> None:
        """Look for *combo* no more; harmless where it was not looked for."""
        id = self._combos.pop(combo, None)
        if id is not None:
            self._drop(id)

    def when_typed(self, abbreviation: str, action: Callable[[Typed], None]) -> Cancel:
        """Run *action* each time *abbreviation* and a space are typed, in whatever program."""
        id = self._new(action)
        self._typed[id] = abbreviation
        return lambda: self._drop(id)

    def when_deaf(self, action: Callable[[], None]) -> None:
        """Run *action* where the helper ends by itself."""
        self._deaf.append(action)

    def close(self) -> None:
        """Look for nothing any more and end the helper."""
        if self._asking is not None:
            self._asking()
        helper, self._helper = self._helper, None
        if helper is not None:
            helper.close()
        self._actions.clear()

    def _new(self, action: Callable[[Typed], None]) -> str:
        self._number += 1
        id = str(self._number)
        self._actions[id] = action
        self._ask_soon()
        return id

    def _drop(self, id: str) -> None:
        if self._actions.pop(id, None) is not None:
            for wanted in (self._typed, self._chords, self._taps):
                wanted.pop(id, None)
            self._ask_soon()

    def _ask_soon(self) -> None:
        """Once, for all that is asked in a row."""
        if self._asking is None:
            self._asking = self._scheduler.call_later(_SOON, self._ask)

    def _ask(self) -> None:
        self._asking = None
        wanted = Wanted(typed=dict(self._typed), chords=dict(self._chords), taps=dict(self._taps))
        if not wanted:
            helper, self._helper = self._helper, None
            if helper is not None:
                helper.close()
            return
        if self._helper is None:
            self._helper = self._begin()
        if self._helper is not None:
            self._helper.send(wanted.to_line())

    def _on_line(self, line: str) -> None:
        told = json.loads(line)
        if "state" in told:
            log.info("typing helper: %s", told["state"])
        if told.get("typed_on") in self._last:
            self._last.pop(told["typed_on"]).typed_on = True
        action = self._actions.get(told.get("match", ""))
        if action is not None:
            typed = Typed(characters=int(told["remove"]), window=int(told["window"]))
            self._last = {told["match"]: typed}
            action(typed)

    def _begin(self) -> Helper | None:
        started: list[Helper] = []

        def on_end() -> None:
            if self._helper in started:  # and not one that we have closed ourselves
                log.warning("typing helper ended by itself")
                self._helper = None
                self._tell_deaf()

        try:
            started.append(self._start(self._on_line, on_end))
        except OSError as error:  # a guard against viruses may not let it start
            log.warning("typing helper cannot be started: %s", type(error).__name__)
            self._tell_deaf()
            return None
        return started[0]

    def _tell_deaf(self) -> None:
        for action in self._deaf:
            action()


class HelperProcess:
    """Implements `Helper` with a process; two threads do what would wait: writing to it, and reading."""

    def __init__(
        self,
        messages: Messages,
        on_line: Callable[[str], None],
        on_end: Callable[[], None],
        *,
        command: Sequence[str] = COMMAND,
    ) -> None:
        self._messages = messages
        self._on_line = on_line
        self._on_end = on_end
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            creationflags=_NO_WINDOW if sys.platform == "win32" else 0,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        for work, pipe in ((self._write, self._process.stdin), (self._read, self._process.stdout)):
            threading.Thread(target=work, args=(pipe,), name="typing helper", daemon=True).start()

    def send(self, line: str) -> None:
        """Have *line* written; never waits."""
        self._lines.put(line)

    def close(self) -> None:
        """Close its input, at which it ends."""
        self._lines.put(None)

    def _write(self, pipe: IO[str]) -> None:
        try:
            with pipe:
                while (line := self._lines.get()) is not None:
                    pipe.write(line + "\n")
                    pipe.flush()
        except OSError:
            log.info("typing helper reads no more")

    def _read(self, pipe: IO[str]) -> None:
        with pipe:
            for line in pipe:
                self._messages.call_soon(partial(self._on_line, line))
        self._process.wait()
        self._messages.call_soon(self._on_end)
