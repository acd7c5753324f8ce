"""The account of a stretch of time: what was handled, how fast, what was promised and what it cost."""

from collections.abc import Mapping
from dataclasses import field, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sidebar.domain.events import CloseStatus
from sidebar.domain.identifiers import ClientName, ConversationId, FollowupId, PhraseId
from sidebar.domain.lean import dataclass
from sidebar.domain.metrics import BOUNDS, Spread
from sidebar.domain.turns import Exclusion

if TYPE_CHECKING:
    from sidebar.domain.headlines import Headline

SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """A buyer who waited since `at`; for as long as they have so far, if they still wait."""

    conversation: ConversationId
    customer: str
    at: datetime
    waited: timedelta
    answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """Turns of one conversation that do not count, and why."""

    conversation: ConversationId
    reason: Exclusion
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """What became of what was promised, judged by the time first promised, not by the snoozed one.

    `made` counts those given in this time; the others count every promise that was owed in it,
    so also those taken over from before.
    """

    made: int = 0
    kept: int = 0
    late: int = 0
    broken: int = 0
    open: int = 0


class FollowupState(StrEnum):
    """Where a follow-up stands at the end of the time looked at."""

    DONE = "done"
    OVERDUE = "overdue"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowupLine:
    """A follow-up that was owed in this time; `due` is the last time set."""

    followup: FollowupId
    conversation: ConversationId | None
    customer: str
    about: str
    made_at: datetime
    due: datetime
    done_at: datetime | None
    promise: bool
    state: FollowupState


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowupAccount:
    """`made` are those added in this time; the other counts are those of `lines`."""

    made: int = 0
    done: int = 0
    overdue: int = 0
    open: int = 0
    lines: tuple[FollowupLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseUse:
    phrase: PhraseId
    uses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Compensation:
    """What was given of one kind in one currency; `amount` is the sum in units of `currency`."""

    kind: str
    currency: str
    count: int
    amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Satisfaction:
    """The buyers' marks, 1 to 5."""

    count: int = 0
    mean: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One conversation of this time; `turns` are those that count, `longest` the longest of their waits."""

    conversation: ConversationId
    client: ClientName
    customer: str
    category: str
    status: CloseStatus
    opened: datetime
    closed: datetime | None
    turns: int
    answered: int
    longest: timedelta | None
    phrases: tuple[PhraseUse, ...]
    escalated_to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The figures of [`since`, `until`), as the sidebar measured them; never the platform's own.

    `turns` are the answered and the open ones that began in this time; `within` maps seconds to
    the share of them answered no later. `rate` is the profile's headline figure where that is a
    share, `headline` how it came about. `turn_response` are the waits for the shop,
    `agent_response` those for the agent, without the queue before. `open` are the buyers waiting
    at the end, also those who wrote before `since`. `asleep` is what the machine slept through in
    this time and is no part of any wait.
    """

    profile: str
    as_of: date
    since: datetime
    until: datetime
    agent: str
    conversations: int = 0
    buyers: int = 0
    turns: int = 0
    answered_turns: int = 0
    rate: float | None = None
    headline: "Headline | None" = None
    first_response: Spread = field(default_factory=Spread)
    turn_response: Spread = field(default_factory=Spread)
    agent_response: Spread = field(default_factory=Spread)
    within: Mapping[int, float | None] = field(default_factory=lambda: dict.fromkeys(BOUNDS))
    excluded: tuple[Excluded, ...] = ()
    asleep: timedelta = timedelta(0)
    breaches: tuple[Wait, ...] = ()
    open: tuple[Wait, ...] = ()
    promises: Promises = Promises()
    followups: FollowupAccount = FollowupAccount()
    phrases: tuple[PhraseUse, ...] = ()
    compensation: tuple[Compensation, ...] = ()
    satisfaction: Satisfaction = Satisfaction()
    cases: tuple[Case, ...] = ()

    def as_json(self, zone: tzinfo = UTC) -> dict[str, object]:
        """The summary by the outside contract, schema 1: seconds, shares 0–1, times in *zone* with offset."""
        return {
            "schema": SCHEMA,
            "profile": self.profile,
            "as_of": self.as_of.isoformat(),
            "measured_by": "sidebar",
            "from": _json(self.since, zone),
            "to": _json(self.until, zone),
            "agent": self.agent,
            "figures": self._figures(zone),
            "headline": _json(self.headline, zone),
            "agent_response": _json(self.agent_response, zone),
            "asleep": _json(self.asleep, zone),
            "breaches": _json(self.breaches, zone),
            "open": _json(self.open, zone),
            "promises": _json(self.promises, zone),
            "followups": _json(self.followups, zone),
            "phrases": _json(self.phrases, zone),
            "compensation": _json(self.compensation, zone),
            "satisfaction": _json(self.satisfaction, zone),
            "cases": _json(self.cases, zone),
        }

    def _figures(self, zone: tzinfo) -> dict[str, object]:
        return {
            "conversations": self.conversations,
            "buyers": self.buyers,
            "turns": self.turns,
            "answered_turns": self.answered_turns,
            "rate": self.rate,
            "first_response": _json(self.first_response, zone),
            "turn_response": _json(self.turn_response, zone),
            "within": {str(bound): share for bound, share in self.within.items()},
            "excluded": _json(self.excluded, zone),
        }


_KEYS = {(PhraseUse, "phrase"): "id", (FollowupLine, "followup"): "id", (FollowupAccount, "lines"): "list"}
"""Where the contract's key is not our field's name."""


def _json(value: Any, zone: tzinfo) -> object:
    """*value* with its dataclasses as objects, under the names of their fields."""
    match value:
        case StrEnum():
            return value.value
        case datetime():
            return value.astimezone(zone).isoformat()
        case timedelta():
            return round(value.total_seconds(), 3)
        case tuple():
            return [_json(item, zone) for item in value]
    if is_dataclass(value):
        return {
            _KEYS.get((type(value), item.name), item.name): _json(getattr(value, item.name), zone)
            for item in fields(value)
        }
    return value
