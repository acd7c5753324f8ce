"""Pointing at elements by accessibility, in a client that is played on a real message bus."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from sidebar.domain.element_rules import ElementRule, Match, Step, rule_for
from sidebar.domain.elements import Glimpse, Trace
from sidebar.domain.insertion import Rect
from sidebar.platforms.x11.elements import AtSpiElements
from tests.platforms.x11.buses import Daemon
from tests.platforms.x11.chat_program import SHOWING, TITLE, WINDOW
from tests.platforms.x11.element_program import ElementProgram, Part
from tests.platforms.x11.loop import Loop

NAME, ENTRY, FIRST, SECOND = (120, 20), (120, 70), (10, 10), (10, 30)


@pytest.fixture
def program(daemon: Daemon, loop: Loop) -> Iterator[ElementProgram]:
    program = ElementProgram(daemon.address, loop)
    yield program
    program.close()


@pytest.fixture
def elements(daemon: Daemon, loop: Loop) -> Iterator[AtSpiElements]:
    elements = AtSpiElements(daemon.address, readiness=loop, scheduler=loop)
    yield elements
    elements.close()


def glimpse(elements: AtSpiElements, loop: Loop, x: int, y: int) -> Glimpse | None:
    seen: list[Glimpse | None] = []
    elements.glimpse(WINDOW, x, y, seen.append)
    assert seen == []
    loop.until(lambda: bool(seen))
    return seen[0]


def pointed_at(elements: AtSpiElements, loop: Loop, place: tuple[int, int]) -> ElementRule:
    assert glimpse(elements, loop, *place) is not None
    traced: list[Trace | None] = []
    elements.trace(WINDOW, traced.append)
    loop.until(lambda: bool(traced))
    assert traced[0] is not None
    rule = rule_for(traced[0])
    assert rule is not None
    return rule


class Told:
    """What a watch has told, in order."""

    def __init__(self, elements: AtSpiElements, loop: Loop, rule: ElementRule) -> None:
        self._loop = loop
        self.readings: list[tuple[Match, str]] = []
        self.cancel = elements.watch(WINDOW, rule, lambda *reading: self.readings.append(reading))

    def next(self) -> tuple[Match, str]:
        before = len(self.readings)
        self._loop.until(lambda: len(self.readings) > before)
        return self.readings[-1]


def test_tells_what_is_under_the_pointer(
    program: ElementProgram, elements: AtSpiElements, loop: Loop
) -> None:
    assert glimpse(elements, loop, *NAME) == Glimpse(words=TITLE, place=program.name.place)
    assert glimpse(elements, loop, *SECOND) == Glimpse(words="Mr. Smith", place=Rect(0, 20, 90, 20))
    assert glimpse(elements, loop, 500, 500) is None
    program.deep = True  # names the innermost at the first question
    assert glimpse(elements, loop, *NAME) == Glimpse(words=TITLE, place=program.name.place)


def test_what_stands_in_an_input_box_is_never_read(
    program: ElementProgram, elements: AtSpiElements, loop: Loop
) -> None:
    seen = glimpse(elements, loop, *ENTRY)
    assert seen == Glimpse(words="", place=program.entry.place, editable=True)
    assert "GetText" not in program.asked


def test_a_text_without_a_name_is_read_unless_it_is_too_long_for_one(
    program: ElementProgram, elements: AtSpiElements, loop: Loop
) -> None:
    program.name.name, program.name.text = "", " 李先生\ufffc "
    assert (seen := glimpse(elements, loop, *NAME)) is not None
    assert seen.words == "李先生"
    program.name.text = "在吗？" * 100
    assert (seen := glimpse(elements, loop, *NAME)) is not None
    assert seen.words == ""


def test_what_a_tab_would_show_is_not_where_the_tab_is(
    program: ElementProgram, elements: AtSpiElements, loop: Loop
) -> None:
    tab = program.items[0]
    tab.would_show = Part(path="/talk", kind="filler", name="talk", place=Rect(100, 0, 200, 100))
    tab.parts.append(tab.would_show)
    assert glimpse(elements, loop, *FIRST) == Glimpse(words=TITLE, place=tab.place)


@pytest.mark.usefixtures("program")
def test_the_way_begins_at_the_page_and_ends_at_what_holds_the_name(
    elements: AtSpiElements, loop: Loop
) -> None:
    rule = pointed_at(elements, loop, NAME)
    assert rule.page == "document web"
    assert rule.steps == (Step(role="section"), Step(role="heading", id="who"))


def test_an_entry_is_chosen_where_its_list_says_so(
    program: ElementProgram, elements: AtSpiElements, loop: Loop
) -> None:
    rule = pointed_at(elements, loop, FIRST)
    assert rule.steps == (Step(role="list"), Step(role="list item", chosen=True))
    told = Told(elements, loop, rule)
    assert told.next() == (Match.FOUND, TITLE)
    program.list.chosen = program.items[1]
    program.tell(program.list, "SelectionChanged")
    assert told.next() == (Match.FOUND, "Mr. Smith")


def test_tells_again_when_the_element_has_changed_and_asks_nothing_meanwhile(
    program: ElementProgram, elements: AtSpiElements, loop: Loop
) -> None:
    told = Told(elements, loop, pointed_at(elements, loop, NAME))
    assert told.next() == (Match.FOUND, TITLE)
    loop.run(timedelta(milliseconds=400))
    program.asked.clear()
    program.tell(program.entry, "TextChanged")  # typing is none of its business
    loop.run(timedelta(milliseconds=300))
    assert program.asked == []
    program.open("Mr. Smith")
    assert told.next() == (Match.FOUND, "Mr. Smith")
    loop.run(timedelta(milliseconds=300))
    assert told.readings == [(Match.FOUND, TITLE), (Match.FOUND, "Mr. Smith")]


def test_another_title_does_not_lose_the_window(
    program: ElementProgram, elements: AtSpiElements, loop: Loop
) -> None:
    told = Told(elements, loop, pointed_at(elements, loop, NAME))
    told.next()
    program.window.name = "Mr. Smith"
    program.open("Mr. Smith")
    assert told.next() == (Match.FOUND, "Mr. Smith")


def test_an_element_that_goes_away_and_comes_back_is_told(
    program: ElementProgram, elements: AtSpiElements, loop: Loop
) -> None:
    told = Told(elements, loop, pointed_at(elements, loop, NAME))
    told.next()
    loop.run(timedelta(milliseconds=300))
    program.heading.states = frozenset()
    program.tell(program.heading, "StateChanged")
    assert told.next() == (Match.NONE, "")
    program.heading.states = frozenset({SHOWING})
    assert told.next() == (Match.FOUND, TITLE)


def test_a_busy_program_is_not_told_of_and_asked_again(
    program: ElementProgram, elements: AtSpiElements, loop: Loop
) -> None:
    rule = pointed_at(elements, loop, NAME)
    program.busy = True
    told = Told(elements, loop, rule)
    loop.run(timedelta(milliseconds=700))
    assert told.readings == []
    program.recover()
    assert told.next() == (Match.FOUND, TITLE)


def test_nobody_hears_anything_once_all_watches_are_over(
    program: ElementProgram, elements: AtSpiElements, loop: Loop
) -> None:
    rule = pointed_at(elements, loop, NAME)
    first, second = Told(elements, loop, rule), Told(elements, loop, rule)
    first.next()
    loop.until(lambda: bool(second.readings))
    first.cancel()
    first.cancel()
    program.open("Mr. Smith")
    second.next()
    assert first.readings == [(Match.FOUND, TITLE)]
    second.cancel()
    loop.run(timedelta(milliseconds=200))
    program.asked.clear()
    program.open("李先生")
    loop.run(timedelta(milliseconds=300))
    assert program.asked == []


def test_the_way_is_to_what_was_seen_even_where_something_else_is_there_by_now(
    program: ElementProgram, elements: AtSpiElements, loop: Loop
) -> None:
    assert glimpse(elements, loop, *NAME) is not None
    program.name.place = program.heading.place = Rect(0, 0, 1, 1)
    traced: list[Trace | None] = []
    elements.trace(WINDOW, traced.append)
    loop.until(lambda: bool(traced))
    assert traced[0] is not None
    assert traced[0].levels[-1].element.words == TITLE


def test_without_a_glimpse_there_is_no_way(elements: AtSpiElements, loop: Loop) -> None:
    traced: list[Trace | None] = []
    elements.trace(WINDOW, traced.append)
    loop.until(lambda: bool(traced))
    assert traced == [None]


def test_a_program_that_never_answers_is_told_as_not_there(elements: AtSpiElements, loop: Loop) -> None:
    told = Told(elements, loop, ElementRule(steps=(Step(role="heading"),), buyer=re.compile("(?P<buyer>.+)")))
    assert told.next() == (Match.NONE, "")


def test_without_the_program_there_is_nothing(elements: AtSpiElements, loop: Loop) -> None:
    assert glimpse(elements, loop, *NAME) is None
