"""What an agent uses most, in all and at each point of a conversation."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Category, Stage

_MOST = 1023
"""Uses beyond these make no difference."""


class Habits:
    """Counts uses all the time, but orders by them only as they were when they were last settled.

    A list that moves under the hand would make its number keys useless.
    """

    def __init__(self) -> None:
        self._uses: Counter[tuple[PhraseId, Stage | None, Category | None]] = Counter()
        self._settled: Mapping[tuple[PhraseId, Stage | None, Category | None], int] = {}
        self._weights: dict[tuple[Stage | None, Category | None], Mapping[PhraseId, int]] = {}

    def count(self, phrase: PhraseId, stage: Stage | None, category: Category | None) -> None:
        """*phrase* was used at this point of a conversation; None where that is not known."""
        self._uses[phrase, stage, category] += 1

    def state(self) -> list[list[object]]:
        """The counts, as plain data."""
        return [[*used, count] for used, count in self._uses.items()]

    def restore(self, state: Iterable[Sequence[Any]]) -> None:
        """Go on from *state*; the order stays as it was last settled."""
        self._uses = Counter(
            {
                (phrase, stage and Stage(stage), category and Category(category)): int(count)
                for phrase, stage, category, count in state
            }
        )

    def settle(self) -> None:
        """Order by what was used so far, from now on."""
        self._settled = dict(self._uses)
        self._weights.clear()

    def weights(self, stage: Stage | None, category: Category | None) -> Mapping[PhraseId, int]:
        """How much each phrase is used: at this point of a conversation first, then anywhere.

        Until the habits are settled anew the same question has the very same answer.
        """
        known = self._weights.get((stage, category))
        if known is None:
            known = self._weights[stage, category] = self._weigh(stage, category)
        return known

    def _weigh(self, stage: Stage | None, category: Category | None) -> Mapping[PhraseId, int]:
        here: Counter[PhraseId] = Counter()
        anywhere: Counter[PhraseId] = Counter()
        for (phrase, its_stage, its_category), count in self._settled.items():
            anywhere[phrase] += count
            if its_stage is stage and its_category is category:
                here[phrase] += count
        return {
            phrase: min(here[phrase], _MOST) * (_MOST + 1) + min(count, _MOST)
            for phrase, count in anywhere.items()
        }
