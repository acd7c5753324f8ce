"""The X11 clipboard among programs we did not write, among a clipboard manager, and in any order."""

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sidebar.ports import Saved
from tests.platforms.x11 import qt_clipboard
from tests.platforms.x11.clipboard_keeper import ClipboardKeeper
from tests.platforms.x11.loop import Loop
from tests.platforms.x11.selections import Given, Owner
from tests.platforms.x11.selections import given as form
from tests.platforms.x11.test_clipboard import COPIED, PHRASE, Desk

pytestmark = pytest.mark.display


@pytest.fixture
def desk(x_display: str, loop: Loop) -> Iterator[Desk]:
    desk = Desk(x_display, loop)
    yield desk
    desk.close()


@pytest.fixture(autouse=True)
def _qt_on_x(monkeypatch: pytest.MonkeyPatch, x_display: str) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setenv("DISPLAY", x_display)


@contextmanager
def qt_that_copied(desk: Desk, what: str) -> Iterator[None]:
    """A Qt program that has copied; it ends when it loses the clipboard."""
    with subprocess.Popen((sys.executable, "-m", "tests.platforms.x11.qt_clipboard", what)) as program:
        desk.loop.until(lambda: desk.chat.display.get_selection_owner(desk.chat.selection) != 0)
        yield
        assert program.wait() == 0


def read_by_qt(desk: Desk) -> dict[str, object]:
    answer = json.loads(desk.run(sys.executable, "-m", "tests.platforms.x11.qt_clipboard", "read"))
    assert isinstance(answer, dict)
    return answer


def test_qt_pastes_the_phrase(desk: Desk) -> None:
    desk.offer()
    found = read_by_qt(desk)
    assert found["text"] == PHRASE
    assert found["html"] is None


def test_what_qt_copied_is_back_byte_for_byte(desk: Desk) -> None:
    with qt_that_copied(desk, "copy"):
        before = desk.requestor().fetch_all()
        saved = desk.save()
        desk.offer()
    desk.clipboard.restore(saved)
    after = desk.requestor().fetch_all()
    assert after == {
        target: found for target, found in before.items() if found is not None and target in after
    }
    assert set(before) - set(after) <= {"SAVE_TARGETS"}
    assert read_by_qt(desk) == {
        "text": qt_clipboard.TEXT,
        "html": qt_clipboard.HTML,
        "urls": [qt_clipboard.FILE],
        "own": b64encode(bytes(range(256))).decode(),
        "same picture": False,
    }


def test_a_picture_qt_copied_is_the_same_picture_afterwards(desk: Desk) -> None:
    with qt_that_copied(desk, "picture"):
        png = desk.requestor().fetch("image/png")
        saved = desk.save()
        desk.offer()
    desk.clipboard.restore(saved)
    assert desk.requestor().fetch("image/png") == png
    assert read_by_qt(desk)["same picture"]


class TestLeaving:
    @pytest.fixture
    def keeper(self, x_display: str) -> Iterator[ClipboardKeeper]:
        keeper = ClipboardKeeper(x_display)
        yield keeper
        keeper.close()

    def test_what_the_user_had_is_left_to_the_clipboard_manager(
        self, desk: Desk, keeper: ClipboardKeeper
    ) -> None:
        desk.owner().copy(**COPIED)
        saved = desk.save()
        desk.offer()
        desk.clipboard.restore(saved)
        desk.clipboard.close()
        eight = {target: found.data for target, found in COPIED.items() if found.format == 8}
        assert {target: keeper.saved[target] for target in eight} == eight

    def test_in_the_middle_of_an_insertion_it_is_the_users_that_is_left(
        self, desk: Desk, keeper: ClipboardKeeper
    ) -> None:
        desk.owner().copy(UTF8_STRING=form("UTF8_STRING", b"the user's"))
        desk.save()
        desk.offer()
        desk.clipboard.close()
        assert keeper.saved == {"UTF8_STRING": b"the user's"}

    def test_what_others_own_is_none_of_our_business(self, desk: Desk, keeper: ClipboardKeeper) -> None:
        desk.offer()
        owner = desk.owner()
        owner.copy(UTF8_STRING=form("UTF8_STRING", b"theirs"))
        desk.clipboard.close()
        assert keeper.saved == {}
        assert owner.owns

    def test_a_secret_is_not_left_to_anybody(self, desk: Desk, keeper: ClipboardKeeper) -> None:
        hint = form("STRING", b"secret")
        desk.owner().copy(**{"UTF8_STRING": form("UTF8_STRING", b"pass"), "x-kde-passwordManagerHint": hint})
        saved = desk.save()
        desk.offer()
        desk.clipboard.restore(saved)
        desk.clipboard.close()
        assert keeper.saved == {}

    def test_a_clipboard_manager_that_hangs_does_not_keep_us(self, desk: Desk, x_display: str) -> None:
        keeper = ClipboardKeeper(x_display, answers=False)
        desk.clipboard.keep("text")
        desk.clipboard.close()
        keeper.close()
        assert keeper.saved == {}


ACTS = st.sampled_from(["copy", "leave", "save", "offer", "restore", "keep", "paste", "long offer"])


@given(acts=st.lists(ACTS, max_size=25))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_any_order_the_user_never_loses_what_was_copied_last(x_display: str, acts: list[str]) -> None:
    """What anybody finds follows from a model of six lines: whose turn it was last, and with what."""
    loop = Loop()
    desk = Desk(x_display, loop)
    owner: Owner | None = None
    there: Given | None = None  # what a reader must find
    users: Given | None = None  # what a save must carry
    phrase = False
    saved: tuple[Saved, Given | None] | None = None
    for number, act in enumerate(acts):
        text = f"{act} {number}"
        if act == "copy":
            owner = desk.owner()
            there = users = form("UTF8_STRING", text.encode())
            owner.copy(UTF8_STRING=there)
            phrase = False
        elif act == "leave" and owner is not None:
            if owner.owns:
                there = users = None
            desk.programs.remove(owner)
            owner.vanish()
            owner = None
        elif act == "save" and (users is not None or not phrase):
            answer = desk.save()
            saved = (answer, users)
        elif act in ("offer", "long offer"):
            text = text * (30_000 if act == "long offer" else 1)
            if not phrase and (saved is None or saved[1] != users):
                users = None  # nobody asked what was there
            desk.offer(text)
            there, phrase = form("UTF8_STRING", text.encode()), True
        elif act == "restore" and saved is not None:
            ours = desk.clipboard.ours()
            desk.clipboard.restore(saved[0])
            if ours:
                there = users = saved[1]
                phrase = False
        elif act == "keep":
            assert desk.clipboard.keep(text)
            there = users = form("UTF8_STRING", text.encode())
            phrase = False
        if owner is not None:
            owner.pump()
        assert desk.chat.fetch("UTF8_STRING") == there, act
    desk.close()
    loop.close()
