"""What a phrase may have beyond its text: other wordings, fields, pictures, choices for the buyer …"""

from datetime import timedelta
from enum import StrEnum

from sidebar.domain.identifiers import ClientName
from sidebar.domain.lean import dataclass
from sidebar.domain.newlines import Newlines
from sidebar.domain.phrases import Category

ANY_CLIENT = ClientName("any")
MOST_OPTIONS = 3
"""The playbook's: more than three ways out are no help to a buyer."""


class Rotation(StrEnum):
    """In which order a phrase's wordings are used."""

    BY_TURN = "by_turn"
    RANDOM = "random"


class FieldKind(StrEnum):
    """What is asked for in a field."""

    TEXT = "text"
    PARAGRAPH = "paragraph"
    NUMBER = "number"
    CHOICE = "choice"
    DATE = "date"
    TIME = "time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A place `{name}` in the body that the agent fills in before the phrase is inserted.

    `default` is what the field begins with, in the agent's own spelling (a date may be 明天);
    where `remember` is set the last value takes its place. `choices` are those of a choice.
    """

    name: str
    kind: FieldKind = FieldKind.TEXT
    default: str = ""
    choices: tuple[str, ...] = ()
    remember: bool = False


class AttachmentKind(StrEnum):
    """How something is pasted: as a picture to be seen, or as a file to be opened."""

    IMAGE = "image"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A picture or file that goes in by a paste of its own, `before` the text or after it.

    `path` is absolute; in a pack file it is relative to the folder the pack is in.
    """

    path: str
    kind: AttachmentKind
    before: bool = False


class Delivery(StrEnum):
    """What is done with the text; nothing is ever sent where the client's profile does not allow it."""

    INSERT = "insert"
    SEND = "send"
    COPY = "copy"
    """It is left on the clipboard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientWay:
    """How this phrase differs in one client, or in `ANY_CLIENT`; None leaves it as everywhere."""

    client: ClientName
    newlines: Newlines | None = None
    delivery: Delivery | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Where a phrase fits; an empty list is no condition."""

    clients: tuple[ClientName, ...] = ()
    categories: tuple[Category, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way out that the buyer is offered; `rule` is the clause it rests on. '' is left unsaid."""

    text: str
    pros: str = ""
    cons: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRule:
    """What is to be done after the phrase without the buyer being told: `after` a time, or `within` one.

    Not before `after`, at the latest `within`; at least one of them is given.
    """

    about: str
    after: timedelta | None = None
    within: timedelta | None = None

    @property
    def due_in(self) -> timedelta:
        """How long after the phrase the agent is reminded: as soon as it may be done, else in time for it."""
        return self.after or self.within or timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """A rule of the wording check that does not hold for this phrase, and why."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """All of it for one phrase; `variants` are the other wordings of its body, `note` is for the agent."""

    variants: tuple[str, ...] = ()
    rotation: Rotation = Rotation.BY_TURN
    fields: tuple[Field, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    ways: tuple[ClientWay, ...] = ()
    only: Condition | None = None
    options: tuple[Option, ...] = ()
    follow_up: FollowUpRule | None = None
    allow: tuple[Allowance, ...] = ()
    note: str = ""
