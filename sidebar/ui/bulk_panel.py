"""Changing several phrases at once, in the phrases' place: tick them, say what they are to be."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from sidebar.domain.bulk_edits import BulkEdit, To
from sidebar.domain.edits import PackPlace
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Category, Colour, Phrase, Stage
from sidebar.domain.sheets import group_of, tags_of
from sidebar.ui import editor_words, fonts, wording
from sidebar.ui.controls import Hint, WordButton
from sidebar.ui.followup_form import framed
from sidebar.ui.form_panel import FormPanel, beside
from sidebar.ui.group_line import GroupLine, Suggest, no_group
from sidebar.ui.picker import Picker
from sidebar.ui.typing_line import TypingLine
from sidebar.ui.wording import _

_CLEAR = "-"
_ID = Qt.ItemDataRole.UserRole

_Kind = TypeVar("_Kind", bound=StrEnum)


class BulkPanel(FormPanel):
    """*search* finds the phrases for what is typed above the list; ticks stay when that changes."""

    change_requested = Signal(object, object, str)
    """The phrases, the `BulkEdit`, and the pack file they are to go into, '' where they stay."""
    throw_requested = Signal(object)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        search: Callable[[str], Sequence[Phrase]],
        query: str = "",
        ticked: Sequence[PhraseId] = (),
        suggest: Suggest = no_group,
    ) -> None:
        super().__init__(parent)
        self._search = search
        self._packs: tuple[PackPlace, ...] = ()
        self._found: dict[str, Phrase] = {}
        self._ticked: dict[str, Phrase] = {}
        self._query, self._add, self._drop = (TypingLine() for _each in range(3))
        self._group = GroupLine(self, suggest=suggest)
        self._list = QListWidget(self)
        self._list.setFont(fonts.text(12))
        self._list.setFixedHeight(190)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._all = WordButton(self, height=26)
        self._stage, self._category, self._colour, self._star, self._file = (
            Picker(self) for _each in range(5)
        )
        self._count, self._change, self._throw = (
            Hint(self),
            WordButton(self, role="main"),
            WordButton(self),
        )
        self._show(self._parts())
        self._end_with(self._count, self._throw, self._change)
        self._join()
        self._query.setText(query)
        self._find()
        for phrase in ticked:
            if phrase in self._found:
                self._ticked[phrase] = self._found[phrase]
        self._find()

    def offer_packs(self, packs: Sequence[PackPlace]) -> None:
        """The files that phrases can be moved to."""
        self._packs = tuple(packs)
        self._offer()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.keyboard_wanted.emit(self._list if self._ticked else self._query)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space ticks; Ctrl+A in the list ticks every phrase in it, or none where every one is ticked."""
        if watched is self._list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if control and event.key() == Qt.Key.Key_A:
                self._tick_all()
                return True
            if event.key() == Qt.Key.Key_Space and self._list.currentItem() is not None:
                _turn(self._list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        super().retranslate()
        self._heading.say(_("批量修改"))
        for line, name in (
            (self._query, _("找哪些话术")),
            (self._add, _("加标签，用逗号隔开")),
            (self._drop, _("去掉标签")),
        ):
            line.setAccessibleName(name)
            line.setPlaceholderText(name)
        self._group.say(_("分组改成，比如 物流/核实"), _("分组改成，比如 物流/核实"))
        self._list.setAccessibleName(_("话术，空格勾选，Ctrl+A 全选"))
        self._all.say(_("全选 / 全不选"))
        self._change.say(_("修改"))
        self._throw.say(_("删除"))
        self._offer()
        self._tell_count()

    def _offer(self) -> None:
        keep, clear = ("", _("不改")), (_CLEAR, _("清空"))
        stages = [(str(each), wording.stage_name(each)) for each in Stage]
        categories = [(str(each), wording.category_chip(each)) for each in Category]
        colours = [(str(each), editor_words.colour(each)) for each in Colour]
        self._stage.offer(_("阶段"), [keep, clear, *stages], self._stage.value)
        self._category.offer(_("类别"), [keep, clear, *categories], self._category.value)
        self._colour.offer(_("颜色"), [keep, clear, *colours], self._colour.value)
        self._star.offer(_("收藏"), [keep, ("yes", "★"), (_CLEAR, _("不再收藏"))], self._star.value)
        files = [(each.file, each.name) for each in self._packs]
        self._file.offer(_("移到"), [keep, *files], self._file.value)

    def _find(self) -> None:
        """Show what there is for the query, what is ticked already first."""
        self._found = {phrase.id: phrase for phrase in self._search(self._query.words)}
        self._list.blockSignals(True)
        self._list.clear()
        for phrase in {**self._ticked, **self._found}.values():
            item = QListWidgetItem(phrase.title)
            item.setData(_ID, str(phrase.id))
            item.setToolTip(phrase.body)
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)  # the whole row is, see `_turn`
            item.setCheckState(_state(phrase.id in self._ticked))
            self._list.addItem(item)
        self._list.blockSignals(False)
        if self._list.count():
            self._list.setCurrentRow(0)
        self._tell_count()

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        phrase = str(item.data(_ID))
        if item.checkState() is Qt.CheckState.Checked:
            self._ticked[phrase] = self._found.get(phrase) or self._ticked[phrase]
        else:
            self._found.setdefault(phrase, self._ticked.pop(phrase))
        self._tell_count()

    def _tick_all(self) -> None:
        wanted = _state(len(self._ticked) < self._list.count())
        for row in range(self._list.count()):
            self._list.item(row).setCheckState(wanted)

    def _tell_count(self) -> None:
        self._count.say(_("已选 {count} 条").format(count=len(self._ticked)))
        for button in (self._change, self._throw):
            button.setEnabled(bool(self._ticked))

    def _edit(self) -> BulkEdit:
        star = self._star.value
        return BulkEdit(
            add=tags_of(self._add.text()),
            drop=tags_of(self._drop.text()),
            group=group_of(self._group.line.text()) if self._group.line.text().strip() else None,
            stage=_to(self._stage, Stage),
            category=_to(self._category, Category),
            colour=_to(self._colour, Colour),
            favourite=None if not star else star != _CLEAR,
        )

    def _submit(self) -> None:
        edit, file = self._edit(), self._file.value
        if self._ticked and (file or not edit.empty):
            self.change_requested.emit(tuple(self._ticked.values()), edit, file)

    def _parts(self) -> Iterator[QWidget]:
        yield framed(self._query, self)
        yield self._list
        yield self._all
        yield framed(self._add, self)
        yield framed(self._drop, self)
        yield self._group
        yield beside(self, self._stage, self._category)
        yield beside(self, self._colour, self._star)
        yield self._file

    def _join(self) -> None:
        self._query.words_changed.connect(self._find)
        for line in (self._query, self._add, self._drop, self._group.line):
            self._join_field(line)
        for picker in (self._stage, self._category, self._colour, self._star, self._file):
            self._join_field(picker)
        self._list.itemClicked.connect(_turn)
        self._list.itemChanged.connect(self._on_item_changed)
        self._list.installEventFilter(self)
        self._all.clicked.connect(self._tick_all)
        self._change.clicked.connect(self._submit)
        self._throw.clicked.connect(lambda: self.throw_requested.emit(tuple(self._ticked.values())))


def _turn(item: QListWidgetItem) -> None:
    """Tick *item*, or take the tick away."""
    item.setCheckState(_state(item.checkState() is not Qt.CheckState.Checked))


def _state(ticked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked


def _to(picker: Picker, kind: type[_Kind]) -> To[_Kind | None] | None:
    """What *picker* says is to be, None where it is to be left."""
    match picker.value:
        case "":
            return None
        case "-":
            return To(None)
        case value:
            return To(kind(value))
