"""A phrase, the pack it comes from and the stages a conversation goes through."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from sidebar.domain.identifiers import PhraseId


class Stage(StrEnum):
    """The steps of a conversation, in the order of the shop's playbook."""

    GREET = "greet"
    LISTEN = "listen"
    SOOTHE = "soothe"
    VERIFY = "verify"
    OFFER = "offer"
    CARRY_OUT = "carry_out"
    CALL_BACK = "call_back"


class Category(StrEnum):
    """What a conversation is about."""

    PRODUCT = "product"
    ORDER = "order"
    LOGISTICS = "logistics"
    AFTER_SALES = "after_sales"
    COMPLAINT = "complaint"
    EMERGENCY = "emergency"
    SUGGESTION = "suggestion"


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
    where the phrase fits any.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A file of phrases; `shipped` packs are never edited in place."""

    name: str
    language: str
    phrases: tuple[Phrase, ...] = field(default=())
    shipped: bool = False
