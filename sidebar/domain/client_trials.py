"""Finding out how a chat client takes two lines: what is tried, what happened, what is tried next."""

from collections.abc import Sequence
from enum import StrEnum

from sidebar.domain.insertion_paths import InsertionPath
from sidebar.domain.lean import dataclass
from sidebar.domain.newlines import Newlines


class Happened(StrEnum):
    """What the agent saw in the client after two lines were inserted."""

    TWO_LINES = "two_lines"
    SENT = "sent"
    FIRST_ONLY = "first_only"
    JOINED = "joined"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    path: InsertionPath = InsertionPath.PASTE
    newlines: Newlines = Newlines.AS_IS

    def settled(self, happened: Happened) -> bool:
        """Whether this is a way to insert there: both lines are in the box, and nothing went out."""
        one_line = happened is Happened.JOINED and self.newlines is Newlines.JOINED
        return happened is Happened.TWO_LINES or one_line


def next_attempt(tried: Sequence[Attempt], happened: Happened) -> Attempt | None:
    """What to try after the last of *tried* ended so; None where nothing is left.

    A box that stays empty calls for the other path; one that makes something else of a line
    break, for another line break, by keys as long as it can be pasted into at all.
    """
    last = tried[-1]
    if happened is Happened.NOTHING:
        other = _other(last.path)
        return None if any(each.path is other for each in tried) else Attempt(path=other)
    later = list(Newlines)[list(Newlines).index(last.newlines) + 1 :]
    pasted = last.path is InsertionPath.PASTE or not any(each.path is InsertionPath.PASTE for each in tried)
    for newlines in later:
        if newlines.chord is None:
            return Attempt(path=last.path, newlines=newlines)
        if pasted:
            return Attempt(path=InsertionPath.PASTE, newlines=newlines)
    return None


def _other(path: InsertionPath) -> InsertionPath:
    return InsertionPath.PASTE if path is InsertionPath.ACCESSIBILITY else InsertionPath.ACCESSIBILITY
