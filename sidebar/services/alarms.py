"""Buyers who wait too long: told once for all of them, when another one joins, and no oftener."""

from dataclasses import replace
from datetime import timedelta
from enum import IntEnum

from sidebar.domain.conversations import Urgency
from sidebar.domain.identifiers import ConversationId
from sidebar.domain.lean import dataclass
from sidebar.services.views import ConversationRow, ConversationsView, WaitTooLong

_MINUTE = timedelta(minutes=1)


class Level(IntEnum):
    """How grave the news is."""

    WARNED = 1
    BREACHED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Who waits too long now, None where nobody does; `news` is the gravest that has just become so."""

    waiting: WaitTooLong | None = None
    news: Level | None = None


_LEVELS = {Urgency.WARNED: Level.WARNED, Urgency.BREACHED: Level.BREACHED}


class Alarms:
    """Remembers what has been told; a buyer who is answered and waits too long again is told again."""

    def __init__(self) -> None:
        self._rows: tuple[ConversationRow, ...] = ()
        self._first: ConversationRow | None = None
        self._waiting: WaitTooLong | None = None
        self._told: dict[ConversationId, Level] = {}

    def look(self, view: ConversationsView) -> Alarm:
        """What there is to tell of the conversations as they are now; asked every second."""
        news = None if view.rows is self._rows else self._take(view)
        if self._first is not None and self._waiting is not None:
            # in whole minutes: a notice is read, a clock is watched
            waited = self._first.waiting(view.at) or timedelta(0)
            longest = max(waited // _MINUTE, 1) * _MINUTE
            if longest != self._waiting.longest:
                self._waiting = replace(self._waiting, longest=longest)
        return Alarm(waiting=self._waiting, news=news)

    def _take(self, view: ConversationsView) -> Level | None:
        self._rows = view.rows
        late = [row for row in view.rows if row.urgency in _LEVELS]
        levels = {row.conversation: _LEVELS[row.urgency] for row in late}
        news = [level for each, level in levels.items() if level > self._told.get(each, 0)]
        self._told = levels
        self._first = min(late, key=lambda row: row.waiting_since or view.at, default=None)
        self._waiting = None
        if self._first is not None:
            self._waiting = WaitTooLong(
                count=len(late),
                breached=view.breached,
                longest=_MINUTE,
                conversation=self._first.conversation,
                customer=self._first.customer,
                here=any(row.current for row in late),
            )
        return max(news, default=None)
