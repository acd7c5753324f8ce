"""The whole desktop put together, an insertion on it, and that only a Mac is asked for a Mac."""

import ast
import sys
from datetime import timedelta
from pathlib import Path

import pytest

import sidebar.platforms.macos as macos
from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.identifiers import InsertionId, PhraseId
from sidebar.domain.insertion import Insertion, Outcome, PasteProfile, Result, Target, WindowInfo
from sidebar.errors import PlatformError
from sidebar.platforms import load
from sidebar.platforms.macos import constants
from sidebar.ports import Cancel, Capability, Platform
from sidebar.services.following import ChatFollower
from sidebar.services.inserting import Inserter
from tests.fakes import FakeTime
from tests.platforms.macos.fake_input import SOON
from tests.platforms.macos.fake_mac import FakeMac
from tests.platforms.macos.fake_pasteboard import FakeItem

PYOBJC = {"objc", "AppKit", "CoreFoundation", "Foundation", "HIServices", "Quartz", "ApplicationServices"}
TEXT = constants.STRING_TYPE
CHAT, OTHER = 10, 20


class NoReadiness:
    def watch(self, descriptor: int, action: object) -> Cancel:
        raise AssertionError(f"there is nothing to watch: {descriptor} {action}")


class Desk:
    """A chat client that answers Command+V as a Mac's programs do: it fetches what is on the pasteboard."""

    def __init__(self, *, trust: bool = True) -> None:
        self.time = FakeTime()
        self.mac = FakeMac(self.time)
        self.mac.permissions.trust = trust
        self.browser = self.mac.open(7, OTHER, "News")
        self.chat = self.mac.open(5, CHAT, "王小姐")
        self.mac.desktop.front_pid = CHAT
        self.platform: Platform = macos.assemble(self.mac, scheduler=self.time)
        self.follower = ChatFollower(windows=self.platform.windows, boxes=self.platform.boxes, profiles=())
        self.follower.begin()
        self.time.advance(SOON)
        self.inserter = Inserter(
            scheduler=self.time,
            windows=self.platform.windows,
            keys=self.platform.keys,
            clipboard=self.platform.clipboard,
            boxes=self.platform.boxes,
            when_active=self.follower.when_active,
            customer_of=lambda window: window.title,
        )
        self.typed: list[str] = []
        self.results: list[Result] = []

    def insert(self, text: str = "您好") -> Outcome:
        window = WindowInfo(handle=5, pid=CHAT, program="program-10", title="王小姐")
        target = Target(window=window, conversation=None, customer="王小姐", profile=PasteProfile())
        insertion = Insertion(id=InsertionId("i"), phrase=PhraseId("p"), text=text, target=target)
        self.inserter.insert(insertion, self.results.append)
        for _ in range(400):
            self.time.advance(timedelta(milliseconds=10))
            self._client_answers()
        assert len(self.results) == 1
        return self.results[0].outcome

    def _client_answers(self) -> None:
        strokes, self.mac.keyboard.posted = self.mac.keyboard.posted, []
        if any(stroke.code == 9 and stroke.down for stroke in strokes):
            self.typed.append(self.mac.pasteboard.fetch())


def test_a_phrase_arrives_and_the_clipboard_comes_back_whole() -> None:
    desk = Desk()
    before = {TEXT: b"before", "public.png": b"\x89PNG"}
    desk.mac.pasteboard.user_copies(FakeItem(dict(before)))
    assert desk.insert() is Outcome.INSERTED
    assert desk.typed == ["您好"]
    assert [item.data for item in desk.mac.pasteboard.content] == [before]
    assert not desk.results[0].clipboard_lost


def test_where_macos_would_ask_nothing_is_read_and_the_loss_is_said() -> None:
    desk = Desk()
    desk.mac.pasteboard.behavior = 0
    assert desk.insert() is Outcome.INSERTED
    assert desk.results[0].clipboard_lost
    assert desk.mac.pasteboard.prompts == 0


def test_without_accessibility_the_phrase_is_left_on_the_clipboard() -> None:
    desk = Desk(trust=False)
    desk.mac.permissions.titles = desk.mac.desktop.titles_seen = True
    assert desk.insert() is Outcome.KEYS_REFUSED
    assert desk.typed == []
    assert desk.mac.pasteboard.content[0].data == {TEXT: "您好".encode()}


def test_a_grant_while_we_run_lets_the_next_phrase_be_inserted() -> None:
    desk = Desk(trust=False)
    told: list[Capability] = []
    desk.platform.when_changed(told.append)
    assert Capability.SEND_KEYS not in desk.platform.capabilities
    desk.mac.permissions.trust = True
    desk.time.advance(timedelta(seconds=1))
    assert Capability.SEND_KEYS in told[0]
    assert desk.insert() is Outcome.INSERTED


def test_another_window_in_front_is_not_typed_into() -> None:
    desk = Desk()
    desk.mac.activate(desk.browser)
    assert desk.insert() is Outcome.NOT_IN_FRONT
    assert desk.typed == []


def test_our_search_line_gives_the_keyboard_to_the_client_first() -> None:
    desk = Desk()
    desk.mac.own.take_keyboard()
    desk.time.advance(SOON)
    assert desk.insert() is Outcome.INSERTED
    assert desk.typed == ["您好"]


def test_a_program_that_looks_at_every_change_does_not_pass_for_the_client() -> None:
    desk = Desk()
    desk.mac.keyboard.held = 0x100000  # the hotkey's Command is still down
    answers: list[Result] = []
    window = WindowInfo(handle=5, pid=CHAT, program="program-10", title="王小姐")
    target = Target(window=window, conversation=None, customer="王小姐", profile=PasteProfile())
    desk.inserter.insert(
        Insertion(id=InsertionId("i"), phrase=PhraseId("p"), text="您好", target=target), answers.append
    )
    desk.time.advance(timedelta(milliseconds=100))
    assert desk.mac.pasteboard.fetch() == "您好"
    desk.mac.keyboard.held = 0
    desk.time.advance(timedelta(milliseconds=100))
    assert answers == []
    assert desk.mac.pasteboard.fetch() == "您好"
    desk.time.advance(SOON)
    assert [result.outcome for result in answers] == [Outcome.INSERTED]


def test_a_hotkey_reaches_its_action_and_closing_ends_all() -> None:
    desk = Desk()
    heard: list[str] = []
    assert desk.platform.hotkeys.register(KeyCombo.parse("ctrl+alt+1"), lambda: heard.append("1"))
    desk.mac.hotkeys.press(18, 0x1800)
    desk.time.advance(SOON)
    assert heard == ["1"]
    desk.platform.close()
    assert desk.mac.closed
    assert desk.mac.hotkeys.taken == {}
    assert desk.mac.accessibility.observed == []


@pytest.mark.skipif(sys.platform == "darwin", reason="this is a Mac")
def test_only_a_mac_has_a_macs_desktop() -> None:
    with pytest.raises(PlatformError, match="needs a Mac"):
        load("macos", readiness=NoReadiness(), scheduler=FakeTime())


def test_only_the_native_package_knows_of_pyobjc_and_carbon() -> None:
    assert macos.__file__ is not None
    folder = Path(macos.__file__).parent
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names.append(node.module or "")
            assert not {name.partition(".")[0] for name in names} & {*PYOBJC, "ctypes"}, path.name
