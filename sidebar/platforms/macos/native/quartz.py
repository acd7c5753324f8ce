"""Quartz: keys posted as events, and the window server's list of windows."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

import Quartz

from sidebar.domain.insertion import Rect
from sidebar.platforms.macos import constants
from sidebar.platforms.macos.bridge import ListedWindow, Stroke
from sidebar.platforms.macos.native.carbon import Layout

_APART = 1_000_000
"""Nanoseconds between the times of two strokes, so that nobody sorts them otherwise."""


class QuartzKeyboard(Layout):
    """Implements `bridge.Keyboard`: Carbon's layout, Quartz' events."""

    def flags(self) -> int:
        """Of the whole session: what another program holds down counts, too, as the client sees it."""
        return int(Quartz.CGEventSourceFlagsState(constants.CG_EVENT_SOURCE_STATE_COMBINED_SESSION_STATE))

    def post(self, strokes: Sequence[Stroke]) -> bool:
        """All are made before the first is posted, so that none goes down that does not come up."""
        source = Quartz.CGEventSourceCreate(constants.CG_EVENT_SOURCE_STATE_COMBINED_SESSION_STATE)
        if source is None:
            return False
        # Else what the agent types within a quarter of a second would be swallowed.
        Quartz.CGEventSourceSetLocalEventsSuppressionInterval(source, 0.0)
        now = time.clock_gettime_ns(_UPTIME)
        events = []
        for index, stroke in enumerate(strokes):
            event = Quartz.CGEventCreateKeyboardEvent(source, stroke.code, stroke.down)
            if event is None:
                return False
            Quartz.CGEventSetFlags(event, stroke.flags)
            Quartz.CGEventSetTimestamp(event, now + index * _APART)
            events.append(event)
        for event in events:
            Quartz.CGEventPost(constants.CG_SESSION_EVENT_TAP, event)
        return True


_UPTIME = getattr(time, "CLOCK_UPTIME_RAW", time.CLOCK_MONOTONIC)
"""The clock of events' times; the name is a Mac's alone."""


def on_screen() -> tuple[ListedWindow, ...]:
    """The windows on the screen, the one in front first."""
    options = (
        constants.CG_WINDOW_LIST_OPTION_ON_SCREEN_ONLY | constants.CG_WINDOW_LIST_EXCLUDE_DESKTOP_ELEMENTS
    )
    infos = Quartz.CGWindowListCopyWindowInfo(options, 0) or ()
    return tuple(_read(info) for info in infos if info.get("kCGWindowAlpha", 1.0) > 0)


def window(handle: int) -> ListedWindow | None:
    """One window, on the screen or not."""
    option = constants.CG_WINDOW_LIST_OPTION_INCLUDING_WINDOW
    infos = Quartz.CGWindowListCopyWindowInfo(option, handle) or ()
    return next((each for each in map(_read, infos) if each.handle == handle), None)


def _read(info: Mapping[str, Any]) -> ListedWindow:
    bounds = info["kCGWindowBounds"]
    return ListedWindow(
        handle=int(info["kCGWindowNumber"]),
        pid=int(info["kCGWindowOwnerPID"]),
        title=str(info.get("kCGWindowName") or ""),
        frame=Rect(*(round(bounds[key]) for key in ("X", "Y", "Width", "Height"))),
        layer=int(info["kCGWindowLayer"]),
        visible=bool(info.get("kCGWindowIsOnscreen", False)),
    )
