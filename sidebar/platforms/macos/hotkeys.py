"""Global hotkeys by Carbon's RegisterEventHotKey: no permission, no event tap, no key of the user's read."""

import logging
from collections.abc import Callable

from sidebar.domain.hotkeys import KeyCombo, Modifier
from sidebar.domain.lean import dataclass
from sidebar.platforms.macos import bridge, constants
from sidebar.platforms.macos.key_codes import key_code

log = logging.getLogger(__name__)

_BITS = {
    Modifier.CTRL: constants.CONTROL_KEY,
    Modifier.ALT: constants.OPTION_KEY,
    Modifier.SHIFT: constants.SHIFT_KEY,
    Modifier.SUPER: constants.CMD_KEY,
}


@dataclass(slots=True, kw_only=True)
class _Hotkey:
    """A combination somebody wants; `code` is the key it is taken with now, None where it was refused."""

    number: int
    action: Callable[[], None]
    code: int | None = None


class MacHotkeys:
    """Implements `Hotkeys`; control is Control here and alt is Option, whatever the client's paste chord is.

    Each is taken on its own, exclusively, so that one another program has taken so is refused
    (-9878); one that is not taken exclusively both hear, which the system does not tell. A shortcut
    of the system's own is refused before it is asked for: it would be taken and never come. macOS
    15.0 and 15.1 refuse Option alone and Option with Shift (-9868).

    A key held down counts once, until it is released; should that get lost, the next press does,
    too. All live on through lock, sleep and a switch of users; a layout on which the key is
    elsewhere has them taken anew.
    """

    def __init__(self, *, hotkeys: bridge.Hotkeys, keyboard: bridge.Keyboard) -> None:
        self._hotkeys = hotkeys
        self._keyboard = keyboard
        self._wanted: dict[KeyCombo, _Hotkey] = {}
        self._down: set[int] = set()
        self._number = 0
        self._unlisten = hotkeys.listen(self._on_pressed, self._down.discard)
        self._unwatch = keyboard.when_layout_changes(self._on_layout_changed)

    def register(self, combo: KeyCombo, action: Callable[[], None]) -> bool:
        """Run *action* on each press of *combo*; False where it cannot be had."""
        self.unregister(combo)
        self._number += 1
        hotkey = _Hotkey(number=self._number, action=action)
        if not self._take(combo, hotkey):
            return False
        self._wanted[combo] = hotkey
        return True

    def unregister(self, combo: KeyCombo) -> None:
        """Give *combo* back; harmless where we have not got it."""
        hotkey = self._wanted.pop(combo, None)
        if hotkey is not None:
            self._give_back(hotkey)

    def close(self) -> None:
        """Give all back."""
        for combo in tuple(self._wanted):
            self.unregister(combo)
        self._unlisten()
        self._unwatch()

    def _code(self, combo: KeyCombo) -> int | None:
        return key_code(combo.key, self._keyboard, command=Modifier.SUPER in combo.modifiers)

    def _take(self, combo: KeyCombo, hotkey: _Hotkey) -> bool:
        code = self._code(combo)
        bits = sum(_BITS[modifier] for modifier in combo.modifiers)
        if code is None or (code, bits) in self._hotkeys.of_the_system():
            return False
        status = self._hotkeys.take(hotkey.number, code, bits)
        if status != constants.NO_ERR:
            log.info("hotkey refused: status=%d", status)
            return False
        hotkey.code = code
        return True

    def _give_back(self, hotkey: _Hotkey) -> None:
        if hotkey.code is not None:
            self._hotkeys.give_back(hotkey.number)
            self._down.discard(hotkey.number)
            hotkey.code = None

    def _on_pressed(self, number: int) -> None:
        if number in self._down:
            return
        self._down.add(number)
        for hotkey in tuple(self._wanted.values()):
            if hotkey.number == number:
                hotkey.action()

    def _on_layout_changed(self) -> None:
        """All that moved are given back first: one may now be where another was."""
        moved = [
            (combo, hotkey) for combo, hotkey in self._wanted.items() if hotkey.code != self._code(combo)
        ]
        for _, hotkey in moved:
            self._give_back(hotkey)
        lost = sum(not self._take(combo, hotkey) for combo, hotkey in moved)
        if moved:
            log.info("hotkeys moved with the keyboard layout: %d, lost: %d", len(moved), lost)
