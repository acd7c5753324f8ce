"""Keeping what the log has led to, while the sidebar runs, so that the next start need not read it all.

The worker folds a portion of the log now and then, on from the last kept state: not the state of the
running sidebar, which is of now, while what is kept is an hour behind, for what is told late. Each
portion is kept before the next, so that a long history that nobody has folded yet takes no more
memory, nor more time at once, than some thousand events of it.
"""

import logging
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sidebar.domain.conversations import Thresholds
from sidebar.errors import UserError
from sidebar.kept_state import state_shape
from sidebar.ports import Background, Clock, Scheduler
from sidebar.services.board import Board
from sidebar.services.library import Library
from sidebar.services.rebuilding import Fold, rebuild, take_up
from sidebar.services.reminding import Reminders
from sidebar.services.shift_log import ShiftLog
from sidebar.services.sleep_questions import SleepQuestions
from sidebar.services.wordings import Wordings
from sidebar.storage.event_rows import events_of
from sidebar.storage.history import SqliteHistory
from sidebar.storage.kept_states import KeptStates

log = logging.getLogger(__name__)

BEHIND = timedelta(hours=1)
"""What is told later than that makes the newest state useless, and a start goes on from an older one."""
PORTION = 2000
"""Events folded at once, in some 10 ms of the worker's; what it takes from the heap stays with us."""
_LARGE_PORTION = 20_000
"""Where nobody waits for the interpreter meanwhile."""
LEAST = 1000
"""For fewer no state is made: a start has read them in a few milliseconds."""
_BETWEEN = timedelta(milliseconds=250)
_AGAIN = timedelta(minutes=30)


class StateKeeping:
    """Looks every half hour whether there is more to be kept; trouble is only logged, and tried again."""

    def __init__(self, history: Path, *, clock: Clock, background: Background, scheduler: Scheduler) -> None:
        self._history = history
        self._clock = clock
        self._background = background
        self._scheduler = scheduler

    def look(self) -> None:
        """Have a portion folded, and look again: at once where there is more."""
        until = self._clock.now() - BEHIND
        fold = partial(keep_portion, self._history, until=until)
        self._background.run(fold, done=self._look_again, failed=self._fail)

    def _look_again(self, more: bool) -> None:
        self._scheduler.call_later(_BETWEEN if more else _AGAIN, self.look)

    def _fail(self, error: UserError) -> None:
        log.info("no state was kept: %s", error)
        self._look_again(more=False)


def keep_all(path: Path, *, until: datetime) -> None:
    """Keep what everything before *until* leads to; where the log refuses, a running sidebar sees to it."""
    try:
        while keep_portion(path, until=until, limit=_LARGE_PORTION):
            pass
    except UserError as error:
        log.info("no state was kept: %s", error)


def keep_portion(path: Path, *, until: datetime, limit: int = PORTION, least: int = LEAST) -> bool:
    """Keep what some more events before *until* lead to; whether there may be more. Raises HistoryError."""
    with SqliteHistory(path, read_only=True) as history, KeptStates(path, shape=state_shape()) as kept:
        portion = kept.portion(until=until, limit=limit)
        if len(portion.rows) < least:
            return False
        folds = _folds()
        if portion.base is not None:
            earlier = partial(history.conversation, until=portion.base.cut)
            if not take_up(portion.base.states, folds, earlier):
                kept.forget()
                return True
        rebuild(events_of(portion.rows), folds)
        kept.keep(portion, [fold.state() for fold in folds])
    return len(portion.rows) == limit


def _folds() -> tuple[Fold, ...]:
    """Those of `records`, in their order, without the settings: what is kept knows of none."""
    board = Board(thresholds=Thresholds())
    library = Library(readings=lambda _: (), conversation=board.get)
    shifts = ShiftLog()
    board.watch(shifts)
    sleeps = SleepQuestions(board=board, least=timedelta(0))
    return (library, board, Reminders(), shifts, Wordings(pick=lambda _: 0), sleeps)
