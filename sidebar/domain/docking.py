"""Where the sidebar stands beside the chat client's window."""

from collections.abc import Iterable

from sidebar.domain.insertion import Rect
from sidebar.domain.sides import Side as Side

GAP = 4
"""Pixels between the two windows, so that the client's resize border stays reachable."""
MINIMUM_HEIGHT = 560
"""Below this the phrases would have no room; a lower client gets a taller neighbour."""


def dock(frame: Rect, screen: Rect, *, side: Side, width: int) -> Rect:
    """Beside *frame* on *side*, else on the other side, else overlapping inwards; always on *screen*.

    All in physical pixels; *screen* is the usable part of the one that *frame* is on.
    """
    height = min(max(frame.height, MINIMUM_HEIGHT), screen.height)
    top = min(max(frame.y, screen.y), screen.y + screen.height - height)
    right = frame.x + frame.width + GAP
    left = frame.x - GAP - width
    wanted = (right, left) if side is Side.RIGHT else (left, right)
    for x in wanted:
        if screen.x <= x and x + width <= screen.x + screen.width:
            return Rect(x, top, width, height)
    inwards = screen.x + screen.width - width if side is Side.RIGHT else screen.x
    return Rect(inwards, top, width, height)


def screen_of(frame: Rect, screens: Iterable[Rect]) -> Rect:
    """The screen that holds most of *frame*; the first where it is on none."""
    return max(screens, key=lambda screen: _shared(frame, screen))


def _shared(a: Rect, b: Rect) -> int:
    width = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    height = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    return max(width, 0) * max(height, 0)
