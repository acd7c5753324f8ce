"""The Windows clipboard as an insertion uses it: promised, told, given back, on a clipboard in memory."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.enclosures import Enclosure
from sidebar.domain.insertion import WindowInfo
from sidebar.platforms.windows import win32
from sidebar.platforms.windows.clipboard import PRESUMED, Win32Clipboard
from sidebar.platforms.windows.contents import Contents, text_data
from sidebar.platforms.windows.foreign_contents import OPEN_PAUSE, ForeignContents
from sidebar.ports import Saved
from tests.fakes import FakeTime
from tests.platforms.windows.fakes import FakeBoard, FakeMessages

CHAT = WindowInfo(handle=5, pid=50, program="AliWorkbench.exe", title="店铺-接待中心")
CLIENT, PAGE, HISTORY, UNSAID = 50, 51, 60, 0
TEXT, HDROP, DIB = win32.CF_UNICODETEXT, win32.CF_HDROP, win32.CF_DIB
MARKS = {
    "ExcludeClipboardContentFromMonitorProcessing",
    "CanIncludeInClipboardHistory",
    "CanUploadToCloudClipboard",
    "Clipboard Viewer Ignore",
}
HELLO = b"`O}Y\x00\x00"
"""你好 and NUL in UTF-16, little end first: 60 4F, 7D 59."""


class Desk:
    """A clipboard under test, with what happens around it."""

    def __init__(self) -> None:
        self.time = FakeTime()
        self.messages = FakeMessages()
        self.board = FakeBoard(self.messages)
        self.clipboard = Win32Clipboard(
            board=self.board,
            messages=self.messages,
            scheduler=self.time,
            foreign=ForeignContents(
                board=self.board,
                messages=self.messages,
                scheduler=self.time,
                start=lambda action: action(),
                clock=lambda: 0.0,
            ),
            belongs=lambda process, window: window == CHAT and process in (CLIENT, PAGE),
        )
        self.taken = 0

    def offer(self, text: str = "你好") -> bool:
        return self.clipboard.offer(text, to=CHAT, taken=self._count)

    def save(self) -> Saved | None:
        answers: list[Saved | None] = []
        self.clipboard.save(answers.append)
        self.messages.run_calls()
        self.settle()
        (answer,) = answers
        return answer

    def settle(self, span: timedelta = timedelta(0)) -> None:
        self.time.advance(span)

    def _count(self) -> None:
        self.taken += 1


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_phrase_is_promised_and_given_when_it_is_wanted(desk: Desk) -> None:
    assert desk.offer()
    assert desk.board.content == {TEXT: None}
    assert desk.board.fetch(TEXT, by=CLIENT) == HELLO
    assert desk.clipboard.ours()


def test_lines_are_parted_as_windows_does_it() -> None:
    assert text_data("一\n二\r\n三\r四") == "一\r\n二\r\n三\r\n四\0".encode("utf-16-le")


@given(st.text())
def test_any_text_becomes_one_string_that_ends_where_it_should(text: str) -> None:
    data = text_data(text)
    assert len(data) % 2 == 0
    assert data.decode("utf-16-le").find("\0") == len(data.decode("utf-16-le")) - 1


def test_the_client_has_taken_it_once_it_read_after_the_chord(desk: Desk) -> None:
    desk.offer()
    desk.clipboard.expect_paste()
    desk.board.fetch(TEXT, by=CLIENT)
    assert desk.taken == 0  # the client waits for our answer: nothing else is done meanwhile
    desk.settle()
    assert desk.taken == 1
    desk.settle(PRESUMED)
    assert desk.taken == 1


def test_the_page_in_the_client_counts_as_the_client(desk: Desk) -> None:
    desk.offer()
    desk.clipboard.expect_paste()
    desk.board.fetch(TEXT, by=PAGE)
    desk.settle()
    assert desk.taken == 1


def test_who_does_not_say_who_it_is_counts_as_the_client_after_the_chord(desk: Desk) -> None:
    desk.offer()
    desk.board.fetch(TEXT, by=UNSAID)
    desk.settle()
    assert desk.taken == 0
    desk.clipboard.expect_paste()
    desk.board.fetch(TEXT, by=UNSAID)
    desk.settle()
    assert desk.taken == 1


def test_a_phrase_a_history_has_read_is_promised_anew_before_the_chord(desk: Desk) -> None:
    desk.offer()
    assert desk.board.fetch(TEXT, by=HISTORY) == HELLO
    desk.clipboard.expect_paste()
    assert desk.board.content == {TEXT: None}
    assert desk.board.marks == MARKS
    desk.board.fetch(TEXT, by=CLIENT)
    desk.settle()
    assert desk.taken == 1


def test_a_client_that_looks_at_what_is_copied_has_not_pasted(desk: Desk) -> None:
    desk.offer()
    desk.board.fetch(TEXT, by=CLIENT)
    desk.settle()
    assert desk.taken == 0
    desk.clipboard.expect_paste()
    desk.board.fetch(TEXT, by=CLIENT)
    desk.settle()
    assert desk.taken == 1


def test_where_a_history_is_faster_the_client_is_presumed_to_have_read(desk: Desk) -> None:
    desk.offer()
    desk.clipboard.expect_paste()
    desk.board.fetch(TEXT, by=HISTORY)
    desk.settle(PRESUMED - timedelta(milliseconds=1))
    assert desk.taken == 0
    desk.settle(timedelta(milliseconds=1))
    assert desk.taken == 1


def test_where_a_history_keeps_the_clipboard_open_the_client_is_presumed_to_have_read(desk: Desk) -> None:
    desk.offer()
    desk.board.fetch(TEXT, by=HISTORY)
    desk.board.busy = 1
    desk.clipboard.expect_paste()
    desk.settle(PRESUMED)
    assert desk.taken == 1


def test_nobody_is_presumed_to_have_read_what_nobody_read(desk: Desk) -> None:
    desk.offer()
    desk.clipboard.expect_paste()
    desk.settle(timedelta(seconds=10))
    assert desk.taken == 0


def test_what_was_read_late_is_not_told_of_the_next_phrase(desk: Desk) -> None:
    desk.offer("一")
    desk.clipboard.expect_paste()
    desk.board.fetch(TEXT, by=CLIENT)
    desk.clipboard.offer("二", to=CHAT, taken=lambda: None)
    desk.settle(PRESUMED)
    assert desk.taken == 0


def test_histories_are_asked_to_pass_a_phrase_over(desk: Desk) -> None:
    desk.offer()
    assert desk.board.marks == MARKS


def test_what_is_kept_for_the_user_is_there_at_once_and_without_marks(desk: Desk) -> None:
    assert desk.clipboard.keep("你好")
    assert desk.board.content == {TEXT: HELLO}
    assert desk.board.marks == set()


def test_a_phrase_is_refused_while_another_program_has_the_clipboard_open(desk: Desk) -> None:
    desk.board.copied({TEXT: b"a\0\0\0"})
    desk.board.busy = 1
    assert not desk.offer()
    assert not desk.clipboard.ours()
    assert desk.board.content == {TEXT: b"a\0\0\0"}


def test_what_another_program_copies_is_not_ours_any_more(desk: Desk) -> None:
    desk.offer()
    desk.board.copied({TEXT: b"a\0\0\0"})
    assert not desk.clipboard.ours()


def test_every_format_comes_back(desk: Desk) -> None:
    copied = {TEXT: b"a\0\0\0", 49300: b"<b>a</b>", DIB: b"picture", HDROP: b"files"}
    desk.board.copied(copied)
    saved = desk.save()
    assert saved is not None
    assert saved.complete
    desk.offer()
    desk.clipboard.restore(saved)
    assert desk.board.content == copied
    assert list(desk.board.content) == list(copied)
    assert desk.board.marks == MARKS
    assert desk.clipboard.ours()


def test_an_empty_clipboard_comes_back_empty(desk: Desk) -> None:
    saved = desk.save()
    assert saved is not None
    desk.offer()
    desk.clipboard.restore(saved)
    assert desk.board.content == {}
    assert desk.board.marks == set()


def test_nothing_is_put_over_what_was_copied_meanwhile(desk: Desk) -> None:
    desk.board.copied({TEXT: b"a\0\0\0"})
    saved = desk.save()
    assert saved is not None
    desk.offer()
    desk.board.copied({TEXT: b"b\0\0\0"})
    desk.clipboard.restore(saved)
    assert desk.board.content == {TEXT: b"b\0\0\0"}


def test_giving_back_is_tried_again_while_another_program_has_the_clipboard_open(desk: Desk) -> None:
    desk.board.copied({TEXT: b"a\0\0\0"})
    saved = desk.save()
    assert saved is not None
    desk.offer()
    desk.board.busy = 4
    desk.clipboard.restore(saved)
    desk.settle(4 * OPEN_PAUSE)
    assert desk.board.content == {TEXT: b"a\0\0\0"}


def test_giving_back_ends_when_it_was_in_vain_too_often(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.board.copied({TEXT: b"a\0\0\0"})
    saved = desk.save()
    assert saved is not None
    desk.offer()
    desk.board.busy = 100
    desk.clipboard.restore(saved)
    desk.settle(timedelta(seconds=10))
    assert desk.board.busy == 95
    assert "not given back" in caplog.text


def test_giving_back_that_waits_does_not_overwrite_the_next_phrase(desk: Desk) -> None:
    desk.board.copied({TEXT: b"a\0\0\0"})
    saved = desk.save()
    assert saved is not None
    desk.offer()
    desk.board.busy = 1
    desk.clipboard.restore(saved)
    desk.offer("再见")
    desk.settle(10 * OPEN_PAUSE)
    assert desk.board.content == {TEXT: None}


def test_a_second_phrase_owes_what_was_there_before_the_first(desk: Desk) -> None:
    desk.board.copied({TEXT: b"a\0\0\0"})
    first = desk.save()
    desk.offer()
    assert desk.save() == first


def test_what_was_kept_or_given_back_is_read_without_asking_windows(desk: Desk) -> None:
    desk.clipboard.keep("你好")
    saved = desk.save()
    assert isinstance(saved, Contents)
    assert [(form.format, form.data) for form in saved.forms] == [(TEXT, HELLO)]


def test_the_end_gives_back_what_is_owed(desk: Desk) -> None:
    desk.board.copied({TEXT: b"a\0\0\0"})
    desk.save()
    desk.offer()
    desk.clipboard.close()
    assert desk.board.content == {TEXT: b"a\0\0\0"}


def test_our_own_lines_may_ask_the_clipboard(desk: Desk) -> None:
    desk.offer()
    assert desk.clipboard.held() == {}
    assert desk.board.fetch(TEXT, by=1) == HELLO


def test_texts_are_kept_out_of_logs_and_tracebacks(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    desk.board.copied({TEXT: "密码".encode("utf-16-le")})
    saved = desk.save()
    desk.offer("你好")
    assert "密码" not in repr(saved)
    assert str("密码".encode("utf-16-le")) not in repr(saved)
    assert "你好" not in caplog.text


def test_a_picture_is_offered_as_png_and_as_every_program_knows_it(desk: Desk) -> None:
    png = desk.board.number("PNG")
    picture = Enclosure(name="a.png", path="C:\\a.png", png=b"png", dib=b"dib")
    assert desk.clipboard.offer(picture, to=CHAT, taken=desk._count)
    desk.clipboard.expect_paste()
    assert desk.board.fetch(DIB, by=CLIENT) == b"dib"
    desk.settle()
    assert desk.taken == 1
    assert desk.board.fetch(png, by=CLIENT) == b"png"


def test_a_file_is_offered_as_one_that_was_dropped(desk: Desk) -> None:
    file = Enclosure(name="退货单.pdf", path="C:\\退货单.pdf")
    assert desk.clipboard.offer(file, to=CHAT, taken=desk._count)
    desk.clipboard.expect_paste()
    dropped = desk.board.fetch(HDROP, by=CLIENT)
    # DROPFILES: pFiles 20, the point 0 0, fNC 0, fWide 1; then the list of paths in UTF-16
    assert dropped == bytes([20, *[0] * 15, 1, 0, 0, 0]) + "C:\\退货单.pdf\0\0".encode("utf-16-le")
    desk.settle()
    assert desk.taken == 1
