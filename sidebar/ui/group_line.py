"""A line for the path of groups that a phrase is in; those there are already drop down below it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from sidebar.ui import fonts
from sidebar.ui.controls import WordButton
from sidebar.ui.followup_form import framed
from sidebar.ui.given_line import GivenLine
from sidebar.ui.wording import _

Suggest = Callable[[str], Sequence[str]]
"""The groups that are like what is typed."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ROW = 24


def no_group(_typed: str) -> Sequence[str]:
    """Where none are known."""
    return ()


class GroupLine(QWidget):
    """Typed freely; Down or typing shows what there is, Enter or a click takes it, Esc leaves it."""

    textChanged = Signal(str)  # noqa: N815 (as lines have it)

    def __init__(self, parent: QWidget, *, suggest: Suggest) -> None:
        super().__init__(parent)
        self._suggest = suggest
        self.line = GivenLine()
        self._more = WordButton(self, role="quiet", size=11, height=24)
        self._more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._more.setFixedWidth(24)
        self._list = QListWidget(self)
        self._list.setFont(fonts.text(12))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setUniformItemSizes(True)
        self._dropped = _framed(self._list, self)
        self._dropped.hide()
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self.textChanged)
        self.line.words_changed.connect(self._on_words_changed)
        self._list.itemClicked.connect(self._take)
        self._more.clicked.connect(self._on_more_clicked)
        frame = framed(self.line, self)
        row = frame.layout()
        assert row is not None, "a frame lays out what is in it"
        row.setContentsMargins(10, 0, 4, 0)
        row.addWidget(self._more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(frame)
        column.addWidget(self._dropped)

    def say(self, name: str, example: str) -> None:
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(example)
        self._list.setAccessibleName(_("已有的分组"))
        self._more.say("▾", name=_("已有的分组"), hint=_("已有的分组"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.FocusOut:
            self._dropped.hide()
        elif watched is self.line and event.type() == QEvent.Type.KeyPress and not self.line.composing:
            assert isinstance(event, QKeyEvent), "a key was pressed"
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        """Whether the key was for the list."""
        key, shown = event.key(), not self._dropped.isHidden()
        if key == Qt.Key.Key_Down and not shown:
            self._offer(self._suggest(""))
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and shown:
            by = 1 if key == Qt.Key.Key_Down else -1
            self._list.setCurrentRow((self._list.currentRow() + by) % self._list.count())
        elif key in _ENTER and not event.modifiers() and shown and self._list.currentItem() is not None:
            self._take(self._list.currentItem())
        elif key == Qt.Key.Key_Escape and shown:
            self._dropped.hide()
        else:
            return False
        return True

    def _on_words_changed(self, words: str) -> None:
        """What an input method holds unfinished is searched for as well."""
        if self.line.hasFocus():
            found = self._suggest(words) if words.strip() else ()
            self._offer([path for path in found if path != words])

    def _on_more_clicked(self) -> None:
        self.line.keyboard_wanted.emit()
        if self._dropped.isHidden():
            self._offer(self._suggest(""))
        else:
            self._dropped.hide()

    def _offer(self, paths: Sequence[str]) -> None:
        self._list.clear()
        for path in paths:
            self._list.addItem(path)
        self._list.setCurrentRow(-1)
        self._list.setFixedHeight(_ROW * len(paths) + 4)
        self._dropped.setVisible(bool(paths))

    def _take(self, item: QListWidgetItem) -> None:
        self.line.setText(item.text())
        self._dropped.hide()


def _framed(rows: QListWidget, parent: QWidget) -> QFrame:
    frame = QFrame(parent)
    frame.setProperty("role", "field")
    column = QVBoxLayout(frame)
    column.setContentsMargins(7, 3, 7, 3)
    column.addWidget(rows)
    return frame
