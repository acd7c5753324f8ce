"""What is announced outside the window."""

import pytest
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from sidebar.qt.notifier import TrayNotifier


@pytest.mark.parametrize("sounds", [True, False])
def test_sounds_only_where_that_is_switched_on(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, sounds: bool
) -> None:
    del qtbot
    heard: list[bool] = []
    monkeypatch.setattr(QApplication, "beep", lambda: heard.append(True))
    TrayNotifier(sounds=sounds).announce("到点了", "回电", clicked=lambda: None)
    assert heard == [True] * sounds


def test_two_sounds_are_heard_as_two(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[bool] = []
    monkeypatch.setattr(QApplication, "beep", lambda: heard.append(True))
    TrayNotifier().ring(2)
    assert heard == [True]
    qtbot.waitUntil(lambda: len(heard) == 2)


def test_a_click_on_a_bubble_does_what_the_last_one_is_about(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qtbot
    done: list[str] = []
    notifier, icon = TrayNotifier(), QSystemTrayIcon()
    monkeypatch.setattr(icon, "isVisible", lambda: True)
    monkeypatch.setattr(icon, "showMessage", lambda *_: None)
    notifier.show("有买家在等", "一位", clicked=lambda: done.append("nowhere"))
    notifier.use(icon)
    icon.messageClicked.emit()
    assert done == []
    notifier.show("有买家在等", "两位", clicked=lambda: done.append("buyer"))
    icon.messageClicked.emit()
    notifier.announce("到点了", "回电", clicked=lambda: done.append("sidebar"))
    icon.messageClicked.emit()
    assert done == ["buyer", "sidebar"]
