"""Clocks from a client's messages, on fakes: who wrote, and what the history holds then."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from sidebar.domain.chat_clients import ChatWindow, ClientProfile, ItemKind, ReadingRule, conversation_id
from sidebar.domain.chat_logs import LogRule, Mark, Speaker
from sidebar.domain.chat_reading import ListEntry
from sidebar.domain.conversations import BY_HAND, Thresholds, reply_of
from sidebar.domain.events import (
    AgentMessage,
    ConversationClosed,
    ConversationEvent,
    CustomerMessage,
    InsertionPath,
    NoReplyNeeded,
    PhraseInserted,
)
from sidebar.domain.identifiers import ClientName, InsertionId, PhraseId
from sidebar.domain.insertion import WindowInfo
from sidebar.domain.log_growth import LogNews
from sidebar.domain.summaries import summarise
from sidebar.ports import Cancel
from sidebar.services.board import Board
from sidebar.services.following import POINTED
from sidebar.services.journal import Journal
from sidebar.services.log_clocks import LogClocks
from sidebar.services.rebuilding import rebuild
from sidebar.services.stamping import Stamp, Subject
from sidebar.services.unread_clocks import UnreadClocks
from tests.fakes import FakeHistory, FakeTime

BUYER, AGENT, BOT, AUTO = Speaker.BUYER, Speaker.AGENT, Speaker.BOT, Speaker.AUTO
LIST = ReadingRule(items=ItemKind.LINK, buyer=re.compile(r"^(?P<buyer>\S.*?)(?: (?P<unread>\d+))?$"))
LOG = LogRule(by=Mark.CLASS, speakers=((AGENT, re.compile("me")), (BUYER, re.compile("you"))))
SHOP = ClientProfile(name=ClientName("shop"), label="Shop", programs=("Shop",), reading=LIST, log=LOG)
CHAT = ChatWindow(window=WindowInfo(handle=7, pid=70, program="Shop", title="Shop"), profile=SHOP)
WANG, SMITH, LI = "王小姐", "Mr. Smith", "李先生"


class FakeReader:
    """Tells what the test says is in the list and in the logs."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.named = ""
        self.listed: Callable[[tuple[ListEntry, ...]], None] | None = None
        self.hearing: dict[int, Callable[[LogNews], None]] = {}

    def watch(
        self, window: WindowInfo, rule: ReadingRule, told: Callable[[tuple[ListEntry, ...]], None]
    ) -> Cancel:
        del window, rule
        self.listed = told

        def cancel() -> None:
            self.listed = None

        return cancel

    def hear(
        self, window: WindowInfo, profile: ClientProfile, named: str, told: Callable[[LogNews], None]
    ) -> Cancel:
        assert profile.log is LOG
        self.heard.append(window.title)
        self.named = named
        self.hearing[window.handle] = told

        def cancel() -> None:
            if self.hearing.get(window.handle) is told:
                del self.hearing[window.handle]

        return cancel


class Scene:
    """A sidebar that can be started again on the same history."""

    def __init__(self) -> None:
        self.time = FakeTime()
        self.history = FakeHistory()
        self.inserting = False
        numbers = count(1)
        self.stamp = Stamp(clock=self.time, zone=UTC, new_id=lambda: f"e{next(numbers)}")
        self.start()

    def start(self) -> None:
        self.reader = FakeReader()
        self.board = Board(thresholds=Thresholds())
        rebuild(self.history.events(), [self.board])
        self.journal = Journal(history=self.history, scheduler=self.time, on_trouble=lambda _: None)
        self.journal.listen(self.board.follow)
        self.clocks = LogClocks(
            reader=self.reader,
            inserting=lambda: self.inserting,
            stamp=self.stamp,
            journal=self.journal,
            board=self.board,
            scheduler=self.time,
        )
        self.list = UnreadClocks(
            reader=self.reader,
            name_buyer=lambda _, __: None,
            stamp=self.stamp,
            journal=self.journal,
            board=self.board,
            scheduler=self.time,
            heard=self.clocks.follows,
            listed=self.clocks.look_again,
        )
        self.turn_to(CHAT)

    def turn_to(self, chat: ChatWindow | None) -> None:
        self.clocks.chat_changed(chat)
        self.list.chat_changed(chat)

    def follow(self, *buyers: str) -> None:
        self.reader.hearing[7](LogNews(followed=frozenset(buyers)))

    def say(self, *speakers: Speaker, to: str = WANG, followed: tuple[str, ...] = (WANG, SMITH)) -> None:
        self.reader.hearing[7](LogNews(followed=frozenset(followed), buyer=to, speakers=speakers))

    def show(self, *names: str, open: str = "") -> None:
        assert self.reader.listed is not None
        self.reader.listed(tuple(ListEntry(name=name, open=name == open) for name in names))

    def subject(self, customer: str = WANG) -> Subject:
        return Subject(conversation=conversation_id(SHOP.name, customer), client=SHOP.name, customer=customer)

    def insert(self, customer: str = WANG) -> None:
        self.journal.publish(
            self.stamp.about(
                PhraseInserted,
                self.subject(customer),
                insertion=InsertionId("i"),
                phrase=PhraseId("p"),
                path=InsertionPath.PASTE,
                characters=3,
            )
        )

    def mark_answered(self, customer: str = WANG) -> None:
        """As the desk does it: for a buyer who waits."""
        if self.waits_since(customer) is not None:
            answered = self.stamp.about(AgentMessage, self.subject(customer), extra={"seen": "agent"})
            self.journal.publish(answered)

    def waits_since(self, customer: str = WANG) -> datetime | None:
        known = self.board.get(conversation_id(SHOP.name, customer))
        return None if known is None else known.waiting_since

    def news(self) -> list[str]:
        """What has happened since the last question, by type and what told of it."""
        stored, self.history.stored = self.history.stored, []
        events = (event for event in stored if isinstance(event, ConversationEvent))
        return [f"{event.type} {event.extra.get('seen', '')}".strip() for event in events]


