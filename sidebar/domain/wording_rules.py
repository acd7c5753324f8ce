"""Rules about wording, and what they find in a text: vague promises, blunt words, what a marketplace forbids.

The rules themselves are data (`resources/wording`); a rule is voided where one of its good forms
covers what it found, so that 尽快 is told of and 今天18点前 is not.
"""

import re
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from re import Pattern

from sidebar.domain.identifiers import ClientName
from sidebar.domain.lean import dataclass

NO_CLIENT = ClientName("")


class Severity(StrEnum):
    """How grave a remark is, the gravest first; OFF is a rule that does not hold for a client."""

    ERROR = "error"
    """Stops an insertion until the agent asks again."""
    WARN = "warn"
    """Told beside the insertion."""
    HINT = "hint"
    """Told only where phrases are written and checked."""
    OFF = "off"


GRAVITY = {severity: grade for grade, severity in enumerate(Severity)}
"""0 is the gravest."""


class Detector(StrEnum):
    """What no pattern can say."""

    PHONE_NUMBER = "phone_number"
    BANK_CARD = "bank_card"
    IDENTITY_NUMBER = "identity_number"
    PAST_DATE = "past_date"
    PAST_TIME = "past_time"
    LENGTH = "length"
    CLIENT_LENGTH = "client_length"
    UNKNOWN_PLACE = "unknown_place"
    PLACE_AS_TEXT = "place_as_text"
    UNSAID_PROMISE = "unsaid_promise"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WordingRule:
    """One rule; it holds with `severity` unless `severities` names another for the client at hand.

    `words` are found as they are, those that begin or end in a Latin letter or digit only at a
    word's edge. What is found counts for nothing where a match of `unless` covers it, where
    `unless_in_sentence` stands in its sentence or `unless_in_text` anywhere, or between quotation
    marks unless `in_quotes`. All are compared with a text in small half-width letters. `limit` is
    the number of characters for the rules about length. `language` is that of the texts it reads:
    `zh` those with a Chinese character, `en` those with a Latin word, '' all. `reason` and
    `suggestion` are by the reader's language.
    """

    id: str
    language: str = ""
    severity: Severity
    severities: Mapping[ClientName, Severity] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    patterns: tuple[Pattern[str], ...] = ()
    detect: Detector | None = None
    unless: tuple[Pattern[str], ...] = ()
    unless_in_sentence: Pattern[str] | None = None
    unless_in_text: Pattern[str] | None = None
    in_quotes: bool = False
    limit: int = 0
    reason: Mapping[str, str] = field(default_factory=dict)
    suggestion: Mapping[str, str] = field(default_factory=dict)

    def why(self, language: str) -> str:
        """What the rule is about, in *language*; '' where it does not say."""
        return _said(self.reason, language).replace("{found}", "…")

    def severity_for(self, client: ClientName) -> Severity:
        return self.severities.get(client, self.severity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What a rule says of `text[start:end]`, which is `found`."""

    rule: WordingRule
    severity: Severity
    start: int
    end: int
    found: str

    @property
    def stops(self) -> bool:
        """Whether the text is not to be inserted unless the agent asks again."""
        return self.severity is Severity.ERROR

    @property
    def quiet(self) -> bool:
        """Whether it is told only where phrases are written and checked."""
        return self.severity is Severity.HINT

    def reason(self, language: str) -> str:
        """Why, in *language*; '' where the rule does not say."""
        return _said(self.rule.reason, language).replace("{found}", self.found)

    def suggestion(self, language: str) -> str:
        """What to write in its place."""
        return _said(self.rule.suggestion, language).replace("{found}", self.found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Where and when a text is to be used.

    `now` is aware and in the agent's zone; `client` is '' where any may be meant, `longest` its
    limit in characters. `finished` says that the text is about to be inserted, so that a deadline
    of today can have passed. `places` says that braces are filled in before it is, `unknown` names
    those that nobody will fill in. `promised` says that the phrase carries a promise. `allowed` are
    the ids of rules switched off for it.
    """

    now: datetime
    client: ClientName = NO_CLIENT
    longest: int | None = None
    finished: bool = False
    promised: bool = False
    places: bool = False
    unknown: tuple[str, ...] = ()
    allowed: frozenset[str] = frozenset()


_FOLDED = {
    **{ord("A") + at: ord("a") + at for at in range(26)},
    **{ord("Ａ") + at: ord("a") + at for at in range(26)},
    **{ord("ａ") + at: ord("a") + at for at in range(26)},
    **{ord("０") + at: ord("0") + at for at in range(10)},
    **dict(zip(map(ord, "％＠＋－．／＃’‘\u00a0\u3000\u200b\ufeff"), map(ord, "%@+-./#''    "), strict=True)),
}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[a-z]{2}")
_NUMBER = re.compile(r"\d{3}")
_SENTENCE_END = re.compile(r"[。！？!?；;\n]|\.(?=\s|$)")
_QUOTED = re.compile(r"“[^”\n]*”|「[^」\n]*」|『[^』\n]*』|\"[^\"\n]*\"")


class Reading:
    """A text as the rules read it: folded, character for character, and cut where they ask."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = text.translate(_FOLDED)
        self.numbers = _NUMBER.search(self.folded) is not None
        self.chinese = _CHINESE.search(text) is not None
        self.latin = _LATIN.search(self.folded) is not None

    def sentence(self, start: int, end: int) -> str:
        """The sentence, in folded form, that what stands from *start* to *end* is part of."""
        first = 0
        for mark in _SENTENCE_END.finditer(self.folded):
            if mark.end() <= start:
                first = mark.end()
            elif mark.start() >= end:
                return self.folded[first : mark.start()]
        return self.folded[first:]

    def quoted(self, start: int, end: int) -> bool:
        return covered(_QUOTED, self.folded, start, end)


def covered(pattern: Pattern[str], text: str, start: int, end: int) -> bool:
    """Whether one match of *pattern* takes in everything from *start* to *end*."""
    return any(match.start() <= start and end <= match.end() for match in pattern.finditer(text))


def _said(words: Mapping[str, str], language: str) -> str:
    return words.get(language[:2]) or words.get("zh") or words.get("en") or ""
