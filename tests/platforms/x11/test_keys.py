"""Keys sent for the user, and waiting for the user's own to be let go, on a real X server."""

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from Xlib import X

from sidebar.domain.hotkeys import KeyCombo
from sidebar.platforms.x11.connection import Connection
from sidebar.platforms.x11.hotkeys import X11Hotkeys
from sidebar.platforms.x11.keyboard_state import Keyboard
from sidebar.platforms.x11.keys import X11KeySender
from tests.platforms.x11.conftest import x_server
from tests.platforms.x11.hands import Hands, Program, use_layout
from tests.platforms.x11.loop import Loop

pytestmark = pytest.mark.display

PASTE = KeyCombo.parse("ctrl+v")
INSERT = KeyCombo.parse("ctrl+alt+1")


class Desk:
    """Our keys, the agent's hands and the chat program in front."""

    def __init__(self, display: str, loop: Loop, by: Literal["fingers", "xtest"] = "fingers") -> None:
        self.loop = loop
        self.connection = Connection(name=display, readiness=loop, scheduler=loop)
        self.keyboard = Keyboard(connection=self.connection, scheduler=loop)
        self.hotkeys = X11Hotkeys(connection=self.connection, keyboard=self.keyboard)
        self.keys = X11KeySender(
            connection=self.connection, keyboard=self.keyboard, hotkeys_down=self.hotkeys.down
        )
        self.hands = Hands(display, by)
        self.chat = Program(display, loop)
        self.chat.show()
        self.happened: list[str] = []

    def note(self, what: str) -> None:
        self.happened.append(what)

    def settle(self) -> None:
        """Everything sent so far has been heard: the server answers after it has told."""
        self.connection.display.sync()
        self.connection.drain()
        self.chat.flush()

    def close(self) -> None:
        self.hands.close()
        self.chat.close()
        self.connection.close()


@pytest.fixture
def desk(x_display: str, loop: Loop) -> Iterator[Desk]:
    desk = Desk(x_display, loop)
    yield desk
    desk.close()


@pytest.fixture(params=["fingers", "xtest"])
def any_desk(x_display: str, loop: Loop, request: pytest.FixtureRequest) -> Iterator[Desk]:
    desk = Desk(x_display, loop, request.param)
    yield desk
    desk.close()


def test_letting_go_of_a_key_that_is_not_down_reaches_nobody(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Any] = []
    desk.chat.window.change_attributes(event_mask=X.KeyPressMask | X.KeyReleaseMask)
    desk.chat.flush()
    monkeypatch.setattr(desk.chat, "_hear", heard.append)
    assert desk.keys.send(PASTE)
    desk.settle()
    code = desk.keyboard.code
    ctrl, v = desk.keyboard.modifier_codes(PASTE.modifiers), code("v")
    assert ctrl is not None
    assert [(event.type, event.detail) for event in heard if event.type in (X.KeyPress, X.KeyRelease)] == [
        (X.KeyPress, ctrl[0]),
        (X.KeyPress, v),
        (X.KeyRelease, v),
        (X.KeyRelease, ctrl[0]),
    ]


@pytest.mark.parametrize("combo", ["ctrl+v", "shift+0xff63", "0xff0d", "ctrl+shift+v"])
def test_a_combination_reaches_the_program_that_has_the_keyboard(desk: Desk, combo: str) -> None:
    named = combo.replace("0xff63", "insert").replace("0xff0d", "return")
    assert desk.keys.send(KeyCombo.parse(named))
    desk.settle()
    assert desk.chat.presses == [combo]
    assert not desk.keys.modifiers_held()


@pytest.mark.parametrize("lock", ["caps", "num"])
def test_lock_keys_do_not_disturb_it(desk: Desk, lock: str) -> None:
    desk.hands.tap(lock)
    assert desk.keys.send(PASTE)
    desk.settle()
    desk.hands.tap(lock)
    assert desk.chat.presses == ["ctrl+v"]


def test_an_answer_to_a_held_hotkey_goes_to_the_program_and_not_to_the_grab(any_desk: Desk) -> None:
    desk = any_desk
    desk.hotkeys.register(KeyCombo.parse("f8"), lambda: desk.note(f"sent {desk.keys.send(PASTE)}"))
    desk.hands.down("f8")
    desk.hands.flush()
    desk.settle()
    assert desk.happened == ["sent True"]
    assert desk.chat.presses == ["ctrl+v"]


