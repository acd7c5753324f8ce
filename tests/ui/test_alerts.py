"""Buyers who wait too long, and a buyer who was switched: told in place, with what can be done."""

from datetime import timedelta
from pathlib import Path

import pytest

from sidebar.choices import let_be_chosen
from sidebar.domain.identifiers import ConversationId, PhraseId
from sidebar.domain.insertion import Outcome
from sidebar.domain.phrases import HOLDING, Pack, Phrase
from sidebar.domain.settings import ClockSettings, Settings
from sidebar.services.views import Failure, InsertionNotice
from sidebar.storage.settings_file import load_settings
from sidebar.ui.window import SidebarWindow
from tests.services.test_desk import PACK
from tests.services.test_desk import window as titled
from tests.ui.gestures import choose, heard, named, open_menu, press, the_list
from tests.ui.shop_window import ShopWindow
from tests.ui.test_window import shown_sentence

LOUD = ClockSettings(warn_sound=True, breach_sound=True)


@pytest.fixture
def beside(window: SidebarWindow) -> ShopWindow:
    made = ShopWindow(window, clock=LOUD)
    made.begin()
    return made


def test_one_notice_one_bubble_and_a_sound_for_each_level(beside: ShopWindow, window: SidebarWindow) -> None:
    beside.visit("王小姐")
    beside.visit("李先生")
    beside.seconds_pass(99)
    assert beside.notifier.bubbles == []
    beside.seconds_pass(1)
    assert shown_sentence(window, "2 位买家快超时了，最久的李先生等了 1 分钟。")
    assert beside.notifier.bubbles == [("有买家在等", "2 位买家快超时了，最久的李先生等了 1 分钟。")]
    assert beside.notifier.rings == [1]
    beside.seconds_pass(80)
    assert shown_sentence(window, "2 位买家在等（2 位已超时），最久的李先生等了 3 分钟。")
    assert beside.notifier.rings == [1, 2]
    beside.seconds_pass(30)
    assert len(beside.notifier.bubbles) == 2


def test_it_goes_by_itself_once_all_are_answered(beside: ShopWindow, window: SidebarWindow) -> None:
    beside.visit("王小姐")
    beside.seconds_pass(100)
    assert shown_sentence(window, "王小姐等了 1 分钟，快超时了。")
    beside.shop.desk.answered()
    beside.seconds_pass(1)
    assert not shown_sentence(window, "王小姐等了")


def test_what_was_sent_away_comes_back_with_the_next_one_only(
    beside: ShopWindow, window: SidebarWindow
) -> None:
    beside.visit("王小姐")
    beside.seconds_pass(100)
    press(named(window, "知道了"))
    beside.seconds_pass(79)
    assert not shown_sentence(window, "王小姐等了")
    beside.seconds_pass(1)
    assert shown_sentence(window, "王小姐等了 3 分钟，已超时。")


def test_nothing_sounds_while_the_agent_types_and_it_is_made_up_for(
    beside: ShopWindow, window: SidebarWindow
) -> None:
    beside.visit("王小姐")
    window.take_keyboard()
    beside.seconds_pass(100)
    assert shown_sentence(window, "王小姐等了 1 分钟，快超时了。")
    assert (beside.notifier.bubbles, beside.notifier.rings) == ([], [])
    window.give_keyboard_back()
    beside.seconds_pass(1)
    assert (len(beside.notifier.bubbles), beside.notifier.rings) == (1, [1])


def test_all_of_it_can_be_switched_off(window: SidebarWindow) -> None:
    quiet = ShopWindow(window, clock=ClockSettings(notify=False))
    quiet.begin()
    quiet.visit("王小姐")
    quiet.seconds_pass(200)
    assert (quiet.notifier.bubbles, quiet.notifier.rings) == ([], [])


def test_a_press_goes_to_the_one_who_has_waited_longest(beside: ShopWindow, window: SidebarWindow) -> None:
    beside.visit("王小姐")
    beside.visit("李先生")
    beside.seconds_pass(100)
    beside.shop.desk.answered()
    beside.shop.desktop.open_windows = [titled("王小姐", handle=8), titled("李先生", handle=7)]
    beside.seconds_pass(1)
    press(named(window, "去看看"))
    assert "activate 8" in beside.shop.desktop.log
    rows = the_list(window, "会话")
    assert rows.currentIndex().data() == "王小姐"


def test_the_holding_reply_is_one_press_away_for_the_buyer_who_waits(
    beside: ShopWindow, window: SidebarWindow
) -> None:
    hold = Phrase(id=PhraseId("hold"), title="稍候", body="3 分钟内答复您。", tags=(HOLDING["zh"],))
    beside.shop.library.replace([Pack(name="hold", language="zh-CN", phrases=(hold,)), PACK])
    beside.visit("王小姐")
    beside.seconds_pass(100)
    press(named(window, "先发占位回复"))
    beside.shop.pass_time(seconds=1)
    assert beside.shop.desktop.typed == [(7, "3 分钟内答复您。")]


def test_without_a_holding_reply_it_says_how_to_have_one(beside: ShopWindow, window: SidebarWindow) -> None:
    beside.visit("王小姐")
    beside.alerts.hold()
    assert shown_sentence(window, "没有占位回复")


def test_a_switched_buyer_is_asked_about_without_taking_the_keyboard(
    beside: ShopWindow, window: SidebarWindow
) -> None:
    notice = InsertionNotice(outcome=Outcome.WRONG_CUSTOMER, title="问候", instead="李先生")
    beside.notices.tell(notice)
    assert shown_sentence(window, "没有插入「问候」：现在开着的是李先生；文字已在剪贴板。要插给李先生吗？")
    said = heard(window.offer_taken)
    press(named(window, "插给李先生"))
    assert said == [("insert_here",)]
    assert not window.has_keyboard
    press(named(window, "不插"))
    assert not shown_sentence(window, "没有插入")


