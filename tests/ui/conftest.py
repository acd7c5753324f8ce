"""Widgets are tested without a screen, in Chinese unless a test says otherwise."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sidebar.ui import wording
from sidebar.ui.theme import ThemeChoice
from sidebar.ui.window import SidebarWindow
from tests.ui import samples


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The plugin without a screen says of each window what it cannot do; that is no fault of ours."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support"))


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    wording.use("zh_CN")
    yield
    wording.use("zh_CN")


@pytest.fixture
def window(qtbot: QtBot) -> SidebarWindow:
    """The sidebar with a whole morning on it, on the screen that the tests have."""
    made = SidebarWindow()
    qtbot.addWidget(made)
    made.fill()
    made.use_theme(ThemeChoice.LIGHT)
    samples.fill(made)
    made.resize(352, 900)
    with qtbot.waitExposed(made):
        made.show()
    return made
