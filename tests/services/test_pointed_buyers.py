"""Who is open by the element that was pointed at, through the follower that insertions and clocks ask."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from sidebar.domain.chat_clients import ChatWindow, ClientProfile
from sidebar.domain.element_rules import ElementRule, Match, Step
from sidebar.domain.identifiers import ClientName
from sidebar.domain.insertion import WindowInfo
from sidebar.services.following import ChatFollower
from sidebar.services.pointed_buyers import PointedBuyers
from tests.fakes import FakeDesktop, FakeElements, FakeTime

RULE = ElementRule(steps=(Step(role="heading"),), buyer=re.compile("^与(?P<buyer>.+)的对话$"))
SHOP = WindowInfo(handle=1, pid=1, program="Console", title="店铺客服")
NOTES = WindowInfo(handle=2, pid=2, program="Notes", title="notes")
PLAIN = ClientProfile(
    name=ClientName("console"), label="", programs=("Console",), buyer=re.compile("(?P<buyer>.+)")
)
POINTED = replace(PLAIN, pointed=RULE)


class Scene:
    """A follower with the window of *profile* in front, and what it tells."""

    def __init__(self, profile: ClientProfile, *, sees_elements: bool = True) -> None:
        time = FakeTime()
        self.desktop = FakeDesktop(time, front=SHOP)
        self.elements = FakeElements(time)
        self.follower = ChatFollower(
            windows=self.desktop, boxes=self.desktop, profiles=[profile], sees_elements=sees_elements
        )
        self.told: list[str] = []
        self.follower.listen(Listener(self.told.append))
        self.follower.begin()
        buyers = PointedBuyers(
            elements=lambda: self.elements,
            name_pointed=self.follower.name_pointed,
            come_to_front=self.follower.watch,
        )
        self.follower.listen(buyers)
        buyers.chat_changed(self.follower.chat)

    def title(self, title: str) -> WindowInfo:
        """The client's window is called so from now on."""
        window = self.desktop.front = replace(SHOP, title=title)
        self.follower.title_changed(window)
        return window


class Listener:
    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell

    def chat_changed(self, chat: ChatWindow | None) -> None:
        self._tell(f"{chat.customer}|{chat.named_by}" if chat is not None else "gone")

    def chat_moved(self, frame: object) -> None: ...

    def chat_hidden(self) -> None: ...

    def chat_shown(self) -> None: ...


@pytest.fixture
def scene() -> Scene:
    return Scene(POINTED)


def test_nobody_is_open_until_the_element_has_been_read(scene: Scene) -> None:
    assert scene.told == ["|element"]
    scene.elements.say("与张三的对话")
    assert scene.told == ["|element", "张三|element"]
    assert scene.follower.customer_of(SHOP) == "张三"


def test_the_next_buyer_is_told_once(scene: Scene) -> None:
    for words in ("与张三的对话", "与张三的对话", "与李四的对话"):
        scene.elements.say(words)
    assert scene.told[1:] == ["张三|element", "李四|element"]


@pytest.mark.parametrize("match", [Match.NONE, Match.SEVERAL])
def test_the_title_counts_where_the_element_cannot_be_told(scene: Scene, match: Match) -> None:
    scene.elements.say("与张三的对话")
    scene.elements.say("", match)
    assert scene.told[-1] == "店铺客服|title"


def test_the_title_counts_where_the_words_hold_no_name(scene: Scene) -> None:
    scene.elements.say("设置")
    assert scene.told[-1] == "店铺客服|title"


def test_another_title_has_the_element_looked_at_again(scene: Scene) -> None:
    scene.elements.say("与张三的对话")
    window = scene.title("(1) 店铺客服")
    assert scene.elements.watched[-1] == (window, RULE)
    assert scene.follower.customer_of(window) == "张三"


def test_coming_to_the_front_has_it_looked_at_again(scene: Scene) -> None:
    before = len(scene.elements.watched)
    scene.desktop.bring_to_front(NOTES)
    assert len(scene.elements.watched) == before
    scene.desktop.bring_to_front(SHOP)
    assert len(scene.elements.watched) == before + 1
    assert len(scene.elements.listening) == 1


def test_a_closed_window_is_watched_no_more(scene: Scene) -> None:
    scene.elements.say("与张三的对话")
    scene.follower.window_gone(SHOP)
    assert scene.elements.listening == []
    assert scene.told[-1] == "gone"


def test_a_rule_that_was_just_made_holds_at_once() -> None:
    scene = Scene(PLAIN)
    assert scene.elements.watched == []
    scene.follower.use([POINTED])
    scene.elements.say("与张三的对话")
    assert scene.told == ["店铺客服|title", "|element", "张三|element"]


def test_where_no_elements_can_be_read_the_title_counts() -> None:
    assert Scene(POINTED, sees_elements=False).told == ["店铺客服|title"]
