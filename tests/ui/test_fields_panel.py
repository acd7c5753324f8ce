"""Filling in a phrase's fields with nothing but the keyboard, beside a client that has the focus."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from sidebar.domain.field_values import FieldProblem
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrase_details import Details, Field, FieldKind
from sidebar.domain.phrases import Phrase
from sidebar.domain.placeholders import Filled, Values, fill
from sidebar.domain.wording_rules import Remark, Severity, WordingRule
from sidebar.services.filling_in import FillingIn
from sidebar.services.proofreading import Verdict
from sidebar.ui import wording
from sidebar.ui.field_editors import ChoiceRow, ParagraphBox
from sidebar.ui.fields_panel import FieldsPanel, field_problem
from sidebar.ui.typing_line import TypingLine
from sidebar.ui.window import SidebarWindow
from tests.fakes import FakeFieldMemory
from tests.ui.gestures import named, press

NOW = datetime(2026, 11, 18, 10, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
PHRASE = Phrase(
    id=PhraseId("p"),
    title="尺码 · 补发",
    body="单号{单号}，{尺码}码，{送达}到。{说明|没有别的}",
    placeholders=True,
    details=Details(
        fields=(
            Field(name="单号", remember=True),
            Field(name="尺码", kind=FieldKind.CHOICE, choices=("S", "M", "均码"), default="M"),
            Field(name="送达", kind=FieldKind.DATE, default="明天"),
            Field(name="说明", kind=FieldKind.PARAGRAPH),
        )
    ),
)


class Form:
    """The panel open in the window, and what came of it."""

    def __init__(self, window: SidebarWindow) -> None:
        self.window = window
        self.inserted: list[Filled] = []
        self.returned: list[str] = []
        self.stopped = False
        self.memory = FakeFieldMemory()
        self.memory.keep(PHRASE.id, {"单号": "7788"})
        window.keyboard_returned.connect(lambda: self.returned.append("keyboard"))
        values = Values(now=NOW)

        def filled(typed: Mapping[str, str]) -> Filled:
            return fill(PHRASE, values, typed=typed)

        self.panel = FieldsPanel(
            FillingIn(
                phrase=PHRASE.id,
                title=PHRASE.title,
                fields=fill(PHRASE, values).fields,
                values=lambda: values,
                fill=filled,
                judge=self._judge,
                insert=self._insert,
                memory=self.memory,
            ),
            window,
        )
        window.open_panel(self.panel)

    def _judge(self, filled: Filled) -> Verdict:
        """Stops 尽快 once."""
        if "尽快" not in filled.text or self.stopped:
            return Verdict()
        self.stopped = True
        rule = WordingRule(
            id="soon", severity=Severity.ERROR, reason={"zh": "没有时间"}, suggestion={"zh": "写出时间"}
        )
        remark = Remark(rule=rule, severity=Severity.ERROR, start=0, end=2, found="尽快")
        return Verdict(remarks=(remark,), stopped=True)

    def _insert(self, filled: Filled, verdict: Verdict | None) -> None:
        assert verdict is not None
        self.returned.append("inserted")
        self.inserted.append(filled)

    def editor(self, kind: type[QWidget], name: str) -> QWidget:
        (found,) = (each for each in self.panel.findChildren(kind) if each.accessibleName().startswith(name))
        return found

    def focused(self) -> QWidget:
        found = self.window.focusWidget()
        assert found is not None
        return found

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focused(), text)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focused(), key, modifier)

    def said(self) -> list[str]:
        return [label.text() for label in self.panel.findChildren(QLabel) if label.isVisible()]


@pytest.fixture
def form(window: SidebarWindow) -> Form:
    return Form(window)


def test_begins_in_the_first_field_with_last_values_and_defaults(form: Form) -> None:
    order = form.editor(TypingLine, "单号")
    assert form.focused() is order
    assert isinstance(order, TypingLine)
    assert order.selectedText() == "7788"
    assert "单号7788，M码，11月19日到。没有别的" in form.said()
    assert form.window.has_keyboard


def test_is_filled_in_and_inserted_by_keys_alone(form: Form) -> None:
    form.type("1234")
    form.key(Qt.Key.Key_Tab)
    form.key(Qt.Key.Key_3)
    form.key(Qt.Key.Key_Tab)
    form.key(Qt.Key.Key_Tab)
    form.type("a")
    form.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    form.type("b")
    form.key(Qt.Key.Key_Return)
    (filled,) = form.inserted
    assert filled.text == "单号1234，均码码，11月19日到。a\nb"
    assert form.returned == ["keyboard", "inserted"]
    assert form.memory.recall(PHRASE.id, "单号") == "1234"
    assert not form.window.has_keyboard


def test_an_empty_field_is_named_and_gets_the_keyboard(form: Form) -> None:
    form.key(Qt.Key.Key_Backspace)
    form.key(Qt.Key.Key_Tab)
    form.key(Qt.Key.Key_Return)
    assert form.inserted == []
    assert field_problem("单号", FieldProblem.EMPTY) in form.said()
    assert form.focused() is form.editor(TypingLine, "单号")
    form.type("1")
    assert field_problem("单号", FieldProblem.EMPTY) not in form.said()


def test_wording_that_is_wrong_is_told_in_the_form_and_inserted_when_asked_again(form: Form) -> None:
    note = form.editor(ParagraphBox, "说明")
    assert isinstance(note, ParagraphBox)
    note.setPlainText("尽快送达")
    press(named(form.window, "插入"))
    assert form.inserted == []
    assert "「尽快」没有时间，写出时间；仍要插入，请再按一次「插入话术」。" in form.said()
    press(named(form.window, "插入"))
    (filled,) = form.inserted
    assert filled.text.endswith("尽快送达")


def test_a_date_that_is_none_is_told(form: Form) -> None:
    date = form.editor(TypingLine, "送达")
    assert isinstance(date, TypingLine)
    date.setText("有空")
    press(named(form.window, "插入"))
    assert form.inserted == []
    assert field_problem("送达", FieldProblem.NOT_A_DATE) in form.said()


def test_escape_gives_up_and_gives_the_keyboard_back(form: Form) -> None:
    form.key(Qt.Key.Key_Tab)
    form.key(Qt.Key.Key_Escape)
    assert (form.inserted, form.returned) == ([], ["keyboard"])
    assert not form.window.has_keyboard


def test_a_choice_is_made_by_arrows_and_clicks_too(form: Form) -> None:
    sizes = form.editor(ChoiceRow, "尺码")
    assert isinstance(sizes, ChoiceRow)
    assert sizes.accessibleName() == "尺码：M"
    form.key(Qt.Key.Key_Tab)
    form.key(Qt.Key.Key_Left)
    assert sizes.chosen == "S"
    form.key(Qt.Key.Key_Left)
    form.key(Qt.Key.Key_9)
    assert sizes.chosen == "S"
    press(named(form.window, "均码"))
    assert sizes.accessibleName() == "尺码：均码"


def test_a_paragraph_takes_no_tab(form: Form) -> None:
    box = form.editor(ParagraphBox, "说明")
    box.setFocus()
    form.key(Qt.Key.Key_Tab)
    assert form.focused() is not box


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_every_problem_has_its_words(language: str) -> None:
    wording.use(language)
    said = {field_problem("单号", problem) for problem in FieldProblem}
    assert len(said) == len(FieldProblem)
    assert all("单号" in each for each in said)
