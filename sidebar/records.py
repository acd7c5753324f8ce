"""What the history says, as folds of it, and the journal that every act goes through."""

import random
from collections.abc import Callable
from functools import partial

from sidebar import paths
from sidebar.domain.limits import limits_by_category
from sidebar.errors import HistoryError
from sidebar.kept_state import bring_back
from sidebar.services.board import Board
from sidebar.services.journal import Journal
from sidebar.services.library import Library
from sidebar.services.reminding import Reminders
from sidebar.services.shift_log import ShiftLog
from sidebar.services.sleep_questions import SleepQuestions
from sidebar.services.wordings import Wordings
from sidebar.shop_limits import limits_at_hand
from sidebar.storage.history import SqliteHistory
from sidebar.storage.readings import load_readings
from sidebar.storage.unsaved import keep, take_back
from sidebar.surroundings import Surroundings
from sidebar.system_time import local_zone
from sidebar.ui import troubles


class Records:
    """The state as the log has it, brought back and kept up; raises UserError where the log can't be read."""

    def __init__(self, around: Surroundings, *, on_trouble: Callable[[HistoryError | None], None]) -> None:
        clock, shop = around.settings.clock, around.settings.hours
        hours = None if shop is None else shop.hours(local_zone())
        limits, problems = limits_at_hand(around.home, clock)
        around.complaints.note("limits", map(troubles.setting, problems))
        history = SqliteHistory(around.home.history)
        around.ending.callback(history.close)
        take_back(around.home.unsaved, history)
        self.journal = Journal(history=history, scheduler=around.scheduler, on_trouble=on_trouble)
        around.ending.callback(self.journal.finish, partial(keep, around.home.unsaved))
        self.board = Board(
            thresholds=limits,
            categories=limits_by_category(clock),
            hours=hours,
            recall=self.journal.conversation,
        )
        readings = load_readings(paths.resources() / "pinyin.txt")
        self.library = Library(readings=readings, conversation=self.board.get)
        self.reminders = Reminders(lead=clock.followup_lead)
        self.shifts = ShiftLog(hours=hours)
        self.board.watch(self.shifts)
        self.sleeps = SleepQuestions(board=self.board, least=clock.ask_after_sleep)
        self.wordings = Wordings(pick=random.randrange)
        # what is used is counted for the stage it was used in, before the board goes on to the next
        folds = (self.library, self.board, self.reminders, self.shifts, self.wordings, self.sleeps)
        bring_back(history, folds)
        for fold in folds:
            self.journal.listen(fold.follow)
        self.journal.listen(around.notices.follow)
