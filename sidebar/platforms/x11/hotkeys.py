"""Global hotkeys: keys grabbed on the root window, one by one."""

import logging
from collections.abc import Callable
from typing import Any

from Xlib import X
from Xlib.error import BadAccess, CatchError

from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.lean import dataclass
from sidebar.platforms.x11.connection import Connection
from sidebar.platforms.x11.keyboard_state import Keyboard

log = logging.getLogger(__name__)

_MODIFIER_BITS = 0xFF
"""The rest of an event's state are mouse buttons and the layout's group, which a grab does not look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grab:
    """One hotkey as the server knows it: `states` has one entry for each state of the lock keys."""

    code: int
    states: tuple[int, ...]


class X11Hotkeys:
    """Implements `Hotkeys`.

    A grab matches one exact state, so each key is grabbed once for every state that Caps, Num
    and Scroll Lock can be in. A held key repeats as presses without releases between them (we
    ask XKB for that), so a press of a key that is down already is a repeat and counts for nothing.
    The grab of a key lasts until that key is released; see `keys` for what follows from it.
    """

    def __init__(self, *, connection: Connection, keyboard: Keyboard) -> None:
        self._connection = connection
        self._keyboard = keyboard
        self._actions: dict[KeyCombo, Callable[[], None]] = {}
        self._grabs: dict[KeyCombo, _Grab] = {}
        self._down: dict[int, None] = {}
        if keyboard.xkb.present:
            keyboard.xkb.auto_repeat_is_press_only()
        connection.on(X.KeyPress, self._on_press)
        connection.on(X.KeyRelease, self._on_release)
        keyboard.when_changed(self._grab_again)

    def register(self, combo: KeyCombo, action: Callable[[], None]) -> bool:
        """Run *action* on each press of *combo*; False when it is taken or no such key is there."""
        self.unregister(combo)
        taken = not self._grab(combo)
        self._connection.settle()
        if taken:
            return False
        self._actions[combo] = action
        return True

    def unregister(self, combo: KeyCombo) -> None:
        """Give *combo* back; harmless where we have not got it."""
        self._actions.pop(combo, None)
        self._release(combo)
        self._connection.settle()

    def down(self) -> tuple[int, ...]:
        """The keys of hotkeys that are down, the one whose grab is active first."""
        return tuple(self._down)

    def _grab(self, combo: KeyCombo) -> bool:
        code = self._keyboard.code(combo.key)
        if code is None:
            return False
        mask = self._keyboard.mask(combo.modifiers)
        grab = _Grab(code=code, states=tuple(mask | locks for locks in self._keyboard.lock_masks()))
        refusals = []
        for state in grab.states:
            refused = CatchError(BadAccess)
            refusals.append(refused)
            self._connection.root.grab_key(
                code, state, False, X.GrabModeAsync, X.GrabModeAsync, onerror=refused
            )
        self._connection.display.sync()
        self._grabs[combo] = grab
        if any(refused.get_error() for refused in refusals):
            self._release(combo)
            return False
        return True

    def _release(self, combo: KeyCombo) -> None:
        grab = self._grabs.pop(combo, None)
        if grab is not None:
            for state in grab.states:
                self._connection.root.ungrab_key(grab.code, state)

    def _grab_again(self) -> None:
        """The keys have other codes now; one that cannot be had stays away until the next change."""
        for combo in tuple(self._grabs):
            self._release(combo)
        lost = sum(not self._grab(combo) for combo in self._actions)
        if lost:
            log.info("hotkeys lost with the keyboard layout: %d", lost)

    def _on_press(self, event: Any) -> None:
        for combo, grab in self._grabs.items():
            if grab.code == event.detail and event.state & _MODIFIER_BITS in grab.states:
                if event.detail not in self._down:
                    self._down[event.detail] = None
                    self._actions[combo]()
                return

    def _on_release(self, event: Any) -> None:
        """A key that was pressed while another's grab was active has no grab itself.

        When that other is released, the release of the later one would go to some other program,
        and its next press would look like a repeat: it is let go here and now.
        """
        ends_grab = next(iter(self._down), None) == event.detail
        self._down.pop(event.detail, None)
        if ends_grab:
            for code in self._down:
                self._keyboard.let_go(code)
            self._down.clear()
