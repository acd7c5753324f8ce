"""Keys pressed for the user, by XTEST, once the user's own are up.

What was found about a hotkey and the chord that answers it (X.Org server 21.1):

- While a hotkey's key is down its passive grab is active, and keys sent by XTEST go to whoever
  has the grab: to us, not to the chat client. The grab ends with the release of that key, and
  a release sent by XTEST counts, also for a key that a finger still holds. The server then
  takes it as up: it repeats it no more, and the finger's own release later is passed over.
- So whatever keys of hotkeys are still down are let go in the same batch, ahead of the chord.
  Their release comes back to us like any other, and the next press is a new one.
- Ending the grab by UngrabKeyboard as soon as the hotkey comes is worse: a key held on after
  the modifiers are up begins to repeat into the chat client, and its release goes there too.
- A press of a key that is already down is dropped by the server, and so is a release of one that is
  not. Letting go first, without asking, lets a hotkey such as ctrl+alt+v be answered by ctrl+v.
"""

import logging
from collections.abc import Callable, Iterable

from sidebar.domain.hotkeys import KeyCombo
from sidebar.platforms.x11.connection import Connection
from sidebar.platforms.x11.keyboard_state import Keyboard
from sidebar.ports import Cancel

log = logging.getLogger(__name__)


class X11KeySender:
    """Implements `KeySender`; *hotkeys_down* says which keys of hotkeys have not been let go yet."""

    def __init__(
        self, *, connection: Connection, keyboard: Keyboard, hotkeys_down: Callable[[], Iterable[int]]
    ) -> None:
        self._connection = connection
        self._keyboard = keyboard
        self._hotkeys_down = hotkeys_down

    def modifiers_held(self) -> bool:
        """Whether Ctrl, Alt, Shift, Super or AltGr is down this moment (lock keys do not count)."""
        held = self._keyboard.modifiers_held()
        self._connection.settle()
        return held

    def when_released(self, action: Callable[[], None]) -> Cancel:
        """Run *action* once, as soon as no modifier is down any more, by XKB's own event."""
        cancel = self._keyboard.when_modifiers_up(action)
        self._connection.settle()
        return cancel

    def send(self, combo: KeyCombo) -> bool:
        """Press and release *combo* as one batch; False without XTEST or without such a key."""
        keyboard = self._keyboard
        key = keyboard.code(combo.key)
        modifiers = keyboard.modifier_codes(combo.modifiers)
        if not keyboard.can_press or key is None or modifiers is None:
            log.info("keys not sent: xtest=%s key=%s", keyboard.can_press, key is not None)
            return False
        for code in dict.fromkeys((*self._hotkeys_down(), key)):
            keyboard.let_go(code)
        for code in (*modifiers, key):
            keyboard.press(code)
        for code in (key, *reversed(modifiers)):
            keyboard.let_go(code)
        self._connection.settle()
        return True
