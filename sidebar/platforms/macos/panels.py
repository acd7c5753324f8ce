"""Our own window beside the chat client's: placed exactly, above it and, as far as can be, nothing else."""

from sidebar.domain.insertion import Rect, WindowInfo
from sidebar.domain.lean import dataclass
from sidebar.platforms.macos import bridge, constants
from sidebar.platforms.macos.bridge import Panel


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    panel: Panel
    window: WindowInfo


class Panels:
    """Keeps our window above the window it was told of.

    macOS has no way to say "above that window of another program" once and for all. While that
    program is in front our window floats; while another is, it is an ordinary window directly above
    the client's, so that the other can cover both. Qt makes a tool window float again each
    time its flags change, so this is said again whenever windows come and go.
    """

    def __init__(self, own: bridge.OwnWindows) -> None:
        self._own = own
        self._standing: _Standing | None = None

    def place(self, handle: int, place: Rect) -> None:
        """Put our window exactly there."""
        panel = self._own.panel(handle)
        if panel is not None:
            panel.prepare()
            panel.place(place)

    def stand_above(self, handle: int, window: WindowInfo, *, front: int) -> None:
        """Keep it above *window* from now on; *front* is the program in front now."""
        panel = self._own.panel(handle)
        self._standing = None
        if panel is not None:
            panel.prepare()
            self._standing = _Standing(panel=panel, window=window)
            self.arrange(front)

    def leave(self, window: WindowInfo) -> None:
        """*window* is gone: ours is an ordinary window until it is told of another."""
        if self._standing is not None and self._standing.window.handle == window.handle:
            self._standing.panel.set_level(constants.NORMAL_WINDOW_LEVEL)
            self._standing = None

    def arrange(self, front: int) -> None:
        """Another program may be in front: float or stand back."""
        standing = self._standing
        if standing is None or not standing.panel.visible:
            return
        if front == standing.window.pid:
            standing.panel.set_level(constants.FLOATING_WINDOW_LEVEL)
        else:
            standing.panel.set_level(constants.NORMAL_WINDOW_LEVEL)
            standing.panel.stand_above(standing.window.handle)
