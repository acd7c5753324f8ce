"""Who wrote the messages of a client's open conversations: how that is told, and which of them are new."""

from collections import Counter
from collections.abc import Collection
from dataclasses import field
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


@dataclass(frozen=True, slots=True, kw_only=True)
class LogNews:
    """Who has written anew to whom, in order; `followed` are the buyers of whom every message is told now."""

    followed: frozenset[str]
    buyer: str = ""
    speakers: tuple[Speaker, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A message as an object of its program, which stays the same while the message is shown."""

    key: str
    speaker: Speaker


@dataclass(slots=True)
class ShownLines:
    """Which messages of one conversation are new, from what is shown of them, look by look.

    New is what stands behind all that was there before. Older ones that come up above are not, nor is
    all of it where nothing is left of what was there: the page was loaded anew. What vanished from the
    end – out of view, or a message not sent yet – and stands there again later is the same again.
    """

    _known: tuple[Line, ...] | None = None
    _lost: Counter[Speaker] = field(default_factory=Counter)

    def settle(self, lines: tuple[Line, ...]) -> None:
        """All of *lines* has been there before."""
        self._known = lines
        self._lost.clear()

    def take(self, lines: tuple[Line, ...]) -> tuple[Speaker, ...]:
        """Who wrote what is new in *lines*."""
        before, self._known = self._known, lines
        if not before:
            # One message is the first; several at once are what the page has loaded late.
            return (lines[0].speaker,) if before is not None and len(lines) == 1 else ()
        shared = {line.key for line in before} & {line.key for line in lines}
        if not shared:
            if lines:
                self._lost.clear()
            else:
                self._known = before  # emptied for a moment
            return ()
        self._lost.update(line.speaker for line in _behind(before, shared))
        return tuple(line.speaker for line in _behind(lines, shared) if not self._was_lost(line.speaker))

    def _was_lost(self, speaker: Speaker) -> bool:
        if not self._lost[speaker]:
            return False
        self._lost[speaker] -= 1
        return True


def _behind(lines: tuple[Line, ...], shared: set[str]) -> tuple[Line, ...]:
    """What of *lines* stands behind the last that is among *shared*."""
    last = max(place for place, line in enumerate(lines) if line.key in shared)
    return lines[last + 1 :]


@dataclass(slots=True)
class Frontier:
    """How far a text that grows at its end has been read, in characters, by what is told of its changes.

    `end` is where what has been read ends, `due` where what there is to read does. `moves` counts how
    often what stands before `due` has shifted: what was looked up before a move is of no use after it.
    """

    end: int
    due: int
    moves: int = 0

    def inserted(self, offset: int, length: int) -> None:
        if offset < self.end:
            self.end += length
            self.due += length
            self.moves += 1
        elif offset <= self.due:
            self.due += length
        else:
            self.due = offset + length  # what is between has not been told of

    def deleted(self, offset: int, length: int) -> None:
        def without(place: int) -> int:
            return place - max(0, min(place, offset + length) - offset)

        before = self.end, self.due
        self.end, self.due = without(self.end), without(self.due)
        self.moves += before != (self.end, self.due)

    def within(self, count: int) -> None:
        """The text has *count* characters, whatever has been told of it."""
        self.end, self.due = min(self.end, count), min(self.due, count)
