"""Global hotkeys: taken one by one, and taken again when Windows may have lost them."""

import pytest

from sidebar.domain.hotkeys import KeyCombo
from sidebar.platforms.windows import win32
from sidebar.platforms.windows.hotkeys import Win32Hotkeys
from tests.platforms.windows.fakes import LATIN, FakeKeyboard, FakeMessages

# "RegisterHotKey": ALT 1, CONTROL 2, SHIFT 4, WIN 8, NOREPEAT 0x4000
CTRL_ALT_1 = (0x4003, 0x31)
F8 = (0x4000, 0x77)


class Desk:
    def __init__(self) -> None:
        self.messages = FakeMessages()
        self.keyboard = FakeKeyboard()
        self.hotkeys = Win32Hotkeys(messages=self.messages, keyboard=self.keyboard, front=lambda: 5)
        self.pressed: list[str] = []

    def register(self, combo: str) -> bool:
        return self.hotkeys.register(KeyCombo.parse(combo), lambda: self.pressed.append(combo))

    def press(self, *combination: tuple[int, int]) -> None:
        for each in combination:
            if each in self.keyboard.taken:
                self.messages.deliver(win32.WM_HOTKEY, self.keyboard.taken[each])


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_each_hotkey_runs_its_own_action(desk: Desk) -> None:
    assert desk.register("ctrl+alt+1")
    assert desk.register("f8")
    desk.press(F8, CTRL_ALT_1, F8)
    assert desk.pressed == ["f8", "ctrl+alt+1", "f8"]


def test_every_modifier_has_its_bit(desk: Desk) -> None:
    desk.register("ctrl+alt+shift+win+v")
    assert set(desk.keyboard.taken) == {(0x400F, 0x56)}


def test_one_that_another_program_has_is_refused_and_the_others_live(desk: Desk) -> None:
    desk.keyboard.others = {CTRL_ALT_1}
    assert not desk.register("ctrl+alt+1")
    assert desk.register("f8")
    desk.press(F8)
    assert desk.pressed == ["f8"]


def test_a_key_that_there_is_not_is_refused(desk: Desk) -> None:
    assert not desk.register("ctrl+鱼")


def test_one_given_back_is_free_and_silent(desk: Desk) -> None:
    desk.register("f8")
    number = desk.keyboard.taken[F8]
    desk.hotkeys.unregister(KeyCombo.parse("f8"))
    desk.hotkeys.unregister(KeyCombo.parse("f8"))
    assert desk.keyboard.taken == {}
    desk.messages.deliver(win32.WM_HOTKEY, number)
    assert desk.pressed == []


def test_registering_anew_changes_the_action(desk: Desk) -> None:
    desk.register("f8")
    assert desk.hotkeys.register(KeyCombo.parse("f8"), lambda: desk.pressed.append("another"))
    desk.press(F8)
    assert desk.pressed == ["another"]


@pytest.mark.parametrize(
    ("message", "change"),
    [
        (win32.WM_WTSSESSION_CHANGE, win32.WTS_SESSION_UNLOCK),
        (win32.WM_POWERBROADCAST, win32.PBT_APMRESUMEAUTOMATIC),
    ],
    ids=["unlocked", "awake"],
)
def test_all_are_taken_again(desk: Desk, message: int, change: int) -> None:
    desk.register("f8")
    desk.register("ctrl+alt+1")
    desk.keyboard.taken.clear()
    desk.messages.deliver(message, change)
    desk.press(F8, CTRL_ALT_1)
    assert desk.pressed == ["f8", "ctrl+alt+1"]


def test_other_changes_of_session_and_power_take_nothing(desk: Desk) -> None:
    desk.register("f8")
    desk.keyboard.taken.clear()
    desk.messages.deliver(win32.WM_WTSSESSION_CHANGE, 0x7)  # WTS_SESSION_LOCK
    desk.messages.deliver(win32.WM_POWERBROADCAST, 0x4)  # PBT_APMSUSPEND
    assert desk.keyboard.taken == {}


def test_one_lost_while_locked_comes_back_the_next_time(desk: Desk) -> None:
    desk.register("f8")
    desk.register("ctrl+alt+1")
    desk.keyboard.taken.clear()
    desk.keyboard.others = {F8}
    desk.messages.deliver(win32.WM_WTSSESSION_CHANGE, win32.WTS_SESSION_UNLOCK)
    assert set(desk.keyboard.taken) == {CTRL_ALT_1}
    desk.keyboard.others = set()
    desk.messages.deliver(win32.WM_WTSSESSION_CHANGE, win32.WTS_SESSION_UNLOCK)
    assert set(desk.keyboard.taken) == {CTRL_ALT_1, F8}


def test_a_sign_follows_the_layout_in_front_and_the_others_stay(desk: Desk) -> None:
    desk.register("ctrl+alt+;")
    desk.register("f8")
    before = desk.keyboard.taken[F8]
    desk.keyboard.layout_in_front = LATIN
    desk.hotkeys.look_at_layout()
    assert desk.keyboard.taken == {(0x4003, 0xDF): 1, F8: before}
    desk.press((0x4003, 0xDF))
    assert desk.pressed == ["ctrl+alt+;"]


def test_the_end_gives_all_back(desk: Desk) -> None:
    desk.register("f8")
    desk.register("ctrl+alt+1")
    desk.hotkeys.close()
    assert desk.keyboard.taken == {}
