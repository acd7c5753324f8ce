"""What the agent must be told, one of a kind, each until it is solved or sent away."""

from collections.abc import Callable

from sidebar.domain.events import Event, FollowupDone, FollowupSnoozed
from sidebar.services.views import FallenDue, HistoryTrouble, Notice, Several


class Notices:
    """Shows the latest; that something is not stored stands below it for as long as that is so.

    What is covered by a later notice is shown again once that one has gone.
    """

    def __init__(self, *, show: Callable[[Notice | None], None]) -> None:
        self._show = show
        self._told: dict[type[Notice], Notice] = {}

    def tell(self, notice: Notice) -> None:
        """Show *notice* in place of the one of its kind, before the others."""
        self._told.pop(type(notice), None)
        self._told[type(notice)] = notice
        self._show(self._shown())

    def tell_below(self, notice: Notice) -> None:
        """Show *notice* where nothing else is shown: what goes on by itself covers no answer to the agent."""
        others = {kind: told for kind, told in self._told.items() if kind is not type(notice)}
        self._told = {type(notice): notice, **others}
        self._show(self._shown())

    def renew(self, notice: Notice) -> None:
        """Say *notice* in the place of the one of its kind; one that was sent away stays away."""
        if type(notice) in self._told and self._told[type(notice)] != notice:
            self._told[type(notice)] = notice
            self._show(self._shown())

    def withdraw(self, kind: type[Notice]) -> None:
        """What notices of this kind were about is solved."""
        if self._told.pop(kind, None) is not None:
            self._show(self._shown())

    def dismiss(self) -> None:
        """The agent has read what is shown; if it is not solved it will be told again."""
        shown = self._shown()
        if shown is None:
            return
        for notice in shown.notices if isinstance(shown, Several) else (shown,):
            self._told.pop(type(notice), None)
        self._show(self._shown())

    def follow(self, event: Event) -> None:
        """Take in one event: who has seen to a follow-up need not be reminded of it."""
        if isinstance(event, FollowupDone | FollowupSnoozed):
            self.withdraw(FallenDue)

    def _shown(self) -> Notice | None:
        trouble = self._told.get(HistoryTrouble)
        latest = next((n for n in reversed(self._told.values()) if not isinstance(n, HistoryTrouble)), None)
        if trouble is None or latest is None:
            return trouble or latest
        return Several(notices=(latest, trouble))