@pytest.fixture
def scene() -> Scene:
    scene = Scene()
    scene.follow(WANG, SMITH)
    return scene


def test_the_buyers_message_starts_the_clock_and_the_answer_stops_it(scene: Scene) -> None:
    scene.say(BUYER)
    assert scene.news() == ["conversation_opened log", "customer_message log"]
    assert scene.waits_since() == scene.time.now()
    scene.time.advance(timedelta(seconds=40))
    scene.say(AGENT)
    assert scene.news() == ["agent_message log"]
    assert scene.waits_since() is None


def test_an_answer_that_was_read_counts_as_one_in_the_summary(scene: Scene) -> None:
    since = scene.time.now()
    scene.say(BUYER)
    scene.time.advance(timedelta(seconds=40))
    scene.say(AGENT)
    scene.time.advance(timedelta(seconds=1))
    now = scene.time.now()
    summary = summarise(scene.history.stored, since=since, until=now, agent="", now=now)
    assert (summary.answered_turns, summary.turn_response.mean) == (1, 40)


def test_messages_keep_their_order(scene: Scene) -> None:
    scene.say(BUYER, AGENT, BUYER)
    assert scene.news()[1:] == ["customer_message log", "agent_message log", "customer_message log"]
    assert scene.waits_since() is not None


def test_an_automatic_reply_leaves_the_clock_running(scene: Scene) -> None:
    scene.say(BUYER, AUTO, BOT)
    replies = [event for event in scene.history.stored if isinstance(event, AgentMessage)]
    assert [reply.by for reply in replies] == ["auto", "bot"]
    assert scene.waits_since() is not None


def test_what_was_there_before_says_nothing(scene: Scene) -> None:
    scene.follow(WANG, LI)
    assert scene.news() == []


def test_a_phrase_that_is_sent_is_counted_once(scene: Scene) -> None:
    scene.say(BUYER)
    scene.insert()
    scene.time.advance(timedelta(seconds=5))
    scene.say(AGENT)
    assert scene.news()[2:] == ["phrase_inserted"]


def test_a_phrase_that_is_sent_after_the_buyer_wrote_again_ends_that_wait(scene: Scene) -> None:
    scene.insert()
    scene.say(BUYER)
    scene.say(AGENT)
    (reply,) = (event for event in scene.history.stored if isinstance(event, AgentMessage))
    assert reply.extra == {"seen": "log", "quick": True}
    assert scene.waits_since() is None


def test_a_phrase_that_comes_up_before_its_insertion_is_told_of_is_counted_once(scene: Scene) -> None:
    scene.say(BUYER)
    scene.news()
    scene.inserting = True
    scene.say(AGENT)
    scene.time.advance(timedelta(milliseconds=60))
    assert scene.news() == []
    scene.insert()
    scene.inserting = False
    scene.time.advance(timedelta(milliseconds=60))
    assert scene.news() == ["phrase_inserted"]


def test_what_comes_up_while_a_phrase_is_on_its_way_keeps_its_time(scene: Scene) -> None:
    scene.inserting = True
    came = scene.time.now()
    scene.say(BUYER)
    scene.time.advance(timedelta(milliseconds=70))
    scene.inserting = False
    scene.time.advance(timedelta(milliseconds=70))
    assert scene.waits_since() == came


