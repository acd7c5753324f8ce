"""Changes of text in a program's boxes, as the accessibility bus tells them, with the moment each came."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, MessageType, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

_BUS = DBusAddress("/org/a11y/bus", bus_name="org.a11y.Bus", interface="org.a11y.Bus")
_REGISTRY = DBusAddress(
    "/org/a11y/atspi/registry", bus_name="org.a11y.atspi.Registry", interface="org.a11y.atspi.Registry"
)
_NAMES = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
_EVENTS = "org.a11y.atspi.Event.Object"
_TIMEOUT_SECONDS = 5.0
_LOOK_AGAIN_SECONDS = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Text that came into a box or went from it."""

    box: str
    inserted: bool
    start: int
    length: int
    text: str
    at: float
    """Monotonic seconds of its arrival here."""

    def applied_to(self, text: str) -> str:
        if self.inserted:
            return text[: self.start] + self.text + text[self.start :]
        return text[: self.start] + text[self.start + self.length :]


class BoxEvents:
    """Hears process *pid* on a thread of its own and calls *changed* there."""

    def __init__(self, session_bus: str, *, pid: int, changed: Callable[[Change], None]) -> None:
        self._changed = changed
        self._connection = _accessibility_bus(session_bus)
        self._ask(new_method_call(_REGISTRY, "RegisterEvent", "s", ("object:text-changed",)))
        rule = MatchRule(type="signal", interface=_EVENTS, member="TextChanged")
        self._ask(message_bus.AddMatch(rule))
        self._program = self._name_of(pid)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._hear, name="hears the accessibility bus")
        self._thread.start()

    def close(self) -> None:
        self._ended.set()
        self._thread.join()
        self._connection.close()

    def _hear(self) -> None:
        while not self._ended.is_set():
            try:
                message = self._connection.receive(timeout=_LOOK_AGAIN_SECONDS)
            except TimeoutError:
                continue
            at = time.monotonic()
            fields = message.header.fields
            if message.header.message_type is not MessageType.signal:
                continue
            if fields.get(HeaderFields.sender) != self._program:
                continue
            if fields.get(HeaderFields.member) == "TextChanged":
                kind, start, length, (_, text) = message.body[:4]
                self._changed(
                    Change(
                        box=fields[HeaderFields.path],
                        inserted=kind.startswith("insert"),
                        start=start,
                        length=length,
                        text=str(text),
                        at=at,
                    )
                )

    def _name_of(self, pid: int) -> str:
        for name in self._ask(new_method_call(_NAMES, "ListNames")):
            if name.startswith(":") and self._pid(name) == pid:
                return str(name)
        raise RuntimeError(f"process {pid} is not on the accessibility bus")

    def _pid(self, name: str) -> int:
        question = new_method_call(_NAMES, "GetConnectionUnixProcessID", "s", (name,))
        return int(self._ask(question) or 0)

    def _ask(self, question: Any) -> Any:
        """What is answered; None where nothing is, or an error (a program that went away)."""
        reply = self._connection.send_and_get_reply(question, timeout=_TIMEOUT_SECONDS)
        refused = reply.header.message_type is MessageType.error
        return reply.body[0] if reply.body and not refused else None


def _accessibility_bus(session_bus: str) -> DBusConnection:
    with open_dbus_connection(bus=session_bus) as session:
        reply = session.send_and_get_reply(new_method_call(_BUS, "GetAddress"), timeout=_TIMEOUT_SECONDS)
    return open_dbus_connection(bus=reply.body[0])
