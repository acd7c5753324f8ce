"""Phrases put into one another by `{phrase:ID}`: which are meant, and what is wrong with that."""

import re
from collections.abc import Callable, Iterator

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Phrase
from sidebar.domain.place_names import NESTED, PLACE, nested_id
from sidebar.domain.placeholders import texts

_MAY_NEST = re.compile("|".join(map(re.escape, NESTED)), re.IGNORECASE)
"""Most texts are spared a closer look."""

Find = Callable[[PhraseId], Phrase | None]


def nested_in(phrase: Phrase) -> tuple[PhraseId, ...]:
    """The phrases that stand in any wording or option of *phrase*, each once, in the order of the text."""
    if not phrase.placeholders:
        return ()
    options = phrase.details.options if phrase.details is not None else ()
    said = (
        *texts(phrase),
        *(text for each in options for text in (each.text, each.pros, each.cons, each.rule)),
    )
    found = (
        nested_id(place["name"])
        for text in said
        if _MAY_NEST.search(text)
        for place in PLACE.finditer(text)
        if place["name"] is not None
    )
    return tuple(dict.fromkeys(PhraseId(id) for id in found if id is not None))


def unknown_in(phrase: Phrase, find: Find) -> Iterator[PhraseId]:
    """The ids in *phrase* itself that are nobody's."""
    return (id for id in nested_in(phrase) if find(id) is None)


def loop_of(phrase: Phrase, find: Find) -> tuple[PhraseId, ...]:
    """The way from *phrase* back to itself, both ends included; () where it does not have itself in it."""
    return _way_back(phrase, phrase.id, find, {phrase.id})


def _way_back(at: Phrase, goal: PhraseId, find: Find, seen: set[PhraseId]) -> tuple[PhraseId, ...]:
    for id in nested_in(at):
        if id == goal:
            return at.id, goal
        nested = None if id in seen else find(id)
        seen.add(id)
        if nested is not None and (rest := _way_back(nested, goal, find, seen)):
            return (at.id, *rest)
    return ()
