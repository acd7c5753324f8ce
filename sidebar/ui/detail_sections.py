"""What not every phrase needs, folded away: a word for each part, with how much of it there is."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from sidebar.domain.detail_reading import Part
from sidebar.domain.detail_sheets import DetailSheet
from sidebar.services.editing import Checked
from sidebar.ui import theme
from sidebar.ui.controls import Hint, WordButton, Words
from sidebar.ui.section import Join, Section
from sidebar.ui.theme import Theme
from sidebar.ui.wording import _

_COLUMNS = 4


class DetailSections(QWidget):
    """A part is open where the phrase has something of it or it is asked for; only then it is made."""

    typed = Signal()
    keyboard_wanted = Signal(QWidget)
    arranged = Signal()
    """There are other controls than before."""
    paste_requested = Signal()
    place_wanted = Signal(str)

    def __init__(self, parent: QWidget, *, join: Join, clients: Sequence[tuple[str, str]]) -> None:
        super().__init__(parent)
        self._join = join
        self._clients = tuple(clients)
        self._theme = theme.LIGHT
        self._checked = Checked()
        self._sheet = DetailSheet()
        self._sections: dict[Part, Section] = {}
        self._blocks: dict[Part, _Block] = {}
        self._heads = {part: self._head(part) for part in Part}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.setSpacing(10)
        grid = QGridLayout()
        grid.setSpacing(6)
        for place, head in enumerate(self._heads.values()):
            grid.addWidget(head, place // _COLUMNS, place % _COLUMNS)
        self._column.addLayout(grid)

    def show_details(self, sheet: DetailSheet) -> None:
        """Have *sheet*, those parts open that it has something of."""
        self._sheet = sheet
        for section in self._sections.values():
            section.show_details(sheet)
        for part, count in _counts(sheet).items():
            self._set_open(part, bool(count))
        self._say_counts()

    def told(self) -> DetailSheet:
        """What stands here; a part that was never opened is as it was."""
        sheet = self._sheet
        for section in self._sections.values():
            sheet = section.told(sheet)
        return sheet

    def show_checked(self, checked: Checked) -> None:
        self._checked = checked
        for section in self._sections.values():
            section.show_checked(checked, self._theme)

    def show_theme(self, shown: Theme) -> None:
        self._theme = shown

    def open(self, part: Part) -> Section:
        """Have that part open."""
        self._set_open(part, True)
        return self._sections[part]

    def retranslate(self) -> None:
        for section in self._sections.values():
            section.retranslate()
        for part, block in self._blocks.items():
            block.say(*_words(part))
        self._say_counts()

    def _head(self, part: Part) -> WordButton:
        head = WordButton(self, role="part", height=28)
        head.setCheckable(True)
        head.clicked.connect(partial(self._on_head_clicked, part))
        return head

    def _on_head_clicked(self, part: Part) -> None:
        opened = self._heads[part].isChecked()
        self._set_open(part, opened)
        if opened:
            self._sections[part].begin()
            self.typed.emit()

    def _set_open(self, part: Part, opened: bool) -> None:
        if opened and part not in self._sections:
            self._make(part)
        self._heads[part].setChecked(opened)
        block = self._blocks.get(part)
        if block is not None and block.isHidden() is opened:
            block.setVisible(opened)
            self.arranged.emit()

    def _make(self, part: Part) -> None:
        block = self._blocks[part] = _Block(self)
        section = self._sections[part] = self._makers()[part](block, join=self._join)
        section.show_details(self._sheet)
        section.show_checked(self._checked, self._theme)
        section.typed.connect(self._on_section_typed)
        section.keyboard_wanted.connect(self.keyboard_wanted)
        section.arranged.connect(self.arranged)
        block.hold(section)
        block.say(*_words(part))
        block.hide()
        parts = tuple(Part)
        later = [each for each in self._blocks if parts.index(each) > parts.index(part)]
        first = min(later, key=parts.index, default=None)
        self._column.insertWidget(-1 if first is None else self._column.indexOf(self._blocks[first]), block)

    def _makers(self) -> "Mapping[Part, Callable[..., Section]]":
        from sidebar.ui.fitting_section import FittingSection
        from sidebar.ui.note_section import NoteSection
        from sidebar.ui.option_section import OptionSection
        from sidebar.ui.promise_section import PromiseSection
        from sidebar.ui.variant_section import VariantSection
        from sidebar.ui.way_section import WaySection

        return {
            Part.VARIANTS: VariantSection,
            Part.FIELDS: self._made_fields,
            Part.PROMISE: PromiseSection,
            Part.OPTIONS: OptionSection,
            Part.ENCLOSED: self._made_enclosures,
            Part.ONLY: partial(FittingSection, clients=self._clients),
            Part.WAYS: partial(WaySection, clients=self._clients),
            Part.NOTE: NoteSection,
        }

    def _made_fields(self, parent: QWidget, *, join: Join) -> Section:
        from sidebar.ui.field_section import FieldSection

        section = FieldSection(parent, join=join)
        section.place_wanted.connect(self.place_wanted)
        return section

    def _made_enclosures(self, parent: QWidget, *, join: Join) -> Section:
        from sidebar.ui.enclosure_section import EnclosureSection

        section = EnclosureSection(parent, join=join)
        section.paste_requested.connect(self.paste_requested)
        return section

    def _on_section_typed(self) -> None:
        self._say_counts()
        self.typed.emit()

    def _say_counts(self) -> None:
        for part, count in _counts(self.told()).items():
            name, hint = _words(part)
            shown = f"{name} {count}" if count else name
            self._heads[part].say(shown, hint=hint)


class _Block(QWidget):
    """A part that is open: its name, what it is for, and what it holds."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._hint = Words(self, size=12, strong=True), Hint(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self._name)
        self._column.addWidget(self._hint)

    def hold(self, section: Section) -> None:
        self._column.addWidget(section)

    def say(self, name: str, hint: str) -> None:
        self._name.say(name)
        self._hint.say(hint)


