"""Which wording of a phrase a buyer gets next: not the one they got last, as long as there is another."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sidebar.domain.events import Event, PhraseInserted
from sidebar.domain.identifiers import ConversationId, PhraseId
from sidebar.domain.phrases import Phrase
from sidebar.services.earlier_events import Earlier, EarlierEvents

_RANDOM = "random"
"""`Rotation.RANDOM`, by its value: no start without such a phrase needs the rest of its module."""
_NOTE = "wordings"
"""Where an insertion tells which wording of which phrase it had, in the event's `extra`."""


class Wordings:
    """Remembers, as a fold over insertions, what each conversation was given.

    By turn the next wording follows the last one. At random it is one of those the buyer has not
    had since all of them were used; *pick* gives a number below the one it is given. What was
    picked stays until it is inserted, so that the list shows what a click brings.
    """

    hears: tuple[type[Event], ...] = (PhraseInserted,)

    def __init__(self, *, pick: Callable[[int], int]) -> None:
        self._pick = pick
        self._had: dict[tuple[ConversationId, PhraseId], tuple[int, ...]] = {}
        self._earlier = EarlierEvents()
        self._picked: dict[tuple[ConversationId, PhraseId], int] = {}

    @staticmethod
    def note(wordings: tuple[tuple[PhraseId, int], ...]) -> Mapping[str, object]:
        """What the event of an insertion is to carry so that `follow` knows; nothing for most."""
        return {_NOTE: dict(wordings)} if wordings else {}

    def follow(self, event: Event) -> None:
        """Take in one event; only insertions of phrases with several wordings change anything."""
        if isinstance(event, PhraseInserted) and event.extra:
            self._look_back(event.conversation)
            self._count(event)

    def state(self) -> list[list[object]]:
        """What was inserted where the client names nobody; what a conversation was given, the log knows."""
        return [[phrase, had] for (conversation, phrase), had in self._had.items() if not conversation]

    def restore(self, state: Iterable[Sequence[Any]], earlier: Earlier) -> None:
        nobody = ConversationId("")
        self._had = {(nobody, phrase): tuple(had) for phrase, had in state}
        self._picked.clear()
        self._earlier = EarlierEvents(earlier, known=(nobody,))

    def _look_back(self, conversation: ConversationId) -> None:
        for event in self._earlier.take(conversation) or ():
            if isinstance(event, PhraseInserted):
                self._count(event)

    def _count(self, event: PhraseInserted) -> None:
        noted = event.extra.get(_NOTE)
        for phrase, wording in noted.items() if isinstance(noted, dict) else ():
            key = event.conversation, PhraseId(phrase)
            if isinstance(wording, int):
                had = self._had.get(key, ())
                self._had[key] = (wording,) if wording in had else (*had, wording)
                self._picked.pop(key, None)

    def next(self, phrase: Phrase, conversation: ConversationId) -> int:
        """The number of the wording that is due; 0 is the body, then come the variants."""
        details = phrase.details
        if details is None or not details.variants:
            return 0
        count = len(details.variants) + 1
        self._look_back(conversation)
        key = conversation, phrase.id
        had = tuple(each for each in self._had.get(key, ()) if each < count)
        if details.rotation == _RANDOM:
            if self._picked.get(key, count) >= count:
                self._picked[key] = self._random(had, count)
            return self._picked[key]
        return (had[-1] + 1) % count if had else 0

    def _random(self, had: tuple[int, ...], count: int) -> int:
        left = [each for each in range(count) if each not in had]
        left = left or [each for each in range(count) if each != had[-1]]
        return left[self._pick(len(left))]
