"""What was deleted in the last thirty days, in the phrases' place, to be put back."""

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sidebar.domain.edits import KEPT_IN_BIN, Binned
from sidebar.ui import editor_words
from sidebar.ui.controls import Hint, WordButton, Words
from sidebar.ui.panel import Panel
from sidebar.ui.wording import _

_SHOWN = 60


class BinPanel(Panel):
    """The last one deleted first, each with the day until which it is kept."""

    needs_room = True

    restore_requested = Signal(object)
    """A `Binned`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thrown: tuple[Binned, ...] | None = None
        self._first: WordButton | None = None

    def show_thrown(self, thrown: Sequence[Binned]) -> None:
        self._thrown = tuple(thrown)
        self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        super().retranslate()
        self._heading.say(_("回收站"))
        if self._thrown is not None:
            self._say()

    def _say(self) -> None:
        self._first = None
        parts = tuple(self._parts())
        self._show(parts)
        for part in parts:
            part.show()
        self.keyboard_wanted.emit(self._first or self._close)

    def _parts(self) -> Iterator[QWidget]:
        thrown = self._thrown or ()
        hint = Hint(self)
        hint.say(
            _("删掉的话术在这里留 30 天。") if thrown else _("回收站是空的：删掉的话术会在这里留 30 天。")
        )
        yield hint
        for each in thrown[:_SHOWN]:
            yield self._row(each)
        if len(thrown) > _SHOWN:
            rest = Hint(self)
            rest.say(_("更早的还有 {count} 条。").format(count=len(thrown) - _SHOWN))
            yield rest

    def _row(self, each: Binned) -> QWidget:
        shown = QWidget(self)
        row = QHBoxLayout(shown)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        title = Words(shown, size=12)
        title.say(each.phrase.title)
        title.setToolTip(each.phrase.body)
        until = Words(shown, role="quiet", size=11)
        until.say("" if each.at is None else editor_words.until(each.at + KEPT_IN_BIN))
        back = WordButton(shown, height=26)
        back.say(_("放回"), name=_("放回{title}").format(title=each.phrase.title), hint=each.phrase.body)
        back.clicked.connect(partial(self.restore_requested.emit, each))
        self._first = self._first or back
        row.addWidget(title, 1)
        row.addWidget(until)
        row.addWidget(back)
        return shown
