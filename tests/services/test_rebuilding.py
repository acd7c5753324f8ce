"""Each event goes to those who hear its kind, in their order."""

from sidebar.domain.events import ConversationEvent, CustomerMessage, Event, ShiftBegun
from sidebar.domain.identifiers import EventId, ShiftId
from sidebar.services.rebuilding import rebuild
from tests.domain.shop import Buyer
from tests.fakes import START


class Listening:
    def __init__(self, name: str, log: list[str], *hears: type[Event]) -> None:
        self.name, self.log, self.hears = name, log, hears

    def follow(self, event: Event) -> None:
        self.log.append(f"{self.name} {event.type}")


def test_who_does_not_hear_a_kind_is_not_told() -> None:
    log: list[str] = []
    folds = (Listening("a", log, ConversationEvent), Listening("b", log, ShiftBegun, CustomerMessage))
    anna = Buyer("Anna")
    begun = ShiftBegun(id=EventId("s"), at=START, shift=ShiftId("s"), agent="")
    rebuild([begun, anna.writes("09:00"), anna.is_answered("09:01")], folds)
    assert log == ["b shift_begun", "a customer_message", "b customer_message", "a agent_message"]
