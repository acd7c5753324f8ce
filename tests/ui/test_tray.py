"""The icon in the tray: what a click and each line of its menu ask for, in the words of the moment."""

from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QSystemTrayIcon

from sidebar.ui import wording
from sidebar.ui.tray import Tray
from sidebar.ui.window import SidebarWindow
from tests.ui.gestures import heard


@dataclass
class Moment:
    """How things are, and the icon that tells."""

    tray: Tray = field(init=False)
    paused: bool = False
    on_shift: bool = False

    def lines(self) -> list[str]:
        """What the menu says when it is opened now."""
        self.tray.menu.aboutToShow.emit()
        return [action.text() for action in self.tray.menu.actions() if not action.isSeparator()]

    def choose(self, line: str) -> None:
        self.lines()
        next(action for action in self.tray.menu.actions() if action.text() == line).trigger()


@pytest.fixture
def moment(window: SidebarWindow) -> Moment:
    made = Moment()
    made.tray = Tray(window, paused=lambda: made.paused, on_shift=lambda: made.on_shift)
    return made


def test_the_menu_says_what_each_line_would_do_now(moment: Moment, window: SidebarWindow) -> None:
    assert moment.lines() == ["隐藏侧栏", "记一件跟进…", "暂停", "上班", "退出"]
    window.hide()
    moment.paused = moment.on_shift = True
    assert moment.lines() == ["显示侧栏", "记一件跟进…", "继续", "交班并导出小结", "退出"]
    wording.use("en")
    assert moment.lines()[0] == "Show the sidebar"


def test_each_line_asks_for_what_it_says(moment: Moment) -> None:
    tray = moment.tray
    asked = [
        heard(signal)
        for signal in (
            *(tray.toggle_requested, tray.followup_requested, tray.pause_requested),
            *(tray.shift_requested, tray.quit_requested),
        )
    ]
    for line in moment.lines():
        moment.choose(line)
    assert [len(each) for each in asked] == [1, 1, 1, 1, 1]
    assert asked[2] == [(True,)]


def test_a_click_on_the_icon_shows_or_hides_the_sidebar(moment: Moment) -> None:
    asked = heard(moment.tray.toggle_requested)
    moment.tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Context)
    assert asked == []
    moment.tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert len(asked) == 1


def test_the_icon_has_a_picture(moment: Moment) -> None:
    assert not moment.tray.icon.icon().pixmap(16, 16).isNull()
