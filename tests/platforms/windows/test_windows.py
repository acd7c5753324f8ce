"""Other programs' windows on a desktop in memory: what is told, and when."""

from datetime import timedelta

import pytest

from sidebar.domain.insertion import Rect, WindowInfo
from sidebar.platforms.windows import win32
from sidebar.platforms.windows.windows import CONFIRM, FOCUS_SETTLE, Win32Windows
from tests.fakes import FakeTime
from tests.platforms.windows.fakes import (
    OWN_PROCESS,
    OWN_WINDOW,
    FakeListener,
    FakeProcesses,
    FakeToplevels,
    FakeWindow,
)

CHAT, OTHER, BAR = 5, 6, 7
INPUT, LIST = 5001, 50002
"""Children of the chat window; the second process' number stands before the last three digits."""


class Desk:
    def __init__(self) -> None:
        self.time = FakeTime()
        self.toplevels = FakeToplevels(
            {
                CHAT: FakeWindow(process=50, title="王小姐", children=(INPUT, LIST), focus=INPUT),
                OTHER: FakeWindow(process=60, title="订单"),
                BAR: FakeWindow(process=70, class_name="Shell_TrayWnd"),
                OWN_WINDOW: FakeWindow(process=OWN_PROCESS, title="shop-sidebar"),
            }
        )
        self.windows = Win32Windows(
            toplevels=self.toplevels,
            processes=FakeProcesses({50: "AliWorkbench.exe", 60: "chrome.exe", 70: "explorer.exe"}),
            scheduler=self.time,
            own=OWN_PROCESS,
        )
        self.listener = FakeListener()

    def listen(self) -> None:
        self.windows.listen(self.listener)
        self.hears("active None")

    def follow(self, handle: int = CHAT) -> WindowInfo:
        (window,) = (each for each in self.windows.all() if each.handle == handle)
        self.windows.follow(window)
        self.time.advance(timedelta(0))
        return window

    def hears(self, *told: str) -> None:
        self.time.advance(CONFIRM)
        assert self.listener.heard == list(told)
        self.listener.heard.clear()


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_begins_with_the_window_that_is_active_already(desk: Desk) -> None:
    desk.toplevels.front = CHAT
    desk.windows.listen(desk.listener)
    assert desk.listener.heard == []
    desk.hears("active 王小姐")


def test_a_window_is_known_by_its_programs_file_name(desk: Desk) -> None:
    desk.toplevels.front = CHAT
    assert desk.windows.active() == WindowInfo(
        handle=CHAT, pid=50, program="AliWorkbench.exe", title="王小姐"
    )


def test_neither_our_own_windows_nor_the_task_bar_are_reported(desk: Desk) -> None:
    desk.listen()
    desk.toplevels.bring_to_front(CHAT)
    desk.hears("active 王小姐")
    for unreported in (OWN_WINDOW, BAR):
        desk.toplevels.bring_to_front(unreported)
        desk.hears()
        assert desk.windows.active() is None
    desk.toplevels.bring_to_front(CHAT)
    desk.hears("active 王小姐")


def test_an_event_is_believed_before_it_is_so(desk: Desk) -> None:
    """Restoring a minimised window, the event comes while the system still names the one before."""
    desk.listen()
    desk.toplevels.front = OTHER
    desk.toplevels.tell(win32.EVENT_SYSTEM_FOREGROUND, CHAT)
    assert desk.listener.heard == ["active 王小姐"]
    desk.toplevels.front = CHAT
    desk.hears("active 王小姐")


def test_an_event_that_turns_out_wrong_is_put_right(desk: Desk) -> None:
    desk.listen()
    desk.toplevels.front = OTHER
    desk.toplevels.tell(win32.EVENT_SYSTEM_FOREGROUND, CHAT)
    desk.hears("active 王小姐", "active 订单")


def test_all_windows_are_listed_from_the_lowest_up(desk: Desk) -> None:
    desk.toplevels.bring_to_front(OTHER)
    assert [window.title for window in desk.windows.all()] == ["王小姐", "订单"]


def test_titles_of_the_active_and_the_followed_window_are_told_once(desk: Desk) -> None:
    desk.listen()
    desk.toplevels.bring_to_front(CHAT)
    desk.follow()
    desk.hears("active 王小姐")
    desk.toplevels.rename(CHAT, "张女士")
    desk.hears("title 张女士")
    desk.toplevels.bring_to_front(OTHER)
    desk.toplevels.rename(CHAT, "李先生")
    desk.toplevels.rename(OTHER, "订单 2")
    desk.hears("active 订单", "title 李先生", "title 订单 2")


