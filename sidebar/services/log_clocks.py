"""What a client's log tells without a mark by the agent: the buyer wrote, the agent has answered."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from sidebar.domain.chat_clients import ChatWindow, conversation_id
from sidebar.domain.chat_logs import Speaker
from sidebar.domain.events import (
    AgentMessage,
    Author,
    ConversationEvent,
    ConversationOpened,
    CustomerMessage,
    Event,
)
from sidebar.domain.identifiers import ClientName, ConversationId
from sidebar.domain.insertion import Rect
from sidebar.domain.lean import dataclass
from sidebar.domain.log_growth import LogNews
from sidebar.domain.replies_told import SEEN, RepliesTold, Told
from sidebar.ports import Cancel, ChatReader, Scheduler
from sidebar.services.board import Board
from sidebar.services.following import POINTED
from sidebar.services.journal import Journal
from sidebar.services.stamping import Stamp, Subject

_MOST_WINDOWS = 8
_INSERTING = timedelta(milliseconds=50)
_AUTHORS = {Speaker.AGENT: Author.HUMAN, Speaker.BOT: Author.BOT, Speaker.AUTO: Author.AUTO}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """A window that is heard, with the conversations of which every message is told."""

    cancel: Cancel
    followed: frozenset[ConversationId] = frozenset()


class LogClocks:
    """Makes events of the messages that come up in the logs of a client; implements `ChatListener`.

    What stands in a log when it is first seen may be as old as the day and says nothing. While a phrase
    is on its way, what comes up waits: it may be that phrase, which is told of by the insertion.
    """

    def __init__(
        self,
        *,
        reader: ChatReader,
        inserting: Callable[[], bool],
        stamp: Stamp,
        journal: Journal,
        board: Board,
        scheduler: Scheduler,
    ) -> None:
        self._reader = reader
        self._inserting = inserting
        self._stamp = stamp
        self._journal = journal
        self._board = board
        self._scheduler = scheduler
        self._told = RepliesTold()
        self._chat: ChatWindow | None = None
        self._heard: dict[int, _Heard] = {}
        """The windows that are heard, the one that was in front last at the end."""
        self._pending: deque[tuple[Subject, Speaker, datetime]] = deque()
        journal.listen(self._on_event)

    def follows(self, conversation: ConversationId) -> bool:
        """Whether every message in *conversation* is told of from now on."""
        return any(conversation in heard.followed for heard in self._heard.values())

    def chat_changed(self, chat: ChatWindow | None) -> None:
        """Hear who writes in *chat*'s window, under whatever title, and on in those before it."""
        before, self._chat = self._chat, chat
        if chat is None:
            if before is not None:
                self._forget(before.window.handle)  # it was closed
        elif chat.profile.log is None:
            self._forget(chat.window.handle)
        elif chat != before:
            self.look_again()

    def look_again(self) -> None:
        """Conversations have come or gone in the window in front."""
        chat = self._chat
        if chat is None or chat.profile.log is None:
            return
        handle = chat.window.handle
        heard = self._heard.pop(handle, _NOBODY)
        told = partial(self._on_news, handle, chat.profile.name)
        named = chat.customer if chat.named_by == POINTED else ""
        cancel = self._reader.hear(chat.window, chat.profile, named, told)
        self._heard[handle] = replace(heard, cancel=cancel)
        if len(self._heard) > _MOST_WINDOWS:
            self._forget(next(iter(self._heard)))

    def _forget(self, handle: int) -> None:
        self._heard.pop(handle, _NOBODY).cancel()

    def chat_moved(self, frame: Rect) -> None:
        """Where the window stands says nothing of who has written."""

    def chat_hidden(self) -> None:
        """Buyers write to a window that is out of sight too: it is heard on."""

    def chat_shown(self) -> None:
        """It has been heard all the while."""

    def _on_event(self, event: Event) -> None:
        if isinstance(event, ConversationEvent):
            self._told.follow(event)

    def _on_news(self, handle: int, client: ClientName, news: LogNews) -> None:
        heard = self._heard.get(handle)
        if heard is None:
            return
        followed = frozenset(conversation_id(client, buyer) for buyer in news.followed)
        self._heard[handle] = replace(heard, followed=followed)
        in_front = self._chat is not None and self._chat.window.handle == handle
        if not followed and not in_front:
            self._forget(handle)  # it was closed, or there is nothing to be heard in it
        if not news.speakers:
            return
        subject = Subject(
            conversation=conversation_id(client, news.buyer), client=client, customer=news.buyer
        )
        now = self._stamp.now()
        idle = not self._pending
        self._pending.extend((subject, speaker, now) for speaker in news.speakers)
        if idle:
            self._tell()

    def _tell(self) -> None:
        while self._pending:
            if self._inserting():
                self._scheduler.call_later(_INSERTING, self._tell)
                return
            subject, speaker, at = self._pending.popleft()
            if speaker is Speaker.BUYER:
                self._buyer_wrote(subject, at)
            else:
                self._shop_wrote(subject, speaker, at)

    def _buyer_wrote(self, subject: Subject, at: datetime) -> None:
        if self._told.buyer_wrote(subject.conversation, at) is Told.BEFORE:
            return
        kinds: tuple[type[ConversationEvent], ...] = (CustomerMessage,)
        if self._board.is_new(subject.conversation, at):
            kinds = (ConversationOpened, CustomerMessage)
        seen = {"seen": SEEN}
        self._journal.publish(
            *(replace(self._stamp.about(kind, subject, extra=seen), at=at) for kind in kinds)
        )

    def _shop_wrote(self, subject: Subject, speaker: Speaker, at: datetime) -> None:
        extra: dict[str, object] = {"seen": SEEN}
        if speaker is Speaker.AGENT:
            known = self._board.get(subject.conversation)
            waits = known is not None and known.waiting_since is not None
            told = self._told.agent_wrote(subject.conversation, at, waits=waits)
            if told is Told.BEFORE:
                return
            if told is Told.AS_PHRASE:
                extra["quick"] = True
        message = self._stamp.about(AgentMessage, subject, by=_AUTHORS[speaker], extra=extra)
        self._journal.publish(replace(message, at=at))


def _nothing() -> None:
    """Nothing is heard yet."""


_NOBODY = _Heard(cancel=_nothing)
