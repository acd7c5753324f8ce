"""The sidebar's end of the typing helper, and a process at the other end."""

import json
import sys
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from sidebar.domain.hotkeys import KeyCombo, parse_global
from sidebar.domain.insertion import Typed
from sidebar.platforms.windows.hooked_hotkeys import HelperProcess, HookedHotkeys
from tests.fakes import FakeTime
from tests.platforms.windows.fakes import FakeMessages

_PATIENCE = 10.0


class FakeHelper:
    """A helper that says what the test has it say."""

    def __init__(self, on_line: Callable[[str], None], on_end: Callable[[], None]) -> None:
        self.says, self.ends = on_line, on_end
        self.asked: list[dict[str, dict[str, str]]] = []
        self.closed = False

    def send(self, line: str) -> None:
        assert not self.closed
        self.asked.append(json.loads(line))

    def close(self) -> None:
        self.closed = True

    def find(self, id: str, remove: int = 0) -> None:
        self.says(json.dumps({"match": id, "remove": remove, "window": 5}) + "\n")


class Desk:
    def __init__(self) -> None:
        self.time = FakeTime()
        self.helpers: list[FakeHelper] = []
        self.hotkeys = HookedHotkeys(start=self._start, scheduler=self.time)
        self.done: list[str] = []
        self.forbidden = False

    def settle(self) -> None:
        self.time.advance(timedelta(0))

    @property
    def helper(self) -> FakeHelper:
        return self.helpers[-1]

    def _start(self, on_line: Callable[[str], None], on_end: Callable[[], None]) -> FakeHelper:
        if self.forbidden:
            raise PermissionError("blocked by a guard")
        self.helpers.append(FakeHelper(on_line, on_end))
        return self.helper


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_no_process_runs_where_nothing_is_wanted(desk: Desk) -> None:
    desk.settle()
    assert desk.helpers == []


def test_what_is_wanted_in_a_row_is_asked_once(desk: Desk) -> None:
    desk.hotkeys.register(KeyCombo.parse("ctrl+1"), lambda: desk.done.append("chord"))
    desk.hotkeys.register(parse_global("ctrl ctrl"), lambda: desk.done.append("taps"))
    desk.hotkeys.when_typed(
        ";tk", lambda typed: desk.done.append(f"typed {typed.characters} in {typed.window}")
    )
    desk.settle()
    assert desk.helper.asked == [{"typed": {"3": ";tk"}, "chords": {"1": "ctrl+1"}, "taps": {"2": "CTRL"}}]
    desk.helper.says('{"state": "listening"}\n')
    desk.helper.find("3", remove=4)
    desk.helper.find("1")
    desk.helper.find("2")
    assert desk.done == ["typed 4 in 5", "chord", "taps"]


def test_what_is_typed_after_an_abbreviation_is_told_of_the_last_one(desk: Desk) -> None:
    heard: list[Typed] = []
    desk.hotkeys.when_typed(";tk", heard.append)
    desk.settle()
    for _ in range(2):
        desk.helper.find("1", remove=4)
    desk.helper.says('{"typed_on": "1"}\n')
    desk.helper.says('{"typed_on": "1"}\n')
    desk.helper.says('{"typed_on": "7"}\n')
    assert [each.typed_on for each in heard] == [False, True]


def test_what_is_not_wanted_any_more_is_neither_asked_nor_done(desk: Desk) -> None:
    desk.hotkeys.register(KeyCombo.parse("ctrl+1"), lambda: desk.done.append("1"))
    desk.hotkeys.register(KeyCombo.parse("ctrl+2"), lambda: desk.done.append("2"))
    desk.settle()
    desk.hotkeys.unregister(KeyCombo.parse("ctrl+1"))
    desk.helper.find("1")
    desk.settle()
    assert desk.helper.asked[-1]["chords"] == {"2": "ctrl+2"}
    assert desk.done == []


