"""What a query finds in the columns of a library, the best found first and each kind only when asked for."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache, reduce
from operator import and_, itemgetter

from sidebar.domain.bodies import Bodies
from sidebar.domain.folding import fold, letters
from sidebar.domain.lean import dataclass
from sidebar.domain.material import Material, code_row
from sidebar.domain.phrases import Phrase
from sidebar.domain.place_sets import places_in, set_of, union
from sidebar.domain.ranking import ByBody, ByTitle, Rank, Rare, Tier
from sidebar.domain.typed_titles import Found, TypedTitles, row_of
from sidebar.domain.typing_ways import Readings, Way
from sidebar.domain.typos import Typos, can_have_slip

_LONGEST_TYPED = 64
"""Nobody types more for a title; what is longer was pasted and is looked for in tags and bodies."""
_MOST_WORDS = 8
_FEW = 1 / 40
"""Of the titles: so many are looked up one by one, more of them all at once."""
_ANSWERS_KEPT = 32
_JUDGED_KEPT = 1024
_BETWEEN = "\0"
_GROUP = "@"
_NOTHING = Found(0, 0)
_BEST_FIRST = tuple(sorted(Rank, reverse=True))


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed: folded as it stands, and its words, each once, where they are several.

    `groups` are the names behind an @: only what is in such a group is meant.
    """

    text: str
    words: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


def read_query(typed: str) -> Query:
    """*typed* as it is searched for."""
    text = fold(typed).replace(_BETWEEN, "").strip()
    groups = tuple(each[1:] for each in text.split() if each.startswith(_GROUP))
    if groups:
        text = " ".join(each for each in text.split() if not each.startswith(_GROUP))
    words = tuple(dict.fromkeys(word for word in text.split() if letters(word)))
    return Query(
        text,
        words if 1 < len(words) <= _MOST_WORDS else (),
        tuple(name for name in groups if letters(name)),
    )


