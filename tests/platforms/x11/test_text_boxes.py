"""Writing into input boxes by accessibility, against a chat client that is played on a real message bus."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sidebar.domain.insertion import BoxAnswer, WindowInfo
from sidebar.platforms.x11.text_boxes import AtSpiTextBoxes
from tests.fakes import FakeTime
from tests.platforms.x11.buses import Daemon
from tests.platforms.x11.chat_program import (
    FOCUSED,
    INPUT_BOX,
    MULTI_LINE,
    SEARCH_FIELD,
    SENSITIVE,
    SHOWING,
    TEXT,
    TITLE,
    WINDOW,
    ChatProgram,
    Thing,
)
from tests.platforms.x11.loop import Loop

LOOK = ["Get", "GetState", "GetText", "Get", "GetNSelections", "GetSelection"]
WRITE = ["InsertText", "SetCaretOffset", "GetText", "Get"]
BOUND = timedelta(milliseconds=250)


@pytest.fixture(params=["GAIL", "Qt"])
def program(request: pytest.FixtureRequest, daemon: Daemon, loop: Loop) -> Iterator[ChatProgram]:
    program = ChatProgram(daemon.address, loop, toolkit=request.param)
    yield program
    program.close()


@pytest.fixture
def old_program(daemon: Daemon, loop: Loop) -> Iterator[ChatProgram]:
    program = ChatProgram(daemon.address, loop, toolkit="Qt", searches=False)
    yield program
    program.close()


@pytest.fixture
def boxes(daemon: Daemon, loop: Loop) -> Iterator[AtSpiTextBoxes]:
    boxes = AtSpiTextBoxes(daemon.address, readiness=loop, scheduler=loop)
    yield boxes
    boxes.close()


Insert = Callable[..., BoxAnswer]


@pytest.fixture
def insert(boxes: AtSpiTextBoxes, loop: Loop) -> Insert:
    def insert(text: str, window: WindowInfo = WINDOW) -> BoxAnswer:
        answers: list[BoxAnswer] = []
        boxes.insert(window, text, answers.append)
        assert answers == []
        loop.until(lambda: bool(answers))
        assert len(answers) == 1
        return answers[0]

    return insert


@pytest.mark.parametrize(
    "text",
    [
        "亲，在的",
        "第一行\n第二行\n\n第四行\n",
        "😊👍🏽👨‍👩‍👧‍👦 e\u0301 𠀀",
        '<b>粗</b> & &amp; "x"',
        ":) :-( <3 (y)",
        "长" * 2000,
    ],
    ids=["one line", "several lines", "emoji", "markup", "emoticons", "2000 characters"],
)
def test_writes_the_text_exactly(text: str, program: ChatProgram, insert: Insert) -> None:
    assert insert(text) is BoxAnswer.WRITTEN
    assert program.box.text == text
    assert program.box.caret == program.offset(text)


def test_writes_at_the_caret_and_leaves_it_behind_the_text(program: ChatProgram, insert: Insert) -> None:
    program.box.text, program.box.caret = "前😊后", program.offset("前😊")
    assert insert("中👍") is BoxAnswer.WRITTEN
    assert program.box.text == "前😊中👍后"
    assert program.box.caret == program.offset("前😊中👍")


def test_replaces_what_is_selected_as_a_paste_would(program: ChatProgram, insert: Insert) -> None:
    program.box.text, program.box.caret = "留😊删除留", program.offset("留")
    program.box.selection = (program.offset("留😊删除"), program.offset("留"))
    assert insert("新") is BoxAnswer.WRITTEN
    assert program.box.text == "留新留"
    assert program.box.caret == program.offset("留新")


_words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=_words, selected=_words, after=_words, new=_words)
def test_any_text_goes_into_any_text(
    before: str, selected: str, after: str, new: str, program: ChatProgram, insert: Insert
) -> None:
    program.box.text = before + selected + after
    program.box.caret = program.offset(before)
    program.box.selection = (program.offset(before), program.offset(before + selected)) if selected else None
    assert insert(new) is BoxAnswer.WRITTEN
    assert program.box.text == before + new + after
    assert program.box.caret == program.offset(before + new)


def test_looks_in_one_go_and_writes_in_one_go(program: ChatProgram, insert: Insert) -> None:
    insert("found by now")
    program.asked.clear()
    assert insert("again") is BoxAnswer.WRITTEN
    assert program.asked == LOOK + WRITE


def test_sends_a_whole_look_before_any_answer(
    program: ChatProgram, insert: Insert, boxes: AtSpiTextBoxes, loop: Loop
) -> None:
    insert("found by now")
    program.asked.clear()
    program.busy = True
    boxes.insert(WINDOW, "again", lambda _: None)
    loop.until(lambda: len(program.asked) == len(LOOK))
    assert program.asked == LOOK


def test_sends_deletion_insertion_caret_and_reading_in_order_and_at_once(
    program: ChatProgram, insert: Insert, boxes: AtSpiTextBoxes, loop: Loop
) -> None:
    insert("selected")
    program.box.selection = (0, 3)
    program.asked.clear()

    def falter() -> None:
        program.busy = True

    program.before["DeleteText"] = falter
    boxes.insert(WINDOW, "new", lambda _: None)
    loop.until(lambda: len(program.asked) == len(LOOK) + 1 + len(WRITE))
    assert program.asked[len(LOOK) :] == ["DeleteText", *WRITE]


def test_a_box_found_ahead_of_need_is_not_searched_for_again(
    program: ChatProgram,
    insert: Insert,
    boxes: AtSpiTextBoxes,
    loop: Loop,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        boxes.prepare(WINDOW)
        loop.until(lambda: "found=True" in caplog.text)
    program.asked.clear()
    assert insert("亲") is BoxAnswer.WRITTEN
    assert "GetMatches" not in program.asked


def test_a_later_window_is_prepared_instead_of_an_earlier_one(
    program: ChatProgram, boxes: AtSpiTextBoxes, loop: Loop
) -> None:
    boxes.prepare(replace(WINDOW, title="Buddy List"))
    boxes.prepare(WINDOW)
    loop.until(lambda: program.asked[-1:] == ["GetState"])
    assert program.asked.count("GetMatches") == 1


def test_after_a_tab_switch_the_box_of_the_other_tab_is_written_to(
    program: ChatProgram, insert: Insert
) -> None:
    insert("first")
    other = Thing(path="/other", role=TEXT, states=INPUT_BOX)
    program.panel.parts.append(other)
    program.box.states -= {SHOWING}
    assert insert("second") is BoxAnswer.WRITTEN
    assert (program.box.text, other.text) == ("first", "second")


def test_another_buyer_s_title_is_another_box(program: ChatProgram, insert: Insert) -> None:
    insert("给王小姐")
    program.frame.name = "Mr. Smith"
    assert insert("给王小姐") is BoxAnswer.UNTOUCHED
    assert insert("给他", replace(WINDOW, title="Mr. Smith")) is BoxAnswer.WRITTEN
    assert program.box.text == "给王小姐给他"


def test_a_program_that_cannot_search_is_walked_through(old_program: ChatProgram, insert: Insert) -> None:
    hidden = Thing(path="/hidden", role=TEXT, states=INPUT_BOX - {SHOWING})
    hidden.parts.append(Thing(path="/within", role=TEXT, states=INPUT_BOX))
    old_program.panel.parts.append(hidden)
    assert insert("亲😊") is BoxAnswer.WRITTEN
    assert old_program.box.text == "亲😊"


def test_a_walk_in_a_circle_has_an_end(old_program: ChatProgram, insert: Insert) -> None:
    old_program.panel.parts[:] = [old_program.frame]
    assert insert("亲") is BoxAnswer.UNTOUCHED


def test_writes_where_the_focus_is(program: ChatProgram, insert: Insert) -> None:
    program.box.states -= {FOCUSED}
    program.search.states |= {FOCUSED}
    assert insert("亲") is BoxAnswer.WRITTEN
    assert (program.search.text, program.box.text) == ("亲", "")


def test_without_a_focused_box_the_only_one_of_several_lines_is_meant(
    program: ChatProgram, insert: Insert
) -> None:
    insert("一")
    program.box.states -= {FOCUSED}
    assert insert("二") is BoxAnswer.WRITTEN
    assert program.box.text == "一二"


def _two_unfocused(program: ChatProgram) -> None:
    program.box.states -= {FOCUSED}
    program.panel.parts.append(Thing(path="/second", role=TEXT, states=SEARCH_FIELD | {MULTI_LINE}))


def _two_windows(program: ChatProgram) -> None:
    program.program.parts.append(Thing(path="/twin", role=23, name=TITLE))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda program: setattr(program.box, "states", frozenset()),
        lambda program: setattr(program.box, "states", INPUT_BOX - {SENSITIVE}),
        lambda program: program.panel.parts.remove(program.box),
        lambda program: setattr(program, "toolkit", "Gecko"),
        lambda program: setattr(program.box, "caret", -1),
        lambda program: setattr(program.box, "caret", 99),
        lambda program: setattr(program.box, "selection", (0, 99)),
        lambda program: program.registry.parts.clear(),
        lambda program: program.program.parts.clear(),
        _two_unfocused,
        _two_windows,
    ],
    ids=[
        "hidden",
        "insensitive",
        "no box",
        "unknown toolkit",
        "no caret",
        "caret outside",
        "selection outside",
        "no program",
        "no window",
        "two boxes",
        "two windows",
    ],
)
def test_in_doubt_nothing_is_written(
    spoil: Callable[[ChatProgram], None], program: ChatProgram, insert: Insert
) -> None:
    spoil(program)
    assert insert("亲") is BoxAnswer.UNTOUCHED
    assert "InsertText" not in program.asked


@pytest.mark.parametrize(
    "member", ["Get", "GetState", "GetText", "GetSelection", "GetChildren", "GetMatches"]
)
@pytest.mark.parametrize(
    "answer",
    [("b", (True,)), ("s", ("?",)), ("au", ([],)), ("a(so)", ([("", "/org/a11y/atspi/null")],))],
    ids=["yes", "word", "empty", "null object"],
)
def test_an_answer_that_makes_no_sense_is_never_taken_for_a_text_that_is_there(
    member: str, answer: tuple[str, tuple[object, ...]], program: ChatProgram, insert: Insert
) -> None:
    program.answers[member] = answer
    assert insert("亲") is not BoxAnswer.WRITTEN or program.box.text == "亲"


def test_another_process_s_window_is_not_touched(program: ChatProgram, insert: Insert) -> None:
    assert insert("亲", replace(WINDOW, pid=1)) is BoxAnswer.UNTOUCHED
    assert "InsertText" not in program.asked


@pytest.mark.parametrize("text", ["a\0b", "\ud83d"])
def test_what_the_bus_cannot_carry_is_not_sent(text: str, program: ChatProgram, insert: Insert) -> None:
    assert insert(text) is BoxAnswer.UNTOUCHED
    assert program.asked == []


def test_a_box_that_holds_something_else_afterwards_is_uncertain(
    program: ChatProgram, insert: Insert
) -> None:
    program.before["SetCaretOffset"] = lambda: setattr(program.box, "text", program.box.text[:3])
    assert insert("亲，在的") is BoxAnswer.UNCERTAIN


def test_a_box_that_replaces_an_emoticon_by_a_picture_is_uncertain(
    program: ChatProgram, insert: Insert
) -> None:
    program.before["SetCaretOffset"] = lambda: setattr(program.box, "text", "好\ufffc")
    assert insert("好:)") is BoxAnswer.UNCERTAIN


def test_another_buyer_s_title_after_the_writing_is_uncertain(program: ChatProgram, insert: Insert) -> None:
    program.before["InsertText"] = lambda: setattr(program.frame, "name", "Mr. Smith")
    assert insert("给王小姐") is BoxAnswer.UNCERTAIN


def test_a_refused_insertion_leaves_the_box_untouched(program: ChatProgram, insert: Insert) -> None:
    program.answers["InsertText"] = ("b", (False,))
    assert insert("亲") is BoxAnswer.UNTOUCHED


def test_refused_but_changed_is_uncertain(program: ChatProgram, insert: Insert) -> None:
    program.answers["InsertText"] = ("b", (False,))
    program.box.text, program.box.selection = "selected", (0, 8)
    assert insert("亲") is BoxAnswer.UNCERTAIN


def test_a_box_that_vanishes_before_the_writing_is_untouched(program: ChatProgram, insert: Insert) -> None:
    program.before["GetSelection"] = lambda: program.panel.parts.remove(program.box)
    assert insert("亲") is BoxAnswer.UNTOUCHED


def test_a_program_that_ends_before_the_writing_is_untouched(program: ChatProgram, insert: Insert) -> None:
    insert("found by now")
    program.close()
    assert insert("亲") is BoxAnswer.UNTOUCHED


def test_a_program_that_ends_while_it_writes_is_uncertain(program: ChatProgram, insert: Insert) -> None:
    program.before["InsertText"] = program.close
    assert insert("亲") is BoxAnswer.UNCERTAIN


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


@pytest.fixture
def timed(daemon: Daemon, loop: Loop, time: FakeTime) -> Iterator[AtSpiTextBoxes]:
    boxes = AtSpiTextBoxes(daemon.address, readiness=loop, scheduler=time)
    yield boxes
    boxes.close()


def test_a_program_that_does_not_answer_is_given_up_untouched(
    program: ChatProgram, timed: AtSpiTextBoxes, time: FakeTime, loop: Loop
) -> None:
    answers: list[BoxAnswer] = []

    def freeze() -> None:
        program.busy = True

    program.before["GetSelection"] = freeze
    timed.insert(WINDOW, "亲", answers.append)
    loop.until(lambda: program.busy)
    time.advance(BOUND - timedelta(milliseconds=1))
    assert answers == []
    time.advance(timedelta(milliseconds=1))
    assert answers == [BoxAnswer.UNTOUCHED]
    assert "InsertText" not in program.asked


def test_no_answer_after_the_text_was_sent_is_uncertain(
    program: ChatProgram, timed: AtSpiTextBoxes, time: FakeTime, loop: Loop
) -> None:
    answers: list[BoxAnswer] = []

    def freeze() -> None:
        program.busy = True

    program.before["InsertText"] = freeze
    timed.insert(WINDOW, "亲", answers.append)
    loop.until(lambda: program.asked[-len(WRITE) :] == WRITE)
    time.advance(BOUND)
    assert answers == [BoxAnswer.UNCERTAIN]
    program.recover()
    loop.run(timedelta(milliseconds=20))
    assert answers == [BoxAnswer.UNCERTAIN]


def test_a_bus_lost_before_the_writing_is_untouched(
    daemon: Daemon, program: ChatProgram, insert: Insert
) -> None:
    program.before["GetSelection"] = daemon.stop
    assert insert("亲") is BoxAnswer.UNTOUCHED


def test_a_bus_lost_while_writing_is_uncertain(daemon: Daemon, program: ChatProgram, insert: Insert) -> None:
    program.before["InsertText"] = daemon.stop
    assert insert("亲") is BoxAnswer.UNCERTAIN


def test_a_bus_that_comes_back_is_used_again(
    daemon: Daemon, program: ChatProgram, insert: Insert, loop: Loop
) -> None:
    insert("before")
    daemon.stop()
    assert insert("meanwhile") is BoxAnswer.UNTOUCHED
    daemon.start()
    again = ChatProgram(daemon.address, loop, toolkit=program.toolkit)
    assert insert("after") is BoxAnswer.WRITTEN
    assert again.box.text == "after"
    assert "GetMatches" in again.asked  # what was known of the old bus's programs is forgotten
    again.close()


def test_without_accessibility_nothing_is_touched(insert: Insert) -> None:
    assert insert("亲") is BoxAnswer.UNTOUCHED


def test_without_a_session_bus_nothing_is_touched(loop: Loop) -> None:
    answers: list[BoxAnswer] = []
    boxes = AtSpiTextBoxes("", readiness=loop, scheduler=loop)
    boxes.prepare(WINDOW)
    boxes.insert(WINDOW, "亲", answers.append)
    assert answers == []
    loop.until(lambda: bool(answers))
    assert answers == [BoxAnswer.UNTOUCHED]


def test_two_insertions_at_once_do_not_mix(program: ChatProgram, boxes: AtSpiTextBoxes, loop: Loop) -> None:
    answers: dict[str, BoxAnswer] = {}
    boxes.insert(WINDOW, "first", lambda answer: answers.update(first=answer))
    boxes.insert(WINDOW, "second", lambda answer: answers.update(second=answer))
    loop.until(lambda: len(answers) == 2)
    assert answers == {"first": BoxAnswer.WRITTEN, "second": BoxAnswer.UNTOUCHED}
    assert program.box.text == "first"


def test_an_insertion_taken_back_in_time_writes_nothing(
    program: ChatProgram, boxes: AtSpiTextBoxes, insert: Insert
) -> None:
    answers: list[BoxAnswer] = []
    cancel = boxes.insert(WINDOW, "no", answers.append)
    cancel()
    assert insert("yes") is BoxAnswer.WRITTEN
    assert program.box.text == "yes"
    cancel()
    assert insert(" again") is BoxAnswer.WRITTEN
    assert answers == []


def test_a_closed_platform_gives_no_answers(program: ChatProgram, boxes: AtSpiTextBoxes, loop: Loop) -> None:
    answers: list[BoxAnswer] = []
    boxes.insert(WINDOW, "亲", answers.append)
    boxes.prepare(WINDOW)
    boxes.close()
    loop.run(timedelta(milliseconds=20))
    assert answers == []
    assert program.box.text == ""


def test_logs_lengths_only_and_listens_to_nothing(
    program: ChatProgram, insert: Insert, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        insert("私密的话")
    assert "chars=4" in caplog.text
    assert "私密" not in caplog.text
    assert TITLE not in caplog.text
    search = {"GetAddress", "GetChildren", "Get", "GetMatches", "GetState"}
    assert set(program.asked) == search | set(LOOK) | set(WRITE)
