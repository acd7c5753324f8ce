"""What an index is made of: all that takes long to find out about phrases, and can be kept."""

from array import array
from collections.abc import Iterator, Sequence
from heapq import merge

from sidebar.domain.bodies import Bodies
from sidebar.domain.folding import fold
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.lean import dataclass
from sidebar.domain.phrases import Category, Phrase, Stage
from sidebar.domain.typed_titles import Row, row_of
from sidebar.domain.typing_ways import Readings

STAGES = (None, *Stage)
CATEGORIES = (None, *Category)
_SLICE = 4000
"""Of what is sorted at once: other threads have to wait that long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Phrases in columns. `coded` says whose each of the sorted `codes` is, by number, `tagged` each tag's.

    `grouped` is the place of each phrase's path in `groups`, `slots` where it belongs in the
    playbook. A small library does without `code_row` and `bodies` until they are needed.
    """

    ids: tuple[PhraseId, ...]
    titles: tuple[str, ...]
    row: Row
    codes: tuple[str, ...]
    coded: "array[int]"
    tagged: "dict[str, array[int]]"
    groups: tuple[tuple[str, ...], ...]
    grouped: "array[int]"
    slots: bytes
    code_row: Row | None = None
    bodies: Bodies | None = None


def material_of(phrases: Sequence[Phrase], readings: Readings, *, whole: bool = False) -> Material:
    """What is known of *phrases*; *whole* brings also what a small library does without at first."""
    titles = tuple(phrase.title for phrase in phrases)
    codes = tuple(_sorted_codes(phrases))
    tagged: dict[str, array[int]] = {}
    for number, phrase in enumerate(phrases):
        for tag in phrase.tags:
            tagged.setdefault(fold(tag), array("I")).append(number)
    groups = {path: at for at, path in enumerate(dict.fromkeys(phrase.group for phrase in phrases))}
    return Material(
        ids=tuple(phrase.id for phrase in phrases),
        titles=titles,
        row=row_of(titles, readings),
        codes=tuple(code for code, _ in codes),
        coded=array("I", (number for _, number in codes)),
        tagged=tagged,
        groups=tuple(groups),
        grouped=array("I", (groups[phrase.group] for phrase in phrases)),
        slots=bytes(map(_slot, phrases)),
        code_row=code_row([code for code, _ in codes]) if whole else None,
        bodies=Bodies(phrases) if whole else None,
    )


def code_row(codes: Sequence[str]) -> Row:
    """Codes as titles that are typed as they are."""
    return row_of(codes, lambda _character: ())


def _sorted_codes(phrases: Sequence[Phrase]) -> Iterator[tuple[str, int]]:
    coded = ((fold(phrase.code).strip(), number) for number, phrase in enumerate(phrases))
    every = [each for each in coded if each[0]]
    return merge(*(sorted(every[at : at + _SLICE]) for at in range(0, len(every), _SLICE)))


def _slot(phrase: Phrase) -> int:
    return STAGES.index(phrase.stage) * len(CATEGORIES) + CATEGORIES.index(phrase.category)
