"""What is counted of one conversation, event by event."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import field, replace
from datetime import datetime

from sidebar.domain.conversations import BY_HAND, Conversation, Reply, begin, follow, join, reply_of
from sidebar.domain.events import (
    CategorySet,
    CloseStatus,
    ConversationClosed,
    ConversationEvent,
    CustomerMessage,
    Escalated,
    PhraseInserted,
    Rated,
)
from sidebar.domain.identifiers import ConversationId, PhraseId
from sidebar.domain.lean import dataclass
from sidebar.domain.turns import TOLD, Exclusion, Turn, TurnEnd, end_of

_NOTHING: frozenset[Exclusion] = frozenset()


@dataclass(slots=True)
class Tally:
    """One conversation as far as it has come; `turns` are those that ended in the time looked at.

    `touched` tells whether anything happened in that time.
    """

    state: Conversation
    touched: bool = False
    category: str = ""
    status: CloseStatus = CloseStatus.IN_PROGRESS
    turns: list[Turn] = field(default_factory=list)
    phrases: Counter[PhraseId] = field(default_factory=Counter)
    escalated: list[str] = field(default_factory=list)
    _messages: list[datetime] = field(default_factory=list)
    _spoken: bool = False
    """Whether anybody has written in this session."""
    _begun: int = 0
    """Turns that have begun in this session."""
    _by_bot: bool = False
    """Whether a bot has answered in the turn that runs."""
    _auto: datetime | None = None
    """When an automatic reply came first in the turn that runs."""
    _marks: dict[datetime, set[Exclusion]] = field(default_factory=dict)
    """By session; few have any."""
    _scores: dict[datetime, int] = field(default_factory=dict)
    """The buyer's mark, by session."""

    @classmethod
    def of(cls, event: ConversationEvent) -> "Tally":
        """That of the conversation that *event* is the first of; it has yet to be followed."""
        return cls(begin(event))

    def follow(
        self, event: ConversationEvent, *, counted: bool = True, answers: frozenset[Reply] = BY_HAND
    ) -> None:
        """Take in one event; not *counted* it only tells how things stood when the time began."""
        before = self.state
        after = self.state = follow(before, event, answers)
        if after.opened_at != before.opened_at:
            self._spoken, self._begun = False, 0
        if isinstance(event, CustomerMessage):
            if before.waiting_since is None:
                self._begun += 1
                self._by_bot, self._auto = False, None
                self._messages = [event.at]
            else:
                self._messages.append(event.at)
            self._spoken = True
        else:
            self._answer(before, event)
        if counted:
            self.touched = True
            end = end_of(before, after, event)
            if end is not None:
                self.turns.append(self._turn(before, ended=event.at, end=end))
        if event.extra:
            self._mark({reason for reason in TOLD if event.extra.get(reason) is True})
        self._note(event, counted=counted)

    def absorb(self, other: "Tally") -> None:
        """Become the tally of both: they are one conversation."""
        pair = (self, other)
        running = [each for each in pair if each.state.open] or [self]
        sessions = {each.state.opened_at for each in running}
        waiting = [each for each in pair if each.state.waiting_since is not None]
        self._messages = sorted(moment for each in waiting for moment in each._messages)
        self._begun = sum(each._begun for each in running) - (len(waiting) > 1)
        self._spoken = any(each._spoken for each in running)
        self._by_bot = any(each._by_bot for each in running)
        self._auto = min((each._auto for each in waiting if each._auto is not None), default=None)
        self.state = join(self.state, other.state)
        session = self.state.opened_at
        self.turns = _of_one(self.state.id, [*self.turns, *other.turns], sessions, session)
        marks, self._marks = [*self._marks.items(), *other._marks.items()], {}
        for opened, reasons in marks:
            self._marks.setdefault(session if opened in sessions else opened, set()).update(reasons)
        scores = {**other._scores, **self._scores}
        self._scores = {session if opened in sessions else opened: each for opened, each in scores.items()}
        self.touched = self.touched or other.touched
        self.category = self.category or other.category
        self.phrases += other.phrases
        self.escalated += other.escalated

    def all_turns(self) -> list[Turn]:
        """The ended ones and the one that runs; what has been told of their sessions since marks them too."""
        running = [] if self.state.waiting_since is None else [self._turn(self.state)]
        turns = [*self.turns, *running]
        if not self._marks and not self._scores:
            return turns
        told, scores = self._marks, self._scores
        return [
            replace(turn, marks=turn.marks.union(told.get(turn.session, ())), score=scores.get(turn.session))
            for turn in turns
        ]

    def _answer(self, before: Conversation, event: ConversationEvent) -> None:
        reply = reply_of(event)
        if reply is None:
            return
        if reply in BY_HAND:
            if not self._spoken:
                self._mark({Exclusion.SELLER_FIRST})
            self._spoken = True
        elif before.waiting_since is not None:
            self._by_bot = True
            if reply is Reply.AUTO and self._auto is None:
                self._auto = event.at

    def _mark(self, reasons: set[Exclusion]) -> None:
        if reasons:
            self._marks.setdefault(self.state.opened_at, set()).update(reasons)

    def _turn(self, waiting: Conversation, ended: datetime | None = None, end: TurnEnd | None = None) -> Turn:
        assert waiting.waiting_since is not None, "a turn is a wait"
        unanswered_by_hand = self._by_bot and end is not TurnEnd.ANSWERED and waiting.assigned_at is None
        return Turn(
            conversation=waiting.id,
            begun=waiting.waiting_since,
            session=waiting.opened_at,
            ended=ended,
            end=end,
            messages=tuple(self._messages),
            first=self._begun <= 1,
            assigned=waiting.assigned_at,
            marks=frozenset({Exclusion.BOT_ONLY}) if unanswered_by_hand else _NOTHING,
            auto=self._auto,
        )

    def _note(self, event: ConversationEvent, *, counted: bool) -> None:
        match event:
            case CategorySet():
                self.category = event.category
            case ConversationClosed():
                self.status = event.status
            case Rated():
                self._scores[self.state.opened_at] = event.score
            case PhraseInserted() if counted:
                self.phrases[event.phrase] += 1
            case Escalated() if counted:
                self.escalated.append(event.to)
            case _:
                pass


def _of_one(
    conversation: ConversationId, turns: Iterable[Turn], sessions: Collection[datetime], session: datetime
) -> list[Turn]:
    """*turns* as those of *conversation*, in their order, its *sessions* being one *session*."""
    found: list[Turn] = []
    for turn in sorted(turns, key=lambda turn: turn.begun):
        of = session if turn.session in sessions else turn.session
        first = turn.first and all(other.session != of for other in found)
        found.append(replace(turn, conversation=conversation, session=of, first=first))
    return found
