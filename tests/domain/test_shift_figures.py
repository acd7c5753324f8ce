"""The footer's figures, kept up event by event, are those of the whole account."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.conversations import Conversation, begin, follow
from sidebar.domain.events import (
    AgentMessage,
    Author,
    ConversationClosed,
    ConversationEvent,
    CustomerMessage,
    NoReplyNeeded,
    Rated,
)
from sidebar.domain.identifiers import ClientName, ConversationId, EventId
from sidebar.domain.shift_figures import ShiftFigures
from sidebar.domain.summaries import Account
from tests.fakes import START

WITHIN = timedelta(minutes=3)


def happened(kind: type[ConversationEvent], seconds: int, who: str, **fields: object) -> ConversationEvent:
    return kind(
        id=EventId(f"{seconds}"),
        at=START + timedelta(seconds=seconds),
        conversation=ConversationId(who),
        client=ClientName("taobao"),
        **fields,  # type: ignore[arg-type]
    )


def figures(*events: ConversationEvent) -> ShiftFigures:
    made = ShiftFigures(since=START, within=WITHIN)
    states: dict[ConversationId, Conversation] = {}
    for event in events:
        before = states.get(event.conversation) or begin(event)
        after = states[event.conversation] = follow(before, event)
        made.follow(before, after, event)
    return made


def test_one_in_time_one_late_and_one_who_waits_too_long() -> None:
    made = figures(
        happened(CustomerMessage, 0, "a"),
        happened(CustomerMessage, 10, "b"),
        happened(AgentMessage, 20, "a"),
        happened(CustomerMessage, 30, "c"),
        happened(AgentMessage, 210, "b"),
        happened(CustomerMessage, 215, "a"),
    )
    now = START + timedelta(seconds=220)
    assert made.first_response == timedelta(seconds=(20 + 200) / 2)
    assert made.share(now) == pytest.approx(1 / 3)
    assert made.handled == 3


def test_nothing_is_known_before_anybody_was_answered() -> None:
    made = figures(happened(CustomerMessage, 0, "a"))
    assert (made.first_response, made.share(START + timedelta(seconds=179)), made.handled) == (None, None, 1)


acts = st.sampled_from(
    [
        (CustomerMessage, {}),
        (CustomerMessage, {}),
        (AgentMessage, {}),
        (AgentMessage, {"by": Author.BOT}),
        (NoReplyNeeded, {}),
        (ConversationClosed, {}),
        (Rated, {"score": 5}),
    ]
)


@given(st.lists(st.tuples(acts, st.integers(0, 300), st.sampled_from("abc")), max_size=60))
def test_they_are_those_of_the_summary(
    made_of: list[tuple[tuple[type[ConversationEvent], dict[str, object]], int, str]],
) -> None:
    seconds, events = 0, list[ConversationEvent]()
    for (kind, fields), later, who in made_of:
        seconds += later
        events.append(happened(kind, seconds, who, **fields))
    made, account = figures(*events), Account(since=START)
    for event in events:
        account.follow(event)
    now = START + timedelta(seconds=seconds)
    summary = account.summary(agent="", until=now, end=now)
    assert made.handled == summary.conversations
    mean = None if made.first_response is None else made.first_response.total_seconds()
    assert mean == (None if mean is None else pytest.approx(summary.first_response.mean, abs=0.001))
    late = sum(wait.waited >= WITHIN for wait in summary.open)
    answered = [turn for turn in (summary.answered_turns,) if turn]
    if not answered and not late:
        assert made.share(now) is None
    else:
        in_time = (summary.within[180] or 0) * summary.turns
        assert made.share(now) == pytest.approx(in_time / (summary.answered_turns + late))


def test_what_is_forgotten_has_contributed_nothing() -> None:
    events = [happened(CustomerMessage, 0, "a"), happened(AgentMessage, 200, "a")]
    made = figures(happened(CustomerMessage, 0, "b"), happened(AgentMessage, 20, "b"), *events)
    made.forget(ConversationId("a"))
    now = START + timedelta(seconds=900)
    assert (made.handled, made.share(now), made.first_response) == (1, 1.0, timedelta(seconds=20))
