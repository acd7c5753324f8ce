"""What a check of this machine found: one capability, its state, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a capability is; the sidebar works with a warning, and not rightly with what is broken."""

    OK = "ok"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`reason` says why it is so; `remedy` is '' where nothing needs to be done."""

    name: str
    state: State
    reason: str = ""
    remedy: str = ""


def of_sentence(name: str, state: State, sentence: str) -> Finding:
    """A finding of an error's sentence, which gives the reason, a semicolon, and the remedy."""
    reason, _, remedy = sentence.rstrip(".").partition("; ")
    return Finding(name=name, state=state, reason=reason, remedy=remedy)
