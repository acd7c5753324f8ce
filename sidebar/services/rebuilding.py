"""The state as the log has it: every event so far to those who listen to its kind."""

from collections.abc import Callable, Iterable
from typing import Protocol

from sidebar.domain.events import Event


class Fold(Protocol):
    """A part of the state that is made of events; others than those it `hears` change nothing in it."""

    @property
    def hears(self) -> tuple[type[Event], ...]: ...

    def follow(self, event: Event) -> None: ...


def rebuild(events: Iterable[Event], folds: Iterable[Fold]) -> None:
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
