"""Reading another program's clipboard in bounds, and ahead of need, with time under the test's thumb."""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

import pytest

from sidebar.domain.insertion import WindowInfo
from sidebar.platforms.x11.clipboard import X11Clipboard
from sidebar.platforms.x11.connection import Connection
from sidebar.ports import Saved
from tests.fakes import FakeTime
from tests.platforms.x11.loop import Loop
from tests.platforms.x11.selections import PIECE, Given, Owner, Requestor, given

pytestmark = pytest.mark.display

CAP = 1_000_000
TEXT = given("UTF8_STRING", b"text")
PICTURE = given("image/png", random.Random(3).randbytes(300_000))
CHAT = WindowInfo(handle=1, pid=1, program="Chat", title="")


def milliseconds(count: int) -> timedelta:
    return timedelta(milliseconds=count)


class Bench:
    """A clipboard whose timers run when told to; the X server and the other programs run by themselves."""

    def __init__(self, display: str, loop: Loop, *, without: str = "") -> None:
        self.loop = loop
        self.time = FakeTime()
        self.connection = Connection(name=display, readiness=loop, scheduler=loop)
        if without:  # a server that lacks it; python-xlib cannot talk to two different servers in one process
            self.connection.display.extensions.remove(without)
        self.clipboard = X11Clipboard(connection=self.connection, scheduler=self.time, cap=CAP)
        self.owner = Owner(display, loop)
        self.requestor = Requestor(display, loop)
        self.answers: list[Saved | None] = []

    def save(self) -> None:
        self.answers.clear()
        self.clipboard.save(self.answers.append)

    def has_asked(self, targets: list[str]) -> bool:
        return self.owner.asked == targets

    def until(self, reached: Callable[[], object]) -> None:
        self.loop.until(lambda: bool(reached()))

    def settle(self) -> None:
        """Everything under way arrives: some turns of the loop in which nothing more happens."""
        self.loop.run(milliseconds(15))

    def saved(self) -> Saved:
        """Save and wait; what needs no reading comes at once, without time passing."""
        self.save()
        self.settle()
        self.time.advance(timedelta(0))
        self.until(lambda: self.answers)
        assert self.answers[0] is not None
        return self.answers[0]

    def restored(self, saved: Saved) -> dict[str, Given | None]:
        """What another program finds once *saved* is back."""
        assert self.clipboard.keep("in between")
        self.clipboard.restore(saved)
        return self.requestor.fetch_all()

    def close(self) -> None:
        self.clipboard.close()
        self.connection.close()
        self.owner.vanish()
        self.requestor.vanish()


@pytest.fixture
def bench(x_display: str, loop: Loop) -> Iterator[Bench]:
    bench = Bench(x_display, loop)
    yield bench
    bench.close()


def test_an_owner_that_never_answers_is_given_up_after_half_a_second(bench: Bench) -> None:
    bench.owner.silent = {"TARGETS"}
    bench.owner.copy(UTF8_STRING=TEXT)
    bench.save()
    bench.until(lambda: bench.owner.asked)
    bench.time.advance(milliseconds(499))
    assert bench.answers == []
    bench.time.advance(milliseconds(1))
    assert bench.answers == [None]


def test_an_owner_that_gives_no_form_at_all_does_not_answer(bench: Bench) -> None:
    bench.owner.silent = {"UTF8_STRING"}
    bench.owner.copy(UTF8_STRING=TEXT)
    bench.save()
    bench.until(lambda: "UTF8_STRING" in bench.owner.asked)
    bench.time.advance(milliseconds(500))
    assert bench.answers == [None]


def test_a_form_that_does_not_come_is_left_out_and_told(bench: Bench) -> None:
    bench.owner.silent = {"text/html"}
    bench.owner.copy(**{"text/html": given("text/html", b"<b>"), "UTF8_STRING": TEXT})
    bench.save()
    bench.until(lambda: "text/html" in bench.owner.asked)
    bench.time.advance(milliseconds(500))
    bench.until(lambda: bench.answers)
    [saved] = bench.answers
    assert saved is not None
    assert not saved.complete
    assert bench.restored(saved) == {"UTF8_STRING": TEXT}


def test_a_form_its_owner_refuses_is_none_that_is_missed(bench: Bench) -> None:
    bench.owner.copy(**{"UTF8_STRING": TEXT, "text/html": given("text/html", b"<b>")})
    del bench.owner.forms["text/html"]
    bench.owner.forms = {"UTF8_STRING": TEXT}
    saved = bench.saved()
    assert saved.complete
    assert bench.restored(saved) == {"UTF8_STRING": TEXT}


