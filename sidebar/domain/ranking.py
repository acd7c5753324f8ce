"""The order of what is found: how it was found, habit, what fits the conversation, the order of packs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import IntEnum
from functools import lru_cache
from itertools import count

from sidebar.domain.hits import MOST_USES, fit
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.lean import dataclass
from sidebar.domain.material import CATEGORIES, STAGES, Material
from sidebar.domain.phrases import Category, Stage
from sidebar.domain.place_sets import places_in, set_of
from sidebar.domain.typed_titles import Found, TypedTitles


class Rank(IntEnum):
    """How well a phrase was found."""

    TYPO = 1
    BODY = 2
    TAG = 3
    PINYIN = 4
    TITLE = 5
    INITIALS = 6
    CODE_START = 7
    CODE = 8


@dataclass(frozen=True, slots=True)
class Rare:
    """Which of what was found needs a character read as it rarely is: asked of one, or of all as a set."""

    number: Callable[[int], bool]
    ends: Callable[[], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ByTitle:
    """Phrases found equally well but for `rare` readings.

    `whole` tells that the query was as it stands, not word for word.
    """

    rank: Rank
    found: Found
    whole: bool = True
    rare: Rare | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ByBody:
    """Phrases found equally well by body: those of the set of `numbers` that `passes` agrees to."""

    numbers: int
    passes: Callable[[int], bool]
    whole: bool = True
    rank: Rank = Rank.BODY


Tier = ByTitle | ByBody

_NEARNESSES = 5
_AT_ONCE = 10_000
"""Phrases; other threads have to wait that long."""
_USUAL = (MOST_USES + 1) * _NEARNESSES * 2
"""What usual readings weigh in a score."""
_MOST_ASIDE = 100
"""Phrases found by rare readings that are put aside one by one; where there are more, all are told apart."""


class Ranking:
    """What is known of each phrase that puts it first or last."""

    def __init__(self, material: Material, titles: TypedTitles) -> None:
        self._titles = titles
        self.numbers: dict[PhraseId, int] = {}
        """The number of each phrase."""
        for at in range(0, len(material.ids), _AT_ONCE):
            self.numbers.update(zip(material.ids[at : at + _AT_ONCE], count(at), strict=False))
        by_slot: dict[int, list[int]] = {slot: [] for slot in set(material.slots)}
        for number, slot in enumerate(material.slots):
            by_slot[slot].append(number)
        self._slots = {slot: self._marked(numbers) for slot, numbers in by_slot.items()}
        self._levels = lru_cache(maxsize=8)(self._levels_for)
        self._habit: tuple[Mapping[PhraseId, int], _Habit] | None = None

    def order(self, stage: Stage | None, category: Category | None, uses: Mapping[PhraseId, int]) -> "Order":
        """The order for this moment; *uses* are not changed afterwards."""
        if self._habit is None or self._habit[0] is not uses:
            self._habit = uses, self._habit_of(uses)
        return Order(self._titles, self._levels(stage, category), self._habit[1])

    def only(self, order: "Order", numbers: Sequence[int]) -> "Order":
        """*order* for these phrases and no others."""
        marked = self._marked(numbers)
        levels = (_Marked(each.numbers & marked.numbers, each.ends & marked.ends) for each in order.levels)
        return Order(self._titles, tuple(levels), order.habit)

    def _marked(self, numbers: Sequence[int]) -> "_Marked":
        ends = self._titles.ends
        return _Marked(
            set_of(numbers, len(ends)), set_of([ends[each] for each in numbers], self._titles.width)
        )

    def _levels_for(self, stage: Stage | None, category: Category | None) -> "tuple[_Marked, ...]":
        """The phrases of each nearness, from 0 (made for another conversation) to 4."""
        levels = [_Marked(0, 0)] * _NEARNESSES
        for slot, marked in self._slots.items():
            own, kind = divmod(slot, len(CATEGORIES))
            near = fit(STAGES[own], stage) + fit(CATEGORIES[kind], category)
            levels[near] = _Marked(levels[near].numbers | marked.numbers, levels[near].ends | marked.ends)
        return tuple(levels)

    def _habit_of(self, uses: Mapping[PhraseId, int]) -> "_Habit":
        known = ((self.numbers.get(phrase), count) for phrase, count in uses.items() if count > 0)
        counts = {number: min(count, MOST_USES) for number, count in known if number is not None}
        return _Habit(counts, self._marked(tuple(counts)))


@dataclass(frozen=True, slots=True)
class _Marked:
    """The same phrases twice: as numbers and as the places where their titles end."""

    numbers: int
    ends: int


@dataclass(frozen=True, slots=True)
class _Habit:
    """How much is used, by number."""

    counts: Mapping[int, int]
    used: _Marked


@dataclass(frozen=True, slots=True)
class Order:
    """The order for one conversation; what it gives are phrases' numbers with scores, the best first."""

    titles: TypedTitles
    levels: tuple[_Marked, ...]
    habit: _Habit

    def of(self, tier: Tier) -> Iterator[tuple[int, int]]:
        """What is in *tier*; rank, usual readings, uses, nearness, a match from the start: in one score.

        Some of it may come twice.
        """
        if isinstance(tier, ByBody) or tier.rare is None:
            yield from self._equally(tier, usual=True)
            return
        aside: list[tuple[int, int]] = []
        for number, score in self._equally(tier, usual=True):
            if not tier.rare.number(number):
                yield number, score
            elif len(aside) < _MOST_ASIDE:
                aside.append((number, score - _USUAL))
            else:
                yield from self._apart(tier, tier.rare.ends())
                return
        yield from aside

    def _apart(self, tier: ByTitle, rare: int) -> Iterator[tuple[int, int]]:
        """What is in *tier*, those last that are *rare*."""
        found = tier.found
        usual = Found(found.titles & ~rare, found.from_start & ~rare)
        yield from self._equally(replace(tier, found=usual), usual=True)
        seldom = Found(found.titles & rare, found.from_start & rare)
        yield from self._equally(replace(tier, found=seldom), usual=False)

    def _equally(self, tier: Tier, *, usual: bool) -> Iterator[tuple[int, int]]:
        """What was found equally well."""
        base = ((tier.rank * 2 + tier.whole) * 2 + usual) * (MOST_USES + 1)
        counts = self.habit.counts
        used = [
            (number, ((base + counts[number]) * _NEARNESSES + near) * 2 + start)
            for near, start, numbers in self._classes(tier, used=True)
            for number in numbers
        ]
        yield from sorted(used, key=_best_first)
        for near, start, numbers in self._classes(tier, used=False):
            score = (base * _NEARNESSES + near) * 2 + start
            for number in numbers:
                yield number, score

    def everything(self) -> Iterator[tuple[int, int]]:
        """All there is: what fits the conversation first, of that what is used most."""
        for near in reversed(range(_NEARNESSES)):
            base, level = near * (MOST_USES + 1), self.levels[near].numbers
            used = places_in(level & self.habit.used.numbers)
            yield from sorted(((each, base + self.habit.counts[each]) for each in used), key=_best_first)
            for number in places_in(level & ~self.habit.used.numbers):
                yield number, base

    def _classes(self, tier: Tier, *, used: bool) -> Iterator[tuple[int, bool, Iterator[int]]]:
        """What is in *tier* by nearness and by whether it is found from the start, the best first."""
        habit = self.habit.used
        if isinstance(tier, ByBody):
            its = tier.numbers & habit.numbers
            left = its if used else tier.numbers ^ its
        else:
            its = tier.found.titles & habit.ends
            left = its if used else tier.found.titles ^ its
        for near in reversed(range(_NEARNESSES) if left else ()):
            if isinstance(tier, ByBody):
                numbers = left & self.levels[near].numbers
                yield near, False, filter(tier.passes, places_in(numbers))
            elif ends := left & self.levels[near].ends:
                start = ends & tier.found.from_start
                yield near, True, map(self.titles.number, places_in(start))
                yield near, False, map(self.titles.number, places_in(ends ^ start))


def _best_first(scored: tuple[int, int]) -> tuple[int, int]:
    number, score = scored
    return -score, number
