"""What the agent should know of a phrase before changing it, and what can be done about it."""

from collections.abc import Iterator

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sidebar.services.editing import EditView
from sidebar.ui import editor_words
from sidebar.ui.controls import Hint, WordButton
from sidebar.ui.form_panel import beside
from sidebar.ui.wording import _


class StandingNote(QWidget):
    """Whose the phrase is, whether it has changed elsewhere, and what was not saved the last time."""

    save_requested = Signal()
    drop_draft_requested = Signal()
    take_theirs_requested = Signal()
    keep_mine_requested = Signal()
    take_shipped_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def show_view(self, view: EditView) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for part in self._parts(view):
            self._column.addWidget(part)
            part.show()
        self.setVisible(bool(self._column.count()))

    def _parts(self, view: EditView) -> Iterator[QWidget]:
        if view.outdated is not None:
            yield self._said(editor_words.outdated(view.outdated), "trouble")
            yield self._acts(
                (_("用那边的"), self.take_theirs_requested), (_("仍存我的"), self.save_requested)
            )
        if view.news is not None:
            yield self._said(_("自带的这一句已更新：{text}").format(text=view.news.body))
            yield self._acts(
                (_("换成新的"), self.take_shipped_requested), (_("留我的"), self.keep_mine_requested)
            )
        elif view.standing is not None and view.standing.shipped is not None and not view.standing.file:
            yield self._said(_("自带的话术：保存后成为你自己的一份，原来的不动。"))
        if view.drafted:
            yield self._said(_("这是上次没保存的，接着写就行。"))
            yield self._acts((_("不要草稿"), self.drop_draft_requested))

    def _said(self, text: str, role: str = "quiet") -> Hint:
        hint = Hint(self, role=role)
        hint.say(text)
        return hint

    def _acts(self, *acts: tuple[str, SignalInstance]) -> QWidget:
        buttons = []
        for words, signal in acts:
            button = WordButton(self, height=26)
            button.say(words)
            button.clicked.connect(signal)
            buttons.append(button)
        return beside(self, *buttons, stretched=False)
