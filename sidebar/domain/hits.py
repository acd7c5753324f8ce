"""What comes of looking through phrases, and how they are listed while nothing is looked for."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.lean import dataclass
from sidebar.domain.phrases import Category, Phrase, Stage

MOST_USES = 2**20 - 1
"""As many uses of a phrase as make a difference."""
NOBODY_USES: Mapping[PhraseId, int] = {}


class MatchedBy(StrEnum):
    """Why a phrase was found."""

    NOTHING = "nothing"
    CODE = "code"
    TITLE = "title"
    INITIALS = "initials"
    PINYIN = "pinyin"
    TAG = "tag"
    BODY = "body"
    VARIANT = "variant"
    OPTION = "option"
    TYPO = "typo"


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that was found; `matched` are the indexes of the title's characters that were,
    `in_body` of the body's. `variant` is the other wording that was, where the body was not.

    Scores compare within one search: the higher came first, of equals the earlier in its pack.
    """

    phrase: Phrase
    score: int
    why: MatchedBy = MatchedBy.NOTHING
    matched: tuple[int, ...] = ()
    in_body: tuple[int, ...] = ()
    sought: tuple[str, ...] = ()
    """What was looked for, folded: the query as it stands, or its words."""
    variant: str = ""


def listed(
    phrases: Iterable[Phrase],
    *,
    stage: Stage | None = None,
    category: Category | None = None,
    uses: Mapping[PhraseId, int] = NOBODY_USES,
) -> tuple[Hit, ...]:
    """All *phrases* as an index lists them that is asked for nothing, without one.

    What fits the conversation comes first, of that what is used most, among equals the earlier.
    """
    scored = [
        Hit(
            phrase,
            (fit(phrase.stage, stage) + fit(phrase.category, category)) * (MOST_USES + 1)
            + max(0, min(uses.get(phrase.id, 0), MOST_USES)),
        )
        for phrase in phrases
    ]
    return tuple(sorted(scored, key=_score, reverse=True))


def _score(hit: Hit) -> int:
    return hit.score


def fit(own: object, wanted: object) -> int:
    if own is None or wanted is None:
        return 1
    return 2 if own == wanted else 0
