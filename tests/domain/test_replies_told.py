"""What a log shows beside what has been told before: nothing counts twice."""

from datetime import UTC, datetime, timedelta

from sidebar.domain.events import (
    AgentMessage,
    Author,
    ConversationClosed,
    CustomerMessage,
    InsertionPath,
    PhraseInserted,
)
from sidebar.domain.identifiers import ClientName, ConversationId, EventId, InsertionId, PhraseId
from sidebar.domain.replies_told import RepliesTold, Told

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
WHO, CLIENT = ConversationId("shop:王小姐"), ClientName("shop")


def inserted() -> PhraseInserted:
    return PhraseInserted(
        id=EventId("e"),
        at=NOW,
        conversation=WHO,
        client=CLIENT,
        insertion=InsertionId("i"),
        phrase=PhraseId("p"),
        path=InsertionPath.PASTE,
        characters=3,
    )


def answered(seen: str = "agent", by: Author = Author.HUMAN) -> AgentMessage:
    return AgentMessage(id=EventId("e"), at=NOW, conversation=WHO, client=CLIENT, by=by, extra={"seen": seen})


def wrote(seen: str) -> CustomerMessage:
    return CustomerMessage(id=EventId("e"), at=NOW, conversation=WHO, client=CLIENT, extra={"seen": seen})


def after(seconds: int) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_what_nothing_else_has_told_of_is_news() -> None:
    told = RepliesTold()
    assert told.buyer_wrote(WHO, NOW) is Told.ANEW
    assert told.agent_wrote(WHO, NOW, waits=True) is Told.ANEW


def test_an_inserted_phrase_has_been_told_of_once_it_is_sent() -> None:
    told = RepliesTold()
    told.follow(inserted())
    assert told.agent_wrote(WHO, after(20), waits=False) is Told.BEFORE
    assert told.agent_wrote(WHO, after(25), waits=False) is Told.ANEW


def test_a_phrase_that_is_sent_after_the_buyer_wrote_again_answers_that() -> None:
    told = RepliesTold()
    told.follow(inserted())
    assert told.agent_wrote(WHO, after(20), waits=True) is Told.AS_PHRASE


def test_an_answer_that_was_marked_by_hand_is_not_told_of_again() -> None:
    told = RepliesTold()
    told.follow(answered())
    assert told.agent_wrote(WHO, after(5), waits=False) is Told.BEFORE


def test_an_answer_to_what_came_after_the_mark_is_news() -> None:
    told = RepliesTold()
    told.follow(answered())
    assert told.agent_wrote(WHO, after(5), waits=True) is Told.ANEW


def test_a_phrase_that_was_never_sent_is_not_waited_for_for_ever() -> None:
    told = RepliesTold()
    told.follow(inserted())
    assert told.agent_wrote(WHO, after(121), waits=True) is Told.ANEW


def test_a_bots_answer_says_nothing_of_the_agents() -> None:
    told = RepliesTold()
    told.follow(answered(by=Author.BOT))
    assert told.agent_wrote(WHO, after(1), waits=True) is Told.ANEW


def test_what_the_log_has_told_of_is_not_looked_for_in_it_again() -> None:
    told = RepliesTold()
    told.follow(answered(seen="log"))
    told.follow(wrote(seen="log"))
    assert told.agent_wrote(WHO, after(1), waits=True) is Told.ANEW
    assert told.buyer_wrote(WHO, after(1)) is Told.ANEW


def test_a_message_that_the_title_has_told_of_is_the_one_that_comes_up_at_once() -> None:
    told = RepliesTold()
    told.follow(wrote(seen="title"))
    assert told.buyer_wrote(WHO, after(1)) is Told.BEFORE
    assert told.buyer_wrote(WHO, after(1)) is Told.ANEW


def test_a_message_that_comes_later_is_another() -> None:
    told = RepliesTold()
    told.follow(wrote(seen="title"))
    assert told.buyer_wrote(WHO, after(3)) is Told.ANEW


def test_what_the_list_has_told_of_was_there_before_its_log_was_read() -> None:
    told = RepliesTold()
    told.follow(wrote(seen="unread"))
    assert told.buyer_wrote(WHO, after(1)) is Told.ANEW


def test_a_message_after_an_answer_is_another_however_soon() -> None:
    told = RepliesTold()
    told.follow(wrote(seen="title"))
    assert told.agent_wrote(WHO, after(1), waits=True) is Told.ANEW
    assert told.buyer_wrote(WHO, after(1)) is Told.ANEW


def test_the_end_of_a_conversation_is_the_end_of_what_was_expected() -> None:
    told = RepliesTold()
    told.follow(inserted())
    told.follow(ConversationClosed(id=EventId("c"), at=after(1), conversation=WHO, client=CLIENT))
    assert told.agent_wrote(WHO, after(2), waits=False) is Told.ANEW
