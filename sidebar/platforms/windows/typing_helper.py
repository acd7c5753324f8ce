"""The helper process that hears every key, so that no keystroke of the user waits for the sidebar.

A low-level keyboard hook is called for each key press of the session before any program gets it,
and here the hook is Python: it waits for the interpreter lock of its process. In the sidebar's
own that lock may be held by a search or an export. This process does nothing else.

It is started only when the agent has switched abbreviations or hooked hotkeys on. It reads from
its standard input, as lines, what to look for (`Wanted.to_line`; each line in place of the one
before), and answers each with `{"state": "listening"}`; then it writes one line for each match:
`{"match": id, "remove": characters, "window": handle}`. After one with characters to remove it says
once that more was typed, `{"typed_on": id}`. Nothing else that was typed leaves it, and nothing is
stored. It ends when its input does: with its parent, however that ends.

The `keyboard` package is imported here alone. What it is known for is met so: hotkeys that die
when the session is locked (a release is missed, and the key counts as held for ever after) by
forgetting every held key and hooking anew on unlock and on waking; modifiers that stick by never
suppressing a key.
"""

import ctypes
import json
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, TextIO

from sidebar.platforms.windows import win32
from sidebar.platforms.windows.messages import MessageWindow
from sidebar.platforms.windows.typing_watch import Key, Match, TypingWatch, Wanted

_NAMES = {
    "alt gr": "altgr",
    "enter": "return",
    "esc": "escape",
    "page down": "pagedown",
    "page up": "pageup",
    "print screen": "print",
    "windows": "super",
}
"""What `keyboard` names otherwise than we do."""
_SIDES = ("left ", "right ")
_ARROWS = frozenset(("left", "right"))
_IME_TIMEOUT = 50
"""Milliseconds the program in front has for saying whether an input method is composing."""
_END_OF_THREAD = 1.0


def key_name(name: str | None) -> str:
    """A key's name as in `KeyCombo`, whichever side of the keyboard it is on; '' where it has none."""
    if name is None or len(name) == 1 or name in _ARROWS:
        return name or ""
    for side in _SIDES:
        name = name.removeprefix(side)
    return _NAMES.get(name, name)


def main() -> int:
    """Hear keys until the standard input ends."""
    said, sys.stdout = sys.stdout, sys.stderr  # the package prints its troubles
    _Helper(said).run(sys.stdin)
    return 0


class _Helper:
    """One thread looks and says, the one with our window; the others only hand over."""

    def __init__(self, said: TextIO) -> None:
        self._said = said
        self._libraries = win32.Libraries()
        self._front = _Front(self._libraries)
        self._hook = _Hook(self._libraries)
        self._messages = MessageWindow(self._libraries)
        self._watch = TypingWatch(Wanted())
        self._window = 0
        self._ended = False

    def run(self, asked: TextIO) -> None:
        self._messages.on(win32.WM_WTSSESSION_CHANGE, self._on_session)
        self._messages.on(win32.WM_POWERBROADCAST, self._on_power)
        self._hook.start(lambda key: self._messages.call_soon(lambda: self._hear(key)))
        threading.Thread(target=self._read, args=(asked,), daemon=True).start()
        message = win32.MSG()
        user32 = self._libraries.user32
        while not self._ended and user32.GetMessageW(ctypes.byref(message), None, 0, 0) > 0:
            user32.DispatchMessageW(ctypes.byref(message))
        self._messages.close()

    def _read(self, asked: TextIO) -> None:
        for line in asked:
            self._messages.call_soon(partial(self._look_for, Wanted.from_line(line)))
        self._messages.call_soon(self._end)

    def _look_for(self, wanted: Wanted) -> None:
        codes = {combo.key: self._hook.codes(combo.key) for combo in wanted.chords.values()}
        self._watch = TypingWatch(wanted, codes={key: found for key, found in codes.items() if found})
        self._say({"state": "listening"})

    def _end(self) -> None:
        self._ended = True

    def _hear(self, key: Key) -> None:
        window = self._front.window()
        if window != self._window:
            self._window = window
            self._watch.forget()
        for match in self._watch.hear(key):
            self._tell(match)

    def _tell(self, match: Match) -> None:
        """Letters that an input method is composing stand in no box, and are not to be removed from one."""
        if match.typed_on:
            self._say({"typed_on": match.id})
        elif not match.remove or not self._front.composes():
            self._say({"match": match.id, "remove": match.remove, "window": self._window})

    def _say(self, told: dict[str, object]) -> None:
        try:
            self._said.write(json.dumps(told) + "\n")
            self._said.flush()
        except OSError:  # nobody reads any more
            self._ended = True

    def _on_session(self, change: int, _: int) -> None:
        if change == win32.WTS_SESSION_UNLOCK:
            self._recover()

    def _on_power(self, change: int, _: int) -> None:
        if change == win32.PBT_APMRESUMEAUTOMATIC:
            self._recover()

    def _recover(self) -> None:
        self._watch.let_go()
        self._hook.renew()
        self._say({"state": "listening"})


