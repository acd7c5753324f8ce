"""The sidebar itself, by its command, with somebody inside who says where things are on the screen.

No tool on Linux can ask a Windows window for its parts. What is answered is what is painted, and
what the history file holds.
"""

import json
import sqlite3
import sys
from contextlib import closing

from PySide6.QtWidgets import QApplication

from sidebar.cli import main
from sidebar.paths import Home
from sidebar.services.views import PhraseRow
from sidebar.ui.rows import Role, RowList
from sidebar.ui.search_line import SearchField
from sidebar.ui.typing_line import TypingLine
from sidebar.ui.window import SidebarWindow
from tests.windows.inside.answering import Answering


def place() -> list[int]:
    """Where the window stands; nothing before it is there or while it is hidden."""
    window = next((each for each in QApplication.topLevelWidgets() if isinstance(each, SidebarWindow)), None)
    if window is None or not window.isVisible():
        return []
    frame = window.frameGeometry()
    return [frame.x(), frame.y(), frame.width(), frame.height()]


def phrases() -> dict[str, list[int]]:
    """The middle of each phrase's row on the screen, by its title."""
    found = {}
    for rows in (each for widget in QApplication.topLevelWidgets() for each in widget.findChildren(RowList)):
        model = rows.model()
        for number in range(model.rowCount()):
            index = model.index(number, 0)
            row = index.data(Role.ITEM)
            if isinstance(row, PhraseRow) and rows.isVisible():
                middle = rows.viewport().mapToGlobal(rows.visualRect(index).center())
                found[row.title] = [middle.x(), middle.y()]
    return found


def search_line() -> list[int]:
    """The middle of the line to search in."""
    lines = (line for widget in QApplication.topLevelWidgets() for line in widget.findChildren(TypingLine))
    line = next(each for each in lines if isinstance(each.parent(), SearchField))
    middle = line.mapToGlobal(line.rect().center())
    return [middle.x(), middle.y()]


def events() -> list[object]:
    """What the history file holds; nothing before there is one."""
    path = Home.choose().history
    if not path.exists():
        return []
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchall():
            return []
        return [json.loads(body) for (body,) in database.execute("SELECT body FROM events ORDER BY seq")]


if __name__ == "__main__":
    answering = Answering({"place": place, "phrases": phrases, "search_line": search_line, "events": events})
    sys.exit(main(["run", *sys.argv[1:]]))
