"""Keys pressed for the user by Quartz events, once the user's own modifiers are up."""

import logging
from collections.abc import Callable
from datetime import timedelta

from sidebar.domain.hotkeys import KeyCombo, Modifier
from sidebar.platforms.macos import bridge, constants
from sidebar.platforms.macos.bridge import Stroke
from sidebar.platforms.macos.key_codes import key_code
from sidebar.ports import Cancel, Scheduler

log = logging.getLogger(__name__)

POLL = timedelta(milliseconds=10)
"""How often the modifiers are looked at while somebody waits for them; hearing of them by event would
need Input Monitoring, a permission to read every key."""

_HELD = (
    constants.CG_EVENT_FLAG_MASK_SHIFT
    | constants.CG_EVENT_FLAG_MASK_CONTROL
    | constants.CG_EVENT_FLAG_MASK_ALTERNATE
    | constants.CG_EVENT_FLAG_MASK_COMMAND
)
_KEYS = {
    Modifier.CTRL: (
        constants.VK_CONTROL,
        constants.CG_EVENT_FLAG_MASK_CONTROL | constants.NX_DEVICE_L_CTL_KEY_MASK,
    ),
    Modifier.ALT: (
        constants.VK_OPTION,
        constants.CG_EVENT_FLAG_MASK_ALTERNATE | constants.NX_DEVICE_L_ALT_KEY_MASK,
    ),
    Modifier.SHIFT: (
        constants.VK_SHIFT,
        constants.CG_EVENT_FLAG_MASK_SHIFT | constants.NX_DEVICE_L_SHIFT_KEY_MASK,
    ),
    Modifier.SUPER: (
        constants.VK_COMMAND,
        constants.CG_EVENT_FLAG_MASK_COMMAND | constants.NX_DEVICE_L_CMD_KEY_MASK,
    ),
}
"""The left key of each modifier, and its bits: programs look at either the kind or the side."""


def chord(combo: KeyCombo) -> KeyCombo:
    """The chord that does here what *combo* of a client's profile does elsewhere: Command for Ctrl.

    Profiles are written for all desktops and say `ctrl+v` for paste and `ctrl+return` for send;
    programs made for several desktops swap the two keys in the same way.
    """
    if Modifier.CTRL not in combo.modifiers:
        return combo
    return KeyCombo(combo.key, combo.modifiers & ~Modifier.CTRL | Modifier.SUPER)


class MacKeySender:
    """Implements `KeySender`; *before* runs ahead of each chord, which is not pressed where it says no."""

    def __init__(
        self,
        *,
        keyboard: bridge.Keyboard,
        permissions: bridge.Permissions,
        scheduler: Scheduler,
        before: Callable[[], bool],
    ) -> None:
        self._keyboard = keyboard
        self._permissions = permissions
        self._scheduler = scheduler
        self._before = before

    def modifiers_held(self) -> bool:
        """Whether Control, Option, Shift or Command is down this moment (Caps Lock and fn do not count)."""
        return bool(self._keyboard.flags() & _HELD)

    def when_released(self, action: Callable[[], None]) -> Cancel:
        """Run *action* once, as soon as no modifier is seen down any more; see `POLL`."""
        waiting: Cancel

        def look() -> None:
            nonlocal waiting
            if self.modifiers_held():
                waiting = self._scheduler.call_later(POLL, look)
            else:
                action()

        waiting = self._scheduler.call_later(timedelta(0), look)
        return lambda: waiting()

    def send(self, combo: KeyCombo) -> bool:
        """Press and release what *combo* means here (`chord`); False without permission or such a key."""
        meant = chord(combo)
        code = key_code(meant.key, self._keyboard, command=Modifier.SUPER in meant.modifiers)
        if code is None or not (self._permissions.may_post() or self._permissions.trusted()):
            log.info("keys not sent: key=%s", code is not None)
            return False
        return self._before() and self._keyboard.post(_strokes(code, meant.modifiers))


def _strokes(code: int, modifiers: Modifier) -> tuple[Stroke, ...]:
    """Modifiers down one by one, the key down and up, modifiers up in reverse."""
    downs, ups = [], []
    flags = 0
    for modifier in modifiers:
        key, bits = _KEYS[modifier]
        ups.append(Stroke(code=key, down=False, flags=flags))
        flags |= bits
        downs.append(Stroke(code=key, down=True, flags=flags))
    pressed = Stroke(code=code, down=True, flags=flags)
    return (*downs, pressed, Stroke(code=code, down=False, flags=flags), *reversed(ups))
