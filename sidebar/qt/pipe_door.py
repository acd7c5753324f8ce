"""A door that Qt makes: on Windows a named pipe, of the user who made it alone."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from sidebar.qt.doors import CHUNK, MOST_CALLERS, UNREAD, Enter, Heard


class PipeDoor(QObject):
    """Implements `Door` where there are no sockets in the file system."""

    def __init__(self, name: str, enter: Enter) -> None:
        """Raises OSError where no pipe of that name can be made."""
        super().__init__()
        self._enter = enter
        self._callers: set[_PipeCaller] = set()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(MOST_CALLERS)
        self._server.newConnection.connect(self._on_new_connection)
        if not self._server.listen(name):
            raise OSError(self._server.errorString())

    @property
    def address(self) -> str:
        return self._server.fullServerName()

    def close(self) -> None:
        """Hang up on everybody and take the pipe away."""
        self._server.close()
        for caller in tuple(self._callers):
            caller.cut()

    def _on_new_connection(self) -> None:
        connection = self._server.nextPendingConnection()
        if len(self._callers) >= MOST_CALLERS:
            connection.abort()
            connection.deleteLater()
            return
        caller = _PipeCaller(connection, self._callers.discard, self)
        self._callers.add(caller)
        caller.begin(self._enter(caller))


class _PipeCaller(QObject):
    """Implements `Caller`; who disconnects takes no answers any more."""

    def __init__(
        self, connection: QLocalSocket, gone: "Callable[[_PipeCaller], None]", parent: QObject
    ) -> None:
        super().__init__(parent)
        self._connection = connection
        self._gone = gone
        self._heard: Heard | None = None
        self._listening = True
        self._leaving = self._cut = False
        connection.setParent(self)
        connection.setReadBufferSize(CHUNK)
        connection.readyRead.connect(self._read)
        connection.bytesWritten.connect(self._on_bytes_written)
        connection.disconnected.connect(self._on_disconnected)

    def begin(self, heard: Heard) -> None:
        """Whatever comes goes to *heard*, and what has come already."""
        self._heard = heard
        QTimer.singleShot(0, self, self._read)

    def answer(self, words: bytes) -> None:
        if not self._cut and self._connection.state() is QLocalSocket.LocalSocketState.ConnectedState:
            self._connection.write(words)

    def hear(self, listening: bool) -> None:
        if listening is not self._listening and not self._cut:
            self._listening = listening
            QTimer.singleShot(0, self, self._read)

    def hang_up(self) -> None:
        self._leaving = True
        if not self._cut and not self._connection.bytesToWrite():
            self.cut()

    def cut(self) -> None:
        """End the connection, whatever has not gone yet."""
        self._cut = True
        self._connection.disconnected.disconnect(self._on_disconnected)
        self._connection.abort()
        self._gone(self)
        self.deleteLater()

    def _read(self) -> None:
        if (
            self._heard is None
            or self._cut
            or not self._listening
            or self._connection.bytesToWrite() > UNREAD
        ):
            return
        sent = bytes(self._connection.read(CHUNK).data())
        if sent:
            self._heard.receive(sent)

    def _on_bytes_written(self) -> None:
        if self._leaving and not self._connection.bytesToWrite():
            self.cut()
        else:
            self._read()

    def _on_disconnected(self) -> None:
        assert self._heard is not None, "who connects has begun before the loop goes on"
        rest = bytes(self._connection.readAll().data())
        if rest:
            self._heard.receive(rest)
        self._heard.ended()