def test_the_whole_takes_no_longer_than_a_second_and_a_half(bench: Bench) -> None:
    slow = {f"application/x-{letter}": given("STRING", b"x") for letter in "abcdefgh"}
    bench.owner.copy(**{"UTF8_STRING": TEXT, **slow})
    bench.owner.silent = set(slow)
    bench.save()
    for asked in ("a", "ab", "abc"):
        expected = ["TARGETS", "UTF8_STRING", *(f"application/x-{letter}" for letter in asked)]
        bench.until(partial(bench.has_asked, expected))
        bench.time.advance(milliseconds(490))
        assert bench.answers == []
        bench.time.advance(milliseconds(10))
    bench.until(lambda: bench.answers)
    assert bench.answers[0] is not None
    assert not bench.answers[0].complete
    assert len(bench.owner.asked) == 5


def test_a_transfer_that_stops_is_given_up_and_what_came_before_is_kept(bench: Bench) -> None:
    bench.owner.copy(**{"UTF8_STRING": TEXT, "image/png": PICTURE})
    bench.owner.stuck = {"image/png"}
    bench.save()
    bench.until(lambda: bench.owner.sent)
    bench.settle()
    bench.time.advance(milliseconds(500))
    bench.until(lambda: bench.answers)
    [saved] = bench.answers
    assert saved is not None
    assert not saved.complete
    assert bench.restored(saved) == {"UTF8_STRING": TEXT}


def test_an_owner_that_dies_in_the_middle_leaves_an_empty_clipboard(bench: Bench, x_display: str) -> None:
    dying = Owner(x_display, bench.loop)
    dying.copy(**{"UTF8_STRING": TEXT, "image/png": PICTURE})
    dying.stuck = {"image/png"}
    bench.save()
    bench.until(lambda: dying.sent)
    dying.vanish()
    bench.settle()
    bench.time.advance(timedelta(0))
    bench.until(lambda: bench.answers)
    [saved] = bench.answers
    assert saved is not None
    assert saved.complete
    bench.clipboard.keep("in between")
    bench.clipboard.restore(saved)
    assert bench.requestor.fetch("TARGETS") is None


def test_what_exceeds_the_cap_is_left_out_and_its_owner_is_not_left_hanging(bench: Bench) -> None:
    large = given("application/x-film", bytes(2 * CAP))
    bench.owner.copy(**{"UTF8_STRING": TEXT, "application/x-film": large, "image/png": PICTURE})
    saved = bench.saved()
    assert not saved.complete
    bench.until(lambda: sum(bench.owner.sent) == len(large.data) + len(PICTURE.data))
    bench.until(lambda: bench.owner.sent.count(0) == 2)
    assert bench.restored(saved) == {"UTF8_STRING": TEXT, "image/png": PICTURE}


def test_a_late_answer_is_not_taken_for_another_forms(bench: Bench) -> None:
    bench.owner.copy(**{"image/png": PICTURE, "image/bmp": given("image/bmp", bytes(PIECE + 1))})
    bench.owner.stuck = {"image/png"}
    bench.save()
    bench.until(lambda: bench.owner.sent)
    bench.settle()
    bench.owner.stuck = set()
    bench.time.advance(milliseconds(500))
    bench.until(lambda: bench.answers)
    [saved] = bench.answers
    assert saved is not None
    assert bench.restored(saved) == {"image/bmp": given("image/bmp", bytes(PIECE + 1))}


def test_an_owner_that_lists_no_targets_is_asked_for_text(bench: Bench) -> None:
    bench.owner.lists_targets = False
    bench.owner.copy(STRING=given("STRING", b"old program"))
    assert bench.restored(bench.saved()) == {"STRING": given("STRING", b"old program")}


def test_an_empty_form_is_a_form(bench: Bench) -> None:
    empty = {"UTF8_STRING": given("UTF8_STRING", b"")}
    bench.owner.copy(**empty)
    assert bench.restored(bench.saved()) == empty


def test_beside_a_png_no_rare_renderings_of_the_picture_are_asked_for(bench: Bench) -> None:
    kinds = ("image/xpm", "image/bmp", "image/png", "image/ppm")
    bench.owner.copy(**{kind: given(kind, kind.encode()) for kind in kinds})
    saved = bench.saved()
    assert saved.complete
    assert bench.owner.asked == ["TARGETS", "image/png", "image/bmp"]
    assert list(bench.restored(saved)) == ["image/bmp", "image/png"]


def test_without_a_png_any_picture_is_asked_for(bench: Bench) -> None:
    bench.owner.copy(**{"image/xpm": given("image/xpm", b"xpm")})
    assert bench.restored(bench.saved()) == {"image/xpm": given("image/xpm", b"xpm")}


