"""A phrase's code typed into the chat client, and typed anywhere else."""

import pytest

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Phrase
from sidebar.services.following import ChatFollower
from sidebar.services.typed_triggers import TypedTriggers
from tests.fakes import FakeDesktop, FakeHookedKeys, FakeTime
from tests.services.test_desk import PIDGIN, window

PHRASES = (
    Phrase(id=PhraseId("refund"), title="退款", body="退款已提交", code="tk"),
    Phrase(id=PhraseId("hello"), title="问候", body="您好"),
)
CHAT, ELSEWHERE = 7, 9


class Desk:
    def __init__(self) -> None:
        self.desktop = FakeDesktop(FakeTime())
        self.keys = FakeHookedKeys()
        self.asked: list[tuple[str, int]] = []
        self.follower = ChatFollower(windows=self.desktop, boxes=self.desktop, profiles=[PIDGIN])
        self.follower.begin()
        triggers = TypedTriggers(
            keys=self.keys,
            follower=self.follower,
            insert=lambda phrase, typed: self.asked.append((phrase, typed.characters)),
        )
        triggers.listen(PHRASES)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_only_codes_are_listened_for(desk: Desk) -> None:
    assert list(desk.keys.abbreviations) == [";tk"]


def test_a_code_typed_into_the_chat_asks_for_its_phrase(desk: Desk) -> None:
    desk.desktop.bring_to_front(window("王小姐", CHAT))
    desk.keys.type(";tk", window=CHAT)
    assert desk.asked == [("refund", 4)]


def test_a_code_typed_anywhere_else_is_left_alone(desk: Desk) -> None:
    desk.keys.type(";tk", window=ELSEWHERE)
    desk.desktop.bring_to_front(window("王小姐", CHAT))
    desk.keys.type(";tk", window=ELSEWHERE)
    assert desk.asked == []
