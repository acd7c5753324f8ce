"""The sidebar's window: the areas one below the other, shown by views, speaking by signals."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from sidebar.services.views import (
    ConversationsView,
    FollowupsView,
    FooterView,
    HeaderView,
    Link,
    Notice,
    NowView,
    PhraseRow,
)
from sidebar.ui import fonts, strip, theme
from sidebar.ui.controls import Hairline
from sidebar.ui.conversations import Conversations
from sidebar.ui.followups import Followups
from sidebar.ui.footer import Footer
from sidebar.ui.header import Header
from sidebar.ui.keyboard import Keyboard
from sidebar.ui.menu import WindowMenu
from sidebar.ui.notice_bar import NoticeBar
from sidebar.ui.now import Now
from sidebar.ui.phrases import Phrases
from sidebar.ui.strip import Strip
from sidebar.ui.theme import Theme, ThemeChoice

WIDTH, WIDTH_MIN, WIDTH_MAX = 352, 280, 520
"""In logical pixels."""


def _wall_clock() -> datetime:
    return datetime.now(UTC)


class SidebarWindow(QWidget):
    """Shows what it is given and asks for what the agent wants; knows of nothing else.

    No click takes the keyboard from the chat client; only a line to type into does, and
    `keyboard_returned` asks to bring the client's window to the front again.
    """

    phrase_requested = Signal(str, bool)
    conversation_chosen = Signal(str)
    customer_wrote_requested = Signal()
    no_reply_needed_requested = Signal()
    transfer_requested = Signal()
    followup_requested = Signal()
    followup_submitted = Signal(str, str)
    close_requested = Signal()
    category_requested = Signal(str)
    search_changed = Signal(str)
    search_opened = Signal()
    search_left = Signal()
    followup_done_requested = Signal(str)
    followup_snooze_requested = Signal(str, str)
    handover_requested = Signal()
    export_requested = Signal(str)
    notice_dismissed = Signal()
    quit_requested = Signal()
    theme_requested = Signal(str)
    language_requested = Signal(str)
    side_requested = Signal(str)
    pause_requested = Signal(bool)
    keyboard_taken = Signal()
    keyboard_returned = Signal()
    collapsed_changed = Signal(bool)

    def __init__(self, *, now: Callable[[], datetime] = _wall_clock) -> None:
        super().__init__(
            None,
            Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_AlwaysShowToolTips)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("shop-sidebar")
        self.setFont(fonts.text())
        self._width = WIDTH
        self._theme: Theme | None = None
        self._keyboard = Keyboard(self)
        self._menu = WindowMenu(self)
        self._header = Header(self, menu=lambda: self._menu.build(self._footer.export_menu()))
        self._conversations = Conversations(self, now=now)
        self._now = Now(self)
        self._notice = NoticeBar(self)
        self._phrases = Phrases(self)
        self._followups = Followups(self)
        self._footer = Footer(self)
        self._strip = Strip(self)
        self._lay_out()
        self._connect()
        self.use_theme(ThemeChoice.SYSTEM)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)

    def show_header(self, view: HeaderView) -> None:
        self._menu.paused = view.link is Link.PAUSED
        self._header.show_view(view)

    def show_conversations(self, view: ConversationsView) -> None:
        self._conversations.show_view(view)
        self._strip.show_counts(view.breached, view.warned)

    def show_now(self, view: NowView) -> None:
        self._now.show_view(view)

    def show_phrases(self, rows: tuple[PhraseRow, ...]) -> None:
        self._phrases.show_rows(rows)

    def show_followups(self, view: FollowupsView) -> None:
        self._followups.show_view(view)

    def show_footer(self, view: FooterView) -> None:
        self._footer.show_view(view)

    def show_notice(self, notice: Notice | None) -> None:
        self._notice.show_notice(notice)

    def show_due_problem(self, sentence: str) -> None:
        """Say why a due time cannot be used: in the form where it is open, else as a notice."""
        if self._now.form.isHidden():
            self._notice.show_sentence(sentence)
        else:
            self._now.form.refuse(sentence)

    def close_followup_form(self) -> None:
        self._now.form.close_form()

    def search_text(self) -> str:
        """What is searched for, the letters of an unfinished composition included."""
        return self._phrases.line.words

    def clear_search(self) -> None:
        self._phrases.line.clear()

    def set_search_hotkey(self, text: str) -> None:
        """Show the search line's hotkey on it; '' shows none."""
        self._phrases.field.set_hotkey(text)

    def mark_phrase(self, index: int) -> None:
        """Mark the phrase at *index* in the list; -1 marks none."""
        self._phrases.mark(index)

    def take_keyboard(self) -> None:
        """Let the search line have the keyboard."""
        self.set_collapsed(False)
        self._keyboard.take(self._phrases.line)
        self._phrases.line.selectAll()

    def give_keyboard_back(self) -> None:
        """Give the keyboard back if we have it; `keyboard_returned` follows."""
        self._keyboard.give_back()

    @property
    def has_keyboard(self) -> bool:
        return self._keyboard.held

    @property
    def collapsed(self) -> bool:
        return self._stack.currentWidget() is self._strip

    def set_collapsed(self, collapsed: bool) -> None:
        """Become a strip that still counts those who wait too long, or the whole sidebar again."""
        if collapsed == self.collapsed:
            return
        if collapsed:
            self._width = self.width()
            self.give_keyboard_back()
        self._stack.setCurrentWidget(self._strip if collapsed else self._column)
        self._limit_width()
        self.resize(self.wanted_width(), self.height())
        self.collapsed_changed.emit(collapsed)

    def wanted_width(self) -> int:
        """How wide the window wants to be, in logical pixels."""
        return strip.WIDTH if self.collapsed else self._width

    def sizeHint(self) -> QSize:
        return QSize(self.wanted_width(), 900)

    def use_theme(self, choice: ThemeChoice) -> None:
        """Take the colours of *choice*; with the system's, follow it from now on."""
        self._menu.theme = choice
        self._show_theme(theme.chosen(choice, QGuiApplication.styleHints().colorScheme()))

    def set_side(self, side: str) -> None:
        """Tick the side of the chat client that the sidebar stands on."""
        self._menu.side = side

    def retranslate(self) -> None:
        """Say everything anew, after `wording.use`."""
        for area in (*self._painted, self._notice):
            area.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        height = event.size().height()
        self._conversations.list.set_rows_seen(min(max((height - 500) // 46, 2), 5))
        self._followups.set_rows_seen(min(max((height - 520) // 100, 1), 3))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.give_keyboard_back()
        else:
            super().keyPressEvent(event)

    def _show_theme(self, shown: Theme) -> None:
        if shown is self._theme:
            return
        self._theme = shown
        self.setPalette(theme.palette(shown))
        self.setStyleSheet(theme.sheet(shown))
        for area in self._painted:
            area.show_theme(shown)

    def _limit_width(self) -> None:
        if self.collapsed:
            self.setFixedWidth(strip.WIDTH)
        else:
            self.setMinimumWidth(WIDTH_MIN)
            self.setMaximumWidth(WIDTH_MAX)

    def _lay_out(self) -> None:
        self._column = QWidget(self)
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        areas: tuple[QWidget, ...] = (
            self._header,
            Hairline(self),
            self._conversations,
            self._now,
            Hairline(self),
            self._notice,
            self._phrases,
            Hairline(self),
            self._followups,
            Hairline(self),
            self._footer,
        )
        for area in areas:
            column.addWidget(area, 1 if area is self._phrases else 0)
        root = QVBoxLayout(self)
        root.setContentsMargins(1, 1, 1, 1)
        # docking decides how tall the window is, whatever the areas would like
        root.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self._stack = QStackedLayout()
        root.addLayout(self._stack)
        self._stack.addWidget(self._column)
        self._stack.addWidget(self._strip)
        self._painted = (
            self._header,
            self._conversations,
            self._now,
            self._phrases,
            self._followups,
            self._footer,
            self._strip,
        )
        self._limit_width()
        self.resize(self.sizeHint())
        # else Qt would frame the first control as soon as the window becomes active
        self.setFocus()

    def _connect(self) -> None:
        self._pass_on()
        form, line = self._now.form, self._phrases.line
        self._now.followup_requested.connect(form.open_form)
        form.submitted.connect(self.followup_submitted)
        form.keyboard_wanted.connect(self._keyboard.take)
        form.closed.connect(self._keyboard.give_back)
        line.keyboard_wanted.connect(lambda: self._keyboard.take(line))
        self._phrases.search_left.connect(self._on_search_left)
        self._phrases.phrase_typed.connect(self._on_phrase_typed)
        self._notice.dismissed.connect(self._on_notice_dismissed)
        self._strip.clicked.connect(lambda: self.set_collapsed(False))
        self._menu.collapse_requested.connect(lambda: self.set_collapsed(True))
        self._keyboard.taken.connect(self.keyboard_taken)
        self._keyboard.returned.connect(self.keyboard_returned)
        self._keyboard.lost.connect(self.search_left)

    def _pass_on(self) -> None:
        """What an area asks for, the window asks for."""
        menu, now = self._menu, self._now
        self._conversations.conversation_chosen.connect(self.conversation_chosen)
        now.category_requested.connect(self.category_requested)
        now.customer_wrote_requested.connect(self.customer_wrote_requested)
        now.no_reply_needed_requested.connect(self.no_reply_needed_requested)
        now.transfer_requested.connect(self.transfer_requested)
        now.followup_requested.connect(self.followup_requested)
        now.close_requested.connect(self.close_requested)
        self._phrases.phrase_requested.connect(self.phrase_requested)
        self._phrases.search_changed.connect(self.search_changed)
        self._phrases.search_opened.connect(self.search_opened)
        self._followups.done_requested.connect(self.followup_done_requested)
        self._followups.snooze_requested.connect(self.followup_snooze_requested)
        self._footer.handover_requested.connect(self.handover_requested)
        self._footer.export_requested.connect(self.export_requested)
        menu.pause_requested.connect(self.pause_requested)
        menu.side_requested.connect(self.side_requested)
        menu.theme_requested.connect(self.theme_requested)
        menu.language_requested.connect(self.language_requested)
        menu.quit_requested.connect(self.quit_requested)

    def _on_search_left(self) -> None:
        self.clear_search()
        self._keyboard.give_back()
        self.search_left.emit()

    def _on_phrase_typed(self, phrase: str, send: bool) -> None:
        # the client must be in front again before anything is inserted there
        self.clear_search()
        self._keyboard.give_back()
        self.search_left.emit()
        self.phrase_requested.emit(phrase, send)

    def _on_notice_dismissed(self) -> None:
        self._notice.show_notice(None)
        self.notice_dismissed.emit()

    def _on_system_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        self._show_theme(theme.chosen(self._menu.theme, scheme))
