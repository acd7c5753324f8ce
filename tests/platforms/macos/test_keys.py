"""Keys pressed for the user: the chord of the platform, in order, and only once the user's are up."""

from datetime import timedelta

import pytest

from sidebar.domain.hotkeys import KeyCombo
from sidebar.platforms.macos.bridge import Stroke
from sidebar.platforms.macos.keys import MacKeySender, chord
from tests.fakes import FakeTime
from tests.platforms.macos.fake_elements import FakePermissions
from tests.platforms.macos.fake_input import FakeKeyboard

PASTE = KeyCombo.parse("ctrl+v")
# CGEventTypes.h: kCGEventFlagMask…
ALPHA_SHIFT, SHIFT, CONTROL, OPTION, COMMAND, FN = 0x10000, 0x20000, 0x40000, 0x80000, 0x100000, 0x800000


class Desk:
    def __init__(self) -> None:
        self.time = FakeTime()
        self.keyboard = FakeKeyboard(self.time)
        self.permissions = FakePermissions()
        self.ready = True
        self.asked = 0
        self.sender = MacKeySender(
            keyboard=self.keyboard, permissions=self.permissions, scheduler=self.time, before=self.before
        )

    def before(self) -> bool:
        self.asked += 1
        return self.ready

    def advance(self, milliseconds: int) -> None:
        self.time.advance(timedelta(milliseconds=milliseconds))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize(
    ("profile", "here"),
    [
        ("ctrl+v", "cmd+v"),
        ("ctrl+shift+v", "cmd+shift+v"),
        ("ctrl+return", "cmd+return"),
        ("return", "return"),
        ("cmd+v", "cmd+v"),
        ("alt+return", "option+return"),
    ],
)
def test_what_a_profile_calls_ctrl_is_command_here(profile: str, here: str) -> None:
    assert chord(KeyCombo.parse(profile)) == KeyCombo.parse(here)


def test_pastes_with_command_down_around_v(desk: Desk) -> None:
    assert desk.sender.send(PASTE)
    # 0x37 is kVK_Command, 0x09 kVK_ANSI_V; 0x8 is NX_DEVICELCMDKEYMASK, the left key's own bit.
    assert desk.keyboard.posted == [
        Stroke(code=0x37, down=True, flags=COMMAND | 0x8),
        Stroke(code=0x09, down=True, flags=COMMAND | 0x8),
        Stroke(code=0x09, down=False, flags=COMMAND | 0x8),
        Stroke(code=0x37, down=False, flags=0),
    ]


def test_a_key_without_modifiers_is_two_strokes(desk: Desk) -> None:
    assert desk.sender.send(KeyCombo("return"))
    assert desk.keyboard.posted == [
        Stroke(code=0x24, down=True, flags=0),
        Stroke(code=0x24, down=False, flags=0),
    ]


def test_two_modifiers_come_up_in_the_reverse_order(desk: Desk) -> None:
    assert desk.sender.send(KeyCombo.parse("ctrl+shift+v"))
    downs = [(stroke.code, stroke.down) for stroke in desk.keyboard.posted]
    assert downs == [(0x38, True), (0x37, True), (9, True), (9, False), (0x37, False), (0x38, False)]
    assert desk.keyboard.posted[-2].flags == SHIFT | 0x2
    assert desk.keyboard.posted[-1].flags == 0


def test_finds_v_where_the_layout_has_it(desk: Desk) -> None:
    desk.keyboard.use_layout({0x2F: "v"})
    assert desk.sender.send(PASTE)
    assert desk.keyboard.posted[1].code == 0x2F


def test_presses_nothing_without_permission(desk: Desk) -> None:
    desk.permissions.trust = False
    assert not desk.sender.send(PASTE)
    assert desk.keyboard.posted == []
    assert desk.asked == 0


def test_may_press_keys_without_accessibility_where_that_alone_is_granted(desk: Desk) -> None:
    desk.permissions.trust, desk.permissions.post = False, True
    assert desk.sender.send(PASTE)


def test_presses_nothing_where_the_clipboard_is_not_ready(desk: Desk) -> None:
    desk.ready = False
    assert not desk.sender.send(PASTE)
    assert desk.keyboard.posted == []


def test_presses_nothing_for_a_key_that_is_not_there(desk: Desk) -> None:
    assert not desk.sender.send(KeyCombo.parse("ctrl+pause"))
    assert desk.keyboard.posted == []


@pytest.mark.parametrize("flag", [SHIFT, CONTROL, OPTION, COMMAND])
def test_a_modifier_is_held(desk: Desk, flag: int) -> None:
    desk.keyboard.held = flag
    assert desk.sender.modifiers_held()


def test_caps_lock_and_fn_are_no_modifiers(desk: Desk) -> None:
    desk.keyboard.held = ALPHA_SHIFT | FN
    assert not desk.sender.modifiers_held()


def test_tells_within_ten_milliseconds_that_all_are_up(desk: Desk) -> None:
    released: list[str] = []
    desk.keyboard.held = CONTROL | OPTION
    desk.sender.when_released(lambda: released.append("up"))
    desk.advance(45)
    desk.keyboard.held = OPTION
    desk.advance(20)
    assert released == []
    desk.keyboard.held = 0
    desk.advance(10)
    assert released == ["up"]
    desk.advance(1000)
    assert released == ["up"]


def test_where_nothing_is_held_it_comes_with_the_next_turn_of_the_loop(desk: Desk) -> None:
    released: list[str] = []
    desk.sender.when_released(lambda: released.append("up"))
    assert released == []
    desk.advance(0)
    assert released == ["up"]


@pytest.mark.parametrize("wait", [0, 35])
def test_waiting_can_be_taken_back(desk: Desk, wait: int) -> None:
    released: list[str] = []
    desk.keyboard.held = COMMAND
    cancel = desk.sender.when_released(lambda: released.append("up"))
    if wait:
        desk.advance(wait)
    cancel()
    desk.keyboard.held = 0
    desk.advance(1000)
    assert released == []
    cancel()
