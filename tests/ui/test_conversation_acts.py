"""What is asked about one conversation: the forms, the menu of a row, the note that comes back."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from sidebar.domain.identifiers import ConversationId
from sidebar.ui.window import SidebarWindow
from tests.ui import samples
from tests.ui.gestures import choose, heard, index, line, named, open_menu, press, row_box, the_list
from tests.ui.test_window import shown_sentence

ZHANG = "taobao:张女士"
LI = "taobao:李先生"
CALLED, NOTED = "怎么称呼；留空就用客户端里的名字", "备注：下次接待也会看到"


def write(window: SidebarWindow, name: str, text: str) -> None:
    field = line(window, name)
    field.clear()
    field.insert(text)  # which keys make hanzi is the input method's business


def menu_of_row(window: SidebarWindow, place: int) -> None:
    rows = the_list(window, "会话")
    rows.customContextMenuRequested.emit(row_box(rows, place).center())


def test_a_transfer_says_to_whom_and_why(window: SidebarWindow) -> None:
    said = heard(window.transferred)
    press(named(window, "转接"))
    assert window.has_keyboard
    assert line(window, "找谁").text() == "主管"
    press(named(window, "转出"))
    assert said == []
    assert shown_sentence(window, "写一句原因")
    write(window, "为什么", "要求三倍赔偿")
    press(named(window, "转出"))
    assert said == [(ZHANG, "主管", "要求三倍赔偿")]
    assert not window.has_keyboard


def test_help_is_asked_for_the_buyer_the_form_was_opened_for(window: SidebarWindow) -> None:
    said = heard(window.escalated)
    press(named(window, "转接"))
    window.show_now(replace(samples.NOW_VIEW, conversation=ConversationId(LI)))
    write(window, "找谁", "仓库")
    write(window, "为什么", "查发货")
    press(named(window, "请求协助"))
    assert said == [(ZHANG, "仓库", "查发货")]


def test_esc_asks_nobody(window: SidebarWindow) -> None:
    said = heard(window.transferred)
    press(named(window, "转接"))
    QTest.keyClick(line(window, "为什么"), Qt.Key.Key_Escape)
    assert said == []
    assert not window.has_keyboard


def test_one_form_at_a_time(window: SidebarWindow) -> None:
    menu_of_row(window, 0)
    choose(open_menu(), "备注…")
    menu_of_row(window, 0)
    choose(open_menu(), "改名…")
    assert line(window, CALLED).text() == "李先生"
    said = heard(window.renamed)
    write(window, CALLED, "李先生（批发）")
    QTest.keyClick(line(window, CALLED), Qt.Key.Key_Return)
    assert said == [(LI, "李先生（批发）")]


def test_a_note_is_written_about_the_row_and_shown_for_the_current_buyer(window: SidebarWindow) -> None:
    said = heard(window.noted)
    menu_of_row(window, 0)
    choose(open_menu(), "备注…")
    write(window, NOTED, "住四楼")
    press(named(window, "记下"))
    assert said == [(LI, "住四楼")]
    window.show_now(replace(samples.NOW_VIEW, note="老客，要发顺丰"))
    assert shown_sentence(window, "备注：老客，要发顺丰")
    window.show_now(samples.NOW_VIEW)
    assert not shown_sentence(window, "备注：")


def test_a_row_is_ended_and_merged_by_its_menu(window: SidebarWindow) -> None:
    ended, merged = heard(window.conversation_closed), heard(window.merged)
    menu_of_row(window, 0)
    choose(open_menu(), "结束")
    menu_of_row(window, 0)
    choose(open_menu(), "和当前的张女士是同一位")
    assert (ended, merged) == ([(LI,)], [(LI, ZHANG)])
    menu_of_row(window, 1)
    assert [action.text() for action in open_menu().actions() if action.text()] == ["备注…", "改名…", "结束"]
    open_menu().close()


def test_the_menu_of_the_marked_row_opens_by_key(window: SidebarWindow) -> None:
    rows = the_list(window, "会话")
    rows.setCurrentIndex(index(rows, 3))
    said = heard(window.conversation_closed)
    rows.customContextMenuRequested.emit(rows.rect().bottomLeft() * 3)
    choose(open_menu(), "结束")
    assert said == [("taobao:陈同学",)]


def test_the_menu_offers_to_end_what_has_gone_quiet(window: SidebarWindow) -> None:
    said = heard(window.stale_closed)
    window.offer_closing(lambda: 3)
    press(named(window, "菜单"))
    choose(open_menu(), "结束没动静的 3 个会话")
    assert said == [()]
