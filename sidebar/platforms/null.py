"""A desktop that runs everywhere, does nothing and says so: for tests, and where we know no better."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.insertion import BoxAnswer, Rect, WindowInfo
from sidebar.ports import Cancel, Capability, Platform, Readiness, Saved, Scheduler, WindowListener

if TYPE_CHECKING:
    from sidebar.domain.chat_clients import ClientProfile, ReadingRule
    from sidebar.domain.chat_reading import ListEntry
    from sidebar.domain.enclosures import Enclosure
    from sidebar.domain.log_growth import LogNews

_SOON = timedelta(0)


class NullWindows:
    """Implements `Windows`: there are no other programs."""

    def __init__(self, *, scheduler: Scheduler) -> None:
        self._scheduler = scheduler

    def listen(self, listener: WindowListener) -> None:
        self._scheduler.call_later(_SOON, lambda: listener.window_activated(None))

    def active(self) -> WindowInfo | None:
        return None

    def told(self) -> WindowInfo | None:
        return None

    def all(self) -> Sequence[WindowInfo]:
        return ()

    def follow(self, window: WindowInfo | None) -> None:
        """Nothing ever happens to a window here."""

    def frame(self, window: WindowInfo) -> Rect | None:
        del window
        return None

    def activate(self, window: WindowInfo) -> bool:
        del window
        return False

    def place_own(self, handle: int, place: Rect) -> None:
        """Where our window stands is left to whoever shows it."""

    def stand_above(self, handle: int, window: WindowInfo) -> None:
        """There is no window to stand above."""


class NullKeys:
    """Implements `KeySender`: no key is held, none can be sent."""

    def __init__(self, *, scheduler: Scheduler) -> None:
        self._scheduler = scheduler

    def modifiers_held(self) -> bool:
        return False

    def when_released(self, action: Callable[[], None]) -> Cancel:
        return self._scheduler.call_later(_SOON, action)

    def send(self, combo: KeyCombo) -> bool:
        del combo
        return False


class NullHotkeys:
    """Implements `Hotkeys`: no combination can be had."""

    def register(self, combo: KeyCombo, action: Callable[[], None]) -> bool:
        del combo, action
        return False

    def unregister(self, combo: KeyCombo) -> None:
        """There is nothing to give back."""


class NullClipboard:
    """Implements `Clipboard`: its owner never answers, and it takes no text."""

    def __init__(self, *, scheduler: Scheduler) -> None:
        self._scheduler = scheduler

    def save(self, done: Callable[[Saved | None], None]) -> Cancel:
        return self._scheduler.call_later(_SOON, lambda: done(None))

    def offer(self, content: "str | Enclosure", *, to: WindowInfo, taken: Callable[[], None]) -> bool:
        del content, to, taken
        return False

    def ours(self) -> bool:
        return False

    def restore(self, saved: Saved) -> None:
        """What cannot be offered need not be given back."""

    def keep(self, text: str) -> bool:
        del text
        return False

    def held(self) -> Mapping[str, bytes]:
        return {}


class NullTextBoxes:
    """Implements `TextBoxes`: no box can be written to, and none is touched."""

    def __init__(self, *, scheduler: Scheduler) -> None:
        self._scheduler = scheduler

    def prepare(self, window: WindowInfo) -> None:
        """There is no box to find."""

    def insert(self, window: WindowInfo, text: str, done: Callable[[BoxAnswer], None]) -> Cancel:
        del window, text
        return self._scheduler.call_later(_SOON, lambda: done(BoxAnswer.UNTOUCHED))


class NullChatReader:
    """Implements `ChatReader`: no list can be read, and nobody heard."""

    def watch(
        self, window: WindowInfo, rule: "ReadingRule", told: "Callable[[tuple[ListEntry, ...]], None]"
    ) -> Cancel:
        del window, rule, told
        return _nothing

    def hear(
        self, window: WindowInfo, profile: "ClientProfile", named: str, told: "Callable[[LogNews], None]"
    ) -> Cancel:
        del window, profile, named, told
        return _nothing


def create(*, readiness: Readiness, scheduler: Scheduler) -> Platform:
    """The desktop without abilities."""
    del readiness
    return Platform(
        name="null",
        capabilities=Capability.NONE,
        windows=NullWindows(scheduler=scheduler),
        keys=NullKeys(scheduler=scheduler),
        hotkeys=NullHotkeys(),
        clipboard=NullClipboard(scheduler=scheduler),
        boxes=NullTextBoxes(scheduler=scheduler),
        reader=NullChatReader(),
        close=_nothing,
    )


def _nothing() -> None:
    """There is nothing to close."""
