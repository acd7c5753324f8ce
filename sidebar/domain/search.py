"""Finding a phrase while the agent types: by code, title, pinyin, tag or body, best first.

What is found better comes first: an exact code, the beginning of a code, initials (wlhs), the title
as it is written, its pinyin (wuliu, wul, wl核实), a tag, the body, and at last what is found only if one
letter is taken for a slip. Other wordings and the options for the buyer count as the body does. Of
several words each must be found, in any order; such a phrase is as good as the worst of them, and comes
after those that have the words as they stand; where there is nothing of the kind, one of the words may
have a slip. Of what is found by pinyin, that comes first which is usually read so. Among equals come
first those used most, then those of the conversation's stage and category, then those found from the
start of the title, then the order of the packs. A word behind an @ names a group, and only what is in it
is found. Without a query everything is listed, what fits stage and category first. Nothing below the
last line asked for is looked for at all.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice

from sidebar.domain.bodies import spots, variant_with
from sidebar.domain.hits import NOBODY_USES, Hit, MatchedBy
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.material import Material, material_of
from sidebar.domain.phrases import Category, Phrase, Stage
from sidebar.domain.queries import Columns, Query, read_query
from sidebar.domain.ranking import Order, Rank, Ranking, Tier
from sidebar.domain.typing_ways import Readings

_WHY = {
    Rank.CODE: MatchedBy.CODE,
    Rank.CODE_START: MatchedBy.CODE,
    Rank.INITIALS: MatchedBy.INITIALS,
    Rank.TITLE: MatchedBy.TITLE,
    Rank.PINYIN: MatchedBy.PINYIN,
    Rank.TAG: MatchedBy.TAG,
    Rank.BODY: MatchedBy.BODY,
    Rank.TYPO: MatchedBy.TYPO,
}


class Index:
    """The phrases of all packs, made ready for searching; phrases do not change, an index neither.

    It remembers how far the last query led, so it is for one thread at a time.
    """

    def __init__(
        self, phrases: Sequence[Phrase], readings: Readings, material: Material | None = None
    ) -> None:
        """*material* is that of these phrases, where it is known already."""
        made = material_of(phrases, readings) if material is None else material
        self.phrases = phrases
        self._columns = Columns(phrases, made, readings)
        self._ranking = Ranking(made, self._columns.titles)
        self._in_groups = lru_cache(maxsize=8)(self._columns.in_groups)

    def get(self, phrase: PhraseId) -> Phrase | None:
        number = self._ranking.numbers.get(phrase)
        return None if number is None else self.phrases[number]

    def warm(self) -> Iterator[None]:
        """Make ahead what else is made when it is first looked for, in a large library piece by piece.

        No piece takes longer than a frame, provided that the material was made whole.
        """
        return self._columns.warm()

    def search(
        self,
        query: str,
        *,
        stage: Stage | None = None,
        category: Category | None = None,
        uses: Mapping[PhraseId, int] = NOBODY_USES,
        limit: int | None = None,
    ) -> tuple[Hit, ...]:
        """The best *limit* phrases for *query*, the best first; all of them where it is blank.

        *uses* tells how much each phrase is used, and is not changed afterwards.
        """
        order = self._ranking.order(stage, category, uses)
        read = read_query(query)
        if read.groups:
            order = self._ranking.only(order, self._in_groups(read.groups))
        if read.text:
            return tuple(islice(self._hits(read, order), limit))
        return tuple(Hit(self.phrases[number], score) for number, score in islice(order.everything(), limit))

    def _hits(self, query: Query, order: Order) -> Iterator[Hit]:
        """Everything found, each for its best reason."""
        seen: set[int] = set()
        for tier in chain(self._columns.tiers(query), self._where_nothing_is(seen, query)):
            for number, score in order.of(tier):
                if number not in seen:
                    seen.add(number)
                    yield self._hit(number, score, tier, query)

    def _where_nothing_is(self, seen: Collection[int], query: Query) -> Iterator[Tier]:
        """A slip in one word of several is looked for only where nothing else was found."""
        if query.words and not seen:
            yield self._columns.with_slip_in_a_word(query.words)

    def _hit(self, number: int, score: int, tier: Tier, query: Query) -> Hit:
        phrase = self.phrases[number]
        sought = (query.text,) if tier.whole else query.words
        why, variant = _WHY[tier.rank], None
        beside = self._columns.beside_the_body(number, tier, query) if tier.rank is Rank.BODY else None
        if beside is not None:
            variant = variant_with(phrase, beside)
            why = MatchedBy.OPTION if variant is None else MatchedBy.VARIANT
        return Hit(
            phrase,
            score,
            why,
            self._columns.columns(number, tier, query),
            spots(phrase.body, sought),
            sought,
            variant or "",
        )
