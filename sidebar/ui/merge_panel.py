"""Merging a conflict copy of a phrase file, in the phrases' place: what differs is chosen."""

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sidebar.services.views import Conflict, ConflictingPhrase
from sidebar.ui.controls import Hint, WordButton, Words
from sidebar.ui.panel import Choice, Panel
from sidebar.ui.wording import _


class MergePanel(Panel):
    """Shows one conflict after the other; the version of the file that changed last is chosen first."""

    merge_requested = Signal(object)
    """The ids of the phrases of which the copy's version is wanted."""
    discard_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._conflict: Conflict | None = None
        self._theirs: set[str] = set()
        self._pairs: dict[str, tuple[Choice, Choice]] = {}

    def show_conflict(self, conflict: Conflict) -> None:
        self._conflict = conflict
        self._theirs = {each.phrase for each in conflict.differing} if conflict.newer else set()
        self._say()

    def retranslate(self) -> None:
        super().retranslate()
        self._heading.say(_("合并冲突副本"))
        if self._conflict is not None:
            self._say()

    def _say(self) -> None:
        assert self._conflict is not None, "there is something to say once there is a conflict"
        self._pairs.clear()
        self._show(self._parts(self._conflict))
        self._mark()

    def _parts(self, conflict: Conflict) -> Iterator[QWidget]:
        yield self._words(conflict.original, strong=True)
        yield self._words(conflict.copy)
        yield self._hint(_new_ones(conflict.new))
        if conflict.differing:
            yield self._hint(_("两边不一样的，选要留的那一句："))
        for each in conflict.differing:
            yield self._words(each.title, strong=True)
            yield from self._versions(each)
        yield self._buttons()

    def _versions(self, each: ConflictingPhrase) -> Sequence[QWidget]:
        mine = Choice(_("原文件：{text}").format(text=each.original), parent=self)
        theirs = Choice(_("副本：{text}").format(text=each.copy), parent=self)
        mine.clicked.connect(partial(self._choose, each.phrase, theirs=False))
        theirs.clicked.connect(partial(self._choose, each.phrase, theirs=True))
        self._pairs[each.phrase] = (mine, theirs)
        return mine, theirs

    def _choose(self, phrase: str, *, theirs: bool) -> None:
        (self._theirs.add if theirs else self._theirs.discard)(phrase)
        self._mark()

    def _mark(self) -> None:
        """Show which version is chosen, by ground and to those who only hear it."""
        for phrase, pair in self._pairs.items():
            for theirs, choice in enumerate(pair):
                chosen = bool(theirs) is (phrase in self._theirs)
                choice.setCheckable(True)
                choice.setChecked(chosen)

    def _buttons(self) -> QWidget:
        merge, discard = WordButton(self, role="main"), WordButton(self)
        merge.say(_("合并"))
        discard.say(_("不要副本"), hint=_("副本移到备份文件夹，原文件不动"))
        merge.clicked.connect(lambda: self.merge_requested.emit(frozenset(self._theirs)))
        discard.clicked.connect(self.discard_requested)
        words = QWidget(self)
        row = QHBoxLayout(words)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(6)
        row.addStretch(1)
        row.addWidget(discard)
        row.addWidget(merge)
        return words

    def _words(self, text: str, *, strong: bool = False) -> Words:
        words = Words(self, size=12, strong=strong)
        words.say(text)
        return words

    def _hint(self, sentence: str) -> Hint:
        hint = Hint(self)
        hint.say(sentence)
        return hint


def _new_ones(count: int) -> str:
    if count == 0:
        return _("副本里没有新的话术。")
    return _("副本里有 {count} 条新话术，会加进原文件。").format(count=count)
