"""Titles and codes found although a letter of the query is wrong, too many, missing or swapped with the next.

What stands before the slip and what stands behind it is typed rightly; so the places that the beginning of
the query leads to and those from which its end leads on are met where only the slip lies between them. In
hanzi the slip is within one syllable, in Latin letters within one or two of them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache

from sidebar.domain.place_sets import union
from sidebar.domain.typed_titles import TypedTitles
from sidebar.domain.typing_ways import LATIN, Way

SHORTEST = 4
"""Letters; a slip in fewer would find nearly everything."""
_LONGEST = 7
"""Letters of the longest syllable (zhuang), with one too many."""
_SHORTEST_SYLLABLE = 2


def can_have_slip(query: str) -> bool:
    """Whether a slip is looked for: in Latin letters and digits, and only if there are enough of them."""
    return len(query) >= SHORTEST and query.isascii()


def is_slip(typed: str, meant: str) -> bool:
    """Whether *typed* is *meant* with one letter wrong, too many, missing or swapped with the next."""
    if len(typed) == len(meant):
        wrong = [at for at in range(len(typed)) if typed[at] != meant[at]]
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
            return typed[wrong[0]] == meant[wrong[1]] and typed[wrong[1]] == meant[wrong[0]]
        return len(wrong) == 1
    longer, shorter = (typed, meant) if len(typed) > len(meant) else (meant, typed)
    return len(longer) == len(shorter) + 1 and shorter in _shortened(longer)


class Typos:
    """Finds what a query with a slip was meant for in titles (or codes, which are titles of another kind)."""

    def __init__(self, titles: TypedTitles) -> None:
        self._titles = titles
        self._inside = titles.syllables.inside
        self._latin = union(map(titles.places_of, LATIN))
        self._near = lru_cache(maxsize=256)(self._characters_near)
        self._by_shortened: dict[str, list[str]] = defaultdict(list)
        for syllable in self._inside:
            if len(syllable) >= _SHORTEST_SYLLABLE:
                for each in {syllable, *_shortened(syllable)}:
                    self._by_shortened[each].append(syllable)

    def find(self, query: str) -> int:
        """The titles (a set of their ends) that have *query* with one slip somewhere without a gap."""
        return self._titles.owners(self._slips(query, self._titles.everywhere, self._titles.everywhere))

    def find_whole(self, query: str) -> int:
        """The titles that are *query* with one slip, and nothing more."""
        titles = self._titles
        first = (titles.ended << 1 | 1) & titles.everywhere
        return titles.owners(self._slips(query, first, titles.ended))

    def columns(self, number: int, query: str) -> tuple[int, ...]:
        """The indexes into that title of the characters meant by *query*, the leftmost there are."""
        path = _Path(self._titles.row, query, self._titles.syllables, self._near)
        for place in self._titles.places(number):
            found = path.lead(0, place, slipped=False)
            if found is not None:
                return self._titles.columns_at(number, found)
        return ()

    def _slips(self, query: str, first: int, behind: int) -> int:
        """Where in the titles the slip is, if *query* begins at one of *first* and ends before *behind*."""
        lead, follow = self._leading(query, first), self._following(query, behind)
        return self._slips_in_hanzi(query, lead, follow) | self._slips_in_latin(query, lead, follow)

    def _leading(self, query: str, first: int) -> list[int]:
        """The places behind the first 0, 1, 2 … letters of *query*."""
        lead = [first]
        for end in range(1, len(query)):
            steps = (self._step(lead[at], query[at:end]) << 1 for at in range(max(end - 6, 0), end))
            lead.append(union(steps))
        return lead

    def _following(self, query: str, behind: int) -> list[int]:
        """The places from which the letters of *query* from the first, second … on are typed."""
        follow = [0] * len(query) + [behind]
        for at in range(len(query) - 1, -1, -1):
            ends = range(at + 1, min(at + 6, len(query)) + 1)
            follow[at] = union(
                self._step(follow[end] >> 1, query[at:end], last=end == len(query)) for end in ends
            )
        return follow

    def _step(self, places: int, piece: str, *, last: bool = False) -> int:
        return self._titles.step(places, piece, self._titles.syllables, last=last)

    def _slips_in_hanzi(self, query: str, lead: list[int], follow: list[int]) -> int:
        found = 0
        for at, before in enumerate(lead):
            for end in range(at + _SHORTEST_SYLLABLE, min(at + _LONGEST, len(query)) + 1):
                characters = self._near(query[at:end])
                if before and characters:
                    found |= self._titles.among(before & follow[end] >> 1, characters)
        return found

    def _slips_in_latin(self, query: str, lead: list[int], follow: list[int]) -> int:
        titles = self._titles
        latin = self._latin
        beside = latin | latin << 1
        found = 0
        for at, before in enumerate(lead if latin else ()):
            if not before:
                continue
            wrong = latin & follow[at + 1] >> 1
            too_many = follow[at + 1] & beside
            missing = latin & follow[at] >> 1
            found |= before & (wrong | too_many | missing)
            if at + 1 < len(query):
                first, second = titles.places_of(query[at + 1]), titles.places_of(query[at])
                found |= before & first & (second & follow[at + 2] >> 1) >> 1
        return found

    def _characters_near(self, typed: str) -> str:
        """The characters that *typed* is a syllable of, but for a slip."""
        alike = {
            syllable
            for shortened in (typed, *_shortened(typed))
            for syllable in self._by_shortened.get(shortened, ())
        }
        return "".join(self._inside[each] for each in sorted(alike) if is_slip(typed, each))


class _Path:
    """How one title is typed by a query with one slip: looked for letter by letter."""

    def __init__(
        self,
        row: str,
        query: str,
        way: Way,
        near: Callable[[str], str],
    ) -> None:
        self._row = row
        self._query = query
        self._way = way
        self._near = near
        self._dead: set[tuple[int, int, bool]] = set()

    def lead(self, at: int, place: int, *, slipped: bool) -> tuple[int, ...] | None:
        """The places that the rest of the query is typed for from *place* on; None where it is not."""
        if at == len(self._query):
            return () if slipped else None
        if (at, place, slipped) in self._dead:
            return None
        for taken, end, slips in self._ways(at, place, slipped):
            rest = self.lead(end, place + taken, slipped=slips)
            if rest is not None:
                return *range(place, place + taken), *rest
        self._dead.add((at, place, slipped))
        return None

    def _ways(self, at: int, place: int, slipped: bool) -> Iterator[tuple[int, int, bool]]:
        """How it may go on: places taken, where in the query that leads, whether the slip is behind it."""
        query, letter = self._query, self._row[place]
        for end in range(min(at + _LONGEST, len(query)), at, -1):
            if letter in "".join(self._way.typed_by(query[at:end], last=end == len(query))):
                yield 1, end, slipped
            if not slipped and end - at >= _SHORTEST_SYLLABLE and letter in self._near(query[at:end]):
                yield 1, end, True
        if slipped:
            return
        if letter in LATIN or (place and self._row[place - 1] in LATIN):
            yield 0, at + 1, True
        if letter in LATIN:
            if self._row[place : place + 2] == query[at : at + 2][::-1]:
                yield 2, at + 2, True
            yield 1, at + 1, True
            if at:
                yield 1, at, True


def _shortened(word: str) -> Iterator[str]:
    """*word* without one of its letters, each in turn."""
    return (word[:at] + word[at + 1 :] for at in range(len(word)))
