"""What not every phrase needs, in the editor's form: folded, opened, typed, and nothing of it lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from sidebar.domain.identifiers import ClientName, PhraseId
from sidebar.domain.newlines import Newlines
from sidebar.domain.phrase_details import (
    Attachment,
    AttachmentKind,
    ClientWay,
    Condition,
    Delivery,
    Details,
    Field,
    FieldKind,
    FollowUpRule,
    Option,
    Rotation,
)
from sidebar.domain.phrases import Category, Phrase, Promise
from sidebar.domain.sheets import phrase_of, sheet_of
from sidebar.ui import wording
from sidebar.ui.editor_panel import EditorPanel
from sidebar.ui.window import SidebarWindow
from tests.phrase_strategies import phrases
from tests.ui.gestures import choose, named, open_menu, press, settle
from tests.ui.test_editor import CONTROL, MINE, Shop

CLIENTS = (("taobao", "千牛"), ("pdd", "拼多多"))


@pytest.fixture
def shop(window: SidebarWindow, tmp_path: Path) -> Iterator[Shop]:
    yield Shop(window, tmp_path)
    QApplication.clipboard().clear()


def details(shop: Shop, name: str = "a") -> Details:
    found = shop.phrase(name).details
    assert found is not None
    return found


def typed_into(panel: EditorPanel) -> list[QWidget]:
    """What there is to type into."""
    found = (*panel.findChildren(QLineEdit), *panel.findChildren(QPlainTextEdit))
    return [each for each in found if each.isVisible()]


def buttons(shop: Shop) -> list[QAbstractButton]:
    assert shop.panel is not None
    return [each for each in shop.panel.findChildren(QAbstractButton) if each.isVisible()]


def save(shop: Shop) -> None:
    assert shop.panel is not None
    shop.panel.save_requested.emit()


def rewrite(shop: Shop, keys: str) -> None:
    """Have the phrase `a` with *keys* more."""
    (shop.own / "a.yaml").write_text(MINE + keys, encoding="utf-8", newline="\n")


@settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(phrase=phrases(enclosing=True))
def test_nothing_of_a_phrase_is_lost_in_the_form(window: SidebarWindow, phrase: Phrase) -> None:
    panel = EditorPanel(window, clients=CLIENTS)
    panel.show_sheet(sheet_of(phrase))
    panel.retranslate()
    for head in panel.findChildren(QAbstractButton):
        if head.property("role") == "part" and not head.isChecked():
            head.click()
    assert phrase_of(panel.sheet(), phrase) == phrase
    panel.deleteLater()


def test_a_plain_phrase_has_a_plain_form(shop: Shop) -> None:
    panel = shop.open("s")
    assert [each.accessibleName() for each in typed_into(panel)] == ["标题", "编码", "分组", "标签", "正文"]
    heads = [each for each in panel.findChildren(QAbstractButton) if each.property("role") == "part"]
    assert [each.text() for each in heads] == [
        *("变体", "填写项", "承诺", "备选", "附件", "适用", "发送", "备忘")
    ]


def test_wordings_are_added_changed_and_taken_away(shop: Shop) -> None:
    shop.open("a")
    press(named(shop.window, "变体"))
    assert shop.focused() is shop.body("说法 2")
    shop.body("说法 2").setPlainText("在路上了")
    press(named(shop.window, "＋ 加一种说法"))
    shop.body("说法 3").setPlainText("快到了")
    assert named(shop.window, "变体").text() == "变体 2"
    QTest.keyClick(shop.picker("用的顺序"), Qt.Key.Key_Down)
    save(shop)
    assert details(shop).variants == ("在路上了", "快到了")
    assert details(shop).rotation is Rotation.RANDOM
    assert details(shop).note == "电话在知识库"
    shop.open("a")
    press(named(shop.window, "去掉说法 2"))
    assert shop.focused() is shop.body("说法 2")
    assert shop.body("说法 2").words == "快到了"
    save(shop)
    assert details(shop).variants == ("快到了",)


def test_a_wording_is_judged_and_shown_like_the_first(shop: Shop) -> None:
    rewrite(shop, "    placeholders: true\n    variants: [早, '{买家}，晚上好']\n")
    panel = shop.open("a")
    assert "张女士，晚上好" in shop.said()
    assert "7 / 12 字" in shop.said()
    panel.show_checked(replace(shop.checked(), remarks=shop.remarks_on("早")))
    (mark,) = shop.body("说法 2").extraSelections()
    assert mark.cursor.selectedText() == "早"
    assert shop.body().extraSelections() == []


def test_fields_are_added_with_their_kind_and_offered_from_the_text(shop: Shop) -> None:
    shop.open("a")
    shop.body().setPlainText("单号{单号}，尺码{尺码}")
    press(named(shop.window, "填写项"))
    press(named(shop.window, "＋ 正文里的 {单号}"))
    assert shop.line("填写项 1 的名称").text() == "单号"
    press(named(shop.window, "记住上次填的"))
    press(named(shop.window, "＋ 正文里的 {尺码}"))
    kind = shop.pickers("填")[1]
    for _step in range(3):
        QTest.keyClick(kind, Qt.Key.Key_Down)
    shop.body("填写项 2 的选项").setPlainText("S\nM")
    shop.line("填写项 2 先填好的").setText("M")
    save(shop)
    assert details(shop).fields == (
        Field(name="单号", remember=True),
        Field(name="尺码", kind=FieldKind.CHOICE, choices=("S", "M"), default="M"),
    )
    assert shop.phrase("a").placeholders


def test_a_field_is_put_into_the_text_where_the_caret_is(shop: Shop) -> None:
    rewrite(shop, "    fields: [{name: 单号}]\n")
    shop.open("a")
    press(named(shop.window, "放进正文"))
    assert shop.body().words == "已经在催了。{单号}"
    assert shop.focused() is shop.body()


def test_what_a_field_begins_with_stays_when_its_kind_changes(shop: Shop) -> None:
    rewrite(shop, "    fields: [{name: 说明, default: 亲}]\n")
    shop.open("a")
    QTest.keyClick(shop.picker("填"), Qt.Key.Key_Down)
    save(shop)
    assert details(shop).fields == (Field(name="说明", kind=FieldKind.PARAGRAPH, default="亲"),)


def test_a_promise_is_typed_as_people_say_it_and_told_as_a_clock_time(shop: Shop) -> None:
    shop.open("a")
    press(named(shop.window, "承诺"))
    assert shop.focused() is shop.line("答应多久之内")
    shop.line("答应多久之内").setText("两小")
    shop.line("答应什么").setText("回电")
    save(shop)
    assert "「两小」看不懂是多久" in shop.said()
    assert shop.focused() is shop.line("答应多久之内")
    shop.line("答应多久之内").setText("2小时")
    assert "现在发出，就是 11月21日 04:00 前" in shop.said()
    assert "看不懂" not in shop.said()
    shop.line("多久以后跟进").setText("1天")
    save(shop)
    assert shop.phrase("a").promise == Promise(within=timedelta(hours=2), about="回电")
    assert details(shop).follow_up == FollowUpRule(about="物流 · 催件", after=timedelta(days=1))


def test_lengths_of_time_are_shown_in_words_and_stay_as_they_were(shop: Shop) -> None:
    rewrite(shop, "    promise: {within: 90 minutes, about: 回电}   # by phone\n")
    before = (shop.own / "a.yaml").read_text(encoding="utf-8")
    shop.open("a")
    assert shop.line("答应多久之内").text() == "1小时30分钟"
    shop.line("编码").setText("wl")
    save(shop)
    assert (shop.own / "a.yaml").read_text(encoding="utf-8") == before.replace("wlcj", "wl")


def test_ways_out_are_three_at_the_most(shop: Shop) -> None:
    shop.open("a")
    press(named(shop.window, "备选"))
    shop.line("方案 1").setText("补发")
    shop.line("方案 1 的好处").setText("明天寄出")
    shop.line("方案 1 要留意的").setText("要等三天")
    shop.line("方案 1 依据的规则").setText("七天无理由")
    assert "1. " not in shop.said()
    assert "补发（好处：明天寄出；要留意：要等三天；依据：七天无理由）" in shop.said()
    press(named(shop.window, "＋ 加一个方案"))
    shop.line("方案 2 的好处").setText("快")
    save(shop)
    assert "有一个方案还没写是什么" in shop.said()
    shop.line("方案 2").setText("退款")
    press(named(shop.window, "＋ 加一个方案"))
    assert "＋ 加一个方案" not in {each.text() for each in buttons(shop)}
    save(shop)
    assert details(shop).options == (
        Option(text="补发", pros="明天寄出", cons="要等三天", rule="七天无理由"),
        Option(text="退款", pros="快"),
    )


def test_where_a_phrase_fits_and_how_it_goes_in(shop: Shop) -> None:
    shop.open("a", clients=CLIENTS)
    press(named(shop.window, "适用"))
    for picker, label in (("客户端", "拼多多"), ("会话类别", "物流问题"), ("客户端", "千牛")):
        press(named(shop.window, picker))
        choose(open_menu(), label)
    press(named(shop.window, "客户端"))
    choose(open_menu(), "拼多多")
    assert named(shop.window, "客户端").accessibleName() == "客户端 千牛"
    press(named(shop.window, "发送"))
    QTest.keyClick(shop.picker("发送"), Qt.Key.Key_Up)
    press(named(shop.window, "＋ 加一个客户端"))
    QTest.keyClick(shop.pickers("换行")[1], Qt.Key.Key_Up)
    save(shop)
    assert details(shop).only == Condition(clients=(ClientName("taobao"),), categories=(Category.LOGISTICS,))
    assert details(shop).ways == (
        ClientWay(client=ClientName("any"), delivery=Delivery.COPY),
        ClientWay(client=ClientName("taobao"), newlines=Newlines.JOINED),
    )


def picture(path: Path) -> Path:
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(0xFF0000)
    assert image.save(str(path))
    return path


def names(shop: Shop) -> list[str]:
    return [Path(each.path).name for each in details(shop).attachments]


def test_files_are_dropped_on_the_form_ordered_and_taken_away(shop: Shop, tmp_path: Path) -> None:
    panel = shop.open("a")
    form = tmp_path / "退货单.pdf"
    form.write_bytes(b"%PDF")
    drop(panel, picture(tmp_path / "尺码.png"), form)
    assert named(shop.window, "附件").text() == "附件 2"
    press(named(shop.window, "尺码.png 往前"))
    save(shop)
    assert details(shop).attachments == (
        Attachment(path=str(shop.own / "images" / "尺码.png"), kind=AttachmentKind.IMAGE, before=True),
        Attachment(path=str(shop.own / "files" / "退货单.pdf"), kind=AttachmentKind.FILE),
    )
    shop.open("a")
    press(named(shop.window, "尺码.png 图片"))
    press(named(shop.window, "退货单.pdf 往前"))
    press(named(shop.window, "退货单.pdf 往前"))
    save(shop)
    assert names(shop) == ["退货单.pdf", "尺码.png"]
    assert {each.kind for each in details(shop).attachments} == {AttachmentKind.FILE}
    shop.open("a")
    press(named(shop.window, "去掉 尺码.png"))
    save(shop)
    assert names(shop) == ["退货单.pdf"]
    assert (shop.own / "images" / "尺码.png").exists()


def drop(panel: EditorPanel, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, buttons, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering = QDragEnterEvent(panel.rect().center(), action, data, buttons, none)
    QApplication.sendEvent(panel, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(panel, QDropEvent(QPointF(9, 9), action, data, buttons, none, QEvent.Type.Drop))


def test_a_screenshot_is_pasted_into_the_text_or_by_its_button(shop: Shop) -> None:
    shop.open("a")
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0x00FF00)
    QApplication.clipboard().setImage(image)
    shop.body().setFocus()
    shop.body().paste()
    assert named(shop.window, "附件").text() == "附件 1"
    assert shop.body().words == "已经在催了。"
    press(named(shop.window, "＋ 贴图片"))
    assert named(shop.window, "附件").text() == "附件 1"
    save(shop)
    (enclosed,) = details(shop).attachments
    assert QImage(enclosed.path).pixelColor(3, 3).green() == 255
    assert Path(enclosed.path).parent == shop.own / "images"


def test_text_is_pasted_as_text_even_where_a_picture_of_it_comes_along(shop: Shop) -> None:
    shop.open("a")
    data = QMimeData()
    data.setText("单号")
    data.setImageData(QImage(8, 8, QImage.Format.Format_RGB32))
    QApplication.clipboard().setMimeData(data)
    shop.body().paste()
    assert shop.body().words == "已经在催了。单号"
    press(named(shop.window, "附件"))
    press(named(shop.window, "＋ 贴图片"))
    assert "剪贴板里没有图片，也没有文件" in shop.said()


def test_files_are_chosen_in_the_systems_dialog(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.open("a")
    chosen = str(picture(tmp_path / "尺码.png"))
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.filesSelected.emit([chosen]))
    press(named(shop.window, "附件"))
    press(named(shop.window, "＋ 选图片或文件…"))
    save(shop)
    assert names(shop) == ["尺码.png"]


def test_a_file_that_has_gone_is_named_and_the_form_stays(shop: Shop, tmp_path: Path) -> None:
    panel = shop.open("a")
    path = picture(tmp_path / "尺码.png")
    panel.enclose([path])
    path.unlink()
    save(shop)
    assert "尺码.png 找不到或读不了" in shop.said()


def test_a_note_is_for_oneself(shop: Shop) -> None:
    shop.open("a")
    assert shop.body("给自己看的备注").words == "电话在知识库"
    shop.body("给自己看的备注").setPlainText("")
    save(shop)
    assert shop.phrase("a").details is None


def test_groups_there_are_drop_down_and_are_found_by_initials(shop: Shop) -> None:
    groups = ("售后/退款", "物流/催件", "物流/核实")
    asked: list[str] = []

    def suggest(typed: str) -> tuple[str, ...]:
        asked.append(typed)
        return groups if not typed else groups[1:]

    shop.open("a", suggest=suggest)
    line = shop.line("分组")
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Down)
    assert shop.offered() == list(groups)
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert shop.offered() == []
    assert shop.panel is not None
    assert shop.panel.isVisible()
    QTest.keyClicks(line, "wl")
    assert shop.offered() == ["物流/催件", "物流/核实"]
    QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert (line.text(), shop.offered(), asked[1:3]) == ("物流/核实", [], ["w", "wl"])
    QTest.keyClicks(line, "/x")
    shop.key(Qt.Key.Key_S, CONTROL)
    assert shop.phrase("a").group == ("物流", "核实", "x")


def test_tab_goes_through_what_was_opened_where_it_stands(shop: Shop) -> None:
    panel = shop.open("a")
    press(named(shop.window, "变体"))
    box = shop.body("说法 2")
    following = []
    widget: QWidget = box
    for _step in range(3):
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        widget = shop.focused()
        following.append(widget.accessibleName())
    assert following == ["去掉说法 2", "＋ 加一种说法", "用的顺序 轮流"]
    assert panel.isVisible()


def test_a_part_is_opened_by_keys_and_what_it_asks_for_is_in_sight(shop: Shop) -> None:
    shop.window.resize(352, 640)
    panel = shop.open("s")
    head = named(shop.window, "备选")
    head.setFocus()
    QTest.keyClick(head, Qt.Key.Key_Return)
    settle()
    line = shop.line("方案 1")
    assert shop.focused() is line
    top = line.mapTo(panel, line.rect().topLeft()).y()
    assert 0 < top < panel.height() - 60
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert shop.returned == ["keyboard"]


def test_every_control_of_the_form_has_a_name_of_its_own(shop: Shop) -> None:
    rewrite(
        shop,
        "    variants: [一, 二]\n    fields: [{name: 单号}, {name: 尺码, choices: [S]}]\n"
        "    options: [{text: 补发}, {text: 退款}]\n    promise: {within: 2h, about: 回电}\n"
        "    attachments: [a.png, text, b.pdf]\n    clients: {any: {delivery: copy}}\n"
        "    only: {clients: [pdd]}\n",
    )
    picture(shop.own / "a.png")
    (shop.own / "b.pdf").write_bytes(b"%PDF")
    panel = shop.open("a", clients=CLIENTS)
    named_so = [each.accessibleName() for each in typed_into(panel)]
    assert len(set(named_so)) == len(named_so)
    assert all(named_so)
    assert all(each.accessibleName() for each in buttons(shop))


@pytest.mark.parametrize("width", [280, 352, 380, 520])
def test_no_word_is_cut_off_in_either_language(shop: Shop, width: int) -> None:
    for language in ("zh_CN", "en"):
        wording.use(language)
        shop.window.resize(width, 900)
        panel = shop.open("s", clients=CLIENTS)
        for head in panel.findChildren(QAbstractButton):
            if head.property("role") == "part":
                head.click()
        settle()
        for button in panel.findChildren(QAbstractButton):
            if button.isVisible():
                wide = button.fontMetrics().horizontalAdvance(button.text())
                assert wide <= button.width(), (language, button.text())
        shop.window.close_panel()


def test_a_draft_has_all_of_it(shop: Shop) -> None:
    shop.open("a")
    press(named(shop.window, "变体"))
    shop.body("说法 2").setPlainText("写了一半")
    shop.key(Qt.Key.Key_Escape)
    shop.open("a")
    assert shop.body("说法 2").words == "写了一半"
    press(named(shop.window, "不要草稿"))
    assert named(shop.window, "变体").text() == "变体"
    assert PhraseId("a") == shop.phrase("a").id
