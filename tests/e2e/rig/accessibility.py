"""What a screen reader is told: the widgets of a program by name and role, and where they are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from jeepney import DBusAddress, MessageType, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from sidebar.domain.insertion import Rect

_BUS = DBusAddress("/org/a11y/bus", bus_name="org.a11y.Bus", interface="org.a11y.Bus")
_ROOT = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
_ACCESSIBLE, _COMPONENT, _TEXT = (f"org.a11y.atspi.{name}" for name in ("Accessible", "Component", "Text"))
_SHOWING = 25
_SCREEN = 0
_DEPTH = 40
_TIMEOUT_SECONDS = 5.0

_Reference = tuple[str, str]
"""Bus name and object path."""


class _GoneError(Exception):
    """The widget, or its program, went away while it was looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Widget:
    """A widget that can be seen, as it was when looked at."""

    reference: _Reference
    name: str
    role: str
    """As the accessibility bus words it: "push button", "list item", "text" …"""
    place: Rect

    @property
    def centre(self) -> tuple[int, int]:
        return self.place.x + self.place.width // 2, self.place.y + self.place.height // 2


class ScreenReader:
    """Reads programs of one session; for Qt they must have been started with accessibility on."""

    def __init__(self, session_bus: str) -> None:
        with open_dbus_connection(bus=session_bus) as session:
            reply = session.send_and_get_reply(new_method_call(_BUS, "GetAddress"), timeout=_TIMEOUT_SECONDS)
        self._connection: DBusConnection = open_dbus_connection(bus=reply.body[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def find(self, pid: int, wanted: Callable[[Widget], bool]) -> Widget | None:
        """The first widget of process *pid* that pleases, top to bottom; None where there is none now."""
        return next((widget for widget in self.widgets(pid) if wanted(widget)), None)

    def widgets(self, pid: int) -> Iterator[Widget]:
        """What process *pid* shows."""
        for program in self._children(_ROOT):
            if self._pid(program) == pid:
                yield from self._showing(program, _DEPTH)

    def text(self, widget: Widget) -> str:
        """What stands in a text widget; empty when it has gone."""
        try:
            count = self._property(widget.reference, _TEXT, "CharacterCount")
            return str(self._call(widget.reference, _TEXT, "GetText", "ii", (0, count)))
        except _GoneError:
            return ""

    def _showing(self, reference: _Reference, depth: int) -> Iterator[Widget]:
        for child in self._children(reference):
            try:
                states = self._call(child, _ACCESSIBLE, "GetState")
                if not states[0] >> _SHOWING & 1:
                    continue
                widget = self._look(child)
            except _GoneError:
                continue
            yield widget
            if depth:
                yield from self._showing(child, depth - 1)

    def _look(self, reference: _Reference) -> Widget:
        return Widget(
            reference=reference,
            name=str(self._property(reference, _ACCESSIBLE, "Name")),
            role=str(self._call(reference, _ACCESSIBLE, "GetRoleName")),
            place=Rect(*self._call(reference, _COMPONENT, "GetExtents", "u", (_SCREEN,))),
        )

    def _children(self, reference: _Reference) -> list[_Reference]:
        try:
            children: list[_Reference] = self._call(reference, _ACCESSIBLE, "GetChildren")
        except _GoneError:
            return []
        return children

    def _pid(self, program: _Reference) -> int:
        bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        question = new_method_call(bus, "GetConnectionUnixProcessID", "s", (program[0],))
        reply = self._connection.send_and_get_reply(question, timeout=_TIMEOUT_SECONDS)
        return 0 if reply.header.message_type is MessageType.error else int(reply.body[0])

    def _property(self, reference: _Reference, interface: str, name: str) -> Any:
        address = DBusAddress(reference[1], reference[0], interface)
        return self._answer(Properties(address).get(name))[1]

    def _call(
        self,
        reference: _Reference,
        interface: str,
        method: str,
        signature: str = "",
        body: tuple[object, ...] = (),
    ) -> Any:
        address = DBusAddress(reference[1], reference[0], interface)
        return self._answer(new_method_call(address, method, signature or None, body))

    def _answer(self, question: Any) -> Any:
        try:
            reply = self._connection.send_and_get_reply(question, timeout=_TIMEOUT_SECONDS)
        except TimeoutError as error:
            raise _GoneError from error
        if reply.header.message_type is MessageType.error:
            raise _GoneError(reply.body)
        return reply.body[0]