def test_a_title_that_is_said_again_is_no_news(desk: Desk) -> None:
    desk.listen()
    desk.toplevels.bring_to_front(CHAT)
    desk.hears("active 王小姐")
    desk.toplevels.rename(CHAT, "王小姐")
    desk.hears()


def test_the_followed_window_is_told_of_when_it_moves_hides_and_comes_back(desk: Desk) -> None:
    desk.listen()
    desk.follow()
    desk.toplevels.move(CHAT, Rect(10, 20, 700, 500))
    desk.toplevels.move(CHAT, Rect(10, 20, 700, 500))
    desk.toplevels.minimise(CHAT)
    desk.hears("moved 王小姐 10,20 700x500", "hidden 王小姐")
    desk.toplevels.windows[CHAT].minimised = False
    desk.toplevels.tell(win32.EVENT_SYSTEM_MINIMIZEEND, CHAT)  # still where minimised windows are kept
    desk.toplevels.move(CHAT, Rect(30, 20, 700, 500))
    desk.hears("shown 王小姐", "moved 王小姐 30,20 700x500")


def test_a_followed_window_on_another_desktop_is_hidden(desk: Desk) -> None:
    desk.listen()
    desk.follow()
    desk.toplevels.windows[CHAT].visible = False
    desk.toplevels.tell(win32.EVENT_OBJECT_CLOAKED, CHAT)
    desk.hears("hidden 王小姐")


def test_what_changed_before_it_was_followed_is_told(desk: Desk) -> None:
    desk.listen()
    (chat,) = (each for each in desk.windows.all() if each.handle == CHAT)
    desk.toplevels.windows[CHAT].title = "张女士"
    desk.windows.follow(chat)
    desk.hears("title 张女士")


def test_a_followed_window_that_is_closed_is_gone(desk: Desk) -> None:
    desk.listen()
    chat = desk.follow()
    desk.toplevels.destroy(CHAT)
    desk.hears("gone 王小姐")
    assert desk.windows.frame(chat) is None
    assert not desk.windows.activate(chat)


def test_a_window_that_hides_and_ends_unsaid_is_gone(desk: Desk) -> None:
    desk.listen()
    desk.follow()
    desk.toplevels.windows[CHAT].visible = False
    desk.toplevels.tell(win32.EVENT_OBJECT_HIDE, CHAT)
    del desk.toplevels.windows[CHAT]
    desk.hears("hidden 王小姐", "gone 王小姐")


def test_a_handle_that_another_program_has_now_is_gone(desk: Desk) -> None:
    desk.listen()
    chat = desk.follow()
    desk.toplevels.windows[CHAT] = FakeWindow(process=80, title="别的程序")
    desk.toplevels.bring_to_front(OTHER)
    desk.hears("gone 王小姐", "active 订单")
    assert desk.windows.frame(chat) is None


def test_windows_of_the_followed_program_that_are_not_followed_say_nothing(desk: Desk) -> None:
    desk.toplevels.windows[8] = FakeWindow(process=50, title="系统消息")
    desk.toplevels.stack.append(8)
    desk.listen()
    desk.follow()
    desk.toplevels.move(8, Rect(0, 0, 1, 1))
    desk.toplevels.rename(8, "消息提醒")
    desk.hears()


def test_only_the_active_and_the_followed_program_are_listened_to(desk: Desk) -> None:
    at_rest = desk.toplevels.listening
    assert at_rest == 1
    desk.listen()
    desk.follow()
    desk.toplevels.bring_to_front(OTHER)
    busy = desk.toplevels.listening
    desk.follow(OTHER)
    desk.toplevels.bring_to_front(CHAT)
    assert desk.toplevels.listening == busy
    desk.windows.close()
    assert desk.toplevels.listening == 0


def test_a_minimised_client_is_brought_back_to_the_front(desk: Desk) -> None:
    chat = desk.follow()
    desk.toplevels.windows[CHAT].minimised = True
    assert desk.windows.activate(chat)
    assert desk.toplevels.log == ["bring back 5", "front 5"]


def test_where_windows_refuses_the_front_the_rights_of_the_one_in_front_are_used(desk: Desk) -> None:
    chat = desk.follow()
    desk.toplevels.front, desk.toplevels.yields = OTHER, False
    assert desk.windows.activate(chat)
    assert desk.toplevels.log == ["front 5", "front 5 by the rights of 6"]


def test_a_program_that_hangs_does_not_hang_us(desk: Desk) -> None:
    chat = desk.follow()
    desk.toplevels.front, desk.toplevels.yields = OTHER, False
    desk.toplevels.windows[OTHER].hung = True
    assert desk.windows.activate(chat)
    assert desk.toplevels.log == ["front 5"]


