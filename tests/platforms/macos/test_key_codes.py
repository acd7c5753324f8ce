"""Which key of a Mac's keyboard is meant: by the layout, else where a US keyboard has it."""

import pytest

from sidebar.platforms.macos.key_codes import key_code
from tests.fakes import FakeTime
from tests.platforms.macos.fake_input import FakeKeyboard

# kVK_* as HIToolbox/Events.h has them.
US = {
    "a": 0x00, "s": 0x01, "d": 0x02, "f": 0x03, "h": 0x04, "g": 0x05, "z": 0x06, "x": 0x07, "c": 0x08,
    "v": 0x09, "b": 0x0B, "q": 0x0C, "w": 0x0D, "e": 0x0E, "r": 0x0F, "y": 0x10, "t": 0x11, "1": 0x12,
    "2": 0x13, "3": 0x14, "4": 0x15, "6": 0x16, "5": 0x17, "equal": 0x18, "9": 0x19, "7": 0x1A,
    "minus": 0x1B, "8": 0x1C, "0": 0x1D, "bracketright": 0x1E, "o": 0x1F, "u": 0x20, "bracketleft": 0x21,
    "i": 0x22, "p": 0x23, "l": 0x25, "j": 0x26, "apostrophe": 0x27, "k": 0x28, "semicolon": 0x29,
    "backslash": 0x2A, "comma": 0x2B, "slash": 0x2C, "n": 0x2D, "m": 0x2E, "period": 0x2F, "grave": 0x32,
    "return": 0x24, "tab": 0x30, "space": 0x31, "backspace": 0x33, "escape": 0x35, "insert": 0x72,
    "home": 0x73, "pageup": 0x74, "delete": 0x75, "end": 0x77, "pagedown": 0x79, "left": 0x7B,
    "right": 0x7C, "down": 0x7D, "up": 0x7E, "f1": 0x7A, "f2": 0x78, "f3": 0x63, "f4": 0x76, "f5": 0x60,
    "f6": 0x61, "f7": 0x62, "f8": 0x64, "f9": 0x65, "f10": 0x6D, "f11": 0x67, "f12": 0x6F, "f13": 0x69,
    "f14": 0x6B, "f15": 0x71, "f16": 0x6A, "f17": 0x40, "f18": 0x4F, "f19": 0x50, "f20": 0x5A,
}  # fmt: skip


@pytest.fixture
def keyboard() -> FakeKeyboard:
    return FakeKeyboard(FakeTime())


@pytest.mark.parametrize(("key", "code"), US.items())
def test_a_layout_that_tells_nothing_is_taken_for_the_us_one(
    keyboard: FakeKeyboard, key: str, code: int
) -> None:
    keyboard.use_layout({})
    assert key_code(key, keyboard, command=False) == code


@pytest.mark.parametrize("key", ["menu", "pause", "f21", "ß", "nokey"])
def test_a_key_macs_have_not_got_has_no_code(keyboard: FakeKeyboard, key: str) -> None:
    keyboard.use_layout({})
    assert key_code(key, keyboard, command=True) is None


def test_on_dvorak_v_is_where_the_us_keyboard_has_the_full_stop(keyboard: FakeKeyboard) -> None:
    keyboard.use_layout({0x2F: "v", 0x09: "k"})
    assert key_code("v", keyboard, command=True) == 0x2F


def test_dvorak_with_qwerty_under_command_has_v_in_two_places(keyboard: FakeKeyboard) -> None:
    keyboard.use_layout({0x2F: "v", 0x09: "k"}, commanded={0x09: "v", 0x2F: "."})
    assert key_code("v", keyboard, command=True) == 0x09
    assert key_code("v", keyboard, command=False) == 0x2F


def test_a_cyrillic_layout_has_v_only_under_command(keyboard: FakeKeyboard) -> None:
    keyboard.use_layout({0x09: "м"}, commanded={0x09: "v"})
    assert key_code("v", keyboard, command=True) == 0x09
    assert key_code("v", keyboard, command=False) == 0x09


def test_where_digits_need_shift_the_row_counts_not_the_keypad(keyboard: FakeKeyboard) -> None:
    keyboard.use_layout({0x12: "&", 0x53: "1"})  # AZERTY
    assert key_code("1", keyboard, command=False) == 0x12
