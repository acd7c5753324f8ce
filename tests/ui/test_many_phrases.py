"""Many phrases at once: changed, pasted, thrown away and put back, by keys alone."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListWidget, QWidget

from sidebar.domain.bulk_edits import BulkEdit, To
from sidebar.domain.edits import Binned, PackPlace
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.pasted import Pasted
from sidebar.domain.phrases import Phrase, Stage
from sidebar.ui.bin_panel import BinPanel
from sidebar.ui.bulk_panel import BulkPanel
from sidebar.ui.panel import Panel
from sidebar.ui.paste_panel import PastePanel
from sidebar.ui.picker import Picker
from sidebar.ui.typing_line import TypingLine
from sidebar.ui.window import SidebarWindow
from tests.ui.gestures import heard, named, press

CONTROL = Qt.KeyboardModifier.ControlModifier
PHRASES = tuple(Phrase(id=PhraseId(name), title=f"话术 {name}", body=name * 3) for name in "abc")


def search(query: str) -> Sequence[Phrase]:
    return [each for each in PHRASES if query in each.body]


def line(panel: Panel, name: str) -> TypingLine:
    (found,) = (each for each in panel.findChildren(TypingLine) if each.accessibleName().startswith(name))
    return found


def picker(panel: Panel, name: str) -> Picker:
    (found,) = (each for each in panel.findChildren(Picker) if each.accessibleName().startswith(name))
    return found


def the_rows(panel: Panel) -> QListWidget:
    lists = panel.findChildren(QListWidget)
    (found,) = (each for each in lists if each.accessibleName().startswith("话术"))
    return found


def said(panel: Panel) -> str:
    return "\n".join(each.text() for each in panel.findChildren(QLabel) if each.isVisible())


@pytest.fixture
def bulk(window: SidebarWindow) -> BulkPanel:
    panel = BulkPanel(window, search=search, ticked=(PhraseId("b"),))
    window.open_panel(panel)
    return panel


def focused(window: SidebarWindow) -> QWidget:
    found = window.focusWidget()
    assert found is not None
    return found


def test_phrases_are_ticked_and_changed_by_keys(window: SidebarWindow, bulk: BulkPanel) -> None:
    changes = heard(bulk.change_requested)
    assert isinstance(focused(window), QListWidget)
    assert "已选 1 条" in said(bulk)
    QTest.keyClick(focused(window), Qt.Key.Key_Down)
    QTest.keyClick(focused(window), Qt.Key.Key_Space)
    line(bulk, "加标签").setText("早班，催")
    QTest.keyClick(picker(bulk, "阶段"), Qt.Key.Key_Up)
    QTest.keyClick(line(bulk, "加标签"), Qt.Key.Key_Return, CONTROL)
    edit = BulkEdit(add=("早班", "催"), stage=To(Stage.CALL_BACK))
    assert changes == [((PHRASES[1], PHRASES[0]), edit, "")]


def test_ctrl_a_ticks_all_and_none(window: SidebarWindow, bulk: BulkPanel) -> None:
    thrown = heard(bulk.throw_requested)
    QTest.keyClick(focused(window), Qt.Key.Key_A, CONTROL)
    assert "已选 3 条" in said(bulk)
    QTest.keyClick(focused(window), Qt.Key.Key_A, CONTROL)
    assert "已选 0 条" in said(bulk)
    assert not named(window, "删除").isEnabled()
    QTest.keyClick(focused(window), Qt.Key.Key_A, CONTROL)
    press(named(window, "删除"))
    ((phrases,),) = thrown
    assert isinstance(phrases, tuple)
    assert {each.id for each in phrases} == set("abc")


def test_a_click_anywhere_on_a_row_ticks_it(window: SidebarWindow, bulk: BulkPanel) -> None:
    rows = the_rows(bulk)
    for place in (1, 0):
        box = rows.visualItemRect(rows.item(place))
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert "已选 1 条" in said(bulk)
    box = rows.visualItemRect(rows.item(0))
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=box.topLeft() + QPoint(9, 9))
    assert "已选 2 条" in said(bulk)
    assert window.has_keyboard


def test_ticks_stay_while_something_else_is_searched_for(window: SidebarWindow, bulk: BulkPanel) -> None:
    changes = heard(bulk.change_requested)
    line(bulk, "找哪些话术").setText("c")
    rows = the_rows(bulk)
    assert [rows.item(row).text() for row in range(rows.count())] == ["话术 b", "话术 c"]
    bulk.offer_packs([PackPlace(file="team.yaml", name="团队")])
    QTest.keyClick(picker(bulk, "移到"), Qt.Key.Key_Down)
    press(named(window, "修改"))
    assert changes == [((PHRASES[1],), BulkEdit(), "team.yaml")]


def test_where_nothing_is_to_be_changed_nothing_is(window: SidebarWindow, bulk: BulkPanel) -> None:
    changes = heard(bulk.change_requested)
    press(named(window, "修改"))
    assert changes == []
    QTest.keyClick(bulk, Qt.Key.Key_Escape)
    assert window.has_keyboard is False


def test_a_pasted_text_is_shown_as_what_it_would_be(window: SidebarWindow) -> None:
    panel = PastePanel(window, clipboard=lambda: "您好\n旧的\n催件了，请稍等")
    panel.know({"旧的"})
    wanted = heard(panel.wanted)
    window.open_panel(panel)
    assert "您好\n旧的（已经有了）\n催件了 — 催件了，请稍等" in said(panel)
    assert named(window, "新建 2 条").isEnabled()
    line(panel, "分组").setText("物流")
    QTest.keyClick(focused(window), Qt.Key.Key_Return, CONTROL)
    new = (Pasted(title="您好", body="您好"), Pasted(title="催件了", body="催件了，请稍等"))
    assert wanted == [(new, "物流")]
    picker(panel, "怎么分").pick("paragraphs")
    assert named(window, "新建 1 条").isEnabled()


def test_an_empty_clipboard_makes_nothing(window: SidebarWindow) -> None:
    panel = PastePanel(window, clipboard=str)
    wanted = heard(panel.wanted)
    window.open_panel(panel)
    assert not named(window, "新建 0 条").isEnabled()
    QTest.keyClick(focused(window), Qt.Key.Key_Return, CONTROL)
    assert wanted == []


def test_the_bin_says_how_long_it_keeps_and_gives_back_by_key(window: SidebarWindow) -> None:
    panel = BinPanel(window)
    wanted = heard(panel.restore_requested)
    window.open_panel(panel)
    at = datetime(2026, 11, 1, 12, tzinfo=UTC)
    thrown = [Binned(phrase=each, at=at) for each in PHRASES[:2]]
    panel.show_thrown(thrown)
    assert "话术 a" in said(panel)
    assert "留到 12月1日" in said(panel)
    assert focused(window).accessibleName() == "放回话术 a"
    QTest.keyClick(focused(window), Qt.Key.Key_Space)
    assert wanted == [(thrown[0],)]
    panel.show_thrown([])
    assert "回收站是空的" in said(panel)
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert panel.gone or not panel.isVisible()
