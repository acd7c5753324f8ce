"""The texts of all phrases – bodies, other wordings, options – and which of them have a word."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, islice

from sidebar.domain.folding import fold
from sidebar.domain.phrases import Phrase
from sidebar.domain.place_sets import set_of

_BETWEEN = "\0"
_PART = 1_000_000
"""Characters."""
_FEW = 100
"""Characters of which it is known who has them."""
_folded = lru_cache(maxsize=8192)(fold)


class Bodies:
    """Each phrase's texts by its number, folded; of each character it is known which phrases have it."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        folded = [_texts(phrase) for phrase in phrases]
        self._count = len(folded)
        self._text = _BETWEEN.join([*folded, ""])
        self._ends = array("I", accumulate(len(body) + 1 for body in folded))
        having: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for number, body in enumerate(folded):
            for character in set(body):
                having[character].append(number)
        # Whichever is smaller: four bytes for each text that has it, or a bit for each text.
        self._having = {
            character: set_of(numbers, self._count) if len(numbers) * 32 > self._count else numbers
            for character, numbers in having.items()
        }

    def parts(self) -> Iterator[object]:
        """What it consists of, no part of it large; `of` puts that together again."""
        yield self._ends
        yield from (self._text[at : at + _PART] for at in range(0, len(self._text), _PART))
        having = iter(self._having.items())
        while some := dict(islice(having, _FEW)):
            yield some

    @classmethod
    def of(cls, parts: Iterable[object]) -> "Bodies":
        """What had these *parts*."""
        made = cls(())
        texts: list[str] = []
        for part in parts:
            match part:
                case str():
                    texts.append(part)
                case dict():
                    made._having.update(part)
                case array():
                    made._ends = part
                    made._count = len(part)
        made._text = "".join(texts)
        return made

    def candidates(self, words: str) -> int:
        """The numbers of the phrases that have every character of *words*."""
        every = (1 << self._count) - 1
        for character in set(words):
            having = self._having.get(character, 0)
            every &= having if isinstance(having, int) else set_of(having, self._count)
            if not every:
                break
        return every

    def has(self, number: int, words: str) -> bool:
        """Whether a text of that phrase has *words*."""
        return self._text.find(words, self._begin(number), self._ends[number]) >= 0

    def body_has(self, number: int, words: str) -> bool:
        """Whether the first of its texts, the body, has *words*."""
        begin = self._begin(number)
        return self._text.find(words, begin, self._text.index(_BETWEEN, begin)) >= 0

    def _begin(self, number: int) -> int:
        return self._ends[number - 1] if number else 0


def variant_with(phrase: Phrase, word: str) -> str | None:
    """The other wording of *phrase* that has *word*, which is folded; None where none has it."""
    variants = () if phrase.details is None else phrase.details.variants
    return next((text for text in variants if word in fold(text)), None)


def _texts(phrase: Phrase) -> str:
    details = phrase.details
    if details is None or not (details.variants or details.options):
        return _plain(phrase.body)
    options = (part for each in details.options for part in (each.text, each.pros, each.cons, each.rule))
    return _BETWEEN.join(map(_plain, (phrase.body, *details.variants, *options)))


def _plain(text: str) -> str:
    return fold(text).replace(_BETWEEN, " ")


def spots(text: str, words: Collection[str]) -> tuple[int, ...]:
    """The indexes of the characters of *text* that are part of one of *words*, which are folded.

    A character that is several when folded is part of a word when one of them is.
    """
    if not words:
        return ()
    folded = fold(text)
    found: set[int] = set()
    owner: list[int] = []
    for word in words:
        if not word or word not in folded:
            continue
        if not owner:
            pieces = [_folded(character) for character in text]
            folded = "".join(pieces)
            owner = [at for at, piece in enumerate(pieces) for _ in piece]
        at = folded.find(word)
        while at >= 0:
            found.update(owner[at : at + len(word)])
            at = folded.find(word, at + len(word))
    return tuple(sorted(found))