class Columns:
    """Codes, titles, tags and bodies of a library; a phrase is the place where its title ends."""

    def __init__(self, phrases: Sequence[Phrase], material: Material, readings: Readings) -> None:
        self.titles = TypedTitles(material.titles, material.row)
        self._phrases = phrases
        self._material = material
        self._readings = readings
        self._bodies = material.bodies
        self._at_ends = itemgetter(*self.titles.ends, -1)
        self._typos: tuple[Typos, Typos, TypedTitles] | None = None
        self._found = lru_cache(maxsize=_ANSWERS_KEPT)(self._find)
        self._numbers = lru_cache(maxsize=_ANSWERS_KEPT)(self._numbers_of)
        self._is_rare = lru_cache(maxsize=_JUDGED_KEPT)(self._has_by_rare_readings)

    def warm(self) -> Iterator[None]:
        """Make ahead what otherwise is made when it is first looked for, a piece at a time."""
        yield from self.titles.warm()
        self._all_bodies()
        yield
        yield from self._slips()[2].warm()

    def tiers(self, query: Query) -> Iterator[Tier]:
        """What *query* finds, the best found first, one way at a time as it is asked for."""
        for rank in _BEST_FIRST:
            if rank is Rank.BODY:
                yield self._in_bodies(query.text)
            else:
                yield ByTitle(
                    rank=rank, found=self._found(query.text, rank), rare=self._rare(query.text, rank)
                )
            if query.words and Rank.TYPO < rank < Rank.CODE_START:
                yield self._by_words(query.words, rank)

    def with_slip_in_a_word(self, words: tuple[str, ...]) -> Tier:
        """The phrases that have all of *words* but for a slip in one of them, in a title or code."""
        bodies = self._all_bodies()
        known = {word: self._numbers(word) for word in words}
        found: list[tuple[int, tuple[str, ...]]] = []
        for word in words:
            others = tuple(each for each in words if each != word)
            left = reduce(and_, (known[each] | bodies.candidates(each) for each in others))
            # a slip takes longer to look for than all else
            slipped = left and left & self._numbered(self._found(word, Rank.TYPO).titles)
            if slipped:
                found.append((slipped, others))

        def passes(number: int) -> bool:
            return any(
                slipped >> number & 1
                and all(known[each] >> number & 1 or bodies.has(number, each) for each in others)
                for slipped, others in found
            )

        numbers = union(slipped for slipped, _ in found)
        return ByBody(numbers=numbers, passes=passes, whole=False, rank=Rank.TYPO)

    def in_groups(self, names: tuple[str, ...]) -> Sequence[int]:
        """The phrases that are in groups of all these names, which are typed like titles."""
        paths = ["/".join(path) for path in self._material.groups]
        typed = TypedTitles(paths, row_of(paths, self._readings))
        found = reduce(and_, (typed.typed_as(letters(name))[0] for name in names))
        meant = {typed.number(end) for end in places_in(found)}
        return [number for number, path in enumerate(self._material.grouped) if path in meant]

    def beside_the_body(self, number: int, tier: Tier, query: Query) -> str | None:
        """What the phrase with that *number*, found by its texts, has in one that is not its body."""
        bodies = self._all_bodies()
        words = (word for word in query.words if not self._numbers(word) >> number & 1)
        sought = (query.text,) if tier.whole else words
        return next((each for each in sought if not bodies.body_has(number, each)), None)

    def columns(self, number: int, tier: Tier, query: Query) -> tuple[int, ...]:
        """The indexes of the characters of that title that were found."""
        if tier.whole:
            return self._columns(number, letters(query.text), self._ways_shown(tier.rank), tier.rank)
        ways = (self.titles.initials, self.titles.literal, self.titles.spelt)
        each = (self._columns(number, letters(word), ways, tier.rank) for word in query.words)
        return tuple(sorted({column for columns in each for column in columns}))

    def _columns(self, number: int, typed: str, ways: tuple[Way, ...], rank: Rank) -> tuple[int, ...]:
        if not 0 < len(typed) <= _LONGEST_TYPED:
            return ()
        for way in ways:
            columns = self.titles.columns(number, typed, way)
            if columns:
                return columns
        if rank is Rank.TYPO and can_have_slip(typed):
            return self._slips()[0].columns(number, typed)
        return ()

    def _ways_shown(self, rank: Rank) -> tuple[Way, ...]:
        titles = self.titles
        match rank:
            case Rank.CODE | Rank.CODE_START | Rank.INITIALS:
                # A code mostly is the title's initials: where it is, the title shows them.
                return (titles.initials,)
            case Rank.TITLE:
                return (titles.literal,)
            case Rank.PINYIN:
                return (titles.spelt,)
            case _:
                return ()

    def _find(self, text: str, rank: Rank) -> Found:
        """What has *text*, found in this way and no other; bodies apart."""
        typed, titles = letters(text), self.titles
        typeable = 0 < len(typed) <= _LONGEST_TYPED
        match rank:
            case Rank.CODE:
                return self._coded(text, text + _BETWEEN)
            case Rank.CODE_START:
                return self._coded(text, text + chr(0x10FFFF))
            case Rank.INITIALS if typeable:
                return titles.find(typed, titles.initials)
            case Rank.TITLE if typeable:
                return titles.find(typed, titles.literal)
            case Rank.PINYIN if typeable:
                return titles.find(typed, titles.spelt)
            case Rank.TAG:
                tagged = {n for tag, having in self._material.tagged.items() if text in tag for n in having}
                return Found(self._places(tagged), 0)
            case Rank.TYPO if typeable and can_have_slip(typed):
                return self._with_slip(typed)
            case _:
                return _NOTHING

    def _coded(self, least: str, most: str) -> Found:
        begin = bisect_left(self._material.codes, least)
        end = bisect_left(self._material.codes, most)
        return Found(self._places(self._material.coded[begin:end]), 0)

    def _with_slip(self, typed: str) -> Found:
        in_titles, in_codes, codes = self._slips()
        coded = [self._material.coded[codes.number(end)] for end in places_in(in_codes.find_whole(typed))]
        return Found(in_titles.find(typed) | self._places(coded), 0)

    def _places(self, numbers: Collection[int]) -> int:
        """Where the titles of these phrases end."""
        return set_of([self.titles.ends[number] for number in numbers], self.titles.width)

    def _slips(self) -> tuple[Typos, Typos, TypedTitles]:
        """Made when the first slip is looked for."""
        if self._typos is None:
            row = self._material.code_row or code_row(self._material.codes)
            codes = TypedTitles(self._material.codes, row)
            self._typos = Typos(self.titles), Typos(codes), codes
        return self._typos

    def _by_words(self, words: tuple[str, ...], rank: Rank) -> Tier:
        """The phrases that have every one of *words* in this way or in a better one."""
        if rank is Rank.BODY:
            return self._words_in_bodies(words)
        each = (self._at_least(word, rank) for word in words)
        rare = Rare(
            lambda number: any(self._is_rare(number, word) for word in words),
            lambda: ~reduce(and_, (self._at_least(word, rank, rare=False) for word in words)),
        )
        return ByTitle(rank=rank, found=Found(reduce(and_, each), 0), whole=False, rare=rare)

    def _at_least(self, word: str, rank: Rank, *, rare: bool = True) -> int:
        """What has *word* in this way or in a better one, bodies apart; by *rare* readings, too, or not."""
        ways = (each for each in _BEST_FIRST if each >= rank and each is not Rank.BODY)
        return union(self._found(word, each).titles if rare else self._usual(word, each) for each in ways)

    def _rare(self, text: str, rank: Rank) -> Rare | None:
        """Which of what has *text* in this way has it by rare readings alone; None where none has."""
        way, typed = self._way(rank), letters(text)
        usual = None if way is None else self.titles.usual_way(way)
        if usual is None or not typed:
            return None
        return Rare(
            lambda number: self.titles.leads(number, typed, usual) is None,
            lambda: ~self._usual(text, rank),
        )

    def _usual(self, text: str, rank: Rank) -> int:
        """What has *text* in this way without a rare reading."""
        way, found = self._way(rank), self._found(text, rank).titles
        return found if way is None or not found else self.titles.usual(letters(text), way)

    def _way(self, rank: Rank) -> Way | None:
        """The way of typing in which readings count, if it is one of them."""
        return {Rank.INITIALS: self.titles.initials, Rank.PINYIN: self.titles.spelt}.get(rank)

    def _has_by_rare_readings(self, number: int, word: str) -> bool:
        """Whether that phrase, which has *word*, has it by rare readings alone."""
        titles, typed, phrase = self.titles, letters(word), self._phrases[number]
        ways = (titles.initials, titles.spelt)
        usual = (titles.literal, *(titles.usual_way(way) or way for way in ways))
        if any(titles.leads(number, typed, way) for way in usual):
            return False
        if not any(titles.leads(number, typed, way) for way in ways):
            return False
        return not (fold(phrase.code).startswith(word) or any(word in fold(tag) for tag in phrase.tags))

    def _in_bodies(self, text: str) -> Tier:
        bodies = self._all_bodies()
        return ByBody(numbers=bodies.candidates(text), passes=lambda number: bodies.has(number, text))

    def _words_in_bodies(self, words: tuple[str, ...]) -> Tier:
        bodies = self._all_bodies()
        elsewhere = [self._numbers(word) for word in words]
        numbers = reduce(
            and_, (known | bodies.candidates(word) for known, word in zip(elsewhere, words, strict=True))
        )
        left = [
            (known.to_bytes(len(self._phrases) // 8 + 1, "little"), word)
            for known, word in zip(elsewhere, words, strict=True)
        ]

        def passes(number: int) -> bool:
            return all(
                known[number >> 3] >> (number & 7) & 1 or bodies.has(number, word) for known, word in left
            )

        return ByBody(numbers=numbers, passes=passes, whole=False)

    def _numbers_of(self, word: str) -> int:
        """The numbers of the phrases that have *word* elsewhere than in the body."""
        return self._numbered(self._at_least(word, Rank.TAG))

    def _numbered(self, found: int) -> int:
        """The numbers of the titles that are *found*."""
        titles = self.titles
        if found.bit_count() <= len(titles.ends) * _FEW:
            return set_of([titles.number(end) for end in places_in(found)], len(titles.ends))
        digits = f"{found:0{titles.width}b}"[::-1]
        return int("".join(self._at_ends(digits)[-2::-1]), 2)

    def _all_bodies(self) -> Bodies:
        """Made when bodies are first searched."""
        if self._bodies is None:
            self._bodies = Bodies(self._phrases)
        return self._bodies
