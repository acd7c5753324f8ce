"""What stands in the window: the areas one below the other, and the strip that takes their place."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from sidebar.services.views import HeaderView, Link
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
from sidebar.ui.theme import Theme

if TYPE_CHECKING:  # what is opened is built when it is
    from sidebar.ui.conversation_acts import ConversationActs
    from sidebar.ui.panel import Panel
    from sidebar.ui.window import SidebarWindow


class Areas:
    """The areas of *window*, laid out in it; what they ask for, the window asks for."""

    def __init__(self, window: "SidebarWindow") -> None:
        self._window = window
        self.keyboard = Keyboard(window)
        self.menu = WindowMenu(window)
        self.header = Header(window, menu=lambda: self.menu.build(self.footer.export_menu()))
        self.conversations = Conversations(window)
        self.now = Now(window)
        self.notice = NoticeBar(window)
        self.phrases = Phrases(window)
        self.followups = Followups(window)
        self.footer = Footer(window)
        self.strip = Strip(window)
        self.panel: Panel | None = None
        self._acts: ConversationActs | None = None
        self._column = QWidget(window)
        self._stack = QStackedLayout()
        self._painted = (
            self.header,
            self.conversations,
            self.now,
            self.phrases,
            self.followups,
            self.footer,
            self.strip,
        )
        self._lay_out(window)
        self._join(window)
        self._pass_on(window)

    def show_header(self, view: HeaderView) -> None:
        self.menu.paused = view.link is Link.PAUSED
        self.header.show_view(view)

    @property
    def collapsed(self) -> bool:
        """Whether the strip is shown in place of the areas."""
        return self._stack.currentWidget() is self.strip

    def set_collapsed(self, collapsed: bool) -> None:
        self._stack.setCurrentWidget(self.strip if collapsed else self._column)

    def set_height(self, height: int) -> None:
        """Show as many rows as there is room for in a window this high."""
        self.conversations.list.set_rows_seen(min(max((height - 500) // 46, 2), 5))
        self.followups.set_rows_seen(min(max((height - 520) // 100, 1), 3))

    def open_panel(self, panel: "Panel", shown: Theme) -> None:
        """Show *panel* in the phrases' place; it is ours from here on."""
        self.close_panel()
        self.panel = panel
        panel.closed.connect(self.close_panel)
        panel.keyboard_wanted.connect(self.keyboard.take)
        panel.keyboard_done.connect(self.keyboard.give_back)
        panel.retranslate()
        panel.show_theme(shown)
        self._areas_column.insertWidget(self._areas_column.indexOf(self.phrases), panel, 1)
        self.phrases.hide()
        self.give_room(panel.needs_room)
        panel.show()

    def close_panel(self) -> None:
        """Show the phrases again; what had the keyboard gives it back first."""
        panel, self.panel = self.panel, None
        if panel is not None:
            self.keyboard.give_back()
            panel.hide()
            panel.deleteLater()
            self.give_room(False)
            self.phrases.show()

    def give_room(self, given: bool) -> None:
        """The clocks stay; what one can do without for half a minute goes."""
        for area in (self.now, self.followups):
            area.setVisible(not given)

    def show_theme(self, shown: Theme) -> None:
        for area in self._painted:
            area.show_theme(shown)
        if self.panel is not None:
            self.panel.show_theme(shown)

    def retranslate(self) -> None:
        for area in (*self._painted, self.notice):
            area.retranslate()
        if self.panel is not None:
            self.panel.retranslate()

    def _lay_out(self, window: QWidget) -> None:
        column = self._areas_column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        areas: tuple[QWidget, ...] = (
            self.header,
            Hairline(window),
            self.conversations,
            self.now,
            Hairline(window),
            self.phrases,
            # below the list, so that no row moves from under the hand that asks a second time
            self.notice,
            Hairline(window),
            self.followups,
            Hairline(window),
            self.footer,
        )
        for area in areas:
            column.addWidget(area, 1 if area is self.phrases else 0)
        root = QVBoxLayout(window)
        root.setContentsMargins(1, 1, 1, 1)
        # docking decides how tall the window is, whatever the areas would like
        root.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        root.addLayout(self._stack)
        self._stack.addWidget(self._column)
        self._stack.addWidget(self.strip)

    def _join(self, window: "SidebarWindow") -> None:
        """Who has the keyboard, and what an area asks of the window itself."""
        form, line, keyboard = self.now.form, self.phrases.line, self.keyboard
        self.now.followup_requested.connect(form.open_form)
        form.submitted.connect(window.followup_submitted)
        form.keyboard_wanted.connect(keyboard.take)
        form.closed.connect(keyboard.give_back)
        line.keyboard_wanted.connect(lambda: keyboard.take(line))
        self.phrases.search_left.connect(self._on_phrases_search_left)
        self.phrases.phrase_typed.connect(self._on_phrases_phrase_typed)
        self.notice.dismissed.connect(self._on_notice_dismissed)
        self.notice.offer_taken.connect(window.offer_taken)
        keyboard.taken.connect(window.keyboard_taken)
        keyboard.returned.connect(window.keyboard_returned)
        keyboard.lost.connect(window.search_left)
        self.strip.clicked.connect(lambda: window.set_collapsed(False))
        self.menu.collapse_requested.connect(lambda: window.set_collapsed(True))

    def _pass_on(self, window: "SidebarWindow") -> None:
        """What an area asks for, the window asks for."""
        menu, now = self.menu, self.now
        self.conversations.conversation_chosen.connect(window.conversation_chosen)
        now.category_requested.connect(window.category_requested)
        now.customer_wrote_requested.connect(window.customer_wrote_requested)
        now.answered_requested.connect(window.answered_requested)
        now.no_reply_needed_requested.connect(window.no_reply_needed_requested)
        now.transfer_requested.connect(lambda: self._acts_of(window).ask_transfer(now.view))
        self.conversations.menu_requested.connect(
            lambda row, current, at: self._acts_of(window).open_menu(row, current, at)
        )
        now.followup_requested.connect(window.followup_requested)
        now.close_requested.connect(window.close_requested)
        self.phrases.phrase_requested.connect(window.phrase_requested)
        self.phrases.search_changed.connect(window.search_changed)
        self.phrases.editing_requested.connect(window.editing_requested)
        self.phrases.search_opened.connect(window.search_opened)
        self.followups.done_requested.connect(window.followup_done_requested)
        self.followups.snooze_requested.connect(window.followup_snooze_requested)
        self.footer.handover_requested.connect(window.handover_requested)
        self.footer.export_requested.connect(window.export_requested)
        menu.pause_requested.connect(window.pause_requested)
        menu.side_requested.connect(window.side_requested)
        menu.theme_requested.connect(window.theme_requested)
        menu.language_requested.connect(window.language_requested)
        menu.client_trial_requested.connect(window.client_trial_requested)
        menu.pointing_requested.connect(window.pointing_requested)
        menu.health_requested.connect(window.health_requested)
        menu.import_requested.connect(window.import_requested)
        menu.stale_closed.connect(window.stale_closed)
        menu.alert_switched.connect(window.alert_switched)
        menu.editing_requested.connect(window.editing_requested)
        menu.merge_requested.connect(window.merge_requested)
        menu.quit_requested.connect(window.quit_requested)

    def _acts_of(self, window: "SidebarWindow") -> "ConversationActs":
        """The forms about a conversation, made when the first is asked for."""
        self.give_room(False)
        if self._acts is None:
            from sidebar.ui.conversation_acts import ConversationActs

            acts = self._acts = ConversationActs(self.now, self.keyboard)
            acts.transferred.connect(window.transferred)
            acts.escalated.connect(window.escalated)
            acts.noted.connect(window.noted)
            acts.renamed.connect(window.renamed)
            acts.merged.connect(window.merged)
            acts.closed.connect(window.conversation_closed)
        return self._acts

    def _on_phrases_search_left(self) -> None:
        self.phrases.line.clear()
        self.keyboard.give_back()
        self._window.search_left.emit()

    def _on_phrases_phrase_typed(self, phrase: str, send: bool) -> None:
        if not self.phrases.asks(phrase):
            # the client must be in front again before anything is inserted there
            self._on_phrases_search_left()
            self._window.phrase_requested.emit(phrase, send)
            return
        # what is asked for is typed here: on the way to the client and back the keyboard could be lost
        self.phrases.line.clear()
        self._window.search_left.emit()
        self._window.phrase_requested.emit(phrase, send)
        if self.panel is None:
            self.keyboard.give_back()

    def _on_notice_dismissed(self) -> None:
        self.notice.show_notice(None)
        self._window.notice_dismissed.emit()
