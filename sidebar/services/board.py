"""The open conversations with their clocks, the current one among them, the most urgent first."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from sidebar.domain.buyers import Buyers
from sidebar.domain.chat_clients import ChatWindow
from sidebar.domain.conversations import Conversation, Thresholds, Urgency, begin, follow, join
from sidebar.domain.event_lines import plain, time_text
from sidebar.domain.events import (
    ConversationEvent,
    ConversationMerged,
    ConversationRenamed,
    Event,
    FollowupAdded,
    FollowupDone,
    FollowupSnoozed,
    MachineSlept,
    NoteTaken,
    SleepJudged,
)
from sidebar.domain.identifiers import ConversationId, FollowupId
from sidebar.domain.line_values import moment
from sidebar.domain.phrases import Category
from sidebar.domain.plain_rows import from_row, to_row
from sidebar.domain.sleeps import Sleeps
from sidebar.domain.waits import FAR
from sidebar.services.conversation_rows import DrawnRow, Measure, draw_row
from sidebar.services.earlier_events import Earlier, EarlierEvents
from sidebar.services.time_order import Recall, TimeOrder
from sidebar.services.views import ConversationsView, NowView

if TYPE_CHECKING:  # most shops have none
    from sidebar.domain.business_hours import Hours

_FORGOTTEN = timedelta(minutes=30)
"""A buyer who shows up this long after the conversation was closed begins a new one."""
_QUIET = timedelta(minutes=15)
"""A conversation without a word for so long has ended without being closed."""


class ConversationWatcher(Protocol):
    """Hears of every event of a conversation, in the order of time."""

    def conversation_changed(
        self, before: Conversation, after: Conversation, event: ConversationEvent
    ) -> None:
        """*event* has led from *before* to *after*, which may be the very same."""

    def conversation_forgotten(self, conversation: ConversationId) -> None:
        """It is told anew from its first event, since an earlier one has come late."""

    def conversations_joined(self, into: Conversation, other: ConversationId) -> None:
        """*other* has become a part of another one, which is *into* now."""


class Board:
    """Folds events into conversations; the screen's state is rebuilt from the log by the same fold.

    Some categories have limits of their own; waits run in *hours* alone, where there are any.
    Events that come late are put in their place, except in merged conversations: there they are
    taken as they come until the next start.
    """

    hears: tuple[type[Event], ...] = (
        *(ConversationEvent, ConversationMerged, ConversationRenamed, NoteTaken),
        *(FollowupAdded, FollowupDone, FollowupSnoozed),
        *(MachineSlept, SleepJudged),
    )

    def __init__(
        self,
        *,
        thresholds: Thresholds,
        categories: Mapping[Category, Thresholds] | None = None,
        hours: "Hours | None" = None,
        recall: Recall | None = None,
    ) -> None:
        self._measure = Measure(thresholds=thresholds, categories=categories or {}, hours=hours)
        self._order = TimeOrder(recall)
        self._earlier = EarlierEvents()
        self._watchers: list[ConversationWatcher] = []
        self._known: dict[ConversationId, Conversation] = {}
        self._buyers = Buyers()
        self._open: dict[ConversationId, Conversation] = {}
        self._moved_at: dict[ConversationId, datetime] = {}
        self._drawn: dict[ConversationId, DrawnRow] = {}
        self._sleeps = Sleeps()
        self._promises: dict[FollowupId, tuple[ConversationId, datetime]] = {}
        self._current: ConversationId | None = None
        self._view: ConversationsView | None = None
        self._holds_until = FAR

    def follow(self, event: Event) -> None:
        """Take in one event; others than conversations' and promises' change nothing."""
        self._view = None
        if isinstance(event, ConversationEvent):
            if not event.conversation:
                return
            if self._order.is_late(event) and self._buyers.alone(event.conversation):
                self._order.defer(event.conversation)
            else:
                self._fold(self._buyers.addressed(event))
            return
        match event:
            case ConversationMerged():
                self._join(event)
            case _:
                self._buyers.follow(event)
        match event:
            case FollowupAdded(promise=True) if event.conversation is not None:
                self._promises[event.followup] = (event.conversation, event.due)
            case FollowupDone():
                self._promises.pop(event.followup, None)
            case FollowupSnoozed() if event.followup in self._promises:
                conversation, _ = self._promises[event.followup]
                self._promises[event.followup] = (conversation, event.due)
            case MachineSlept() | SleepJudged():
                self._sleeps.follow(event)
                self._leave_out()
            case _:
                pass

    def state(self) -> dict[str, Any]:
        """Of a board that was followed in order: what is open, and what has been merged."""
        lasting = dict.fromkeys((*self._open, *sorted(self._buyers.merged() & self._known.keys())))
        return {
            "latest": plain(self._order.latest),
            "conversations": [
                [*to_row(self._known[name]), time_text(self._moved_at[name])] for name in lasting
            ],
            "promises": [[name, to, time_text(due)] for name, (to, due) in self._promises.items()],
            "buyers": self._buyers.state(),
            "sleeps": self._sleeps.state(),
        }

    def restore(self, state: Mapping[str, Any], earlier: Earlier) -> None:
        self._known, self._moved_at = {}, {}
        for *row, moved_at in state["conversations"]:
            conversation = from_row(Conversation, row)
            self._known[conversation.id] = conversation
            self._moved_at[conversation.id] = moment(moved_at, "moved_at")
        self._open = {name: each for name, each in self._known.items() if each.open}
        self._promises = {name: (to, moment(due, "due")) for name, to, due in state["promises"]}
        self._buyers.restore(state["buyers"])
        self._sleeps.restore(state["sleeps"])
        self._leave_out()
        latest = state["latest"]
        self._order.resume(None if latest is None else moment(latest, "latest"))
        nobody = ConversationId("")
        self._earlier = EarlierEvents(earlier, known={nobody, *self._known, *self._buyers.merged()})
        self._view = None

    def _leave_out(self) -> None:
        self._measure = replace(self._measure, left_out=self._sleeps.left_out)
        self._drawn.clear()

    def watch(self, watcher: ConversationWatcher) -> None:
        """Tell *watcher* of each event of a conversation from now on, and of what it changed."""
        self._watchers.append(watcher)

    def settle(self) -> None:
        """Put late events in their place; done before anything is shown."""
        for conversation, events in self._order.disordered():
            self._earlier.skip(conversation)
            self._known.pop(conversation, None)
            self._open.pop(conversation, None)
            for watcher in self._watchers:
                watcher.conversation_forgotten(conversation)
            for event in events:
                self._fold(event)

    def _fold(self, event: ConversationEvent) -> None:
        name = event.conversation
        known = self._known.get(name) or self._recalled(name)
        before = begin(event) if known is None else known
        after = follow(before, event)
        self._moved_at[name] = event.at
        if after is not known:
            self._known[name] = after
            if after.closed_at is None:
                self._open[name] = after
            else:
                self._open.pop(name, None)
        for watcher in self._watchers:
            watcher.conversation_changed(before, after, event)

    def _recalled(self, name: ConversationId) -> Conversation | None:
        """What was known of *name* where the state was taken up; what was over then is left in the log."""
        events = self._earlier.take(name)
        if events is None:
            self._order.defer(name)
            return None
        known = None
        for event in events:
            known = follow(begin(event) if known is None else known, event)
            self._known[name], self._moved_at[name] = known, event.at
        return known

    def _join(self, event: ConversationMerged) -> None:
        """Make one of two; the longer wait goes on."""
        self.settle()
        one, into = self._buyers.same(event.conversation), self._buyers.same(event.into)
        for each in (one, into):
            if each not in self._known:
                self._recalled(each)
        self._buyers.follow(event)
        part = self._known.pop(one, None) if one != into else None
        if part is None:
            return
        whole = self._known.get(into, replace(part, id=into))
        joined = self._known[into] = join(whole, part)
        self._open.pop(one, None)
        if joined.open:
            self._open[into] = joined
        self._moved_at[into] = max(self._moved_at.pop(one), self._moved_at.get(into, event.at))
        if self._current == one:
            self._current = into
        for watcher in self._watchers:
            watcher.conversations_joined(joined, one)

    @property
    def _conversations(self) -> dict[ConversationId, Conversation]:
        """All as the log has them."""
        self.settle()
        return self._known

    def look_at(self, chat: ChatWindow | None) -> None:
        """The chat client shows this buyer now; a client that names none leaves nobody current."""
        shown = chat.conversation if chat is not None else None
        self._current = self._buyers.same(shown) if shown is not None else None
        self._view = None

    def choose(self, conversation: ConversationId) -> None:
        """The agent says who is current, where the client cannot tell."""
        known = self._conversations.get(conversation)
        if known is not None and known.open:
            self._current = conversation
            self._view = None

    def is_new(self, conversation: ConversationId, now: datetime) -> bool:
        """Whether a buyer who shows up now begins a conversation."""
        known = self.get(conversation)
        if known is None:
            return True
        return known.closed_at is not None and now - known.closed_at >= _FORGOTTEN

    @property
    def current(self) -> Conversation | None:
        """The conversation the chat client shows; None where it shows none we know."""
        return self.get(self._current) if self._current is not None else None

    def get(self, conversation: ConversationId) -> Conversation | None:
        """The conversation of that name, or the one it has been merged into."""
        name = self._buyers.same(conversation)
        return self._conversations.get(name) or self._recalled(name)

    def stale(self, now: datetime) -> tuple[Conversation, ...]:
        """The open ones in which nobody waits for us and nothing has happened for long."""
        self.settle()
        return tuple(
            conversation
            for conversation in self._open.values()
            if conversation.waiting_since is None and now - self._moved_at[conversation.id] >= _QUIET
        )

    def waiting(self) -> tuple[Conversation, ...]:
        """The open ones in which a buyer waits for us."""
        self.settle()
        return tuple(each for each in self._open.values() if each.waiting_since is not None)

    def view(self, now: datetime) -> ConversationsView:
        """The open conversations: emergencies, then those who wait too long, then by arrival.

        Drawn up anew only after something has happened or a wait has become too long: a second
        that passes costs nothing, however many are open.
        """
        self.settle()
        if self._view is None or not self._view.at <= now < self._holds_until:
            self._view = self._draw_up(now)
        else:
            self._view = replace(self._view, at=now)
        return self._view

    def _draw_up(self, now: datetime) -> ConversationsView:
        promised = self._promised()
        self._measure = self._measure.at(now)
        kept: dict[ConversationId, DrawnRow] = {}
        for conversation in self._open.values():
            due = promised.get(conversation.id)
            drawn = self._drawn.get(conversation.id)
            told = (self._buyers.name(conversation), self._buyers.note(conversation))
            if drawn is None or not drawn.holds(conversation, now, due, self._current, told):
                drawn = draw_row(
                    conversation,
                    now,
                    measure=self._measure,
                    promised=due,
                    current=conversation.id == self._current,
                    told=told,
                )
            kept[conversation.id] = drawn
        self._drawn = kept
        ordered = sorted(kept.values(), key=lambda drawn: drawn.place)
        self._holds_until = min((drawn.until for drawn in ordered), default=FAR)
        return ConversationsView(
            at=now,
            rows=tuple([drawn.row for drawn in ordered]),
            breached=sum(drawn.row.urgency is Urgency.BREACHED for drawn in ordered),
            warned=sum(drawn.row.urgency is Urgency.WARNED for drawn in ordered),
        )

    def now_view(self) -> NowView:
        current = self.current
        if current is None:
            return NowView()
        return NowView(
            conversation=current.id,
            category=current.category,
            stage=current.stage,
            waiting=current.waiting_since is not None,
            customer=self._buyers.name(current),
            note=self._buyers.note(current),
        )

    def _promised(self) -> dict[ConversationId, datetime]:
        """What is due to each buyer next."""
        soonest: dict[ConversationId, datetime] = {}
        for made_to, due in self._promises.values():
            owner = self._buyers.same(made_to)
            soonest[owner] = min(due, soonest.get(owner, due))
        return soonest