class _Hook:
    """The `keyboard` package, as far as it is used: keys as they come, never held back."""

    def __init__(self, libraries: win32.Libraries) -> None:
        import keyboard
        from keyboard import _winkeyboard

        self._keyboard: Any = keyboard
        self._backend: Any = _winkeyboard
        self._user32 = libraries.user32
        self._return_whole_answers()

    def start(self, hear: Callable[[Key], None]) -> None:
        """Have *hear* called for each key, on a thread of the package's."""

        def pass_on(event: Any) -> None:
            name = key_name(event.name)
            down = event.event_type == self._keyboard.KEY_DOWN
            hear(Key(name=name, code=int(event.scan_code), down=down, at=float(event.time)))

        self._keyboard.hook(pass_on)

    def codes(self, key: str) -> tuple[int, ...]:
        """Where *key* is on this keyboard; nowhere where the package does not know it."""
        return tuple(self._keyboard.key_to_scan_codes(key, error_if_missing=False))

    def _return_whole_answers(self) -> None:
        """WORKAROUND(keyboard 0.13.5): its hook answers 32 of the 64 bits that Windows reads.

        The others are whatever the stack held, and any but 0 keeps the key from every program.
        """
        backend = self._backend
        backend.LowLevelKeyboardProc = win32.hook_procedure(backend.KBDLLHOOKSTRUCT)
        kind, _, *others = backend.SetWindowsHookEx.argtypes
        backend.SetWindowsHookEx.argtypes = [kind, backend.LowLevelKeyboardProc, *others]

    def renew(self) -> None:
        """Forget what counts as held and hook anew: Windows drops a hook that was once too slow, unsaid.

        The package cannot unhook. But its hook ends with the thread that set it, and that
        thread's loop ends with the first message it gets.
        """
        self._keyboard._pressed_events.clear()
        self._keyboard._logically_pressed_keys.clear()
        self._backend.shift_is_pressed = self._backend.altgr_is_pressed = False
        listener = self._keyboard._listener
        self._user32.PostThreadMessageW(listener.listening_thread.native_id, win32.WM_NULL, 0, 0)
        listener.listening_thread.join(_END_OF_THREAD)
        listener.listening_thread = threading.Thread(target=listener.listen, daemon=True)
        listener.listening_thread.start()


class _Front:
    """The window in front, and whether an input method composes there."""

    def __init__(self, libraries: win32.Libraries) -> None:
        self._user32 = libraries.user32
        self._imm32 = libraries.imm32

    def window(self) -> int:
        return int(self._user32.GetForegroundWindow() or 0)

    def composes(self) -> bool:
        """Whether letters go to an input method (Chinese, Japanese …) first; no where it does not say."""
        method = self._imm32.ImmGetDefaultIMEWnd(self._user32.GetForegroundWindow())
        native = self._ask(method, win32.IMC_GETCONVERSIONMODE) & win32.IME_CMODE_NATIVE
        return bool(method and native and self._ask(method, win32.IMC_GETOPENSTATUS))

    def _ask(self, method: int | None, question: int) -> int:
        answer = win32.ULONG_PTR()
        self._user32.SendMessageTimeoutW(
            *(method, win32.WM_IME_CONTROL, question, 0),
            *(win32.SMTO_ABORTIFHUNG, _IME_TIMEOUT, ctypes.byref(answer)),
        )
        return answer.value


if __name__ == "__main__":
    sys.exit(main())
