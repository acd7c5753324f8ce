"""What the user has to grant in System Settings, what is missing without it, and noticing when it comes.

Accessibility lets us press keys, read titles and hear of windows. Asking shows the system's own
dialog, which explains it and leads to the setting; its answer comes minutes later or never,
so we look again each second while it is missing. Until then phrases go to the clipboard only.

macOS grants it to a signature. A program that is not signed with one Developer ID has another
signature with every build: System Settings goes on showing it as granted, but it is not. The entry
must be taken out with − and added again, or `tccutil reset Accessibility <bundle id>` run.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from sidebar.platforms.macos import bridge
from sidebar.ports import Cancel, Capability, Scheduler

log = logging.getLogger(__name__)

LOOK = timedelta(seconds=1)
SETTINGS = "x-apple.systempreferences:com.apple.preference.security?Privacy_Accessibility"
"""Opens the page of System Settings where Accessibility is granted."""
PASTE_SETTINGS = "x-apple.systempreferences:com.apple.preference.security?Privacy_Pasteboard"
"""Opens the page where reading what other programs copied is allowed for good."""

_ALWAYS = Capability.GLOBAL_HOTKEYS | Capability.TRACK_WINDOW


class MacPermissions:
    """Tells what we may do now, and each change to it while something is missing.

    `trusted` can go on being true for a while after it was taken away: keys then reach nobody, and
    the insertion ends as not taken.
    """

    def __init__(
        self, *, permissions: bridge.Permissions, readable: Callable[[], bool], scheduler: Scheduler
    ) -> None:
        self._permissions = permissions
        self._readable = readable
        self._scheduler = scheduler
        self._listeners: list[Callable[[Capability], None]] = []
        self._told = self.capabilities()
        self._next: Cancel = _nothing
        if not permissions.trusted():
            permissions.ask_for_trust()
            self._look_later()

    def capabilities(self) -> Capability:
        """What can be done this moment."""
        able = _ALWAYS
        if self._readable():
            able |= Capability.CLIPBOARD_FORMATS
        if self._permissions.trusted():
            return able | Capability.SEND_KEYS | Capability.READ_TITLE | Capability.ACCESSIBILITY
        if self._permissions.may_post():
            able |= Capability.SEND_KEYS
        if self._permissions.may_see_titles():
            able |= Capability.READ_TITLE
        return able

    def when_changed(self, action: Callable[[Capability], None]) -> None:
        """Run *action* with what can be done, each time that has become another."""
        self._listeners.append(action)

    def close(self) -> None:
        """Look no more."""
        self._next()

    def _look_later(self) -> None:
        self._next = self._scheduler.call_later(LOOK, self._look)

    def _look(self) -> None:
        if not self._permissions.trusted():
            self._look_later()
        able = self.capabilities()
        if able != self._told:
            log.info("permissions changed: %s", able)
            self._told = able
            for action in tuple(self._listeners):
                action(able)


def _nothing() -> None:
    """There is nothing to take back."""
