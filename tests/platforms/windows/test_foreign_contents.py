"""Reading another program's clipboard: within bounds of time and size, off the GUI thread."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from sidebar.platforms.windows import win32
from sidebar.platforms.windows.contents import Contents, keepable, reading_order
from sidebar.platforms.windows.foreign_contents import OPEN_PAUSE, PATIENCE, ForeignContents
from tests.fakes import FakeTime
from tests.platforms.windows.fakes import FakeBoard, FakeMessages

TEXT, HDROP, DIB, DIBV5 = win32.CF_UNICODETEXT, win32.CF_HDROP, win32.CF_DIB, win32.CF_DIBV5
HTML, RTF = 49300, 49301


class Desk:
    def __init__(self, *, cap: int = 1000) -> None:
        self.time = FakeTime()
        self.messages = FakeMessages()
        self.board = FakeBoard(self.messages)
        self.seconds = 0.0
        self.threads: list[Callable[[], None]] = []
        self.answers: list[Contents | None] = []
        self.foreign = ForeignContents(
            board=self.board,
            messages=self.messages,
            scheduler=self.time,
            start=lambda action: self.threads.append(action),
            clock=lambda: self.seconds,
            cap=cap,
        )

    def run(self) -> None:
        """Let the threads that were started do their work, and hear of it."""
        threads, self.threads = self.threads, []
        for thread in threads:
            thread()
        self.messages.run_calls()

    def read(self) -> Contents | None:
        self.foreign.read(self.answers.append)
        self.run()
        (answer,) = self.answers
        return answer


@pytest.fixture
def desk() -> Desk:
    return Desk()


def _formats(contents: Contents | None) -> list[int]:
    assert contents is not None
    return [form.format for form in contents.forms]


def test_nothing_is_asked_on_the_thread_that_wants_to_know(desk: Desk) -> None:
    desk.board.copied({TEXT: b"a"})
    asked: list[int] = []
    desk.board.on_read = asked.append
    desk.foreign.read(desk.answers.append)
    assert asked == []
    desk.run()
    assert asked == [TEXT]


def test_handles_of_the_graphics_system_and_of_living_objects_are_left_out() -> None:
    assert keepable(DIB, "")
    assert keepable(HTML, "HTML Format")
    for handle in (2, 3, 9, 14, 0x80, 0x82, 0x83, 0x8E, 0x200, 0x2FF, 0x300, 0x3FF):
        assert not keepable(handle, "")
    for name in ("DataObject", "Ole Private Data", "Embed Source", "FileContents"):
        assert not keepable(49400, name)


def test_texts_and_files_are_read_first_and_pictures_last() -> None:
    assert reading_order((DIB, HTML, DIBV5, HDROP, RTF, TEXT)) == [HDROP, TEXT, HTML, RTF, DIBV5, DIB]


def test_what_is_read_keeps_its_owners_order(desk: Desk) -> None:
    desk.board.copied({DIB: b"p", HTML: b"h", TEXT: b"t"})
    assert _formats(desk.read()) == [DIB, HTML, TEXT]


def test_what_is_too_large_is_left_out_and_said(desk: Desk) -> None:
    desk.board.copied({TEXT: b"t", HTML: b"h" * 999, RTF: b"r" * 2})
    contents = desk.read()
    assert _formats(contents) == [TEXT, HTML]
    assert contents is not None
    assert not contents.complete


def test_a_second_picture_that_is_too_large_is_not_missed() -> None:
    desk = Desk(cap=10)
    desk.board.copied({DIB: b"p" * 8, DIBV5: b"q" * 8})
    contents = desk.read()
    assert _formats(contents) == [DIBV5]
    assert contents is not None
    assert contents.complete


def test_a_slow_program_is_asked_for_no_further_format(desk: Desk) -> None:
    def takes_its_time(format: int) -> None:
        desk.seconds += 0.2 if format == HTML else 0.001

    desk.board.copied({TEXT: b"t", HTML: b"h", RTF: b"r"})
    desk.board.on_read = takes_its_time
    contents = desk.read()
    assert _formats(contents) == [TEXT, HTML]
    assert contents is not None
    assert not contents.complete


def test_an_empty_clipboard_is_a_content(desk: Desk) -> None:
    assert desk.read() == Contents()


def test_a_content_of_which_nothing_can_be_kept_is_none(desk: Desk) -> None:
    desk.board.copied({win32.CF_ENHMETAFILE: b""})
    assert desk.read() is None


def test_waits_without_sleeping_while_another_program_has_it_open(desk: Desk) -> None:
    desk.board.copied({TEXT: b"t"})
    desk.board.busy = 4
    desk.foreign.read(desk.answers.append)
    for _ in range(4):
        desk.run()
        assert desk.answers == []
        desk.time.advance(OPEN_PAUSE)
    desk.run()
    assert _formats(desk.answers[0]) == [TEXT]


def test_gives_up_when_another_program_never_lets_go(desk: Desk) -> None:
    desk.board.busy = 5
    desk.foreign.read(desk.answers.append)
    for _ in range(5):
        desk.run()
        desk.time.advance(OPEN_PAUSE)
    assert desk.answers == [None]


def test_gives_up_on_a_program_that_never_answers(desk: Desk) -> None:
    desk.foreign.read(desk.answers.append)
    desk.time.advance(PATIENCE - timedelta(milliseconds=1))
    assert desk.answers == []
    desk.time.advance(timedelta(milliseconds=1))
    assert desk.answers == [None]
    desk.run()
    desk.time.advance(PATIENCE)
    assert desk.answers == [None]


def test_what_is_taken_back_is_not_answered(desk: Desk) -> None:
    cancel = desk.foreign.read(desk.answers.append)
    cancel()
    desk.run()
    desk.time.advance(PATIENCE)
    assert desk.answers == []
