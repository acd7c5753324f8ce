"""The X11 clipboard through an insertion: kept, offered, taken, given back; against other programs."""

import os
import random
import subprocess
from collections.abc import Iterator
from datetime import timedelta

import pytest
from Xlib import X

from sidebar.domain.enclosures import Enclosure
from sidebar.domain.insertion import WindowInfo
from sidebar.platforms.x11.clipboard import X11Clipboard
from sidebar.platforms.x11.connection import Connection
from sidebar.ports import Saved, Scheduler
from tests.fakes import FakeTime
from tests.platforms.x11.loop import Loop
from tests.platforms.x11.selections import Given, Owner, Requestor, given, png

pytestmark = pytest.mark.display

PHRASE = "亲，您好 😊\n您的订单 <b>20261121</b> 已发货"
PICTURE = png(40, noise=random.Random(1).randbytes(1600))
LARGE_PICTURE = png(2300, noise=random.Random(2).randbytes(2300 * 2300))
COPIED = {
    "UTF8_STRING": given("UTF8_STRING", "订单 20261121".encode()),
    "STRING": given("STRING", "caf\xe9".encode("latin-1")),
    "text/html": given("text/html", "<b>订单</b> 20261121".encode()),
    "image/png": given("image/png", PICTURE),
    "text/uri-list": given("text/uri-list", b"file:///home/anna/%E5%8F%91%E7%A5%A8.pdf\r\n"),
    "x-special/gnome-copied-files": given("x-special/gnome-copied-files", b"copy\nfile:///home/anna/a.pdf"),
    "chart/points": given("INTEGER", bytes(range(64)), 32),
    "chart/grey": given("INTEGER", bytes(range(6)), 16),
}


class Desk:
    """Our clipboard and the programs around it."""

    def __init__(self, display: str, loop: Loop, *, scheduler: Scheduler | None = None) -> None:
        self.display = display
        self.loop = loop
        self.connection = Connection(name=display, readiness=loop, scheduler=loop)
        self.clipboard = X11Clipboard(connection=self.connection, scheduler=scheduler or loop)
        self.chat = Requestor(display, loop)
        self.taken: list[str] = []
        self.programs: list[Owner | Requestor] = [self.chat]
        self.chat_window = WindowInfo(handle=self.chat.window.id, pid=1, program="Chat", title="王小姐")

    def owner(self) -> Owner:
        owner = Owner(self.display, self.loop)
        self.programs.append(owner)
        return owner

    def requestor(self) -> Requestor:
        requestor = Requestor(self.display, self.loop)
        self.programs.append(requestor)
        return requestor

    def offer(self, text: str = PHRASE) -> None:
        assert self.clipboard.offer(text, to=self.chat_window, taken=lambda: self.taken.append(text))
        assert self.clipboard.ours()

    def save(self) -> Saved:
        saved = self.try_save()
        assert saved is not None
        return saved

    def try_save(self) -> Saved | None:
        answers: list[Saved | None] = []
        self.clipboard.save(answers.append)
        self.loop.until(lambda: bool(answers))
        return answers[0]

    def run(self, *command: str) -> bytes:
        """The output of another process, our loop running meanwhile."""
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert process.stdout is not None
        output = process.stdout
        pieces: list[bytes] = []
        unwatch = self.loop.watch(output.fileno(), lambda: pieces.append(os.read(output.fileno(), 1 << 20)))
        self.loop.until(lambda: pieces[-1:] == [b""])
        unwatch()
        output.close()
        assert process.wait() == 0
        return b"".join(pieces)

    def xclip(self, target: str = "UTF8_STRING") -> bytes:
        """What xclip, a process of its own, finds on the clipboard."""
        return self.run("xclip", "-display", self.display, "-selection", "clipboard", "-o", "-t", target)

    def close(self) -> None:
        self.clipboard.close()
        self.connection.close()
        for program in self.programs:
            program.vanish()


@pytest.fixture
def desk(x_display: str, loop: Loop) -> Iterator[Desk]:
    desk = Desk(x_display, loop)
    yield desk
    desk.close()


