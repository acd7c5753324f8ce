"""What is announced outside the window."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sidebar.qt.notifier import TrayNotifier


@pytest.mark.parametrize("sounds", [True, False])
def test_sounds_only_where_that_is_switched_on(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, sounds: bool
) -> None:
    del qtbot
    heard: list[bool] = []
    monkeypatch.setattr(QApplication, "beep", lambda: heard.append(True))
    TrayNotifier(sounds=sounds).announce("到点了", "回电")
    assert heard == [True] * sounds


def test_two_sounds_are_heard_as_two(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[bool] = []
    monkeypatch.setattr(QApplication, "beep", lambda: heard.append(True))
    TrayNotifier().ring(2)
    assert heard == [True]
    qtbot.waitUntil(lambda: len(heard) == 2)
