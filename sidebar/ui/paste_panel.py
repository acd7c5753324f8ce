"""Many phrases from one text, in the phrases' place: shown as what they would be before they are."""

from collections.abc import Callable, Collection

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from sidebar.domain.pasted import Manner, Pasted, manner_of, read_pasted
from sidebar.ui.body_box import BodyBox
from sidebar.ui.controls import Hint, WordButton
from sidebar.ui.field_editors import boxed
from sidebar.ui.form_panel import FormPanel
from sidebar.ui.group_line import GroupLine, Suggest, no_group
from sidebar.ui.picker import Picker
from sidebar.ui.wording import _

_SHOWN = 30
"""Of what would be made, what is listed; who pastes more has seen by then how it is parted."""


class PastePanel(FormPanel):
    """What there are phrases of already, as `know` is told, is not made again."""

    wanted = Signal(object, str)
    """What is to be made, and in which group."""

    def __init__(
        self, parent: QWidget | None = None, *, clipboard: Callable[[], str], suggest: Suggest = no_group
    ) -> None:
        super().__init__(parent)
        self._known: Collection[str] = ()
        self._text = BodyBox(height=120)
        self._manner = Picker(self)
        self._group = GroupLine(self, suggest=suggest)
        self._list = Hint(self)
        self._make = WordButton(self, role="main")
        self._show((boxed(self._text, self), self._manner, self._group, self._make, self._list))
        self._text.setPlainText(clipboard())
        self._text.textChanged.connect(self._refresh)
        self._manner.picked.connect(self._refresh)
        self._make.clicked.connect(self._submit)
        self._join_field(self._text)
        self._join_field(self._manner)
        self._join_field(self._group.line)

    def know(self, texts: Collection[str]) -> None:
        """There are phrases of these *texts* already."""
        self._known = texts
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.keyboard_wanted.emit(self._text)

    def retranslate(self) -> None:
        super().retranslate()
        self._heading.say(_("一次贴多条"))
        self._text.setAccessibleName(_("要变成话术的文字"))
        self._text.setPlaceholderText(_("从表格贴：标题、正文两列；从文档贴：空行隔开，或一行一条"))
        self._group.say(_("分组"), _("放进分组，比如 物流/核实"))
        manners = (
            ("", _("自动")),
            (str(Manner.LINES), _("一行一条")),
            (str(Manner.PARAGRAPHS), _("空行隔开")),
            (str(Manner.CELLS), _("表格：标题、正文、编码")),
        )
        self._manner.offer(_("怎么分"), manners, self._manner.value)
        self._refresh()

    def _found(self) -> tuple[Pasted, ...]:
        manner = Manner(self._manner.value) if self._manner.value else manner_of(self._text.words)
        return read_pasted(self._text.words, manner)

    def _new(self) -> tuple[Pasted, ...]:
        return tuple(each for each in self._found() if each.body not in self._known)

    def _refresh(self) -> None:
        found = self._found()
        new = sum(each.body not in self._known for each in found)
        self._make.setEnabled(bool(new))
        self._make.say(_("新建 {count} 条").format(count=new))
        lines = [self._told(each) for each in found[:_SHOWN]]
        if len(found) > _SHOWN:
            lines.append(_("还有 {count} 条").format(count=len(found) - _SHOWN))
        self._list.say("\n".join(lines))

    def _told(self, each: Pasted) -> str:
        line = " · ".join(filter(None, (each.title, each.code)))
        text = each.body.replace("\n", " ⏎ ")
        told = line if text == each.title else f"{line} — {text[:40]}"
        return _("{phrase}（已经有了）").format(phrase=told) if each.body in self._known else told

    def _submit(self) -> None:
        new = self._new()
        if new:
            self.wanted.emit(new, self._group.line.text())