def test_offers_the_text_as_plain_text_and_nothing_else(desk: Desk) -> None:
    desk.offer()
    utf8 = PHRASE.encode()
    assert desk.chat.fetch_all() == {
        "UTF8_STRING": given("UTF8_STRING", utf8),
        "text/plain;charset=utf-8": given("text/plain;charset=utf-8", utf8),
        "text/plain": given("text/plain", utf8),
        "TEXT": given("UTF8_STRING", utf8),
        "x-kde-passwordManagerHint": given("STRING", b"secret"),
    }
    assert desk.chat.fetch("text/html") is None
    assert desk.chat.fetch("STRING") is None
    assert desk.xclip() == utf8


def test_offers_latin_1_to_old_programs_where_it_can_hold_the_text(desk: Desk) -> None:
    desk.offer("déjà vu")
    assert desk.chat.fetch("STRING") == given("STRING", b"d\xe9j\xe0 vu")


@pytest.mark.parametrize("data", [PICTURE, LARGE_PICTURE], ids=["small", "in pieces"])
def test_offers_a_picture_as_such_and_tells_when_it_was_taken(desk: Desk, data: bytes) -> None:
    picture = Enclosure(name="a.png", path="/tmp/a.png", png=data)
    assert desk.clipboard.offer(picture, to=desk.chat_window, taken=lambda: desk.taken.append("picture"))
    assert desk.clipboard.ours()
    assert desk.chat.fetch("UTF8_STRING") is None
    assert desk.chat.fetch("x-kde-passwordManagerHint") is not None
    assert desk.taken == []
    assert desk.chat.fetch("image/png") == given("image/png", data)
    desk.loop.until(lambda: desk.taken == ["picture"])


def test_offers_a_file_as_file_managers_do(desk: Desk) -> None:
    file = Enclosure(name="退货单.pdf", path="/tmp/退货单.pdf")
    assert desk.clipboard.offer(file, to=desk.chat_window, taken=lambda: desk.taken.append("file"))
    assert desk.clipboard.ours()
    uri = b"file:///tmp/%E9%80%80%E8%B4%A7%E5%8D%95.pdf"
    assert desk.chat.fetch_all() == {
        "text/uri-list": given("text/uri-list", uri + b"\r\n"),
        "x-special/gnome-copied-files": given("x-special/gnome-copied-files", b"copy\n" + uri),
        "x-kde-passwordManagerHint": given("STRING", b"secret"),
    }
    assert set(desk.taken) == {"file"}


def test_tells_old_programs_since_when_the_text_is_there(desk: Desk) -> None:
    before = desk.chat.server_time()
    desk.offer()
    answer = desk.chat.fetch("TIMESTAMP")
    assert answer is not None
    assert (answer.type, answer.format) == ("INTEGER", 32)
    assert before <= int.from_bytes(answer.data, "little") <= desk.chat.server_time()


def test_answers_several_targets_at_once(desk: Desk) -> None:
    desk.offer()
    places = desk.chat.ask_several("UTF8_STRING", "text/html", "text/plain")
    desk.loop.until(lambda: bool(desk.taken))
    assert desk.chat.take(places["UTF8_STRING"]) == given("UTF8_STRING", PHRASE.encode())
    assert desk.chat.take(places["text/plain"]) == given("text/plain", PHRASE.encode())
    assert desk.chat.take(places["text/html"]) is None
    pairs = desk.chat.take(desk.chat.atom("PAIRS"))
    assert pairs is not None
    answered = list(memoryview(pairs.data).cast("I"))
    assert answered[2:4] == [desk.chat.atom("text/html"), X.NONE]


def test_hears_when_the_client_has_fetched_the_text(desk: Desk) -> None:
    desk.offer()
    desk.chat.targets()
    desk.chat.fetch("TIMESTAMP")
    assert desk.taken == []
    desk.chat.fetch("UTF8_STRING")
    desk.loop.until(lambda: desk.taken == [PHRASE])
    desk.chat.fetch("text/plain")
    desk.loop.until(lambda: desk.taken == [PHRASE, PHRASE])


