"""What an agent does to the window, done to its widgets."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, Qt, SignalInstance
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget

from sidebar.ui.rows import RowList
from sidebar.ui.typing_line import TypingLine
from sidebar.ui.window import SidebarWindow


def named(window: SidebarWindow, name: str) -> QAbstractButton:
    """The visible button whose accessible name begins with *name*."""
    (found,) = (
        button
        for button in window.findChildren(QAbstractButton)
        if button.accessibleName().startswith(name) and button.isVisible()
    )
    return found


def the_list(window: SidebarWindow, name: str) -> RowList:
    (found,) = (each for each in window.findChildren(RowList) if each.accessibleName().startswith(name))
    return found


def line(window: SidebarWindow, name: str) -> TypingLine:
    (found,) = (each for each in window.findChildren(TypingLine) if each.accessibleName() == name)
    return found


def index(rows: RowList, place: int) -> QModelIndex:
    model = rows.model()
    assert model is not None
    return model.index(place, 0)


def row_box(rows: RowList, place: int) -> QRect:
    return rows.visualRect(index(rows, place))


def around(widget: QWidget) -> QWidget:
    """The area that *widget* is in."""
    parent = widget.parentWidget()
    assert parent is not None
    return parent


def click(rows: RowList, at: QPoint) -> None:
    QTest.mouseMove(rows.viewport(), at)
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)


def press(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def open_menu() -> QMenu:
    """The menu that has just been opened."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(menu: QMenu, *labels: str) -> None:
    """Choose an entry of *menu*, through the parts of it that lead there; then the menu closes."""
    part = menu
    for label in labels[:-1]:
        (part,) = (each for each in part.findChildren(QMenu) if each.title() == label)
    (action,) = (each for each in part.actions() if each.text() == labels[-1])
    action.trigger()
    menu.close()


def heard(signal: SignalInstance) -> list[tuple[object, ...]]:
    """What *signal* says from now on."""
    said: list[tuple[object, ...]] = []
    signal.connect(lambda *arguments: said.append(arguments))
    return said


def compose(typing: TypingLine, letters: str, commit: str = "") -> None:
    """What an input method tells a line while it is being typed into."""
    event = QInputMethodEvent(letters, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(typing, event)


def settle() -> None:
    """Let layouts and paints that wait for one another come to rest."""
    for _turn in range(4):
        QApplication.processEvents()


class _PaintCount(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.painted: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's own name)
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.painted.append(type(watched).__name__)
        return False


@contextmanager
def painted() -> Iterator[list[str]]:
    """The widgets that are painted within, by their class."""
    application = QApplication.instance()
    assert application is not None
    settle()
    counter = _PaintCount()
    application.installEventFilter(counter)
    try:
        yield counter.painted
        settle()
    finally:
        application.removeEventFilter(counter)
