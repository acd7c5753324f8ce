"""Global hotkeys on a real X server, pressed with fingers and by XTEST."""

from collections.abc import Iterator

import pytest
from Xlib import X
from Xlib.display import Display

from sidebar.domain.hotkeys import KeyCombo
from sidebar.platforms.x11.connection import Connection
from sidebar.platforms.x11.hotkeys import X11Hotkeys
from sidebar.platforms.x11.keyboard_state import Keyboard
from sidebar.platforms.x11.keysyms import keysym
from tests.platforms.x11.hands import Hands, Program, use_layout
from tests.platforms.x11.loop import Loop

pytestmark = pytest.mark.display

INSERT = KeyCombo.parse("ctrl+alt+1")
SEARCH = KeyCombo.parse("ctrl+shift+space")
HOLDING = KeyCombo.parse("f8")


class Desk:
    """Our hotkeys, the agent's hands and the chat program in front."""

    def __init__(self, display: str, loop: Loop) -> None:
        self.loop = loop
        self.connection = Connection(name=display, readiness=loop, scheduler=loop)
        self.keyboard = Keyboard(connection=self.connection, scheduler=loop)
        self.hotkeys = X11Hotkeys(connection=self.connection, keyboard=self.keyboard)
        self.hands = Hands(display)
        self.chat = Program(display, loop)
        self.chat.show()
        self.pressed: list[KeyCombo] = []
        self.heard = 0
        self.connection.on(X.KeyPress, self._count)

    def register(self, combo: KeyCombo) -> bool:
        return self.hotkeys.register(combo, lambda: self.pressed.append(combo))

    def _count(self, event: object) -> None:
        del event
        self.heard += 1

    def settle(self) -> None:
        """Everything the hands did has been heard: the server answers after it has told."""
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


def test_a_press_runs_the_action_once(desk: Desk) -> None:
    assert desk.register(INSERT)
    assert desk.register(HOLDING)
    desk.hands.tap("ctrl+alt+1")
    desk.settle()
    assert desk.pressed == [INSERT]
    desk.hands.tap("f8")
    desk.settle()
    assert desk.pressed == [INSERT, HOLDING]
    assert desk.chat.presses == []


@pytest.mark.parametrize(
    "combo", ["alt+q", "super+f9", "shift+f1", "ctrl+comma", "ctrl+alt+escape", "ctrl+return"]
)
def test_keys_are_named_as_people_write_them(desk: Desk, combo: str) -> None:
    assert desk.register(KeyCombo.parse(combo))
    desk.hands.tap(combo)
    desk.settle()
    assert desk.pressed == [KeyCombo.parse(combo)]


@pytest.mark.parametrize("locks", [(), ("caps",), ("num",), ("caps", "num")], ids="+".join)
def test_lock_keys_make_no_difference(desk: Desk, locks: tuple[str, ...]) -> None:
    assert desk.register(INSERT)
    for lock in locks:
        desk.hands.tap(lock)
    desk.hands.tap("ctrl+alt+1")
    desk.settle()
    for lock in locks:
        desk.hands.tap(lock)
    assert desk.pressed == [INSERT]


def test_other_modifiers_make_a_difference(desk: Desk) -> None:
    assert desk.register(INSERT)
    desk.hands.tap("ctrl+1")
    desk.hands.tap("ctrl+alt+shift+1")
    desk.settle()
    assert desk.pressed == []
    assert desk.chat.presses == ["ctrl+1", "ctrl+alt+shift+1"]


def test_a_taken_key_is_refused_and_the_others_live(desk: Desk, x_display: str) -> None:
    other = Display(x_display)
    code = other.keysym_to_keycode(keysym("1"))
    # One state of the lock keys is enough: with Caps Lock on the key would be the other program's.
    other.screen().root.grab_key(
        code, X.ControlMask | X.Mod1Mask | X.LockMask, True, X.GrabModeAsync, X.GrabModeAsync
    )
    other.sync()
    assert desk.register(SEARCH)
    assert not desk.register(INSERT)
    assert desk.register(HOLDING)
    desk.hands.tap("ctrl+alt+1")
    desk.hands.tap("ctrl+shift+space")
    desk.hands.tap("f8")
    desk.settle()
    assert desk.pressed == [SEARCH, HOLDING]
    assert desk.chat.presses == ["ctrl+alt+1"]
    other.close()


def test_a_key_given_back_can_be_taken_by_others(desk: Desk) -> None:
    assert desk.register(INSERT)
    desk.hotkeys.unregister(INSERT)
    desk.hands.tap("ctrl+alt+1")
    desk.settle()
    assert desk.pressed == []
    assert desk.chat.presses == ["ctrl+alt+1"]


