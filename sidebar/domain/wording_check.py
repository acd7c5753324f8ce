"""Checks a text against the rules about wording: what is wrong where, the gravest of each place."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from sidebar.domain.chat_clients import ClientProfile
from sidebar.domain.identifiers import ClientName
from sidebar.domain.lean import dataclass
from sidebar.domain.phrases import Phrase
from sidebar.domain.place_names import nested_id
from sidebar.domain.placeholders import Values, fill, texts
from sidebar.domain.wording_detectors import DETECTORS
from sidebar.domain.wording_rules import (
    GRAVITY,
    NO_CLIENT,
    Circumstances,
    Reading,
    Remark,
    Severity,
    WordingRule,
    covered,
)

Span = tuple[int, int]


Graded = tuple[WordingRule, Severity]


@dataclass(frozen=True, slots=True)
class _Held:
    """The rules that hold for a client and language, laid out flat: most texts touch none of them."""

    words: tuple[tuple[str, Graded], ...]
    patterns: tuple[tuple[Callable[[str], object], Graded], ...]
    detecting: tuple[Graded, ...]

    def touched(self, folded: str) -> dict[Graded, None]:
        """The rules that have something to look at in *folded*."""
        return dict.fromkeys(
            (
                *(graded for word, graded in self.words if word in folded),
                *(graded for search, graded in self.patterns if search(folded)),
                *self.detecting,
            )
        )


class WordingCheck:
    """The rules, ready to read a text by; a text of 60 characters takes them some 0.05 ms."""

    def __init__(self, rules: Iterable[WordingRule]) -> None:
        self.rules = tuple(rules)
        self._held: dict[tuple[ClientName, bool, bool], _Held] = {}

    def check(self, text: str, circumstances: Circumstances) -> tuple[Remark, ...]:
        """What is to be said of *text*, in its order; of a place only the gravest remark."""
        reading = Reading(text)
        remarks = [
            Remark(rule=rule, severity=severity, start=start, end=end, found=text[start:end])
            for rule, severity in self._holding(circumstances.client, reading).touched(reading.folded)
            if rule.id not in circumstances.allowed
            for start, end in _hits(rule, reading, circumstances)
        ]
        return tuple(_gravest(remarks)) if remarks else ()

    def check_phrase(self, phrase: Phrase, circumstances: Circumstances) -> tuple[tuple[str, Remark], ...]:
        """Each remark on *phrase* as it is written, with the one of its texts that it is about."""
        own = replace(
            circumstances, allowed=circumstances.allowed | _allowed(phrase), places=phrase.placeholders
        )
        return tuple(
            (text, remark) for text, within in _texts(phrase, own) for remark in self.check(text, within)
        )

    def check_finished(
        self, phrase: Phrase, text: str, client: ClientProfile | None, now: datetime
    ) -> tuple[Remark, ...]:
        """The errors and warnings about *text*, which *phrase* has become, on its way to a buyer."""
        circumstances = Circumstances(
            now=now,
            client=NO_CLIENT if client is None else client.name,
            longest=None if client is None else client.longest,
            finished=True,
            places=phrase.placeholders,
            allowed=_allowed(phrase),
        )
        return tuple(remark for remark in self.check(text, circumstances) if not remark.quiet)

    def _holding(self, client: ClientName, reading: Reading) -> _Held:
        key = (client, reading.chinese, reading.latin)
        held = self._held.get(key)
        if held is None:
            held = self._held[key] = _held(self.rules, client, reading)
        return held


def _held(rules: Iterable[WordingRule], client: ClientName, reading: Reading) -> _Held:
    read = {"": True, "zh": reading.chinese, "en": reading.latin}
    graded = [(rule, rule.severity_for(client)) for rule in rules if read[rule.language]]
    holding = [each for each in graded if each[1] is not Severity.OFF]
    return _Held(
        words=tuple((word, each) for each in holding for word in each[0].words),
        patterns=tuple((pattern.search, each) for each in holding for pattern in each[0].patterns),
        detecting=tuple(each for each in holding if each[0].detect is not None),
    )


def _allowed(phrase: Phrase) -> frozenset[str]:
    """The ids of the rules that are switched off for *phrase*."""
    if phrase.details is None:
        return frozenset()
    return frozenset(allowance.rule for allowance in phrase.details.allow)


def _texts(phrase: Phrase, own: Circumstances) -> Iterator[tuple[str, Circumstances]]:
    """The texts of *phrase* that a buyer may read, each with what is to be known of it."""
    options = phrase.details.options if phrase.details is not None else ()
    said = [
        text for option in options for text in (option.text, option.pros, option.cons, option.rule) if text
    ]
    for number, body in enumerate(texts(phrase)):
        # a time that an option gives is in the text as well
        promised = phrase.promise is not None and not any("{" in text for text in said)
        unknown = tuple(_unknown(phrase, number, own.now))
        yield body, replace(own, promised=promised, unknown=unknown)
    for text in said:
        yield text, own


def _unknown(phrase: Phrase, wording: int, now: datetime) -> Iterator[str]:
    """The names of places in one of its wordings that nothing and nobody will fill in."""
    values = Values(buyer="-", agent="-", number="-", now=now)
    for name in fill(phrase, values, wording=lambda _: wording).unfilled:
        if nested_id(name) is None:
            yield name


def _hits(rule: WordingRule, reading: Reading, circumstances: Circumstances) -> Iterator[Span]:
    folded = reading.folded
    for word in rule.words:
        if word in folded:
            yield from (hit for hit in _words(word, folded) if _counts(rule, hit, reading))
    for pattern in rule.patterns:
        for match in pattern.finditer(folded):
            if _counts(rule, match.span(), reading):
                yield match.span()
    if rule.detect is not None:
        found = DETECTORS[rule.detect](reading, rule, circumstances)
        yield from (hit for hit in found if _counts(rule, hit, reading))


def _words(word: str, folded: str) -> Iterator[Span]:
    """Where *word* stands in *folded*; Latin letters beside its own would make it another word."""
    start = folded.find(word)
    while start >= 0:
        end = start + len(word)
        if not (_joined(folded, start - 1, word[0]) or _joined(folded, end, word[-1])):
            yield start, end
        start = folded.find(word, end)


def _joined(folded: str, beside: int, edge: str) -> bool:
    if not 0 <= beside < len(folded):
        return False
    return _latin(edge) and _latin(folded[beside])


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _counts(rule: WordingRule, hit: Span, reading: Reading) -> bool:
    """Whether nothing about what was found makes it a good form."""
    if any(covered(good, reading.folded, *hit) for good in rule.unless):
        return False
    within = rule.unless_in_sentence
    if within is not None and within.search(reading.sentence(*hit)):
        return False
    if rule.unless_in_text is not None and rule.unless_in_text.search(reading.folded):
        return False
    return rule.in_quotes or not reading.quoted(*hit)


def _gravest(remarks: Iterable[Remark]) -> Iterator[Remark]:
    """The remarks in the order of the text, without those that a graver or wider one says as well."""
    kept: list[Remark] = []
    for remark in sorted(remarks, key=lambda each: (GRAVITY[each.severity], each.start - each.end)):
        if not any(_says_it(other, remark) for other in kept):
            kept.append(remark)
    return iter(sorted(kept, key=lambda each: (each.start, each.end)))


def _says_it(other: Remark, remark: Remark) -> bool:
    if other.rule is remark.rule:
        return other.start < remark.end and remark.start < other.end
    return other.start <= remark.start and remark.end <= other.end