def test_knows_the_client_by_its_process_when_it_asks_on_another_connection(desk: Desk) -> None:
    desk.offer()
    desk.requestor().fetch("UTF8_STRING")
    desk.loop.until(lambda: desk.taken == [PHRASE])


def test_a_clipboard_history_that_fetches_is_served_but_not_reported(desk: Desk) -> None:
    desk.offer()
    assert desk.xclip() == PHRASE.encode()
    assert desk.xclip("x-kde-passwordManagerHint") == b"secret"
    assert desk.taken == []


def test_a_long_text_is_taken_when_its_last_piece_is(desk: Desk) -> None:
    text = "尊敬的顾客" * 40_000
    desk.offer(text)
    desk.chat.halt = True
    fetch = desk.chat.ask("UTF8_STRING")
    desk.loop.until(lambda: fetch.pieces == [])
    desk.loop.run(timedelta(milliseconds=30))
    assert desk.taken == []
    desk.chat.halt = False
    desk.chat.take(fetch.place)
    fetch.pieces = [text.encode()[: 192 * 1024]]
    desk.loop.until(lambda: fetch.done)
    assert fetch.given == given("UTF8_STRING", text.encode())
    desk.loop.until(lambda: desk.taken == [text])


@pytest.mark.parametrize("whole", [{}, {"UTF8_STRING": given("UTF8_STRING", b"one")}, COPIED])
def test_restores_every_format_byte_for_byte(desk: Desk, whole: dict[str, Given]) -> None:
    if whole:
        desk.owner().copy(**whole)
    saved = desk.save()
    assert saved.complete
    desk.offer()
    desk.chat.fetch("UTF8_STRING")
    desk.clipboard.restore(saved)
    if not whole:
        assert desk.chat.fetch("TARGETS") is None
        assert not desk.clipboard.ours()
        return
    assert desk.requestor().fetch_all() == whole
    for target, form in whole.items():
        if form.format == 8:  # xclip prints anything else as numbers
            assert desk.xclip(target) == form.data


def test_a_large_picture_comes_and_goes_in_pieces(desk: Desk) -> None:
    assert len(LARGE_PICTURE) > 5_000_000
    desk.owner().copy(**{"image/png": given("image/png", LARGE_PICTURE)})
    saved = desk.save()
    assert saved.complete
    desk.offer()
    desk.clipboard.restore(saved)
    assert desk.requestor().fetch("image/png") == given("image/png", LARGE_PICTURE)
    assert desk.xclip("image/png") == LARGE_PICTURE


def test_reads_what_xclip_owns_and_gives_it_back(desk: Desk) -> None:
    command = ("xclip", "-quiet", "-display", desk.display, "-selection", "clipboard", "-t", "image/png")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as xclip:
        assert xclip.stdin is not None
        xclip.stdin.write(LARGE_PICTURE)
        xclip.stdin.close()
        desk.loop.until(lambda: desk.chat.display.get_selection_owner(desk.chat.selection) != X.NONE)
        saved = desk.save()
        desk.offer()
        assert xclip.wait() == 0  # it ends when it loses the clipboard
    desk.clipboard.restore(saved)
    assert desk.xclip("image/png") == LARGE_PICTURE


def test_serves_several_at_once_though_one_vanishes_in_the_middle(desk: Desk) -> None:
    desk.owner().copy(**{"image/png": given("image/png", LARGE_PICTURE)})
    saved = desk.save()
    desk.offer()
    desk.clipboard.restore(saved)
    stopping, one, two = desk.requestor(), desk.requestor(), desk.requestor()
    stopping.halt = True
    stuck = stopping.ask("image/png")
    fetches = [one.ask("image/png"), two.ask("image/png")]
    desk.loop.until(lambda: stuck.pieces == [])
    desk.programs.remove(stopping)
    stopping.vanish()
    desk.loop.until(lambda: all(fetch.done for fetch in fetches))
    assert [fetch.given for fetch in fetches] == [given("image/png", LARGE_PICTURE)] * 2
    assert desk.chat.fetch("image/png") == given("image/png", LARGE_PICTURE)


