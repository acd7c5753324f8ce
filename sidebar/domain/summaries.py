"""The account of a shift, or of any stretch of time, as one pass over the log.

What counts: a turn counts where it *begins*; one that began before is left out (`began_before`),
as are those ended by 'no reply needed' and by closing the conversation while the buyer waited
(resolving stops the clock, but nobody was answered). Answered and open turns are the whole that
shares are parts of. Everything is judged as it stood at the end of the time looked at, so the
same log gives the same account whenever it is asked.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sidebar.domain.account import (
    Case,
    Compensation,
    Excluded,
    PhraseUse,
    Satisfaction,
    Summary,
    Wait,
)
from sidebar.domain.conversations import Conversation, begin, follow
from sidebar.domain.events import (
    CategorySet,
    CloseStatus,
    Compensated,
    ConversationClosed,
    ConversationEvent,
    Escalated,
    Event,
    InsertionRefused,
    PhraseInserted,
    Rated,
)
from sidebar.domain.identifiers import ConversationId, PhraseId
from sidebar.domain.metrics import CANONICAL, Profile, shares_within, spread
from sidebar.domain.obligations import Obligations
from sidebar.domain.turns import Exclusion, Turn, TurnEnd, ended_turn, open_turn


def summarise(
    events: Iterable[Event],
    *,
    since: datetime,
    until: datetime | None = None,
    agent: str,
    now: datetime,
    profile: Profile = CANONICAL,
) -> Summary:
    """The account of [*since*, *until*), or of what has happened since, up to and with *now*.

    *events* come in the order of `at`. Those before *since* tell who was waiting and what was
    owed when it began; those at or after *until* are not looked at.
    """
    account = Account(since=since, profile=profile)
    for event in events:
        if until is None or event.at < until:
            account.follow(event)
    end = now if until is None else min(until, now)
    return account.summary(agent=agent, until=until or now, end=end)


@dataclass(slots=True)
class _Tally:
    """What is known of one conversation; `turns` are its ended ones of the time looked at."""

    state: Conversation
    touched: bool = False
    category: str = ""
    status: CloseStatus = CloseStatus.IN_PROGRESS
    turns: list[Turn] = field(default_factory=list)
    phrases: Counter[PhraseId] = field(default_factory=Counter)
    escalated: list[str] = field(default_factory=list)


class Account:
    """Takes in events one by one; `summary` may be asked at any time."""

    def __init__(self, *, since: datetime, profile: Profile = CANONICAL) -> None:
        self._since = since
        self._profile = profile
        self._tallies: dict[ConversationId, _Tally] = {}
        self._phrases: Counter[PhraseId] = Counter()
        self._given: dict[tuple[str, str], list[float]] = {}
        self._scores: list[int] = []
        self._obligations = Obligations()

    def follow(self, event: Event) -> None:
        """Take in one event; of a time before the one looked at it is remembered, but not counted."""
        match event:
            case ConversationEvent():
                self._count(event)
                if event.conversation and not isinstance(event, InsertionRefused):
                    self._follow_conversation(event)
            case _:
                self._obligations.follow(event)

    def _count(self, event: ConversationEvent) -> None:
        if event.at < self._since:
            return
        match event:
            case PhraseInserted():
                self._phrases[event.phrase] += 1
            case Compensated():
                self._given.setdefault((event.kind, event.currency), []).append(event.amount)
            case Rated():
                self._scores.append(event.score)
            case _:
                pass

    def _follow_conversation(self, event: ConversationEvent) -> None:
        tally = self._tallies.get(event.conversation)
        if tally is None:
            tally = self._tallies[event.conversation] = _Tally(begin(event))
        before, tally.state = tally.state, follow(tally.state, event)
        if event.at >= self._since:
            tally.touched = True
            turn = ended_turn(before, tally.state, event)
            if turn is not None:
                tally.turns.append(turn)
        _note(tally, event, counted=event.at >= self._since)

    def summary(self, *, agent: str, until: datetime, end: datetime) -> Summary:
        """The account as it stood at *end*, of the time that *until* bounds."""
        counted = [turn for tally in self._tallies.values() for turn in self._counted(tally)]
        answered = [turn.waited(end) for turn in counted if turn.end is TurnEnd.ANSWERED]
        touched = [tally for tally in self._tallies.values() if tally.touched]
        return Summary(
            profile=self._profile.name,
            as_of=self._profile.as_of,
            since=self._since,
            until=until,
            agent=agent,
            conversations=len(touched),
            buyers=len({_buyer(tally.state) for tally in touched}),
            turns=len(counted),
            answered_turns=len(answered),
            first_response=spread(self._first_responses()),
            turn_response=spread(answered),
            within=shares_within(answered, len(counted)),
            excluded=self._excluded(),
            breaches=self._breaches(counted, end),
            open=self._open(end),
            promises=self._obligations.promises(self._since, end),
            followups=self._obligations.account(self._since, end),
            phrases=_uses(self._phrases),
            compensation=self._compensation(),
            satisfaction=self._satisfaction(),
            cases=tuple(self._case(tally, end) for tally in sorted(touched, key=_by_opening)),
        )

    def _all_turns(self, tally: _Tally) -> list[Turn]:
        running = open_turn(tally.state)
        return tally.turns if running is None else [*tally.turns, running]

    def _counted(self, tally: _Tally) -> list[Turn]:
        return [turn for turn in self._all_turns(tally) if turn.exclusion(self._since) is None]

    def _first_responses(self) -> Iterable[timedelta]:
        for tally in self._tallies.values():
            for turn in self._counted(tally):
                if turn.end is TurnEnd.ANSWERED and turn.ended is not None:
                    yield turn.waited(turn.ended)
                    break

    def _excluded(self) -> tuple[Excluded, ...]:
        found: Counter[tuple[ConversationId, Exclusion]] = Counter()
        for name, tally in self._tallies.items():
            reasons = (turn.exclusion(self._since) for turn in self._all_turns(tally))
            found.update((name, reason) for reason in reasons if reason is not None)
        return tuple(
            Excluded(conversation=conversation, reason=reason, count=count)
            for (conversation, reason), count in sorted(found.items())
        )

    def _breaches(self, counted: Iterable[Turn], end: datetime) -> tuple[Wait, ...]:
        breach = self._profile.thresholds.breach
        waits = (self._wait(turn, end) for turn in counted if turn.waited(end) >= breach)
        return tuple(sorted(waits, key=_by_time))

    def _open(self, end: datetime) -> tuple[Wait, ...]:
        running = (open_turn(tally.state) for tally in self._tallies.values())
        return tuple(sorted((self._wait(turn, end) for turn in running if turn is not None), key=_by_time))

    def _wait(self, turn: Turn, end: datetime) -> Wait:
        return Wait(
            conversation=turn.conversation,
            customer=self._tallies[turn.conversation].state.customer,
            at=turn.begun,
            waited=turn.waited(end),
            answered=turn.end is TurnEnd.ANSWERED,
        )

    def _compensation(self) -> tuple[Compensation, ...]:
        return tuple(
            Compensation(kind=kind, currency=currency, count=len(amounts), amount=_total(amounts))
            for (kind, currency), amounts in sorted(self._given.items())
        )

    def _satisfaction(self) -> Satisfaction:
        count = len(self._scores)
        return Satisfaction(count=count, mean=round(sum(self._scores) / count, 3) if count else None)

    def _case(self, tally: _Tally, end: datetime) -> Case:
        turns = self._counted(tally)
        return Case(
            conversation=tally.state.id,
            client=tally.state.client,
            customer=tally.state.customer,
            category=tally.category,
            status=CloseStatus.IN_PROGRESS if tally.state.open else tally.status,
            opened=tally.state.opened_at,
            closed=tally.state.closed_at,
            turns=len(turns),
            answered=sum(turn.end is TurnEnd.ANSWERED for turn in turns),
            longest=max((turn.waited(end) for turn in turns), default=None),
            phrases=_uses(tally.phrases),
            escalated_to=tuple(tally.escalated),
        )


def _note(tally: _Tally, event: ConversationEvent, *, counted: bool) -> None:
    match event:
        case CategorySet():
            tally.category = event.category
        case ConversationClosed():
            tally.status = event.status
        case PhraseInserted() if counted:
            tally.phrases[event.phrase] += 1
        case Escalated() if counted:
            tally.escalated.append(event.to)
        case _:
            pass


def _uses(counts: Counter[PhraseId]) -> tuple[PhraseUse, ...]:
    """Most used first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(PhraseUse(phrase=phrase, uses=uses) for phrase, uses in ordered)


def _total(amounts: Iterable[float]) -> float:
    """The sum as a person adds it up: in decimals, so that three times 0.1 is 0.3."""
    from decimal import Decimal  # few shifts have anything to add up, and half a MiB need not be there for it

    return float(sum((Decimal(repr(amount)) for amount in amounts), Decimal(0)))


def _buyer(state: Conversation) -> tuple[str, str]:
    """Who it is: the name within the client; the conversation itself where the name is unknown."""
    return state.client, state.customer or f"\0{state.id}"


def _by_time(wait: Wait) -> tuple[datetime, str]:
    return wait.at, wait.conversation


def _by_opening(tally: _Tally) -> tuple[datetime, str]:
    return tally.state.opened_at, tally.state.id
