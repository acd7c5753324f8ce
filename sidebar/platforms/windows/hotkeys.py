"""Global hotkeys by RegisterHotKey: told as messages, no keystroke of the user ever waits for us."""

import logging
from collections.abc import Callable

from sidebar.domain.hotkeys import KeyCombo, Modifier
from sidebar.domain.lean import dataclass
from sidebar.platforms.windows import win32
from sidebar.platforms.windows.keyboard import Keyboard
from sidebar.platforms.windows.messages import Messages
from sidebar.platforms.windows.virtual_keys import virtual_key

log = logging.getLogger(__name__)

_BITS = {
    Modifier.ALT: win32.MOD_ALT,
    Modifier.CTRL: win32.MOD_CONTROL,
    Modifier.SHIFT: win32.MOD_SHIFT,
    Modifier.SUPER: win32.MOD_WIN,
}


@dataclass(slots=True, kw_only=True)
class _Hotkey:
    """A combination somebody wants; `key` is what it is taken with now, None where it could not be had."""

    number: int
    action: Callable[[], None]
    key: int | None = None


class Win32Hotkeys:
    """Implements `Hotkeys`.

    A held key does not repeat (MOD_NOREPEAT). One that another program has (error 1409) is
    refused on its own, the others live. All are taken anew when the session is unlocked and
    when the computer wakes; those whose key is elsewhere on another layout, when the window in
    front has another layout (`look_at_layout`): Windows reads a key by the layout in front.
    """

    def __init__(self, *, messages: Messages, keyboard: Keyboard, front: Callable[[], int]) -> None:
        self._messages = messages
        self._keyboard = keyboard
        self._front = front
        self._hotkeys: dict[KeyCombo, _Hotkey] = {}
        self._number = 0
        messages.on(win32.WM_HOTKEY, self._on_hotkey)
        messages.on(win32.WM_WTSSESSION_CHANGE, self._on_session)
        messages.on(win32.WM_POWERBROADCAST, self._on_power)
        messages.on(win32.WM_INPUTLANGCHANGE, lambda *_: self.look_at_layout())

    def register(self, combo: KeyCombo, action: Callable[[], None]) -> bool:
        """Run *action* on each press of *combo*, anywhere; False when it is taken or no such key is there."""
        self.unregister(combo)
        self._number += 1
        hotkey = _Hotkey(number=self._number, action=action)
        if not self._take(combo, hotkey):
            return False
        self._hotkeys[combo] = hotkey
        return True

    def unregister(self, combo: KeyCombo) -> None:
        """Give *combo* back; harmless where we have not got it."""
        hotkey = self._hotkeys.pop(combo, None)
        if hotkey is not None:
            self._give_back(hotkey)

    def look_at_layout(self) -> None:
        """Take those anew whose key is another one on the layout of the window in front."""
        for combo, hotkey in self._hotkeys.items():
            if hotkey.key != self._key(combo):
                self._give_back(hotkey)
                self._take(combo, hotkey)

    def close(self) -> None:
        """Give all back."""
        for combo in tuple(self._hotkeys):
            self.unregister(combo)

    def _key(self, combo: KeyCombo) -> int | None:
        layout = self._keyboard.layout(self._front())
        return virtual_key(combo.key, lambda character: self._keyboard.key_of(character, layout))

    def _take(self, combo: KeyCombo, hotkey: _Hotkey) -> bool:
        key = self._key(combo)
        bits = sum(_BITS[modifier] for modifier in combo.modifiers) | win32.MOD_NOREPEAT
        taken = key is not None and self._keyboard.take(self._messages.handle, hotkey.number, bits, key)
        hotkey.key = key if taken else None
        return taken

    def _give_back(self, hotkey: _Hotkey) -> None:
        if hotkey.key is not None:
            self._keyboard.give_back(self._messages.handle, hotkey.number)
            hotkey.key = None

    def _take_again(self) -> None:
        """One that cannot be had stays away until the next time."""
        for hotkey in self._hotkeys.values():
            self._give_back(hotkey)
        lost = sum(not self._take(combo, hotkey) for combo, hotkey in self._hotkeys.items())
        log.info("hotkeys taken again: %d, lost: %d", len(self._hotkeys) - lost, lost)

    def _on_hotkey(self, number: int, _: int) -> None:
        for hotkey in tuple(self._hotkeys.values()):
            if hotkey.number == number:
                hotkey.action()

    def _on_session(self, change: int, _: int) -> None:
        if change == win32.WTS_SESSION_UNLOCK:
            self._take_again()

    def _on_power(self, change: int, _: int) -> None:
        if change == win32.PBT_APMRESUMEAUTOMATIC:
            self._take_again()
