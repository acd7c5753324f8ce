"""Finding a phrase while the agent types: by code, title, pinyin, tag or body, best first.

What is found better comes first: an exact code, the beginning of a code, initials (wlhs), the title
as it is written, its pinyin (wuliu, wul, wl核实), a tag, the body. Among equals come first those
used most, then those of the conversation's stage and category, then those found from the start of
the title, then the order of the packs. Without a query everything is listed, what fits stage and
category first. Nothing below the last line asked for is looked for at all.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from itertools import accumulate

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Category, Phrase, Stage
from sidebar.domain.typed_titles import Found, Readings, TypedTitles, Way, fold, letters


class MatchedBy(StrEnum):
    """Why a phrase was found."""

    NOTHING = "nothing"
    CODE = "code"
    TITLE = "title"
    INITIALS = "initials"
    PINYIN = "pinyin"
    TAG = "tag"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that was found; `matched` are the indexes of the title's characters that were.

    Scores compare within one search: the higher came first, of equals the earlier in its pack.
    """

    phrase: Phrase
    score: int
    why: MatchedBy = MatchedBy.NOTHING
    matched: tuple[int, ...] = ()


class _Rank(IntEnum):
    """How well a phrase was found."""

    BODY = 1
    TAG = 2
    PINYIN = 3
    TITLE = 4
    INITIALS = 5
    CODE_START = 6
    CODE = 7


@dataclass(frozen=True, slots=True)
class _Tier:
    """What was found in one way; `way` is how the title was typed, where it was the title."""

    rank: _Rank
    why: MatchedBy
    found: Found
    way: Way | None = None


_MOST_USES = 2**20 - 1
_NEARNESSES = 5
_LONGEST_TYPED = 64
"""Nobody types more for a title; what is longer was pasted and is looked for in tags and bodies."""
_STAGES = (None, *Stage)
_CATEGORIES = (None, *Category)
_BETWEEN = "\0"


class Index:
    """The phrases of all packs, made ready for searching; phrases do not change, an index neither."""

    def __init__(self, phrases: Iterable[Phrase], readings: Readings) -> None:
        self._phrases = tuple(phrases)
        self._numbers = {phrase.id: at for at, phrase in enumerate(self._phrases)}
        self._titles = TypedTitles([phrase.title for phrase in self._phrases], readings)
        codes = ((fold(phrase.code).strip(), at) for at, phrase in enumerate(self._phrases))
        self._codes = sorted((code, at) for code, at in codes if code)
        self._tags: dict[str, list[int]] = {}
        for at, phrase in enumerate(self._phrases):
            for tag in phrase.tags:
                self._tags.setdefault(fold(tag), []).append(at)
        self._bodies = _Bodies([phrase.body for phrase in self._phrases])
        self._slots = bytes(map(_slot, self._phrases))

    def search(
        self,
        query: str,
        *,
        stage: Stage | None = None,
        category: Category | None = None,
        uses: Mapping[PhraseId, int] | None = None,
        limit: int | None = None,
    ) -> tuple[Hit, ...]:
        """The best *limit* phrases for *query*, the best first; all of them where it is blank."""
        near = self._slots.translate(_nearness(stage, category))
        used = self._used(uses or {})
        text = fold(query).replace(_BETWEEN, "").strip()
        if not text:
            return self._everything(near, used, limit)
        hits: list[Hit] = []
        seen: set[int] = set()
        typed = letters(text)
        for tier in self._tiers(text, typed):
            new = [at for at in tier.found.titles if at not in seen]
            seen.update(new)
            left = None if limit is None else limit - len(hits)
            for at, score in _best(new, _scores(new, tier, near, used), left):
                matched = self._titles.columns(at, typed, tier.way) if tier.way else ()
                hits.append(Hit(self._phrases[at], score, tier.why, matched))
            if limit is not None and len(hits) >= limit:
                break
        return tuple(hits)

    def _used(self, uses: Mapping[PhraseId, int]) -> dict[int, int]:
        numbers = ((self._numbers.get(phrase), count) for phrase, count in uses.items())
        return {at: min(count, _MOST_USES) for at, count in numbers if at is not None}

    def _tiers(self, text: str, typed: str) -> Iterable[_Tier]:
        """What is found in each way, the best way first, one way at a time as it is asked for."""
        titles = self._titles
        typeable = 0 < len(typed) <= _LONGEST_TYPED
        # A code mostly is the title's initials: where it is, the title shows them.
        shown = titles.initials if typeable else None
        yield _Tier(_Rank.CODE, MatchedBy.CODE, self._coded(text, text + _BETWEEN), shown)
        yield _Tier(_Rank.CODE_START, MatchedBy.CODE, self._coded(text, text + chr(0x10FFFF)), shown)
        if typeable:
            initials, literal, spelt = titles.initials, titles.literal, titles.spelt
            yield _Tier(_Rank.INITIALS, MatchedBy.INITIALS, titles.find(typed, initials), initials)
            yield _Tier(_Rank.TITLE, MatchedBy.TITLE, titles.find(typed, literal), literal)
            yield _Tier(_Rank.PINYIN, MatchedBy.PINYIN, titles.find(typed, spelt), spelt)
        yield _Tier(_Rank.TAG, MatchedBy.TAG, self._tagged(text))
        yield _Tier(_Rank.BODY, MatchedBy.BODY, Found(tuple(self._bodies.find(text)), frozenset()))

    def _coded(self, least: str, most: str) -> Found:
        begin = bisect_left(self._codes, (least, -1))
        end = bisect_left(self._codes, (most, -1))
        return Found(sorted(at for _, at in self._codes[begin:end]), frozenset())

    def _tagged(self, text: str) -> Found:
        found = {at for tag, places in self._tags.items() if text in tag for at in places}
        return Found(sorted(found), frozenset())

    def _everything(self, near: bytes, used: Mapping[int, int], limit: int | None) -> tuple[Hit, ...]:
        scores = [fit * (_MOST_USES + 1) for fit in near]
        for at, count in used.items():
            scores[at] += count
        best = _best(range(len(scores)), scores, limit)
        return tuple(Hit(self._phrases[at], score) for at, score in best)


