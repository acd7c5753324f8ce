"""The sample chat client behaves as real ones do."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sample_chat import ChatWindow


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> ChatWindow:
    window = ChatWindow(log=tmp_path / "sent.jsonl")
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def sent(tmp_path: Path) -> list[tuple[str, str]]:
    lines = (tmp_path / "sent.jsonl").read_text(encoding="utf-8").splitlines()
    return [(line["to"], line["text"]) for line in map(json.loads, lines)]


def test_the_title_names_the_buyer(window: ChatWindow) -> None:
    assert window.windowTitle() == "王小姐"


def test_the_title_counts_what_was_not_seen(window: ChatWindow) -> None:
    window.receive("Mr. Smith", "hello")
    window.receive("Mr. Smith", "anybody there?")
    window.receive("王小姐", "在吗？")
    assert window.windowTitle() == "[2] 王小姐"


def test_ctrl_tab_goes_to_the_next_buyer_and_round(window: ChatWindow) -> None:
    window.receive("Mr. Smith", "hello")
    titles = []
    for _ in range(2):
        QTest.keyClick(window.input, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        titles.append(window.windowTitle())
    assert titles == ["Mr. Smith", "王小姐"]


def test_enter_sends_and_shift_enter_begins_a_line(window: ChatWindow, tmp_path: Path) -> None:
    QTest.keyClicks(window.input, "one")
    QTest.keyClick(window.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(window.input, "two")
    QTest.keyClick(window.input, Qt.Key.Key_Return)
    assert sent(tmp_path) == [("王小姐", "one\ntwo")]
    assert window.input.toPlainText() == ""


def test_nothing_is_sent_when_nothing_is_written(window: ChatWindow, tmp_path: Path) -> None:
    QTest.keyClick(window.input, Qt.Key.Key_Return)
    assert not (tmp_path / "sent.jsonl").exists()


def test_each_buyer_keeps_a_draft(window: ChatWindow) -> None:
    QTest.keyClicks(window.input, "half a sen")
    QTest.keyClick(window.input, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert (window.buyer, window.input.toPlainText()) == ("Mr. Smith", "")
    QTest.keyClick(window.input, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert (window.buyer, window.input.toPlainText()) == ("王小姐", "half a sen")


def test_a_pasted_line_break_sends_only_where_it_is_told_to(qtbot: QtBot, tmp_path: Path) -> None:
    pasted = QMimeData()
    pasted.setText("one\ntwo")
    for lines_send, left in ((False, "one\ntwo"), (True, "two")):
        window = ChatWindow(log=tmp_path / "sent.jsonl", lines_send=lines_send)
        qtbot.addWidget(window)
        window.input.insertFromMimeData(pasted)
        assert window.input.toPlainText() == left
    assert sent(tmp_path) == [("王小姐", "one")]