def test_a_requestor_that_is_gone_before_its_answer_does_no_harm(desk: Desk) -> None:
    desk.offer("long" * 100_000)
    for _ in range(3):
        gone = Requestor(desk.display, desk.loop)
        gone.ask("UTF8_STRING")
        gone.ask("text/plain")
        gone.vanish()
    assert desk.chat.fetch("UTF8_STRING") == given("UTF8_STRING", b"long" * 100_000)


def test_two_offers_in_a_row_carry_the_users_own_content(desk: Desk) -> None:
    desk.owner().copy(**COPIED)
    desk.save()
    desk.offer("one")
    again = desk.save()
    desk.offer("two")
    third = desk.save()
    desk.clipboard.restore(again)
    assert again is third
    assert desk.chat.fetch_all() == COPIED
    assert desk.save() is again


def test_what_the_user_copies_meanwhile_is_not_overwritten(desk: Desk) -> None:
    owner = desk.owner()
    owner.copy(UTF8_STRING=given("UTF8_STRING", b"before"))
    saved = desk.save()
    desk.offer()
    assert desk.clipboard.ours()
    owner.copy(UTF8_STRING=given("UTF8_STRING", b"newer"))
    assert not desk.clipboard.ours()
    desk.clipboard.restore(saved)
    assert owner.owns
    assert desk.chat.fetch("UTF8_STRING") == given("UTF8_STRING", b"newer")
    assert desk.save() is not saved


def test_a_clipboard_manager_that_takes_over_at_once_is_noticed(desk: Desk) -> None:
    manager = desk.owner()
    desk.offer()
    manager.copy(UTF8_STRING=given("UTF8_STRING", PHRASE.encode()))
    assert not desk.clipboard.ours()
    desk.offer("again")
    assert desk.clipboard.ours()
    desk.loop.run(timedelta(milliseconds=20))
    assert desk.clipboard.ours()


def test_the_mark_for_histories_is_gone_with_the_phrase(desk: Desk) -> None:
    desk.owner().copy(UTF8_STRING=given("UTF8_STRING", b"mine"))
    saved = desk.save()
    desk.offer()
    assert "x-kde-passwordManagerHint" in desk.chat.targets()
    desk.clipboard.restore(saved)
    assert desk.chat.targets() == ["TARGETS", "MULTIPLE", "TIMESTAMP", "UTF8_STRING"]


def test_keeps_a_text_as_an_ordinary_copy(desk: Desk) -> None:
    owner = desk.owner()
    owner.copy(**COPIED)
    assert desk.clipboard.keep(PHRASE)
    assert desk.xclip() == PHRASE.encode()
    assert "x-kde-passwordManagerHint" not in desk.chat.targets()
    saved = desk.save()
    desk.offer("something else")
    desk.clipboard.restore(saved)
    assert desk.xclip() == PHRASE.encode()