def test_a_hotkey_is_a_hotkey_again_after_its_answer(any_desk: Desk) -> None:
    """Its release came from us, and the finger's own goes nowhere."""
    desk = any_desk
    desk.hotkeys.register(KeyCombo.parse("f8"), lambda: desk.note(f"sent {desk.keys.send(PASTE)}"))
    for _ in range(3):
        desk.hands.down("f8")
        desk.hands.flush()
        desk.settle()
        desk.hands.up("f8")
        desk.hands.flush()
        desk.settle()
    assert desk.happened == ["sent True"] * 3
    assert desk.chat.presses == ["ctrl+v"] * 3


def test_a_hotkey_can_be_answered_with_its_own_key(any_desk: Desk) -> None:
    """A press of a key that is down already would be dropped by the server."""
    desk = any_desk

    def answer() -> None:
        desk.note("hotkey")
        desk.keys.when_released(lambda: desk.note(f"sent {desk.keys.send(PASTE)}"))

    desk.hotkeys.register(KeyCombo.parse("ctrl+alt+v"), answer)
    desk.hands.down("ctrl", "alt", "v")
    desk.hands.flush()
    desk.settle()
    desk.hands.up("alt", "ctrl")
    desk.hands.flush()
    desk.settle()
    assert desk.happened == ["hotkey", "sent True"]
    assert desk.chat.presses == ["ctrl+v"]


def test_a_key_that_the_agent_is_typing_can_be_sent(any_desk: Desk) -> None:
    any_desk.hands.down("v")
    any_desk.hands.flush()
    any_desk.settle()
    assert any_desk.keys.send(PASTE)
    any_desk.settle()
    assert any_desk.chat.presses == ["v", "ctrl+v"]


def test_a_key_held_after_its_modifiers_does_not_type_into_the_program(desk: Desk) -> None:
    """The grab stays until there is an answer: a key that repeats must not repeat into the chat."""
    heard: list[object] = []
    desk.connection.on(X.KeyPress, heard.append)
    desk.hotkeys.register(INSERT, lambda: desk.note("hotkey"))
    desk.hands.down("ctrl", "alt", "1")
    desk.hands.flush()
    desk.settle()
    desk.hands.up("alt", "ctrl")
    desk.hands.flush()
    desk.loop.until(lambda: len(heard) >= 3)
    desk.hands.up("1")
    desk.hands.flush()
    desk.settle()
    assert desk.happened == ["hotkey"]
    assert desk.chat.presses == []


def test_waits_for_the_last_of_two_modifiers_and_sets_no_timer(any_desk: Desk) -> None:
    desk = any_desk
    desk.hands.down("ctrl", "alt")
    desk.hands.flush()
    desk.settle()
    assert desk.keys.modifiers_held()
    desk.keys.when_released(lambda: desk.note("released"))
    timers = desk.loop.scheduled
    desk.hands.up("ctrl")
    desk.hands.flush()
    desk.settle()
    assert desk.happened == []
    assert desk.keys.modifiers_held()
    desk.hands.up("alt")
    desk.hands.flush()
    desk.loop.until(lambda: desk.happened == ["released"])
    assert desk.loop.scheduled == timers
    assert not desk.keys.modifiers_held()


def test_both_keys_of_one_modifier_must_be_up(desk: Desk) -> None:
    desk.hands.down("ctrl", "ctrl_right")
    desk.hands.flush()
    desk.keys.when_released(lambda: desk.note("released"))
    desk.hands.up("ctrl")
    desk.hands.flush()
    desk.settle()
    assert desk.happened == []
    desk.hands.up("ctrl_right")
    desk.hands.flush()
    desk.settle()
    assert desk.happened == ["released"]


def test_a_modifier_pressed_again_at_once_is_still_held(desk: Desk) -> None:
    """The notice of the release is older than the press: the keys are looked at, not the notice."""
    desk.hands.down("ctrl")
    desk.hands.flush()
    desk.keys.when_released(lambda: desk.note("released"))
    desk.hands.up("ctrl")
    desk.hands.down("shift")
    desk.hands.flush()
    desk.settle()
    assert desk.happened == []
    desk.hands.up("shift")
    desk.hands.flush()
    desk.settle()
    assert desk.happened == ["released"]


