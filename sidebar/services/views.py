"""What the screen shows, as frozen values: services make them, widgets paint them.

Times to show are durations or aware datetimes; words, colours and formats belong to `ui`.
"""

from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from sidebar.domain.conversations import Urgency
from sidebar.domain.hits import MatchedBy as MatchedBy
from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.identifiers import ConversationId, EventId, FollowupId, PhraseId
from sidebar.domain.insertion import Outcome
from sidebar.domain.lean import dataclass
from sidebar.domain.phrases import Category, Colour, Stage

if TYPE_CHECKING:  # few texts have any
    from sidebar.domain.wording_rules import Remark


class Link(StrEnum):
    """How the sidebar stands to the chat client: the state dot of the header."""

    ATTACHED = "attached"
    SEARCHING = "searching"
    PAUSED = "paused"
    CANNOT_INSERT = "cannot_insert"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderView:
    """`client` and `customer` are '' where unknown; `shift_for` is None while no shift runs."""

    link: Link
    client: str = ""
    customer: str = ""
    shift_name: str = ""
    shift_for: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationRow:
    """One open conversation; `waiting_since` is None while the buyer is not waiting for us.

    A row says since when, not how long, so that a second changes none of them. What does not count
    – closed hours, a sleep – is left out: with it, the wait would have begun so much earlier.
    """

    conversation: ConversationId
    customer: str
    urgency: Urgency
    waiting_since: datetime | None
    current: bool
    category: Category | None = None
    promised: datetime | None = None
    note: str = ""
    agent_since: datetime | None = None
    """When the agent's own clock began; None where it says the same as the shop's."""
    stands_at: datetime | None = None
    """When the clocks stand, the shop being closed; None while they run."""

    def waiting(self, now: datetime) -> timedelta | None:
        """How long the buyer has waited for the shop; None while the buyer does not."""
        return self._since(self.waiting_since, now)

    def agent_waiting(self, now: datetime) -> timedelta | None:
        """How long for the agent, without the queue before; None where that is as long as for the shop."""
        return self._since(self.agent_since, now)

    def _since(self, since: datetime | None, now: datetime) -> timedelta | None:
        return None if since is None else max((self.stands_at or now) - since, timedelta(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationsView:
    """The open conversations, the most urgent first, as they are at the moment `at`."""

    at: datetime
    rows: tuple[ConversationRow, ...] = ()
    breached: int = 0
    warned: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NowView:
    """The current conversation's place in the playbook; None-like where nobody is current."""

    conversation: ConversationId | None = None
    category: Category | None = None
    stage: Stage | None = None
    """The stage that comes next; those before it are done."""
    waiting: bool = False
    """Whether the buyer waits for an answer."""
    customer: str = ""
    note: str = ""
    """What is to be known of the buyer, in the agent's own words."""


class Unfit(StrEnum):
    """Why a phrase is not meant for the conversation."""

    CLIENT = "client"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseRow:
    """A phrase in the list. `number` is 1–9 for the first nine, else None.

    `text` is the body with the current buyer's values; `matched` are the indexes of the title's
    characters that the search matched, `in_text` of the text's; `unfilled` names placeholders
    without a value (such a phrase cannot be inserted now); `promise` is the time the phrase
    promises. `asks` tells that it has fields to fill in first.
    """

    phrase: PhraseId
    number: int | None
    title: str
    text: str
    matched: tuple[int, ...] = ()
    in_text: tuple[int, ...] = ()
    why: MatchedBy = MatchedBy.NOTHING
    promise: timedelta | None = None
    unfilled: tuple[str, ...] = ()
    can_send: bool = False
    asks: bool = False
    unfit: Unfit | None = None
    colour: Colour | None = None
    favourite: bool = False
    enclosed: int = 0
    """How many pictures and files go with it."""
    note: str = ""
    """What the agent should know, and the buyer is not told."""
    found_in: str = ""
    """The wording that was found, where another one's turn it is."""


class Due(IntEnum):
    """How near a follow-up is."""

    OVERDUE = 0
    SOON = 1
    LATER = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowupRow:
    """Something owed; `left` is negative once overdue."""

    followup: FollowupId
    about: str
    customer: str
    due: datetime
    left: timedelta
    nearness: Due
    promise: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowupsView:
    """The next few follow-ups, soonest first, and how many there are in all."""

    rows: tuple[FollowupRow, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FooterView:
    """This shift's figures; None where nothing has been measured yet. `share` is 0–1."""

    on_shift: bool = False
    first_response: timedelta | None = None
    share_within: timedelta = timedelta(minutes=3)
    share: float | None = None
    handled: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class InsertionNotice:
    """The end of an insertion that did not succeed (or lost the clipboard): shown in place."""

    outcome: Outcome
    title: str
    clipboard_lost: bool = False
    on_clipboard: bool = True
    names: tuple[str, ...] = ()
    """Unfilled placeholders, where that is the reason."""
    remarks: "tuple[Remark, ...]" = ()
    """What is wrong with the wording: why it was stopped, or what to mind where it was not."""
    lines: int = 0
    """How many lines are in the input box where it failed in the middle; the others are on the clipboard."""
    instead: str = ""
    """The buyer who is open now, where it was for another and nothing was typed."""
    left: tuple[str, ...] = ()
    """Pictures and files that are not in the box though the text is."""


class Offer(StrEnum):
    """What a notice offers to do about it."""

    INSERT_HERE = "insert_here"
    LEAVE = "leave"
    JUMP = "jump"
    HOLD = "hold"
    END_QUIET = "end_quiet"
    COUNT_SLEEP = "count_sleep"
    LEAVE_OUT_SLEEP = "leave_out_sleep"
    UNDO = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitTooLong:
    """Buyers have waited too long, or soon will have: how many, and the one who has waited longest.

    `breached` of them are over the limit; `here` tells whether the current buyer is among them.
    """

    count: int
    breached: int
    longest: timedelta
    conversation: ConversationId
    customer: str
    here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SleptThrough:
    """The machine slept, `length` in all, and so many buyers waited: does that count as a wait?"""

    sleeps: tuple[EventId, ...]
    length: timedelta
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneQuiet:
    """The shift is over, and conversations are open in which nothing has happened for long."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenHotkeys:
    """Hotkeys another program has, or nobody can have; the others work.

    `hookable` ones could still be heard by the helper process (`hooked_hotkeys`).
    """

    combos: tuple[KeyCombo, ...]
    hookable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ungranted:
    """The system lets us press no keys before the user grants it; phrases are put on the clipboard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenFiles:
    """Files of the user's that could not be read whole, one sentence each, with file and place."""

    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictCopies:
    """Copies of phrase files that a sync program made; they are not used until they are merged."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictingPhrase:
    """A phrase that is not the same in a pack file and its conflict copy."""

    phrase: PhraseId
    title: str
    original: str
    copy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A conflict copy beside its original; `new` counts phrases, `newer` tells that the copy changed last."""

    original: str
    copy: str
    new: int
    differing: tuple[ConflictingPhrase, ...]
    newer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryTrouble:
    """The history takes nothing for now; `sentence` says why. What happens meanwhile is kept in memory."""

    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A summary has been written; `path` is where."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Phrases were changed; `sentence` says how. `undoable` tells whether that can be taken back now."""

    sentence: str
    undoable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FallenDue:
    """Follow-ups have fallen due: how many, and the first of them in words."""

    count: int
    about: str
    customer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Something the agent asked for could not be done; `sentence` says why and what to do."""

    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """More than one thing to tell at once, the latest first."""

    notices: "tuple[Notice, ...]"


Notice = (
    InsertionNotice
    | TakenHotkeys
    | Ungranted
    | BrokenFiles
    | ConflictCopies
    | HistoryTrouble
    | Exported
    | Done
    | FallenDue
    | WaitTooLong
    | SleptThrough
    | GoneQuiet
    | Failure
    | Several
)
"""What the agent must be told, in place, until it is solved or dismissed."""
