"""Bringing the state back: what was kept of the log is taken up, and what came later is followed."""

import zlib
from collections.abc import Sequence
from functools import partial

from sidebar import __version__
from sidebar.domain import conversations, events, followups, shifts
from sidebar.services.rebuilding import RULES, Fold, rebuild, take_up
from sidebar.storage.history import SqliteHistory
from sidebar.storage.kept_states import Cut
from sidebar.storage.known_packs import shape_of


def bring_back(history: SqliteHistory, folds: Sequence[Fold]) -> None:
    """Have *folds*, in their order, as all of *history* leads to; raises HistoryError."""
    rebuild(history.events(after=_taken_up(history, folds)), folds)


def state_shape() -> str:
    """What a kept state is made of here: the version, the rules of counting, every field that is in it.

    One of another shape is no use.
    """
    made_of = [field for module in (events, conversations, followups, shifts) for field in shape_of(module)]
    return f"{__version__} {RULES} {zlib.crc32(repr(made_of).encode()):08x}"


def _taken_up(history: SqliteHistory, folds: Sequence[Fold]) -> Cut | None:
    """Up to where *folds* know by now what the log says; None where nothing was kept that holds."""
    kept = history.kept_state(state_shape())
    if kept is None or not take_up(kept.states, folds, partial(history.conversation, until=kept.cut)):
        return None
    return kept.cut
