"""What other connections store is heard of once, and our own is not news."""

from pathlib import Path

from sidebar.storage.history import SqliteHistory
from tests.domain.shop import Buyer

ANNA = Buyer("Anna")


def test_hears_of_others_events_once_and_never_of_its_own(tmp_path: Path) -> None:
    with SqliteHistory(tmp_path / "h.db") as ours, SqliteHistory(tmp_path / "h.db") as theirs:
        assert ours.news() == ()
        first, second, third = (ANNA.opens(f"09:0{minute}") for minute in range(3))
        ours.append(first)
        assert ours.news() == ()
        theirs.append(second)
        ours.append(third)
        assert ours.news() == (second,)
        assert ours.news() == ()
        assert theirs.news() == (first, third)


def test_what_was_there_at_the_opening_is_no_news(tmp_path: Path) -> None:
    with SqliteHistory(tmp_path / "h.db") as theirs:
        theirs.append(ANNA.opens("09:00"))
        with SqliteHistory(tmp_path / "h.db") as ours:
            theirs.append(second := ANNA.opens("09:01"))
            assert ours.news() == (second,)


def test_much_news_is_told_in_portions(tmp_path: Path) -> None:
    with SqliteHistory(tmp_path / "h.db") as ours, SqliteHistory(tmp_path / "h.db") as theirs:
        events = [ANNA.opens(f"09:{minute:02d}") for minute in range(10)]
        theirs.append(*events[:4])
        ours.append(*events[4:6])
        theirs.append(*events[6:])
        told = [ours.news(3) for _ in range(5)]
        assert [event for portion in told for event in portion] == [*events[:4], *events[6:]]
        assert all(len(portion) <= 3 for portion in told)
        assert told[-1] == ()
