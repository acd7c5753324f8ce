"""Reading a chat client, none of it imported before the first one that can be read."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from sidebar.domain.insertion import WindowInfo
from sidebar.ports import Cancel, Readiness, Scheduler

if TYPE_CHECKING:
    from sidebar.domain.chat_clients import ClientProfile, ReadingRule
    from sidebar.domain.chat_reading import ListEntry
    from sidebar.domain.log_growth import LogNews
    from sidebar.platforms.x11.chat_reader import AtSpiChatReader
    from sidebar.platforms.x11.log_reader import AtSpiLogReader


class ChatReaderAtNeed:
    """Implements `ChatReader` with what it makes at the first question."""

    def __init__(self, session: str, *, readiness: Readiness, scheduler: Scheduler) -> None:
        self._session = session
        self._readiness = readiness
        self._scheduler = scheduler
        self._made: AtSpiChatReader | None = None
        self._logs: AtSpiLogReader | None = None

    def watch(
        self, window: WindowInfo, rule: "ReadingRule", told: "Callable[[tuple[ListEntry, ...]], None]"
    ) -> Cancel:
        if self._made is None:
            from sidebar.platforms.x11.chat_reader import AtSpiChatReader

            self._made = AtSpiChatReader(self._session, readiness=self._readiness, scheduler=self._scheduler)
        return self._made.watch(window, rule, told)

    def hear(
        self, window: WindowInfo, profile: "ClientProfile", named: str, told: "Callable[[LogNews], None]"
    ) -> Cancel:
        if self._logs is None:
            from sidebar.platforms.x11.log_reader import AtSpiLogReader

            self._logs = AtSpiLogReader(self._session, readiness=self._readiness, scheduler=self._scheduler)
        return self._logs.hear(window, profile, named, told)

    def close(self) -> None:
        """Leave the accessibility bus, if it was ever needed."""
        for each in (self._made, self._logs):
            if each is not None:
                each.close()
