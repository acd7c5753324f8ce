"""Writing phrases in the sidebar: by keys alone, judged while typed, never lost."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrase_details import Allowance, Details
from sidebar.domain.phrases import Category, Colour, Phrase, Stage
from sidebar.domain.placeholders import Filled, Values, fill
from sidebar.domain.wording_rules import Remark, Severity, WordingRule
from sidebar.errors import UserError
from sidebar.qt.pasted_pictures import keep_picture
from sidebar.services.editing import Checked, Editing
from sidebar.services.phrase_changes import Deed, PhraseChanges
from sidebar.storage.drafts import FileDrafts
from sidebar.storage.packs import load_packs
from sidebar.storage.phrase_store import PhraseStore
from sidebar.ui import editor_words, wording
from sidebar.ui.body_box import BodyBox
from sidebar.ui.editor_panel import EditorPanel
from sidebar.ui.editor_presenter import EditorPresenter
from sidebar.ui.group_line import no_group
from sidebar.ui.now import Now
from sidebar.ui.picker import Picker
from sidebar.ui.typing_line import TypingLine
from sidebar.ui.window import SidebarWindow
from tests.fakes import FakeTime
from tests.ui import samples
from tests.ui.gestures import choose, compose, heard, line, named, open_menu, press, row_box, the_list

T = TypeVar("T")
NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
MINE = """\
pack: 店里
phrases:
  - id: a
    title: 物流 · 催件   # the usual
    code: wlcj
    body: 已经在催了。
    note: 电话在知识库
