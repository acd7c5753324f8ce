"""The sidebar's window: painted empty at once, filled a turn later, shown by views, speaking by signals."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from sidebar.ui import theme
from sidebar.ui.theme import Theme, ThemeChoice

if TYPE_CHECKING:  # the first paint does without
    from sidebar.services.views import (
        ConversationsView,
        FollowupsView,
        FooterView,
        HeaderView,
        Notice,
        NowView,
        PhraseRow,
    )
    from sidebar.ui.areas import Areas
    from sidebar.ui.panel import Panel

WIDTH, WIDTH_MIN, WIDTH_MAX, WIDTH_COLLAPSED = 352, 280, 520, 28
"""In logical pixels."""


class SidebarWindow(QWidget):
    """Shows what it is given and asks for what the agent wants; knows of nothing else.

    A new window is a ground in its colours, which is painted before anything else is even
    imported; `fill` puts the areas on it, and only then there is something to show.

    No click takes the keyboard from the chat client; only a line to type into does, and
    `keyboard_returned` asks to bring the client's window to the front again.
    """

    first_painted = Signal()
    """The window has been seen; told once."""
    phrase_requested = Signal(str, bool)
    conversation_chosen = Signal(str)
    customer_wrote_requested = Signal()
    answered_requested = Signal()
    no_reply_needed_requested = Signal(str)
    transferred = Signal(str, str, str)
    """Conversation, to whom and why, as with the next."""
    escalated = Signal(str, str, str)
    noted = Signal(str, str)
    renamed = Signal(str, str)
    merged = Signal(str, str)
    """A conversation, and the one it is to be a part of."""
    conversation_closed = Signal(str)
    stale_closed = Signal()
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
    offer_taken = Signal(str)
    quit_requested = Signal()
    theme_requested = Signal(str)
    language_requested = Signal(str)
    side_requested = Signal(str)
    alert_switched = Signal(str, bool)
    pause_requested = Signal(bool)
    client_trial_requested = Signal()
    pointing_requested = Signal()
    health_requested = Signal()
    import_requested = Signal()
    merge_requested = Signal()
    editing_requested = Signal(str, str)
    """Phrases are to be changed: what is to be done (see `editing_acts`), and to which or with what."""
    keyboard_taken = Signal()
    keyboard_returned = Signal()
    collapsed_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__(
            None,
            Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        # on macOS, tool windows of a program that is not in front vanish; ours never is
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
        self.setAttribute(Qt.WidgetAttribute.WA_AlwaysShowToolTips)
        self.setWindowTitle("shop-sidebar")
        self._width = WIDTH
        self._choice = ThemeChoice.SYSTEM
        self._theme = theme.LIGHT
        self._painted = False
        self._filled: Areas | None = None
        self._limit_width()
        self.resize(self.sizeHint())
        self.use_theme(ThemeChoice.SYSTEM)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)

    def fill(self) -> None:
        """Put the areas on the window, once; nothing can be shown before."""
        from sidebar.ui import fonts
        from sidebar.ui.areas import Areas

        # and not only in words of ours: a line on its way would load a system's own font beside it
        QApplication.setFont(fonts.text())
        self.setFont(fonts.text())
        self._filled = Areas(self)
        self._filled.menu.theme = self._choice
        self._dress(self._filled)
        self._filled.set_height(self.height())
        # else Qt would frame the first control as soon as the window becomes active
        self.setFocus()

    def show_header(self, view: "HeaderView") -> None:
        self._areas.show_header(view)

    def show_conversations(self, view: "ConversationsView") -> None:
        self._areas.conversations.show_view(view)
        self._areas.strip.show_counts(view.breached, view.warned)

    def show_now(self, view: "NowView") -> None:
        self._areas.now.show_view(view)

    def show_phrases(self, rows: "tuple[PhraseRow, ...]") -> None:
        self._areas.phrases.show_rows(rows)

    def show_followups(self, view: "FollowupsView") -> None:
        self._areas.followups.show_view(view)

    def show_footer(self, view: "FooterView") -> None:
        self._areas.footer.show_view(view)

    def show_notice(self, notice: "Notice | None") -> None:
        self._areas.notice.show_notice(notice)

    def show_due_problem(self, sentence: str) -> None:
        """Say why a due time cannot be used: in the form where it is open, else as a notice."""
        form = self._areas.now.form
        if form.isHidden():
            self._areas.notice.show_sentence(sentence)
        else:
            form.refuse(sentence)

    def open_followup_form(self) -> None:
        """Ask for a follow-up; its first line takes the keyboard."""
        self.set_collapsed(False)
        self._areas.give_room(False)
        self._areas.now.form.open_form()

    def close_followup_form(self) -> None:
        self._areas.now.form.close_form()

    def search_text(self) -> str:
        """What is searched for, the letters of an unfinished composition included."""
        return self._areas.phrases.line.words

    def set_search_text(self, text: str) -> None:
        """Search for *text*."""
        self._areas.phrases.line.replace_words(text)

    def clear_search(self) -> None:
        self._areas.phrases.line.clear()

    def set_search_hotkey(self, text: str) -> None:
        """Show the search line's hotkey on it; '' shows none."""
        self._areas.phrases.field.set_hotkey(text)

    def point_out(self, conversation: str) -> None:
        """Bring the row of *conversation* into sight and mark it."""
        self.set_collapsed(False)
        self._areas.conversations.point_out(conversation)

    def offer_alerts(self, alerts_on: Callable[[], frozenset[str]]) -> None:
        """Let the menu switch how it is told that buyers wait too long; *alerts_on* names what is on."""
        self._areas.menu.alerts_on = alerts_on

    def offer_closing(self, count_stale: Callable[[], int]) -> None:
        """Let the menu offer to end the conversations that have gone quiet, where *count_stale* are."""
        self._areas.menu.count_stale = count_stale

    def offer_merging(self, has_copies: Callable[[], bool]) -> None:
        """Let the menu offer to merge copies of phrase files while *has_copies*."""
        self._areas.menu.has_copies = has_copies

    def open_panel(self, panel: "Panel") -> None:
        """Show *panel* in the phrases' place until it is closed or another is opened."""
        self._areas.open_panel(panel, self._theme)

    def close_panel(self) -> None:
        """Show the phrases again."""
        self._areas.close_panel()

    def mark_phrase(self, index: int) -> None:
        """Mark the phrase at *index* in the list; -1 marks none."""
        self._areas.phrases.mark(index)

    def take_keyboard(self) -> None:
        """Let the search line have the keyboard."""
        self.set_collapsed(False)
        self.close_panel()
        line = self._areas.phrases.line
        self._areas.keyboard.take(line)
        line.selectAll()

    def give_keyboard_back(self) -> None:
        """Give the keyboard back if we have it; `keyboard_returned` follows."""
        self._areas.keyboard.give_back()

    @property
    def has_keyboard(self) -> bool:
        return self._areas.keyboard.held

    @property
    def collapsed(self) -> bool:
        return self._filled is not None and self._filled.collapsed

    def set_collapsed(self, collapsed: bool) -> None:
        """Become a strip that still counts those who wait too long, or the whole sidebar again."""
        if collapsed == self.collapsed:
            return
        if collapsed:
            self._width = self.width()
            self.give_keyboard_back()
        self._areas.set_collapsed(collapsed)
        self._limit_width()
        self.resize(self.wanted_width(), self.height())
        self.collapsed_changed.emit(collapsed)

    def wanted_width(self) -> int:
        """How wide the window wants to be, in logical pixels."""
        return WIDTH_COLLAPSED if self.collapsed else self._width

    def sizeHint(self) -> QSize:
        return QSize(self.wanted_width(), 900)

    def use_theme(self, choice: ThemeChoice) -> None:
        """Take the colours of *choice*; with the system's, follow it from now on."""
        self._choice = choice
        if self._filled is not None:
            self._filled.menu.theme = choice
        self._show_theme(theme.chosen(choice, QGuiApplication.styleHints().colorScheme()))

    def set_side(self, side: str) -> None:
        """Tick the side of the chat client that the sidebar stands on."""
        self._areas.menu.side = side

    def retranslate(self) -> None:
        """Say everything anew, after `wording.use`."""
        self._areas.retranslate()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed from outside, by a task manager or an installer, the sidebar ends instead of hiding."""
        super().closeEvent(event)
        self.quit_requested.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 (Qt's own signature)
        """The ground and the line around it; not by the stylesheet, which the first paint does without."""
        painter = QPainter(self)
        painter.setPen(QColor(self._theme.line))
        painter.setBrush(QColor(self._theme.background))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if not self._painted:
            self._painted = True
            self.first_painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._filled is not None:
            self._filled.set_height(event.size().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._filled is not None:
            self.give_keyboard_back()
        else:
            super().keyPressEvent(event)

    @property
    def _areas(self) -> "Areas":
        assert self._filled is not None, "the window is filled before anything is shown in it"
        return self._filled

    def _show_theme(self, shown: Theme) -> None:
        if shown is self._theme:
            return
        self._theme = shown
        if self._filled is not None:
            self._dress(self._filled)
        self.update()

    def _dress(self, areas: "Areas") -> None:
        self.setPalette(theme.palette(self._theme))
        self.setStyleSheet(theme.sheet(self._theme))
        areas.show_theme(self._theme)

    def _limit_width(self) -> None:
        if self.collapsed:
            self.setFixedWidth(WIDTH_COLLAPSED)
        else:
            self.setMinimumWidth(WIDTH_MIN)
            self.setMaximumWidth(WIDTH_MAX)

    def _on_system_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        self._show_theme(theme.chosen(self._choice, scheme))
