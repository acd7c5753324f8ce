"""Other programs' windows on a Mac, with Accessibility and without."""

from datetime import timedelta

import pytest

from sidebar.domain.insertion import Rect, WindowInfo
from sidebar.platforms.macos import constants
from sidebar.platforms.macos.windows import POLL, SEARCH, SURE, MacWindows
from tests.fakes import FakeTime
from tests.platforms.macos.fake_elements import FakeElement
from tests.platforms.macos.fake_input import SOON
from tests.platforms.macos.fake_mac import OWN, FakeMac

CHAT, OTHER = 10, 20
"""Process ids."""
FRAME, MOVED = Rect(100, 50, 800, 600), Rect(300, 90, 800, 600)


class Listener:
    def __init__(self) -> None:
        self.log: list[str] = []

    def window_activated(self, window: WindowInfo | None) -> None:
        self.log.append(f"activated {window.title if window else None}")

    def title_changed(self, window: WindowInfo) -> None:
        self.log.append(f"title {window.title}")

    def window_moved(self, window: WindowInfo, frame: Rect) -> None:
        self.log.append(f"moved {window.handle} {frame.x},{frame.y}")

    def window_hidden(self, window: WindowInfo) -> None:
        self.log.append(f"hidden {window.handle}")

    def window_shown(self, window: WindowInfo) -> None:
        self.log.append(f"shown {window.handle}")

    def window_gone(self, window: WindowInfo) -> None:
        self.log.append(f"gone {window.handle}")


class Desk:
    """A chat client with one window in front, a browser behind it."""

    def __init__(self, *, trust: bool = True) -> None:
        self.time = FakeTime()
        self.mac = FakeMac(self.time)
        self.mac.permissions.trust = trust
        self.browser = self.mac.open(7, OTHER, "News", program="Google Chrome")
        self.chat = self.mac.open(5, CHAT, "王小姐", program="Aliworkbench")
        self.mac.desktop.front_pid = CHAT
        self.windows = MacWindows(bridge=self.mac, scheduler=self.time, own=OWN)
        self.listener = Listener()

    def listen(self) -> None:
        self.windows.listen(self.listener)
        self.turn()
        self.listener.log.clear()

    def follow(self) -> WindowInfo:
        active = self.windows.active()
        assert active is not None
        self.windows.follow(active)
        self.turn()
        self.listener.log.clear()
        return active

    def turn(self) -> None:
        self.time.advance(SOON)

    def told(self, after: timedelta = SOON) -> list[str]:
        self.time.advance(after)
        log, self.listener.log = self.listener.log, []
        return log

    def notify(self, element: FakeElement, notification: str) -> None:
        self.mac.accessibility.notify(element, notification)


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.listen()
    return desk


@pytest.fixture
def blind() -> Desk:
    """Without Accessibility."""
    desk = Desk(trust=False)
    desk.listen()
    return desk


def test_begins_with_the_window_that_is_active() -> None:
    desk = Desk()
    desk.windows.listen(desk.listener)
    assert desk.listener.log == []
    assert desk.told() == ["activated 王小姐"]


def test_describes_a_window_by_its_executables_name(desk: Desk) -> None:
    assert desk.windows.active() == WindowInfo(handle=5, pid=CHAT, program="Aliworkbench", title="王小姐")


def test_tells_of_another_program_in_front(desk: Desk) -> None:
    desk.mac.activate(desk.browser)
    assert desk.told() == ["activated News"]
    desk.mac.activate(desk.chat)
    assert desk.told() == ["activated 王小姐"]


def test_tells_of_another_window_of_the_same_program(desk: Desk) -> None:
    other = desk.mac.open(6, CHAT, "设置")
    desk.mac.activate(other)
    assert desk.told() == ["activated 设置"]


def test_the_same_window_is_told_once(desk: Desk) -> None:
    desk.mac.desktop.listeners.tell()
    desk.mac.desktop.listeners.tell()
    assert desk.told() == []


def test_a_program_without_windows_has_none_active(desk: Desk) -> None:
    desk.mac.desktop.front_pid = 33
    desk.mac.desktop.listeners.tell()
    assert desk.told() == ["activated None"]
    assert desk.windows.active() is None


def test_a_program_that_does_not_answer_is_taken_by_its_window_in_front(desk: Desk) -> None:
    desk.mac.accessibility.silent.add(OTHER)
    desk.mac.activate(desk.browser)
    assert desk.told() == ["activated "]
    active = desk.windows.active()
    assert active is not None
    assert (active.handle, active.title) == (7, "")


