"""What the server and the window manager say of a window, which may vanish while we ask."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from Xlib import X
from Xlib.error import XError
from Xlib.protocol import request

from sidebar.domain.insertion import Rect, WindowInfo
from sidebar.platforms.x11.connection import Connection

_ALL_DESKTOPS = 0xFFFFFFFF
_ICONIC = 3
_TITLES = ("_NET_WM_NAME", "WM_NAME")
_IDENTITY = (*_TITLES, "_NET_WM_PID", "WM_CLASS")
_LONGEST = 1024
"""Of any property, in units of four bytes; titles and window lists are shorter."""


class Toplevels:
    """Asks about windows. Questions that belong together travel together: one round to the server.

    Sources: ICCCM (WM_NAME, WM_CLASS, WM_STATE) and the Extended Window Manager Hints 1.5 (_NET_…).
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._display = connection.display.display
        self._root = int(connection.root.id)

    def info(self, handle: int) -> WindowInfo | None:
        """The window as our domain knows it; None when it is gone."""
        answers = self._ask(*self._identity(handle))
        return None if answers is None else _info(handle, answers)

    def ask_again_where(
        self, known: WindowInfo, *, holder: int, name: str
    ) -> Callable[[], WindowInfo | None]:
        """Ask for *known* as it is now where the property *name* of *holder* names it first, else None.

        Only its title can be another. Calling what is returned waits for the answer, twice for a
        window that has no title but the one of old.
        """
        questions = (self._property(holder, name), self._property(known.handle, _TITLES[0]))

        def answer() -> WindowInfo | None:
            answers = self._ask(*questions)
            if answers is None or _number(_value(answers[0])) != known.handle:
                return None
            title = _text(_value(answers[1]))
            if not title:
                return self.info(known.handle)
            return known if title == known.title else replace(known, title=title)

        return answer

    def frame(self, handle: int) -> Rect | None:
        """Where the window stands with its decorations, without shadows it draws itself; None when gone."""
        answers = self._ask(
            request.GetGeometry(display=self._display, defer=True, drawable=handle),
            request.TranslateCoords(
                display=self._display, defer=True, src_wid=handle, dst_wid=self._root, src_x=0, src_y=0
            ),
            self._property(handle, "_NET_FRAME_EXTENTS"),
            self._property(handle, "_GTK_FRAME_EXTENTS"),
        )
        if answers is None:
            return None
        size, place, decorations, shadows = answers
        outer, inner = _edges(_value(decorations)), _edges(_value(shadows))
        left, right, top, bottom = (out - within for out, within in zip(outer, inner, strict=True))
        return Rect(place.x - left, place.y - top, size.width + left + right, size.height + top + bottom)

    def decorations(self, handle: int) -> tuple[int, int]:
        """How much wider and higher the window is than its content."""
        answers = self._ask(self._property(handle, "_NET_FRAME_EXTENTS"))
        left, right, top, bottom = _edges(_value(answers[0])) if answers else (0, 0, 0, 0)
        return left + right, top + bottom

    def visible(self, handle: int) -> bool:
        """Whether the window can be seen: neither minimised, nor on another desktop, nor taken off."""
        answers = self._ask(
            request.GetWindowAttributes(display=self._display, defer=True, window=handle),
            self._property(handle, "WM_STATE"),
            self._property(handle, "_NET_WM_STATE"),
            self._property(handle, "_NET_WM_DESKTOP"),
            self._property(self._root, "_NET_CURRENT_DESKTOP"),
        )
        if answers is None:
            return False
        attributes, state, hints, desktop, current = answers[0], *map(_value, answers[1:])
        elsewhere = _number(desktop) not in (None, _ALL_DESKTOPS, _number(current))
        hidden = self._connection.atom("_NET_WM_STATE_HIDDEN") in _numbers(hints)
        return (
            attributes.map_state == X.IsViewable
            and _number(state) != _ICONIC
            and not hidden
            and not elsewhere
        )

    def exists(self, handle: int) -> bool:
        """Whether there is such a window still."""
        return self._ask(self._property(handle, "WM_STATE")) is not None

    def named(self, holder: int, name: str) -> tuple[int, ...]:
        """The windows, atoms or numbers in a property of *holder*; none where there is no such property."""
        answers = self._ask(self._property(holder, name))
        return _numbers(_value(answers[0])) if answers else ()

    def children(self) -> tuple[int, ...]:
        """The windows on the root that can be seen and that a window manager would manage, lowest first."""
        handles = [int(window.id) for window in self._connection.root.query_tree().children]
        return tuple(handle for handle in handles if self._ordinary(handle))

    def focused(self) -> int | None:
        """The window on the root that has the keyboard, or holds the one that has; None when nobody has."""
        focus = self._connection.display.get_input_focus().focus
        if focus == X.PointerRoot:
            focus = self._connection.root.query_pointer().child
        if isinstance(focus, int):
            return None
        try:
            while (parent := focus.query_tree().parent) != X.NONE and parent.id != self._root:
                focus = parent
        except XError:
            return None
        return None if focus.id == self._root else int(focus.id)

    def _identity(self, handle: int) -> list[Any]:
        return [self._property(handle, name) for name in _IDENTITY]

    def _ordinary(self, handle: int) -> bool:
        answers = self._ask(request.GetWindowAttributes(display=self._display, defer=True, window=handle))
        if answers is None:
            return False
        return answers[0].map_state == X.IsViewable and not answers[0].override_redirect

    def _property(self, handle: int, name: str) -> Any:
        return request.GetProperty(
            display=self._display,
            defer=True,
            delete=False,
            window=handle,
            property=self._connection.atom(name),
            type=X.AnyPropertyType,
            long_offset=0,
            long_length=_LONGEST,
        )

    def _ask(self, *questions: Any) -> tuple[Any, ...] | None:
        """The answers to questions sent together; None when a window in them is gone."""
        try:
            for question in questions:
                question.reply()
        except XError:
            return None
        return questions


def _info(handle: int, answers: Sequence[Any]) -> WindowInfo:
    full_name, name, pid, program = map(_value, answers)
    return WindowInfo(
        handle=handle,
        pid=_number(pid) or 0,
        program=_text(program).rstrip("\0").rpartition("\0")[2],
        title=_text(full_name) or _text(name),
    )


def _value(answer: Any) -> Any:
    """A property's content: bytes, or a sequence of numbers; None where there is none."""
    return answer.value[1] if answer.property_type else None


def _text(value: Any) -> str:
    """Titles are UTF-8 in every program that still lives; what is not is read as Latin-1, never refused."""
    if not isinstance(value, bytes):
        return ""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _numbers(value: Any) -> tuple[int, ...]:
    return () if value is None or isinstance(value, bytes) else tuple(int(number) for number in value)


def _number(value: Any) -> int | None:
    return next(iter(_numbers(value)), None)


def _edges(value: Any) -> Sequence[int]:
    numbers = _numbers(value)
    return numbers if len(numbers) == 4 else (0, 0, 0, 0)
