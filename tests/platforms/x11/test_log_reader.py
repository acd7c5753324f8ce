"""Hearing who writes by accessibility, from a client that is played on a real message bus."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from sidebar.domain.chat_clients import ClientProfile, ItemKind, ReadingRule
from sidebar.domain.chat_logs import LogRule, Mark, MessageKind, Speaker
from sidebar.domain.identifiers import ClientName
from sidebar.domain.insertion import Rect
from sidebar.domain.log_growth import LogNews
from sidebar.platforms.x11.log_reader import AtSpiLogReader
from sidebar.ports import Cancel
from tests.platforms.x11.buses import Daemon
from tests.platforms.x11.chat_program import SHOWING, TITLE, WINDOW
from tests.platforms.x11.element_program import Part
from tests.platforms.x11.log_program import ACTIVE, AGENTS, BUYERS, LIST, SYSTEMS, LogProgram, TextLog
from tests.platforms.x11.loop import Loop

BUYER, AGENT, AUTO = Speaker.BUYER, Speaker.AGENT, Speaker.AUTO
SMITH = "Mr. Smith"
QUIET = timedelta(milliseconds=200)
TABS = ClientProfile(
    name=ClientName("tabs"),
    label="Tabs",
    programs=("Pidgin",),
    reading=ReadingRule(items=ItemKind.PAGE_TAB, buyer=re.compile("(?P<buyer>.+)"), bold=True),
    log=LogRule(
        by=Mark.COLOUR,
        speakers=(
            (AUTO, re.compile("<AUTO-REPLY>")),
            (AGENT, re.compile(AGENTS)),
            (BUYER, re.compile(BUYERS)),
        ),
    ),
)
IN_A_PAGE = LogRule(
    by=Mark.CLASS,
    items=MessageKind.SECTION,
    speakers=((AUTO, re.compile("robot")), (AGENT, re.compile("self")), (BUYER, re.compile("other"))),
    settle=timedelta(milliseconds=100),
)
PAGE = ClientProfile(
    name=ClientName("page"),
    label="Page",
    programs=("Pidgin",),
    reading=ReadingRule(items=ItemKind.LINK, buyer=re.compile(r"(?P<buyer>.+?)(?: (?P<unread>\d+))?$")),
    log=IN_A_PAGE,
)


@pytest.fixture
def program(daemon: Daemon, loop: Loop) -> Iterator[LogProgram]:
    program = LogProgram(daemon.address, loop)
    yield program
    program.close()


@pytest.fixture
def reader(daemon: Daemon, loop: Loop) -> Iterator[AtSpiLogReader]:
    reader = AtSpiLogReader(daemon.address, readiness=loop, scheduler=loop)
    yield reader
    reader.close()


@pytest.fixture
def log(program: LogProgram) -> TextLog:
    """Of a tab in which something has been said before."""
    log = program.add_tab(TITLE)
    program.write(log, (BUYERS, TITLE, "在吗？"), (AGENTS, "shop", "在的"))
    return log


class Heard:
    """What a reader has told, in order."""

    def __init__(self, reader: AtSpiLogReader, loop: Loop, profile: ClientProfile, named: str = "") -> None:
        self._reader = reader
        self._named = named
        self._loop = loop
        self._profile = profile
        self.followed: frozenset[str] = frozenset()
        self.news: list[tuple[str, Speaker]] = []
        self.again(frozenset({named or TITLE}))

    def again(self, followed: frozenset[str]) -> None:
        """Ask for the same window once more, and wait until *followed* are."""
        self.cancel: Cancel = self._reader.hear(WINDOW, self._profile, self._named, self._on_news)
        self._loop.until(lambda: self.followed == followed)

    def wait(self, count: int) -> list[tuple[str, Speaker]]:
        """What has been told once it is so much, and nothing more comes."""
        self._loop.until(lambda: len(self.news) >= count)
        self._loop.run(QUIET)
        return self.news

    def _on_news(self, news: LogNews) -> None:
        self.followed = news.followed
        self.news += [(news.buyer, speaker) for speaker in news.speakers]


def test_what_stands_in_a_log_is_old_and_what_comes_is_told(
    program: LogProgram, reader: AtSpiLogReader, loop: Loop, log: TextLog
) -> None:
    heard = Heard(reader, loop, TABS)
    program.write(log, (BUYERS, TITLE, "one line\nand another"))
    program.write(log, (AGENTS, "shop", "ok"))
    assert heard.wait(2) == [(TITLE, BUYER), (TITLE, AGENT)]


def test_several_messages_in_one_change_are_several(
    program: LogProgram, reader: AtSpiLogReader, loop: Loop, log: TextLog
) -> None:
    heard = Heard(reader, loop, TABS)
    program.write(log, (AGENTS, "shop", "ok"), (AGENTS, "shop", "more"), (BUYERS, TITLE, "thanks"))
    assert heard.wait(3) == [(TITLE, AGENT), (TITLE, AGENT), (TITLE, BUYER)]


def test_lines_of_the_client_itself_are_nobodys(
    program: LogProgram, reader: AtSpiLogReader, loop: Loop, log: TextLog
) -> None:
    heard = Heard(reader, loop, TABS)
    program.add_line(log, f"{TITLE} has signed off.", SYSTEMS)
    program.write(log, (BUYERS, TITLE, "hello?"))
    assert heard.wait(1) == [(TITLE, BUYER)]


def test_an_answer_in_a_buyers_coloured_words_is_none(
    program: LogProgram, reader: AtSpiLogReader, loop: Loop, log: TextLog
) -> None:
    heard = Heard(reader, loop, TABS)
    start = len(log.words())
    log.runs += [("\n", ""), ("(19:51:09) ", BUYERS), (f"{TITLE}: ", BUYERS), ("so blue", AGENTS)]
    program.tell_change(log, "insert", start, len(log.words()) - start)
    assert heard.wait(1) == [(TITLE, BUYER)]


def test_an_automatic_reply_is_told_by_the_name(
    program: LogProgram, reader: AtSpiLogReader, loop: Loop, log: TextLog
) -> None:
    heard = Heard(reader, loop, TABS)
    program.write(log, (AGENTS, "shop <AUTO-REPLY>", "back soon"), (BUYERS, f"{TITLE} <AUTO-REPLY>", "away"))
    program.write(log, (AGENTS, "shop", "ok"))
    assert heard.wait(2) == [(TITLE, AUTO), (TITLE, AGENT)]


def test_a_log_that_is_cleared_is_read_on(
    program: LogProgram, reader: AtSpiLogReader, loop: Loop, log: TextLog
) -> None:
    heard = Heard(reader, loop, TABS)
    program.clear(log)
    program.write(log, (BUYERS, TITLE, "hello?"))
    assert heard.wait(1) == [(TITLE, BUYER)]


def test_only_names_and_times_are_ever_asked_for(
    program: LogProgram, reader: AtSpiLogReader, loop: Loop, log: TextLog
) -> None:
    heard = Heard(reader, loop, TABS)
    asked: list[str] = []
    answer = program._methods["GetText"]

    def listen(thing: TextLog, start: int, end: int) -> tuple[str, tuple[object, ...]]:
        asked.append(log.words()[start:end])
        return answer(thing, start, end)

    program._methods["GetText"] = listen
    program.write(log, (BUYERS, TITLE, "四号楼三单元"))
    program.add_line(log, "a line of the client's own", SYSTEMS)
    heard.wait(1)
    assert asked == [f"\n(19:51:04) {TITLE}: "]


@pytest.mark.usefixtures("log")
def test_nothing_is_asked_while_nothing_is_written(
    program: LogProgram, reader: AtSpiLogReader, loop: Loop
) -> None:
    Heard(reader, loop, TABS)
    program.asked.clear()
    program.tell(program.name, "TextChanged")
    loop.run(timedelta(milliseconds=1200))
    assert program.asked == []


def test_a_tab_that_comes_later_is_heard_from_the_next_look_on(
    program: LogProgram, reader: AtSpiLogReader, loop: Loop, log: TextLog
) -> None:
    heard = Heard(reader, loop, TABS)
    other = program.add_tab(SMITH)
    program.write(other, (BUYERS, SMITH, "hello?"))
    heard.again(frozenset({TITLE, SMITH}))
    program.write(log, (AGENTS, "shop", "ok"))
    program.write(other, (BUYERS, SMITH, "hello??"))
    assert sorted(heard.wait(2)) == sorted([(TITLE, AGENT), (SMITH, BUYER)])


def test_buyers_of_one_name_are_heard_each(
    program: LogProgram, reader: AtSpiLogReader, loop: Loop, log: TextLog
) -> None:
    other = program.add_tab(TITLE)
    heard = Heard(reader, loop, TABS)
    program.write(log, (BUYERS, TITLE, "hello?"))
    program.write(other, (BUYERS, TITLE, "hello?"))
    assert heard.wait(2) == [(TITLE, BUYER), (TITLE, BUYER)]


def test_a_tab_that_is_closed_is_followed_no_more(
    program: LogProgram, reader: AtSpiLogReader, loop: Loop, log: TextLog
) -> None:
    heard = Heard(reader, loop, TABS)
    program.add_tab(SMITH)
    heard.again(frozenset({TITLE, SMITH}))
    program.window.parts.pop()
    heard.again(frozenset({TITLE}))
    program.write(log, (BUYERS, TITLE, "hello?"))
    assert heard.wait(1) == [(TITLE, BUYER)]


def test_what_is_written_while_the_program_is_busy_is_told_later(
    program: LogProgram, reader: AtSpiLogReader, loop: Loop, log: TextLog
) -> None:
    heard = Heard(reader, loop, TABS)
    program.busy = True
    program.write(log, (BUYERS, TITLE, "hello?"))
    loop.run(timedelta(milliseconds=700))
    assert heard.news == []
    program.recover()
    assert heard.wait(1) == [(TITLE, BUYER)]


@pytest.mark.usefixtures("log")
def test_nobody_is_followed_once_the_bus_is_lost(reader: AtSpiLogReader, loop: Loop, daemon: Daemon) -> None:
    heard = Heard(reader, loop, TABS)
    daemon.stop()
    loop.until(lambda: not heard.followed)


def test_a_log_that_comes_after_the_window_is_looked_for_again(
    program: LogProgram, reader: AtSpiLogReader, loop: Loop
) -> None:
    heard: list[LogNews] = []
    reader.hear(WINDOW, TABS, "", heard.append)
    loop.run(QUIET)
    assert heard == []
    program.add_tab(TITLE)
    loop.until(lambda: bool(heard))
    assert heard == [LogNews(followed=frozenset({TITLE}))]
    assert program.wanted == ["object:text-changed"]


def test_the_messages_of_a_page_are_told_by_their_class(
    program: LogProgram, reader: AtSpiLogReader, loop: Loop
) -> None:
    program.say("message other")
    heard = Heard(reader, loop, PAGE)
    program.say("date")
    program.say("message other")
    program.say("message self robot")
    program.say("message self")
    assert heard.wait(3) == [(TITLE, BUYER), (TITLE, AUTO), (TITLE, AGENT)]


def test_the_messages_of_a_long_log_are_not_all_looked_at(
    program: LogProgram, reader: AtSpiLogReader, loop: Loop
) -> None:
    for _ in range(200):
        program.say("message other")
    heard = Heard(reader, loop, PAGE)
    program.asked.clear()
    program.say("message self")
    assert heard.wait(1) == [(TITLE, AGENT)]
    assert "GetChildren" not in program.asked
    assert program.asked.count("GetChildAtIndex") == 32


def test_messages_that_come_into_an_empty_page_are_found_where_they_are(
    program: LogProgram, reader: AtSpiLogReader, loop: Loop
) -> None:
    rows = Part(path="/rows", role=LIST, place=Rect(0, 0, 100, 100))
    outer, program.log = program.log, rows
    outer.parts = [rows]
    heard = Heard(reader, loop, PAGE)
    program.say("message other")  # what is loaded late may as well have been there before
    loop.run(3 * QUIET)
    program.say("message self")
    assert heard.wait(1) == [(TITLE, AGENT)]


def test_older_messages_that_come_up_above_are_not_told(
    program: LogProgram, reader: AtSpiLogReader, loop: Loop
) -> None:
    program.say("message other")
    heard = Heard(reader, loop, PAGE)
    program.say("message other", first=True)
    program.say("message self")
    assert heard.wait(1) == [(TITLE, AGENT)]


def test_another_buyers_messages_have_been_there_before(
    program: LogProgram, reader: AtSpiLogReader, loop: Loop
) -> None:
    program.say("message other")
    heard = Heard(reader, loop, PAGE)
    program.turn_to(1, "message other", "message self", "message other")
    loop.until(lambda: heard.followed == {SMITH})
    program.say("message self")
    assert heard.wait(1) == [(SMITH, AGENT)]


def test_the_name_that_was_pointed_at_counts_before_title_and_list(
    program: LogProgram, reader: AtSpiLogReader, loop: Loop
) -> None:
    program.say("message other")
    heard = Heard(reader, loop, PAGE, "李先生")
    program.say("message other")
    assert heard.wait(1) == [("李先生", BUYER)]


def test_the_title_counts_before_the_list(program: LogProgram, reader: AtSpiLogReader, loop: Loop) -> None:
    program.say("message other")
    heard = Heard(reader, loop, replace(PAGE, buyer=re.compile("^(?P<buyer>.+)$")))
    for place, link in enumerate(program.links):
        link.states = {ACTIVE, SHOWING} if place == 1 else {SHOWING}
    program.say("message self")
    assert heard.wait(1) == [(TITLE, AGENT)]


def test_a_side_tells_who_wrote_where_nothing_else_does(
    program: LogProgram, reader: AtSpiLogReader, loop: Loop
) -> None:
    by_side = replace(
        IN_A_PAGE, by=Mark.SIDE, speakers=((AGENT, re.compile("right")), (BUYER, re.compile("left")))
    )
    program.say("")
    heard = Heard(reader, loop, replace(PAGE, log=by_side))
    program.say("", x=50)
    program.say("", x=25)  # a date, in the middle
    program.say("", x=0)
    assert heard.wait(2) == [(TITLE, AGENT), (TITLE, BUYER)]


def test_two_windows_are_heard_side_by_side(
    program: LogProgram, reader: AtSpiLogReader, loop: Loop, log: TextLog
) -> None:
    heard = Heard(reader, loop, TABS)
    other: list[LogNews] = []
    program.buddies.parts.append(program.window.parts[-1])
    cancel = reader.hear(replace(WINDOW, handle=8, title="Buddy List"), TABS, "", other.append)
    loop.until(lambda: bool(other))
    program.write(log, (AGENTS, "shop", "ok"))
    assert heard.wait(1) == [(TITLE, AGENT)]
    assert [news.speakers for news in other] == [(), (AGENT,)]
    cancel()
    program.write(log, (AGENTS, "shop", "more"))
    assert heard.wait(2) == [(TITLE, AGENT)] * 2
    assert len(other) == 2


def test_nothing_is_heard_or_wanted_once_it_is_taken_back(
    program: LogProgram, reader: AtSpiLogReader, loop: Loop, log: TextLog
) -> None:
    heard = Heard(reader, loop, TABS)
    assert program.wanted == ["object:text-changed"]
    heard.cancel()
    loop.until(lambda: program.wanted == [])
    program.asked.clear()
    program.write(log, (BUYERS, TITLE, "hello?"))
    loop.run(QUIET)
    assert program.asked == []