def test_where_macos_tells_no_numbers_windows_are_known_by_their_places(desk: Desk) -> None:
    desk.mac.accessibility.tells_numbers = False
    other = desk.mac.open(6, CHAT, "设置", frame=Rect(500, 500, 300, 200))
    desk.mac.activate(other)
    desk.mac.desktop.stack.reverse()
    active = desk.windows.active()
    assert active is not None
    assert (active.handle, active.title) == (6, "设置")


def test_our_own_window_is_nobodys_and_its_end_tells_the_client_anew(desk: Desk) -> None:
    desk.mac.own.take_keyboard()
    assert desk.told() == []
    assert desk.windows.active() is None
    desk.mac.own.take_keyboard(False)
    assert desk.told() == ["activated 王小姐"]


def test_our_own_program_in_front_is_not_reported(desk: Desk) -> None:
    desk.mac.desktop.front_pid = OWN
    desk.mac.desktop.listeners.tell()
    assert desk.told() == []
    assert desk.windows.active() is None
    desk.mac.activate(desk.chat)
    assert desk.told() == ["activated 王小姐"]


def test_the_title_of_the_active_window_is_followed(desk: Desk) -> None:
    desk.mac.change(desk.chat, title="李先生")
    desk.notify(desk.chat, constants.AX_TITLE_CHANGED)
    assert desk.told() == ["title 李先生"]
    desk.notify(desk.chat, constants.AX_TITLE_CHANGED)
    assert desk.told() == []


def test_a_title_is_told_once_where_the_active_window_is_the_followed_one(desk: Desk) -> None:
    desk.follow()
    desk.mac.change(desk.chat, title="李先生")
    desk.notify(desk.chat, constants.AX_TITLE_CHANGED)
    assert desk.told() == ["title 李先生"]


def test_a_title_that_is_not_told_is_not_an_empty_one(desk: Desk) -> None:
    desk.follow()
    desk.mac.accessibility.silent.add(CHAT)
    desk.notify(desk.chat, constants.AX_TITLE_CHANGED)
    desk.mac.desktop.listeners.tell()
    assert [line for line in desk.told() if line.startswith("title")] == []


def test_lists_the_windows_of_others_from_the_bottom_up(desk: Desk) -> None:
    desk.mac.open(8, OWN, "shop-sidebar")
    assert [(w.handle, w.title) for w in desk.windows.all()] == [(7, "News"), (5, "王小姐")]


def test_follows_moves(desk: Desk) -> None:
    desk.follow()
    desk.mac.change(desk.chat, frame=MOVED)
    desk.notify(desk.chat, constants.AX_WINDOW_MOVED)
    assert desk.told() == ["moved 5 300,90"]
    desk.notify(desk.chat, constants.AX_WINDOW_RESIZED)
    assert desk.told() == []


def test_tells_what_changed_since_the_window_was_read(desk: Desk) -> None:
    window = desk.windows.active()
    assert window is not None
    desk.mac.change(desk.chat, title="李先生")
    desk.windows.follow(window)
    assert desk.told() == ["title 李先生"]


def test_a_minimised_window_is_hidden_and_comes_back(desk: Desk) -> None:
    desk.follow()
    desk.mac.change(desk.chat, visible=False)
    desk.notify(desk.chat, constants.AX_WINDOW_MINIATURIZED)
    assert "hidden 5" in desk.told()
    desk.mac.change(desk.chat, visible=True, frame=MOVED)
    desk.notify(desk.chat, constants.AX_WINDOW_DEMINIATURIZED)
    assert desk.told() == ["shown 5", "moved 5 300,90"]


def test_on_another_space_the_window_is_hidden(desk: Desk) -> None:
    desk.follow()
    desk.mac.change(desk.chat, visible=False)
    desk.mac.desktop.listeners.tell()
    assert "hidden 5" in desk.told()


def test_a_closed_window_is_gone_and_followed_no_more(desk: Desk) -> None:
    desk.follow()
    desk.notify(desk.chat, constants.AX_UI_ELEMENT_DESTROYED)
    desk.mac.shut(desk.chat)
    assert "gone 5" in desk.told()
    assert [o for o in desk.mac.accessibility.observed if constants.AX_WINDOW_MOVED in o[1]] == []


def test_a_closed_window_that_stays_listed_is_gone_too(desk: Desk) -> None:
    desk.follow()
    desk.mac.change(desk.chat, visible=False)
    desk.chat.dead = True
    desk.notify(desk.chat, constants.AX_UI_ELEMENT_DESTROYED)
    assert "gone 5" in desk.told()


