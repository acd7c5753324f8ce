"""The phrases at hand: found, filled in for the current buyer, counted."""

from collections import Counter
from collections.abc import Callable, Sequence

from sidebar.domain.events import Event, PhraseInserted
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Category, Pack, Phrase, Stage
from sidebar.domain.placeholders import Filled, Values, fill
from sidebar.domain.search import Hit, Index
from sidebar.services.views import PhraseRow

Readings = Callable[[str], Sequence[str]]

_SHOWN = 60
"""Rows made for one screen; whoever wants the hundredth phrase types another letter."""
_NUMBERED = 9


class Library:
    """The phrases of all packs, the user's own before the shipped ones."""

    def __init__(self, *, readings: Readings) -> None:
        self._readings = readings
        self._uses: Counter[PhraseId] = Counter()
        self._habit: Counter[PhraseId] = Counter()
        self._phrases: dict[PhraseId, Phrase] = {}
        self._index = Index((), readings)

    def replace(self, packs: Sequence[Pack]) -> None:
        """Take these packs in place of those before; of two phrases with one id the first counts.

        What was used most so far comes first among equals from now on, and stays where it is
        until the next time: a list that moves under the hand would make the number keys useless.
        """
        self._habit = self._uses.copy()
        self._phrases = {}
        for pack in packs:
            for phrase in pack.phrases:
                self._phrases.setdefault(phrase.id, phrase)
        self._index = Index(tuple(self._phrases.values()), self._readings)

    def follow(self, event: Event) -> None:
        """Count what is used."""
        if isinstance(event, PhraseInserted):
            self._uses[event.phrase] += 1

    def __len__(self) -> int:
        return len(self._phrases)

    def get(self, phrase: PhraseId) -> Phrase | None:
        return self._phrases.get(phrase)

    def phrases(self) -> tuple[Phrase, ...]:
        return tuple(self._phrases.values())

    def search(
        self,
        query: str,
        *,
        stage: Stage | None = None,
        category: Category | None = None,
        limit: int | None = _SHOWN,
    ) -> tuple[Hit, ...]:
        """The best hits first; an empty query is everything, what fits the moment first."""
        return self._index.search(query, stage=stage, category=category, uses=self._habit, limit=limit)

    def fill(self, phrase: PhraseId, values: Values) -> tuple[Phrase, Filled] | None:
        """The phrase with its text for this buyer and moment; None where there is no such phrase."""
        known = self._phrases.get(phrase)
        return None if known is None else (known, fill(known, values))

    def rows(
        self,
        query: str,
        *,
        values: Values,
        stage: Stage | None = None,
        category: Category | None = None,
        can_send: bool = False,
    ) -> tuple[PhraseRow, ...]:
        """The list as the agent sees it, the first nine numbered."""
        hits = self.search(query, stage=stage, category=category)
        return tuple(_row(hit, at, values, can_send) for at, hit in enumerate(hits, start=1))


def _row(hit: Hit, at: int, values: Values, can_send: bool) -> PhraseRow:
    filled = fill(hit.phrase, values)
    promise = hit.phrase.promise
    return PhraseRow(
        phrase=hit.phrase.id,
        number=at if at <= _NUMBERED else None,
        title=hit.phrase.title,
        text=filled.text,
        matched=hit.matched,
        why=hit.why,
        promise=None if promise is None else promise.within,
        unfilled=filled.unfilled,
        can_send=can_send,
    )