class TestALateRequest:
    """A slow client must not paste the user's old clipboard in place of the phrase (peers: c1)."""

    @pytest.fixture
    def saved(self, desk: Desk) -> Saved:
        desk.owner().copy(UTF8_STRING=given("UTF8_STRING", b"the user's"))
        return desk.save()

    def test_from_a_key_pressed_before_the_restore_still_gets_the_phrase(
        self, desk: Desk, saved: Saved
    ) -> None:
        desk.offer()
        pressed = desk.chat.server_time()
        desk.loop.run(timedelta(milliseconds=5))
        desk.clipboard.restore(saved)
        assert desk.chat.fetch("UTF8_STRING", time=pressed) == given("UTF8_STRING", PHRASE.encode())
        assert desk.chat.fetch("STRING", time=pressed) is None

    def test_from_a_key_pressed_after_the_restore_gets_the_users(self, desk: Desk, saved: Saved) -> None:
        desk.offer()
        desk.clipboard.restore(saved)
        pressed = desk.chat.server_time()
        assert desk.chat.fetch("UTF8_STRING", time=pressed) == given("UTF8_STRING", b"the user's")

    def test_from_between_two_phrases_gets_the_first(self, desk: Desk, saved: Saved) -> None:
        assert saved.complete
        desk.offer("one")
        pressed = desk.chat.server_time()
        desk.loop.run(timedelta(milliseconds=5))
        desk.offer("two")
        assert desk.chat.fetch("UTF8_STRING", time=pressed) == given("UTF8_STRING", b"one")
        assert desk.taken == []
        assert desk.chat.fetch("UTF8_STRING") == given("UTF8_STRING", b"two")
        assert desk.taken == ["two"]

    def test_of_another_program_gets_the_users(self, desk: Desk, saved: Saved) -> None:
        desk.offer()
        desk.clipboard.restore(saved)
        assert desk.xclip() == b"the user's"


class TestAProgramThatTellsNoTime:
    """Chromium: it asks as of no time at all, and fetches twice for one paste."""

    @pytest.fixture
    def time(self) -> FakeTime:
        return FakeTime()

    @pytest.fixture
    def desk(self, x_display: str, loop: Loop, time: FakeTime) -> Iterator[Desk]:
        desk = Desk(x_display, loop, scheduler=time)
        yield desk
        desk.close()

    @pytest.fixture
    def saved(self, desk: Desk) -> Saved:
        desk.owner().copy(UTF8_STRING=given("UTF8_STRING", b"the user's"))
        return desk.save()

    @staticmethod
    def fetch(desk: Desk) -> bytes:
        answer = desk.chat.fetch("UTF8_STRING", time=X.CurrentTime)
        assert answer is not None
        return answer.data

    def test_gets_the_phrase_though_the_users_content_is_back(self, desk: Desk, saved: Saved) -> None:
        desk.offer()
        desk.clipboard.restore(saved)
        assert self.fetch(desk) == PHRASE.encode()

    def test_gets_the_phrase_again_for_the_same_paste(self, desk: Desk, saved: Saved, time: FakeTime) -> None:
        desk.offer()
        assert self.fetch(desk) == PHRASE.encode()
        desk.clipboard.restore(saved)
        time.advance(timedelta(milliseconds=299))
        assert self.fetch(desk) == PHRASE.encode()

    def test_gets_the_users_for_the_next_paste(self, desk: Desk, saved: Saved, time: FakeTime) -> None:
        desk.offer()
        assert self.fetch(desk) == PHRASE.encode()
        desk.clipboard.restore(saved)
        time.advance(timedelta(milliseconds=300))
        assert self.fetch(desk) == b"the user's"

    def test_gets_the_users_where_it_never_pasted(self, desk: Desk, saved: Saved, time: FakeTime) -> None:
        desk.offer()
        desk.clipboard.restore(saved)
        time.advance(timedelta(seconds=5))
        assert self.fetch(desk) == b"the user's"


def test_our_own_windows_get_what_we_hold_without_asking_the_server_for_it(desk: Desk) -> None:
    assert desk.clipboard.held() == {}
    desk.clipboard.keep("短语")
    assert desk.clipboard.held()["UTF8_STRING"] == "短语".encode()
    desk.owner().copy(**COPIED)
    assert desk.clipboard.held() == {}


def test_what_has_been_read_is_there_at_once(desk: Desk) -> None:
    answers: list[Saved | None] = []
    desk.owner().copy(**COPIED)
    desk.save()
    desk.clipboard.save(answers.append)
    desk.offer()
    desk.clipboard.save(answers.append)
    assert len(answers) == 2
    assert answers[0] == answers[1]


def test_taking_back_a_save_is_heard(desk: Desk) -> None:
    answers: list[Saved | None] = []
    desk.owner().copy(**COPIED)
    desk.clipboard.save(answers.append)()
    desk.loop.run(timedelta(milliseconds=20))
    assert answers == []