def test_a_key_this_keyboard_has_not_got_is_refused(desk: Desk) -> None:
    assert not desk.register(KeyCombo.parse("ctrl+é"))
    assert not desk.register(KeyCombo.parse("ctrl+hyper"))


def test_a_key_is_not_refused_because_we_have_it_ourselves(desk: Desk) -> None:
    assert desk.register(INSERT)
    assert desk.register(INSERT)
    desk.hands.tap("ctrl+alt+1")
    desk.settle()
    assert desk.pressed == [INSERT]


@pytest.mark.parametrize("by", ["fingers", "xtest"])
def test_presses_without_any_hold_are_never_lost(desk: Desk, x_display: str, by: str) -> None:
    hands = Hands(x_display, "xtest" if by == "xtest" else "fingers")
    assert desk.register(HOLDING)
    for _ in range(20):
        hands.down("f8")
        hands.up("f8")
    hands.flush()
    desk.settle()
    assert desk.pressed == [HOLDING] * 20
    hands.close()


def test_a_held_key_counts_once_however_often_it_repeats(desk: Desk) -> None:
    assert desk.register(HOLDING)
    desk.hands.down("f8")
    desk.hands.flush()
    desk.loop.until(lambda: desk.heard >= 4)
    desk.hands.up("f8")
    desk.hands.flush()
    desk.settle()
    assert desk.pressed == [HOLDING]
    desk.hands.tap("f8")
    desk.settle()
    assert desk.pressed == [HOLDING] * 2


def test_keys_rolled_over_count_once_each(desk: Desk) -> None:
    """The second key has no grab of its own: its release after the first one's goes elsewhere."""
    second = KeyCombo.parse("ctrl+alt+2")
    assert desk.register(INSERT)
    assert desk.register(second)
    desk.hands.down("ctrl", "alt", "1", "2")
    desk.hands.flush()
    desk.settle()
    desk.hands.up("1")
    desk.hands.flush()
    desk.settle()
    assert desk.hotkeys.down() == ()
    desk.hands.up("2", "alt", "ctrl")
    desk.hands.tap("ctrl+alt+2")
    desk.settle()
    assert desk.pressed == [INSERT, second, second]


def test_keys_are_taken_anew_when_the_layout_changes(desk: Desk, x_display: str) -> None:
    """On a French keyboard `a` is where `q` is on an American one."""
    combo = KeyCombo.parse("ctrl+alt+a")
    assert desk.register(combo)
    use_layout(x_display, "fr")
    try:
        desk.settle()
        french = Hands(x_display)
        french.tap("ctrl+alt+q")
        french.tap("ctrl+alt+a")
        french.close()
        desk.settle()
        assert desk.chat.presses == ["ctrl+alt+q"]
        assert desk.pressed == [combo]
    finally:
        use_layout(x_display, "us")
    desk.settle()
    desk.hands.tap("ctrl+alt+a")
    desk.settle()
    assert desk.pressed == [combo, combo]


def test_hotkeys_live_while_somebody_types_cyrillic(desk: Desk, x_display: str) -> None:
    combo = KeyCombo.parse("ctrl+alt+v")
    use_layout(x_display, "us,ru", "-option", "grp:menu_toggle")
    try:
        desk.settle()
        assert desk.register(combo)
        desk.hands.tap("menu")
        desk.hands.tap("ctrl+alt+v")
        desk.hands.tap("menu")
        desk.settle()
        assert desk.pressed == [combo]
    finally:
        use_layout(x_display, "us", "-option", "")


def test_nothing_is_done_because_hands_and_programs_take_turns(desk: Desk, x_display: str) -> None:
    """The server says that the keyboard changed each time another device is used; mostly nothing did."""
    changes: list[None] = []
    desk.keyboard.when_changed(lambda: changes.append(None))
    program = Hands(x_display, "xtest")
    for hands in (desk.hands, program, desk.hands, program):
        hands.tap("f1")
    desk.settle()
    program.close()
    assert not changes


def test_a_failing_action_does_not_hold_up_the_next(desk: Desk) -> None:
    def fail() -> None:
        raise RuntimeError("ours")

    assert desk.hotkeys.register(INSERT, fail)
    assert desk.register(HOLDING)
    desk.hands.tap("ctrl+alt+1")
    desk.hands.tap("f8")
    with pytest.raises(RuntimeError, match="ours"):
        desk.settle()
    desk.loop.until(lambda: desk.pressed == [HOLDING])
