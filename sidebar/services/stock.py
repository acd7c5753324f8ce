"""What a library has: its phrases, each once, and made ready for searching."""

from collections.abc import Mapping, Sequence

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.lean import dataclass
from sidebar.domain.phrases import Pack, Phrase
from sidebar.domain.search import Index
from sidebar.domain.typing_ways import Readings

_USUAL = "zh"
"""The language of a phrase whose pack names none; only others are remembered one by one."""


@dataclass(frozen=True, slots=True)
class Stock:
    """`languages` are those of the phrases that are not in the usual one."""

    index: Index
    languages: Mapping[PhraseId, str]
    favourites: tuple[Phrase, ...] = ()


def stock_of(packs: Sequence[Pack], readings: Readings) -> Stock:
    """The phrases of *packs*; of two phrases with one id the first counts."""
    phrases, languages = merged(packs)
    favourites = tuple(phrase for phrase in phrases if phrase.favourite)
    return Stock(Index(phrases, readings), languages, favourites)


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
