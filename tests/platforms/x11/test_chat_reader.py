"""Reading a list of conversations by accessibility, from a client that is played on a real message bus."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from sidebar.domain.chat_clients import ItemKind, ReadingRule
from sidebar.domain.chat_reading import ListEntry
from sidebar.platforms.x11.chat_reader import AtSpiChatReader
from sidebar.ports import Cancel
from tests.platforms.x11.buses import Daemon
from tests.platforms.x11.chat_program import TITLE, WINDOW, ChatProgram, Thing
from tests.platforms.x11.loop import Loop

LIST_ITEM, PAGE_TAB = 32, 37  # of atspi-constants.h
RULE = ReadingRule(items=ItemKind.PAGE_TAB, buyer=re.compile("(?P<buyer>.+)"), bold=True)
LIST, ACTIVE, SHOWING = 31, 1, 25
LOOK = ["GetMatches", *(["Get", "GetState", "GetAttributes"] * 2)]
PLAIN, BOLD = {"justification": "left"}, {"weight": "700", "justification": "left"}


@pytest.fixture
def program(daemon: Daemon, loop: Loop) -> Iterator[ChatProgram]:
    program = ChatProgram(daemon.address, loop)
    program.panel.parts += [
        Thing(path="/one", role=PAGE_TAB, name=TITLE, style=PLAIN),
        Thing(path="/two", role=PAGE_TAB, name="Mr. Smith", style=BOLD),
        Thing(path="/item", role=LIST_ITEM, name="李先生 3"),
    ]
    yield program
    program.close()


@pytest.fixture
def reader(daemon: Daemon, loop: Loop) -> Iterator[AtSpiChatReader]:
    reader = AtSpiChatReader(daemon.address, readiness=loop, scheduler=loop)
    yield reader
    reader.close()


class Told:
    """What a watch has told, in order."""

    def __init__(self, reader: AtSpiChatReader, loop: Loop, rule: ReadingRule = RULE) -> None:
        self._loop = loop
        self.lists: list[tuple[ListEntry, ...]] = []
        self.cancel: Cancel = reader.watch(WINDOW, rule, self.lists.append)
        assert self.lists == []

    def next(self) -> tuple[ListEntry, ...]:
        before = len(self.lists)
        self._loop.until(lambda: len(self.lists) > before)
        return self.lists[-1]


def entry(name: str, *, bold: bool = False) -> ListEntry:
    return ListEntry(name=name, bold=bold)


def test_tells_the_names_and_which_are_bold(
    program: ChatProgram, reader: AtSpiChatReader, loop: Loop
) -> None:
    assert Told(reader, loop).next() == (entry(TITLE), entry("Mr. Smith", bold=True))
    assert program.asked[-len(LOOK) :] == LOOK


def test_asks_for_no_style_where_names_say_all(
    program: ChatProgram, reader: AtSpiChatReader, loop: Loop
) -> None:
    rule = replace(RULE, items=ItemKind.LIST_ITEM, bold=False)
    assert Told(reader, loop, rule).next() == (entry("李先生 3"),)
    assert "GetAttributes" not in program.asked


def test_looks_only_within_what_the_rule_names(
    program: ChatProgram, reader: AtSpiChatReader, loop: Loop
) -> None:
    shown = Thing(path="/shown", role=LIST_ITEM, name="王小姐", states={ACTIVE, SHOWING})
    program.panel.parts.append(Thing(path="/list", role=LIST, name="会话", parts=[shown]))
    rule = replace(RULE, items=ItemKind.LIST_ITEM, bold=False, within=re.compile("^会话$"))
    assert Told(reader, loop, rule).next() == (ListEntry(name="王小姐", open=True),)


def test_tells_again_only_of_a_change(program: ChatProgram, reader: AtSpiChatReader, loop: Loop) -> None:
    told = Told(reader, loop)
    told.next()
    looks = program.asked.count("GetMatches")
    loop.until(lambda: program.asked.count("GetMatches") > looks + 1)
    assert len(told.lists) == 1
    program.panel.parts[-3].style = BOLD
    assert told.next() == (entry(TITLE, bold=True), entry("Mr. Smith", bold=True))


def test_never_asks_what_is_written_in_the_window(
    program: ChatProgram, reader: AtSpiChatReader, loop: Loop
) -> None:
    Told(reader, loop).next()
    assert not {"GetText", "GetCaretOffset", "GetSelection"} & set(program.asked)


def test_finds_a_window_that_is_known_even_under_another_title(
    program: ChatProgram, reader: AtSpiChatReader, loop: Loop
) -> None:
    Told(reader, loop).next()
    program.frame.name = "[1] " + TITLE
    program.asked.clear()
    Told(reader, loop).next()
    assert program.asked == LOOK


def test_a_busy_program_is_not_told_of_and_asked_again(
    program: ChatProgram, reader: AtSpiChatReader, loop: Loop
) -> None:
    program.busy = True
    told = Told(reader, loop)
    loop.until(lambda: bool(program.asked))
    asked = len(program.asked)
    loop.until(lambda: len(program.asked) > asked)
    assert told.lists == []
    program.recover()
    assert told.next() == (entry(TITLE), entry("Mr. Smith", bold=True))


def test_a_watch_ends_the_one_before(program: ChatProgram, reader: AtSpiChatReader, loop: Loop) -> None:
    before = Told(reader, loop)
    before.next()
    after = Told(reader, loop)
    after.next()
    program.panel.parts[-3].style = BOLD
    after.next()
    assert (len(before.lists), len(after.lists)) == (1, 2)


def test_a_watch_that_is_taken_back_asks_nothing_more(
    program: ChatProgram, reader: AtSpiChatReader, loop: Loop
) -> None:
    told = Told(reader, loop)
    told.next()
    told.cancel()
    program.asked.clear()
    loop.run(timedelta(milliseconds=1200))
    assert program.asked == []