def test_with_nothing_held_it_runs_but_not_before_the_call_returns(desk: Desk) -> None:
    desk.keys.when_released(lambda: desk.note("released"))
    assert desk.happened == []
    desk.loop.until(lambda: desk.happened == ["released"])


def test_runs_each_of_those_who_wait_once(desk: Desk) -> None:
    desk.hands.down("super")
    desk.hands.flush()
    desk.keys.when_released(lambda: desk.note("first"))
    desk.keys.when_released(lambda: desk.note("second"))
    desk.hands.up("super")
    desk.hands.tap("super")
    desk.settle()
    assert desk.happened == ["first", "second"]


def test_waiting_can_be_taken_back(desk: Desk) -> None:
    desk.hands.down("alt")
    desk.hands.flush()
    forget = desk.keys.when_released(lambda: desk.note("released"))
    forget()
    forget()
    desk.hands.up("alt")
    desk.hands.flush()
    desk.settle()
    assert desk.happened == []


def test_hears_nothing_of_modifiers_while_nobody_waits(desk: Desk) -> None:
    heard: list[object] = []
    notices = int(desk.connection.display.query_extension("XKEYBOARD").first_event)
    desk.hands.tap("f1")  # the hands' keyboard is the one in use now
    desk.settle()
    desk.connection.on(notices, heard.append)
    desk.hands.down("ctrl")
    desk.hands.flush()
    desk.keys.when_released(lambda: desk.note("released"))
    desk.hands.up("ctrl")
    desk.hands.flush()
    desk.settle()
    assert desk.happened == ["released"]
    heard.clear()
    desk.hands.tap("shift+a")
    desk.settle()
    assert heard == []


@pytest.mark.parametrize("key", ["caps", "num", "v", "f8"])
def test_lock_keys_and_ordinary_keys_do_not_count_as_held(desk: Desk, key: str) -> None:
    desk.hands.down(key)
    desk.hands.flush()
    assert not desk.keys.modifiers_held()
    desk.hands.up(key)
    if key in ("caps", "num"):
        desk.hands.tap(key)


@pytest.mark.parametrize("key", ["ctrl", "ctrl_right", "alt", "shift", "super"])
def test_each_modifier_counts_as_held(desk: Desk, key: str) -> None:
    desk.hands.down(key)
    desk.hands.flush()
    assert desk.keys.modifiers_held()


def test_a_latin_key_is_found_while_somebody_types_cyrillic(desk: Desk, x_display: str) -> None:
    use_layout(x_display, "us,ru", "-option", "grp:menu_toggle")
    try:
        desk.settle()
        desk.hands.tap("menu")
        assert desk.keys.send(PASTE)
        desk.settle()
        desk.hands.tap("menu")
        assert desk.chat.presses[-1:] == ["ctrl+v"]
    finally:
        use_layout(x_display, "us", "-option", "")


def test_says_so_when_the_keyboard_has_no_such_key(desk: Desk, x_display: str) -> None:
    use_layout(x_display, "ru")
    try:
        desk.settle()
        assert not desk.keys.send(PASTE)
    finally:
        use_layout(x_display, "us")
    desk.settle()
    assert desk.chat.presses == []
    assert desk.keys.send(PASTE)


def test_follows_the_key_to_its_place_in_another_layout(desk: Desk, x_display: str) -> None:
    use_layout(x_display, "us", "-variant", "dvorak")
    try:
        desk.settle()
        assert desk.keys.send(PASTE)
        desk.settle()
        assert desk.chat.presses == ["ctrl+v"]
    finally:
        use_layout(x_display, "us", "-variant", "")


def test_without_xtest_no_key_can_be_sent(loop: Loop) -> None:
    with x_server("-extension", "XTEST") as display:
        connection = Connection(name=display, readiness=loop, scheduler=loop)
        keyboard = Keyboard(connection=connection, scheduler=loop)
        keys = X11KeySender(connection=connection, keyboard=keyboard, hotkeys_down=tuple)
        assert not keys.send(PASTE)
        connection.close()
