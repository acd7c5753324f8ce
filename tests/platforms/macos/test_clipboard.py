"""The pasteboard during an insertion: what was there is kept, nothing is read that would ask the user."""

from datetime import timedelta

import pytest

from sidebar.domain.enclosures import Enclosure
from sidebar.domain.insertion import WindowInfo
from sidebar.platforms.macos import constants
from sidebar.platforms.macos.clipboard import READ_BOUND, SIZE_CAP, Contents, MacClipboard
from sidebar.ports import Saved
from tests.fakes import FakeTime
from tests.platforms.macos.fake_input import SOON
from tests.platforms.macos.fake_pasteboard import FakeItem, FakePasteboard

CHAT = WindowInfo(handle=5, pid=6, program="Aliworkbench", title="王小姐")
TEXT = constants.STRING_TYPE
ASK = 1
"""NSPasteboardAccessBehaviorAsk."""


class Desk:
    def __init__(self) -> None:
        self.time = FakeTime()
        self.board = FakePasteboard(self.time)
        self.clipboard = MacClipboard(pasteboard=self.board, scheduler=self.time)
        self.taken = 0

    def save(self) -> Saved | None:
        answers: list[Saved | None] = []
        self.clipboard.save(answers.append)
        assert answers == [], "never before the call has returned"
        self.time.advance(READ_BOUND)
        assert len(answers) == 1
        return answers[0]

    def offer(self, text: str = "您好") -> bool:
        return self.clipboard.offer(text, to=CHAT, taken=self._on_taken)

    def fetch(self) -> str:
        text = self.board.fetch()
        self.time.advance(SOON)
        return text

    def _on_taken(self) -> None:
        self.taken += 1


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_keeps_every_kind_of_every_item_and_gives_them_back(desk: Desk) -> None:
    first = {TEXT: "您好".encode(), "public.html": b"<b>x</b>"}
    desk.board.user_copies(FakeItem(dict(first)), FakeItem({"public.png": b"\x89PNG"}))
    saved = desk.save()
    assert saved is not None
    assert saved.complete
    assert desk.offer()
    desk.clipboard.restore(saved)
    assert [item.data for item in desk.board.content] == [first, {"public.png": b"\x89PNG"}]
    assert desk.clipboard.ours()


def test_an_empty_pasteboard_is_kept_as_empty(desk: Desk) -> None:
    desk.board.user_copies()
    saved = desk.save()
    assert saved == Contents(items=())
    desk.offer()
    assert saved is not None
    desk.clipboard.restore(saved)
    assert desk.board.content == []


def test_a_kind_its_owner_does_not_hand_over_is_left_out(desk: Desk) -> None:
    desk.board.user_copies(FakeItem({TEXT: b"x"}, broken=("public.png",)))
    assert desk.save() == Contents(items=({TEXT: b"x"},), complete=False)


def test_what_is_too_large_is_left_out(desk: Desk) -> None:
    desk.board.user_copies(FakeItem({"public.tiff": bytes(SIZE_CAP), TEXT: b"x"}))
    assert desk.save() == Contents(items=({"public.tiff": bytes(SIZE_CAP)},), complete=False)


def test_what_takes_too_long_is_left_out(desk: Desk) -> None:
    item = FakeItem({TEXT: b"x", "public.html": b"y", "public.rtf": b"z"})
    slow = timedelta(milliseconds=600)
    item.when_read = lambda: desk.time.advance(slow)  # the loop may turn while an owner is asked
    desk.board.user_copies(item)
    answers: list[Saved | None] = []
    desk.clipboard.save(answers.append)
    desk.time.advance(READ_BOUND * 3)
    assert len(answers) == 1
    assert answers[0] is not None
    assert not answers[0].complete


def test_one_kind_is_read_in_each_turn_of_the_loop(desk: Desk) -> None:
    item = FakeItem({TEXT: b"x", "public.html": b"y"})
    desk.board.user_copies(item)
    seen: list[int] = []

    def look() -> None:
        seen.append(len(item.read_kinds))

    def look_soon() -> None:
        desk.time.call_later(SOON, look)

    item.when_read = look_soon
    desk.save()
    assert seen == [1, 2]


def test_what_changed_while_it_was_being_read_is_not_kept(desk: Desk) -> None:
    item = FakeItem({TEXT: b"x"})
    item.when_read = lambda: desk.board.user_copies(FakeItem({TEXT: b"new"}))
    desk.board.user_copies(item)
    assert desk.save() is None


def test_saving_can_be_taken_back(desk: Desk) -> None:
    answers: list[Saved | None] = []
    desk.clipboard.save(answers.append)()
    desk.time.advance(READ_BOUND)
    assert answers == []


@pytest.mark.parametrize("behavior", [0, ASK, 3])
def test_reads_nothing_where_macos_would_ask_the_user(desk: Desk, behavior: int) -> None:
    desk.board.behavior = behavior
    assert not desk.clipboard.readable
    assert desk.save() is None
    assert desk.board.prompts == 0


def test_reads_where_the_user_has_allowed_it_for_good(desk: Desk) -> None:
    desk.board.behavior = 2
    assert desk.clipboard.readable
    assert desk.save() == Contents(items=({TEXT: b"before"},))


