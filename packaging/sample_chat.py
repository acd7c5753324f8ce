"""A small chat client to try the sidebar on: two buyers write, Enter answers, nothing leaves the machine.

    python packaging/sample_chat.py [--log FILE] [--class NAME] [--lines-send]

Its window is of class SampleChat, or NAME, and named after the current buyer, the unread count
before the name, as real clients do. What is sent is written to the log as JSON lines. With
--lines-send a pasted line break sends the line before it, as some clients do.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

CLASS = "SampleChat"
BUYERS = ("王小姐", "Mr. Smith")
SCRIPT = (
    (timedelta(milliseconds=300), "王小姐", "在吗？昨天拍的那件蓝色 M 码，今天能发货吗 😊"),
    (
        timedelta(milliseconds=900),
        "Mr. Smith",
        "Hi, my order says shipped but I can't find the tracking number.",
    ),
    (timedelta(seconds=9), "王小姐", "好的，那我等您消息。"),
)
_SIZE = QSize(720, 640)
_STYLE = """
    QWidget { background: #ffffff; color: #1d2129; font-size: 13px; }
    QListWidget { border: none; padding: 6px; }
    QListWidget#buyers { background: #f3f4f7; }
    QListWidget#buyers::item { padding: 12px 10px; border-radius: 6px; }
    QListWidget#buyers::item:selected { background: #e0e6f2; color: #1d2129; }
    QListWidget#messages::item { padding: 8px; margin: 2px; }
    QPlainTextEdit { border: none; border-top: 1px solid #e8eaee; padding: 8px; }
    QSplitter::handle { background: #e8eaee; }
"""


class InputBox(QPlainTextEdit):
    """Enter sends, Shift+Enter begins a line."""

    send_requested = Signal()

    def __init__(self, *, lines_send: bool = False) -> None:
        super().__init__()
        self._lines_send = lines_send

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's virtual
        if not self._lines_send:
            super().insertFromMimeData(source)
            return
        *whole, last = source.text().split("\n")
        for line in whole:
            self.insertPlainText(line)
            self.send_requested.emit()
        self.insertPlainText(last)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's virtual
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.send_requested.emit()
        else:
            super().keyPressEvent(event)


class ChatWindow(QWidget):
    """The whole client; `receive` is how a buyer writes."""

    def __init__(
        self, buyers: Sequence[str] = BUYERS, *, log: Path | None = None, lines_send: bool = False
    ) -> None:
        super().__init__()
        self._log = log
        self._talks: dict[str, list[tuple[str, bool]]] = {buyer: [] for buyer in buyers}
        self._drafts = dict.fromkeys(buyers, "")
        self._unread = dict.fromkeys(buyers, 0)
        self._shown = buyers[0]
        self._buyers = _list("buyers", "买家 Buyers")
        self._buyers.addItems(buyers)
        self._messages = _list("messages", "消息 Messages")
        self._messages.setWordWrap(True)
        self._messages.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.input = InputBox(lines_send=lines_send)
        self.input.setAccessibleName("输入 Message")
        self._lay_out()
        self._buyers.currentTextChanged.connect(self._on_buyer_changed)
        self.input.send_requested.connect(self._on_send_requested)
        QShortcut(QKeySequence("Ctrl+Tab"), self).activated.connect(self._on_next_buyer_requested)
        _application().focusWindowChanged.connect(self._on_focus_window_changed)
        self._buyers.setCurrentRow(0)
        self._show_title()
        self.input.setFocus()

    @property
    def buyer(self) -> str:
        """Whose conversation is shown."""
        return self._shown

    def receive(self, buyer: str, text: str) -> None:
        """Let *buyer* write; what is not before the agent's eyes counts as unread."""
        self._talks[buyer].append((text, False))
        if buyer == self._shown:
            self._show_message(text, ours=False)
        if buyer != self._shown or not self.isActiveWindow():
            self._unread[buyer] += 1
        self._show_title()

    def _lay_out(self) -> None:
        self.setStyleSheet(_STYLE)
        self.resize(_SIZE)
        talk = QSplitter(Qt.Orientation.Vertical)
        talk.addWidget(self._messages)
        talk.addWidget(self.input)
        talk.setStretchFactor(0, 3)
        talk.setStretchFactor(1, 1)
        talk.setHandleWidth(1)
        self._buyers.setFixedWidth(150)
        right = QVBoxLayout()
        right.addWidget(talk)
        row = QHBoxLayout(self)
        row.setSpacing(0)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._buyers)
        row.addLayout(right, stretch=1)

    def _on_buyer_changed(self, buyer: str) -> None:
        self._drafts[self._shown] = self.input.toPlainText()
        self._shown = buyer
        self._messages.clear()
        for text, ours in self._talks[buyer]:
            self._show_message(text, ours=ours)
        self.input.setPlainText(self._drafts[buyer])
        self.input.setFocus()
        self._read()

    def _on_next_buyer_requested(self) -> None:
        self._buyers.setCurrentRow((self._buyers.currentRow() + 1) % self._buyers.count())

    def _on_focus_window_changed(self) -> None:
        if self.isActiveWindow():
            self._read()

    def _on_send_requested(self) -> None:
        text = self.input.toPlainText()
        if not text.strip():
            return
        self.input.clear()
        self._talks[self._shown].append((text, True))
        self._show_message(text, ours=True)
        if self._log is not None:
            line = {"at": datetime.now(UTC).isoformat(), "to": self._shown, "text": text}
            with self._log.open("a", encoding="utf-8") as log:
                log.write(json.dumps(line, ensure_ascii=False) + "\n")

    def _read(self) -> None:
        self._unread[self._shown] = 0
        self._show_title()

    def _show_message(self, text: str, *, ours: bool) -> None:
        item = QListWidgetItem(text)
        side = Qt.AlignmentFlag.AlignRight if ours else Qt.AlignmentFlag.AlignLeft
        item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        item.setBackground(QBrush(QColor("#e8f0fe" if ours else "#f3f4f7")))
        self._messages.addItem(item)
        self._messages.scrollToBottom()

    def _show_title(self) -> None:
        unread = sum(self._unread.values())
        self.setWindowTitle(f"[{unread}] {self._shown}" if unread else self._shown)
        for row, buyer in enumerate(self._talks):
            count = self._unread[buyer]
            self._buyers.item(row).setToolTip(f"{count} 条未读 unread" if count else "")
            font = self._buyers.item(row).font()
            font.setBold(bool(count))
            self._buyers.item(row).setFont(font)


def _list(name: str, accessible_name: str) -> QListWidget:
    """A list that leaves the keyboard to the input box."""
    widget = QListWidget()
    widget.setObjectName(name)
    widget.setAccessibleName(accessible_name)
    widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return widget


def _application() -> QGuiApplication:
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    return application


def play(window: ChatWindow) -> None:
    """Let the buyers write what `SCRIPT` says, each at its time from now."""
    for delay, buyer, text in SCRIPT:
        QTimer.singleShot(
            round(delay / timedelta(milliseconds=1)), window, lambda b=buyer, t=text: window.receive(b, t)
        )


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="A small chat client to try the sidebar on.")
    parser.add_argument("--log", type=Path, help="write what is sent there, as JSON lines")
    parser.add_argument("--class", dest="name", default=CLASS, help="the class of its window")
    parser.add_argument("--lines-send", action="store_true", help="let a pasted line break send")
    options = parser.parse_args(arguments)
    application = QApplication([options.name])
    application.setApplicationName(options.name)  # X11: the class of its windows
    window = ChatWindow(log=options.log, lines_send=options.lines_send)
    window.show()
    play(window)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
