"""Why a text is not a due time."""

from enum import StrEnum


class DueTimeProblem(StrEnum):
    """Why a text is not a due time."""

    NOTHING_UNDERSTOOD = "nothing_understood"
    """Some of it, or all, is not about time."""
    VAGUE = "vague"
    """It is about time but names none: 尽快, soon."""
    AMBIGUOUS = "ambiguous"
    """It leaves the day or the hour open, or says two different things."""
    IMPOSSIBLE = "impossible"
    """There is no such date or hour."""
    IN_THE_PAST = "in_the_past"
    TOO_FAR = "too_far"
    """Further ahead than anything promised to a buyer."""


class DueTimeError(Exception):
    """A text that is not a due time; `reason` says why, the words are the screen's."""

    def __init__(self, reason: DueTimeProblem) -> None:
        super().__init__(reason.value)
        self.reason = reason
