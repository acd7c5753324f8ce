"""A door that is a socket in the file system, of the user who made it alone."""

import os
import socket
import struct
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSocketNotifier

from sidebar.qt.doors import CHUNK, MOST_CALLERS, UNREAD, Enter, Heard

_CREDENTIALS = struct.Struct("3i")
"""Process, user and group of who has connected (`struct ucred`)."""


class SocketDoor(QObject):
    """Implements `Door`; needs no more of Qt than the event loop, which spares 3 MiB of its network."""

    def __init__(self, place: Path, enter: Enter) -> None:
        """Raises OSError where no socket can be made at *place*."""
        super().__init__()
        self._place = place
        self._enter = enter
        self._callers: set[_SocketCaller] = set()
        self._socket = _listening_at(place)
        self._knocks = QSocketNotifier(self._socket.fileno(), QSocketNotifier.Type.Read, self)
        self._knocks.activated.connect(self._on_knock)

    @property
    def address(self) -> str:
        return str(self._place)

    def close(self) -> None:
        """Hang up on everybody and take the socket away."""
        self._knocks.setEnabled(False)
        for caller in tuple(self._callers):
            caller.cut()
        self._socket.close()
        self._place.unlink(missing_ok=True)

    def _on_knock(self) -> None:
        try:
            connection, _ = self._socket.accept()
        except OSError:  # whoever knocked has gone again
            return
        if len(self._callers) >= MOST_CALLERS or not _is_us(connection):
            connection.close()
            return
        connection.setblocking(False)
        caller = _SocketCaller(connection, self._callers.discard, self)
        self._callers.add(caller)
        caller.begin(self._enter(caller))


class _SocketCaller(QObject):
    """Implements `Caller`."""

    def __init__(
        self, connection: socket.socket, gone: "Callable[[_SocketCaller], None]", parent: QObject
    ) -> None:
        super().__init__(parent)
        self._connection = connection
        self._gone = gone
        self._heard: Heard | None = None
        self._unread = bytearray()
        self._listening = True
        self._ended = False
        self._leaving = self._cut = False
        self._arrivals = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Read, self)
        self._room = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Write, self)
        self._arrivals.activated.connect(self._on_arrival)
        self._room.activated.connect(self._send)
        self._watch()

    def begin(self, heard: Heard) -> None:
        """Whatever comes goes to *heard*."""
        self._heard = heard

    def answer(self, words: bytes) -> None:
        self._unread += words
        self._send()

    def hear(self, listening: bool) -> None:
        if listening is not self._listening and not self._cut:
            self._listening = listening
            self._watch()

    def hang_up(self) -> None:
        self._leaving = True
        self._send()

    def cut(self) -> None:
        """End the connection, whatever has not gone yet."""
        self._cut = True
        for notifier in (self._arrivals, self._room):
            notifier.setEnabled(False)
        self._connection.close()
        self._gone(self)
        self.deleteLater()

    def _on_arrival(self) -> None:
        try:
            sent = self._connection.recv(CHUNK)
        except BlockingIOError:
            return
        except OSError:  # it was killed, with answers it had not read
            sent = b""
        assert self._heard is not None, "nobody is read before it has begun"
        if sent:
            self._heard.receive(sent)
        else:
            self.hear(False)
            self._ended = True
            self._heard.ended()

    def _send(self) -> None:
        if self._cut:
            return
        try:
            while self._unread:
                del self._unread[: self._connection.send(self._unread)]
        except BlockingIOError:
            pass
        except OSError:  # nobody reads there any more
            self._unread.clear()
        if self._leaving and not self._unread:
            self.cut()
        else:
            self._watch()

    def _watch(self) -> None:
        self._room.setEnabled(bool(self._unread))
        self._arrivals.setEnabled(self._listening and not self._ended and len(self._unread) <= UNREAD)


def _listening_at(place: Path) -> socket.socket:
    place.unlink(missing_ok=True)  # left by one that was killed: a home has one sidebar
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listening.setblocking(False)
        listening.bind(str(place))
        place.chmod(0o600)  # nobody can connect before it listens
        listening.listen(MOST_CALLERS)
    except OSError:
        listening.close()
        raise
    return listening


def _is_us(connection: socket.socket) -> bool:
    """Whether this user has connected, where the system says who has; elsewhere the socket's mode must do."""
    option = getattr(socket, "SO_PEERCRED", None)
    if option is None:
        return True
    _, user, _ = _CREDENTIALS.unpack(connection.getsockopt(socket.SOL_SOCKET, option, _CREDENTIALS.size))
    return bool(user == os.geteuid())