def test_a_window_we_brought_to_the_front_has_the_keyboard_once_that_is_told(desk: Desk) -> None:
    desk.listen()
    chat = desk.follow()
    desk.toplevels.bring_to_front(OWN_WINDOW)
    assert desk.windows.activate(chat)
    assert desk.toplevels.foreground() == CHAT
    assert desk.windows.active() is None
    desk.toplevels.bring_to_front(CHAT)
    assert desk.windows.active() == chat


def test_it_has_the_keyboard_even_if_no_event_told_so(desk: Desk) -> None:
    desk.listen()
    chat = desk.follow()
    desk.toplevels.bring_to_front(OWN_WINDOW)
    desk.windows.activate(chat)
    desk.hears("active 王小姐")
    assert desk.windows.active() == chat


def _lend_and_return(desk: Desk, *, focus_afterwards: int) -> None:
    """The search line has the keyboard, and gives it back to a chat client that had it in INPUT."""
    desk.listen()
    desk.toplevels.bring_to_front(CHAT)
    chat = desk.follow()
    desk.toplevels.bring_to_front(OWN_WINDOW)
    assert desk.windows.activate(chat)
    desk.toplevels.tell(win32.EVENT_OBJECT_FOCUS, CHAT)  # Windows gives it to the window itself at first
    desk.toplevels.windows[CHAT].focus = focus_afterwards
    desk.toplevels.bring_to_front(CHAT)
    desk.time.advance(FOCUS_SETTLE)


def test_the_focus_goes_back_to_the_exact_child_where_the_client_forgets_it(desk: Desk) -> None:
    _lend_and_return(desk, focus_afterwards=CHAT)
    assert desk.toplevels.log == ["front 5", "focus 5001"]


def test_a_client_that_remembers_its_focus_itself_is_left_alone(desk: Desk) -> None:
    _lend_and_return(desk, focus_afterwards=INPUT)
    assert desk.toplevels.log == ["front 5"]


def test_the_child_that_had_the_focus_last_is_remembered(desk: Desk) -> None:
    desk.listen()
    desk.toplevels.bring_to_front(CHAT)
    chat = desk.follow()
    desk.toplevels.windows[CHAT].children = (INPUT, 50003)
    desk.toplevels.tell(win32.EVENT_OBJECT_FOCUS, 50003)
    desk.windows.activate(chat)
    desk.toplevels.bring_to_front(OWN_WINDOW)
    desk.windows.activate(chat)
    desk.toplevels.windows[CHAT].focus = CHAT
    desk.toplevels.bring_to_front(CHAT)
    desk.time.advance(FOCUS_SETTLE)
    assert desk.toplevels.log[-1] == "focus 50003"


def test_our_window_is_placed_by_what_is_seen_of_it(desk: Desk) -> None:
    desk.toplevels.windows[OWN_WINDOW].borders = 7
    desk.windows.place_own(OWN_WINDOW, Rect(904, 50, 352, 600))
    assert desk.toplevels.frame(OWN_WINDOW) == Rect(904, 50, 352, 600)
    desk.windows.place_own(OWN_WINDOW, Rect(904, 50, 352, 600))
    assert desk.toplevels.log == ["place 9"]


def test_our_window_is_placed_anew_when_another_scale_factor_resized_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, placed = desk.toplevels.place, []

    def scaled_at_first(handle: int, outer: Rect) -> None:
        placed.append(outer)
        once = len(placed) == 1
        place(handle, Rect(outer.x, outer.y, outer.width * 3 // 2, outer.height * 3 // 2) if once else outer)

    monkeypatch.setattr(desk.toplevels, "place", scaled_at_first)
    desk.windows.place_own(OWN_WINDOW, Rect(2000, 50, 528, 900))
    assert desk.toplevels.frame(OWN_WINDOW) == Rect(2000, 50, 528, 900)


def test_our_window_comes_up_with_the_client_and_with_no_other(desk: Desk) -> None:
    desk.listen()
    desk.windows.stand_above(OWN_WINDOW, desk.follow())
    assert desk.toplevels.log == ["raise 9 above 5"]
    desk.toplevels.bring_to_front(OTHER)
    assert desk.toplevels.log == ["raise 9 above 5"]
    desk.toplevels.bring_to_front(CHAT)
    assert desk.toplevels.log == ["raise 9 above 5"] * 2


def test_a_page_in_the_client_belongs_to_it_while_it_has_the_focus(desk: Desk) -> None:
    chat = desk.follow()
    assert desk.windows.belongs(50, chat)
    assert not desk.windows.belongs(60, chat)
    desk.toplevels.windows[CHAT].focus = 51001
    assert desk.windows.belongs(51, chat)
