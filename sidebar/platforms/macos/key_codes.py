"""Key names as `KeyCombo` has them, to the codes a Mac's keyboard sends.

A code names a place on the keyboard, not a character: which place gives `v` depends on the layout,
and on some layouts on Command too (Dvorak – QWERTY ⌘; the Cyrillic ones become Latin with it).
Source of the codes: kVK_* in HIToolbox/Events.h. Those of characters are the US keyboard's, for
layouts that do not tell, or have not got the character.
"""

from sidebar.platforms.macos.bridge import Keyboard

_NAMED = {
    "return": 0x24,
    "enter": 0x24,
    "tab": 0x30,
    "space": 0x31,
    "backspace": 0x33,
    "escape": 0x35,
    "esc": 0x35,
    "insert": 0x72,  # Help, which is where Insert is on other keyboards
    "home": 0x73,
    "pageup": 0x74,
    "delete": 0x75,
    "end": 0x77,
    "pagedown": 0x79,
    "left": 0x7B,
    "right": 0x7C,
    "down": 0x7D,
    "up": 0x7E,
    "f1": 0x7A,
    "f2": 0x78,
    "f3": 0x63,
    "f4": 0x76,
    "f5": 0x60,
    "f6": 0x61,
    "f7": 0x62,
    "f8": 0x64,
    "f9": 0x65,
    "f10": 0x6D,
    "f11": 0x67,
    "f12": 0x6F,
    "f13": 0x69,
    "f14": 0x6B,
    "f15": 0x71,
    "f16": 0x6A,
    "f17": 0x40,
    "f18": 0x4F,
    "f19": 0x50,
    "f20": 0x5A,
}
_SIGNS = {
    "apostrophe": "'",
    "backslash": "\\",
    "bracketleft": "[",
    "bracketright": "]",
    "comma": ",",
    "equal": "=",
    "grave": "`",
    "minus": "-",
    "period": ".",
    "plus": "=",  # the key it is on, as no shift is pressed to reach it
    "semicolon": ";",
    "slash": "/",
}
_US = dict(zip("asdfhgzxcv", range(0x0A), strict=True))
_US |= dict(zip("bqweryt123465=97-80]ou[ip", range(0x0B, 0x24), strict=True))
_US |= dict(zip("lj'k;\\,/nm.", range(0x25, 0x30), strict=True))
_US["`"] = 0x32
_KEYPAD = frozenset((0x41, 0x43, 0x45, 0x47, 0x4B, 0x4C, 0x4E, *range(0x51, 0x5A), 0x5B, 0x5C))


def key_code(key: str, keyboard: Keyboard, *, command: bool) -> int | None:
    """The code of *key* on the current layout, pressed with Command or without; None where there is none.

    The layout is asked each time, in well under a millisecond: a notice of its change that got lost
    would press the wrong key in the client.
    """
    if key in _NAMED:
        return _NAMED[key]
    character = _SIGNS.get(key, key)
    if len(character) != 1:
        return None
    for with_command in (command, not command):
        found = _code_of(character, keyboard, command=with_command)
        if found is not None:
            return found
    return _US.get(character)


def _code_of(character: str, keyboard: Keyboard, *, command: bool) -> int | None:
    """The keypad is left out: where digits need Shift it would be the only key to give them without."""
    for code, given in sorted(keyboard.characters(command=command).items()):
        if given == character and code not in _KEYPAD:
            return code
    return None
