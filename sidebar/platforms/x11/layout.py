"""A keyboard layout, as far as it concerns us: codes of keys, bits of modifiers and locks."""

from collections.abc import Mapping, Sequence

from Xlib import X
from Xlib.display import Display

from sidebar.domain.hotkeys import Modifier
from sidebar.domain.lean import dataclass
from sidebar.platforms.x11.keysyms import ALT, CTRL, LOCKS, NUM_LOCK, SCROLL_LOCK, SHIFT, SUPER

MODIFIER_KEYS = {Modifier.CTRL: CTRL, Modifier.ALT: ALT, Modifier.SHIFT: SHIFT, Modifier.SUPER: SUPER}
_CUSTOMARY: Mapping[Modifier, int] = {
    Modifier.CTRL: X.ControlMask,
    Modifier.ALT: X.Mod1Mask,
    Modifier.SHIFT: X.ShiftMask,
    Modifier.SUPER: X.Mod4Mask,
}
_FIRST_FREE_ROW = 3
"""The rows Shift, Lock and Control of the modifier map are fixed; Mod1 to Mod5 mean what their keys say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What the server's two tables say, turned round to be asked by name.

    `codes` leads from a key symbol to its key, whatever group and level it stands in, the
    plainest first. `held` are the keys that count as modifiers, `locks` the bits of lock keys.
    """

    codes: Mapping[int, int]
    masks: Mapping[Modifier, int]
    locks: tuple[int, ...]
    held: tuple[int, ...]


def read_layout(display: Display) -> Layout:
    """Ask the server for its keyboard and modifier tables."""
    first = display.display.info.min_keycode
    symbols = [tuple(row) for row in display.get_keyboard_mapping(first, 256 - first)]
    rows = [[code for code in row if code] for row in display.get_modifier_mapping()]
    codes = _codes(symbols, first)
    plain = {first + number: row[0] for number, row in enumerate(symbols) if row}
    return Layout(
        codes=codes,
        masks={modifier: _mask(modifier, rows, codes) for modifier in MODIFIER_KEYS},
        locks=_lock_bits(rows, codes),
        held=tuple(code for row in rows for code in row if plain.get(code) not in (*LOCKS, X.NoSymbol)),
    )


def _codes(symbols: Sequence[tuple[int, ...]], first: int) -> dict[int, int]:
    codes: dict[int, int] = {}
    for level in range(max(map(len, symbols), default=0)):
        for number, row in enumerate(symbols):
            if level < len(row) and row[level] != X.NoSymbol:
                codes.setdefault(row[level], first + number)
    return codes


def _mask(modifier: Modifier, rows: Sequence[Sequence[int]], codes: Mapping[int, int]) -> int:
    if modifier in (Modifier.ALT, Modifier.SUPER):
        for symbol in MODIFIER_KEYS[modifier]:
            for number in range(_FIRST_FREE_ROW, len(rows)):
                if codes.get(symbol) in rows[number]:
                    return 1 << number
    return _CUSTOMARY[modifier]


def _lock_bits(rows: Sequence[Sequence[int]], codes: Mapping[int, int]) -> tuple[int, ...]:
    bits = [X.LockMask]
    for symbol in (NUM_LOCK, SCROLL_LOCK):
        bits += [1 << n for n, row in enumerate(rows) if n >= _FIRST_FREE_ROW and codes.get(symbol) in row]
    return tuple(dict.fromkeys(bits))
