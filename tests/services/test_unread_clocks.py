"""Clocks from a client's list, on fakes: what the list says, and what the history holds then."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, timedelta
from itertools import count

import pytest

from sidebar.domain.chat_clients import ChatWindow, ClientProfile, ItemKind, ReadingRule
from sidebar.domain.chat_reading import ListEntry
from sidebar.domain.conversations import Thresholds
from sidebar.domain.events import AgentMessage, ConversationEvent
from sidebar.domain.identifiers import ClientName, ConversationId
from sidebar.domain.insertion import WindowInfo
from sidebar.domain.log_growth import LogNews
from sidebar.ports import Cancel
from sidebar.services.board import Board
from sidebar.services.journal import Journal
from sidebar.services.stamping import Stamp, Subject
from sidebar.services.unread_clocks import UnreadClocks
from tests.fakes import FakeHistory, FakeTime

RULE = ReadingRule(items=ItemKind.LIST_ITEM, buyer=re.compile(r"^(?P<buyer>\S.*?)(?:\s+(?P<unread>\d+))?$"))
SHOP = ClientProfile(name=ClientName("shop"), label="Shop", programs=("Shop",), reading=RULE)
CHAT = ChatWindow(window=WindowInfo(handle=7, pid=70, program="Shop", title="Shop"), profile=SHOP)
OTHER = replace(CHAT, window=replace(CHAT.window, handle=8))


class FakeReader:
    """Tells what the test says is in the list, to the watch that runs."""

    def __init__(self) -> None:
        self.watched: list[int] = []
        self._told: Callable[[tuple[ListEntry, ...]], None] | None = None

    def watch(
        self, window: WindowInfo, rule: ReadingRule, told: Callable[[tuple[ListEntry, ...]], None]
    ) -> Cancel:
        assert rule is RULE
        self.watched.append(window.handle)
        self._told = told

        def cancel() -> None:
            self._told = None

        return cancel

    def hear(
        self, window: WindowInfo, profile: ClientProfile, named: str, told: Callable[[LogNews], None]
    ) -> Cancel:
        del profile, named, told
        raise AssertionError(f"nobody is heard in {window.handle}")

    @property
    def watches(self) -> bool:
        return self._told is not None

    def show(self, *names: str, open: str = "") -> None:
        assert self._told is not None
        self._told(tuple(ListEntry(name=name, open=name == open) for name in names))


class Scene:
    def __init__(self) -> None:
        self.time = FakeTime()
        self.history = FakeHistory()
        self.reader = FakeReader()
        self.board = Board(thresholds=Thresholds())
        self.journal = Journal(history=self.history, scheduler=self.time, on_trouble=lambda _: None)
        self.journal.listen(self.board.follow)
        numbers = count(1)
        self.stamp = Stamp(clock=self.time, zone=UTC, new_id=lambda: f"e{next(numbers)}")
        self.shown: list[tuple[int, str]] = []
        self.clocks = self.begin()

    def begin(self) -> UnreadClocks:
        clocks = UnreadClocks(
            reader=self.reader,
            name_buyer=lambda window, customer: self.shown.append((window.handle, customer)),
            stamp=self.stamp,
            journal=self.journal,
            board=self.board,
            scheduler=self.time,
        )
        clocks.chat_changed(CHAT)
        return clocks

    def news(self) -> list[tuple[str, str]]:
        """What has happened since the last question: type and buyer."""
        stored, self.history.stored = self.history.stored, []
        return [(event.type, event.customer) for event in stored if isinstance(event, ConversationEvent)]

    def answer(self, customer: str) -> None:
        subject = Subject(
            conversation=ConversationId(f"shop:{customer}"), client=SHOP.name, customer=customer
        )
        self.journal.publish(self.stamp.about(AgentMessage, subject))
        self.news()

    def waits(self, customer: str) -> timedelta | None:
        known = self.board.get(ConversationId(f"shop:{customer}"))
        since = None if known is None else known.waiting_since
        return None if since is None else self.time.now() - since


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_an_unread_message_begins_a_conversation_and_its_clock(scene: Scene) -> None:
    scene.reader.show("王小姐 1", "Mr. Smith")
    (opened, wrote) = scene.history.stored
    assert isinstance(opened, ConversationEvent)
    assert isinstance(wrote, ConversationEvent)
    assert opened.extra == wrote.extra == {"seen": "unread"}
    assert wrote.conversation == "shop:王小姐"
    assert scene.news() == [("conversation_opened", "王小姐"), ("customer_message", "王小姐")]
    scene.time.advance(timedelta(seconds=40))
    assert scene.waits("王小姐") == timedelta(seconds=40)
    assert scene.waits("Mr. Smith") is None


def test_each_rise_is_a_message_and_the_clock_shows_the_first(scene: Scene) -> None:
    scene.reader.show("王小姐")
    assert scene.news() == []
    scene.reader.show("王小姐 1")
    scene.time.advance(timedelta(seconds=10))
    scene.reader.show("王小姐 3")
    assert scene.news()[1:] == [("customer_message", "王小姐")] * 2
    assert scene.waits("王小姐") == timedelta(seconds=10)


def test_reading_a_message_is_no_answer(scene: Scene) -> None:
    scene.reader.show("王小姐 2")
    scene.news()
    scene.reader.show("王小姐")
    assert scene.news() == []
    assert scene.waits("王小姐") is not None


def test_who_writes_after_an_answer_waits_anew(scene: Scene) -> None:
    scene.reader.show("王小姐 1")
    scene.answer("王小姐")
    scene.reader.show("王小姐")
    scene.time.advance(timedelta(seconds=10))
    scene.reader.show("王小姐 1")
    assert scene.news() == [("customer_message", "王小姐")]
    assert scene.waits("王小姐") == timedelta(0)


def test_who_waits_already_is_no_news_at_the_first_look(scene: Scene) -> None:
    scene.reader.show("王小姐 1")
    scene.news()
    scene.begin()
    scene.reader.show("王小姐 1")
    assert scene.news() == []


def test_another_window_in_between_makes_nothing_new(scene: Scene) -> None:
    scene.reader.show("王小姐 1")
    scene.answer("王小姐")  # by telephone: the message stays unread
    scene.clocks.chat_changed(OTHER)
    scene.reader.show("Mr. Smith")
    scene.clocks.chat_changed(CHAT)
    scene.reader.show("王小姐 1")
    assert scene.news() == []
    assert scene.reader.watched == [7, 8, 7]


def test_a_client_without_a_rule_is_not_read(scene: Scene) -> None:
    scene.clocks.chat_changed(replace(CHAT, profile=replace(SHOP, reading=None)))
    assert not scene.reader.watches


def test_a_closed_window_is_read_no_more(scene: Scene) -> None:
    scene.clocks.chat_changed(None)
    assert not scene.reader.watches


def test_the_list_says_who_is_open(scene: Scene) -> None:
    scene.reader.show("王小姐", "Mr. Smith 2", open="王小姐")
    scene.reader.show("王小姐", "Mr. Smith", open="Mr. Smith")
    scene.reader.show("王小姐", "Mr. Smith")
    assert scene.shown == [(7, "王小姐"), (7, "Mr. Smith"), (7, "")]


def test_a_buyer_whom_the_list_has_named_is_no_reason_to_read_it_anew(scene: Scene) -> None:
    scene.clocks.chat_changed(replace(CHAT, customer="王小姐"))
    assert scene.reader.watched == [7]
    scene.reader.show("王小姐 1")
    assert scene.waits("王小姐") is not None


def test_going_to_a_buyer_who_has_nothing_unread_starts_no_clock(scene: Scene) -> None:
    scene.reader.show("王小姐", "Mr. Smith", open="王小姐")
    scene.reader.show("王小姐", "Mr. Smith", open="Mr. Smith")
    assert scene.news() == [("conversation_opened", "王小姐"), ("conversation_opened", "Mr. Smith")]
    assert scene.waits("王小姐") is None
    scene.reader.show("王小姐 1", "Mr. Smith", open="Mr. Smith")
    assert scene.news() == [("customer_message", "王小姐")]


def test_a_buyer_who_comes_into_the_list_open_is_left_to_whoever_is_told_so(scene: Scene) -> None:
    scene.reader.show("王小姐")
    scene.reader.show("王小姐", "Mr. Smith", open="Mr. Smith")
    assert scene.news() == []  # the desk begins the conversation, as with a title
    assert scene.shown[-1] == (7, "Mr. Smith")
