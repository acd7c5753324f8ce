"""A D-Bus connection that lives in the event loop: questions go out at once, answers come by callback."""

import logging
import socket
import struct
from collections.abc import Callable, Generator, Sequence
from datetime import timedelta
from typing import Any, Generic, TypeAlias, TypeVar

from jeepney import HeaderFields, Message, MessageType, Parser
from jeepney.auth import BEGIN, Authenticator
from jeepney.bus import get_connectable_addresses
from jeepney.bus_messages import message_bus

from sidebar.domain.lean import dataclass
from sidebar.ports import Cancel, Readiness, Scheduler

log = logging.getLogger(__name__)

_CHUNK = 65536
_FULL = timedelta(milliseconds=2)  # until the next try to send, where the daemon does not keep up
_NOT_D_BUS = (ValueError, LookupError, AssertionError, struct.error)  # what jeepney makes of rubbish


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a call: the values answered, or the D-Bus name of an error."""

    body: tuple[Any, ...] = ()
    error: str = ""


NO_REPLY = Reply(error="org.freedesktop.DBus.Error.NoReply")
DISCONNECTED = Reply(error="org.freedesktop.DBus.Error.Disconnected")

Replies: TypeAlias = tuple[Reply, ...]
Heard: TypeAlias = Callable[[str, str, tuple[Any, ...]], None]


class MessageBus:
    """One connection to a message bus; it opens in the background while questions queue up.

    What the other side does never raises: a bus that cannot be reached, or that went away,
    answers every question with `DISCONNECTED`, and stays so; make a new one then.
    """

    def __init__(self, address: str, *, readiness: Readiness, scheduler: Scheduler) -> None:
        self._scheduler = scheduler
        self._authenticator: Authenticator | None = Authenticator()
        self._parser = Parser()
        self._outgoing = bytearray()
        self._serial = 0
        self._waiting: dict[int, Callable[[int, Reply], None]] = {}
        self._hearing: list[Heard] = []
        self._mourning: list[Callable[[], None]] = []
        self._lagging = False
        self._unwatch: Cancel | None = None
        self._socket = _dial(address)
        if self._socket is not None:
            self._unwatch = readiness.watch(self._socket.fileno(), self._on_readable)
            self._send(bytearray(self._authenticator.data_to_send() or b""))
            self._post(message_bus.Hello(), lambda _serial, _reply: None)

    @property
    def alive(self) -> bool:
        """Whether the connection stands or is on its way."""
        return self._socket is not None

    def ask(self, messages: Sequence[Message], done: Callable[[Replies], None]) -> Cancel:
        """Send *messages* in one go; *done* gets the replies, in the same order, when all have come.

        There is no bound to that: whoever asks sets one, as `Conversation` does.
        """
        if self._socket is None or not messages:
            unheard = (DISCONNECTED,) * len(messages)
            return self._scheduler.call_later(timedelta(0), lambda: done(unheard))
        replies: dict[int, Reply] = {}

        def keep(serial: int, reply: Reply) -> None:
            replies[serial] = reply
            if len(replies) == len(serials):
                done(tuple(replies[each] for each in serials))

        def cancel() -> None:
            for serial in serials:
                self._waiting.pop(serial, None)

        serials = [self._post(message, keep) for message in messages]
        self._flush()
        return cancel

    def hear(self, heard: Heard) -> Cancel:
        """Run *heard* with the path, the name and the values of each signal.

        Match rules say which of them come; see `accessibility.listening`.
        """
        self._hearing.append(heard)

        def cancel() -> None:
            if heard in self._hearing:
                self._hearing.remove(heard)

        return cancel

    def when_lost(self, action: Callable[[], None]) -> Cancel:
        """Run *action* once this connection is over."""
        self._mourning.append(action)

        def cancel() -> None:
            if action in self._mourning:
                self._mourning.remove(action)

        return cancel

    def close(self) -> None:
        """Leave the bus; whoever still waits is told `DISCONNECTED`. Harmless when done already."""
        if self._socket is None:
            return
        if self._unwatch is not None:
            self._unwatch()
        self._socket.close()
        self._socket = None
        waiting, self._waiting = self._waiting, {}
        for serial, answer in waiting.items():
            answer(serial, DISCONNECTED)
        for action in tuple(self._mourning):
            action()

    def _post(self, message: Message, answer: Callable[[int, Reply], None]) -> int:
        self._serial += 1
        self._outgoing += message.serialise(serial=self._serial)
        self._waiting[self._serial] = answer
        return self._serial

    def _flush(self) -> None:
        if self._authenticator is not None or self._socket is None:
            return
        self._send(self._outgoing)
        if self._outgoing and not self._lagging:
            self._lagging = True
            self._scheduler.call_later(_FULL, self._on_later)

    def _on_later(self) -> None:
        self._lagging = False
        self._flush()

    def _send(self, data: bytearray) -> None:
        """Send what the socket takes of *data* and drop that from it."""
        assert self._socket is not None
        try:
            while data:
                del data[: self._socket.send(data)]
        except BlockingIOError:
            return
        except OSError:
            # The end of the connection is heard of by reading, in its own time: never inside `ask`.
            data.clear()

    def _on_readable(self) -> None:
        assert self._socket is not None
        try:
            data = self._socket.recv(_CHUNK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            log.info("message bus: connection lost")
            self.close()
            return
        try:
            messages = self._read(data)
        except _NOT_D_BUS as error:
            log.warning("message bus: not understood, connection given up: %s", type(error).__name__)
            self.close()
            return
        for message in messages:
            self._deliver(message)

    def _read(self, data: bytes) -> list[Message]:
        if self._authenticator is None:
            self._parser.add_data(data)
            return list(iter(self._parser.get_next_message, None))
        self._authenticator.feed(data)
        if self._authenticator.authenticated:
            self._authenticator = None
            self._outgoing[:0] = BEGIN
            self._flush()
        return []

    def _deliver(self, message: Message) -> None:
        fields = message.header.fields
        if message.header.message_type is MessageType.signal:
            told = fields.get(HeaderFields.path, ""), fields.get(HeaderFields.member, "")
            for heard in tuple(self._hearing):
                heard(*told, tuple(message.body))
            return
        serial = fields.get(HeaderFields.reply_serial)
        answer = self._waiting.pop(serial, None)
        if answer is None:
            return
        failed = message.header.message_type is MessageType.error
        answer(serial, Reply(tuple(message.body), fields.get(HeaderFields.error_name, "?") if failed else ""))


def _dial(address: str) -> socket.socket | None:
    """A socket on the way to *address*; None where nobody listens. A local connect never waits."""
    link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    link.setblocking(False)
    try:
        link.connect(next(get_connectable_addresses(address)))
    except (OSError, ValueError, RuntimeError) as error:
        log.debug("message bus: not reached: %s", type(error).__name__)
        link.close()
        return None
    return link


T = TypeVar("T")

Steps: TypeAlias = Generator[tuple[MessageBus, Sequence[Message]], Replies, T]
"""A dialogue that reads top to bottom: yields a bus and what to ask there, is handed the replies."""


class Conversation(Generic[T]):
    """Runs *steps* to their end within *timeout* and hands what they return to *done*.

    When the time is up, what was asked and all that is asked after it is answered with
    `NO_REPLY`, unsent: the steps conclude for themselves what that means where they stand.
    """

    def __init__(
        self, steps: Steps[T], done: Callable[[T], None], *, scheduler: Scheduler, timeout: timedelta
    ) -> None:
        self._steps = steps
        self._done = done
        self._scheduler = scheduler
        self._questions = 0
        self._late = False
        self._began = False
        self._untime = self._unask = scheduler.call_later(timeout, self._on_late)
        self._go_on(None)
        self._began = True

    def cancel(self) -> None:
        """Break off: nothing more is asked, and *done* does not come."""
        self._untime()
        self._unask()
        self._steps.close()

    def _go_on(self, replies: Replies | None) -> None:
        try:
            bus, messages = next(self._steps) if replies is None else self._steps.send(replies)
            while self._late:
                bus, messages = self._steps.send((NO_REPLY,) * len(messages))
        except StopIteration as end:
            self._finish(end.value)
            return
        self._questions = len(messages)
        self._unask = bus.ask(messages, self._go_on)

    def _on_late(self) -> None:
        self._late = True
        self._unask()
        self._go_on((NO_REPLY,) * self._questions)

    def _finish(self, result: T) -> None:
        self._untime()
        # No callback before the call that asked for it has returned: an end at once is told a round later.
        if self._began:
            self._done(result)
        else:
            self._unask = self._scheduler.call_later(timedelta(0), lambda: self._done(result))
