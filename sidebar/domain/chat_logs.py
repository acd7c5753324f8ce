"""Who wrote the messages of a client's open conversations: how that is told."""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum
from re import Pattern

from sidebar.domain.lean import dataclass


class Speaker(StrEnum):
    """Who wrote a message."""

    BUYER = "buyer"
    AGENT = "agent"
    BOT = "bot"
    AUTO = "auto"
    """Nobody: an automatic reply of the shop's."""


class Mark(StrEnum):
    """What of a message tells who wrote it."""

    COLOUR = "colour"
    """Of the name before it, where all messages are one text."""
    CLASS = "class"
    """Its class in the page."""
    NAME = "name"
    """Its accessible name."""
    SIDE = "side"
    """On which side it stands: `left`, `right` or `middle`."""


class MessageKind(StrEnum):
    """What messages are to accessibility, where each is a thing of its own."""

    LIST_ITEM = "list_item"
    ARTICLE = "article"
    SECTION = "section"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRule:
    """Where a client tells accessibility who writes, and by which mark.

    Each of `speakers` is searched in the mark, the first that is found counts; who is none of them – a
    date between messages, a line of the client's own – is passed over. With `Mark.COLOUR` those of `AUTO`
    and `BOT` are searched in the name that is coloured instead. `items` is what a message is
    and `within` a pattern on the name of what holds them, None being what is a log by its role.
    What comes up within `settle` of a conversation's opening has been there before.
    """

    by: Mark
    speakers: tuple[tuple[Speaker, Pattern[str]], ...]
    items: MessageKind | None = None
    within: Pattern[str] | None = None
    settle: timedelta = timedelta(seconds=1)

    def speaker(self, mark: str, *, among: Collection[Speaker] = tuple(Speaker)) -> Speaker | None:
        """Whose *mark* it is, of those *among* whom it is looked for."""
        for speaker, pattern in self.speakers:
            if speaker in among and pattern.search(mark):
                return speaker
        return None

    def named(self, speaker: Speaker, name: str) -> Speaker | None:
        """Who *speaker*, told by the colour, is by the *name*; a buyer's automatic reply is no message."""
        without_hands = self.speaker(name, among=(Speaker.AUTO, Speaker.BOT))
        if without_hands is None:
            return speaker
        return without_hands if speaker is Speaker.AGENT else None
