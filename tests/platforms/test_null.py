"""The desktop that runs everywhere: it does nothing and says so."""

from datetime import timedelta

from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.insertion import BoxAnswer, Rect, WindowInfo
from sidebar.platforms import load
from sidebar.ports import Cancel, Capability, Platform, Saved
from tests.fakes import FakeTime

CHAT = WindowInfo(handle=1, pid=2, program="Chat", title="王小姐")
COMBO = KeyCombo.parse("ctrl+alt+1")
NOW = timedelta(0)


class NoReadiness:
    def watch(self, descriptor: int, action: object) -> Cancel:
        raise AssertionError(f"there is nothing to watch: {descriptor} {action}")


class Listener:
    def __init__(self) -> None:
        self.activated: list[WindowInfo | None] = []

    def window_activated(self, window: WindowInfo | None) -> None:
        self.activated.append(window)

    def title_changed(self, window: WindowInfo) -> None: ...

    def window_moved(self, window: WindowInfo, frame: Rect) -> None: ...

    def window_hidden(self, window: WindowInfo) -> None: ...

    def window_shown(self, window: WindowInfo) -> None: ...

    def window_gone(self, window: WindowInfo) -> None: ...


def null(time: FakeTime) -> Platform:
    return load("null", readiness=NoReadiness(), scheduler=time)


def test_claims_no_ability() -> None:
    platform = null(FakeTime())
    assert platform.name == "null"
    assert platform.capabilities == Capability.NONE
    platform.close()


def test_there_are_no_windows() -> None:
    time, listener = FakeTime(), Listener()
    windows = null(time).windows
    windows.listen(listener)
    assert listener.activated == []
    time.advance(NOW)
    assert listener.activated == [None]
    assert windows.active() is None
    assert windows.all() == ()
    assert windows.frame(CHAT) is None
    assert not windows.activate(CHAT)
    windows.follow(CHAT)
    windows.place_own(1, Rect(0, 0, 352, 600))


def test_no_hotkey_can_be_had_and_no_key_sent() -> None:
    time = FakeTime()
    platform = null(time)
    assert not platform.hotkeys.register(COMBO, lambda: None)
    platform.hotkeys.unregister(COMBO)
    assert not platform.keys.send(COMBO)
    assert not platform.keys.modifiers_held()
    released: list[str] = []
    platform.keys.when_released(lambda: released.append("released"))
    assert released == []
    time.advance(NOW)
    assert released == ["released"]


def test_the_clipboard_takes_nothing_and_still_answers() -> None:
    time = FakeTime()
    clipboard = null(time).clipboard
    answers: list[Saved | None] = []
    clipboard.save(answers.append)
    assert answers == []
    time.advance(NOW)
    assert answers == [None]
    assert not clipboard.offer("您好", to=CHAT, taken=lambda: None)
    assert not clipboard.keep("您好")
    assert not clipboard.ours()


def test_no_box_is_touched_and_the_answer_comes_through_the_loop() -> None:
    time = FakeTime()
    boxes = null(time).boxes
    answers: list[BoxAnswer] = []
    boxes.prepare(CHAT)
    boxes.insert(CHAT, "您好", answers.append)
    taken_back = boxes.insert(CHAT, "您好", answers.append)
    taken_back()
    assert answers == []
    time.advance(NOW)
    assert answers == [BoxAnswer.UNTOUCHED]
