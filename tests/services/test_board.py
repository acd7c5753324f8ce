"""Conversations on the board: one clock each, the most urgent first."""

from datetime import datetime, timedelta
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.conversations import Thresholds, Urgency
from sidebar.domain.events import (
    AgentMessage,
    Assigned,
    Author,
    CategorySet,
    ConversationClosed,
    ConversationEvent,
    ConversationOpened,
    CustomerMessage,
    Event,
    FollowupAdded,
    FollowupDone,
    InsertionPath,
    NoReplyNeeded,
    PhraseInserted,
)
from sidebar.domain.identifiers import (
    ClientName,
    ConversationId,
    EventId,
    FollowupId,
    InsertionId,
    PhraseId,
)
from sidebar.domain.phrases import Stage
from sidebar.services.board import Board
from tests.fakes import START

ids = count()


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def event(
    kind: type[ConversationEvent], seconds: float, who: str = "anna", **fields: object
) -> ConversationEvent:
    return kind(
        id=EventId(str(next(ids))),
        at=at(seconds),
        conversation=ConversationId(who),
        client=ClientName("pidgin"),
        customer=who.title(),
        **fields,  # type: ignore[arg-type]
    )


def inserted(seconds: float, who: str = "anna", stage: str = "") -> ConversationEvent:
    return event(
        PhraseInserted,
        seconds,
        who,
        insertion=InsertionId("i"),
        phrase=PhraseId("p"),
        path=InsertionPath.PASTE,
        characters=3,
        stage=stage,
    )


def board(*events: Event) -> Board:
    made = Board(thresholds=Thresholds(warn=timedelta(seconds=100), breach=timedelta(seconds=180)))
    for each in events:
        made.follow(each)
    return made


def waits(made: Board, seconds: float) -> dict[str, timedelta | None]:
    return {row.customer: row.waiting(at(seconds)) for row in made.view(at(seconds)).rows}


def test_the_clock_shows_the_oldest_unanswered_message() -> None:
    made = board(event(CustomerMessage, 0), event(CustomerMessage, 30))
    assert waits(made, 40) == {"Anna": timedelta(seconds=40)}


def test_an_inserted_phrase_stops_the_clock() -> None:
    made = board(event(CustomerMessage, 0), inserted(20))
    assert waits(made, 40) == {"Anna": None}


def test_the_next_message_starts_it_anew() -> None:
    made = board(event(CustomerMessage, 0), inserted(20), event(CustomerMessage, 30))
    assert waits(made, 40) == {"Anna": timedelta(seconds=10)}


def test_a_robots_answer_stops_nothing() -> None:
    made = board(event(CustomerMessage, 0), event(AgentMessage, 5, by=Author.BOT))
    assert waits(made, 40) == {"Anna": timedelta(seconds=40)}


def test_no_reply_needed_stops_the_clock() -> None:
    made = board(event(CustomerMessage, 0), event(NoReplyNeeded, 5, reason="thanks"))
    assert waits(made, 40) == {"Anna": None}


def test_a_closed_conversation_leaves_the_board_and_comes_back_when_the_buyer_writes() -> None:
    made = board(event(CustomerMessage, 0), event(ConversationClosed, 5))
    assert waits(made, 10) == {}
    made.follow(event(CustomerMessage, 20))
    assert waits(made, 40) == {"Anna": timedelta(seconds=20)}


def test_opening_alone_starts_no_clock() -> None:
    assert waits(board(event(ConversationOpened, 0)), 40) == {"Anna": None}


def test_the_longest_wait_stands_first_and_those_who_do_not_wait_last() -> None:
    made = board(
        event(CustomerMessage, 0, "late"),
        event(CustomerMessage, 100, "warned"),
        event(CustomerMessage, 190, "fresh"),
        event(ConversationOpened, 5, "calm"),
    )
    rows = made.view(at(201)).rows
    assert [row.customer for row in rows] == ["Late", "Warned", "Fresh", "Calm"]
    assert [row.urgency for row in rows] == [
        Urgency.BREACHED,
        Urgency.WARNED,
        Urgency.RUNNING,
        Urgency.CALM,
    ]


def test_safety_stands_before_broken_standards_and_complaints_before_arrival() -> None:
    made = board(
        event(CustomerMessage, 0, "breached"),
        event(CustomerMessage, 100, "warned"),
        event(CustomerMessage, 190, "early"),
        event(CustomerMessage, 195, "late"),
        event(CustomerMessage, 198, "upset"),
        event(CategorySet, 198, "upset", category="complaint"),
        event(ConversationOpened, 5, "hurt"),
        event(CategorySet, 6, "hurt", category="emergency"),
        event(ConversationOpened, 7, "answered"),
        event(CategorySet, 8, "answered", category="complaint"),
    )
    order = [row.customer for row in made.view(at(201)).rows]
    assert order == ["Hurt", "Breached", "Warned", "Upset", "Early", "Late", "Answered"]


