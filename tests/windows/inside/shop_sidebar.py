"""The sidebar itself, by its command, with somebody inside who says where things are on the screen.

No tool on Linux can ask a Windows window for its parts. What is answered is what is painted.
"""

import sys

from PySide6.QtWidgets import QApplication, QWidget

from sidebar.cli import main
from sidebar.services.views import PhraseRow
from sidebar.ui.controls import WordButton
from sidebar.ui.header import Header
from sidebar.ui.rows import Role, RowList
from sidebar.ui.search_line import SearchField
from sidebar.ui.typing_line import TypingLine
from tests.windows.inside.answering import Answering


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
    return _middle_of(TypingLine, SearchField)


def menu_button() -> list[int]:
    """The middle of the three dots."""
    return _middle_of(WordButton, Header)


def _middle_of(kind: type[QWidget], parent: type[QWidget]) -> list[int]:
    each = (each for widget in QApplication.topLevelWidgets() for each in widget.findChildren(kind))
    only = next(one for one in each if isinstance(one.parent(), parent))
    middle = only.mapToGlobal(only.rect().center())
    return [middle.x(), middle.y()]


if __name__ == "__main__":
    answering = Answering({each.__name__: each for each in (phrases, search_line, menu_button)})
    sys.exit(main(["run", *sys.argv[1:]]))