class _Bodies:
    """All bodies as one text, so that a search of them is one search."""

    def __init__(self, bodies: Sequence[str]) -> None:
        folded = [fold(body).replace(_BETWEEN, " ") for body in bodies]
        self._text = _BETWEEN.join(folded)
        self._ends = list(accumulate(len(body) + 1 for body in folded))

    def find(self, text: str) -> Iterator[int]:
        """The numbers of the bodies that have *text*, ascending."""
        at = self._text.find(text)
        number = 0
        while at >= 0:
            number = bisect_right(self._ends, at, number)
            yield number
            at = self._text.find(text, self._ends[number])


def _scores(numbers: Sequence[int], tier: _Tier, near: bytes, used: Mapping[int, int]) -> list[int]:
    """Rank before uses before nearness before a match from the start, in one integer."""
    base, count, start = tier.rank * (_MOST_USES + 1), used.get, tier.found.from_start
    return [((base + count(at, 0)) * _NEARNESSES + near[at]) * 2 + (at in start) for at in numbers]


def _best(numbers: Sequence[int], scores: Sequence[int], limit: int | None) -> Iterator[tuple[int, int]]:
    """The *limit* numbers with the highest scores, of equals the lowest number first, with their scores."""
    if not numbers:
        return
    size = numbers[-1] + 1
    # One integer for both, because integers sort several times faster than pairs.
    keys = sorted([at - score * size for at, score in zip(numbers, scores, strict=True)])
    for key in keys[:limit]:
        at = key % size
        yield at, (at - key) // size


def _slot(phrase: Phrase) -> int:
    return _STAGES.index(phrase.stage) * len(_CATEGORIES) + _CATEGORIES.index(phrase.category)


def _nearness(stage: Stage | None, category: Category | None) -> bytes:
    """For each slot, how well its phrases fit the conversation: 0 (made for another) to 4."""
    near = bytes(_fit(own, stage) + _fit(kind, category) for own in _STAGES for kind in _CATEGORIES)
    return near.ljust(256, b"\0")


def _fit(own: object, wanted: object) -> int:
    if own is None or wanted is None:
        return 1
    return 2 if own == wanted else 0
