"""Which window is a chat client, and which buyer its title names."""

import re
from collections.abc import Iterable
from dataclasses import field
from enum import StrEnum
from re import Pattern
from typing import TYPE_CHECKING

from sidebar.domain.identifiers import ClientName, ConversationId
from sidebar.domain.insertion import PasteProfile, WindowInfo
from sidebar.domain.insertion_paths import InsertionPath
from sidebar.domain.lean import dataclass

if TYPE_CHECKING:  # few clients tell who writes, few agents have pointed at anything
    from sidebar.domain.chat_logs import LogRule
    from sidebar.domain.element_rules import ElementRule


class Confidence(StrEnum):
    """How far a client profile may be relied on."""

    VERIFIED = "verified"
    """Tried with the client itself."""
    REPORTED = "reported"
    """Named by someone who drives that client."""
    PRESUMED = "presumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where one value of a profile is from, and how far that may be relied on."""

    value: str
    confidence: Confidence
    origin: str


class ItemKind(StrEnum):
    """What the entries of a client's list of conversations are to accessibility."""

    PAGE_TAB = "page_tab"
    LIST_ITEM = "list_item"
    LINK = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRule:
    """Where a client tells accessibility whose messages nobody has read, and who is open.

    `buyer` is searched in an entry's name and has the named group `buyer`; its group `unread`, where it
    has one, is the number of messages. With `bold` an entry whose name is bold has something unread.
    `within` is searched in the name of what holds the entries, where other things of that kind are
    elsewhere in the window; None is the whole window.
    """

    items: ItemKind
    buyer: Pattern[str]
    bold: bool = False
    within: Pattern[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientProfile:
    """What we know of one chat client.

    `programs` are compared without regard to case; `titles` must match (search) for a window
    to count, `ignored` must not. `buyer` has the named group `buyer` and may have `unread`;
    where it is None the client's title does not name the buyer. `reading` is None where the client's
    list of conversations cannot be read, or nobody knows how, `log` where that is so of who wrote;
    `pointed` names the element with the buyer's name, where the agent has pointed at it. `longest` is the
    number of characters it takes in one message, None where nobody says. `source` and `confidence` are
    those of the profile as a whole; `sources` tell them value by value.
    """

    name: ClientName
    label: str
    programs: tuple[str, ...]
    titles: Pattern[str] | None = None
    ignored: Pattern[str] | None = None
    buyer: Pattern[str] | None = None
    paste: PasteProfile = field(default_factory=PasteProfile)
    longest: int | None = None
    reading: ReadingRule | None = None
    log: "LogRule | None" = None
    pointed: "ElementRule | None" = None
    source: str = ""
    confidence: Confidence = Confidence.PRESUMED
    sources: tuple[Source, ...] = ()

    @property
    def accessible(self) -> bool:
        """Whether texts may be written into this client's input box through accessibility."""
        return InsertionPath.ACCESSIBILITY in self.paste.paths


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatWindow:
    """A chat client's window with the buyer who is open in it; `customer` is '' where unknown.

    `named_by` is what names the buyer, as events say it under `seen`.
    """

    window: WindowInfo
    profile: ClientProfile
    customer: str = ""
    unread: int | None = None
    named_by: str = "title"

    @property
    def conversation(self) -> ConversationId | None:
        """The id of the open conversation: client and buyer's name; None where no buyer is named."""
        return conversation_id(self.profile.name, self.customer) if self.customer else None


def conversation_id(client: ClientName, customer: str) -> ConversationId:
    """The id a conversation has that is known by its buyer's name only."""
    return ConversationId(f"{client}:{customer}")


def recognise(window: WindowInfo, profiles: Iterable[ClientProfile]) -> ChatWindow | None:
    """The chat window that *window* is under the first profile that fits; None for any other program."""
    for profile in profiles:
        if _fits(window, profile):
            customer, unread = _buyer(window.title, profile.buyer)
            return ChatWindow(window=window, profile=profile, customer=customer, unread=unread)
    return None


def _fits(window: WindowInfo, profile: ClientProfile) -> bool:
    if window.program.casefold() not in {program.casefold() for program in profile.programs}:
        return False
    if profile.ignored is not None and profile.ignored.search(window.title):
        return False
    return profile.titles is None or profile.titles.search(window.title) is not None


def _buyer(title: str, pattern: re.Pattern[str] | None) -> tuple[str, int | None]:
    found = pattern.search(title) if pattern is not None else None
    if found is None:
        return "", None
    groups = found.groupdict()
    unread = groups.get("unread")
    return (groups.get("buyer") or "").strip(), int(unread) if unread else None
