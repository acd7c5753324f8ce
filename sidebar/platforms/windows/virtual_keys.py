"""Key names as `KeyCombo` has them, to Windows' virtual keys.

Source: "Virtual-Key Codes", Microsoft. Letters and digits are their own code on every layout
(on one without them, such as Russian, where the Latin ones are); which key says `;` depends on
the layout. Written out are those of the US layout, for layouts that have not got the character.
"""

from collections.abc import Callable

from sidebar.domain.hotkeys import Modifier

MODIFIERS = {
    Modifier.CTRL: 0x11,
    Modifier.ALT: 0x12,
    Modifier.SHIFT: 0x10,
    Modifier.SUPER: 0x5B,
}
"""VK_CONTROL, VK_MENU and VK_SHIFT without a side, as programs are told them, and VK_LWIN."""

_NAMED = {
    "backspace": 0x08,
    "tab": 0x09,
    "return": 0x0D,
    "enter": 0x0D,
    "pause": 0x13,
    "escape": 0x1B,
    "esc": 0x1B,
    "space": 0x20,
    "pageup": 0x21,
    "pagedown": 0x22,
    "end": 0x23,
    "home": 0x24,
    "left": 0x25,
    "up": 0x26,
    "right": 0x27,
    "down": 0x28,
    "print": 0x2C,
    "insert": 0x2D,
    "delete": 0x2E,
    "menu": 0x5D,
}
EXTENDED = frozenset((*range(0x21, 0x29), 0x2C, 0x2D, 0x2E, 0x5B, 0x5C, 0x5D))
"""Those that a keyboard sends with the prefix E0; without it they are the numeric keypad's."""
_CHARACTERS = {
    "apostrophe": "'",
    "backslash": "\\",
    "bracketleft": "[",
    "bracketright": "]",
    "comma": ",",
    "equal": "=",
    "grave": "`",
    "minus": "-",
    "period": ".",
    "plus": "+",
    "semicolon": ";",
    "slash": "/",
}
_US = {
    ";": 0xBA,
    "=": 0xBB,
    "+": 0xBB,
    ",": 0xBC,
    "-": 0xBD,
    ".": 0xBE,
    "/": 0xBF,
    "`": 0xC0,
    "[": 0xDB,
    "\\": 0xDC,
    "]": 0xDD,
    "'": 0xDE,
}
_F1 = 0x70


def virtual_key(key: str, on_layout: Callable[[str], int | None]) -> int | None:
    """The code of a key named as in `KeyCombo`; None where there is no such key.

    *on_layout* tells which key gives a character on the layout that counts, if one does.
    """
    if key in _NAMED:
        return _NAMED[key]
    character = _CHARACTERS.get(key, key)
    if len(character) == 1:
        if character.isascii() and character.isalnum():
            return ord(character.upper())
        return on_layout(character) or _US.get(character)
    number = key.removeprefix("f")
    if key != number and number.isascii() and number.isdigit() and 1 <= int(number) <= 24:
        return _F1 + int(number) - 1
    return None
