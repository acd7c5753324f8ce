"""Key combinations as people write them: `ctrl+alt+1`, `f8`, `ctrl+shift+space`."""

from dataclasses import dataclass
from enum import Flag, auto

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
    """One key with its modifiers; `key` is lower case (`v`, `1`, `f8`, `return`, `space`)."""

    key: str
    modifiers: Modifier = Modifier.NONE

    @classmethod
    def parse(cls, text: str) -> "KeyCombo":
        """Read `ctrl+alt+1`; raises ValueError where it names no key or an unknown modifier."""
        *before, key = (part.strip().lower() for part in text.split("+"))
        modifiers = Modifier.NONE
        for name in before:
            if name not in _NAMES:
                raise ValueError(f"unknown modifier {name!r} in {text!r}")
            modifiers |= Modifier[_NAMES[name]]
        if not key or key in _NAMES:
            raise ValueError(f"no key in {text!r}")
        return cls(key, modifiers)

    def __str__(self) -> str:
        """As `parse` reads it, in one fixed order of modifiers."""
        names = [m.name.lower() for m in Modifier if m in self.modifiers and m.name]
        return "+".join([*names, self.key])