def test_a_number_that_another_program_has_now_is_not_that_window(desk: Desk) -> None:
    window = desk.follow()
    desk.mac.shut(desk.chat)
    desk.mac.open(5, OTHER, "Other")
    assert desk.windows.frame(window) is None
    assert not desk.windows.activate(window)
    desk.mac.desktop.listeners.tell()
    assert "gone 5" in desk.told()


def test_following_another_window_leaves_the_first_alone(desk: Desk) -> None:
    desk.follow()
    news = WindowInfo(handle=7, pid=OTHER, program="Google Chrome", title="News")
    desk.windows.follow(news)
    desk.turn()
    desk.mac.change(desk.chat, frame=MOVED)
    desk.notify(desk.chat, constants.AX_WINDOW_MOVED)
    assert desk.told() == []
    desk.mac.change(desk.browser, frame=MOVED)
    desk.notify(desk.browser, constants.AX_WINDOW_MOVED)
    assert desk.told() == ["moved 7 300,90"]


def test_a_listener_may_stop_following_when_the_window_hides(desk: Desk) -> None:
    desk.follow()
    hidden: list[str] = []

    def stop(window: WindowInfo) -> None:
        hidden.append(window.title)
        desk.windows.follow(None)

    desk.listener.window_hidden = stop  # type: ignore[method-assign]
    desk.mac.change(desk.chat, visible=False, frame=MOVED)
    desk.notify(desk.chat, constants.AX_WINDOW_MINIATURIZED)
    desk.told()
    assert hidden == ["王小姐"]


def test_says_where_a_window_is(desk: Desk) -> None:
    assert desk.windows.frame(desk.follow()) == FRAME


def test_brings_a_window_to_the_front_by_accessibility(desk: Desk) -> None:
    window = desk.follow()
    desk.mac.activate(desk.browser)
    desk.told()
    desk.chat.attributes[constants.AX_MINIMIZED] = True
    assert desk.windows.activate(window)
    assert desk.chat.performed == ["AXRaise"]
    assert desk.chat.attributes[constants.AX_MINIMIZED] is False
    assert desk.mac.accessibility.applications[CHAT].attributes["AXFrontmost"] is True
    assert desk.mac.desktop.brought == []


def test_without_accessibility_the_workspace_is_asked(blind: Desk) -> None:
    window = WindowInfo(handle=7, pid=OTHER, program="Google Chrome", title="")
    assert blind.windows.activate(window)
    assert blind.mac.desktop.brought == [OTHER]
    assert blind.told() == ["activated "]


def test_our_window_gives_the_keyboard_up_to_the_client_which_is_told_as_active(desk: Desk) -> None:
    window = desk.follow()
    desk.mac.own.take_keyboard()
    desk.told()
    assert desk.windows.activate(window)
    assert not desk.mac.own.has_keyboard()
    assert desk.told() == ["activated 王小姐"]


def test_a_window_that_is_in_front_already_is_told_again(desk: Desk) -> None:
    assert desk.windows.activate(desk.follow())
    assert desk.told() == ["activated 王小姐"]


def test_without_accessibility_titles_are_unknown(blind: Desk) -> None:
    active = blind.windows.active()
    assert active is not None
    assert (active.handle, active.title) == (5, "")
    assert [w.title for w in blind.windows.all()] == ["", ""]


def test_screen_recording_gives_the_titles_too(blind: Desk) -> None:
    blind.mac.permissions.titles = blind.mac.desktop.titles_seen = True
    active = blind.windows.active()
    assert active is not None
    assert active.title == "王小姐"
    blind.follow()
    blind.mac.change(blind.chat, title="李先生")
    assert "title 李先生" in blind.told(POLL)


def test_without_accessibility_we_look_while_the_client_is_in_front(blind: Desk) -> None:
    blind.follow()
    blind.mac.change(blind.chat, frame=MOVED)
    assert blind.told(POLL) == ["moved 5 300,90"]
    blind.mac.change(blind.chat, frame=FRAME)
    assert blind.told(POLL) == ["moved 5 100,50"]


def test_without_accessibility_we_do_not_look_while_another_is_in_front(blind: Desk) -> None:
    blind.follow()
    blind.mac.activate(blind.browser)
    blind.told()
    blind.mac.change(blind.chat, frame=MOVED)
    assert blind.told(timedelta(minutes=1)) == []
    blind.mac.activate(blind.chat)
    assert blind.told() == ["moved 5 300,90", "activated "]


