"""What a client's list tells without a mark by the agent: who is open, and whose messages wait unread."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from sidebar.domain.chat_clients import ChatWindow, ReadingRule, conversation_id
from sidebar.domain.chat_reading import ListEntry, open_buyer, unread
from sidebar.domain.events import ConversationOpened, CustomerMessage
from sidebar.domain.identifiers import ConversationId
from sidebar.domain.insertion import Rect, WindowInfo
from sidebar.ports import Cancel, ChatReader, Scheduler
from sidebar.services.board import Board
from sidebar.services.journal import Journal
from sidebar.services.stamping import Stamp, Subject

SEEN = "unread"
"""How the events made here say where they are from, under `seen` in their extra keys."""

_TOLD_BY = timedelta(milliseconds=200)
"""Who hears every message has told of one by then."""


class UnreadClocks:
    """Makes events of what a client's list says more than it said before; implements `ChatListener`.

    A list that is read for the first time may be as old as the day: who waits already is passed over.
    A buyer whom the list shows as open, with nothing unread before, has not written: no clock starts.
    Nor does one for a buyer of whom every message is *heard* as it comes; *listed* runs after each change.
    """

    def __init__(
        self,
        *,
        reader: ChatReader,
        name_buyer: Callable[[WindowInfo, str], None],
        stamp: Stamp,
        journal: Journal,
        board: Board,
        scheduler: Scheduler,
        heard: Callable[[ConversationId], bool] | None = None,
        listed: Callable[[], None] | None = None,
    ) -> None:
        self._reader = reader
        self._name_buyer = name_buyer
        self._stamp = stamp
        self._journal = journal
        self._board = board
        self._scheduler = scheduler
        self._heard = heard or _nobody
        self._listed = listed or _nothing
        self._covered: dict[int, frozenset[ConversationId]] = {}
        """Whose messages were heard at the last look, by window."""
        self._told: dict[int, Mapping[str, int]] = {}
        """What was unread at the last look, by window and buyer."""
        self._watched: tuple[WindowInfo, ReadingRule] | None = None
        self._cancel: Cancel = _nothing

    def chat_changed(self, chat: ChatWindow | None) -> None:
        """Read the list of *chat*'s client at once, and from now on."""
        if chat is None:
            self._told.clear()
            self._covered.clear()
        rule = chat.profile.reading if chat is not None else None
        wanted = (chat.window, rule) if chat is not None and rule is not None else None
        if wanted == self._watched:
            return  # another buyer, as we have told ourselves
        self._watched = wanted
        self._cancel()
        self._cancel = _nothing
        if chat is not None and rule is not None:
            self._cancel = self._reader.watch(chat.window, rule, partial(self._on_told, chat, rule))

    def chat_moved(self, frame: Rect) -> None:
        """Where the window stands says nothing of who has written."""

    def chat_hidden(self) -> None:
        """Buyers write to a window that is out of sight too: it is read on."""

    def chat_shown(self) -> None:
        """It has been read all the while."""

    def _on_told(self, chat: ChatWindow, rule: ReadingRule, entries: tuple[ListEntry, ...]) -> None:
        before = self._told.get(chat.window.handle)
        after = self._told[chat.window.handle] = unread(entries, rule)
        covered = self._covered.get(chat.window.handle, frozenset())
        shown = open_buyer(entries, rule)
        loading = not before and chat.profile.log is not None  # whoever writes first is told of by the log
        if shown and not after[shown] and (before is None or loading or shown in before):
            self._journal.publish(*self._opening(_subject(chat, shown)))  # looked at, nothing new is there
        self._name_buyer(chat.window, shown)
        for customer, count in after.items():
            subject = _subject(chat, customer)
            if before is not None and customer in before:
                wrote = count > before[customer]
            else:
                known = self._board.get(subject.conversation)
                wrote = count > 0 and (known is None or known.waiting_since is None)
            if wrote and not (subject.conversation in covered and self._heard(subject.conversation)):
                self._tell(subject)
        names = (_subject(chat, customer).conversation for customer in after)
        self._covered[chat.window.handle] = frozenset(name for name in names if self._heard(name))
        self._listed()

    def _tell(self, subject: Subject) -> None:
        """The buyer has written; where messages are heard by now, it may have been before or after that."""
        at = self._stamp.now()

        def tell() -> None:
            known = self._board.get(subject.conversation)
            if known is None or known.waiting_since is None:
                self._publish(subject, at)

        if self._heard(subject.conversation):
            self._scheduler.call_later(_TOLD_BY, tell)
        else:
            self._publish(subject, at)

    def _publish(self, subject: Subject, at: datetime) -> None:
        message = self._stamp.about(CustomerMessage, subject, extra={"seen": SEEN})
        self._journal.publish(*self._opening(subject), replace(message, at=at))

    def _opening(self, subject: Subject) -> tuple[ConversationOpened, ...]:
        """The beginning of a conversation that is not open yet."""
        if not self._board.is_new(subject.conversation, self._stamp.now()):
            return ()
        return (self._stamp.about(ConversationOpened, subject, extra={"seen": SEEN}),)


def _subject(chat: ChatWindow, customer: str) -> Subject:
    client = chat.profile.name
    return Subject(conversation=conversation_id(client, customer), client=client, customer=customer)


def _nobody(_: ConversationId) -> bool:
    """Nobody's messages are heard."""
    return False


def _nothing() -> None:
    """Nothing is watched yet, and nobody to be told of a change."""
