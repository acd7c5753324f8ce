"""The X11 platform as a whole: what it can do where, and how it is had and given up."""

import gc
import socket
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.insertion import BoxAnswer, Moment, Rect, WindowInfo
from sidebar.errors import PlatformError
from sidebar.platforms import load
from sidebar.ports import Capability, Platform, Saved
from tests.platforms.x11.conftest import x_server
from tests.platforms.x11.hands import Hands, Program
from tests.platforms.x11.loop import Loop

pytestmark = pytest.mark.display

HOTKEY = KeyCombo.parse("ctrl+alt+1")


def test_on_a_desktop_with_a_window_manager_it_can_do_all(
    managed_display: str, loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", managed_display)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    platform = load("x11", readiness=loop, scheduler=loop)
    assert platform.name == "x11"
    assert platform.capabilities == ~Capability.NONE
    platform.close()
    platform.close()


def test_without_a_window_manager_it_says_that_windows_cannot_be_followed(
    x_display: str, loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", x_display)
    for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    platform = load("x11", readiness=loop, scheduler=loop)
    missing = Capability.TRACK_WINDOW | Capability.READ_TITLE | Capability.ACCESSIBILITY
    assert platform.capabilities == ~missing
    answers: list[BoxAnswer] = []
    chat = WindowInfo(handle=1, pid=2, program="Chat", title="王小姐")
    platform.boxes.insert(chat, "您好", answers.append)
    loop.until(lambda: answers == [BoxAnswer.UNTOUCHED])
    platform.close()


def test_without_xtest_it_says_that_keys_cannot_be_sent(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    with x_server("-extension", "XTEST") as display:
        monkeypatch.setenv("DISPLAY", display)
        platform = load("x11", readiness=loop, scheduler=loop)
        assert Capability.SEND_KEYS not in platform.capabilities
        assert Capability.GLOBAL_HOTKEYS in platform.capabilities
        assert not platform.keys.send(KeyCombo.parse("ctrl+v"))
        platform.close()


@pytest.mark.parametrize("name", [":4999", ":59999", "nonsense", "nonsense:x"])
def test_without_a_display_it_says_so_in_a_sentence(
    loop: Loop, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("DISPLAY", name)
    with warnings.catch_warnings():
        # python-xlib leaves the sockets it tried to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        with pytest.raises(PlatformError, match="cannot be reached"):
            load("x11", readiness=loop, scheduler=loop)
        gc.collect()


def test_closing_gives_the_hotkeys_back_and_what_was_due_does_no_harm(
    x_display: str, loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", x_display)
    pressed: list[str] = []
    first = load("x11", readiness=loop, scheduler=loop)
    assert first.hotkeys.register(HOTKEY, lambda: pressed.append("first"))
    second = load("x11", readiness=loop, scheduler=loop)
    assert not second.hotkeys.register(HOTKEY, lambda: pressed.append("second"))
    first.windows.follow(WindowInfo(handle=1, pid=2, program="Chat", title="王小姐"))
    first.close()
    assert second.hotkeys.register(HOTKEY, lambda: pressed.append("second"))
    hands = Hands(x_display)
    hands.tap(str(HOTKEY))
    loop.until(lambda: pressed == ["second"])
    hands.close()
    second.close()


@pytest.fixture
def chat(managed_display: str, loop: Loop) -> Iterator[Program]:
    chat = Program(managed_display, loop, title="王小姐")
    yield chat
    chat.close()


@pytest.fixture
def beside_chat(
    managed_display: str, loop: Loop, chat: Program, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Platform]:
    """The platform, listened to as in the program, with the chat in front and all else read ahead."""
    monkeypatch.setenv("DISPLAY", managed_display)
    platform = load("x11", readiness=loop, scheduler=loop)
    platform.windows.listen(_Deaf())
    chat.show()
    loop.until(lambda: platform.windows.told() is not None)
    loop.run(timedelta(milliseconds=400))
    yield platform
    platform.close()


def test_one_look_tells_what_the_roles_tell_one_by_one(
    managed_display: str, beside_chat: Platform, chat: Program
) -> None:
    look, hands = beside_chat.look, Hands(managed_display)
    assert look is not None
    window = WindowInfo(handle=chat.handle, pid=4242, program="Chat", title="王小姐")
    assert look() == Moment(active=window, clipboard_ours=False, modifiers_held=False)
    beside_chat.clipboard.offer("您好", to=window, taken=lambda: None)
    hands.down("shift")
    hands.flush()
    assert look() == Moment(active=window, clipboard_ours=True, modifiers_held=True)
    hands.up("shift")
    hands.flush()
    chat.set_title("李先生")
    chat.flush()
    assert look() == Moment(active=replace(window, title="李先生"), clipboard_ours=True, modifiers_held=False)
    hands.close()


def test_a_look_tells_that_the_chat_has_gone(beside_chat: Platform, loop: Loop, chat: Program) -> None:
    look = beside_chat.look
    assert look is not None
    assert look().active is not None
    chat.vanish()
    loop.until(lambda: look().active is None)


def test_between_a_hotkey_and_its_chord_the_server_is_waited_for_twice(
    beside_chat: Platform, chat: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, look = beside_chat.windows.told(), beside_chat.look
    assert window is not None
    assert look is not None
    sent: list[int] = []
    really = socket.socket.send

    def send(self: socket.socket, data: bytes) -> int:
        sent.append(len(data))
        return really(self, data)

    def offer(_: Saved | None) -> None:
        assert len(sent) == 1
        assert beside_chat.clipboard.offer("您好", to=window, taken=lambda: None)
        assert look() == Moment(active=window, clipboard_ours=True, modifiers_held=False)
        assert len(sent) == 2
        assert beside_chat.keys.send(KeyCombo.parse("ctrl+v"))
        assert len(sent) == 3

    monkeypatch.setattr(socket.socket, "send", send)
    beside_chat.clipboard.save(offer)
    monkeypatch.undo()
    assert len(sent) == 3
    chat.flush()
    assert chat.presses == ["ctrl+v"]


def test_a_server_that_ends_is_told_once_and_leaves_the_loop(
    loop: Loop, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with x_server() as display:
        monkeypatch.setenv("DISPLAY", display)
        platform = load("x11", readiness=loop, scheduler=loop)
    loop.until(lambda: "x11 connection lost" in caplog.text)
    platform.close()


class _Deaf:
    """Listens, as the program does, and makes nothing of it."""

    def window_activated(self, window: WindowInfo | None) -> None: ...

    def title_changed(self, window: WindowInfo) -> None: ...

    def window_moved(self, window: WindowInfo, frame: Rect) -> None: ...

    def window_hidden(self, window: WindowInfo) -> None: ...

    def window_shown(self, window: WindowInfo) -> None: ...

    def window_gone(self, window: WindowInfo) -> None: ...
