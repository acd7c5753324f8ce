"""Bringing phrases in, in the phrases' place: a file, what it would do, done, taken back."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from sidebar.services.importing import ImportView, RowTold, Step
from sidebar.ui import import_words
from sidebar.ui.controls import Hint, WordButton, Words
from sidebar.ui.panel import Panel
from sidebar.ui.wording import _


class ImportPanel(Panel):
    """Shows what an `Importing` stands at, and says what the agent wants."""

    chosen = Signal(str)
    """The path of a file or folder."""
    cancel_requested = Signal()
    bring_in_requested = Signal()
    undo_requested = Signal()
    over_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: ImportView | None = None
        self._bar: QProgressBar | None = None

    def show_view(self, view: ImportView) -> None:
        if view == self._view:
            return
        self._view = view
        self._bar = None
        parts = {
            Step.CHOOSE: self._ask_file,
            Step.READING: self._tell_reading,
            Step.READY: self._tell_plan,
            Step.WRITING: self._tell_writing,
            Step.DONE: self._tell_done,
            Step.TAKEN_BACK: self._tell_taken_back,
        }[view.step]
        self._show(parts(view))

    def show_progress(self, done: int, total: int) -> None:
        """Move the bar; *total* may grow on the way."""
        if self._bar is not None:
            self._bar.setRange(0, max(total, 1))
            self._bar.setValue(done)

    def retranslate(self) -> None:
        super().retranslate()
        self._heading.say(_("导入话术"))
        if self._view is not None:
            view, self._view = self._view, None
            self.show_view(view)

    def _ask_file(self, view: ImportView) -> Iterator[QWidget]:
        if view.trouble is not None:
            yield self._hint(import_words.trouble(view.trouble), role="trouble")
        yield self._hint(
            _(
                "千牛等客户端导出的快捷短语、Excel 和 CSV 表格、QuickText、espanso、AutoKey、Beeftext、"
                "TextExpander、Alfred、AutoHotkey，还有客服系统的 JSON 都能读。"
                "侧栏导出的 zip 连图片和文件一起带来。"
                "先给你看会改什么，点「导入」才写进去。"
            )
        )
        yield self._button(_("选择文件…"), lambda: self._ask_path(QFileDialog.FileMode.ExistingFile), "main")
        yield self._button(_("选择文件夹…"), lambda: self._ask_path(QFileDialog.FileMode.Directory))
        if view.undoable:
            yield self._button(_("撤销上次导入"), self.undo_requested.emit)

    def _tell_reading(self, view: ImportView) -> Iterator[QWidget]:
        yield self._hint(_("正在读 {name}…").format(name=view.name))
        bar = self._bar = QProgressBar(self)
        bar.setRange(0, 1)
        bar.setTextVisible(False)
        bar.setFixedHeight(6)
        bar.setAccessibleName(_("进度"))
        yield bar
        yield self._button(_("取消"), self.cancel_requested.emit)

    def _tell_plan(self, view: ImportView) -> Iterator[QWidget]:
        yield self._words(view.name)
        kind = (import_words.format_name(view.format), view.encoding.upper())
        yield self._hint(" · ".join(filter(None, kind)))
        yield from self._counted(view)
        count = view.new + view.changed
        if count:
            label = _("导入 {count} 条").format(count=count)
            yield self._button(label, self.bring_in_requested.emit, "main")
        else:
            yield self._hint(_("没有要写的。"))
        yield self._button(_("换一个文件"), self.over_requested.emit)
        yield from self._rows(view.errors, "trouble")
        if view.error_count > len(view.errors):
            yield self._hint(_("还有 {count} 行。").format(count=view.error_count - len(view.errors)))
        yield from self._rows(view.notes, "quiet")
        for told in view.files:
            yield self._hint(import_words.file(told))

    def _tell_writing(self, view: ImportView) -> Iterator[QWidget]:
        yield self._hint(_("正在写入 {name}…").format(name=view.name))

    def _tell_done(self, view: ImportView) -> Iterator[QWidget]:
        yield self._words(_("已导入 {name}").format(name=view.name))
        yield from self._counted(view)
        yield self._button(_("撤销这次导入"), self.undo_requested.emit)
        yield self._button(_("再导入一个"), self.over_requested.emit)

    def _tell_taken_back(self, view: ImportView) -> Iterator[QWidget]:
        yield self._words(_("已撤销 {name} 的导入").format(name=view.name))
        yield self._hint(_("{count} 条回到了导入以前。").format(count=view.changed))
        if view.kept:
            yield self._hint(_("{count} 条后来改过，保留现在的样子。").format(count=view.kept))
        yield self._button(_("再导入一个"), self.over_requested.emit)

    def _counted(self, view: ImportView) -> Iterator[QWidget]:
        yield self._hint(_counts(view))
        if files := import_words.files(view):
            yield self._hint(files)

    def _rows(self, rows: tuple[RowTold, ...], role: str) -> Iterator[QWidget]:
        for told in rows:
            yield self._hint(import_words.row(told), role=role)

    def _ask_path(self, mode: QFileDialog.FileMode) -> None:
        dialog = QFileDialog(self.window(), _("导入话术"))
        dialog.setFileMode(mode)
        dialog.fileSelected.connect(self.chosen)
        dialog.finished.connect(self.keyboard_done)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _hint(self, text: str, *, role: str = "quiet") -> Hint:
        hint = Hint(self, role=role)
        hint.say(text)
        return hint

    def _words(self, text: str) -> Words:
        words = Words(self, strong=True)
        words.say(text)
        return words

    def _button(self, text: str, action: Callable[[], object], role: str = "") -> WordButton:
        button = WordButton(self, role=role)
        button.say(text)
        button.clicked.connect(lambda: action())
        return button


def _counts(view: ImportView) -> str:
    counts = _("新增 {new} 条，更改 {changed} 条，不变 {same} 条").format(
        new=view.new, changed=view.changed, same=view.same
    )
    if not view.error_count:
        return counts
    return _("{counts}；{count} 行有错，没有收进来").format(counts=counts, count=view.error_count)
