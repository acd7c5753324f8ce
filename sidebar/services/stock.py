"""What a library has: its phrases, each once, and made ready for searching once that is wanted."""

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from sidebar.domain.hits import NOBODY_USES, Hit, listed
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Category, Pack, Phrase, Stage

if TYPE_CHECKING:  # looking for phrases begins with the first letter
    from collections.abc import Callable

    from sidebar.domain.search import Index
    from sidebar.domain.typing_ways import Readings

_USUAL = "zh"
"""The language of a phrase whose pack names none; only others are remembered one by one."""


class Stock:
    """`languages` are those of the phrases that are not in the usual one."""

    def __init__(
        self,
        phrases: Sequence[Phrase],
        languages: Mapping[PhraseId, str],
        *,
        make_index: "Callable[[], Index]",
        favourites: tuple[Phrase, ...] = (),
    ) -> None:
        self.phrases = phrases
        self.languages = languages
        self.favourites = favourites
        self._make_index = make_index
        self._index: Index | None = None

    @property
    def ready(self) -> bool:
        """Whether it is made ready for searching."""
        return self._index is not None

    @property
    def index(self) -> "Index":
        """The phrases made ready for searching: 20 ms for what we ship."""
        if self._index is None:
            self._index = self._make_index()
        return self._index

    def make_ready(self) -> None:
        """Make it ready for searching, if it is not."""
        self._index = self.index

    def get(self, phrase: PhraseId) -> Phrase | None:
        return self._index.get(phrase) if self._index is not None else self._known.get(phrase)

    def search(
        self,
        query: str,
        *,
        stage: Stage | None,
        category: Category | None,
        uses: Mapping[PhraseId, int] = NOBODY_USES,
        limit: int | None = None,
    ) -> tuple[Hit, ...]:
        """As `Index.search`, which is made for it only where something is looked for."""
        if self._index is None and not query.strip():
            return listed(self.phrases, stage=stage, category=category, uses=uses)[:limit]
        return self.index.search(query, stage=stage, category=category, uses=uses, limit=limit)

    @cached_property
    def _known(self) -> dict[PhraseId, Phrase]:
        return {phrase.id: phrase for phrase in self.phrases}


def stock_of(packs: Sequence[Pack], readings: "Readings", *, ready: bool = False) -> Stock:
    """The phrases of *packs*, made *ready* at once if asked; of two phrases with one id the first counts."""
    phrases, languages = merged(packs)
    favourites = tuple(phrase for phrase in phrases if phrase.favourite)
    make_index = partial(_index_of, phrases, readings)
    stock = Stock(phrases, languages, make_index=make_index, favourites=favourites)
    if ready:
        stock.make_ready()
    return stock


def _index_of(phrases: Sequence[Phrase], readings: "Readings") -> "Index":
    from sidebar.domain.search import Index

    return Index(phrases, readings)


def merged(packs: Sequence[Pack]) -> tuple[tuple[Phrase, ...], Mapping[PhraseId, str]]:
    """The phrases of *packs*, each once, and the languages of those that are not in the usual one."""
    phrases: dict[PhraseId, Phrase] = {}
    languages: dict[PhraseId, str] = {}
    for pack in packs:
        other = pack.language and not pack.language.startswith(_USUAL)
        for phrase in pack.phrases:
            if phrases.setdefault(phrase.id, phrase) is phrase and other:
                languages[phrase.id] = pack.language
    return tuple(phrases.values()), languages
