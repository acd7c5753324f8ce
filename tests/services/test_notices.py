"""Of all that is to be told the latest is shown, and nothing is forgotten below it."""

from sidebar.domain.events import FollowupDone
from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.identifiers import EventId, FollowupId
from sidebar.domain.insertion import Outcome
from sidebar.services.notices import Notices
from sidebar.services.views import (
    BrokenFiles,
    FallenDue,
    HistoryTrouble,
    InsertionNotice,
    Notice,
    Several,
    TakenHotkeys,
)
from tests.fakes import START

FILES = BrokenFiles(sentences=("a.yaml:3: no id",))
HOTKEYS = TakenHotkeys(combos=(KeyCombo.parse("ctrl+alt+1"),))
FULL = HistoryTrouble(sentence="the disk is full")
REFUSED = InsertionNotice(outcome=Outcome.NOT_IN_FRONT, title="问候")
DUE = FallenDue(count=1, about="回访")


class Bar:
    def __init__(self) -> None:
        self._shown: Notice | None = None
        self.notices = Notices(show=self._show)

    def shown(self) -> Notice | None:
        return self._shown

    def _show(self, notice: Notice | None) -> None:
        self._shown = notice


def test_the_latest_is_shown_and_those_below_come_back() -> None:
    bar = Bar()
    for notice in (FILES, HOTKEYS, REFUSED):
        bar.notices.tell(notice)
        assert bar.shown() == notice
    bar.notices.withdraw(InsertionNotice)
    assert bar.shown() == HOTKEYS
    bar.notices.dismiss()
    assert bar.shown() == FILES
    bar.notices.dismiss()
    assert bar.shown() is None
    bar.notices.dismiss()
    assert bar.shown() is None


def test_a_notice_takes_the_place_of_the_one_of_its_kind() -> None:
    bar = Bar()
    bar.notices.tell(REFUSED)
    bar.notices.tell(HOTKEYS)
    again = InsertionNotice(outcome=Outcome.NO_TARGET, title="问候")
    bar.notices.tell(again)
    assert bar.shown() == again
    bar.notices.dismiss()
    assert bar.shown() == HOTKEYS


def test_that_something_is_not_stored_is_shown_beside_whatever_else() -> None:
    bar = Bar()
    bar.notices.tell(FULL)
    assert bar.shown() == FULL
    bar.notices.tell(REFUSED)
    assert bar.shown() == Several(notices=(REFUSED, FULL))
    bar.notices.tell(FULL)
    assert bar.shown() == Several(notices=(REFUSED, FULL))
    bar.notices.withdraw(InsertionNotice)
    assert bar.shown() == FULL


def test_an_insertion_that_succeeds_does_not_hide_that_it_was_not_stored() -> None:
    bar = Bar()
    bar.notices.tell(FULL)
    bar.notices.withdraw(InsertionNotice)
    assert bar.shown() == FULL


def test_what_was_sent_away_unsolved_is_told_again() -> None:
    bar = Bar()
    bar.notices.tell(FULL)
    bar.notices.tell(REFUSED)
    bar.notices.dismiss()
    assert bar.shown() is None
    bar.notices.tell(FULL)
    assert bar.shown() == FULL
    bar.notices.withdraw(HistoryTrouble)
    assert bar.shown() is None


def test_a_reminder_goes_when_a_follow_up_is_seen_to() -> None:
    bar = Bar()
    bar.notices.tell(DUE)
    bar.notices.follow(FollowupDone(id=EventId("e"), at=START, followup=FollowupId("f")))
    assert bar.shown() is None
