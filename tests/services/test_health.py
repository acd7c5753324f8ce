"""Each capability tried live: what is found, and that nothing of the user's is changed by looking."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from sidebar.domain.chat_clients import ChatWindow, ClientProfile
from sidebar.domain.chat_logs import LogRule, Mark
from sidebar.domain.element_rules import ElementRule, Step
from sidebar.domain.findings import WORDS, Finding, Kind, State, found
from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.identifiers import ClientName, ConversationId
from sidebar.domain.insertion import Outcome, WindowInfo
from sidebar.platforms.null import NullChatReader
from sidebar.ports import Capability, Platform
from sidebar.services.health import Check, Health
from tests.fakes import FakeDesktop, FakeTime

CHAT = WindowInfo(handle=7, pid=70, program="Pidgin", title="王小姐")
PIDGIN = ClientProfile(name=ClientName("pidgin"), label="Pidgin", programs=("Pidgin",))
EVERYTHING = (
    Capability.GLOBAL_HOTKEYS
    | Capability.SEND_KEYS
    | Capability.TRACK_WINDOW
    | Capability.READ_TITLE
    | Capability.CLIPBOARD_FORMATS
    | Capability.ACCESSIBILITY
)


class Keys:
    """Hotkeys that can be had unless `none_left`; what is held is never given to a test."""

    def __init__(self) -> None:
        self.none_left = False
        self.log: list[str] = []

    def register(self, combo: KeyCombo, action: Callable[[], None]) -> bool:
        del action
        self.log.append(f"take {combo}")
        return not self.none_left

    def unregister(self, combo: KeyCombo) -> None:
        self.log.append(f"give back {combo}")


class Bench:
    """A desktop on which everything works until a test says otherwise."""

    def __init__(self, able: Capability = EVERYTHING, *, grantable: Capability = Capability.NONE) -> None:
        self.time = FakeTime()
        self.desktop = FakeDesktop(self.time, front=CHAT)
        self.keys = Keys()
        self.chat: ChatWindow | None = ChatWindow(window=CHAT, profile=PIDGIN, customer="王小姐")
        self.last: Outcome | None = None
        self.with_more_rights: set[int] = set()
        self.busy_until = self.time.now()
        self.heard: set[ConversationId] = set()
        self.changes = 0
        self.allow: list[Callable[[Capability], None]] = []
        self.inspected: tuple[Finding, ...] = (
            found("history", State.OK, Kind.EVENTS_WHOLE, "12"),
            found("disk", State.OK, Kind.FREE, "900"),
        )
        platform = Platform(
            name="fake",
            capabilities=able,
            windows=self.desktop,
            keys=self.desktop,
            hotkeys=self.keys,
            clipboard=self.desktop,
            boxes=self.desktop,
            reader=NullChatReader(),
            close=lambda: None,
            when_changed=self.allow.append,
            elevated=lambda window: window.pid in self.with_more_rights,
            grantable=grantable,
        )
        self.health = Health(
            platform=platform,
            scheduler=self.time,
            held=[KeyCombo.parse("ctrl+alt+shift+k")],
            refused=[],
            chat=lambda: self.chat,
            last=lambda: self.last,
            idle=lambda: self.time.now() >= self.busy_until,
            hears=lambda conversation: conversation in self.heard,
            notifies=lambda: True,
            inspect=self._inspect,
            changed=self._changed,
        )

    def _inspect(self, tell: Callable[[Finding], None]) -> None:
        for finding in self.inspected:
            tell(finding)

    def _changed(self) -> None:
        self.changes += 1

    def run(self, seconds: float = 5) -> dict[Check, tuple[State, Kind | None]]:
        self.health.run()
        self.time.advance(timedelta(seconds=seconds))
        return {
            row.check: (row.finding.state, row.finding.kind)
            for row in self.health.rows
            if row.finding is not None
        }


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_everything_is_fine_where_everything_works(bench: Bench) -> None:
    checked = bench.run()
    assert list(checked) == list(Check)
    assert {state for state, _ in checked.values()} == {State.OK}
    assert bench.health.can_insert


def test_nothing_is_known_before_the_event_loop_turns(bench: Bench) -> None:
    bench.inspected = ()
    bench.health.run()
    assert [row.finding for row in bench.health.rows] == [None] * len(Check)


def test_a_spare_hotkey_is_taken_and_given_back_and_never_one_of_ours(bench: Bench) -> None:
    bench.run()
    assert bench.keys.log == ["take ctrl+alt+shift+j", "give back ctrl+alt+shift+j"]


def test_a_desktop_that_gives_no_hotkey_is_red(bench: Bench) -> None:
    bench.keys.none_left = True
    assert bench.run()[Check.HOTKEYS] == (State.BROKEN, Kind.NO_HOTKEYS)


def test_the_users_clipboard_is_the_same_afterwards(bench: Bench) -> None:
    bench.run()
    assert bench.desktop.content == "before"
    assert bench.desktop.log == ["offer to 0", "restore"]


def test_an_owner_that_does_not_answer_keeps_its_clipboard(bench: Bench) -> None:
    bench.desktop.saves = False
    assert bench.run()[Check.CLIPBOARD] == (State.WARNING, Kind.CLIPBOARD_SILENT)
    assert bench.desktop.log == []


def test_a_clipboard_that_takes_nothing_is_red(bench: Bench) -> None:
    bench.desktop.offers = False
    assert bench.run()[Check.CLIPBOARD] == (State.BROKEN, Kind.CLIPBOARD_REFUSED)


def test_the_clipboard_is_left_alone_while_an_insertion_has_it(bench: Bench) -> None:
    bench.busy_until += timedelta(seconds=1)
    assert Check.CLIPBOARD not in bench.run(0.9)
    assert bench.desktop.log == []
    bench.time.advance(timedelta(seconds=1))
    assert bench.desktop.log == ["offer to 0", "restore"]


def test_a_clipboard_that_is_never_free_is_told(bench: Bench) -> None:
    bench.busy_until += timedelta(hours=1)
    assert bench.run()[Check.CLIPBOARD] == (State.WARNING, Kind.CLIPBOARD_BUSY)


@pytest.mark.parametrize(
    ("able", "state", "kind"),
    [
        (Capability.NONE, State.BROKEN, Kind.NO_INSERTION),
        (Capability.ACCESSIBILITY, State.WARNING, Kind.NO_KEYS),
        (Capability.SEND_KEYS, State.OK, Kind.FINE),
    ],
)
def test_insertion_needs_keys_or_boxes(able: Capability, state: State, kind: Kind) -> None:
    bench = Bench(able)
    assert bench.run()[Check.INSERTION] == (state, kind)
    assert bench.health.can_insert is (state is not State.BROKEN)


def test_keys_that_the_user_can_grant_are_red_until_that_is_done() -> None:
    bench = Bench(EVERYTHING & ~Capability.SEND_KEYS, grantable=Capability.SEND_KEYS)
    assert bench.run()[Check.INSERTION] == (State.BROKEN, Kind.KEYS_UNGRANTED)


def test_a_client_with_more_rights_than_ours_is_red_until_it_has_them_no_more(bench: Bench) -> None:
    bench.with_more_rights = {70}
    assert bench.run()[Check.INSERTION] == (State.BROKEN, Kind.ELEVATED)
    assert not bench.health.can_insert
    bench.with_more_rights = set()
    assert bench.run()[Check.INSERTION] == (State.OK, Kind.FINE)


def test_keys_that_the_system_refused_are_red_until_they_go_through(bench: Bench) -> None:
    bench.last = Outcome.KEYS_REFUSED
    assert bench.run()[Check.INSERTION] == (State.BROKEN, Kind.KEYS_REFUSED)
    assert not bench.health.can_insert
    bench.last = None
    assert bench.run()[Check.INSERTION] == (State.OK, Kind.FINE)


def test_a_modifier_that_is_down_is_told(bench: Bench) -> None:
    bench.desktop.hold_modifiers(timedelta(minutes=1))
    assert bench.run()[Check.INSERTION] == (State.WARNING, Kind.MODIFIER_DOWN)


def test_tracking_names_the_client_or_says_that_none_is_known(bench: Bench) -> None:
    bench.run()
    (row,) = (each for each in bench.health.rows if each.check is Check.TRACKING)
    assert row.finding is not None
    assert row.finding.reason == "Pidgin is followed"
    bench.chat = None
    assert bench.run()[Check.TRACKING] == (State.WARNING, Kind.NO_CHAT)


def test_a_name_that_was_pointed_at_and_cannot_be_read_is_told(bench: Bench) -> None:
    rule = ElementRule(steps=(Step(role="heading"),), buyer=re.compile("(?P<buyer>.+)"))
    told = ChatWindow(
        window=CHAT, profile=replace(PIDGIN, pointed=rule), customer="王小姐", named_by="element"
    )
    bench.chat = told
    assert bench.run()[Check.TRACKING] == (State.OK, Kind.CHAT)
    bench.chat = replace(told, named_by="title")
    assert bench.run()[Check.TRACKING] == (State.WARNING, Kind.NOT_POINTED)


def test_messages_that_could_be_told_apart_and_are_not_are_told(bench: Bench) -> None:
    rule = LogRule(by=Mark.COLOUR, speakers=())
    chat = bench.chat = ChatWindow(window=CHAT, profile=replace(PIDGIN, log=rule), customer="王小姐")
    assert bench.run()[Check.TRACKING] == (State.WARNING, Kind.NOT_HEARD)
    assert chat.conversation is not None
    bench.heard.add(chat.conversation)
    assert bench.run()[Check.TRACKING] == (State.OK, Kind.CHAT)


def test_a_permission_that_is_given_later_is_tested_at_once() -> None:
    bench = Bench(Capability.NONE)
    bench.run()
    for tell in bench.allow:
        tell(EVERYTHING)
    bench.time.advance(timedelta(seconds=5))
    assert {row.finding.state for row in bench.health.rows if row.finding is not None} == {State.OK}


def test_after_the_end_nothing_is_told_and_nothing_tested(bench: Bench) -> None:
    bench.health.run()
    bench.health.end()
    changes = bench.changes
    bench.time.advance(timedelta(seconds=5))
    for tell in bench.allow:
        tell(EVERYTHING)
    assert bench.changes == changes


def test_every_kind_has_words_and_a_remedy_where_something_is_wrong() -> None:
    fine = {Kind.FINE, Kind.CHAT, Kind.NO_HISTORY_YET, Kind.EVENTS_WHOLE, Kind.FREE, Kind.HISTORY}
    assert WORDS.keys() == set(Kind)
    assert {kind for kind, (_, remedy) in WORDS.items() if not remedy} == fine
