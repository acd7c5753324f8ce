"""Keys pressed for the user by one SendInput, once the user's own are up."""

import logging
from collections.abc import Callable
from datetime import timedelta

from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.insertion import WindowInfo
from sidebar.platforms.windows import win32
from sidebar.platforms.windows.keyboard import Keyboard, Stroke
from sidebar.platforms.windows.processes import Processes
from sidebar.platforms.windows.virtual_keys import EXTENDED, MODIFIERS, virtual_key
from sidebar.ports import Cancel, Scheduler

log = logging.getLogger(__name__)

_MODIFIERS = (win32.VK_CONTROL, win32.VK_MENU, win32.VK_SHIFT, win32.VK_LWIN, win32.VK_RWIN)
LOOK_AGAIN = timedelta(milliseconds=10)
"""Windows tells of keys only a hook, through which every keystroke of the session would have to
pass; so while somebody waits, and only then, we look again at this interval."""
_SOON = timedelta(0)


class Win32KeySender:
    """Implements `KeySender`.

    Each stroke carries the virtual key, which is what programs go by, and the scan code it has
    on the layout of the window in front, for those that look there (Chromium's `code`).

    *before* runs ahead of each batch: the clipboard learns that a paste may be on its way.
    """

    def __init__(
        self,
        *,
        keyboard: Keyboard,
        processes: Processes,
        scheduler: Scheduler,
        active: Callable[[], WindowInfo | None],
        before: Callable[[], None],
    ) -> None:
        self._keyboard = keyboard
        self._processes = processes
        self._scheduler = scheduler
        self._active = active
        self._before = before

    def modifiers_held(self) -> bool:
        """Whether Ctrl, Alt, Shift or a Windows key is down this moment (lock keys do not count)."""
        return self._keyboard.down(*_MODIFIERS)

    def when_released(self, action: Callable[[], None]) -> Cancel:
        """Run *action* once, as soon as no modifier is down any more; see `LOOK_AGAIN`."""
        pending: list[Cancel] = []

        def look() -> None:
            if self.modifiers_held():
                pending[:] = [self._scheduler.call_later(LOOK_AGAIN, look)]
            else:
                action()

        def cancel() -> None:
            for each in pending:
                each()

        pending.append(self._scheduler.call_later(_SOON, look))
        return cancel

    def elevated(self, window: WindowInfo) -> bool:
        """Whether *window*'s program has more rights than ours: Windows passes none of our keys on to it."""
        return self._processes.elevated(window.pid)

    def send(self, combo: KeyCombo) -> bool:
        """Press and release *combo* as one batch, for the window in front.

        False where no other program is in front, where its program has more rights than ours, or
        where Windows took only a part: then the keys are let go again.
        """
        active = self._active()
        if active is None or self.elevated(active):
            log.info("keys not sent: %s", "nobody in front" if active is None else "more rights needed")
            return False
        strokes = self._strokes(combo, self._keyboard.layout(active.handle))
        if strokes is None:
            log.info("keys not sent: no such key")
            return False
        self._before()
        taken = self._keyboard.press(strokes)
        if taken == len(strokes):
            return True
        log.warning("keys sent in part: %d of %d", taken, len(strokes))
        self._keyboard.press([stroke for stroke in strokes if stroke.up])
        return False

    def _strokes(self, combo: KeyCombo, layout: int) -> list[Stroke] | None:
        """Down in order, up in reverse; a key still held from its hotkey is let go first."""
        key = virtual_key(combo.key, lambda character: self._keyboard.key_of(character, layout))
        if key is None:
            return None
        keys = [*(MODIFIERS[modifier] for modifier in combo.modifiers), key]
        held = [self._stroke(key, layout, up=True)] if self._keyboard.down(key) else []
        pressed = [self._stroke(each, layout) for each in keys]
        return [*held, *pressed, *(self._stroke(each, layout, up=True) for each in reversed(keys))]

    def _stroke(self, key: int, layout: int, *, up: bool = False) -> Stroke:
        return Stroke(key, self._keyboard.scan_of(key, layout), up=up, extended=key in EXTENDED)
