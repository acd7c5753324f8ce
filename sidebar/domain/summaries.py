"""The account of a shift, or of any stretch of time, as one pass over the log.

What counts: a turn counts where it *begins*; one that began before is left out (`began_before`),
as are those ended by 'no reply needed' and by closing the conversation while the buyer waited
(resolving stops the clock, but nobody was answered). Answered and open turns are the whole that
shares are parts of. Conversations that were merged are one from their beginning. Everything is
judged as it stood at the end of the time looked at, so the same log gives the same account whenever
it is asked.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sidebar.domain.account import (
    Case,
    Compensation,
    Excluded,
    FollowupAccount,
    FollowupLine,
    PhraseUse,
    Satisfaction,
    Summary,
    Wait,
)
from sidebar.domain.buyers import Buyers
from sidebar.domain.events import (
    CloseStatus,
    Compensated,
    ConversationEvent,
    ConversationMerged,
    ConversationRenamed,
    Event,
    InsertionRefused,
    MachineSlept,
    PhraseInserted,
    Rated,
    SleepJudged,
)
from sidebar.domain.identifiers import ConversationId, PhraseId
from sidebar.domain.metrics import CANONICAL, Profile, shares_within, spread
from sidebar.domain.obligations import Obligations
from sidebar.domain.sleeps import Sleeps
from sidebar.domain.tallies import Tally
from sidebar.domain.turns import Exclusion, Turn
from sidebar.domain.waits import counted_time

if TYPE_CHECKING:
    from sidebar.domain.headlines import Headline


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


class Account:
    """Takes in events one by one; `summary` may be asked at any time."""

    def __init__(self, *, since: datetime, profile: Profile = CANONICAL) -> None:
        self._since = since
        self._profile = profile
        self._tallies: dict[ConversationId, Tally] = {}
        self._phrases: Counter[PhraseId] = Counter()
        self._given: dict[tuple[str, str], list[float]] = {}
        self._scores: list[int] = []
        self._obligations = Obligations()
        self._sleeps = Sleeps()
        self._buyers = Buyers()

    def follow(self, event: Event) -> None:
        """Take in one event; of a time before the one looked at it is remembered, but not counted."""
        match event:
            case ConversationEvent():
                self._count(event)
                if event.conversation and not isinstance(event, InsertionRefused):
                    self._follow_conversation(self._buyers.addressed(event))
            case ConversationMerged():
                self._join(event)
            case ConversationRenamed():
                self._buyers.follow(event)
            case MachineSlept() | SleepJudged():
                self._sleeps.follow(event)
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
            tally = self._tallies[event.conversation] = Tally.of(event)
        tally.follow(event, counted=event.at >= self._since, answers=self._profile.answers)

    def _join(self, event: ConversationMerged) -> None:
        one, into = self._buyers.same(event.conversation), self._buyers.same(event.into)
        self._buyers.follow(event)
        part = self._tallies.pop(one, None) if one != into else None
        if part is None:
            return
        whole = self._tallies.get(into)
        if whole is None:
            whole = self._tallies[into] = Tally(replace(part.state, id=into))
        whole.absorb(part)

    def summary(self, *, agent: str, until: datetime, end: datetime) -> Summary:
        """The account as it stood at *end*, of the time that *until* bounds."""
        counted = [turn for tally in self._tallies.values() for turn in self._counted(tally)]
        answered = [turn for turn in counted if turn.answered]
        waits = [self._waited(turn, end) for turn in answered]
        headline = self._headline(end)
        touched = [tally for tally in self._tallies.values() if tally.touched]
        return Summary(
            profile=self._profile.name,
            as_of=self._profile.as_of,
            since=self._since,
            until=until,
            agent=agent,
            conversations=len(touched),
            buyers=len({self._buyer(tally) for tally in touched}),
            turns=len(counted),
            answered_turns=len(answered),
            rate=None if headline is None else headline.share,
            headline=headline,
            first_response=spread(self._first_responses(end)),
            turn_response=spread(waits),
            agent_response=spread(self._agent_waited(turn, end) for turn in answered),
            within=shares_within(waits, len(counted)),
            excluded=self._excluded(),
            asleep=self._asleep(end),
            breaches=self._breaches(counted, end),
            open=self._open(end),
            promises=self._obligations.promises(self._since, end),
            followups=self._followups(end),
            phrases=_uses(self._phrases),
            compensation=self._compensation(),
            satisfaction=self._satisfaction(),
            cases=tuple(self._case(tally, end) for tally in sorted(touched, key=_by_opening)),
        )

    def _counted(self, tally: Tally) -> list[Turn]:
        since = self._since
        return [turn for turn in tally.all_turns() if self._profile.exclusion(turn, since) is None]

    def _waited(self, turn: Turn, end: datetime) -> timedelta:
        return self._profile.length(turn.begun, turn.ended or end, self._sleeps.left_out)

    def _agent_waited(self, turn: Turn, end: datetime) -> timedelta:
        since = turn.agent_since(turn.begun)
        return self._profile.length(since, turn.ended or end, self._sleeps.left_out)

    def _headline(self, end: datetime) -> "Headline | None":
        measure = self._profile.measure
        if measure is None:
            return None
        from sidebar.domain.headlines import Measuring  # the sidebar's own profile has no headline

        buyers = {name: self._buyer(tally) for name, tally in self._tallies.items()}
        measuring = Measuring(
            profile=self._profile,
            measure=measure,
            buyers=buyers,
            since=self._since,
            end=end,
            left_out=self._sleeps.left_out,
        )
        turns = (turn for tally in self._tallies.values() for turn in tally.all_turns())
        return measuring.headline(turns, self._scores)

    def _buyer(self, tally: Tally) -> tuple[str, str]:
        """Who it is: the name within the client, or what the agent calls them; the conversation at worst."""
        state = tally.state
        return state.client, state.customer or self._buyers.name(state) or f"\0{state.id}"

    def _first_responses(self, end: datetime) -> Iterable[timedelta]:
        for tally in self._tallies.values():
            first = next((turn for turn in self._counted(tally) if turn.answered), None)
            if first is not None:
                yield self._waited(first, end)

    def _excluded(self) -> tuple[Excluded, ...]:
        found: Counter[tuple[ConversationId, Exclusion]] = Counter()
        for name, tally in self._tallies.items():
            reasons = (self._profile.exclusion(turn, self._since) for turn in tally.all_turns())
            found.update((name, reason) for reason in reasons if reason is not None)
        return tuple(
            Excluded(conversation=conversation, reason=reason, count=count)
            for (conversation, reason), count in sorted(found.items())
        )

    def _asleep(self, end: datetime) -> timedelta:
        if not self._profile.without_sleep:
            return timedelta(0)
        whole = counted_time(self._since, end)
        return whole - counted_time(self._since, end, without=self._sleeps.left_out)

    def _breaches(self, counted: Iterable[Turn], end: datetime) -> tuple[Wait, ...]:
        waits = (self._wait(turn, end) for turn in counted)
        return tuple(sorted((wait for wait in waits if self._is_breach(wait)), key=_by_time))

    def _is_breach(self, wait: Wait) -> bool:
        """By what the conversation turned out to be about, as the screen has it in the end."""
        return wait.waited >= self._profile.breach(self._tallies[wait.conversation].state.category)

    def _open(self, end: datetime) -> tuple[Wait, ...]:
        turns = (turn for tally in self._tallies.values() for turn in tally.all_turns())
        return tuple(sorted((self._wait(turn, end) for turn in turns if turn.end is None), key=_by_time))

    def _wait(self, turn: Turn, end: datetime) -> Wait:
        return Wait(
            conversation=turn.conversation,
            customer=self._buyers.name(self._tallies[turn.conversation].state),
            at=turn.begun,
            waited=self._waited(turn, end),
            answered=turn.answered,
        )

    def _followups(self, end: datetime) -> FollowupAccount:
        owed = self._obligations.account(self._since, end)
        return replace(owed, lines=tuple(self._named(line) for line in owed.lines))

    def _named(self, line: FollowupLine) -> FollowupLine:
        """*line* with the conversation and the buyer's name as they are now."""
        if line.conversation is None:
            return line
        conversation = self._buyers.same(line.conversation)
        tally = self._tallies.get(conversation)
        customer = "" if tally is None else self._buyers.name(tally.state)
        return replace(line, conversation=conversation, customer=customer or line.customer)

    def _compensation(self) -> tuple[Compensation, ...]:
        return tuple(
            Compensation(kind=kind, currency=currency, count=len(amounts), amount=_total(amounts))
            for (kind, currency), amounts in sorted(self._given.items())
        )

    def _satisfaction(self) -> Satisfaction:
        count = len(self._scores)
        return Satisfaction(count=count, mean=round(sum(self._scores) / count, 3) if count else None)

    def _case(self, tally: Tally, end: datetime) -> Case:
        turns = self._counted(tally)
        return Case(
            conversation=tally.state.id,
            client=tally.state.client,
            customer=self._buyers.name(tally.state),
            category=tally.category,
            status=CloseStatus.IN_PROGRESS if tally.state.open else tally.status,
            opened=tally.state.opened_at,
            closed=tally.state.closed_at,
            turns=len(turns),
            answered=sum(turn.answered for turn in turns),
            longest=max((self._waited(turn, end) for turn in turns), default=None),
            phrases=_uses(tally.phrases),
            escalated_to=tuple(tally.escalated),
        )


def _uses(counts: Counter[PhraseId]) -> tuple[PhraseUse, ...]:
    """Most used first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(PhraseUse(phrase=phrase, uses=uses) for phrase, uses in ordered)


def _total(amounts: Iterable[float]) -> float:
    """The sum as a person adds it up: in decimals, so that three times 0.1 is 0.3."""
    from decimal import Decimal  # few shifts have anything to add up, and half a MiB need not be there for it

    return float(sum((Decimal(repr(amount)) for amount in amounts), Decimal(0)))


def _by_time(wait: Wait) -> tuple[datetime, str]:
    return wait.at, wait.conversation


def _by_opening(tally: Tally) -> tuple[datetime, str]:
    return tally.state.opened_at, tally.state.id
