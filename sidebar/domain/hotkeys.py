"""Key combinations as people write them: `ctrl+alt+1`, `f8`, `ctrl+shift+space`, `ctrl ctrl`."""

import re
from enum import Flag, auto

from sidebar.domain.lean import dataclass

_NAMES = {
    "ctrl": "CTRL",
    "control": "CTRL",
    "alt": "ALT",
    "option": "ALT",
    "shift": "SHIFT",
    "super": "SUPER",
    "win": "SUPER",
    "cmd": "SUPER",
    "meta": "SUPER",
}


class Modifier(Flag):
    """The keys that change what another key means."""

    NONE = 0
    CTRL = auto()
    ALT = auto()
    SHIFT = auto()
    SUPER = auto()


@dataclass(frozen=True, slots=True)
class KeyCombo:
    """One key with its modifiers; `key` is lower case (`v`, `1`, `f8`, `return`, `space`).

    Where it is `twice`, `key` names a modifier, to be tapped twice in a row and alone.
    """

    key: str
    modifiers: Modifier = Modifier.NONE
    twice: bool = False

    @classmethod
    def parse(cls, text: str) -> "KeyCombo":
        """Read `ctrl+alt+1`; raises ValueError where it names no key or an unknown modifier."""
        *before, key = (part.strip().lower() for part in text.split("+"))
        modifiers = Modifier.NONE
        for name in before:
            if name not in _NAMES:
                raise ValueError(f"unknown modifier {name!r} in {text!r}")
            modifiers |= Modifier[_NAMES[name]]
        if len(key.split()) != 1 or key in _NAMES:
            raise ValueError(f"no key in {text!r}")
        return cls(key, modifiers)

    def __str__(self) -> str:
        """As `parse_global` reads it, in one fixed order of modifiers."""
        if self.twice:
            return f"{self.key} {self.key}"
        names = [m.name.lower() for m in Modifier if m in self.modifiers and m.name]
        return "+".join([*names, self.key])


def parse_global(text: str) -> KeyCombo:
    """Read what may be a key in every program; raises ValueError where it may not.

    A bare key would vanish from ordinary typing. Ctrl+Alt+F1 … F12 change the console on X11
    and never arrive; Alt+Space is the window menu on every desktop.
    """
    taps = text.lower().split()
    if len(taps) == 2 and taps[0] == taps[1] and taps[0] in _NAMES:
        return KeyCombo(_NAMES[taps[0]].lower(), twice=True)
    combo = KeyCombo.parse(text)
    function_key = re.fullmatch(r"f([1-9]|1[0-9]|2[0-4])", combo.key) is not None
    ctrl_alt = Modifier.CTRL | Modifier.ALT
    if combo.modifiers in (Modifier.NONE, Modifier.SHIFT) and not function_key:
        raise ValueError(f"{combo} would be missing from ordinary typing")
    if function_key and combo.modifiers & ctrl_alt == ctrl_alt:
        raise ValueError(f"{combo} belongs to the system")
    if combo == KeyCombo("space", Modifier.ALT):
        raise ValueError(f"{combo} belongs to the window manager")
    return combo