class TestReadingAhead:
    def test_the_owner_is_asked_once_and_not_again_when_saving(self, bench: Bench) -> None:
        bench.owner.copy(UTF8_STRING=TEXT)
        bench.settle()
        assert bench.owner.asked == []
        bench.time.advance(milliseconds(200))
        bench.until(lambda: bench.owner.asked == ["TARGETS", "UTF8_STRING"])
        bench.settle()
        saved = bench.saved()
        assert bench.owner.asked == ["TARGETS", "UTF8_STRING"]
        assert bench.restored(saved) == {"UTF8_STRING": TEXT}

    def test_a_copy_made_in_the_same_breath_is_the_one_that_is_saved(self, bench: Bench) -> None:
        bench.owner.copy(UTF8_STRING=TEXT)
        bench.settle()
        bench.time.advance(milliseconds(200))
        bench.until(lambda: bench.owner.asked == ["TARGETS", "UTF8_STRING"])
        bench.settle()
        newer = given("UTF8_STRING", b"newer")
        bench.owner.copy(UTF8_STRING=newer)
        assert bench.restored(bench.saved()) == {"UTF8_STRING": newer}

    def test_a_copy_made_while_reading_begins_the_reading_anew(self, bench: Bench) -> None:
        bench.owner.copy(**{"UTF8_STRING": TEXT, "image/png": PICTURE})
        bench.owner.stuck = {"image/png"}
        bench.save()
        bench.until(lambda: bench.owner.sent)
        newer = given("UTF8_STRING", b"newer")
        bench.owner.copy(UTF8_STRING=newer)
        bench.until(lambda: bench.answers)
        assert bench.answers[0] is not None
        assert bench.restored(bench.answers[0]) == {"UTF8_STRING": newer}

    def test_programs_that_write_twice_are_read_once(self, bench: Bench) -> None:
        bench.owner.copy(UTF8_STRING=given("UTF8_STRING", b"first"))
        bench.settle()
        bench.time.advance(milliseconds(150))
        bench.owner.copy(UTF8_STRING=TEXT)
        bench.settle()
        bench.time.advance(milliseconds(150))
        assert bench.owner.asked == []
        bench.time.advance(milliseconds(50))
        bench.until(lambda: bench.owner.asked == ["TARGETS", "UTF8_STRING"])

    def test_a_secret_is_read_when_it_is_needed_and_not_before(self, bench: Bench) -> None:
        secret = {"UTF8_STRING": TEXT, "x-kde-passwordManagerHint": given("STRING", b"secret")}
        bench.owner.copy(**secret)
        bench.settle()
        bench.time.advance(milliseconds(200))
        bench.until(lambda: bench.owner.asked == ["TARGETS"])
        bench.settle()
        assert bench.owner.asked == ["TARGETS"]
        bench.saved()
        saved = bench.saved()
        assert bench.owner.asked.count("UTF8_STRING") == 2
        assert bench.restored(saved) == secret

    def test_saving_joins_a_reading_under_way(self, bench: Bench) -> None:
        bench.owner.silent = {"TARGETS"}
        bench.owner.copy(UTF8_STRING=TEXT)
        bench.settle()
        bench.time.advance(milliseconds(200))
        bench.until(lambda: bench.owner.asked == ["TARGETS"])
        bench.save()
        bench.settle()
        assert bench.owner.asked == ["TARGETS"]
        bench.time.advance(milliseconds(500))
        assert bench.answers == [None]

    def test_a_clipboard_that_never_rests_does_not_hold_up_an_insertion(self, bench: Bench) -> None:
        bench.owner.silent = {"UTF8_STRING"}
        bench.owner.copy(UTF8_STRING=TEXT)
        bench.save()
        for _ in range(5):
            bench.settle()
            bench.time.advance(milliseconds(345))
            assert bench.answers == []
            bench.owner.copy(UTF8_STRING=TEXT)
        bench.settle()
        bench.time.advance(milliseconds(25))
        assert bench.answers == [None]

    def test_our_own_phrases_are_not_read(self, bench: Bench) -> None:
        bench.owner.copy(UTF8_STRING=TEXT)
        bench.settle()
        saved = bench.saved()
        bench.clipboard.offer("phrase", to=CHAT, taken=lambda: None)
        asked = len(bench.owner.asked)
        bench.settle()
        bench.time.advance(milliseconds(2000))
        assert len(bench.owner.asked) == asked
        bench.save()
        bench.time.advance(timedelta(0))
        assert bench.answers == [saved]


def test_without_xfixes_everything_is_read_when_asked_for(x_display: str, loop: Loop) -> None:
    bench = Bench(x_display, loop, without="XFIXES")
    for text in (b"one", b"two"):
        copied = {"UTF8_STRING": given("UTF8_STRING", text)}
        bench.owner.copy(**copied)
        bench.settle()
        bench.time.advance(milliseconds(200))
        saved = bench.saved()
        bench.clipboard.offer("phrase", to=CHAT, taken=lambda: None)
        bench.clipboard.restore(saved)
        assert bench.requestor.fetch_all() == copied
    assert bench.owner.asked == ["TARGETS", "UTF8_STRING"] * 2
    bench.close()


def test_offering_while_a_reading_runs_ends_it(bench: Bench) -> None:
    bench.owner.silent = {"UTF8_STRING"}
    bench.owner.copy(UTF8_STRING=TEXT)
    bench.save()
    bench.until(lambda: "UTF8_STRING" in bench.owner.asked)
    bench.clipboard.offer("phrase", to=CHAT, taken=lambda: None)
    assert bench.answers == [None]
