"""What an entry of a client's list says of unread messages."""

import re

from sidebar.domain.chat_clients import ItemKind, ReadingRule
from sidebar.domain.chat_reading import ListEntry, open_buyer, unread

TABS = ReadingRule(items=ItemKind.PAGE_TAB, buyer=re.compile(r"^(?P<buyer>\S.*?)\s*$"), bold=True)
BADGES = ReadingRule(items=ItemKind.LIST_ITEM, buyer=re.compile(r"^(?P<buyer>\S.*?)(?:\s+(?P<unread>\d+))?$"))


def entries(*names: str, bold: bool = False) -> tuple[ListEntry, ...]:
    return tuple(ListEntry(name=name, bold=bold) for name in names)


def test_a_bold_name_has_something_unread() -> None:
    told = unread(entries("王小姐") + entries("Mr. Smith", bold=True), TABS)
    assert told == {"王小姐": 0, "Mr. Smith": 1}


def test_a_badge_in_the_name_is_the_number_of_messages() -> None:
    assert unread(entries("王小姐 12", "Mr. Smith"), BADGES) == {"王小姐": 12, "Mr. Smith": 0}


def test_bold_says_nothing_where_the_rule_does_not_say_so() -> None:
    assert unread(entries("王小姐", bold=True), BADGES) == {"王小姐": 0}


def test_an_entry_that_names_nobody_is_passed_over() -> None:
    assert unread(entries("", "  ", "王小姐"), TABS) == {"王小姐": 0}


def test_a_buyer_who_is_listed_twice_has_written_once() -> None:
    assert unread(entries("王小姐 2", "Mr. Smith", "王小姐 2"), BADGES) == {"王小姐": 2, "Mr. Smith": 0}


def test_the_entry_that_is_marked_names_who_is_open() -> None:
    shown = ListEntry(name="Mr. Smith 2", open=True)
    assert open_buyer((*entries("王小姐 1"), shown), BADGES) == "Mr. Smith"


def test_nobody_is_open_where_none_or_several_are_marked() -> None:
    several = tuple(ListEntry(name=name, open=True) for name in ("王小姐", "Mr. Smith"))
    assert open_buyer(entries("王小姐"), BADGES) == ""
    assert open_buyer(several, BADGES) == ""
