"""Joins the agent's acts to the window: signals become acts, changes become views."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer

from sidebar.domain.chat_clients import ChatWindow
from sidebar.domain.due_times import DueTimeError
from sidebar.domain.events import ConversationClosed, ConversationEvent, Event
from sidebar.domain.followups import Followup
from sidebar.domain.identifiers import ConversationId, FollowupId, PhraseId
from sidebar.domain.insertion import Rect
from sidebar.domain.phrases import Category
from sidebar.ports import Cancel, Clock, Notifier, Scheduler
from sidebar.services.board import Board
from sidebar.services.desk import Desk
from sidebar.services.phrasing import Phrasing
from sidebar.services.reminding import Reminders
from sidebar.services.searches import Searches
from sidebar.services.shift_log import ShiftLog
from sidebar.services.views import FallenDue, Notice
from sidebar.ui import wording
from sidebar.ui.alerts import Alerts
from sidebar.ui.docked import DockedWindow
from sidebar.ui.window import SidebarWindow

_TICK = timedelta(seconds=1)
_READ_AHEAD = timedelta(milliseconds=200)
"""How long the list must have stood before its first phrases are read: not between two letters typed."""


class Presenter(QObject):
    """Implements `ChatListener`; repaints once for any number of events in one turn of the loop."""

    def __init__(
        self,
        *,
        window: SidebarWindow,
        desk: Desk,
        phrasing: Phrasing,
        board: Board,
        reminders: Reminders,
        shifts: ShiftLog,
        docked: DockedWindow,
        clock: Clock,
        scheduler: Scheduler,
        notifier: Notifier,
        export: Callable[[str], None],
        tell: Callable[[Notice], None],
        adopt_clipboard: Callable[[], None],
        alerts: Alerts,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._phrasing = phrasing
        self._board = board
        self._reminders = reminders
        self._shifts = shifts
        self._docked = docked
        self._clock = clock
        self._scheduler = scheduler
        self._notifier = notifier
        self._export = export
        self._tell = tell
        self._adopt_clipboard = adopt_clipboard
        self._alerts = alerts
        self._query = ""
        self._searches = Searches()
        self._beside: ConversationId | None = None
        """The conversation that the query belongs to."""
        self._numbered: tuple[PhraseId, ...] = ()
        self._reading_ahead: Cancel | None = None
        self._written_at: datetime | None = None
        self._refreshing: Cancel | None = None
        self._phrases_stale = True
        self._unannounced: tuple[Followup, ...] = ()
        self._ticker = QTimer(self)
        self._ticker.setInterval(int(_TICK / timedelta(milliseconds=1)))
        self._ticker.timeout.connect(self.tick)
        self._connect()

    def begin(self) -> None:
        """Show what there is and let the clocks run."""
        self.refresh()
        self._ticker.start()
        self._announce()

    # -- what happens --------------------------------------------------------------------------

    def follow(self, event: Event) -> None:
        """Something has happened: repaint soon, once."""
        self._searches.follow(event)
        if isinstance(event, ConversationClosed) and event.conversation == self._beside:
            self._window.clear_search()
        current = self._board.current
        here = current.id if current is not None else ""
        elsewhere = isinstance(event, ConversationEvent) and event.conversation != here
        self._refresh_soon(phrases=not elsewhere)

    def tick(self) -> None:
        """One second has passed."""
        self._desk.second_passed()
        now = self._clock.now()
        conversations = self._board.view(now)
        self._window.show_header(self._desk.header())
        self._window.show_conversations(conversations)
        self._window.show_followups(self._reminders.view(now))
        self._window.show_footer(self._shifts.view(now))
        self._alerts.look(conversations)
        self._announce()
        if self._written_at is not None and now.minute != self._written_at.minute:
            self._show_phrases()

    def refresh(self) -> None:
        """Show everything anew; views that have not changed repaint nothing."""
        self._phrases_stale = True
        self._show_changes()

    def _show_changes(self) -> None:
        """Show everything anew; the phrases where something has happened that they depend on."""
        self._refreshing = None
        now = self._clock.now()
        self._window.show_header(self._desk.header())
        self._window.show_conversations(self._board.view(now))
        self._window.show_now(self._board.now_view())
        self._window.show_followups(self._reminders.view(now))
        self._window.show_footer(self._shifts.view(now))
        self._bring_back_query()
        if self._phrases_stale:
            self._show_phrases()

    def insert_number(self, number: int) -> None:
        """Insert the phrase that stands in the list under this number, 1–9."""
        if 1 <= number <= len(self._numbered):
            self._phrasing.insert(self._numbered[number - 1])

    def open_search(self) -> None:
        """Give the search line the keyboard."""
        self._window.show()
        self._window.take_keyboard()

    def toggle(self) -> None:
        """Hide the sidebar, or show it again."""
        if self._window.isVisible():
            self._window.hide()
        else:
            self.show()

    def show(self) -> None:
        """Show the sidebar, also where it was hidden."""
        self._docked.show()

    def open_followup(self) -> None:
        """Ask what is owed and when."""
        self.show()
        self._window.open_followup_form()

    # -- the chat window ---------------------------------------------------------------------------

    def chat_changed(self, chat: ChatWindow | None) -> None:
        self._desk.look_at(chat)
        self._refresh_soon()

    def chat_moved(self, frame: Rect) -> None:
        self._docked.go_along(frame)

    def chat_hidden(self) -> None:
        self._window.hide()

    def chat_shown(self) -> None:
        self._docked.show()

    # -- pieces -------------------------------------------------------------------------------------

    def _refresh_soon(self, *, phrases: bool = True) -> None:
        self._phrases_stale = self._phrases_stale or phrases
        if self._refreshing is None:
            self._refreshing = self._scheduler.call_later(timedelta(0), self._show_changes)

    def _show_phrases(self) -> None:
        self._phrases_stale = False
        self._written_at = self._clock.now()
        rows = self._phrasing.rows(self._query)
        self._numbered = tuple(row.phrase for row in rows if row.number is not None)
        self._window.show_phrases(rows)
        if self._reading_ahead is not None:
            self._reading_ahead()
        self._reading_ahead = self._scheduler.call_later(_READ_AHEAD, self._read_ahead)

    def _read_ahead(self) -> None:
        self._reading_ahead = None
        self._phrasing.read_ahead(self._numbered)

    def _announce(self) -> None:
        """In place at once; by bubble and sound when the agent does not type in a line of ours."""
        fallen = self._desk.remind()
        if fallen:
            first = fallen[0]
            self._tell(FallenDue(count=len(fallen), about=first.about, customer=first.customer))
        self._unannounced += fallen
        if self._unannounced and not self._window.has_keyboard:
            fallen, self._unannounced = self._unannounced, ()
            self._notifier.announce(wording.due_title(len(fallen)), _merged(fallen), clicked=self.show)

    def _bring_back_query(self) -> None:
        """Search for what was searched for beside this buyer."""
        current = self._board.current
        beside = current.id if current is not None else None
        if beside != self._beside:
            self._beside = beside
            self._phrases_stale = True
            self._window.set_search_text(self._searches.query(beside))

    def _search(self, query: str) -> None:
        self._query = query
        self._searches.keep(self._beside, query)
        self._show_phrases()

    def _insert(self, phrase: str, send: bool) -> None:
        self._phrasing.insert(PhraseId(phrase), send=send)

    def _choose(self, conversation: str) -> None:
        self._alerts.turn_to(ConversationId(conversation))
        self._refresh_soon()

    def _submit_followup(self, about: str, when: str) -> None:
        try:
            self._desk.add_followup(about, when)
        except DueTimeError as error:
            self._window.show_due_problem(wording.due_problem(error))
        else:
            self._window.close_followup_form()

    def _snooze(self, followup: str, when: str) -> None:
        try:
            self._desk.snooze(FollowupId(followup), when)
        except DueTimeError as error:
            self._window.show_due_problem(wording.due_problem(error))

    def _transfer(self, about: str, to: str, reason: str) -> None:
        self._desk.transfer(ConversationId(about), to, reason)

    def _escalate(self, about: str, to: str, reason: str) -> None:
        self._desk.escalate(ConversationId(about), to, reason, about=wording.help_owed(to))

    def _hand_over(self) -> None:
        """The footer's button: begins a shift where none runs, else ends it and exports its summary."""
        if self._shifts.running is None:
            self._desk.begin_shift()
            return
        self._desk.end_shift()
        self._alerts.shift_ended(len(self._board.stale(self._clock.now())))
        self._export("xlsx")

    def _pause(self, paused: bool) -> None:
        self._desk.paused = self._phrasing.paused = paused
        self._refresh_soon()

    def _connect(self) -> None:
        window = self._window
        window.phrase_requested.connect(self._insert)
        window.search_changed.connect(self._search)
        window.keyboard_taken.connect(self._adopt_clipboard)
        window.conversation_chosen.connect(self._choose)
        window.customer_wrote_requested.connect(self._desk.customer_wrote)
        window.answered_requested.connect(self._desk.answered)
        window.no_reply_needed_requested.connect(self._desk.no_reply_needed)
        window.transferred.connect(self._transfer)
        window.escalated.connect(self._escalate)
        window.noted.connect(lambda about, text: self._desk.take_note(ConversationId(about), text))
        window.renamed.connect(lambda about, name: self._desk.rename(ConversationId(about), name))
        window.merged.connect(lambda one, into: self._desk.merge(ConversationId(one), ConversationId(into)))
        window.conversation_closed.connect(lambda about: self._desk.close(ConversationId(about)))
        window.stale_closed.connect(self._desk.close_stale)
        window.offer_closing(lambda: len(self._board.stale(self._clock.now())))
        window.close_requested.connect(lambda: self._desk.close())
        window.category_requested.connect(lambda name: self._desk.set_category(Category(name)))
        window.followup_submitted.connect(self._submit_followup)
        window.followup_done_requested.connect(lambda each: self._desk.followup_done(FollowupId(each)))
        window.followup_snooze_requested.connect(self._snooze)
        window.handover_requested.connect(self._hand_over)
        window.export_requested.connect(self._export)
        window.pause_requested.connect(self._pause)


def _merged(fallen: Sequence[Followup]) -> str:
    """One announcement for all that fell due together, the first of them in words."""
    first = fallen[0]
    return " · ".join(part for part in (first.about, first.customer) if part)
