"""The import panel: what is asked, what is told, in both languages, and the thread behind it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QProgressBar
from pytestqt.qtbot import QtBot

from sidebar.domain.enclosures import EnclosureState
from sidebar.errors import ExchangeError, ExchangeFault, PackFault, RowFault
from sidebar.qt.tasks import Tasks
from sidebar.services.importing import FileTold, Importing, ImportView, RowTold, Step, Watch
from sidebar.ui import import_words, wording
from sidebar.ui.controls import Hint, Words
from sidebar.ui.import_panel import ImportPanel
from sidebar.ui.import_presenter import ImportPresenter
from sidebar.ui.window import SidebarWindow
from tests.exchange.answers import ANSWERS, Answer
from tests.services.test_importing import FakePlan, FakeTaken
from tests.ui.gestures import choose, heard, named, open_menu, press, settle

READY = ImportView(
    step=Step.READY,
    name="话术表",
    format="seller-im",
    encoding="gb18030",
    new=12,
    changed=3,
    same=5,
    error_count=2,
    errors=(
        RowTold(row=7, fault=RowFault.NO_TEXT, detail=""),
        RowTold(row=9, fault=PackFault.BAD_HOTKEY, detail="q"),
    ),
    notes=(RowTold(row=3, fault=RowFault.PICTURE_LEFT, detail="a.png"),),
)


def opened(window: SidebarWindow, view: ImportView) -> ImportPanel:
    panel = ImportPanel(window)
    window.open_panel(panel)
    panel.show_view(view)
    settle()
    return panel


def said(panel: QObject) -> list[str]:
    found: Iterable[Hint | Words] = (*panel.findChildren(Words), *panel.findChildren(Hint))
    return [each.text() for each in found if each.isVisible()]


def test_the_dry_run_is_told_with_its_rows(window: SidebarWindow) -> None:
    panel = opened(window, READY)
    assert said(panel) == [
        "导入话术",
        "话术表",
        "客户端的快捷短语 · GB18030",
        "新增 12 条，更改 3 条，不变 5 条；2 行有错，没有收进来",
        "第 7 行：没有内容",
        "第 9 行：快捷键 q 不能用，请写成 ctrl+alt+9 这样",
        "第 3 行：图片或文件 a.png 没有一起带来",
    ]
    wanted = heard(panel.bring_in_requested)
    press(named(window, "导入 15 条"))
    assert len(wanted) == 1


def test_pictures_and_files_are_told_of(window: SidebarWindow) -> None:
    files = (
        FileTold(row=3, name="尺码.png", state=EnclosureState.NEW),
        FileTold(row=4, name="b.pdf", state=EnclosureState.CHANGED, sheet="库.yaml"),
        FileTold(row=5, name="c.png", state=EnclosureState.REMOVED),
    )
    counts = tuple((state, number) for number, state in enumerate(EnclosureState, start=1))
    panel = opened(window, replace(READY, notes=(), files=files, file_counts=counts))
    assert said(panel)[4] == "图片和文件：新增 1，更换 2，不变 3，缺少 4，去掉 5"
    assert said(panel)[-3:] == [
        "第 3 行：尺码.png 新增",
        "库.yaml · 第 4 行：b.pdf 换成另一份",
        "第 5 行：c.png 去掉",
    ]


def test_it_speaks_english(window: SidebarWindow) -> None:
    panel = opened(window, READY)
    wording.use("en")
    window.retranslate()
    settle()
    assert said(panel)[3:5] == [
        "new 12, changed 3, same 5; 2 rows with errors were left out",
        "row 7: there is no text",
    ]


def test_where_nothing_would_change_nothing_can_be_imported(window: SidebarWindow) -> None:
    panel = opened(window, replace(READY, new=0, changed=0))
    assert "没有要写的。" in said(panel)


def test_the_bar_moves_without_the_panel_being_built_anew(window: SidebarWindow) -> None:
    panel = opened(window, ImportView(step=Step.READING, name="a.xlsx"))
    (bar,) = panel.findChildren(QProgressBar)
    panel.show_progress(50, 200)
    assert (bar.value(), bar.maximum()) == (50, 200)
    cancelled = heard(panel.cancel_requested)
    press(named(window, "取消"))
    assert len(cancelled) == 1


def test_an_undo_is_offered_where_there_is_something_to_undo(window: SidebarWindow) -> None:
    panel = opened(window, ImportView(step=Step.CHOOSE, undoable=True))
    wanted = heard(panel.undo_requested)
    press(named(window, "撤销上次导入"))
    assert len(wanted) == 1


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=lambda answer: answer.format)
def test_every_format_has_a_name_that_people_use(answer: Answer) -> None:
    own_spelling = {"espanso", "speech-repo"}
    name = import_words.format_name(answer.format)
    assert (name == answer.format) is (answer.format in own_spelling)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_trouble_has_its_words(language: str) -> None:
    wording.use(language)
    for fault in ExchangeFault:
        words = import_words.trouble(ExchangeError("said", fault=fault, name="a.csv", detail="7"))
        assert words.endswith(("。", "."))
        assert "{" not in words
    for row_fault in (*RowFault, *PackFault):
        words = import_words.row(RowTold(row=3, fault=row_fault, detail="7"))
        assert "3" in words
        assert "{" not in words


def test_it_is_opened_from_the_menu(window: SidebarWindow) -> None:
    wanted = heard(window.import_requested)
    press(named(window, "菜单"))
    choose(open_menu(), "导入话术…")
    assert len(wanted) == 1


def test_a_file_is_read_on_another_thread_and_shown_on_this_one(window: SidebarWindow, qtbot: QtBot) -> None:
    tasks = Tasks()
    panel = ImportPanel(window)
    written: list[object] = []

    def read(_path: Path, watch: Watch) -> FakePlan:
        assert watch(1, 2)
        return FakePlan()

    def begin(progress: Callable[[int, int], None], changed: Callable[[], None]) -> Importing:
        return Importing(
            read=read,
            write=written.append,
            undo=FakeTaken,
            undoable=lambda: bool(written),
            run=tasks.run,
            progress=progress,
            changed=changed,
        )

    presenter = ImportPresenter(panel, begin=begin)
    assert presenter.parent() is panel
    window.open_panel(panel)
    panel.chosen.emit("phrases.csv")
    qtbot.waitUntil(lambda: "phrases" in said(panel))
    press(named(window, "导入 3 条"))
    qtbot.waitUntil(lambda: "已导入 phrases" in said(panel))
    assert written == [FakePlan()]
    press(named(window, "撤销这次导入"))
    qtbot.waitUntil(lambda: "已撤销 phrases 的导入" in said(panel))
    window.close_panel()
    tasks.finish()
