"""What elements of other programs say of themselves, in our types; None wherever they do not say."""

from collections.abc import Callable, Iterator, Sequence

from sidebar.domain.insertion import Rect
from sidebar.platforms.macos import bridge, constants
from sidebar.platforms.macos.bridge import Element, ListedWindow

_NEAR = 1
"""Points by which two accounts of one frame may differ, both having been rounded."""


class Elements:
    """Windows of programs as Accessibility knows them, found by the window server's number.

    A program that does not answer within the messaging time-out says nothing, which is not to say
    that it has no windows: Chromium builds its whole tree at the first question. It is asked
    again at the next look, not at once, as we wait with it.
    """

    def __init__(self, accessibility: bridge.Accessibility) -> None:
        self._accessibility = accessibility

    def focused(self, pid: int) -> Element | None:
        """The window of the program *pid* that has the keyboard while the program is in front."""
        application = self._accessibility.application(pid)
        return self.element(application, constants.AX_FOCUSED_WINDOW)

    def window(self, listed: ListedWindow) -> Element | None:
        """The element of *listed*."""
        for window in self._windows(listed.pid):
            if self.number(window, lambda: (listed,)) == listed.handle:
                return window
        return None

    def titles(self, pid: int, listed: Sequence[ListedWindow]) -> dict[int, str]:
        """What the windows of the program *pid* are called, by number."""
        titles = {}
        for window in self._windows(pid):
            number, title = self.number(window, lambda: listed), self.text(window, constants.AX_TITLE)
            if number is not None and title is not None:
                titles[number] = title
        return titles

    def number(self, window: Element, listed: Callable[[], Sequence[ListedWindow]]) -> int | None:
        """The number of *window*; where macOS does not tell, that of the one *listed* in the same place."""
        told = self._accessibility.window_number(window)
        if told is not None:
            return told
        frame = self._frame(window)
        same = [each.handle for each in listed() if frame is not None and _near(each.frame, frame)]
        return same[0] if len(same) == 1 else None

    def text(self, element: Element, attribute: str) -> str | None:
        value = self._value(element, attribute)
        return value if isinstance(value, str) else None

    def range(self, element: Element, attribute: str) -> tuple[int, int] | None:
        """Where a range of text begins and how long it is, in UTF-16 units."""
        pair = self._pair(element, attribute)
        return None if pair is None else (int(pair[0]), int(pair[1]))

    def element(self, of: Element, attribute: str) -> Element | None:
        value = self._value(of, attribute)
        return None if value is None else Element(value)

    def minimised(self, window: Element) -> bool:
        return self._value(window, constants.AX_MINIMIZED) is True

    def gone(self, element: Element) -> bool:
        """Whether there is no such thing any more, which a program without an answer does not mean."""
        answer = self._accessibility.get(element, constants.AX_ROLE)
        return answer.status == constants.AX_ERROR_INVALID_UI_ELEMENT

    def bring_forward(self, pid: int, window: Element) -> bool:
        """Raise *window* in its program and the program before the others; False where it was refused."""
        if self.minimised(window):
            self._accessibility.set(window, constants.AX_MINIMIZED, False)
        self._accessibility.set(window, constants.AX_MAIN, True)
        self._accessibility.perform(window, constants.AX_RAISE)
        application = self._accessibility.application(pid)
        status = self._accessibility.set(application, constants.AX_FRONTMOST, True)
        return status == constants.AX_ERROR_SUCCESS

    def _windows(self, pid: int) -> Iterator[Element]:
        windows = self._value(self._accessibility.application(pid), constants.AX_WINDOWS)
        if isinstance(windows, (list, tuple)):
            yield from map(Element, windows)

    def _frame(self, window: Element) -> Rect | None:
        place, size = self._pair(window, constants.AX_POSITION), self._pair(window, constants.AX_SIZE)
        if place is None or size is None:
            return None
        return Rect(round(place[0]), round(place[1]), round(size[0]), round(size[1]))

    def _pair(self, element: Element, attribute: str) -> tuple[float, float] | None:
        match self._value(element, attribute):
            case (int() | float() as first, int() | float() as second):
                return first, second
            case _:
                return None

    def _value(self, element: Element, attribute: str) -> object:
        answer = self._accessibility.get(element, attribute)
        return answer.value if answer.status == constants.AX_ERROR_SUCCESS else None


def _near(a: Rect, b: Rect) -> bool:
    gaps = (a.x - b.x, a.y - b.y, a.width - b.width, a.height - b.height)
    return all(abs(gap) <= _NEAR for gap in gaps)
