"""The window is painted first and filled afterwards, and that cannot be told from how it looks."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from sidebar.domain import settings
from sidebar.ui import theme
from sidebar.ui.theme import ThemeChoice
from sidebar.ui.window import SidebarWindow
from tests.ui import samples
from tests.ui.gestures import settle


def empty(qtbot: QtBot, choice: ThemeChoice = ThemeChoice.LIGHT) -> SidebarWindow:
    made = SidebarWindow()
    qtbot.addWidget(made)
    made.use_theme(choice)
    return made


def fill(made: SidebarWindow) -> None:
    made.fill()
    samples.fill(made)


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_filled_after_it_was_seen_it_looks_as_if_filled_before(qtbot: QtBot, choice: ThemeChoice) -> None:
    early, late = empty(qtbot, choice), empty(qtbot, choice)
    fill(early)
    early.show()
    late.show()
    settle()
    fill(late)
    settle()
    assert late.grab().toImage() == early.grab().toImage()


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_the_first_picture_is_the_ground_of_the_second(qtbot: QtBot, choice: ThemeChoice) -> None:
    made = empty(qtbot, choice)
    picture = made.grab().toImage()
    shown = theme.chosen(choice, Qt.ColorScheme.Unknown)
    assert picture.pixelColor(0, 0) == QColor(shown.line)
    assert picture.pixelColor(100, 400) == QColor(shown.background)
    before = made.size()
    fill(made)
    assert made.size() == before
    assert made.grab().toImage().pixelColor(0, 0) == QColor(shown.line)


def test_being_seen_is_told_once(qtbot: QtBot) -> None:
    made = empty(qtbot)
    told: list[None] = []
    made.first_painted.connect(lambda: told.append(None))
    assert told == []
    made.show()
    settle()
    fill(made)
    settle()
    assert len(told) == 1


def test_the_window_knows_its_themes_by_the_words_of_the_settings() -> None:
    assert [choice.value for choice in ThemeChoice] == [each.value for each in settings.Theme]