def test_a_failure_is_not_covered_by_those_who_wait(beside: ShopWindow, window: SidebarWindow) -> None:
    beside.visit("王小姐")
    beside.notices.tell(Failure(sentence="没有纸了。"))
    beside.seconds_pass(100)
    assert shown_sentence(window, "没有纸了。")
    press(named(window, "知道了"))
    assert shown_sentence(window, "王小姐等了")


def test_the_end_of_a_shift_offers_to_end_what_has_gone_quiet(
    beside: ShopWindow, window: SidebarWindow
) -> None:
    beside.shop.desk.begin_shift()
    beside.visit("王小姐")
    beside.shop.desk.answered()
    beside.visit("李先生")
    beside.shop.pass_time(minutes=16)
    window.handover_requested.emit()
    assert shown_sentence(window, "还有 1 个会话开着")
    press(named(window, "全部结束"))
    beside.seconds_pass(1)
    assert not shown_sentence(window, "还有 1 个会话开着")
    assert beside.shop.board.get(ConversationId("pidgin:王小姐")).open is False  # type: ignore[union-attr]


def test_a_click_on_the_bubble_goes_there_and_one_on_a_follow_ups_bubble_does_not(
    beside: ShopWindow, window: SidebarWindow
) -> None:
    beside.visit("王小姐")
    beside.shop.desktop.open_windows = [titled("王小姐", handle=8)]
    beside.shop.desk.add_followup("回电", "2分钟后")
    beside.seconds_pass(100)
    beside.notifier.click()
    assert "activate 8" in beside.shop.desktop.log
    beside.shop.desktop.log.clear()
    beside.shop.desk.answered()
    beside.visit("李先生")
    beside.seconds_pass(20)
    assert beside.notifier.bubbles[-1][1] == "回电 · 王小姐"
    window.hide()
    beside.notifier.click()
    assert window.isVisible()
    assert "activate 8" not in beside.shop.desktop.log


def test_a_follow_up_that_falls_due_is_announced_when_the_agent_types_no_more(
    beside: ShopWindow, window: SidebarWindow
) -> None:
    beside.shop.desk.add_followup("回电", "1分钟后")
    beside.shop.desk.add_followup("退款", "2分钟后")
    window.take_keyboard()
    beside.seconds_pass(121)
    assert shown_sentence(window, "跟进到点了：退款。")
    assert beside.notifier.bubbles == []
    window.give_keyboard_back()
    beside.seconds_pass(2)
    assert beside.notifier.bubbles == [("有 2 件跟进到点了", "回电")]


def test_bubble_and_sounds_are_switched_in_the_menu_at_once_and_for_the_next_start(
    beside: ShopWindow, window: SidebarWindow, tmp_path: Path
) -> None:
    file, settings = tmp_path / "settings.toml", Settings(clock=LOUD)
    let_be_chosen(window, beside.presenter, beside.alerts, settings, file=file, notices=beside.notices)
    for way in ("弹出气泡", "快超时响一声"):
        press(named(window, "菜单"))
        choose(open_menu(), "等待提醒", way)
    beside.visit("王小姐")
    beside.seconds_pass(100)
    assert (beside.notifier.bubbles, beside.notifier.rings) == ([], [])
    beside.seconds_pass(80)
    assert (beside.notifier.bubbles, beside.notifier.rings) == ([], [2])
    clock = load_settings(file).settings.clock
    assert (clock.notify, clock.warn_sound, clock.breach_sound) == (False, False, True)


def sleep_through(beside: ShopWindow, minutes: int) -> None:
    beside.seconds_pass(1)
    beside.shop.pass_time(minutes=minutes)
    beside.seconds_pass(1)


def test_after_a_sleep_it_is_asked_in_place_whether_it_counts(
    beside: ShopWindow, window: SidebarWindow
) -> None:
    for name in ("王小姐", "李先生", "tb8827"):
        beside.visit(name)
    sleep_through(beside, 42)
    assert shown_sentence(window, "电脑睡眠了 42 分钟，3 位买家在等：算等待时间吗？不选就算。")
    press(named(window, "不计入"))
    assert not shown_sentence(window, "电脑睡眠了")
    beside.seconds_pass(1)
    assert not shown_sentence(window, "等了")
    assert not window.has_keyboard


def test_a_sleep_that_counts_leaves_those_who_waited_waiting(
    beside: ShopWindow, window: SidebarWindow
) -> None:
    beside.visit("王小姐")
    sleep_through(beside, 42)
    press(named(window, "计入等待"))
    beside.seconds_pass(1)
    assert shown_sentence(window, "王小姐等了 42 分钟，已超时。")


def test_a_question_sent_away_is_not_asked_again_until_the_next_sleep(
    beside: ShopWindow, window: SidebarWindow
) -> None:
    beside.visit("王小姐")
    sleep_through(beside, 42)
    press(named(window, "知道了"))
    beside.seconds_pass(5)
    assert not shown_sentence(window, "电脑睡眠了")
    sleep_through(beside, 8)
    assert shown_sentence(window, "电脑睡眠了 2 次、共 50 分钟，1 位买家在等：算等待时间吗？不选就算。")


def test_a_buyer_whom_no_client_names_gets_a_clock_by_a_press(
    beside: ShopWindow, window: SidebarWindow
) -> None:
    press(named(window, "客户来消息"))
    beside.seconds_pass(3)
    (row,) = beside.shop.board.view(beside.shop.time.now()).rows
    assert (row.customer, row.waiting(beside.shop.time.now())) == ("", timedelta(seconds=3))
