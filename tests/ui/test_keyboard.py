"""The keyboard is lent and given back without a new native window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from sidebar.ui import keyboard
from sidebar.ui.window import SidebarWindow
from tests.ui.gestures import heard, line, settle

REFUSES = Qt.WindowType.WindowDoesNotAcceptFocus


def refuses(window: SidebarWindow) -> bool:
    return bool(window.windowHandle().flags() & REFUSES)


def test_the_window_refuses_the_keyboard_and_is_not_above_everything(window: SidebarWindow) -> None:
    flags = window.windowFlags()
    for flag in (Qt.WindowType.FramelessWindowHint, REFUSES):
        assert flags & flag
    assert not flags & Qt.WindowType.WindowStaysOnTopHint
    assert flags & Qt.WindowType.WindowType_Mask == Qt.WindowType.Tool
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert window.testAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
    assert window.testAttribute(Qt.WidgetAttribute.WA_AlwaysShowToolTips)
    assert refuses(window)


def test_taking_it_lifts_the_refusal_of_the_same_window(window: SidebarWindow) -> None:
    handle, opened = int(window.winId()), heard(window.search_opened)
    window.take_keyboard()
    settle()
    assert not refuses(window)
    assert window.has_keyboard
    assert line(window, "找话术").hasFocus()
    assert len(opened) == 1
    window.give_keyboard_back()
    assert refuses(window)
    assert int(window.winId()) == handle


def test_giving_it_back_asks_for_the_client_once(window: SidebarWindow) -> None:
    said = heard(window.keyboard_returned)
    window.give_keyboard_back()
    window.take_keyboard()
    settle()
    window.give_keyboard_back()
    window.give_keyboard_back()
    assert said == [()]
    assert not line(window, "找话术").hasFocus()


def test_a_click_into_the_line_takes_it(window: SidebarWindow) -> None:
    QTest.mouseClick(line(window, "找话术"), Qt.MouseButton.LeftButton)
    settle()
    assert window.has_keyboard
    assert line(window, "找话术").hasFocus()


def test_turning_to_another_window_leaves_without_asking_for_the_client(
    window: SidebarWindow, qtbot: QtBot
) -> None:
    window.take_keyboard()
    settle()
    left, returned = heard(window.search_left), heard(window.keyboard_returned)
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not window.has_keyboard)
    assert (len(left), len(returned)) == (1, 0)
    assert refuses(window)


def test_a_menu_of_our_own_does_not_take_it_away(window: SidebarWindow) -> None:
    window.take_keyboard()
    settle()
    left = heard(window.search_left)
    menu = QMenu(window)
    menu.popup(window.mapToGlobal(window.rect().center()))
    # as X11 tells it, which may be late: after what was chosen has asked for the keyboard
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    application.focusWindowChanged.emit(menu.windowHandle())
    menu.close()
    settle()
    assert window.has_keyboard
    assert not refuses(window)
    assert left == []


def test_what_is_told_late_of_giving_it_back_does_not_take_it_away_again(
    window: SidebarWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyboard, "_LATE", 60_000)
    window.take_keyboard()
    settle()
    window.give_keyboard_back()
    window.take_keyboard()
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    application.focusWindowChanged.emit(None)
    assert window.has_keyboard
    application.focusWindowChanged.emit(None)
    assert not window.has_keyboard


def test_esc_gives_it_back_from_any_control(window: SidebarWindow) -> None:
    said = heard(window.keyboard_returned)
    window.take_keyboard()
    settle()
    for _step in range(5):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused is not line(window, "找话术")
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    assert said == [()]


def test_tab_reaches_every_control(window: SidebarWindow) -> None:
    window.take_keyboard()
    settle()
    reached = set()
    for _step in range(30):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.add(focused.accessibleName().partition("：")[0])
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert reached >= {
        "找话术",
        "话术",
        "全部待跟进",
        "待跟进",
        "本班数据",
        "交班",
        "菜单",
        "会话，最急的在前",
        "类别",
        "客户来消息",
        "已回复",
        "无需回复",
        "转接",
        "跟进",
        "结束",
    }


def test_a_hidden_window_takes_nothing(window: SidebarWindow) -> None:
    window.hide()
    window.take_keyboard()
    assert not window.has_keyboard


def test_a_keyboard_that_came_unasked_is_given_back(window: SidebarWindow) -> None:
    """As on Windows, which brings the owner of a closed menu to the front."""
    returned = heard(window.keyboard_returned)
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    application.focusWindowChanged.emit(None)
    assert returned == []
    application.focusWindowChanged.emit(window.windowHandle())
    assert len(returned) == 1