def test_an_answer_that_was_marked_and_then_read_is_counted_once(scene: Scene) -> None:
    scene.say(BUYER)
    scene.mark_answered()
    scene.say(AGENT)
    scene.mark_answered()
    assert scene.news()[2:] == ["agent_message agent"]


def test_the_list_says_nothing_of_those_who_are_heard(scene: Scene) -> None:
    scene.show(WANG, SMITH, LI)
    scene.show(WANG, f"{SMITH} 1", f"{LI} 1")
    assert scene.news() == ["conversation_opened unread", "customer_message unread"]
    assert scene.waits_since(LI) is not None
    scene.say(BUYER, AGENT, to=SMITH)
    scene.time.advance(timedelta(milliseconds=300))
    assert scene.news() == ["conversation_opened log", "customer_message log", "agent_message log"]


def test_what_was_written_before_anybody_heard_is_told_by_the_list(scene: Scene) -> None:
    scene.show(WANG)
    scene.follow(WANG, LI)  # its first message has made the conversation
    scene.show(WANG, f"{LI} 1")
    came = scene.time.now()
    scene.time.advance(timedelta(milliseconds=300))
    assert scene.news() == ["conversation_opened unread", "customer_message unread"]
    assert scene.waits_since(LI) == came


def test_a_message_that_was_heard_first_is_not_told_of_by_the_list_again(scene: Scene) -> None:
    scene.show(WANG)
    scene.follow(WANG, LI)
    scene.say(BUYER, to=LI, followed=(WANG, LI))
    scene.news()
    scene.show(WANG, f"{LI} 2")
    scene.time.advance(timedelta(milliseconds=300))
    assert scene.news() == []


def test_a_message_that_the_list_tells_of_a_moment_earlier_is_counted_once(scene: Scene) -> None:
    scene.follow()
    scene.show(WANG)
    scene.follow(WANG)
    scene.show(f"{WANG} 1")
    scene.say(BUYER)
    scene.time.advance(timedelta(milliseconds=300))
    assert scene.news() == ["conversation_opened log", "customer_message log"]


def test_nobody_is_heard_once_the_reader_has_lost_them(scene: Scene) -> None:
    scene.show(WANG)
    scene.follow()
    scene.show(f"{WANG} 1")
    scene.show(f"{WANG} 2")
    assert scene.news()[-1] == "customer_message unread"


def test_each_change_of_the_list_is_a_reason_to_look_for_conversations(scene: Scene) -> None:
    before = len(scene.reader.heard)
    scene.show(WANG)
    assert len(scene.reader.heard) == before + 1


def test_another_title_is_heard_under_that_title(scene: Scene) -> None:
    titled = replace(CHAT.window, title="[1] Shop")
    scene.turn_to(replace(CHAT, window=titled))
    assert scene.reader.heard[-1] == "[1] Shop"
    scene.say(BUYER)
    assert scene.waits_since() is not None


def test_who_was_pointed_at_is_whose_messages_are_heard(scene: Scene) -> None:
    scene.turn_to(replace(CHAT, customer=WANG))
    assert scene.reader.named == ""
    scene.turn_to(replace(CHAT, customer=SMITH, named_by=POINTED))
    assert scene.reader.named == SMITH


def test_a_client_that_is_switched_off_is_not_heard(scene: Scene) -> None:
    scene.turn_to(replace(CHAT, profile=replace(SHOP, log=None)))
    assert not scene.reader.hearing
    assert not scene.clocks.follows(conversation_id(SHOP.name, WANG))
    scene.show(WANG)
    assert scene.news() == []


def test_who_is_open_in_a_page_that_has_just_been_loaded_has_not_written(scene: Scene) -> None:
    scene.show()
    scene.show(WANG, SMITH, open=WANG)
    assert scene.news() == ["conversation_opened unread"]
    scene.say(BUYER)
    assert scene.waits_since() is not None


def windows(count: int) -> list[ChatWindow]:
    """Other windows of the shop's, one after another."""
    return [replace(CHAT, window=replace(CHAT.window, handle=handle)) for handle in range(8, 8 + count)]


def test_a_window_that_is_not_in_front_any_more_is_heard_on(scene: Scene) -> None:
    scene.turn_to(*windows(1))
    scene.say(BUYER)
    assert scene.news() == ["conversation_opened log", "customer_message log"]


def test_a_window_that_is_closed_is_heard_no_more(scene: Scene) -> None:
    (other,) = windows(1)
    scene.turn_to(other)
    scene.turn_to(None)
    assert list(scene.reader.hearing) == [7]
    scene.follow()  # nothing is left of the first one, in the background
    assert not scene.reader.hearing