def test_what_was_copied_on_another_device_is_not_fetched_from_there(desk: Desk) -> None:
    item = FakeItem({TEXT: b"far", constants.REMOTE_TYPE: b""})
    desk.board.user_copies(item)
    assert desk.save() is None
    assert item.read_kinds == []


def test_the_phrase_is_marked_as_not_for_histories(desk: Desk) -> None:
    assert desk.offer()
    assert "org.nspasteboard.TransientType" in desk.board.kinds()
    assert "org.nspasteboard.AutoGeneratedType" in desk.board.kinds()
    assert desk.clipboard.ours()


def test_the_fetch_after_the_chord_tells_that_it_is_taken(desk: Desk) -> None:
    desk.offer()
    assert desk.clipboard.await_paste()
    assert desk.taken == 0
    assert desk.fetch() == "您好"
    assert desk.taken == 1
    assert desk.fetch() == "您好"
    assert desk.taken == 1


def test_a_fetch_before_the_chord_counts_for_nothing_and_hides_nothing(desk: Desk) -> None:
    desk.offer()
    assert desk.fetch() == "您好"
    assert desk.taken == 0
    assert desk.clipboard.await_paste()
    assert desk.clipboard.ours()
    assert desk.fetch() == "您好"
    assert desk.taken == 1


def test_it_is_promised_afresh_only_where_it_was_fetched(desk: Desk) -> None:
    desk.offer()
    desk.clipboard.await_paste()
    desk.fetch()
    desk.clipboard.await_paste()
    assert desk.board.promises_made == 1


def test_where_it_cannot_be_promised_afresh_the_chord_must_not_come(desk: Desk) -> None:
    desk.offer()
    desk.fetch()
    desk.board.writes = False
    assert not desk.clipboard.await_paste()
    assert not desk.clipboard.ours()


def test_a_chord_without_an_offer_is_none_of_our_business(desk: Desk) -> None:
    assert desk.clipboard.await_paste()
    assert desk.board.promises_made == 0


def test_an_offer_that_could_not_be_written_is_refused(desk: Desk) -> None:
    desk.board.writes = False
    assert not desk.offer()
    assert not desk.clipboard.ours()


def test_what_the_user_copied_meanwhile_is_left_alone(desk: Desk) -> None:
    saved = desk.save()
    desk.offer()
    desk.board.user_copies(FakeItem({TEXT: b"newer"}))
    assert not desk.clipboard.ours()
    assert saved is not None
    desk.clipboard.restore(saved)
    assert desk.board.content[0].data == {TEXT: b"newer"}


def test_behind_a_phrase_the_users_own_is_still_known(desk: Desk) -> None:
    first = desk.save()
    desk.offer()
    desk.board.behavior = ASK
    assert desk.save() == first
    desk.offer("再见")
    assert desk.save() == first
    assert desk.board.prompts == 0


def test_what_was_copied_after_it_was_read_is_not_taken_for_it(desk: Desk) -> None:
    desk.save()
    desk.board.user_copies(FakeItem({TEXT: b"newer"}))
    desk.offer()
    assert desk.save() is None


def test_what_we_left_for_the_user_is_known_without_reading(desk: Desk) -> None:
    desk.board.behavior = ASK
    assert desk.clipboard.keep("您好")
    assert desk.board.kinds() == (TEXT,)
    saved = desk.save()
    assert saved == Contents(items=({TEXT: "您好".encode()},))
    desk.offer("再见")
    assert saved is not None
    desk.clipboard.restore(saved)
    assert desk.board.content[0].data == {TEXT: "您好".encode()}


def test_what_could_not_be_left_there_is_said(desk: Desk) -> None:
    desk.board.writes = False
    assert not desk.clipboard.keep("您好")
    assert not desk.clipboard.ours()


def test_our_own_windows_need_nothing_handed_to_them(desk: Desk) -> None:
    desk.offer()
    assert desk.clipboard.held() == {}


def test_a_phrase_nobody_fetched_outlives_us(desk: Desk) -> None:
    desk.offer()
    desk.clipboard.close()
    assert desk.board.content[0].data == {TEXT: "您好".encode()}


def test_at_the_end_what_is_not_ours_is_left_alone(desk: Desk) -> None:
    desk.offer()
    desk.board.user_copies(FakeItem({TEXT: b"newer"}))
    desk.clipboard.close()
    assert desk.board.content[0].data == {TEXT: b"newer"}


@pytest.mark.parametrize(
    ("enclosure", "kind", "data"),
    [
        (Enclosure(name="a.png", path="/a.png", png=b"png"), "public.png", b"png"),
        (Enclosure(name="a b.pdf", path="/tmp/a b.pdf"), "public.file-url", b"file:///tmp/a%20b.pdf"),
    ],
)
@pytest.mark.posix
def test_a_picture_or_file_is_promised_as_what_it_is(
    desk: Desk, enclosure: Enclosure, kind: str, data: bytes
) -> None:
    assert desk.clipboard.offer(enclosure, to=CHAT, taken=desk._on_taken)
    assert desk.board.kinds()[0] == kind
    assert desk.clipboard.await_paste()
    assert desk.board.fetch_kind(kind) == data
    desk.time.advance(SOON)
    assert desk.taken == 1
    desk.clipboard.close()
    assert desk.board.content[0].data[kind] == data
