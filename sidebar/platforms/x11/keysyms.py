"""Key names as `KeyCombo` has them, to the X server's key symbols.

Source: "X Window System Protocol", appendix A (KEYSYM Encoding). The characters of Latin-1 are
their own symbols. The table is written out here because python-xlib's holds every symbol there is.
"""

CTRL = (0xFFE3, 0xFFE4)
SHIFT = (0xFFE1, 0xFFE2)
ALT = (0xFFE9, 0xFFEA, 0xFFE7, 0xFFE8)
"""Alt, then Meta where there is no Alt."""
SUPER = (0xFFEB, 0xFFEC)
CAPS_LOCK, NUM_LOCK, SCROLL_LOCK = 0xFFE5, 0xFF7F, 0xFF14
LOCKS = (CAPS_LOCK, 0xFFE6, NUM_LOCK, SCROLL_LOCK)
"""0xFFE6 is Shift_Lock, which old keyboards have instead of Caps_Lock."""

_NAMED = {
    "backspace": 0xFF08,
    "tab": 0xFF09,
    "return": 0xFF0D,
    "enter": 0xFF0D,
    "pause": 0xFF13,
    "escape": 0xFF1B,
    "esc": 0xFF1B,
    "home": 0xFF50,
    "left": 0xFF51,
    "up": 0xFF52,
    "right": 0xFF53,
    "down": 0xFF54,
    "pageup": 0xFF55,
    "pagedown": 0xFF56,
    "end": 0xFF57,
    "print": 0xFF61,
    "insert": 0xFF63,
    "menu": 0xFF67,
    "delete": 0xFFFF,
    "space": ord(" "),
    "apostrophe": ord("'"),
    "backslash": ord("\\"),
    "bracketleft": ord("["),
    "bracketright": ord("]"),
    "comma": ord(","),
    "equal": ord("="),
    "grave": ord("`"),
    "minus": ord("-"),
    "period": ord("."),
    "plus": ord("+"),
    "semicolon": ord(";"),
    "slash": ord("/"),
}
_F1 = 0xFFBE
_LAST_FUNCTION_KEY = 35


def keysym(key: str) -> int | None:
    """The symbol of a key named as in `KeyCombo`; None where we know no such key."""
    if key in _NAMED:
        return _NAMED[key]
    if len(key) == 1:
        return ord(key) if key.isprintable() and ord(key) < 0x100 else None
    number = key.removeprefix("f")
    if key != number and number.isascii() and number.isdigit() and 1 <= int(number) <= _LAST_FUNCTION_KEY:
        return _F1 + int(number) - 1
    return None
