"""What other programs store is told in portions, so that a flood of it keeps no frame waiting."""

from datetime import timedelta

from sidebar.domain.events import Event
from sidebar.services.journal import Journal
from tests.domain.shop import Buyer
from tests.fakes import FakeHistory, FakeTime

ANNA = Buyer("Anna")


def test_a_flood_is_told_in_portions_each_in_its_own_turn_of_the_loop() -> None:
    time, history = FakeTime(), FakeHistory()
    told: list[Event] = []
    journal = Journal(history=history, scheduler=time, on_trouble=lambda _: None)
    journal.listen(told.append)
    history.foreign = [ANNA.writes(f"09:00:{number % 60}") for number in range(1000)]
    journal.catch_up()
    first = len(told)
    assert 0 < first < 1000
    journal.catch_up()  # the next second has passed meanwhile
    assert len(told) == first
    time.advance(timedelta(seconds=1))
    assert len(told) == 1000
    assert history.stored == told
