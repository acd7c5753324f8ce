"""The least an inserter can be, run by the system's own Python: what all others are compared with.

A global key (or a click on its little window) takes the clipboard, sees that it has it and sends
Ctrl+V. It gives no clipboard back, looks at no window, keeps no record and lifts held modifiers for
the user: each of them costs the others something.

    bare_script.py TEXT KEY[+KEY…] …        for example: bare_script.py 您好 f8 ctrl+alt+1
"""

import sys
from typing import Any

from Xlib import XK, X, Xatom
from Xlib.display import Display
from Xlib.ext import xtest
from Xlib.protocol.event import SelectionNotify

PLACE = (1500, 10, 80, 40)
"""Where its window is: x, y, width, height."""

_MASKS = {"ctrl": X.ControlMask, "alt": X.Mod1Mask, "shift": X.ShiftMask}
_LOCKS = (0, X.LockMask, X.Mod2Mask, X.LockMask | X.Mod2Mask)
_MODIFIERS = ("Control_L", "Control_R", "Alt_L", "Alt_R", "Shift_L", "Shift_R")


class BareScript:
    def __init__(self, text: str, combos: list[str]) -> None:
        self._text = text.encode()
        self._display = Display()
        self._root = self._display.screen().root
        atom = self._display.intern_atom
        self._clipboard, self._targets = atom("CLIPBOARD"), atom("TARGETS")
        self._texts = [atom(name) for name in ("UTF8_STRING", "text/plain;charset=utf-8", "text/plain")]
        self._window = self._button()
        self._modifiers = [self._keycode(name) for name in _MODIFIERS]
        self._control, self._v = self._keycode("Control_L"), self._keycode("v")
        for combo in combos:
            self._grab(combo)
        self._display.sync()

    def run(self) -> None:
        while True:
            event = self._display.next_event()
            if event.type in (X.KeyPress, X.ButtonPress):
                self._insert(event)
            elif event.type == X.SelectionRequest:
                self._answer(event)

    def _button(self) -> Any:
        window = self._root.create_window(
            *(*PLACE, 0, X.CopyFromParent),
            override_redirect=True,
            background_pixel=0x808080,
            event_mask=X.ButtonPressMask,
        )
        window.map()
        return window

    def _grab(self, combo: str) -> None:
        *modifiers, key = combo.split("+")
        mask = sum(_MASKS[name] for name in modifiers)
        for lock in _LOCKS:
            self._root.grab_key(
                self._keycode(key.upper() if key[1:] else key), mask | lock, True, *[X.GrabModeAsync] * 2
            )

    def _keycode(self, name: str) -> int:
        return int(self._display.keysym_to_keycode(XK.string_to_keysym(name)))

    def _insert(self, event: Any) -> None:
        self._window.set_selection_owner(self._clipboard, event.time)
        if self._display.get_selection_owner(self._clipboard) != self._window:
            return
        down = self._display.query_keymap()
        held = [code for code in self._modifiers if down[code // 8] >> (code % 8) & 1]
        if event.type == X.KeyPress:
            held.append(event.detail)  # while the hotkey is down our own grab takes every key
        for code in held:
            xtest.fake_input(self._display, X.KeyRelease, code)
        for kind, code in (
            *((X.KeyPress, self._control), (X.KeyPress, self._v)),
            *((X.KeyRelease, self._v), (X.KeyRelease, self._control)),
        ):
            xtest.fake_input(self._display, kind, code)
        self._display.flush()

    def _answer(self, request: Any) -> None:
        place = request.property
        if request.target == self._targets:
            request.requestor.change_property(place, Xatom.ATOM, 32, [self._targets, *self._texts])
        elif request.target in self._texts:
            request.requestor.change_property(place, request.target, 8, self._text)
        else:
            place = X.NONE
        answer = SelectionNotify(
            time=request.time,
            requestor=request.requestor,
            selection=request.selection,
            target=request.target,
            property=place,
        )
        request.requestor.send_event(answer)
        self._display.flush()


if __name__ == "__main__":
    BareScript(sys.argv[1], sys.argv[2:]).run()
