"""The wording of a text that is about to be inserted: an error stops it once, a warning is told beside it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sidebar.domain.chat_clients import ChatWindow
from sidebar.domain.lean import dataclass
from sidebar.domain.phrases import Phrase

if TYPE_CHECKING:  # no start waits for the rules
    from sidebar.domain.wording_check import WordingCheck
    from sidebar.domain.wording_rules import Remark

_READ = timedelta(milliseconds=600)
"""A second press before this is a double click: nobody has read the reason by then."""
_ANYWAY = timedelta(seconds=20)
_KEPT = 1000
"""Texts whose remarks are remembered: more than a shift's phrases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`remarks` are the errors and warnings about the text; `stopped` says that it is not to go in now."""

    remarks: "tuple[Remark, ...]" = ()
    stopped: bool = False


_FINE = Verdict()


@dataclass(frozen=True, slots=True)
class _Stopped:
    """What was stopped last: what of, for whom, and when."""

    phrase: str
    customer: str
    rules: frozenset[str]
    at: datetime


class Proofreader:
    """Reads finished texts; the same phrase asked for again, when the reason has been read, goes in.

    *load* makes the rules, which takes some 30 ms: `use` brings them from a thread before they are
    needed.
    """

    def __init__(self, *, load: "Callable[[], WordingCheck]") -> None:
        self._load = load
        self._check: WordingCheck | None = None
        self._known: dict[tuple[object, ...], tuple[Remark, ...]] = {}
        self._stopped: _Stopped | None = None

    def use(self, check: "WordingCheck") -> None:
        """Read by these rules from now on."""
        self._check = check
        self._known.clear()

    @property
    def ready(self) -> bool:
        """Whether the rules are here, so that reading takes no longer than the text does."""
        return self._check is not None

    def judge(self, phrase: Phrase, text: str, chat: ChatWindow | None, now: datetime) -> Verdict:
        """Whether *text*, which *phrase* has become, may go to the buyer in *chat*; *now* is the agent's."""
        remarks = self.read(phrase, text, chat, now)
        if not remarks:
            return _FINE
        grave = frozenset(remark.rule.id for remark in remarks if remark.stops)
        return Verdict(remarks=remarks, stopped=bool(grave) and self._stop(phrase, chat, grave, now))

    def read(self, phrase: Phrase, text: str, chat: ChatWindow | None, now: datetime) -> "tuple[Remark, ...]":
        """The errors and warnings about *text*, which are remembered; `judge` finds them read."""
        client = "" if chat is None else chat.profile.name
        # a deadline of today passes while the shift goes on, a date only at midnight
        passes = "今" in text or "today" in text
        key = (phrase.id, text, client, now.date(), (now.hour, now.minute) if passes else None)
        known = self._known.get(key)
        if known is not None:
            return known
        if self._check is None:
            self._check = self._load()
        if len(self._known) >= _KEPT:
            self._known.clear()
        profile = None if chat is None else chat.profile
        remarks = self._check.check_finished(phrase, text, profile, now)
        self._known[key] = remarks
        return remarks

    def _stop(self, phrase: Phrase, chat: ChatWindow | None, grave: frozenset[str], now: datetime) -> bool:
        """Whether the agent has not yet seen these errors of this phrase for this buyer, or only just."""
        customer = "" if chat is None else chat.customer
        before = self._stopped
        known = before is not None and (phrase.id, customer, grave) == (
            before.phrase,
            before.customer,
            before.rules,
        )
        if before is not None and known and now - before.at < _READ:
            return True
        if before is not None and known and now - before.at <= _ANYWAY:
            self._stopped = None
            return False
        self._stopped = _Stopped(phrase.id, customer, grave, now)
        return True
