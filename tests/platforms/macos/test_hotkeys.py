"""Global hotkeys, each on its own."""

import pytest

from sidebar.domain.hotkeys import KeyCombo
from sidebar.platforms.macos.hotkeys import MacHotkeys
from tests.fakes import FakeTime
from tests.platforms.macos.fake_input import SOON, FakeHotkeys, FakeKeyboard

ONE, TWO, SEARCH = (KeyCombo.parse(text) for text in ("ctrl+alt+1", "ctrl+alt+2", "cmd+shift+a"))
CTRL_ALT = 0x1000 | 0x800
"""controlKey and optionKey of HIToolbox/Events.h."""


class Desk:
    def __init__(self) -> None:
        self.time = FakeTime()
        self.carbon = FakeHotkeys(self.time)
        self.keyboard = FakeKeyboard(self.time)
        self.hotkeys = MacHotkeys(hotkeys=self.carbon, keyboard=self.keyboard)
        self.heard: list[str] = []

    def want(self, combo: KeyCombo) -> bool:
        return self.hotkeys.register(combo, lambda: self.heard.append(str(combo)))

    def press(self, code: int, modifiers: int = CTRL_ALT) -> None:
        self.carbon.press(code, modifiers)
        self.time.advance(SOON)

    def release(self, code: int, modifiers: int = CTRL_ALT) -> None:
        self.carbon.release(code, modifiers)
        self.time.advance(SOON)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_hears_its_own_key_and_no_other(desk: Desk) -> None:
    assert desk.want(ONE)
    assert desk.want(TWO)
    desk.press(19)
    assert desk.heard == ["ctrl+alt+2"]


def test_super_is_command_and_alt_is_option(desk: Desk) -> None:
    assert desk.want(SEARCH)
    assert list(desk.carbon.taken.values()) == [(0, 0x100 | 0x200)]
    desk.want(ONE)
    assert list(desk.carbon.taken.values())[1] == (18, CTRL_ALT)


@pytest.mark.parametrize("status", [-9868, -9878])
def test_one_that_is_refused_leaves_the_others_alive(desk: Desk, status: int) -> None:
    desk.carbon.refused[18, CTRL_ALT] = status
    assert not desk.want(ONE)
    assert desk.want(TWO)
    desk.press(19)
    assert desk.heard == ["ctrl+alt+2"]


def test_a_shortcut_of_the_system_is_refused_as_it_would_never_come(desk: Desk) -> None:
    desk.carbon.system.add((18, CTRL_ALT))
    assert not desk.want(ONE)
    assert desk.carbon.taken == {}


def test_a_key_that_is_not_on_a_mac_is_refused(desk: Desk) -> None:
    assert not desk.want(KeyCombo.parse("ctrl+alt+pause"))


def test_a_held_key_counts_once(desk: Desk) -> None:
    desk.want(ONE)
    desk.press(18)
    desk.press(18)
    assert desk.heard == ["ctrl+alt+1"]
    desk.release(18)
    desk.press(18)
    assert desk.heard == ["ctrl+alt+1", "ctrl+alt+1"]


def test_what_is_given_back_is_heard_no_more(desk: Desk) -> None:
    desk.want(ONE)
    desk.hotkeys.unregister(ONE)
    desk.hotkeys.unregister(ONE)
    assert desk.carbon.taken == {}
    desk.press(18)
    assert desk.heard == []


def test_given_back_while_held_it_counts_when_taken_again(desk: Desk) -> None:
    desk.want(ONE)
    desk.press(18)
    desk.hotkeys.unregister(ONE)
    desk.want(ONE)
    desk.press(18)
    assert len(desk.heard) == 2


def test_registered_twice_the_second_action_counts(desk: Desk) -> None:
    desk.want(ONE)
    later: list[str] = []
    assert desk.hotkeys.register(ONE, lambda: later.append("later"))
    desk.press(18)
    assert (desk.heard, later) == ([], ["later"])


def test_moves_with_the_layout_even_where_two_change_places(desk: Desk) -> None:
    desk.want(ONE)
    desk.want(TWO)
    desk.keyboard.use_layout({18: "2", 19: "1"})
    desk.time.advance(SOON)
    desk.press(18)
    desk.press(19)
    assert desk.heard == ["ctrl+alt+2", "ctrl+alt+1"]


def test_one_lost_with_the_layout_comes_back_with_the_next(desk: Desk) -> None:
    desk.want(ONE)
    desk.carbon.refused[19, CTRL_ALT] = -9868
    desk.keyboard.use_layout({19: "1"})
    desk.time.advance(SOON)
    assert desk.carbon.taken == {}
    desk.keyboard.use_layout({18: "1"})
    desk.time.advance(SOON)
    desk.press(18)
    assert desk.heard == ["ctrl+alt+1"]


def test_a_layout_with_the_same_keys_changes_nothing(desk: Desk) -> None:
    desk.want(ONE)
    before = dict(desk.carbon.taken)
    desk.keyboard.use_layout({18: "1"})
    desk.time.advance(SOON)
    assert desk.carbon.taken == before


def test_an_action_may_give_its_own_key_back(desk: Desk) -> None:
    assert desk.hotkeys.register(ONE, lambda: desk.hotkeys.unregister(ONE))
    desk.press(18)
    assert desk.carbon.taken == {}


def test_closing_gives_all_back(desk: Desk) -> None:
    desk.want(ONE)
    desk.want(TWO)
    desk.hotkeys.close()
    assert desk.carbon.taken == {}
    assert len(desk.keyboard.layout_listeners) == 0
