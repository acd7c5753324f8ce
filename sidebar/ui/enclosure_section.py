"""The pictures and files that go with a phrase, in the order in which they go, the text among them."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from sidebar.domain.detail_sheets import DetailSheet
from sidebar.domain.phrase_details import Attachment, AttachmentKind
from sidebar.ui.controls import WordButton, Words
from sidebar.ui.enclosing import kind_of
from sidebar.ui.form_panel import beside
from sidebar.ui.section import Join, Section
from sidebar.ui.wording import _

_SEEN = 240
"""How wide a picture is shown that the mouse rests on."""


class EnclosureSection(Section):
    """Each can go up and down; what stands above the text goes before it."""

    paste_requested = Signal()
    """What is on the clipboard is to be enclosed."""

    def __init__(self, parent: QWidget, *, join: Join) -> None:
        super().__init__(parent, join=join)
        self._order: list[Attachment | None] = [None]
        """None is the text."""
        self._rows: list[_EnclosureRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self._choose, self._paste = WordButton(self, height=26), WordButton(self, height=26)
        self._choose.clicked.connect(self._ask_files)
        self._paste.clicked.connect(self.paste_requested)
        self._column.addLayout(self._list)
        self._column.addWidget(beside(self, self._choose, self._paste))
        self.retranslate()

    def show_details(self, sheet: DetailSheet) -> None:
        before = [each for each in sheet.attachments if each.before]
        after = [each for each in sheet.attachments if not each.before]
        self._order = [*before, None, *after]
        self._arrange()

    def told(self, sheet: DetailSheet) -> DetailSheet:
        text = self._order.index(None)
        placed = (
            replace(each, before=place < text) for place, each in enumerate(self._order) if each is not None
        )
        return replace(sheet, attachments=tuple(placed))

    def add(self, paths: Sequence[Path]) -> None:
        """Enclose the files at *paths* behind what there is."""
        known = {each.path for each in self._order if each is not None}
        new = (path for path in paths if str(path) not in known)
        self._order += [Attachment(path=str(path), kind=kind_of(path)) for path in new]
        self._arrange()
        self.typed.emit()

    def point_out(self, row: int) -> None:  # noqa: ARG002 (for those with slips)
        self.keyboard_wanted.emit(self._choose)

    def retranslate(self) -> None:
        self._choose.say(_("＋ 选图片或文件…"))
        self._paste.say(_("＋ 贴图片"), hint=_("剪贴板里的截图或文件；拖进来也行"))
        self._arrange()

    def _arrange(self) -> None:
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        shown = self._order if len(self._order) > 1 else []
        self._rows = [
            _EnclosureRow(self, each, last=place == len(shown) - 1, first=not place)
            for place, each in enumerate(shown)
        ]
        for place, row in enumerate(self._rows):
            row.moved.connect(lambda by, place=place: self._move(place, by))
            row.removed.connect(lambda place=place: self._remove(place))
            row.turned.connect(lambda place=place: self._turn(place))
            self._list.addWidget(row)
            row.show()
        self.arranged.emit()

    def _move(self, place: int, by: int) -> None:
        self._order.insert(place + by, self._order.pop(place))
        self._arrange()
        self.keyboard_wanted.emit(self._rows[place + by].mover(by))
        self.typed.emit()

    def _remove(self, place: int) -> None:
        self.keyboard_wanted.emit(self._choose)
        self._order.pop(place)
        self._arrange()
        self.typed.emit()

    def _turn(self, place: int) -> None:
        """Have a picture go as a file, or the other way round."""
        each = self._order[place]
        if each is not None:
            as_file = each.kind is AttachmentKind.IMAGE
            self._order[place] = replace(each, kind=AttachmentKind.FILE if as_file else AttachmentKind.IMAGE)
            self._arrange()
            self.keyboard_wanted.emit(self._rows[place].kind)
            self.typed.emit()

    def _ask_files(self) -> None:
        dialog = QFileDialog(self.window(), _("选图片或文件"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.add([Path(name) for name in names]))
        dialog.finished.connect(lambda: self.keyboard_wanted.emit(self._choose))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class _EnclosureRow(QWidget):
    moved = Signal(int)
    """One up (-1) or down (1)."""
    removed = Signal()
    turned = Signal()

    def __init__(self, parent: QWidget, enclosed: Attachment | None, *, first: bool, last: bool) -> None:
        super().__init__(parent)
        name = _("正文") if enclosed is None else Path(enclosed.path).name
        told = Words(self, role="quiet" if enclosed is None else "", size=12)
        told.say(name)
        told.setToolTip("" if enclosed is None else _seen(enclosed))
        self.kind = WordButton(self, height=24)
        self._up = self._mover("↑", _("{name} 往前").format(name=name))
        self._down = self._mover("↓", _("{name} 往后").format(name=name))
        remove = WordButton(self, role="quiet", size=13, height=24)
        remove.say("×", name=_("去掉 {name}").format(name=name), hint=_("去掉"))
        remove.setFixedWidth(24)
        self._up.setEnabled(not first)
        self._down.setEnabled(not last)
        self._up.clicked.connect(lambda: self.moved.emit(-1))
        self._down.clicked.connect(lambda: self.moved.emit(1))
        self.kind.clicked.connect(self.turned)
        remove.clicked.connect(self.removed)
        self._say_kind(enclosed, name)
        for each in (self.kind, remove):
            shown = each.sizePolicy()
            shown.setRetainSizeWhenHidden(True)
            each.setSizePolicy(shown)
            each.setVisible(enclosed is not None)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(told, 1)
        for each in (self.kind, self._up, self._down, remove):
            row.addWidget(each)

    def mover(self, by: int) -> QWidget:
        """What moves it on by *by*, or back where it can go no further."""
        wanted, other = (self._down, self._up) if by > 0 else (self._up, self._down)
        return wanted if wanted.isEnabled() else other

    def _mover(self, sign: str, words: str) -> WordButton:
        button = WordButton(self, role="quiet", size=13, height=24)
        button.say(sign, name=words, hint=words)
        button.setFixedWidth(24)
        return button

    def _say_kind(self, enclosed: Attachment | None, name: str) -> None:
        picture = enclosed is not None and enclosed.kind is AttachmentKind.IMAGE
        words = _("图片") if picture else _("文件")
        hint = _("以图片发；点一下改成以文件发") if picture else _("以文件发；点一下改成以图片发")
        self.kind.say(words, name=f"{name} {words}", hint=hint)


def _seen(enclosed: Attachment) -> str:
    """Where it lies, and a picture to be looked at; it is read when that is asked for."""
    path = escape(enclosed.path)
    if enclosed.kind is not AttachmentKind.IMAGE:
        return path
    return f'<img src="{escape(enclosed.path, quote=True)}" width="{_SEEN}"><br>{path}'
