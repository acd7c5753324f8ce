"""Other programs' elements in memory, and what the user has granted."""

from collections.abc import Callable, Sequence

from sidebar.platforms.macos import constants
from sidebar.platforms.macos.bridge import Answer, Element
from sidebar.ports import Cancel
from tests.fakes import FakeTime
from tests.platforms.macos.fake_input import SOON

CANNOT_COMPLETE = -25204
"""kAXErrorCannotComplete: the program did not answer in time."""


class FakeElement:
    """An element and its attributes; `dead` ones answer that they are no more."""

    def __init__(self, pid: int, **attributes: object) -> None:
        self.pid = pid
        self.attributes: dict[str, object] = attributes
        self.refused: dict[str, int] = {}
        self.number: int | None = None
        self.dead = False
        self.performed: list[str] = []

    def typed(self) -> str:
        return str(self.attributes[constants.AX_VALUE])


class FakeAccessibility:
    def __init__(self, time: FakeTime, permissions: "FakePermissions") -> None:
        self._time = time
        self._permissions = permissions
        self.applications: dict[int, FakeElement] = {}
        self.observed: list[tuple[FakeElement, tuple[str, ...], Callable[[], None]]] = []
        self.tells_numbers = True
        self.observable = True
        self.writes_to_box = True
        self.silent: set[int] = set()
        """Programs that do not answer in time."""

    def application(self, pid: int) -> Element:
        return Element(self.applications.setdefault(pid, FakeElement(pid)))

    def get(self, element: Element, attribute: str) -> Answer:
        thing = thing_of(element)
        status = self._status(thing)
        if status == constants.AX_ERROR_SUCCESS and attribute not in thing.attributes:
            status = constants.AX_ERROR_ATTRIBUTE_UNSUPPORTED
        if status != constants.AX_ERROR_SUCCESS:
            return Answer(status=status)
        return Answer(status=status, value=thing.attributes[attribute])

    def set(self, element: Element, attribute: str, value: object) -> int:
        thing = thing_of(element)
        status = thing.refused.get(attribute, self._status(thing))
        if status == constants.AX_ERROR_SUCCESS:
            if attribute == constants.AX_SELECTED_TEXT:
                self._type(thing, str(value))
            else:
                thing.attributes[attribute] = value
        return status

    def settable(self, element: Element, attribute: str) -> bool:
        thing = thing_of(element)
        return attribute not in thing.refused and self._status(thing) == constants.AX_ERROR_SUCCESS

    def perform(self, element: Element, action: str) -> int:
        thing = thing_of(element)
        thing.performed.append(action)
        return self._status(thing)

    def window_number(self, window: Element) -> int | None:
        return thing_of(window).number if self.tells_numbers else None

    def observe(
        self, pid: int, element: Element, notifications: Sequence[str], action: Callable[[], None]
    ) -> Cancel | None:
        thing = thing_of(element)
        assert thing.pid == pid
        if not self.observable or self._status(thing) != constants.AX_ERROR_SUCCESS:
            return None
        entry = thing, tuple(notifications), action
        self.observed.append(entry)

        def cancel() -> None:
            if entry in self.observed:
                self.observed.remove(entry)

        return cancel

    def notify(self, thing: FakeElement, notification: str) -> None:
        for observed, notifications, action in self.observed:
            if observed is thing and notification in notifications:
                self._time.call_later(SOON, action)

    def _status(self, thing: FakeElement) -> int:
        if not self._permissions.trust:
            return constants.AX_ERROR_API_DISABLED
        if thing.pid in self.silent:
            return CANNOT_COMPLETE
        return constants.AX_ERROR_INVALID_UI_ELEMENT if thing.dead else constants.AX_ERROR_SUCCESS

    def _type(self, box: FakeElement, text: str) -> None:
        if not self.writes_to_box:
            return
        value = str(box.attributes[constants.AX_VALUE]).encode("utf-16-le")
        selected = box.attributes[constants.AX_SELECTED_TEXT_RANGE]
        assert isinstance(selected, tuple)
        start, length = int(selected[0]), int(selected[1])
        after = value[: 2 * start] + text.encode("utf-16-le") + value[2 * (start + length) :]
        box.attributes[constants.AX_VALUE] = after.decode("utf-16-le")
        box.attributes[constants.AX_SELECTED_TEXT_RANGE] = (start + len(text.encode("utf-16-le")) // 2, 0)


def thing_of(element: Element) -> FakeElement:
    thing: object = element
    assert isinstance(thing, FakeElement)
    return thing


class FakePermissions:
    def __init__(self) -> None:
        self.trust = True
        self.post = False
        self.titles = False
        self.asked = 0

    def trusted(self) -> bool:
        return self.trust

    def may_post(self) -> bool:
        return self.post

    def may_see_titles(self) -> bool:
        return self.titles

    def ask_for_trust(self) -> None:
        self.asked += 1
