"""The open bridge: event lines of other programs, taken in while the sidebar runs, each one answered.

A line is an event of the public format; its answer is a JSON object on a line of its own, with the
line's number in that connection and what became of it. However much is sent, a turn of the event
loop takes in a bounded portion, in one transaction, and no program is listened to while what it has
sent already waits: it waits in turn, and the agent's clicks do not.
"""

import json
import logging
from collections import deque
from collections.abc import Callable, Iterator
from datetime import timedelta
from enum import StrEnum
from itertools import islice
from typing import Protocol

from sidebar.domain.event_lines import read_line
from sidebar.domain.events import Event
from sidebar.domain.line_values import LineError
from sidebar.errors import HistoryError
from sidebar.ports import Scheduler
from sidebar.services.journal import Journal

log = logging.getLogger(__name__)

LONGEST = 64 * 1024
"""Bytes of a line, its end not counted; an event has some hundred."""
_PORTION = 48
_PORTION_BYTES = 64 * 1024
"""What one turn takes in: about 3 ms of work and one wait for the disk."""
_BETWEEN = timedelta(milliseconds=4)
_WAITING = 2 * LONGEST
"""Bytes of one program that may wait here; more of it waits with that program."""


class Status(StrEnum):
    """What became of a line."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


class Caller(Protocol):
    """Another program that has connected."""

    def answer(self, words: bytes) -> None:
        """Send *words*; harmless once it has hung up."""

    def hear(self, listening: bool) -> None:
        """Whether what it sends is to be read on."""

    def hang_up(self) -> None:
        """End the connection, once the answers have gone."""


Judge = Callable[[tuple[bytes | None, ...]], Iterator[tuple[Status, str]]]


class Bridge:
    """Takes turns among the programs that have sent something."""

    def __init__(self, *, journal: Journal, scheduler: Scheduler) -> None:
        self._journal = journal
        self._scheduler = scheduler
        self._waiting: deque[Call] = deque()
        self._turn_comes = False

    def take(self, caller: Caller) -> "Call":
        """A program has connected; what comes from it goes to the call."""
        return Call(caller, judge=self._judge, wake=self._wake)

    def _wake(self, call: "Call") -> None:
        if call not in self._waiting:
            self._waiting.append(call)
        self._go_on(timedelta(0))

    def _go_on(self, after: timedelta) -> None:
        if self._waiting and not self._turn_comes:
            self._turn_comes = True
            self._scheduler.call_later(after, self._turn)

    def _turn(self) -> None:
        self._turn_comes = False
        call = self._waiting.popleft()
        try:
            call.answer_portion()
        finally:  # a fault of ours in one call must not silence the others
            if call.has_more and call not in self._waiting:
                self._waiting.append(call)
            self._go_on(_BETWEEN)

    def _judge(self, lines: tuple[bytes | None, ...]) -> Iterator[tuple[Status, str]]:
        """What becomes of each of *lines*, and why where it is refused; None is one that is too long."""
        read = [_read(line) for line in lines]
        try:
            new = iter(self._journal.receive(*(each for each in read if isinstance(each, Event))))
        except HistoryError as error:
            log.info("history took nothing from the bridge: %s", error.fault)
            reason = f"the history takes nothing now ({error.fault}), send it again later"
            read = [reason if isinstance(each, Event) else each for each in read]
            new = iter(())
        for each in read:
            if isinstance(each, str):
                yield Status.REFUSED, each
            else:
                yield Status.ACCEPTED if next(new) else Status.DUPLICATE, ""


class Call:
    """What one program sends, line by line, from its connecting to its hanging up."""

    def __init__(self, caller: Caller, *, judge: Judge, wake: "Callable[[Call], None]") -> None:
        self._caller = caller
        self._judge = judge
        self._wake = wake
        self._sent = bytearray()
        self._number = 0
        self._ended = False
        self._over = False
        self._passing_over = False
        """Whether we are inside a line that was too long, and has been answered."""

    def receive(self, sent: bytes) -> None:
        """Something has come, of whatever size."""
        self._sent += sent
        if len(self._sent) > _WAITING:
            self._caller.hear(False)
        if self.has_more:
            self._wake(self)

    def ended(self) -> None:
        """Nothing more will come; what has come is answered first."""
        self._ended = True
        self._wake(self)

    @property
    def has_more(self) -> bool:
        """Whether there is a line to be answered, or the call to be ended."""
        return not self._over and (self._ended or len(self._sent) > LONGEST or b"\n" in self._sent)

    def answer_portion(self) -> None:
        """Have some lines judged, and answer each."""
        answers = []
        for status, reason in self._judge(tuple(self._portion())):
            self._number += 1
            answer = {"line": self._number, "status": status.value}
            answers.append(json.dumps(answer | {"reason": reason} if reason else answer) + "\n")
        if answers:
            self._caller.answer("".join(answers).encode())
        if self._ended and not self._sent:
            self._over = True
            self._caller.hang_up()
        elif len(self._sent) <= _WAITING:
            self._caller.hear(True)

    def _portion(self) -> Iterator[bytes | None]:
        read = 0
        for line in islice(self._lines(), _PORTION):
            yield line
            read += 0 if line is None else len(line)
            if read >= _PORTION_BYTES:
                return

    def _lines(self) -> Iterator[bytes | None]:
        """Whole lines, taken away from what waits; None is one that is too long, told before it ends."""
        while self._sent:
            end = self._sent.find(b"\n")
            whole = end >= 0 or self._ended
            if not whole and len(self._sent) <= LONGEST:
                if self._passing_over:
                    self._sent.clear()
                return
            length = end if end >= 0 else len(self._sent)
            line = bytes(self._sent[:length])
            del self._sent[: length + 1]
            told, self._passing_over = self._passing_over, not whole
            if not told:
                yield line if whole and length <= LONGEST else None


def _read(line: bytes | None) -> Event | str:
    """The event that *line* tells of, or why it is none."""
    if line is None:
        return f"this is longer than {LONGEST // 1024} KiB"
    if not line.strip():
        return "this line is empty"
    try:
        return read_line(line.decode())
    except UnicodeDecodeError:
        return "this is not UTF-8"
    except LineError as error:
        return error.reason