def _counts(sheet: DetailSheet) -> dict[Part, int]:
    """How much there is of each part."""
    promised = bool(sheet.promise_within.strip() or sheet.promise_about.strip())
    followed = bool(sheet.after.strip() or sheet.within.strip() or sheet.about.strip())
    return {
        Part.VARIANTS: sum(bool(text.strip()) for text in sheet.variants),
        Part.FIELDS: sum(bool(field.name.strip()) for field in sheet.fields),
        Part.PROMISE: promised + followed,
        Part.OPTIONS: sum(bool(option.text.strip()) for option in sheet.options),
        Part.ENCLOSED: len(sheet.attachments),
        Part.ONLY: len(sheet.clients) + len(sheet.categories),
        Part.WAYS: len(sheet.ways),
        Part.NOTE: int(bool(sheet.note.strip())),
    }


def _words(part: Part) -> tuple[str, str]:
    """What a part is called, and what it is for."""
    name, hint = {
        Part.VARIANTS: (_("变体"), _("同样意思的别的说法；同一位买家不会连着收到同一句。")),
        Part.FIELDS: (_("填写项"), _("正文里写成 {{名称}} 的位置，插入前问你填什么。")),
        Part.PROMISE: (_("承诺"), _("插入时算出到点时间，写在正文的 {{承诺}} 处，并记一条跟进。")),
        Part.OPTIONS: (_("备选"), _("让买家选的一到三个方案，写在正文的 {{方案}} 处或末尾。")),
        Part.ENCLOSED: (_("附件"), _("图片和文件，按这里的顺序发；可以拖进来或粘贴。")),
        Part.ONLY: (_("适用"), _("只在这些客户端、这类会话里列出来。")),
        Part.WAYS: (_("发送"), _("在某个客户端里换行或发送的做法不一样时写在这里。")),
        Part.NOTE: (_("备忘"), _("只给你自己看，不会发出去。")),
    }[part]
    return name, hint.format()