def test_of_many_windows_those_that_were_in_front_last_are_heard(scene: Scene) -> None:
    for chat in windows(8):
        scene.turn_to(chat)
    assert list(scene.reader.hearing) == [8, 9, 10, 11, 12, 13, 14, 15]
    assert not scene.clocks.follows(conversation_id(SHOP.name, WANG))


class Shop(RuleBasedStateMachine):
    """Three buyers write, the agent answers by hand, by phrase and by mark, in any order, over restarts.

    The open conversation is heard, the others are told of by the list; or, as where each has a tab of
    its own, all that have ever been open are heard.
    """

    buyers = st.sampled_from((WANG, SMITH, LI))

    def __init__(self) -> None:
        super().__init__()
        self.scene = Scene()
        self.open = WANG
        self.tabs = False
        self.seen = {WANG}
        self.unread = dict.fromkeys((WANG, SMITH, LI), 0)
        self.since: dict[str, datetime | None] = dict.fromkeys((WANG, SMITH, LI))
        self.written = 0
        self.replies = 0
        self.owed: dict[str, datetime] = {}
        """When what is still to come up in the log was inserted or marked, by buyer."""
        self.look()

    @rule(tabs=st.booleans())
    def choose_client(self, *, tabs: bool) -> None:
        self.tabs = tabs
        self.look()

    @rule(seconds=st.integers(0, 200))
    def wait(self, seconds: int) -> None:
        self.scene.time.advance(timedelta(seconds=seconds))

    @rule(buyer=buyers, list_first=st.booleans())
    def buyer_writes(self, buyer: str, *, list_first: bool) -> None:
        if self.since[buyer] is None:
            self.since[buyer] = self.scene.time.now()
        self.written += 1
        self.unread[buyer] += buyer != self.open
        heard = buyer in self.followed()
        if list_first:
            self.show_list()
        if heard:
            self.say(BUYER, buyer)
        self.show_list()

    @rule()
    def agent_answers(self) -> None:
        owed = self.owed.pop(self.open, None)
        late = owed is None or self.scene.time.now() - owed > timedelta(minutes=2)
        self.replies += late or self.since[self.open] is not None
        self.since[self.open] = None
        self.say(AGENT, self.open)

    @rule()
    def a_bot_answers(self) -> None:
        self.say(BOT, self.open)

    @rule(sends=st.booleans(), again=st.booleans())
    def agent_inserts(self, *, sends: bool, again: bool) -> None:
        self.scene.insert(self.open)
        self.replies += 1
        self.owed[self.open] = self.scene.time.now()
        self.since[self.open] = None
        if again:
            self.buyer_writes(self.open, list_first=False)
        if sends:
            self.agent_answers()

    @rule()
    def agent_marks(self) -> None:
        if self.since[self.open] is not None:
            self.replies += 1
            self.owed[self.open] = self.scene.time.now()
        self.since[self.open] = None
        self.scene.mark_answered(self.open)

    @rule(kind=st.sampled_from((NoReplyNeeded, ConversationClosed)))
    def agent_ends_it(self, kind: type[ConversationEvent]) -> None:
        self.since[self.open] = None
        if kind is ConversationClosed:
            self.owed.pop(self.open, None)
        self.scene.journal.publish(self.scene.stamp.about(kind, self.scene.subject(self.open)))

    @rule(buyer=buyers)
    def turn_to(self, buyer: str) -> None:
        self.open = buyer
        self.unread[buyer] = 0
        self.seen.add(buyer)
        self.look()

    @rule()
    def restart(self) -> None:
        self.owed.clear()  # what was inserted and sent before and after counts as two
        self.scene.start()
        self.look()

    def followed(self) -> tuple[str, ...]:
        return tuple(self.seen) if self.tabs else (self.open,)

    def say(self, speaker: Speaker, to: str) -> None:
        self.scene.say(speaker, to=to, followed=self.followed())

    def look(self) -> None:
        self.scene.follow(*self.followed())
        self.show_list()

    def show_list(self) -> None:
        names = {name: f"{name} {unread}" if unread else name for name, unread in self.unread.items()}
        self.scene.show(*names.values(), open=names[self.open])

    @invariant()
    def the_clocks_are_those_of_what_was_said(self) -> None:
        assert {buyer: self.scene.waits_since(buyer) for buyer in self.since} == self.since

    @invariant()
    def each_message_counts_once(self) -> None:
        stored = self.scene.history.stored
        assert sum(isinstance(event, CustomerMessage) for event in stored) == self.written
        replies = (reply_of(event) for event in stored if isinstance(event, ConversationEvent))
        assert sum(reply in BY_HAND for reply in replies) == self.replies


TestShop = Shop.TestCase
TestShop.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
