"""The search line: letters, arrows, Enter, digits, Esc, and what an input method holds back."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sidebar.ui.panel import Panel
from sidebar.ui.rows import Role
from sidebar.ui.window import SidebarWindow
from tests.ui import samples
from tests.ui.gestures import compose, heard, line, settle, the_list

Key = Qt.Key


def test_typed_letters_search(window: SidebarWindow) -> None:
    said = heard(window.search_changed)
    QTest.keyClicks(line(window, "找话术"), "wl")
    assert said == [("w",), ("wl",)]
    assert window.search_text() == "wl"


def test_letters_an_input_method_holds_search_as_well(window: SidebarWindow) -> None:
    search, said = line(window, "找话术"), heard(window.search_changed)
    compose(search, "w")
    compose(search, "wu'liu")
    assert said == [("w",), ("wuliu",)]
    compose(search, "", commit="物流")
    assert said[2:] == [("物流",)]
    assert window.search_text() == "物流"


def test_held_letters_stand_where_the_caret_is(window: SidebarWindow) -> None:
    search = line(window, "找话术")
    search.setText("物核实")
    search.setCursorPosition(1)
    compose(search, "liu")
    assert window.search_text() == "物liu核实"


def test_a_composition_given_up_is_searched_for_no_more(window: SidebarWindow) -> None:
    search, said = line(window, "找话术"), heard(window.search_changed)
    compose(search, "wu")
    compose(search, "")
    assert said == [("wu",), ("",)]


def test_enter_space_and_digits_belong_to_an_unfinished_composition(window: SidebarWindow) -> None:
    search, inserted, left = line(window, "找话术"), heard(window.phrase_requested), heard(window.search_left)
    compose(search, "wl")
    for key in (Key.Key_Return, Key.Key_Enter, Key.Key_Space, Key.Key_1, Key.Key_Down, Key.Key_Escape):
        QTest.keyClick(search, key)
    QTest.keyClick(search, Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert inserted == []
    assert left == []
    assert search.text() == ""


def test_arrows_move_the_mark_and_stop_at_the_ends(window: SidebarWindow) -> None:
    search, phrases = line(window, "找话术"), the_list(window, "话术")
    window.mark_phrase(0)
    for key, row in ((Key.Key_Down, 1), (Key.Key_Down, 2), (Key.Key_Up, 1), (Key.Key_Up, 0), (Key.Key_Up, 0)):
        QTest.keyClick(search, key)
        assert phrases.currentIndex().row() == row
    QTest.keyClick(search, Key.Key_PageDown)
    assert phrases.currentIndex().row() == 3
    QTest.keyClick(search, Key.Key_Down)
    assert phrases.currentIndex().row() == 3


def test_enter_inserts_the_marked_phrase(window: SidebarWindow) -> None:
    said = heard(window.phrase_requested)
    window.mark_phrase(2)
    QTest.keyClick(line(window, "找话术"), Key.Key_Return)
    assert said == [("wait.looking", False)]


def test_enter_without_a_mark_inserts_the_first(window: SidebarWindow) -> None:
    said = heard(window.phrase_requested)
    window.mark_phrase(-1)
    QTest.keyClick(line(window, "找话术"), Key.Key_Return)
    assert said == [("logistics.verify", False)]


def test_ctrl_enter_sends_as_well_but_only_where_that_is_allowed(window: SidebarWindow) -> None:
    said = heard(window.phrase_requested)
    control = Qt.KeyboardModifier.ControlModifier
    window.mark_phrase(1)
    QTest.keyClick(line(window, "找话术"), Key.Key_Return, control)
    window.mark_phrase(2)
    QTest.keyClick(line(window, "找话术"), Key.Key_Return, control)
    assert said == [("soothe.not_received", True), ("wait.looking", False)]


def test_enter_where_nothing_was_found_inserts_nothing(window: SidebarWindow) -> None:
    said = heard(window.phrase_requested)
    window.show_phrases(())
    QTest.keyClick(line(window, "找话术"), Key.Key_Return)
    assert said == []


def test_alt_and_a_digit_insert_by_number(window: SidebarWindow) -> None:
    said = heard(window.phrase_requested)
    QTest.keyClick(line(window, "找话术"), Key.Key_4, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(line(window, "找话术"), Key.Key_9, Qt.KeyboardModifier.AltModifier)
    assert said == [("offer.damaged", False)]


def test_a_digit_alone_is_searched_for(window: SidebarWindow) -> None:
    said = heard(window.search_changed)
    QTest.keyClick(line(window, "找话术"), Key.Key_7)
    assert said == [("7",)]


def test_the_keyboard_stays_for_what_a_phrase_asks(window: SidebarWindow) -> None:
    order: list[str] = []
    asking = replace(samples.PHRASES[0], asks=True)
    window.show_phrases((asking,))
    window.keyboard_returned.connect(lambda: order.append("returned"))
    window.phrase_requested.connect(lambda: window.open_panel(Panel(window)))
    window.take_keyboard()
    settle()
    QTest.keyClick(line(window, "找话术"), Key.Key_Return)
    assert (order, window.has_keyboard) == ([], True)
    window.close_panel()
    assert order == ["returned"]


def test_the_keyboard_is_given_back_where_it_asked_nothing_after_all(window: SidebarWindow) -> None:
    returned = heard(window.keyboard_returned)
    window.show_phrases((replace(samples.PHRASES[0], asks=True),))
    window.take_keyboard()
    settle()
    QTest.keyClick(line(window, "找话术"), Key.Key_Return)
    assert returned == [()]


def test_the_keyboard_is_given_back_before_anything_is_inserted(window: SidebarWindow) -> None:
    order: list[str] = []
    window.keyboard_returned.connect(lambda: order.append("returned"))
    window.phrase_requested.connect(lambda: order.append("requested"))
    window.take_keyboard()
    QApplication.processEvents()
    QTest.keyClicks(line(window, "找话术"), "wl")
    QTest.keyClick(line(window, "找话术"), Key.Key_Return)
    assert order == ["returned", "requested"]
    assert window.search_text() == ""
    assert not window.has_keyboard


def test_esc_leaves_and_clears(window: SidebarWindow) -> None:
    left, returned = heard(window.search_left), heard(window.keyboard_returned)
    window.take_keyboard()
    QTest.keyClicks(line(window, "找话术"), "wl")
    QTest.keyClick(line(window, "找话术"), Key.Key_Escape)
    assert (len(left), len(returned)) == (1, 1)
    assert window.search_text() == ""
    assert not window.has_keyboard


def test_what_is_found_is_marked_at_its_first(window: SidebarWindow) -> None:
    phrases = the_list(window, "话术")
    assert not phrases.currentIndex().isValid()
    QTest.keyClicks(line(window, "找话术"), "s")
    window.show_phrases(samples.PHRASES[1:])
    assert phrases.currentIndex().row() == 0


def test_the_mark_stays_while_only_texts_change(window: SidebarWindow) -> None:
    window.mark_phrase(2)
    window.show_phrases(tuple(replace(row, text=row.text + "!") for row in samples.PHRASES))
    assert the_list(window, "话术").currentIndex().row() == 2


def test_other_phrases_leave_query_and_mark_where_they_are(window: SidebarWindow) -> None:
    window.take_keyboard()
    search = line(window, "找话术")
    window.show_phrases(samples.PHRASES)
    window.mark_phrase(2)
    rows = the_list(window, "话术")
    marked = samples.PHRASES[2].phrase
    window.show_phrases(samples.PHRASES[1:])
    assert rows.currentIndex().data(Role.ITEM).phrase == marked
    window.show_phrases((samples.PHRASES[0],))
    assert rows.currentIndex().row() == 0
    assert search.hasFocus()
