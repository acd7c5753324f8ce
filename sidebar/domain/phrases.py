"""A phrase, the pack it comes from and the stages a conversation goes through."""

from dataclasses import field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.lean import dataclass

if TYPE_CHECKING:  # most phrases are a text and no more
    from sidebar.domain.phrase_details import Details


class Stage(StrEnum):
    """The steps of a conversation, in the order of the shop's playbook."""

    GREET = "greet"
    LISTEN = "listen"
    PARAPHRASE = "paraphrase"
    """Saying in one's own words what the buyer wants, and having it confirmed."""
    SOOTHE = "soothe"
    VERIFY = "verify"
    DECIDE = "decide"
    """Whose responsibility it is, and whether it is within the agent's authority."""
    OFFER = "offer"
    CONFIRM = "confirm"
    """That the buyer has understood what was agreed."""
    CARRY_OUT = "carry_out"
    REPORT = "report"
    CLOSE = "close"
    CALL_BACK = "call_back"

    @property
    def step(self) -> "Stage":
        """The one of the seven main stages that this one belongs to."""
        return _STEPS.get(self, self)


_STEPS = {
    Stage.PARAPHRASE: Stage.LISTEN,
    Stage.DECIDE: Stage.VERIFY,
    Stage.CONFIRM: Stage.OFFER,
    Stage.REPORT: Stage.CARRY_OUT,
    Stage.CLOSE: Stage.CALL_BACK,
}


class Category(StrEnum):
    """What a conversation is about."""

    PRODUCT = "product"
    ORDER = "order"
    LOGISTICS = "logistics"
    AFTER_SALES = "after_sales"
    COMPLAINT = "complaint"
    EMERGENCY = "emergency"
    SUGGESTION = "suggestion"


HOLDING = {"zh": "占位", "en": "holding"}
"""The tag of the phrase that tells a buyer how many minutes an answer takes, by the packs' language."""


class Colour(StrEnum):
    """The colours a phrase can be marked with."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PURPLE = "purple"
    GREY = "grey"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a phrase promises: to come back `within` this time, about this."""

    within: timedelta
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One ready-made text.

    `placeholders` says whether `{…}` in the body is to be filled in; without it the braces
    are text. `group` is the path of groups, outermost first. `stage` and `category` are None
    where the phrase fits any. What few phrases have is in `details`, so that a hundred thousand
    plain ones stay small.
    """

    id: PhraseId
    title: str
    body: str
    code: str = ""
    stage: Stage | None = None
    category: Category | None = None
    tags: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    placeholders: bool = False
    promise: Promise | None = None
    hotkey: str = ""
    colour: Colour | None = None
    favourite: bool = False
    details: "Details | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A file of phrases; `shipped` packs are never edited in place. `file` is '' where there is none.

    `hides` are phrases of shipped packs that are not to be seen.
    """

    name: str
    language: str
    phrases: tuple[Phrase, ...] = field(default=())
    shipped: bool = False
    hides: tuple[PhraseId, ...] = ()
    file: str = field(default="", compare=False)
