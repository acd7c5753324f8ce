"""The accessibility bus and the one window on it that the window system means, for whoever asks there."""

from typing import NamedTuple

from sidebar.domain.insertion import WindowInfo
from sidebar.platforms.x11 import accessibility as at_spi
from sidebar.platforms.x11.accessibility import Accessible, Toolkit
from sidebar.platforms.x11.message_bus import MessageBus, Steps
from sidebar.ports import Readiness, Scheduler


class Frame(NamedTuple):
    """A program's window; `toolkit` is None where we do not know how it counts."""

    thing: Accessible
    toolkit: Toolkit | None


class AccessibilityLink:
    """A connection to the accessibility bus that the session bus at *session* names.

    It is made at the first need and again after it was lost; a new one gives the old names to
    other programs, so nothing found on the one before may be asked there.
    """

    def __init__(self, session: str, *, readiness: Readiness, scheduler: Scheduler) -> None:
        self._session = session
        self._readiness = readiness
        self._scheduler = scheduler
        self._bus: MessageBus | None = None

    def connection(self) -> Steps[MessageBus]:
        """The bus, connected or on its way."""
        if self._bus is not None and self._bus.alive:
            return self._bus
        session = self._dial(self._session)
        try:
            (address,) = yield session, [at_spi.accessibility_bus()]
        finally:
            session.close()
        if self._bus is None or not self._bus.alive:
            self._bus = self._dial(at_spi.as_text(address) or "")
        return self._bus

    def close(self) -> None:
        if self._bus is not None:
            self._bus.close()

    def _dial(self, address: str) -> MessageBus:
        return MessageBus(address, readiness=self._readiness, scheduler=self._scheduler)


def frame_of(bus: MessageBus, window: WindowInfo) -> Steps[Frame | None]:
    """The one window of *window*'s process that is titled so; None where there is none or more."""
    (registered,) = yield bus, [at_spi.children_of(at_spi.REGISTRY)]
    applications = at_spi.as_objects(registered)
    pids = yield bus, [at_spi.process_of(application) for application in applications]
    its = [each for each, pid in zip(applications, pids, strict=True) if at_spi.as_number(pid) == window.pid]
    answers = yield bus, [ask(each) for each in its for ask in (at_spi.toolkit_of, at_spi.children_of)]
    frames = [
        Frame(thing, at_spi.as_toolkit(named))
        for named, windows in zip(answers[::2], answers[1::2], strict=True)
        for thing in at_spi.as_objects(windows)
    ]
    titles = yield bus, [at_spi.name_of(frame.thing) for frame in frames]
    titled = [f for f, title in zip(frames, titles, strict=True) if at_spi.as_text(title) == window.title]
    return titled[0] if len(titled) == 1 else None
