"""The ways to type characters: as they are, by the initials of their pinyin, spelt, or by whole syllables."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sidebar.domain.lean import dataclass


class Syllables(tuple[str, ...]):
    """Syllables of a character, the most usual first; `usual` is how many of them are not rare."""

    usual: int

    def __new__(cls, syllables: Iterable[str], usual: int) -> "Syllables":
        made = super().__new__(cls, syllables)
        made.usual = usual
        return made


Readings = Callable[[str], Sequence[str]]
"""The pinyin syllables of a character, in letters without tones; none for what is no hanzi.

Where they are not `Syllables`, all count as usual.
"""

Seldom = tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
"""Characters with a rare reading: each with all its syllables, and with the usual ones."""

LATIN = "abcdefghijklmnopqrstuvwxyz0123456789"
_LONGEST = 6  # zhuang
DIGRAPHS = ("zh", "ch", "sh")
_ALSO = {"lve": "lue", "nve": "nue"}
"""Syllables that are also typed otherwise."""


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """A way to type: the hanzi that some letters stand for, inside a query and at its end.

    Where it is `literal` each letter stands for itself as well.
    """

    inside: Mapping[str, str]
    last: Mapping[str, str]
    longest: int
    literal: bool = True

    def typed_by(self, piece: str, *, last: bool) -> tuple[str, str]:
        """The hanzi that *piece* is typed for, and itself where it stands for itself."""
        return (self.last if last else self.inside).get(piece, ""), piece if self.literal and len(
            piece
        ) == 1 else ""


LITERAL = Way({}, {}, 1)
"""As they are."""


def seldom_of(known: Iterable[tuple[str, Sequence[str]]]) -> Seldom:
    """Those of the *known* characters that have a rare reading."""
    return tuple(
        (character, tuple(spoken), tuple(spoken[: spoken.usual]))
        for character, spoken in known
        if isinstance(spoken, Syllables) and spoken.usual < len(spoken)
    )


def usual_ways(seldom: Seldom, initials: Way, spelt: Way) -> dict[Way, Way]:
    """The ways by initials and spelt, each without the rare readings."""
    every = spoken_ways((character, spoken) for character, spoken, _ in seldom)
    usual = spoken_ways((character, spoken) for character, _, spoken in seldom)
    return {
        initials: _without(initials, every[0], usual[0]),
        spelt: _without(spelt, every[1], usual[1]),
    }


def _without(way: Way, every: Way, usual: Way) -> Way:
    """*way* without what is in *every* and not in *usual*, which are ways to type some of its characters."""
    return replace(
        way,
        inside=_less(way.inside, every.inside, usual.inside),
        last=_less(way.last, every.last, usual.last),
    )


def _less(pieces: Mapping[str, str], every: Mapping[str, str], usual: Mapping[str, str]) -> dict[str, str]:
    rare = {piece: {*characters}.difference(usual.get(piece, "")) for piece, characters in every.items()}
    return {
        piece: "".join(each for each in characters if each not in rare[piece])
        if rare.get(piece)
        else characters
        for piece, characters in pieces.items()
    }


def spoken_ways(known: Iterable[tuple[str, Sequence[str]]]) -> tuple[Way, Way, Way]:
    """The ways that need readings: by initials, spelt, by syllables."""
    initials: dict[str, set[str]] = defaultdict(set)
    inside: dict[str, set[str]] = defaultdict(set)
    last: dict[str, set[str]] = defaultdict(set)
    whole: dict[str, set[str]] = defaultdict(set)
    for character, spoken in known:
        for syllable in _typed(spoken):
            initials[syllable[0]].add(character)
            whole[syllable].add(character)
            for piece in _shortened(syllable):
                inside[piece].add(character)
            for end in range(1, len(syllable) + 1):
                last[syllable[:end]].add(character)
    by_beginning = _joined(last)
    return (
        Way(by_initial := _joined(initials), by_initial, 1, literal=False),
        Way(_joined(inside), by_beginning, _LONGEST),
        Way(_joined(whole), by_beginning, _LONGEST),
    )


def _shortened(syllable: str) -> Iterator[str]:
    """What is typed of a syllable inside a query: all of it, its initial, or as much of that as zh."""
    yield syllable
    yield syllable[0]
    yield from (each for each in DIGRAPHS if syllable.startswith(each))


def _typed(syllables: Sequence[str]) -> tuple[str, ...]:
    return (*syllables, *(_ALSO[syllable] for syllable in syllables if syllable in _ALSO))


def _joined(sets: Mapping[str, set[str]]) -> dict[str, str]:
    return {piece: "".join(sorted(characters)) for piece, characters in sets.items()}
