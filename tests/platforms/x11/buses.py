"""Message buses of a test's own, and programs on them that the test's loop drives."""

import socket
import subprocess
from abc import ABC, abstractmethod
from contextlib import suppress
from pathlib import Path
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_call,
    new_method_return,
)
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from tests.platforms.x11.loop import Loop

# No service files: what is not running is not started by being called.
_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/>
</policy></busconfig>
"""


class Daemon:
    """A real message bus; `start` again after `stop` gives another at the same address."""

    def __init__(self, folder: Path) -> None:
        self.address = f"unix:path={folder / 'bus'}"
        self._configuration = folder / "bus.conf"
        self._configuration.write_text(_CONFIGURATION.format(socket=folder / "bus"), encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when the bus can be reached."""
        command = ["dbus-daemon", f"--config-file={self._configuration}", "--nofork", "--print-address"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        assert self._process.stdout.readline()

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.communicate()
            self._process = None


class Refusal(Exception):  # noqa: N818 - it is an answer, and no fault
    """Raised by a peer's answer to reply with the D-Bus error it names."""


class Peer(ABC):
    """A program on a bus; `asked` keeps what it was called for, in order.

    While it is `busy` its replies wait, until `recover`.
    """

    def __init__(self, address: str, loop: Loop, *names: str) -> None:
        self.asked: list[str] = []
        self.busy = False
        self._waiting: list[Message] = []
        self._link = open_dbus_connection(address)
        self.bus_name = str(self._link.unique_name)
        for name in names:
            self._link.send_and_get_reply(message_bus.RequestName(name))
        self._unwatch = loop.watch(self._link.sock.fileno(), self._on_readable)
        self.is_open = True

    @abstractmethod
    def answer(self, path: str, member: str, body: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
        """The signature and the values to reply with; raises Refusal for an error."""

    def recover(self) -> None:
        """Send the replies that waited, the last one first, and be busy no longer."""
        self.busy = False
        while self._waiting:
            with suppress(ConnectionError):  # the bus may be gone, which is heard of by reading
                self._link.send(self._waiting.pop())

    def close(self) -> None:
        if self.is_open:
            self.is_open = False
            self._unwatch()
            self._link.close()

    def _on_readable(self) -> None:
        data = self._link.sock.recv(65536)
        if not data:
            self.close()
            return
        self._link.parser.add_data(data)
        for message in iter(self._link.parser.get_next_message, None):
            if message.header.message_type is MessageType.method_call:
                self._serve(message)

    def _serve(self, call: Message) -> None:
        fields = call.header.fields
        member = fields[HeaderFields.member]
        self.asked.append(member)
        try:
            signature, body = self.answer(fields[HeaderFields.path], member, tuple(call.body))
            reply = new_method_return(call, signature, body)
        except Refusal as refusal:
            reply = new_error(call, str(refusal))
        if self.is_open:
            self._waiting.append(reply)
            if not self.busy:
                self.recover()


ECHO = DBusAddress("/echo", "test.Echo", "test.Echo")


def say(text: str) -> Message:
    """What `Echo` says back."""
    return new_method_call(ECHO, "Say", "s", (text,))


def whisper() -> Message:
    """What `Echo` refuses."""
    return new_method_call(ECHO, "Whisper")


class Echo(Peer):
    """Says back what it is told."""

    def __init__(self, address: str, loop: Loop) -> None:
        super().__init__(address, loop, "test.Echo")

    def answer(self, path: str, member: str, body: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
        assert path == ECHO.object_path
        if member != "Say":
            raise Refusal("org.freedesktop.DBus.Error.UnknownMethod")
        return "s", body


class Impostor:
    """Listens where a bus should be, and talks rubbish."""

    def __init__(self, folder: Path, loop: Loop) -> None:
        self.address = f"unix:path={folder / 'impostor'}"
        self._place = folder / "impostor"
        self._loop = loop
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(self._place))
        self._door.listen()

    def receive(self, greeting: bytes, *, then: bytes | None = None) -> None:
        """Let one caller in, with *greeting*; *then* is said when the caller begins, before hanging up."""
        guest, _ = self._door.accept()
        guest.send(greeting)
        heard = bytearray()
        unwatch = self._loop.watch(guest.fileno(), lambda: heard.extend(guest.recv(4096)))
        if then is not None:
            self._loop.until(lambda: b"BEGIN" in heard)
            guest.send(then)
        unwatch()
        guest.close()

    def close(self) -> None:
        self._door.close()
        self._place.unlink()
