"""Titles found by what people type for their characters: the character, its pinyin, its initial.

All titles stand in one row of letters, an end behind each, and a query is followed letter by letter for
all of them at once: from the places reached so far, those whose letter can be typed by the next ones lead
one place on. So a query of ten letters costs some forty operations on `place_sets`, whatever the titles
are, with every reading of every character and hanzi, pinyin and initials mixed as they come; and one more
letter costs the few operations that end in it. (100,000 titles: about 0.03 ms each.)
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain

from sidebar.domain.folding import letters
from sidebar.domain.lean import dataclass
from sidebar.domain.place_sets import places_in, set_of, union
from sidebar.domain.typing_ways import (
    DIGRAPHS,
    LATIN,
    LITERAL,
    Readings,
    Seldom,
    Way,
    seldom_of,
    spoken_ways,
    usual_ways,
)

_END = "\n"
_SETS_KEPT = 128
_DEARER = 8
"""How many places are put into a set in the time in which the letter at one is looked at."""
_PATHS_KEPT = 32
_LONGEST_KEPT = 24
"""Letters of a query after which it is not remembered how far each of its beginnings led."""


@dataclass(frozen=True, slots=True)
class Found:
    """The titles found, as a set of their ends, and those of them found from their first character."""

    titles: int
    from_start: int


@dataclass(frozen=True, slots=True)
class Row:
    """Titles one behind the other, as the letters that count of them, and what takes long to know of that.

    `ends` are the places where each title ends, `places` those of each letter; `ways` are the ways to
    type them: as they are, by initials, spelt, by syllables.
    """

    text: str
    ends: "array[int]"
    places: "Mapping[str, array[int]]"
    ways: tuple[Way, Way, Way, Way]
    seldom: Seldom = ()


def row_of(titles: Sequence[str], readings: Readings) -> Row:
    """The row of *titles*; long ones give other threads their turn."""
    characters = set[str]()
    for title in titles:
        characters.update(title)
    kept = str.maketrans({each: letters(each) for each in characters})
    typed = [title.translate(kept) for title in titles]
    text = _END.join([*typed, ""])
    places: dict[str, array[int]] = {}
    for place, letter in enumerate(text):
        known = places.get(letter)
        if known is None:
            known = places[letter] = array("I")
        known.append(place)
    ends = array("I", (end - 1 for end in accumulate(len(each) + 1 for each in typed)))
    said = [(letter, spoken) for letter in places if (spoken := readings(letter))]
    return Row(text, ends, places, (LITERAL, *spoken_ways(said)), seldom_of(said))


class TypedTitles:
    """Titles by number, and the ways to type them: `literal`, `initials`, `spelt` (or mixed), `syllables`.

    The last is spelt with no syllable cut short, but for the last.
    """

    def __init__(self, titles: Sequence[str], row: Row) -> None:
        self._titles = titles
        self._kept = lru_cache(maxsize=None)(letters)
        self.row = row.text
        self.width = len(row.text)
        self.ends = row.ends
        self._places = row.places
        self._sets: dict[str, int] = {}
        self._path = lru_cache(maxsize=_PATHS_KEPT)(lambda query, way: _Path(self.row, query, way))
        ended = set_of(self.ends, self.width)
        self.everywhere = (1 << self.width) - 1
        self._within = self.everywhere ^ ended
        self.ended = ended
        first = (ended << 1 | bool(titles)) & self.everywhere
        self.literal, self.initials, self.spelt, self.syllables = row.ways
        self._trails = {
            way: (_Trail(self, way, self.everywhere), _Trail(self, way, first))
            for way in (self.literal, self.initials, self.spelt)
        }
        self._seldom = row.seldom
        self._usual: dict[Way, Way] | None = None
        self._usual_trails: dict[Way, _Trail] = {}

    def warm(self) -> Iterator[None]:
        """Make ahead what the first letters of any query need, a piece at a time."""
        self.usual_way(self.spelt)
        for piece in (*LATIN, *DIGRAPHS):
            self.step(self.everywhere, piece, self.spelt, last=True)
            yield

    def find(self, query: str, way: Way) -> Found:
        """The titles that have *query*, in `letters`, somewhere without a gap."""
        anywhere, from_start = self._trails[way]
        titles = self.owners(anywhere.follow(query))
        return Found(titles, self.owners(from_start.follow(query)) if titles else 0)

    def usual(self, query: str, way: Way) -> int:
        """The titles that have *query* by usual readings."""
        usual = self.usual_way(way)
        if usual is None:
            return self.owners(self._trails[way][0].follow(query))
        trail = self._usual_trails.setdefault(usual, _Trail(self, usual, self.everywhere))
        return self.owners(trail.follow(query))

    def usual_way(self, way: Way) -> Way | None:
        """*way* without rare readings; None where there are none."""
        if self._usual is None:  # made when something is first typed, and not with every start
            self._usual = usual_ways(self._seldom, self.initials, self.spelt) if self._seldom else {}
        return self._usual.get(way)

    def typed_as(self, query: str) -> tuple[int, int]:
        """Those that are typed so in any way, and those of them from their first character."""
        found = [self.find(query, way) for way in (self.initials, self.spelt)]
        return union(each.titles for each in found), union(each.from_start for each in found)

    def owners(self, places: int) -> int:
        """The ends of the titles that have one of *places*, an end among them belonging to its title."""
        # The sum carries from any place of a title to its end, and never beyond it.
        return (((places & self._within) + self._within) | places) & self.ended

    def number(self, end: int) -> int:
        """Which title ends there."""
        return bisect_left(self.ends, end)

    def step(self, places: int, piece: str, way: Way, *, last: bool) -> int:
        """Those of *places* whose letter is typed by *piece*."""
        return union(self.among(places, each) for each in way.typed_by(piece, last=last)) if places else 0

    def among(self, places: int, characters: str) -> int:
        """Those of *places* where one of *characters* stands."""
        if not (places and characters):
            return 0
        if characters not in self._sets and self._are_few(places, characters):
            return set_of([place for place in places_in(places) if self.row[place] in characters], self.width)
        return places & self.places_of(characters)

    def _are_few(self, places: int, characters: str) -> bool:
        """Whether *places* are sooner looked at one by one than the set of all with *characters* is made."""
        having = sum(len(self._places[each]) for each in characters if each in self._places)
        return places.bit_count() * _DEARER <= having

    def places_of(self, characters: str) -> int:
        """Where one of *characters* stands."""
        known = self._sets.pop(characters, None)
        if known is None:
            known = self._places_of(characters)
            if len(self._sets) >= _SETS_KEPT:
                del self._sets[next(iter(self._sets))]
        # The last in the dictionary is the one used last.
        self._sets[characters] = known
        return known

    def columns(self, number: int, query: str, way: Way) -> tuple[int, ...]:
        """The indexes into that title of the characters *query* is found in, the leftmost there are.

        Those that are usually read so are preferred.
        """
        found = self.leads(number, query, way)
        usual = None if found is None else self.usual_way(way)
        if usual is not None:
            found = self.leads(number, query, usual) or found
        return () if found is None else self.columns_at(number, found)

    def leads(self, number: int, query: str, way: Way) -> tuple[int, ...] | None:
        """The first places of the row in that title that type *query*; None where there are none."""
        path = self._path(query, way)
        for place in self.places(number):
            if self.row[place] in path.starters:
                found = path.lead(0, place)
                if found is not None:
                    return found
        return None

    def columns_at(self, number: int, places: Sequence[int]) -> tuple[int, ...]:
        """The indexes into that title of the characters at *places* of the row."""
        first = self.places(number).start
        owner = [at for at, each in enumerate(self._titles[number]) for _ in self._kept(each)]
        return tuple(dict.fromkeys(owner[each - first] for each in places))

    def places(self, number: int) -> range:
        """Where the letters of that title stand."""
        return range(self.ends[number - 1] + 1 if number else 0, self.ends[number])

    def _places_of(self, characters: str) -> int:
        places = [self._places[each] for each in characters if each in self._places]
        return set_of(places[0] if len(places) == 1 else tuple(chain.from_iterable(places)), self.width)


class _Path:
    """The ways through the row that type a query from one place on."""

    def __init__(self, row: str, query: str, way: Way) -> None:
        self._row = row
        self._length = len(query)
        self._pieces = [tuple(_pieces(query, at, way)) for at in range(len(query))]
        self._dead: set[tuple[int, int]] = set()
        self.starters = "".join(characters for _, characters in self._pieces[0][-1:])
        """The letters it can begin with: those that are typed by its first letter alone."""

    def lead(self, at: int, place: int) -> tuple[int, ...] | None:
        """The places that the rest of the query is typed for; long pieces are preferred."""
        if at == self._length:
            return ()
        if (at, place) in self._dead:
            return None
        letter = self._row[place]
        for end, characters in self._pieces[at]:
            if letter in characters:
                rest = self.lead(end, place + 1)
                if rest is not None:
                    return place, *rest
        self._dead.add((at, place))
        return None


def _pieces(query: str, at: int, way: Way) -> Iterator[tuple[int, str]]:
    """Where each piece of *query* from *at* on ends, with the letters it types, the longest first."""
    for end in range(min(at + way.longest, len(query)), at, -1):
        characters = "".join(way.typed_by(query[at:end], last=end == len(query)))
        if characters:
            yield end, characters


class _Trail:
    """How far the beginnings of the last query led, which are mostly those of the next."""

    def __init__(self, titles: TypedTitles, way: Way, start: int) -> None:
        self._titles = titles
        self._way = way
        self._query = ""
        self._reached = [start]
        """The places behind the first 0, 1, 2 … letters of the query."""

    def follow(self, query: str) -> int:
        """The places behind the ends of *query*."""
        del self._reached[min(_common(query, self._query) + 1, len(query)) :]
        for end in range(len(self._reached), len(query)):
            self._reached.append(self._step(query, end, last=False))
        found = self._step(query, len(query), last=True)
        self._query = query[:-1]
        if len(query) > _LONGEST_KEPT:
            del self._reached[1:]
            self._query = ""
        return found

    def _step(self, query: str, end: int, *, last: bool) -> int:
        begins = range(max(end - self._way.longest, 0), end)
        step = self._titles.step
        return union(step(self._reached[at], query[at:end], self._way, last=last) << 1 for at in begins)


def _common(one: str, other: str) -> int:
    """How many letters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, its) in pairs if mine != its), min(len(one), len(other)))
