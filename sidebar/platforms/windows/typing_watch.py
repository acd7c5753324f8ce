"""What is looked for among the keys typed anywhere: abbreviations, chords, a modifier tapped twice.

Pure: keys come in as values, matches go out as ids, nothing else is told or kept. Of what was
typed no more is remembered than the longest abbreviation needs, and that is forgotten whenever
the caret may have moved.

When an abbreviation matches, its characters and the space that ends it stand in the chat box.
They have to go before the phrase comes: whoever inserts it sends `remove` times Backspace first,
in the same window, once the modifiers are up. Nothing is held back from the box while typing: a
hook that could do that would make every keystroke of the user wait for it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import field

from sidebar.domain.hotkeys import KeyCombo, Modifier
from sidebar.domain.lean import dataclass

ENDING = " "
DOUBLE_TAP = 0.4
"""Seconds between two taps of a modifier that count as one double tap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key going down or up.

    `name` is as in `KeyCombo` (a modifier's own name for a modifier, the character for one that
    types), `code` its place on the keyboard, `at` the moment in seconds.
    """

    name: str
    code: int
    down: bool
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Something looked for was typed; `remove` characters of it stand in the box.

    With `typed_on` it is an abbreviation that was found before, and more has been typed after it.
    """

    id: str
    remove: int = 0
    typed_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to look for, each with its id: abbreviations as typed, chords, modifiers tapped twice."""

    typed: Mapping[str, str] = field(default_factory=dict)
    chords: Mapping[str, KeyCombo] = field(default_factory=dict)
    taps: Mapping[str, Modifier] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.typed or self.chords or self.taps)

    def to_line(self) -> str:
        """As one line of JSON."""
        chords = {id: str(combo) for id, combo in self.chords.items()}
        taps = {id: modifier.name for id, modifier in self.taps.items()}
        return json.dumps({"typed": dict(self.typed), "chords": chords, "taps": taps})

    @classmethod
    def from_line(cls, line: str) -> "Wanted":
        """Reads what `to_line` wrote; raises ValueError or KeyError for anything else."""
        told = json.loads(line)
        return cls(
            typed={str(id): str(typed) for id, typed in told["typed"].items()},
            chords={str(id): KeyCombo.parse(text) for id, text in told["chords"].items()},
            taps={str(id): Modifier[name] for id, name in told["taps"].items()},
        )


class TypingWatch:
    """Hears every key and says what matched; `code_of` tells a chord's key where it is on this keyboard."""

    def __init__(self, wanted: Wanted, *, codes: Mapping[str, Iterable[int]] | None = None) -> None:
        self._typed = sorted(wanted.typed.items(), key=lambda item: -len(item[1]))
        self._chords = wanted.chords
        self._taps = wanted.taps
        self._codes = {name: frozenset(found) for name, found in (codes or {}).items()}
        self._longest = max((len(typed) for typed in wanted.typed.values()), default=0) + len(ENDING) + 1
        self._tail = ""
        self._found = ""
        self._down: dict[int, str] = {}
        self._alone: int | None = None
        self._tapped: tuple[str, float] | None = None

    def forget(self) -> None:
        """The caret may be elsewhere now."""
        self._tail = self._found = ""

    def let_go(self) -> None:
        """All keys count as up: their releases may have been missed while the session was locked."""
        self._down.clear()
        self._alone = self._tapped = None
        self.forget()

    def hear(self, key: Key) -> tuple[Match, ...]:
        """What *key* completes; nothing, nearly always."""
        if not key.down:
            return self._released(key)
        repeated = key.code in self._down
        self._down[key.code] = key.name
        modifier = _modifier(key.name)
        if modifier is not None:
            self._alone = key.code if len(self._down) == 1 else None
            return ()
        self._alone = self._tapped = None
        held = self._held()
        chords = () if repeated else self._matching_chords(key, held)
        return (*self._typed_on(), *(chords or self._type(key, held)))

    def _released(self, key: Key) -> tuple[Match, ...]:
        self._down.pop(key.code, None)
        if self._alone != key.code:
            return ()
        self._alone = None
        before, self._tapped = self._tapped, (key.name, key.at)
        if before is None or before[0] != key.name or key.at - before[1] > DOUBLE_TAP:
            return ()
        self._tapped = None
        modifier = _modifier(key.name)
        return tuple(Match(id=id) for id, wanted in self._taps.items() if wanted == modifier)

    def _typed_on(self) -> tuple[Match, ...]:
        """Once after an abbreviation was found: whoever is to remove it must know."""
        found, self._found = self._found, ""
        return (Match(id=found, typed_on=True),) if found else ()

    def _held(self) -> Modifier:
        held = Modifier.NONE
        for name in self._down.values():
            held |= _modifier(name) or Modifier.NONE
        return held

    def _matching_chords(self, key: Key, held: Modifier) -> tuple[Match, ...]:
        """By the key's place where that is known: Shift makes another character of it."""
        return tuple(
            Match(id=id)
            for id, combo in self._chords.items()
            if combo.modifiers == held
            and (key.code in self._codes[combo.key] if combo.key in self._codes else key.name == combo.key)
        )

    def _type(self, key: Key, held: Modifier) -> tuple[Match, ...]:
        """Shift makes characters, every other modifier a command that may do anything."""
        character = " " if key.name == "space" else key.name
        if held & ~Modifier.SHIFT:
            self.forget()
        elif key.name == "backspace":
            self._tail = self._tail[:-1]
        elif len(character) == 1:
            self._tail = (self._tail + character)[-self._longest :]
            return self._matching_typed() if character == ENDING else ()
        else:
            self.forget()
        return ()

    def _matching_typed(self) -> tuple[Match, ...]:
        """The longest abbreviation that was typed; one that begins as a word does must begin a word."""
        for id, typed in self._typed:
            before, found, _ = self._tail.rpartition(typed + ENDING)
            inside = typed[:1].isalnum() and before[-1:].isalnum()
            if found and self._tail.endswith(found) and not inside:
                self.forget()
                self._found = id
                return (Match(id=id, remove=len(found)),)
        return ()


def _modifier(name: str) -> Modifier | None:
    return _MODIFIERS.get(name)


_MODIFIERS = {
    "ctrl": Modifier.CTRL,
    "alt": Modifier.ALT,
    "shift": Modifier.SHIFT,
    "super": Modifier.SUPER,
}
