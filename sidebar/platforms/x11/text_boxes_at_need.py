"""Input boxes by accessibility, none of it imported before the first client that has them is in front.

Many a desktop has no such client, and D-Bus and what we ask over it take 1.2 MiB and 10 ms.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sidebar.domain.insertion import BoxAnswer, WindowInfo
from sidebar.ports import Cancel, Readiness, Scheduler

if TYPE_CHECKING:
    from sidebar.platforms.x11.text_boxes import AtSpiTextBoxes


def session_address(environment: Mapping[str, str]) -> str:
    """The address of the user's session bus; '' where there is none."""
    usual = Path(environment.get("XDG_RUNTIME_DIR", ""), "bus")
    return environment.get("DBUS_SESSION_BUS_ADDRESS") or (f"unix:path={usual}" if usual.is_socket() else "")


class TextBoxesAtNeed:
    """Implements `TextBoxes` with what it makes at the first question."""

    def __init__(self, session: str, *, readiness: Readiness, scheduler: Scheduler) -> None:
        self._session = session
        self._readiness = readiness
        self._scheduler = scheduler
        self._made: AtSpiTextBoxes | None = None

    def prepare(self, window: WindowInfo) -> None:
        self._boxes().prepare(window)

    def insert(self, window: WindowInfo, text: str, done: Callable[[BoxAnswer], None]) -> Cancel:
        return self._boxes().insert(window, text, done)

    def close(self) -> None:
        """Leave the accessibility bus, if it was ever needed."""
        if self._made is not None:
            self._made.close()

    def _boxes(self) -> "AtSpiTextBoxes":
        if self._made is None:
            from sidebar.platforms.x11.text_boxes import AtSpiTextBoxes

            self._made = AtSpiTextBoxes(self._session, readiness=self._readiness, scheduler=self._scheduler)
        return self._made
