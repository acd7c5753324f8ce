"""Who is open in the chat window: by its title, else by what its list says."""

import re

import pytest

from sidebar.domain.chat_clients import ChatWindow, ClientProfile
from sidebar.domain.identifiers import ClientName, ConversationId
from sidebar.domain.insertion import Rect, WindowInfo
from sidebar.services.following import ChatFollower
from tests.fakes import FakeDesktop, FakeTime

CONSOLE = ClientProfile(
    name=ClientName("console"),
    label="Console",
    programs=("Browser",),
    titles=re.compile("Chat$"),
    buyer=re.compile("^(?P<buyer>.+) - Chat$"),
)
SILENT = WindowInfo(handle=7, pid=70, program="Browser", title="Chat")
NAMING = WindowInfo(handle=7, pid=70, program="Browser", title="王小姐 - Chat")
ELSEWHERE = WindowInfo(handle=7, pid=70, program="Browser", title="News")


class Listener:
    """Keeps the buyers it is told of."""

    def __init__(self) -> None:
        self.customers: list[str | None] = []

    def chat_changed(self, chat: ChatWindow | None) -> None:
        self.customers.append(None if chat is None else chat.customer)

    def chat_moved(self, frame: Rect) -> None: ...

    def chat_hidden(self) -> None: ...

    def chat_shown(self) -> None: ...


@pytest.fixture
def desktop() -> FakeDesktop:
    return FakeDesktop(FakeTime(), front=SILENT)


@pytest.fixture
def follower(desktop: FakeDesktop) -> ChatFollower:
    return ChatFollower(windows=desktop, boxes=desktop, profiles=[CONSOLE])


@pytest.fixture
def listener(follower: ChatFollower) -> Listener:
    listener = Listener()
    follower.listen(listener)
    follower.begin()
    return listener


def test_the_list_names_the_buyer_where_the_title_is_silent(
    desktop: FakeDesktop, follower: ChatFollower, listener: Listener
) -> None:
    desktop.open_windows = [SILENT]
    follower.name_buyer(SILENT, "Mr. Smith")
    follower.name_buyer(SILENT, "Mr. Smith")
    assert listener.customers == ["", "Mr. Smith"]
    assert follower.customer_of(SILENT) == "Mr. Smith"
    assert follower.window_of(ConversationId("console:Mr. Smith")) == SILENT


def test_the_title_counts_before_the_list(follower: ChatFollower, listener: Listener) -> None:
    follower.name_buyer(SILENT, "Mr. Smith")
    follower.title_changed(NAMING)
    assert listener.customers == ["", "Mr. Smith", "王小姐"]
    assert follower.customer_of(NAMING) == "王小姐"


def test_a_window_in_front_that_becomes_a_chat_is_taken_instead_of_the_one_before(
    follower: ChatFollower, listener: Listener
) -> None:
    loading = WindowInfo(handle=8, pid=80, program="Browser", title="New Tab")
    follower.window_activated(loading)
    follower.title_changed(WindowInfo(handle=8, pid=80, program="Browser", title="李先生 - Chat"))
    assert listener.customers == ["", "李先生"]


def test_another_page_in_the_same_window_shows_nobody(follower: ChatFollower, listener: Listener) -> None:
    follower.name_buyer(SILENT, "Mr. Smith")
    assert follower.customer_of(ELSEWHERE) == ""
    assert listener.customers == ["", "Mr. Smith"]


def test_what_a_list_said_is_forgotten_with_its_window(follower: ChatFollower, listener: Listener) -> None:
    follower.name_buyer(SILENT, "Mr. Smith")
    follower.window_gone(SILENT)
    assert follower.customer_of(SILENT) == ""
    assert listener.customers == ["", "Mr. Smith", None]
