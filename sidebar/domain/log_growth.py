"""Which messages of a client's log are new, from what is shown of it or told of its changes."""

from collections import Counter
from dataclasses import field

from sidebar.domain.chat_logs import Speaker
from sidebar.domain.lean import dataclass


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
