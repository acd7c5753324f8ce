"""Buyers who wait too long, brought to the agent: in place, as a bubble, by sound, each as it is wanted.

And what is asked about their waiting.
"""

from datetime import datetime

from PySide6.QtCore import QObject

from sidebar.domain.identifiers import ConversationId
from sidebar.domain.phrases import HOLDING
from sidebar.domain.settings import ClockSettings
from sidebar.ports import Notifier, Windows
from sidebar.services.alarms import Alarms, Level
from sidebar.services.board import Board
from sidebar.services.desk import Desk
from sidebar.services.following import ChatFollower
from sidebar.services.library import Library
from sidebar.services.notices import Notices
from sidebar.services.phrasing import Phrasing
from sidebar.services.sleep_questions import SleepQuestions
from sidebar.services.views import (
    ConversationsView,
    Failure,
    GoneQuiet,
    InsertionNotice,
    Offer,
    SleptThrough,
    WaitTooLong,
)
from sidebar.ui import sentences, wording
from sidebar.ui.window import SidebarWindow


class Alerts(QObject):
    """Tells, and does what its notices offer.

    While the agent types in a line of ours nothing sounds and no bubble comes; what has come up
    meanwhile is made up for afterwards, if it still holds.
    """

    def __init__(
        self,
        *,
        window: SidebarWindow,
        board: Board,
        sleeps: SleepQuestions,
        desk: Desk,
        phrasing: Phrasing,
        library: Library,
        follower: ChatFollower,
        windows: Windows,
        notices: Notices,
        notifier: Notifier,
        clock: ClockSettings,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._board = board
        self._sleeps = sleeps
        self._desk = desk
        self._phrasing = phrasing
        self._library = library
        self._follower = follower
        self._windows = windows
        self._notices = notices
        self._notifier = notifier
        self._clock = clock
        self._alarms = Alarms()
        self._waiting: WaitTooLong | None = None
        self._asked: SleptThrough | None = None
        self._unheard: Level | None = None
        window.offer_taken.connect(lambda offer: self._take_up(Offer(offer)))

    def look(self, view: ConversationsView) -> None:
        """A second has passed."""
        self._ask_of_sleep(view.at)
        alarm = self._alarms.look(view)
        self._waiting = alarm.waiting
        if alarm.waiting is None:
            self._unheard = None
            self._notices.withdraw(WaitTooLong)
            return
        if alarm.news is None:
            self._notices.renew(alarm.waiting)
        else:
            self._notices.tell_below(alarm.waiting)
            self._unheard = max(alarm.news, self._unheard or alarm.news)
        if self._unheard is not None and not self._window.has_keyboard:
            self._sound(self._unheard, alarm.waiting)
            self._unheard = None

    def use(self, clock: ClockSettings) -> None:
        """Tell as *clock* wants it from now on."""
        self._clock = clock

    def jump(self) -> None:
        """Go to the buyer who has waited longest: to their window where they have one, else to the row."""
        if self._waiting is None:
            return
        conversation = self._waiting.conversation
        self._window.show()
        self._window.point_out(conversation)
        self.turn_to(conversation)

    def turn_to(self, conversation: ConversationId) -> None:
        """Bring the window of *conversation* to the front; where none shows it, it is current here alone."""
        found = self._follower.window_of(conversation)
        if found is not None:
            self._windows.activate(found)
        self._board.choose(conversation)

    def hold(self) -> None:
        """Insert the holding reply for the current buyer."""
        phrase = self._library.tagged(HOLDING[wording.language()[:2]], *HOLDING.values())
        if phrase is None:
            self._notices.tell(Failure(sentence=sentences.no_holding_reply()))
        else:
            self._phrasing.insert(phrase.id)

    def shift_ended(self, quiet: int) -> None:
        """Offer to end the conversations that have gone quiet."""
        if quiet:
            self._notices.tell(GoneQuiet(count=quiet))

    def _ask_of_sleep(self, now: datetime) -> None:
        """Ask once of each sleep; who sends the question away has left it open."""
        before, self._asked = self._asked, self._sleeps.question(now)
        if self._asked is None:
            self._notices.withdraw(SleptThrough)
        elif before is None or before.sleeps != self._asked.sleeps:
            self._notices.tell(self._asked)
        else:
            self._notices.renew(self._asked)

    def _judge_sleep(self, *, counts: bool) -> None:
        if self._asked is not None:
            self._desk.judge_sleeps(self._asked.sleeps, counts=counts)
            self._notices.withdraw(SleptThrough)

    def _sound(self, level: Level, waiting: WaitTooLong) -> None:
        if self._clock.notify:
            said = sentences.wait_too_long(waiting)
            self._notifier.show(wording.wait_title(), said, clicked=self.jump)
        if level is Level.BREACHED and self._clock.breach_sound:
            self._notifier.ring(2)
        elif level is Level.WARNED and self._clock.warn_sound:
            self._notifier.ring(1)

    def _take_up(self, offer: Offer) -> None:
        match offer:
            case Offer.INSERT_HERE:
                self._phrasing.insert_here()
            case Offer.LEAVE:
                self._notices.withdraw(InsertionNotice)
            case Offer.JUMP:
                self.jump()
            case Offer.HOLD:
                self.hold()
            case Offer.END_QUIET:
                self._desk.close_stale()
                self._notices.withdraw(GoneQuiet)
            case Offer.COUNT_SLEEP | Offer.LEAVE_OUT_SLEEP:
                self._judge_sleep(counts=offer is Offer.COUNT_SLEEP)
