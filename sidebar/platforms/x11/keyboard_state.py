"""The keyboard as the X server sees it: which code a key has, and which keys are down."""

import logging
from collections.abc import Callable
from datetime import timedelta
from itertools import combinations
from typing import Any

from Xlib import X
from Xlib.ext import xtest
from Xlib.protocol import request

from sidebar.domain.hotkeys import Modifier
from sidebar.platforms.x11.connection import Connection
from sidebar.platforms.x11.keysyms import keysym
from sidebar.platforms.x11.layout import MODIFIER_KEYS, read_layout
from sidebar.platforms.x11.xkb import Xkb
from sidebar.ports import Cancel, Scheduler

log = logging.getLogger(__name__)


class Keyboard:
    """Key names to key codes, modifiers to bits, and which modifiers are down this moment.

    The layout is read again whenever the server says that it may have changed. It says so
    often: each time keys come from another device than the time before (the hands, then XTEST,
    then the hands again). Only a real change is passed on.
    """

    def __init__(self, *, connection: Connection, scheduler: Scheduler) -> None:
        self.xkb = Xkb(
            connection, layout_changed=self._on_layout_changed, modifiers_changed=self._on_modifiers_changed
        )
        self.can_press = bool(connection.display.has_extension("XTEST"))
        self._connection = connection
        self._scheduler = scheduler
        self._layout = read_layout(connection.display)
        self._changed: list[Callable[[], None]] = []
        self._waiting: dict[int, Callable[[], None]] = {}
        self._serial = 0
        connection.on(X.MappingNotify, self._on_mapping_notify)

    def code(self, key: str) -> int | None:
        """The code of a key named as in `KeyCombo`; None where this keyboard has no such key.

        All groups of the layout are looked through: while somebody types Cyrillic, `v` is the
        key that says `v` in the Latin group beside it.
        """
        symbol = keysym(key)
        return None if symbol is None else self._layout.codes.get(symbol)

    def modifier_codes(self, modifiers: Modifier) -> tuple[int, ...] | None:
        """One key for each of *modifiers*; None where one of them is on no key."""
        codes = []
        for modifier in modifiers:
            found = [self._layout.codes[s] for s in MODIFIER_KEYS[modifier] if s in self._layout.codes]
            if not found:
                return None
            codes.append(found[0])
        return tuple(codes)

    def mask(self, modifiers: Modifier) -> int:
        """The bits of *modifiers* in the state of a key event."""
        return sum(self._layout.masks[modifier] for modifier in modifiers)

    def lock_masks(self) -> tuple[int, ...]:
        """Every state that the lock keys (Caps, Num, Scroll) can be in together; 0 comes first."""
        locks = self._layout.locks
        return tuple(sum(on) for count in range(len(locks) + 1) for on in combinations(locks, count))

    def press(self, code: int) -> None:
        """Press a key by XTEST; sent with the next flush."""
        xtest.fake_input(self._connection.display, X.KeyPress, code)

    def let_go(self, code: int) -> None:
        """Release a key by XTEST, whoever holds it; sent with the next flush."""
        if self.can_press:
            xtest.fake_input(self._connection.display, X.KeyRelease, code)

    def modifiers_held(self) -> bool:
        """Whether a key is down that the layout makes a modifier; lock keys do not count."""
        return self.ask_modifiers()()

    def ask_modifiers(self) -> Callable[[], bool]:
        """Ask whether a modifier is down; calling what is returned waits for the answer."""
        asked = request.QueryKeymap(display=self._connection.display.display, defer=True)

        def answer() -> bool:
            asked.reply()
            return any(asked.map[code // 8] >> code % 8 & 1 for code in self._layout.held)

        return answer

    def when_modifiers_up(self, action: Callable[[], None]) -> Cancel:
        """Run *action* once no modifier is down: told by the server, and listening only while somebody waits.

        The notice is asked for before the keys are looked at, so that nothing falls between.
        Without XKB nothing is told, and *action* runs only if no modifier is down already.
        """
        if self.xkb.present and not self._waiting:
            self.xkb.tell_modifiers(True)
        if not self.modifiers_held():
            self._stop_listening()
            return self._scheduler.call_later(timedelta(0), action)
        self._serial = serial = self._serial + 1
        self._waiting[serial] = action

        def cancel() -> None:
            if self._waiting.pop(serial, None) is not None:
                self._stop_listening()
                self._connection.settle()

        return cancel

    def when_changed(self, action: Callable[[], None]) -> None:
        """Run *action* each time keys have come to mean something else."""
        self._changed.append(action)

    def _on_modifiers_changed(self) -> None:
        # The notice alone is not trusted: another key may have gone down since it was sent.
        if not self._waiting or self.modifiers_held():
            return
        actions = tuple(self._waiting.values())
        self._waiting.clear()
        self._stop_listening()
        for action in actions:
            action()

    def _stop_listening(self) -> None:
        if self.xkb.present and not self._waiting:
            self.xkb.tell_modifiers(False)

    def _on_mapping_notify(self, event: Any) -> None:
        if event.request != X.MappingPointer:
            self._on_layout_changed()

    def _on_layout_changed(self) -> None:
        layout = read_layout(self._connection.display)
        if layout != self._layout:
            self._layout = layout
            log.info("x11 keyboard layout changed")
            for action in tuple(self._changed):
                action()
