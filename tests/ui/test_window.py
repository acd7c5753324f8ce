"""The whole window: every control speaks, everything has a name, nothing paints without need."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from sidebar.domain.conversations import Urgency
from sidebar.domain.insertion import Outcome
from sidebar.domain.phrases import Stage
from sidebar.services.views import (
    ConversationsView,
    Exported,
    FollowupsView,
    FooterView,
    HeaderView,
    HistoryTrouble,
    InsertionNotice,
    Link,
    NowView,
)
from sidebar.ui import theme, wording
from sidebar.ui.followup_rows import places
from sidebar.ui.now import StageBar
from sidebar.ui.theme import ThemeChoice
from sidebar.ui.window import SidebarWindow
from tests.ui import samples
from tests.ui.gestures import (
    around,
    choose,
    click,
    heard,
    index,
    line,
    named,
    open_menu,
    painted,
    press,
    row_box,
    settle,
    the_list,
)


@pytest.mark.parametrize(
    ("name", "signal"),
    [
        ("已回复", "answered_requested"),
        ("跟进", "followup_requested"),
        ("结束", "close_requested"),
        ("客户来消息", "customer_wrote_requested"),
        ("交班", "handover_requested"),
    ],
)
def test_a_word_asks_for_what_it_says(window: SidebarWindow, name: str, signal: str) -> None:
    said = heard(getattr(window, signal))
    press(named(window, name))
    assert said == [()]


def test_no_reply_needed_takes_a_press_and_a_reason_the_other_button(window: SidebarWindow) -> None:
    said = heard(window.no_reply_needed_requested)
    button = named(window, "无需回复")
    press(button)
    button.customContextMenuRequested.emit(button.rect().center())
    choose(open_menu(), "道谢、收尾")
    assert said == [("",), ("thanks",)]


def test_only_who_waits_can_be_answered(window: SidebarWindow) -> None:
    assert named(window, "已回复").isEnabled()
    window.show_now(replace(samples.NOW_VIEW, waiting=False))
    assert not named(window, "已回复").isEnabled()


def test_a_conversation_is_chosen_by_click_and_by_key(window: SidebarWindow) -> None:
    said = heard(window.conversation_chosen)
    rows = the_list(window, "会话")
    click(rows, row_box(rows, 2).center())
    rows.setCurrentIndex(index(rows, 0))
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert said == [("taobao:tb8827_小鱼",), ("taobao:李先生",)]


def test_a_card_inserts_by_click(window: SidebarWindow) -> None:
    said = heard(window.phrase_requested)
    rows = the_list(window, "话术")
    click(rows, row_box(rows, 0).center())
    assert said == [("logistics.verify", False)]


def test_a_double_click_inserts_once(window: SidebarWindow) -> None:
    said = heard(window.phrase_requested)
    rows = the_list(window, "话术")
    at = row_box(rows, 0).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert said == [("logistics.verify", False)]


def test_the_second_button_of_a_card_sends(window: SidebarWindow) -> None:
    said = heard(window.phrase_requested)
    rows = the_list(window, "话术")
    for place in (1, 2):  # the second of these may not be sent: there the button is part of the card
        corner = row_box(rows, place).topRight() + QPoint(-24, 14)
        click(rows, corner)
    assert said == [("soothe.not_received", True), ("wait.looking", False)]


def shown_names(window: SidebarWindow) -> list[str]:
    rows = the_list(window, "会话")
    return [index(rows, place).data() for place in range(rows.model().rowCount())]


def test_no_conversation_moves_from_under_the_mouse(window: SidebarWindow) -> None:
    rows = the_list(window, "会话")
    first, second, *others = samples.CONVERSATIONS.rows
    new = samples.conversation("新买家", Urgency.BREACHED, 500)
    QApplication.sendEvent(rows, QEnterEvent(QPointF(), QPointF(), QPointF()))
    window.show_conversations(replace(samples.CONVERSATIONS, rows=(new, second, *others)))
    stood = [first.customer, second.customer, *(row.customer for row in others)]
    assert shown_names(window) == [*stood, new.customer]
    assert shown_sentence(window, "会话 12")
    QApplication.sendEvent(rows, QEvent(QEvent.Type.Leave))
    assert shown_names(window) == [new.customer, *stood[1:]]


def test_pointing_marks_a_card(window: SidebarWindow) -> None:
    rows = the_list(window, "话术")
    QTest.mouseMove(rows.viewport(), row_box(rows, 1).center())
    QTest.mouseMove(rows.viewport(), row_box(rows, 3).center())
    assert rows.currentIndex().row() == 3


def test_the_list_of_phrases_works_by_keys_alone(window: SidebarWindow) -> None:
    said = heard(window.phrase_requested)
    rows = the_list(window, "话术")
    rows.setCurrentIndex(index(rows, 0))
    QTest.keyClick(rows, Qt.Key.Key_Down)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    QTest.keyClick(rows, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(rows, Qt.Key.Key_3)
    assert said[0] == ("soothe.not_received", False)
    assert ("wait.looking", False) in said


def test_a_followup_is_done_by_click_and_by_key(window: SidebarWindow) -> None:
    said = heard(window.followup_done_requested)
    rows = the_list(window, "待跟进")
    click(rows, places(row_box(rows, 0).toRectF()).done.center().toPoint())
    rows.setCurrentIndex(index(rows, 1))
    QTest.keyClick(rows, Qt.Key.Key_Space)
    assert said == [("f1",), ("f2",)]


def test_a_click_beside_the_words_of_a_followup_does_nothing(window: SidebarWindow) -> None:
    said = heard(window.followup_done_requested)
    rows = the_list(window, "待跟进")
    click(rows, row_box(rows, 0).topLeft() + QPoint(40, 19))
    assert said == []
    assert QApplication.activePopupWidget() is None


@pytest.mark.parametrize(
    ("label", "words"), [("30 分钟后", "30分钟后"), ("2 小时后", "2小时后"), ("明天 10 点", "明天10点")]
)
def test_a_followup_is_put_off_by_menu(window: SidebarWindow, label: str, words: str) -> None:
    said = heard(window.followup_snooze_requested)
    rows = the_list(window, "待跟进")
    click(rows, places(row_box(rows, 0).toRectF()).snooze.center().toPoint())
    choose(open_menu(), label)
    assert said == [("f1", words)]


def test_a_followup_is_put_off_by_keys(window: SidebarWindow) -> None:
    said = heard(window.followup_snooze_requested)
    rows = the_list(window, "待跟进")
    rows.setCurrentIndex(index(rows, 1))
    QTest.keyClick(rows, Qt.Key.Key_Right)
    choose(open_menu(), "下周一上午")
    assert said == [("f2", "下周一上午")]


def test_all_followups_are_unfolded_and_folded_again(window: SidebarWindow) -> None:
    rows = the_list(window, "待跟进")
    before = rows.sizeHint().height()
    press(named(window, "全部待跟进"))
    assert rows.sizeHint().height() >= before
    press(named(window, "收起待跟进"))
    assert rows.sizeHint().height() == before


def test_a_category_is_chosen_from_its_heading(window: SidebarWindow) -> None:
    said = heard(window.category_requested)
    press(named(window, "类别"))
    choose(open_menu(), "投诉处理")
    assert said == [("complaint",)]


@pytest.mark.parametrize(
    ("path", "signal", "said"),
    [
        (("暂停",), "pause_requested", True),
        (("停靠", "客户端左边"), "side_requested", "left"),
        (("外观", "深色"), "theme_requested", "dark"),
        (("语言 / Language", "English"), "language_requested", "en"),
        (("导出小结", "表格（Excel）"), "export_requested", "xlsx"),
        (("收成窄条",), "collapsed_changed", True),
    ],
)
def test_the_menu_asks_for_what_concerns_the_whole(
    window: SidebarWindow, path: tuple[str, ...], signal: str, said: object
) -> None:
    told = heard(getattr(window, signal))
    press(named(window, "菜单"))
    choose(open_menu(), *path)
    assert told == [(said,)]


def test_the_menu_quits(window: SidebarWindow) -> None:
    told = heard(window.quit_requested)
    press(named(window, "菜单"))
    choose(open_menu(), "退出")
    assert told == [()]


def test_another_press_of_the_menus_button_closes_the_menu(window: SidebarWindow) -> None:
    button = named(window, "菜单")
    for open_then in (True, False, True):
        press(button)  # also what a screen reader does, which knows nothing of what lies above
        assert (QApplication.activePopupWidget() is not None) is open_then
    open_menu().close()


def test_a_click_beside_the_menu_is_handed_on_but_not_to_what_opened_it(window: SidebarWindow) -> None:
    button, other = named(window, "菜单"), named(window, "交班")
    for pressed, kept in ((button, True), (other, False)):
        press(button)
        menu = open_menu()
        at = menu.mapFromGlobal(pressed.mapToGlobal(pressed.rect().center()))
        QTest.mousePress(menu, Qt.MouseButton.LeftButton, pos=at)
        assert menu.testAttribute(Qt.WidgetAttribute.WA_NoMouseReplay) is kept
        assert QApplication.activePopupWidget() is None


def test_a_paused_sidebar_offers_to_continue(window: SidebarWindow) -> None:
    told = heard(window.pause_requested)
    window.show_header(replace(samples.HEADER, link=Link.PAUSED))
    press(named(window, "菜单"))
    choose(open_menu(), "继续")
    assert told == [(False,)]


@pytest.mark.parametrize(
    ("label", "name"), [("文档（Markdown）", "md"), ("数据（JSON）", "json"), ("表格（Excel）", "xlsx")]
)
def test_the_figures_export_the_summary(window: SidebarWindow, label: str, name: str) -> None:
    said = heard(window.export_requested)
    press(named(window, "本班数据"))
    choose(open_menu(), label)
    assert said == [(name,)]


def test_without_a_shift_the_button_begins_one(window: SidebarWindow) -> None:
    said = heard(window.handover_requested)
    window.show_footer(replace(samples.FOOTER, on_shift=False))
    press(named(window, "上班"))
    assert said == [()]


def test_a_followup_is_written_down(window: SidebarWindow) -> None:
    said = heard(window.followup_submitted)
    press(named(window, "跟进"))
    assert window.has_keyboard
    QTest.keyClicks(line(window, "要做什么"), "call")
    QTest.keyClicks(line(window, "什么时候"), "in 2 hours")
    press(named(window, "记下"))
    assert said == [("call", "in 2 hours")]
    assert not line(window, "要做什么").isVisible()
    assert not window.has_keyboard


def test_a_followup_without_a_time_is_asked_for_one(window: SidebarWindow) -> None:
    said = heard(window.followup_submitted)
    press(named(window, "跟进"))
    press(named(window, "记下"))
    assert said == []
    assert shown_sentence(window, "什么时候？")
    assert window.has_keyboard


def test_a_time_that_cannot_be_used_keeps_the_form_open(window: SidebarWindow) -> None:
    window.followup_submitted.connect(lambda: window.show_due_problem("没看懂这个时间"))
    press(named(window, "跟进"))
    QTest.keyClicks(line(window, "什么时候"), "soon")
    QTest.keyClick(line(window, "什么时候"), Qt.Key.Key_Return)
    assert line(window, "什么时候").isVisible()
    assert shown_sentence(window, "没看懂这个时间")
    QTest.keyClicks(line(window, "什么时候"), "x")
    assert not shown_sentence(window, "没看懂这个时间")


def test_esc_closes_the_form_and_gives_the_keyboard_back(window: SidebarWindow) -> None:
    returned, opened = heard(window.keyboard_returned), heard(window.search_opened)
    press(named(window, "跟进"))
    QTest.keyClick(line(window, "要做什么"), Qt.Key.Key_Escape)
    assert len(returned) == 1
    assert opened == []
    assert not line(window, "要做什么").isVisible()


def test_a_time_that_cannot_be_used_without_a_form_is_a_notice(window: SidebarWindow) -> None:
    window.show_due_problem("这个时间已经过去")
    assert shown_sentence(window, "这个时间已经过去")
    window.show_notice(None)
    assert not shown_sentence(window, "这个时间已经过去")


def test_a_notice_is_shown_in_place_and_sent_away(window: SidebarWindow) -> None:
    said = heard(window.notice_dismissed)
    window.show_notice(InsertionNotice(outcome=Outcome.WRONG_CUSTOMER, title="问候"))
    assert shown_sentence(window, "没有插入「问候」：会话已经换成别的买家")
    press(named(window, "知道了"))
    assert said == [()]
    assert not shown_sentence(window, "没有插入")


def test_a_notice_goes_by_itself_when_it_is_solved(window: SidebarWindow) -> None:
    window.show_notice(HistoryTrouble(sentence="磁盘已满"))
    window.show_notice(Exported(path="summary.xlsx"))
    assert shown_sentence(window, "小结已导出：summary.xlsx")
    window.show_notice(None)
    assert not shown_sentence(window, "小结已导出")


def test_a_notice_moves_no_phrase_from_under_the_hand(window: SidebarWindow) -> None:
    cards = the_list(window, "话术")
    before = cards.mapTo(window, QPoint(0, 0))
    window.show_notice(InsertionNotice(outcome=Outcome.WORDING, title="催发货"))
    settle()
    assert shown_sentence(window, "没有插入「催发货」")
    assert cards.mapTo(window, QPoint(0, 0)) == before


def test_every_control_has_a_name(window: SidebarWindow) -> None:
    window.show_notice(HistoryTrouble(sentence="磁盘已满"))
    press(named(window, "跟进"))
    controls = [
        child
        for child in window.findChildren(QWidget)
        if isinstance(child, QAbstractButton | QLineEdit | QAbstractItemView)
        or child.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    # viewports and scroll bars are parts of their list, whose name speaks for them
    nameless = [
        child
        for child in controls
        if not child.accessibleName() and not isinstance(child.parent(), QAbstractItemView)
    ]
    assert len(controls) > 15
    assert nameless == []


def test_no_click_takes_the_focus_but_in_a_line_to_type(window: SidebarWindow) -> None:
    for child in window.findChildren(QWidget):
        if not isinstance(child, QLineEdit):
            assert not child.focusPolicy() & Qt.FocusPolicy.ClickFocus, child


def test_the_same_views_again_paint_nothing(window: SidebarWindow) -> None:
    window.show_notice(HistoryTrouble(sentence="磁盘已满"))
    with painted() as widgets:
        samples.fill(window)
        window.show_notice(HistoryTrouble(sentence="磁盘已满"))
    assert widgets == []


def test_a_wait_that_shows_no_other_second_paints_nothing(window: SidebarWindow) -> None:
    with painted() as widgets:
        window.show_conversations(waited(timedelta(milliseconds=400)))
    assert widgets == []


def test_a_second_paints_the_clocks_only(window: SidebarWindow) -> None:
    rows = the_list(window, "会话").viewport()
    with painted() as widgets:
        window.show_conversations(waited(timedelta(seconds=1)))
    # beneath the rows only what they stand on is painted, within their bounds
    below, widget = {type(rows).__name__}, rows
    while widget is not window:
        widget = around(widget)
        below.add(type(widget).__name__)
    assert rows is not None
    assert set(widgets) == below


def waited(longer: timedelta) -> ConversationsView:
    return replace(samples.CONVERSATIONS, at=samples.NOW + longer)


def test_the_agents_clock_stands_below_the_shops_in_the_same_row(window: SidebarWindow) -> None:
    rows = the_list(window, "会话")
    first, *others = samples.CONVERSATIONS.rows
    below = row_box(rows, 0).adjusted(rows.width() - 84, 23, 0, -2)
    grounds = []
    for agent_since in (None, samples.NOW - timedelta(seconds=62)):
        shown = (replace(first, agent_since=agent_since), *others)
        window.show_conversations(replace(samples.CONVERSATIONS, rows=shown))
        settle()
        picture = rows.viewport().grab(below).toImage()
        places = [(x, y) for x in range(picture.width()) for y in range(picture.height())]
        grounds.append({picture.pixelColor(x, y).name() for x, y in places})
        assert row_box(rows, 0).height() == 38
    alone, both = grounds
    own = QColor(theme.LIGHT.muted_text).name()
    assert own in both
    assert own not in alone


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_the_whole_morning_is_painted(window: SidebarWindow, choice: ThemeChoice) -> None:
    window.use_theme(choice)
    shown = theme.chosen(choice, Qt.ColorScheme.Unknown)
    picture = window.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(0, 352, 2) for y in range(0, 900, 2)}
    for token in ("background", "card", "text", "accent", "accent_soft", "line"):
        assert QColor(getattr(shown, token)).name() in colours, token
    bars = [picture.pixelColor(2, 1 + 44 + 1 + 30 + 19 + 38 * row).name() for row in range(5)]
    assert bars == [shown.bad, shown.warn, shown.warn, shown.ok, shown.line]


def test_the_areas_stand_as_drawn(window: SidebarWindow) -> None:
    rows, phrases, followups = (the_list(window, name) for name in ("会话", "话术", "待跟进"))
    assert window.width() == 352
    assert rows.height() == 5 * 38
    assert followups.height() == 2 * 38
    assert phrases.height() > 300
    assert around(named(window, "交班")).height() == 46
    assert around(named(window, "菜单")).height() == 44


def test_a_low_window_shows_fewer_rows_and_stays_as_low(window: SidebarWindow) -> None:
    window.resize(300, 560)
    QApplication.processEvents()
    assert (window.width(), window.height()) == (300, 560)
    assert the_list(window, "会话").height() == 2 * 38
    assert the_list(window, "话术").height() >= 76
    footer = around(named(window, "交班"))
    assert footer.geometry().bottom() < 560


def test_the_width_stays_within_its_bounds(window: SidebarWindow) -> None:
    window.resize(100, 900)
    assert window.width() == 280
    window.resize(900, 900)
    assert window.width() == 520


def test_collapsed_it_still_tells_how_many_wait_too_long(window: SidebarWindow) -> None:
    said = heard(window.collapsed_changed)
    window.set_collapsed(True)
    assert (window.width(), window.wanted_width()) == (28, 28)
    window.show_conversations(replace(samples.CONVERSATIONS, breached=4))
    press(named(window, "展开侧栏：超时 4，将超时 2"))
    assert (window.width(), window.wanted_width()) == (352, 352)
    assert said == [(True,), (False,)]


def test_the_search_hotkey_opens_a_collapsed_sidebar(window: SidebarWindow) -> None:
    window.set_collapsed(True)
    window.take_keyboard()
    assert not window.collapsed
    assert window.has_keyboard


def test_an_empty_sidebar_says_what_to_do_next(window: SidebarWindow) -> None:
    window.show_header(HeaderView(link=Link.SEARCHING))
    window.show_conversations(ConversationsView(at=samples.NOW))
    window.show_now(NowView())
    window.show_phrases(())
    window.show_followups(FollowupsView())
    window.show_footer(FooterView())
    for sentence in ("还没有会话：", "还没有话术：", "没有要跟进的事："):
        assert shown_sentence(window, sentence)
    assert not named(window, "无需回复").isEnabled()
    assert named(window, "跟进").isEnabled()


def test_a_search_without_result_says_how_to_go_on(window: SidebarWindow) -> None:
    QTest.keyClicks(line(window, "找话术"), "zz")
    window.show_phrases(())
    assert shown_sentence(window, "没有找到：")


def test_another_language_is_spoken_at_once(window: SidebarWindow) -> None:
    wording.use("en")
    window.retranslate()
    assert named(window, "No reply").isVisible()
    assert named(window, "End shift").isVisible()
    assert shown_sentence(window, "Conversations 12")
    assert the_list(window, "Phrases").model() is not None


def test_names_of_buyers_are_no_markup(window: SidebarWindow) -> None:
    window.show_header(replace(samples.HEADER, customer="<b>x</b>"))
    label = next(each for each in window.findChildren(QLabel) if each.text() == "<b>x</b>")
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_rows_of_any_text_are_painted(window: SidebarWindow) -> None:
    wild = "长" * 300 + "\n\t👩‍👩‍👧‍👦🇨🇳" + "\u202e"
    rows = tuple(
        replace(row, title=wild[place:], text=wild * 3, matched=(0, 5, 299, 302, 900), unfilled=(wild,))
        for place, row in enumerate(samples.PHRASES)
    )
    window.show_phrases(rows)
    window.show_conversations(
        replace(samples.CONVERSATIONS, rows=(replace(samples.CONVERSATIONS.rows[0], customer=wild),))
    )
    window.show_header(replace(samples.HEADER, client=wild, customer=wild, shift_name=wild))
    assert not window.grab().isNull()
    assert window.width() == 352


def shown_sentence(window: SidebarWindow, beginning: str) -> bool:
    return any(each.isVisible() and each.text().startswith(beginning) for each in window.findChildren(QLabel))


def test_before_anything_is_known_nothing_is_claimed(qtbot: QtBot) -> None:
    """The window is painted before the shop's data are read."""
    made = SidebarWindow()
    qtbot.addWidget(made)
    made.fill()
    made.show()
    settle()
    assert not any(shown_sentence(made, words) for words in ("还没有", "没有", "会话", "待跟进", "未"))
    for name in ("上班", "交班"):
        assert not any(
            each.isVisible() and each.text() == name for each in made.findChildren(QAbstractButton)
        )
    assert not named(made, "结束").isEnabled()


def test_closed_from_outside_it_asks_to_quit(window: SidebarWindow) -> None:
    asked = heard(window.quit_requested)
    assert window.close()
    assert asked == [()]


def test_a_stage_within_a_main_one_is_named_in_its_place(window: SidebarWindow) -> None:
    bar = window.findChild(StageBar)
    assert bar is not None
    bar.show_stage(Stage.VERIFY)
    plain = bar.grab().toImage()
    bar.show_stage(Stage.DECIDE)
    assert bar.accessibleName() == "流程，下一步：定责"
    if QFontMetrics(bar.font()).inFont("责"):  # the Windows in Wine has no Chinese letters
        assert bar.grab().toImage() != plain