def test_a_double_tap_is_given_back_like_a_chord(desk: Desk) -> None:
    desk.hotkeys.register(parse_global("shift shift"), lambda: desk.done.append("taps"))
    desk.settle()
    assert desk.helper.asked[-1]["taps"] == {"1": "SHIFT"}
    desk.hotkeys.unregister(parse_global("shift shift"))
    desk.helper.find("1")
    desk.settle()
    assert desk.helper.closed
    assert desk.done == []


def test_the_process_ends_with_the_last_that_is_wanted_and_another_begins(desk: Desk) -> None:
    cancel = desk.hotkeys.when_typed(";tk", lambda _: None)
    desk.settle()
    cancel()
    cancel()
    desk.settle()
    assert desk.helper.closed
    desk.hotkeys.when_typed(";hh", lambda typed: desk.done.append(str(typed.characters)))
    desk.settle()
    first, second = desk.helpers
    first.ends()
    second.find("2", remove=4)
    assert desk.done == ["4"]


def test_a_process_that_ended_by_itself_is_told_and_started_with_the_next_wish(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.hotkeys.when_typed(";tk", lambda _: None)
    desk.hotkeys.when_deaf(lambda: desk.done.append("deaf"))
    desk.settle()
    desk.helper.ends()
    assert "ended by itself" in caplog.text
    assert desk.done == ["deaf"]
    desk.settle()
    assert len(desk.helpers) == 1
    desk.hotkeys.when_typed(";hh", lambda _: None)
    desk.settle()
    assert desk.helper.asked == [{"typed": {"1": ";tk", "2": ";hh"}, "chords": {}, "taps": {}}]


def test_a_process_that_may_not_start_is_told_and_tried_with_the_next_wish(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.forbidden = True
    desk.hotkeys.when_deaf(lambda: desk.done.append("deaf"))
    desk.hotkeys.when_typed(";tk", lambda _: None)
    desk.settle()
    assert desk.done == ["deaf"]
    assert "PermissionError" in caplog.text
    desk.forbidden = False
    desk.hotkeys.when_typed(";hh", lambda _: None)
    desk.settle()
    assert desk.helper.asked[-1]["typed"] == {"1": ";tk", "2": ";hh"}


def test_the_end_ends_the_process(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.hotkeys.when_typed(";tk", lambda _: desk.done.append("typed"))
    desk.settle()
    desk.hotkeys.close()
    assert desk.helper.closed
    desk.helper.find("1", remove=4)
    desk.helper.ends()
    assert desk.done == []
    assert caplog.text == ""


_ECHO = "import sys\nfor line in sys.stdin: print(line.upper(), end='', flush=True)"


class _Told(FakeMessages):
    """Calls come from other threads here; `until` waits for them without asking again and again."""

    def __init__(self) -> None:
        super().__init__()
        self._come = threading.Condition()

    def call_soon(self, action: Callable[[], None]) -> None:
        with self._come:
            super().call_soon(action)
            self._come.notify()

    def until(self, condition: Callable[[], bool]) -> None:
        def run() -> bool:
            self.run_calls()
            return condition()

        with self._come:
            assert self._come.wait_for(run, _PATIENCE)


def test_a_process_is_spoken_with_in_lines_and_ends_with_its_input() -> None:
    messages, lines, ended = _Told(), list[str](), list[bool]()
    helper = HelperProcess(
        messages, lines.append, lambda: ended.append(True), command=(sys.executable, "-c", _ECHO)
    )
    helper.send("one")
    helper.send("two")
    messages.until(lambda: len(lines) == 2)
    assert lines == ["ONE\n", "TWO\n"]
    assert not ended
    helper.close()
    messages.until(lambda: bool(ended))


def test_a_process_that_is_gone_is_told_of_and_may_still_be_spoken_to() -> None:
    messages, ended = _Told(), list[bool]()
    helper = HelperProcess(
        messages, lambda _: None, lambda: ended.append(True), command=(sys.executable, "-c", "")
    )
    messages.until(lambda: bool(ended))
    helper.send("anyone?")
    helper.close()
