"""Writing into a box by Accessibility: the right box, exactly once, read back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.insertion import BoxAnswer, WindowInfo
from sidebar.platforms.macos import constants
from sidebar.platforms.macos.text_boxes import MacTextBoxes
from tests.fakes import FakeTime
from tests.platforms.macos.fake_elements import CANNOT_COMPLETE, FakeElement
from tests.platforms.macos.fake_input import SOON
from tests.platforms.macos.fake_mac import FakeMac

PID = 10
CHAT = WindowInfo(handle=5, pid=PID, program="Aliworkbench", title="王小姐")


class Desk:
    def __init__(self, text: str = "", selected: tuple[int, int] = (0, 0)) -> None:
        self.time = FakeTime()
        self.mac = FakeMac(self.time)
        self.window = self.mac.open(5, PID, "王小姐")
        self.box = FakeElement(PID, AXRole="AXTextArea", AXValue=text, AXSelectedTextRange=selected)
        self.box.attributes["AXWindow"] = self.window
        self.application = self.mac.accessibility.applications[PID]
        self.application.attributes["AXFocusedUIElement"] = self.box
        self.boxes = MacTextBoxes(accessibility=self.mac.accessibility, scheduler=self.time)

    def insert(self, text: str = "您好", window: WindowInfo = CHAT) -> BoxAnswer:
        answers: list[BoxAnswer] = []
        self.boxes.insert(window, text, answers.append)
        assert answers == [], "never before the call has returned"
        self.time.advance(SOON)
        assert len(answers) == 1
        return answers[0]


def test_writes_at_the_caret() -> None:
    desk = Desk("ab", (1, 0))
    assert desk.insert() is BoxAnswer.WRITTEN
    assert desk.box.typed() == "a您好b"


def test_replaces_what_is_selected() -> None:
    desk = Desk("abcd", (1, 2))
    assert desk.insert() is BoxAnswer.WRITTEN
    assert desk.box.typed() == "a您好d"


def test_counts_an_emoji_as_two_as_macos_does() -> None:
    desk = Desk("😀b", (2, 0))
    assert desk.insert("👍\n好") is BoxAnswer.WRITTEN
    assert desk.box.typed() == "😀👍\n好b"


@given(before=st.text(max_size=20), text=st.text(min_size=1, max_size=20), after=st.text(max_size=20))
def test_any_text_arrives_between_what_was_there(before: str, text: str, after: str) -> None:
    start = len(before.encode("utf-16-le")) // 2
    desk = Desk(before + after, (start, 0))
    assert desk.insert(text) is BoxAnswer.WRITTEN
    assert desk.box.typed() == before + text + after


def test_a_line_of_input_will_do_and_a_button_will_not() -> None:
    desk = Desk()
    desk.box.attributes["AXRole"] = "AXTextField"
    assert desk.insert() is BoxAnswer.WRITTEN
    desk.box.attributes["AXRole"] = "AXButton"
    assert desk.insert() is BoxAnswer.UNTOUCHED


def test_without_permission_nothing_is_touched() -> None:
    desk = Desk()
    desk.mac.permissions.trust = False
    assert desk.insert() is BoxAnswer.UNTOUCHED
    assert desk.box.typed() == ""


def test_a_program_that_does_not_answer_is_not_touched() -> None:
    desk = Desk()
    desk.mac.accessibility.silent.add(PID)
    assert desk.insert() is BoxAnswer.UNTOUCHED


def test_the_focus_in_another_window_is_left_alone() -> None:
    desk = Desk()
    other = desk.mac.open(6, PID, "王小姐")
    desk.box.attributes["AXWindow"] = other
    assert desk.insert() is BoxAnswer.UNTOUCHED
    assert desk.box.typed() == ""


def test_another_buyer_in_the_same_window_is_left_alone() -> None:
    desk = Desk()
    assert desk.insert(window=replace(CHAT, title="李先生")) is BoxAnswer.UNTOUCHED
    assert desk.box.typed() == ""


@pytest.mark.parametrize("selected", [(-1, 0), (1, 2), (5, 0)])
def test_a_caret_outside_the_text_is_not_believed(selected: tuple[int, int]) -> None:
    desk = Desk("ab", selected)
    assert desk.insert() is BoxAnswer.UNTOUCHED


@pytest.mark.parametrize("missing", ["AXValue", "AXSelectedTextRange", "AXWindow"])
def test_a_box_that_cannot_be_read_back_is_not_written_to(missing: str) -> None:
    desk = Desk()
    del desk.box.attributes[missing]
    assert desk.insert() is BoxAnswer.UNTOUCHED


def test_a_box_that_cannot_be_written_to_is_left_to_the_clipboard() -> None:
    desk = Desk()
    desk.box.refused[constants.AX_SELECTED_TEXT] = constants.AX_ERROR_ATTRIBUTE_UNSUPPORTED
    assert desk.insert() is BoxAnswer.UNTOUCHED


def test_one_that_says_yes_and_does_nothing_is_not_written_to_twice() -> None:
    desk = Desk()
    desk.mac.accessibility.writes_to_box = False
    assert desk.insert() is BoxAnswer.UNCERTAIN


def test_one_that_does_not_answer_while_it_is_written_to_is_uncertain(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk()
    monkeypatch.setattr(desk.mac.accessibility, "set", lambda *_: CANNOT_COMPLETE)
    assert desk.insert() is BoxAnswer.UNCERTAIN


def test_one_that_refuses_while_it_is_written_to_is_untouched(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    monkeypatch.setattr(desk.mac.accessibility, "set", lambda *_: constants.AX_ERROR_ATTRIBUTE_UNSUPPORTED)
    assert desk.insert() is BoxAnswer.UNTOUCHED


def test_a_buyer_switched_to_meanwhile_makes_it_uncertain() -> None:
    desk = Desk()
    before = desk.mac.accessibility.set

    def switch(element: FakeElement, attribute: str, value: object) -> int:
        desk.mac.change(desk.window, title="李先生")
        return before(element, attribute, value)  # type: ignore[arg-type]

    desk.mac.accessibility.set = switch  # type: ignore[method-assign, assignment]
    assert desk.insert() is BoxAnswer.UNCERTAIN


def test_taken_back_it_writes_nothing() -> None:
    desk = Desk()
    desk.boxes.insert(CHAT, "您好", lambda _: pytest.fail("answered"))()
    desk.time.advance(SOON)
    assert desk.box.typed() == ""


def test_an_electron_program_is_asked_once_to_build_its_tree() -> None:
    desk = Desk()
    desk.boxes.prepare(CHAT)
    assert desk.application.attributes["AXManualAccessibility"] is True
    desk.application.attributes["AXManualAccessibility"] = None
    desk.boxes.prepare(CHAT)
    assert desk.application.attributes["AXManualAccessibility"] is None
