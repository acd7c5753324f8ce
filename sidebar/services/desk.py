"""What the agent does with buyers, follow-ups and the shift; each act is one transaction."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from sidebar.domain.chat_clients import ChatWindow
from sidebar.domain.due_times import parse
from sidebar.domain.events import (
    AgentMessage,
    CategorySet,
    CloseStatus,
    ConversationClosed,
    ConversationMerged,
    ConversationOpened,
    ConversationRenamed,
    CustomerMessage,
    Escalated,
    FollowupAdded,
    FollowupAnnounced,
    FollowupDone,
    FollowupSnoozed,
    MachineSlept,
    NoReplyNeeded,
    NoteTaken,
    ShiftBegun,
    ShiftEnded,
    SleepJudged,
)
from sidebar.domain.followups import Followup
from sidebar.domain.identifiers import ClientName, ConversationId, EventId, FollowupId, ShiftId
from sidebar.domain.phrases import Category
from sidebar.services.board import Board
from sidebar.services.following import ChatFollower
from sidebar.services.journal import Journal
from sidebar.services.reminding import Reminders
from sidebar.services.shift_log import ShiftLog
from sidebar.services.stamping import Stamp, Subject
from sidebar.services.views import HeaderView, Link

_HELP_IN_AN_EMERGENCY = timedelta(minutes=5)
_WORD_OF_PROGRESS = timedelta(hours=2)
_ASLEEP = timedelta(minutes=1)
"""So long between two seconds, and nobody was there to count them."""


class Desk:
    """The agent's acts, all on the current buyer; acts without one change nothing.

    `hears` says of which conversations every message is told as it comes.
    """

    def __init__(
        self,
        *,
        stamp: Stamp,
        journal: Journal,
        board: Board,
        reminders: Reminders,
        shifts: ShiftLog,
        follower: ChatFollower,
        agent: str,
        can_insert: bool = True,
    ) -> None:
        self._stamp = stamp
        self._journal = journal
        self._board = board
        self._reminders = reminders
        self._shifts = shifts
        self._follower = follower
        self._agent = agent
        self.can_insert = can_insert
        self.paused = False
        self.hears: Callable[[ConversationId], bool] = _nobody
        self._awake_at = stamp.now()

    def look_at(self, chat: ChatWindow | None) -> None:
        """The chat client shows another buyer; one we have not met has just written."""
        self._board.look_at(chat)
        if chat is None or chat.conversation is None:
            return
        if self._board.is_new(chat.conversation, self._stamp.now()):
            subject = Subject(
                conversation=chat.conversation, client=chat.profile.name, customer=chat.customer
            )
            self._begin(subject, seen=chat.named_by)

    def customer_wrote(self) -> None:
        """The current buyer has written; where the client names nobody, a buyer without a name has."""
        current = self._board.current
        if current is not None:
            told = current.waiting_since is not None and self.hears(current.id)
            if not told:  # who hears every message has told of the one the agent means
                self._journal.publish(self._stamp.about(CustomerMessage, Subject.of(current)))
            return
        client = self._follower.chat.profile.name if self._follower.chat is not None else ClientName("")
        conversation = ConversationId(f"{client}:#{self._stamp.new_id()[:8]}")
        self._begin(Subject(conversation=conversation, client=client, customer=""), seen="agent")
        self._board.choose(conversation)

    def _begin(self, subject: Subject, *, seen: str) -> None:
        opened = self._stamp.about(ConversationOpened, subject, extra={"seen": seen})
        wrote = self._stamp.about(CustomerMessage, subject, extra={"seen": seen})
        self._journal.publish(opened, wrote)

    def answered(self) -> None:
        """The agent has answered by hand, which the sidebar cannot see; counts for a buyer who waits."""
        current = self._board.current
        if current is not None and current.waiting_since is not None:
            self._journal.publish(
                self._stamp.about(AgentMessage, Subject.of(current), extra={"seen": "agent"})
            )

    def no_reply_needed(self, reason: str = "") -> None:
        """The last message asks for no answer; the clock stops, the turn is kept apart."""
        if (subject := self._subject()) is not None:
            self._journal.publish(self._stamp.about(NoReplyNeeded, subject, reason=reason))

    def set_category(self, category: Category) -> None:
        """Say what the conversation is about."""
        if (subject := self._subject()) is not None:
            self._journal.publish(self._stamp.about(CategorySet, subject, category=str(category)))

    def transfer(self, conversation: ConversationId, to: str, reason: str) -> None:
        """Hand the buyer of *conversation* to somebody else; the clock of this desk ends."""
        known = self._board.get(conversation)
        if known is not None:
            subject = Subject.of(known)
            escalated = self._stamp.about(Escalated, subject, to=to, reason=reason)
            closed = self._stamp.about(ConversationClosed, subject, status=CloseStatus.IN_PROGRESS)
            self._journal.publish(escalated, closed)

    def escalate(self, conversation: ConversationId, to: str, reason: str, *, about: str) -> None:
        """Ask somebody else for help and keep the buyer; *about* is what is to be looked after then.

        That falls due in five minutes in an emergency, else in the two hours after which the playbook
        wants word of progress (P7, P8).
        """
        current = self._board.get(conversation)
        if current is None:
            return
        soon = current.category is Category.EMERGENCY
        owed = self._stamp.make(
            FollowupAdded,
            followup=FollowupId(self._stamp.new_id()),
            about=about,
            due=self._stamp.now() + (_HELP_IN_AN_EMERGENCY if soon else _WORD_OF_PROGRESS),
            customer=current.customer,
            conversation=current.id,
        )
        subject = Subject.of(current)
        self._journal.publish(self._stamp.about(Escalated, subject, to=to, reason=reason), owed)

    def take_note(self, conversation: ConversationId, text: str) -> None:
        """Keep *text* about the buyer of *conversation* in place of what was noted; '' forgets that."""
        known = self._board.get(conversation)
        if known is not None:
            about = {"conversation": known.id, "client": known.client, "customer": known.customer}
            self._journal.publish(self._stamp.make(NoteTaken, **about, text=text.strip()))

    def rename(self, conversation: ConversationId, name: str) -> None:
        """Call the buyer of *conversation* by *name*; '' is the client's own again."""
        known = self._board.get(conversation)
        if known is not None:
            renamed = self._stamp.make(ConversationRenamed, conversation=known.id, name=name.strip())
            self._journal.publish(renamed)

    def merge(self, conversation: ConversationId, into: ConversationId) -> None:
        """Take *conversation* as a part of *into*: one buyer, whose clock is that of the longer wait."""
        one, other = self._board.get(conversation), self._board.get(into)
        if one is None or other is None or one.id == other.id:
            return
        self._journal.publish(self._stamp.make(ConversationMerged, conversation=one.id, into=other.id))

    def close_stale(self) -> int:
        """End every conversation that has long gone quiet; how many those were."""
        stale = self._board.stale(self._stamp.now())
        ends = (self._stamp.about(ConversationClosed, Subject.of(each)) for each in stale)
        self._journal.publish(*ends)
        return len(stale)

    def close(
        self, conversation: ConversationId | None = None, status: CloseStatus = CloseStatus.SOLVED
    ) -> None:
        """End *conversation*, or the current one where none is named."""
        ending = self._board.current if conversation is None else self._board.get(conversation)
        if ending is not None:
            closed = self._stamp.about(ConversationClosed, Subject.of(ending), status=status)
            self._journal.publish(closed)

    def _subject(self) -> Subject | None:
        current = self._board.current
        return None if current is None else Subject.of(current)

    def add_followup(self, about: str, when: str) -> Followup:
        """Owe the current buyer, or nobody in particular, something; raises DueTimeError."""
        current = self._board.current
        added = self._stamp.make(
            FollowupAdded,
            followup=FollowupId(self._stamp.new_id()),
            about=about,
            due=parse(when, self._stamp.local_now()),
            customer=current.customer if current is not None else "",
            conversation=current.id if current is not None else None,
        )
        self._journal.publish(added)
        made = self._reminders.get(added.followup)
        assert made is not None, "the reminders listen to the journal"
        return made

    def followup_done(self, followup: FollowupId) -> None:
        self._journal.publish(self._stamp.make(FollowupDone, followup=followup))

    def snooze(self, followup: FollowupId, when: str) -> None:
        """Owe it later; raises DueTimeError where *when* names no time."""
        due = parse(when, self._stamp.local_now())
        self._journal.publish(self._stamp.make(FollowupSnoozed, followup=followup, due=due))

    def second_passed(self) -> None:
        """Take in what other programs have written into the history; note it where seconds are missing."""
        now = self._stamp.now()
        last, self._awake_at = self._awake_at, now
        if now - last >= _ASLEEP:
            self._journal.publish(self._stamp.make(MachineSlept, since=last))
        self._journal.catch_up()

    def judge_sleeps(self, sleeps: Iterable[EventId], *, counts: bool) -> None:
        """Say whether buyers waited for us while the machine slept."""
        self._journal.publish(*(self._stamp.make(SleepJudged, slept=each, counts=counts) for each in sleeps))

    def remind(self) -> tuple[Followup, ...]:
        """Those that have fallen due since the last time, now recorded as announced."""
        fallen = self._reminders.fallen_due(self._stamp.now())
        if fallen:
            self._journal.publish(*(self._stamp.make(FollowupAnnounced, followup=f.id) for f in fallen))
        return fallen

    def begin_shift(self, name: str = "") -> None:
        """Begin a shift unless one runs."""
        if self._shifts.running is None:
            shift = ShiftId(self._stamp.new_id())
            self._journal.publish(self._stamp.make(ShiftBegun, shift=shift, agent=self._agent, name=name))

    def end_shift(self) -> ShiftId | None:
        """End the running shift and say which it was; None where none runs."""
        running = self._shifts.running
        if running is not None:
            self._journal.publish(self._stamp.make(ShiftEnded, shift=running.id))
        return None if running is None else running.id

    def header(self) -> HeaderView:
        """How we stand to the chat client, and how long the shift has run."""
        chat = self._follower.chat
        running = self._shifts.running
        return HeaderView(
            link=self._link(),
            client=chat.profile.label if chat is not None else "",
            customer=chat.customer if chat is not None else "",
            shift_name=running.name if running is not None else "",
            shift_for=self._shifts.duration(self._stamp.now()),
        )

    def _link(self) -> Link:
        if self.paused:
            return Link.PAUSED
        if not self.can_insert:
            return Link.CANNOT_INSERT
        return Link.SEARCHING if self._follower.chat is None else Link.ATTACHED


def _nobody(_: ConversationId) -> bool:
    """Nobody's messages are heard."""
    return False
