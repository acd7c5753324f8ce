"""The phrases at hand: found, filled in for the current buyer, counted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sidebar.domain.bodies import spots
from sidebar.domain.conversations import Conversation
from sidebar.domain.events import Event, PhraseInserted, ShiftBegun
from sidebar.domain.habits import Habits
from sidebar.domain.hits import Hit
from sidebar.domain.identifiers import ClientName, ConversationId, PhraseId
from sidebar.domain.phrases import Category, Pack, Phrase, Stage
from sidebar.domain.placeholders import Filled, Values, Wording, fill, texts, the_first
from sidebar.services.earlier_events import Earlier
from sidebar.services.stock import Stock, stock_of
from sidebar.services.views import PhraseRow, Unfit

if TYPE_CHECKING:
    from sidebar.domain.group_names import GroupNames

Readings = Callable[[str], Sequence[str]]

_SHOWN = 60
"""Rows made for one screen; whoever wants the hundredth phrase types another letter."""
_NUMBERED = 9
_SAME_CODE = 8
"""Hits among which another phrase with a code is looked for; such come first."""


def _unknown(_conversation: ConversationId) -> None:
    """Where no conversations are followed."""


class Library:
    """The phrases of all packs, the user's own before the shipped ones."""

    hears: tuple[type[Event], ...] = (PhraseInserted, ShiftBegun)

    def __init__(
        self,
        *,
        readings: Readings,
        conversation: Callable[[ConversationId], Conversation | None] = _unknown,
    ) -> None:
        """*conversation* tells how far one had come before the event that is followed."""
        self.readings = readings
        self._conversation = conversation
        self._habits = Habits()
        self._settled = False
        self._stock = stock_of((), readings)

    def replace(self, packs: Sequence[Pack]) -> None:
        """Take these packs in place of those before; of two phrases with one id the first counts."""
        self.take(self.prepare(packs))

    def prepare(self, packs: Sequence[Pack]) -> Stock:
        """The stock of these packs; may be made off the GUI thread, as nothing here changes."""
        return stock_of(packs, self.readings, ready=self._stock.ready)

    def make_ready(self) -> None:
        """Be ready for the first letter that is typed: 20 ms for what we ship, nothing the next time."""
        self._stock.make_ready()

    def take(self, stock: Stock) -> None:
        """Have this stock in place of the one before; nothing here takes long."""
        self._stock = stock

    def follow(self, event: Event) -> None:
        """Count what is used; what was used most so far comes first among equals from the next shift on."""
        if isinstance(event, PhraseInserted):
            known = self._conversation(event.conversation)
            stage, category = (known.stage, known.category) if known is not None else (None, None)
            self._habits.count(event.phrase, stage, category)
        elif isinstance(event, ShiftBegun):
            self._settled = False

    def state(self) -> list[list[object]]:
        return self._habits.state()

    def restore(self, state: Any, earlier: Earlier) -> None:
        del earlier  # counts say it all
        self._habits.restore(state)
        self._settled = False

    def __len__(self) -> int:
        return len(self._stock.phrases)

    def tagged(self, *tags: str) -> Phrase | None:
        """The first phrase with the first of *tags* that any has."""
        for tag in tags:
            for phrase in self._stock.phrases:
                if tag in phrase.tags:
                    return phrase
        return None

    def get(self, phrase: PhraseId) -> Phrase | None:
        return self._stock.get(phrase)

    def groups(self) -> "GroupNames":
        """The groups that phrases are in."""
        from sidebar.domain.group_names import GroupNames  # for those who write phrases

        return GroupNames({phrase.group for phrase in self._stock.phrases}, self.readings)

    def phrases(self) -> tuple[Phrase, ...]:
        return tuple(self._stock.phrases)

    def search(
        self,
        query: str,
        *,
        stage: Stage | None = None,
        category: Category | None = None,
        limit: int | None = _SHOWN,
    ) -> tuple[Hit, ...]:
        """The best hits first; an empty query is everything, what fits the moment first."""
        if not self._settled:
            self._settled = True
            self._habits.settle()
        uses = self._habits.weights(stage, category)
        return self._stock.search(query, stage=stage, category=category, uses=uses, limit=limit)

    def with_code(self, code: str, *, but: PhraseId) -> Phrase | None:
        """A phrase that has this code, other than the one with the id *but*."""
        wanted = code.strip().casefold()
        found = (hit.phrase for hit in self.search(wanted, limit=_SAME_CODE)) if wanted else ()
        return next((each for each in found if each.code.casefold() == wanted and each.id != but), None)

    def fill(
        self,
        phrase: Phrase,
        values: Values,
        *,
        wording: Wording = the_first,
        typed: Mapping[str, str] | None = None,
    ) -> Filled:
        """The text of *phrase* for this buyer and moment; see `placeholders.fill`."""
        return fill(phrase, self.spoken(phrase, values), find=self.get, wording=wording, typed=typed)

    def spoken(self, phrase: Phrase, values: Values) -> Values:
        """*values* in the language of the pack that *phrase* is from."""
        language = self._stock.languages.get(phrase.id)
        return values if language is None else replace(values, language=language)

    def rows(
        self,
        query: str,
        *,
        values: Values,
        wording: Wording = the_first,
        stage: Stage | None = None,
        category: Category | None = None,
        client: ClientName | None = None,
        can_send: bool = False,
    ) -> tuple[PhraseRow, ...]:
        """The list as the agent sees it, the first nine numbered.

        What is not meant for this client or category is left out, or shown last and marked where
        it was searched for.
        """
        hits = self.search(query, stage=stage, category=category)
        if not query.strip():
            hits = self._favourites_first(hits, stage, category)
        judged = [(hit, self._unfit(hit.phrase, client, category)) for hit in hits]
        if any(unfit for _, unfit in judged):
            judged = [each for each in judged if not each[1] or query.strip()]
            judged.sort(key=lambda each: each[1] is not None)
        return tuple(
            self._row(hit, at, values, wording, can_send=can_send, unfit=unfit)
            for at, (hit, unfit) in enumerate(judged, start=1)
        )

    def _favourites_first(
        self, hits: tuple[Hit, ...], stage: Stage | None, category: Category | None
    ) -> tuple[Hit, ...]:
        """The agent's favourites that are for this stage and category, or for any, then the others."""
        chosen = [
            phrase
            for phrase in self._stock.favourites
            if phrase.stage in (None, stage) and phrase.category in (None, category)
        ]
        if not chosen:
            return hits
        order = {hit.phrase.id: (at, hit) for at, hit in enumerate(hits)}
        known = [order.get(phrase.id, (len(hits), Hit(phrase, 0))) for phrase in chosen]
        first = [hit for _, hit in sorted(known, key=lambda each: each[0])]
        ids = {hit.phrase.id for hit in first}
        return (*first, *(hit for hit in hits if hit.phrase.id not in ids))[:_SHOWN]

    def _unfit(self, phrase: Phrase, client: ClientName | None, category: Category | None) -> Unfit | None:
        """What speaks against *phrase* here; an unknown client or category speaks against none."""
        only = phrase.details.only if phrase.details is not None else None
        if only is None:
            return None
        if client and only.clients and client not in only.clients:
            return Unfit.CLIENT
        return Unfit.CATEGORY if category and only.categories and category not in only.categories else None

    def _row(
        self,
        hit: Hit,
        at: int,
        values: Values,
        wording: Wording,
        *,
        can_send: bool,
        unfit: Unfit | None,
    ) -> PhraseRow:
        filled = self.fill(hit.phrase, values, wording=wording)
        promise, details = hit.phrase.promise, hit.phrase.details
        return PhraseRow(
            phrase=hit.phrase.id,
            number=at if at <= _NUMBERED else None,
            title=hit.phrase.title,
            text=filled.text,
            matched=hit.matched,
            in_text=spots(filled.text, hit.sought),
            why=hit.why,
            found_in="" if _is_shown(hit, filled) else hit.variant,
            promise=None if promise is None else promise.within,
            unfilled=filled.unfilled,
            can_send=can_send,
            asks=bool(filled.fields),
            unfit=unfit,
            colour=hit.phrase.colour,
            favourite=hit.phrase.favourite,
            enclosed=0 if details is None else len(details.attachments),
            note="" if details is None else details.note,
        )


def _is_shown(hit: Hit, filled: Filled) -> bool:
    """Whether the wording that was found is the one whose turn it is."""
    turn = dict(filled.wordings).get(hit.phrase.id, 0)
    return texts(hit.phrase)[turn] == hit.variant