def test_without_accessibility_we_look_for_a_client_now_and_then(blind: Desk) -> None:
    blind.mac.open(6, CHAT, "聊天")
    assert blind.told(SEARCH) == ["activated "]
    active = blind.windows.active()
    assert active is not None
    assert active.handle == 6


def test_what_a_program_leaves_out_is_seen_all_the_same(desk: Desk) -> None:
    desk.follow()
    desk.mac.change(desk.chat, frame=MOVED)
    assert desk.told(SURE) == ["moved 5 300,90"]


def test_with_accessibility_and_no_client_nothing_is_looked_at(desk: Desk) -> None:
    desk.mac.change(desk.chat, title="李先生")
    assert desk.told(timedelta(minutes=1)) == []


def test_once_accessibility_is_granted_titles_and_moves_are_heard(blind: Desk) -> None:
    blind.follow()
    blind.mac.permissions.trust = True
    blind.windows.listen_again()
    assert "activated 王小姐" in blind.told()
    blind.mac.change(blind.chat, frame=MOVED)
    blind.notify(blind.chat, constants.AX_WINDOW_MOVED)
    assert blind.told() == ["moved 5 300,90"]


def test_our_window_is_placed_and_takes_no_focus(desk: Desk) -> None:
    desk.windows.place_own(1, Rect(904, 50, 352, 600))
    assert desk.mac.own.ours.log == ["prepare", "place 904,50 352x600"]


def test_our_window_floats_while_the_client_is_in_front(desk: Desk) -> None:
    desk.windows.stand_above(1, desk.follow())
    assert desk.mac.own.ours.log == ["prepare", "level 3"]


def test_our_window_stands_back_with_the_client(desk: Desk) -> None:
    desk.windows.stand_above(1, desk.follow())
    desk.mac.own.ours.log.clear()
    desk.mac.activate(desk.browser)
    desk.told()
    assert desk.mac.own.ours.log == ["level 0", "above 5"]
    desk.mac.own.ours.log.clear()
    desk.mac.activate(desk.chat)
    desk.told()
    assert desk.mac.own.ours.log == ["level 3"]


def test_our_window_stays_above_when_it_is_we_who_are_in_front(desk: Desk) -> None:
    desk.windows.stand_above(1, desk.follow())
    desk.mac.own.ours.log.clear()
    desk.mac.desktop.front_pid = OWN
    desk.mac.desktop.listeners.tell()
    desk.mac.own.take_keyboard()
    desk.told()
    assert "level 0" not in desk.mac.own.ours.log


def test_what_qt_did_to_our_window_with_the_keyboard_is_put_right(desk: Desk) -> None:
    desk.windows.stand_above(1, desk.follow())
    desk.mac.activate(desk.browser)
    desk.told()
    desk.mac.own.ours.log.clear()
    desk.mac.own.take_keyboard()
    desk.told()
    assert desk.mac.own.ours.log == ["level 0", "above 5"]


def test_a_hidden_window_of_ours_is_left_hidden(desk: Desk) -> None:
    desk.windows.stand_above(1, desk.follow())
    desk.mac.own.ours.shown = False
    desk.mac.own.ours.log.clear()
    desk.mac.activate(desk.browser)
    desk.told()
    assert desk.mac.own.ours.log == []


def test_our_window_is_an_ordinary_one_once_the_client_is_closed(desk: Desk) -> None:
    desk.windows.stand_above(1, desk.follow())
    desk.mac.own.ours.log.clear()
    desk.notify(desk.chat, constants.AX_UI_ELEMENT_DESTROYED)
    desk.mac.shut(desk.chat)
    desk.told()
    assert desk.mac.own.ours.log == ["level 0"]
    desk.mac.activate(desk.browser)
    desk.told()
    assert desk.mac.own.ours.log == ["level 0"]


def test_a_window_of_ours_that_is_no_more_is_passed_over(desk: Desk) -> None:
    desk.windows.place_own(2, FRAME)
    desk.windows.stand_above(2, desk.follow())
    assert desk.mac.own.ours.log == []


def test_after_closing_nothing_is_heard_and_nothing_looked_at(desk: Desk) -> None:
    desk.follow()
    desk.windows.close()
    assert desk.mac.accessibility.observed == []
    assert len(desk.mac.desktop.listeners) == len(desk.mac.own.listeners) == 0
    desk.mac.change(desk.chat, frame=MOVED)
    assert desk.told(timedelta(minutes=1)) == []