def test_a_second_changes_no_row_until_a_wait_becomes_too_long() -> None:
    made = board(event(CustomerMessage, 0), event(CustomerMessage, 30, "b"))
    rows = made.view(at(40)).rows
    assert made.view(at(99)).rows is rows
    assert made.view(at(99)).at == at(99)
    assert [row.urgency for row in made.view(at(100)).rows] == [Urgency.WARNED, Urgency.RUNNING]
    assert [row.urgency for row in made.view(at(180)).rows] == [Urgency.BREACHED, Urgency.WARNED]
    assert [row.urgency for row in made.view(at(50)).rows] == [Urgency.RUNNING, Urgency.RUNNING]


def agent_waits(made: Board, seconds: float) -> timedelta | None:
    (row,) = made.view(at(seconds)).rows
    return row.agent_waiting(at(seconds))


def test_the_agents_clock_begins_with_the_assignment_and_is_told_where_it_differs() -> None:
    made = board(event(CustomerMessage, 0))
    assert agent_waits(made, 90) is None
    made.follow(event(Assigned, 90))
    assert agent_waits(made, 130) == timedelta(seconds=40)
    assert waits(made, 130) == {"Anna": timedelta(seconds=130)}
    made.follow(event(AgentMessage, 140))
    assert agent_waits(made, 150) is None
    made.follow(event(CustomerMessage, 160))  # theirs already: both clocks begin with the message
    assert agent_waits(made, 170) is None


def test_a_buyer_handed_out_at_once_has_one_clock() -> None:
    assert agent_waits(board(event(CustomerMessage, 0), event(Assigned, 5)), 20) is None
    assert agent_waits(board(event(CustomerMessage, 0), event(Assigned, 6)), 20) == timedelta(seconds=14)


def test_the_shops_clock_decides_how_urgent_it_is() -> None:
    made = board(event(CustomerMessage, 0), event(Assigned, 170))
    assert [row.urgency for row in made.view(at(180)).rows] == [Urgency.BREACHED]


def test_who_is_gone_cannot_be_chosen() -> None:
    made = board(event(CustomerMessage, 0), event(ConversationClosed, 5))
    made.choose(ConversationId("anna"))
    assert made.current is None


def test_counts_the_breached_and_those_about_to_be() -> None:
    made = board(event(CustomerMessage, 0, "a"), event(CustomerMessage, 79, "b"))
    view = made.view(at(180))
    assert (view.breached, view.warned) == (1, 1)


def test_the_thresholds_count_from_their_second_on() -> None:
    thresholds = Thresholds(warn=timedelta(seconds=100), breach=timedelta(seconds=180))
    assert thresholds.urgency(timedelta(seconds=99)) is Urgency.RUNNING
    assert thresholds.urgency(timedelta(seconds=100)) is Urgency.WARNED
    assert thresholds.urgency(timedelta(seconds=180)) is Urgency.BREACHED


def test_inserting_a_phrase_of_a_stage_moves_the_bar_and_never_back() -> None:
    made = board(event(CustomerMessage, 0), inserted(5, stage="listen"), inserted(9, stage="greet"))
    conversation = made.get(ConversationId("anna"))
    assert conversation is not None
    assert conversation.stage is Stage.PARAPHRASE


def test_a_promise_is_shown_until_it_is_kept() -> None:
    promise = FollowupAdded(
        id=EventId("f"),
        at=at(1),
        followup=FollowupId("f1"),
        about="result",
        due=at(7200),
        conversation=ConversationId("anna"),
        promise=True,
    )
    made = board(event(CustomerMessage, 0), promise)
    assert made.view(at(5)).rows[0].promised == at(7200)
    made.follow(FollowupDone(id=EventId("d"), at=at(6), followup=FollowupId("f1")))
    assert made.view(at(7)).rows[0].promised is None


def test_a_buyer_begins_again_half_an_hour_after_the_end() -> None:
    made = board(event(CustomerMessage, 0), event(ConversationClosed, 10))
    anna = ConversationId("anna")
    assert not made.is_new(anna, at(10 + 1799))
    assert made.is_new(anna, at(10 + 1800))


@given(
    st.lists(st.tuples(st.sampled_from(["wrote", "answered", "closed"]), st.integers(0, 500)), max_size=40)
)
def test_a_wait_is_never_negative_nor_longer_than_the_day(acts: list[tuple[str, int]]) -> None:
    kinds = {"wrote": CustomerMessage, "answered": AgentMessage, "closed": ConversationClosed}
    made = board(*(event(kinds[name], seconds) for name, seconds in acts))
    for waiting in waits(made, 250).values():
        assert waiting is None or timedelta(0) <= waiting <= timedelta(seconds=500)