"""
SHIPPED = "phrases:\n  - {id: s, title: 问候, body: 您好}\n"
RULE = WordingRule(
    id="soon", severity=Severity.ERROR, reason={"zh": "没有时间"}, suggestion={"zh": "写出时间"}
)


class AtOnce:
    """What is to be done in the background is done at once."""

    def run(
        self, operation: Callable[[], T], *, done: Callable[[T], None], failed: Callable[[UserError], None]
    ) -> None:
        try:
            result = operation()
        except UserError as error:
            failed(error)
        else:
            done(result)


class Shop:
    """A folder of phrases, and the editor over it."""

    def __init__(self, window: SidebarWindow, root: Path) -> None:
        self.window, self.root, self.time = window, root, FakeTime(NOW)
        self.own, self.shipped = root / "phrases", root / "shipped"
        for folder, text in ((self.own, MINE), (self.shipped, SHIPPED)):
            folder.mkdir()
            (folder / "a.yaml").write_text(text, encoding="utf-8", newline="\n")
        self.told: list[Deed] = []
        self.failed: list[UserError] = []
        self.returned: list[str] = []
        window.keyboard_returned.connect(lambda: self.returned.append("keyboard"))
        self.store = PhraseStore(self.own, state=root / "editor", shipped=[self.shipped], name=lambda: "我")
        self.changes = PhraseChanges(
            files=self.store,
            background=AtOnce(),
            now=self.time.now,
            new_id=lambda: "0" * 32,
            applied=lambda: None,
            tell=self.told.append,
            failed=self.failed.append,
        )
        self.panel: EditorPanel | None = None

    def open(
        self,
        name: str = "",
        *,
        clients: Sequence[tuple[str, str]] = (),
        suggest: Callable[[str], Sequence[str]] = no_group,
    ) -> "EditorPanel":
        phrase = self.phrase(name) if name else None

        begin = partial(
            Editing,
            phrase=phrase,
            key=name,
            changes=self.changes,
            drafts=FileDrafts(self.root / "editor" / "drafts.json"),
            same_code=self._same_code,
            fill=self._fill,
            remarks=self._remarks,
            rule=lambda id: RULE if id == RULE.id else None,
            longest=lambda: 12,
        )

        self.panel = EditorPanel(self.window, clients=clients, suggest=suggest)
        EditorPresenter(
            self.panel,
            begin=begin,
            clipboard=lambda: "来自剪贴板",
            scheduler=self.time,
            keep_picture=partial(keep_picture, self.root / "editor" / "pasted"),
            background=AtOnce(),
        )
        self.window.open_panel(self.panel)
        return self.panel

    def _same_code(self, code: str, *, but: PhraseId) -> Phrase | None:
        wanted = code.casefold()
        return next((each for each in self.library() if each.code == wanted and each.id != but), None)

    def _fill(self, phrase: Phrase) -> Filled:
        return fill(phrase, Values(buyer="张女士", now=NOW))

    def _remarks(self, phrase: Phrase) -> tuple[tuple[str, Remark], ...]:
        allowed = phrase.details.allow if phrase.details is not None else ()
        at = phrase.body.find("尽快")
        if at < 0 or any(each.rule == "soon" for each in allowed):
            return ()
        return (
            (
                phrase.body,
                Remark(rule=RULE, severity=Severity.ERROR, start=at, end=at + 2, found="尽快"),
            ),
        )

    def library(self) -> list[Phrase]:
        loaded = load_packs(own=[self.own], shipped=[self.shipped])
        assert loaded.problems == ()
        return [phrase for pack in loaded.packs for phrase in pack.phrases]

    def phrase(self, name: str) -> Phrase:
        return next(each for each in self.library() if each.id == name)

    def line(self, name: str) -> TypingLine:
        assert self.panel is not None
        (found,) = (each for each in self.panel.findChildren(TypingLine) if each.accessibleName() == name)
        return found

    def body(self, name: str = "正文") -> BodyBox:
        assert self.panel is not None
        boxes = self.panel.findChildren(BodyBox)
        (found,) = (each for each in boxes if each.accessibleName() == name and each.isVisible())
        return found

    def picker(self, name: str) -> Picker:
        assert self.panel is not None
        (found,) = self.pickers(name)
        return found

    def pickers(self, name: str) -> list[Picker]:
        """Those whose name is *name*, from top to bottom."""
        assert self.panel is not None
        found = (each for each in self.panel.findChildren(Picker) if each.accessibleName().startswith(name))
        return [each for each in found if each.isVisible()]

    def offered(self) -> list[str]:
        """What the line of the group drops down."""
        assert self.panel is not None
        (rows,) = self.panel.findChildren(QListWidget)
        return [rows.item(row).text() for row in range(rows.count())] if rows.isVisible() else []

    def checked(self) -> Checked:
        """What nothing is to be said of."""
        return Checked()

    def remarks_on(self, text: str) -> tuple[tuple[str, Remark], ...]:
        """That the whole of *text* is wrong."""
        found = Remark(rule=RULE, severity=Severity.ERROR, start=0, end=len(text), found=text)
        return ((text, found),)

    def focused(self) -> QWidget:
        found = self.window.focusWidget()
        assert found is not None
        return found

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focused(), key, modifier)

    def said(self) -> str:
        assert self.panel is not None
        labels = (each for each in self.panel.findChildren(QLabel) if each.isVisible())
        return "\n".join(each.accessibleName() or each.text() for each in labels)


@pytest.fixture
def shop(window: SidebarWindow, tmp_path: Path) -> Shop:
    return Shop(window, tmp_path)


CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_phrase_is_written_by_keys_alone(shop: Shop) -> None:
    shop.open()
    assert shop.focused() is shop.line("标题")
    shop.focused().setProperty("text", "催件")
    shop.key(Qt.Key.Key_Tab)
    assert shop.focused() is shop.body()
    shop.body().insertPlainText("已经在催了")
    shop.key(Qt.Key.Key_Return)
    shop.body().insertPlainText("第二行")
    shop.key(Qt.Key.Key_Tab)
    shop.focused().setProperty("text", "cj")
    shop.key(Qt.Key.Key_Return, CONTROL)
    (made,) = (each for each in shop.library() if each.id.startswith("own."))
    assert (made.title, made.code) == ("催件", "cj")
    assert made.body == "已经在催了\n第二行"
    assert shop.returned == ["keyboard"]
    assert editor_words.done(shop.told[0]) == "已新建「催件」（在找话术里按 Ctrl+Z 撤销）"


def test_only_what_was_touched_is_another(shop: Shop) -> None:
    shop.open("a")
    shop.body().setPlainText("在催了。")
    shop.key(Qt.Key.Key_S, CONTROL)
    text = (shop.own / "a.yaml").read_text(encoding="utf-8")
    assert text == MINE.replace("已经在催了。", "在催了。")


def test_without_a_title_the_text_begins_it_and_without_a_text_nothing_is_saved(shop: Shop) -> None:
    shop.open()
    shop.key(Qt.Key.Key_S, CONTROL)
    assert "还没有正文" in shop.said()
    assert shop.focused() is shop.body()
    shop.body().setPlainText("您的包裹今天寄出，请放心。")
    shop.key(Qt.Key.Key_S, CONTROL)
    assert shop.told[0].title == "您的包裹今天寄出"


def test_choices_are_made_by_arrow_keys(shop: Shop) -> None:
    shop.open("a")
    for name in ("阶段", "类别", "颜色"):
        QTest.keyClick(shop.picker(name), Qt.Key.Key_Down)
    QTest.keyClick(shop.picker("颜色"), Qt.Key.Key_Up)
    QTest.keyClick(shop.picker("颜色"), Qt.Key.Key_Up)
    press(named(shop.window, "★ 收藏"))
    QTest.keyClick(shop.picker("颜色"), Qt.Key.Key_Return, CONTROL)
    assert shop.phrase("a") == replace(
        Phrase(id=PhraseId("a"), title="物流 · 催件", code="wlcj", body="已经在催了。"),
        stage=Stage.GREET,
        category=Category.PRODUCT,
        colour=Colour.GREY,
        favourite=True,
        details=Details(note="电话在知识库"),
    )


def test_escape_gives_up_without_a_word_and_what_was_typed_is_there_the_next_time(shop: Shop) -> None:
    shop.open("a")
    shop.body().setPlainText("写了一半")
    shop.key(Qt.Key.Key_Escape)
    assert shop.returned == ["keyboard"]
    assert (shop.own / "a.yaml").read_text(encoding="utf-8") == MINE
    shop.open("a")
    assert shop.body().toPlainText() == "写了一半"
    assert "这是上次没保存的" in shop.said()
    press(named(shop.window, "不要草稿"))
    assert shop.body().toPlainText() == "已经在催了。"
    shop.key(Qt.Key.Key_Escape)
    shop.open("a")
    assert "这是上次没保存的" not in shop.said()


def test_a_draft_is_kept_while_it_is_typed(shop: Shop) -> None:
    shop.open()
    shop.body().setPlainText("写了一半")
    shop.time.advance(timedelta(seconds=2))
    kept = FileDrafts(shop.root / "editor" / "drafts.json").recall("")
    assert kept is not None
    assert kept.body == "写了一半"


def test_the_window_hidden_meanwhile_costs_nothing(shop: Shop) -> None:
    panel = shop.open("a")
    shop.body().setPlainText("写了一半")
    shop.window.hide()
    shop.window.show()
    panel.save_requested.emit()
    assert shop.phrase("a").body == "写了一半"


def test_the_text_is_shown_as_the_buyer_would_get_it(shop: Shop) -> None:
    shop.open()
    shop.body().setPlainText("{买家}，单号{单号}")
    assert "张女士，单号{单号}" in shop.said()
    press(named(shop.window, "填空"))
    assert "张女士" not in shop.said()
    shop.body().setPlainText("{买家}，单号{单号}。")
    assert "张女士" not in shop.said()
    press(named(shop.window, "填空"))
    shop.body().setPlainText("{买家}，单号{单号}")
    label = next(each for each in shop.panel.findChildren(QLabel) if "张女士" in each.text())  # type: ignore[union-attr]
    assert 'background-color:#fff4e2">{单号}</span>' in label.text()
    assert "10 / 12 字" in shop.said()
    shop.body().setPlainText("一二三四五六七八九十一二三")
    assert "13 字，这个客户端最多 12 字" in shop.said()


def test_wrong_wording_is_told_and_can_be_let_pass_with_a_reason(shop: Shop) -> None:
    shop.open("a")
    shop.body().setPlainText("😊我们会尽快办")
    assert "「尽快」没有时间，写出时间" in shop.said()
    (mark,) = shop.body().extraSelections()
    assert mark.cursor.selectedText() == "尽快"
    press(named(shop.window, "这里不查"))
    assert shop.focused() is shop.line("为什么可以这样说")
    shop.key(Qt.Key.Key_Return)
    assert "已放行「没有时间」：本店确认过" in shop.said()
    press(named(shop.window, "照查"))
    assert "「尽快」没有时间" in shop.said()
    press(named(shop.window, "这里不查"))
    shop.key(Qt.Key.Key_Return)
    shop.panel.save_requested.emit()  # type: ignore[union-attr]
    details = shop.phrase("a").details
    assert details is not None
    assert details.allow == (Allowance(rule="soon", reason="本店确认过"),)
    assert details.note == "电话在知识库"


def test_a_code_that_another_phrase_has_is_told_while_it_is_typed(shop: Shop) -> None:
    shop.open("s")
    shop.line("编码").setText("WLCJ")
    assert "编码已被「物流 · 催件」用了" in shop.said()
    shop.line("编码").setText("wlcj2")
    assert "编码已被" not in shop.said()


def test_a_shipped_phrase_is_copied_and_its_update_is_offered(shop: Shop) -> None:
    shop.open("s")
    assert "保存后成为你自己的一份" in shop.said()
    shop.body().setPlainText("早上好")
    shop.key(Qt.Key.Key_S, CONTROL)
    assert shop.phrase("s").body == "早上好"
    (shop.shipped / "a.yaml").write_text(SHIPPED.replace("您好", "亲，您好"), encoding="utf-8")
    shop.store = PhraseStore(shop.own, state=shop.root / "editor", shipped=[shop.shipped], name=lambda: "我")
    shop.changes._files = shop.store
    shop.open("s")
    assert "自带的这一句已更新：亲，您好" in shop.said()
    press(named(shop.window, "换成新的"))
    assert shop.phrase("s").body == "亲，您好"
    assert [each.phrase.body for each in shop.store.thrown(NOW)] == ["早上好"]


def test_what_was_changed_elsewhere_is_not_overwritten_unasked(shop: Shop) -> None:
    shop.open("a")
    shop.body().setPlainText("我的")
    (shop.own / "a.yaml").write_text(MINE.replace("已经在催了", "那边的"), encoding="utf-8", newline="\n")
    shop.key(Qt.Key.Key_S, CONTROL)
    assert "刚才在别处改过，还没有覆盖：那边的。" in shop.said()
    assert shop.phrase("a").body == "那边的。"
    press(named(shop.window, "仍存我的"))
    assert shop.phrase("a").body == "我的"


def test_theirs_can_be_taken(shop: Shop) -> None:
    shop.open("a")
    shop.body().setPlainText("我的")
    (shop.own / "a.yaml").write_text(MINE.replace("已经在催了", "那边的"), encoding="utf-8", newline="\n")
    shop.key(Qt.Key.Key_S, CONTROL)
    press(named(shop.window, "用那边的"))
    assert shop.body().toPlainText() == "那边的。"
    press(named(shop.window, "保存"))
    assert shop.told == []


def test_a_phrase_is_moved_to_another_file(shop: Shop) -> None:
    (shop.own / "b.yaml").write_text(
        "pack: 别处\nphrases:\n  - {id: b, title: B, body: b}\n", encoding="utf-8"
    )
    shop.open("a")
    QTest.keyClick(shop.picker("存到"), Qt.Key.Key_Down)
    assert shop.picker("存到").accessibleName() == "存到 别处"
    shop.key(Qt.Key.Key_S, CONTROL)
    assert "id: a" in (shop.own / "b.yaml").read_text(encoding="utf-8")
    assert "id: a" not in (shop.own / "a.yaml").read_text(encoding="utf-8")


def test_a_full_disk_is_told_and_the_text_stays(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.open("a")
    shop.body().setPlainText("我的")

    def full(_path: Path, _text: str) -> None:
        raise OSError(28, "No space left on device", "a.yaml")

    monkeypatch.setattr("sidebar.storage.rewriting.replace_text", full)
    shop.key(Qt.Key.Key_S, CONTROL)
    assert "a.yaml 写不进去（No space left on device），内容还在这里" in shop.said()
    monkeypatch.undo()
    press(named(shop.window, "保存"))
    assert shop.phrase("a").body == "我的"


def test_the_clipboards_text_goes_into_the_body(shop: Shop) -> None:
    shop.open()
    press(named(shop.window, "贴剪贴板"))
    assert shop.body().toPlainText() == "来自剪贴板"


def test_letters_of_an_unfinished_word_belong_to_the_input_method(shop: Shop) -> None:
    shop.open()
    compose(shop.line("标题"), "wu")
    QTest.keyClick(shop.line("标题"), Qt.Key.Key_Escape)
    assert shop.panel is not None
    assert shop.panel.isVisible()


def test_it_speaks_english(shop: Shop) -> None:
    shop.open("a")
    wording.use("en")
    shop.window.retranslate()
    assert "Edit phrase" in shop.said()
    assert shop.picker("Stage").accessibleName() == "Stage any"


def test_spaces_that_are_none_to_qt_stay_as_they_are(shop: Shop) -> None:
    text = 'phrases:\n  - {id: n, title: N, body: "1\\u00a0kg\\u2028two"}\n'
    (shop.own / "n.yaml").write_text(text, encoding="utf-8")
    shop.open("n")
    press(named(shop.window, "★ 收藏"))
    shop.key(Qt.Key.Key_S, CONTROL)
    assert (shop.phrase("n").body, shop.phrase("n").favourite) == ("1\u00a0kg\u2028two", True)
    shop.open("n")
    shop.body().moveCursor(QTextCursor.MoveOperation.End)
    shop.body().insertPlainText("!")
    shop.key(Qt.Key.Key_S, CONTROL)
    assert shop.phrase("n").body == "1\u00a0kg\ntwo!"


def test_what_is_heard_after_the_form_was_closed_is_told_to_nobody(
    shop: Shop, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting: list[Callable[[], None]] = []

    def later(
        operation: Callable[[], T], *, done: Callable[[T], None], failed: Callable[[UserError], None]
    ) -> None:
        waiting.append(lambda: AtOnce().run(operation, done=done, failed=failed))

    background = AtOnce()
    monkeypatch.setattr(background, "run", later)
    shop.changes._background = background
    panel = shop.open("a")
    shop.body().setPlainText("我的")
    panel.save_requested.emit()
    shop.window.close_panel()
    qtbot.waitUntil(lambda: panel.gone)
    for each in waiting:
        each()
    assert shop.phrase("a").body == "我的"
    assert FileDrafts(shop.root / "editor" / "drafts.json").recall("a") is None


def test_the_search_line_asks_for_what_its_keys_say(window: SidebarWindow) -> None:
    asked = heard(window.editing_requested)
    window.take_keyboard()
    search = line(window, "找话术")
    for key, modifier in (
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_D, CONTROL),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Z, CONTROL),
    ):
        QTest.keyClick(search, key, modifier)
    first = samples.PHRASES[0].phrase
    assert asked == [("edit", first), ("duplicate", first), ("throw", first), ("undo", "")]
    asked.clear()
    QTest.keyClicks(search, "kd")
    QTest.keyClick(search, Qt.Key.Key_Z, CONTROL)
    assert (asked, search.text()) == ([], "")
    QTest.keyClicks(search, "kd")
    QTest.keyClick(search, Qt.Key.Key_N, CONTROL)
    assert asked == [("new", "kd")]


def test_a_row_has_a_menu_of_what_can_be_done_to_it(window: SidebarWindow) -> None:
    asked = heard(window.editing_requested)
    rows = the_list(window, "话术")
    at = row_box(rows, 1).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, rows.viewport().mapToGlobal(at))
    QApplication.sendEvent(rows.viewport(), event)
    choose(open_menu(), "收藏 / 取消收藏")
    assert asked == [("favourite", samples.PHRASES[1].phrase)]
    window.take_keyboard()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, at)
    QApplication.sendEvent(line(window, "找话术"), event)
    choose(open_menu(), "删除\tShift+Del")
    assert asked[1:] == [("throw", samples.PHRASES[1].phrase)]


def test_what_gives_way_to_the_form_comes_back_with_a_question_of_its_own(shop: Shop) -> None:
    shop.open("a")
    stage = shop.window.findChild(Now)
    assert stage is not None
    assert not stage.isVisible()
    shop.window.open_followup_form()
    assert stage.isVisible()
    shop.window.close_panel()
    assert stage.isVisible()
