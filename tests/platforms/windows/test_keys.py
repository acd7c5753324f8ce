"""Keys sent for the user: one batch, for whom, and when."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.insertion import WindowInfo
from sidebar.platforms.windows.keyboard import Stroke
from sidebar.platforms.windows.keys import LOOK_AGAIN, Win32KeySender
from sidebar.platforms.windows.virtual_keys import virtual_key
from tests.fakes import FakeTime
from tests.platforms.windows.fakes import LATIN, FakeKeyboard, FakeProcesses

CHAT = WindowInfo(handle=5, pid=50, program="AliWorkbench.exe", title="")
CTRL, SHIFT, INSERT, V = 0x11, 0x10, 0x2D, 0x56


class Desk:
    def __init__(self) -> None:
        self.time = FakeTime()
        self.keyboard = FakeKeyboard()
        self.active: WindowInfo | None = CHAT
        self.expected = 0
        self.keys = Win32KeySender(
            keyboard=self.keyboard,
            processes=FakeProcesses({}, with_more_rights=(66,)),
            scheduler=self.time,
            active=lambda: self.active,
            before=self._expect,
        )

    def send(self, combo: str) -> bool:
        return self.keys.send(KeyCombo.parse(combo))

    def _expect(self) -> None:
        assert self.keyboard.batches == []
        self.expected += 1


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_chord_is_one_batch_of_four_with_the_layouts_scan_codes(desk: Desk) -> None:
    assert desk.send("ctrl+v")
    assert desk.keyboard.batches == [
        [
            Stroke(CTRL, 0x1D),
            Stroke(V, 0x2F),
            Stroke(V, 0x2F, up=True),
            Stroke(CTRL, 0x1D, up=True),
        ]
    ]
    assert desk.expected == 1


def test_a_key_beside_the_letters_is_not_the_keypads(desk: Desk) -> None:
    desk.send("shift+insert")
    (batch,) = desk.keyboard.batches
    assert [(stroke.key, stroke.extended) for stroke in batch] == [
        (SHIFT, False),
        (INSERT, True),
        (INSERT, True),
        (SHIFT, False),
    ]


def test_a_key_held_from_its_hotkey_is_let_go_first(desk: Desk) -> None:
    desk.keyboard.held = {V}
    desk.send("ctrl+v")
    (batch,) = desk.keyboard.batches
    assert [(stroke.key, stroke.up) for stroke in batch] == [
        (V, True),
        (CTRL, False),
        (V, False),
        (V, True),
        (CTRL, True),
    ]


def test_a_batch_that_was_taken_in_part_is_let_go(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.keyboard.accepts = 2
    assert not desk.send("ctrl+v")
    assert desk.keyboard.batches[1] == [Stroke(V, 0x2F, up=True), Stroke(CTRL, 0x1D, up=True)]
    assert "2 of 4" in caplog.text


def test_nothing_is_sent_to_a_program_with_more_rights(desk: Desk) -> None:
    desk.active = WindowInfo(handle=6, pid=66, program="chat.exe", title="")
    assert desk.keys.elevated(desk.active)
    assert not desk.send("ctrl+v")
    assert desk.keyboard.batches == []
    assert not desk.keys.elevated(CHAT)


def test_nothing_is_sent_where_nobody_is_in_front(desk: Desk) -> None:
    desk.active = None
    assert not desk.send("ctrl+v")
    assert desk.keyboard.batches == []


def test_a_key_that_there_is_not_is_not_sent(desk: Desk) -> None:
    assert not desk.send("ctrl+鱼")
    assert desk.keyboard.batches == []


@pytest.mark.parametrize("key", [0x10, 0x11, 0x12, 0x5B, 0x5C])
def test_a_modifier_that_is_down_is_held(desk: Desk, key: int) -> None:
    assert not desk.keys.modifiers_held()
    desk.keyboard.held = {key}
    assert desk.keys.modifiers_held()


def test_lock_keys_are_no_modifiers(desk: Desk) -> None:
    desk.keyboard.held = {0x14, 0x90, 0x91}
    assert not desk.keys.modifiers_held()


def test_waits_for_the_modifiers_to_be_let_go(desk: Desk) -> None:
    done: list[str] = []
    desk.keyboard.held = {CTRL}
    desk.keys.when_released(lambda: done.append("up"))
    desk.time.advance(timedelta(seconds=1))
    assert done == []
    desk.keyboard.held = set()
    desk.time.advance(LOOK_AGAIN)
    desk.time.advance(timedelta(seconds=1))
    assert done == ["up"]


def test_never_answers_before_it_was_asked_to_the_end(desk: Desk) -> None:
    done: list[str] = []
    desk.keys.when_released(lambda: done.append("up"))
    assert done == []
    desk.time.advance(timedelta(0))
    assert done == ["up"]


def test_looks_no_more_once_nobody_waits(desk: Desk) -> None:
    done: list[str] = []
    desk.keyboard.held = {CTRL}
    cancel = desk.keys.when_released(lambda: done.append("up"))
    desk.time.advance(LOOK_AGAIN)
    cancel()
    desk.keyboard.held = set()
    desk.time.advance(timedelta(seconds=1))
    assert done == []


# "Virtual-Key Codes" on learn.microsoft.com
@pytest.mark.parametrize(
    ("name", "code"),
    [
        *(("a", 0x41), ("v", 0x56), ("z", 0x5A), ("0", 0x30), ("9", 0x39), ("space", 0x20)),
        *(("return", 0x0D), ("tab", 0x09), ("backspace", 0x08), ("escape", 0x1B), ("delete", 0x2E)),
        *(("insert", 0x2D), ("home", 0x24), ("end", 0x23), ("pageup", 0x21), ("pagedown", 0x22)),
        *(("left", 0x25), ("up", 0x26), ("right", 0x27), ("down", 0x28)),
        *(("f1", 0x70), ("f8", 0x77), ("f12", 0x7B), ("f24", 0x87)),
        *((";", 0xBA), ("semicolon", 0xBA), ("comma", 0xBC), ("minus", 0xBD), ("period", 0xBE)),
        *(("slash", 0xBF), ("grave", 0xC0), ("bracketleft", 0xDB), ("backslash", 0xDC)),
        *(("bracketright", 0xDD), ("apostrophe", 0xDE), ("equal", 0xBB), ("f25", None), ("f0", None)),
    ],
)
def test_keys_have_the_documented_codes(name: str, code: int | None) -> None:
    assert virtual_key(name, lambda _: None) == code


def test_a_sign_is_where_the_layout_has_it(desk: Desk) -> None:
    desk.keyboard.layout_in_front = LATIN
    assert desk.send("ctrl+;")
    assert desk.keyboard.batches[0][1].key == 0xDF


@given(st.text())
def test_any_name_is_a_key_or_none(name: str) -> None:
    code = virtual_key(name, lambda _: None)
    assert code is None or 0 < code < 0xFF
