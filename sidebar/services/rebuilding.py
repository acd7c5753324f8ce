"""The state as the log has it: every event so far to those who listen to its kind.

What the events up to some place of the log have led to may be kept, as plain data, and taken up
again: then only what came later is followed, and a start takes the same however old the log is.
What is over by that place is left out of it – of a conversation that comes back the log is asked –
so that neither it nor the memory it takes grows with the years.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from sidebar.domain.events import Event
from sidebar.services.earlier_events import Earlier

log = logging.getLogger(__name__)

RULES = 2
"""What is kept holds only under the same rules: to be raised whenever a fold comes to count otherwise."""


class Follower(Protocol):
    """Who is told of events; others than those it `hears` change nothing in it."""

    @property
    def hears(self) -> tuple[type[Event], ...]: ...

    def follow(self, event: Event) -> None: ...


class Fold(Follower, Protocol):
    """A part of the state that is made of events."""

    def state(self) -> Any:
        """What the events, in their order, have led to: no more than JSON can say."""

    def restore(self, state: Any, earlier: Earlier) -> None:
        """Forget everything, and go on from *state*.

        *earlier* tells what had happened in a conversation by then. Raises what comes of taking apart
        what it did not put together, where *state* is none.
        """


def take_up(states: Sequence[Any], folds: Sequence[Fold], earlier: Earlier) -> bool:
    """Let *folds*, which have followed nothing yet, go on from *states*; False where these are none."""
    beginnings = [fold.state() for fold in folds]
    try:
        for fold, state in zip(folds, states, strict=True):
            fold.restore(state, earlier)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        log.info("the kept state cannot be read: %s", type(error).__name__)
        for fold, state in zip(folds, beginnings, strict=True):
            fold.restore(state, _nothing)
        return False
    return True


def rebuild(events: Iterable[Event], folds: Iterable[Follower]) -> None:
    """Fold *events*, in their order, into each of *folds*, in theirs.

    Most events of a long day concern two folds of five: who is not concerned is not asked.
    """
    among = tuple(folds)
    concerned: dict[type[Event], tuple[Callable[[Event], None], ...]] = {}
    for event in events:
        kind = type(event)
        follows = concerned.get(kind)
        if follows is None:
            follows = tuple(fold.follow for fold in among if issubclass(kind, fold.hears))
            concerned[kind] = follows
        for follow in follows:
            follow(event)


def _nothing(_conversation: object) -> tuple[()]:
    """Before the beginning."""
    return ()
