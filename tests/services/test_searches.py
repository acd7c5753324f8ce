"""Each buyer's query is remembered until the conversation is closed."""

from datetime import UTC, datetime

from sidebar.domain.events import ConversationClosed
from sidebar.domain.identifiers import ClientName, ConversationId, EventId
from sidebar.services.searches import Searches

ZHANG, LI = ConversationId("zhang"), ConversationId("li")


def closed(conversation: ConversationId) -> ConversationClosed:
    at = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
    return ConversationClosed(id=EventId("e"), at=at, conversation=conversation, client=ClientName("pidgin"))


def test_each_buyer_has_a_query_of_their_own() -> None:
    searches = Searches()
    searches.keep(ZHANG, "wl")
    searches.keep(LI, "退款")
    searches.keep(None, "x")
    assert [searches.query(each) for each in (ZHANG, LI, None)] == ["wl", "退款", "x"]


def test_a_query_that_was_cleared_is_gone() -> None:
    searches = Searches()
    searches.keep(ZHANG, "wl")
    searches.keep(ZHANG, "")
    assert searches.query(ZHANG) == ""


def test_a_closed_conversation_is_forgotten() -> None:
    searches = Searches()
    searches.keep(ZHANG, "wl")
    searches.keep(LI, "退款")
    searches.follow(closed(ZHANG))
    assert [searches.query(each) for each in (ZHANG, LI)] == ["", "退款"]
