"""Bringing a text into another program's window: where, how, and with what result."""

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sidebar.domain.hotkeys import KeyCombo, Modifier
from sidebar.domain.identifiers import ConversationId, InsertionId, PhraseId
from sidebar.domain.insertion_paths import InsertionPath
from sidebar.domain.lean import dataclass
from sidebar.domain.newlines import Newlines

if TYPE_CHECKING:  # few phrases have any
    from sidebar.domain.enclosures import Enclosure


class Outcome(StrEnum):
    """How an insertion ended; only the first two put the text where it belongs."""

    INSERTED = "inserted"
    SENT = "sent"
    NO_TARGET = "no_target"
    TARGET_GONE = "target_gone"
    NOT_IN_FRONT = "not_in_front"
    WRONG_CUSTOMER = "wrong_customer"
    ELEVATED = "elevated"
    MODIFIERS_HELD = "modifiers_held"
    TYPED_ON = "typed_on"
    CLIPBOARD_REFUSED = "clipboard_refused"
    NOT_TAKEN = "not_taken"
    KEYS_REFUSED = "keys_refused"
    UNFILLED = "unfilled"
    WORDING = "wording"
    NESTED_IN_ITSELF = "nested_in_itself"
    NO_FILE = "no_file"
    COPIED = "copied"
    """Left on the clipboard because that is what the phrase asks for."""
    PAUSED = "paused"
    BUSY = "busy"

    @property
    def succeeded(self) -> bool:
        """Whether the text stands in the client's input box or went out."""
        return self in (Outcome.INSERTED, Outcome.SENT)


class BoxAnswer(StrEnum):
    """What accessibility says of a text it was to write."""

    WRITTEN = "written"
    """Read back: the box holds exactly the text at the place it was written."""
    UNTOUCHED = "untouched"
    """No such box, or nothing was written: another way may be tried."""
    UNCERTAIN = "uncertain"
    """Something may have been written: trying another way could write it twice."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle on the virtual desktop, in physical pixels (points on a Mac)."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowInfo:
    """A top-level window of another program, as the window system describes it.

    `handle` is opaque outside the platform; `program` is the class (X11: WM_CLASS' second
    half) or executable name; `title` is what the title bar says.
    """

    handle: int
    pid: int
    program: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What a key pressed at one moment would meet.

    `active` is the window that has the keyboard, None where it is ours or nobody's; `clipboard_ours`
    whether the clipboard holds what we put there last.
    """

    active: WindowInfo | None
    clipboard_ours: bool
    modifiers_held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PasteProfile:
    """How one chat client takes a text; every duration is a bound, not a sleep that is always spent."""

    paths: tuple[InsertionPath, ...] = (InsertionPath.PASTE,)
    newlines: Newlines = Newlines.AS_IS
    combo: KeyCombo = KeyCombo("v", Modifier.CTRL)
    send_combo: KeyCombo = KeyCombo("return")
    send_allowed: bool = False
    raise_timeout: timedelta = timedelta(milliseconds=300)
    settle: timedelta = timedelta(milliseconds=50)
    modifier_timeout: timedelta = timedelta(milliseconds=2000)
    taken_timeout: timedelta = timedelta(milliseconds=1500)
    restore_after: timedelta = timedelta(milliseconds=150)
    send_after: timedelta = timedelta(milliseconds=150)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The window a text is for, as it was when the agent asked; `customer` is '' where unknown."""

    window: WindowInfo
    conversation: ConversationId | None
    customer: str
    profile: PasteProfile


@dataclass(slots=True, kw_only=True, eq=False)
class Typed:
    """What was typed into the window with this handle to ask for a phrase, to go before that comes.

    `typed_on` becomes true when more is typed after it: nobody knows then what stands before the caret.
    """

    characters: int
    window: int
    typed_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Insertion:
    """One request: this text of this phrase, to this target; what was `typed` to ask for it is to go.

    `enclosed` goes in before the text or after it, in its order. `back` is how far before the text's
    end the caret is to stand, in characters as the arrow keys count them.
    """

    id: InsertionId
    phrase: PhraseId
    text: str
    target: Target
    send: bool = False
    typed: Typed | None = None
    enclosed: "tuple[Enclosure, ...]" = ()
    back: int = 0

    @property
    def pieces(self) -> tuple[str, ...]:
        """The text as the client takes it: whole, or line by line."""
        return self.target.profile.newlines.pieces(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of an insertion; `clipboard_lost` tells that the user's own content could not be kept.

    `lines` counts those that are in the box where it failed in the middle; the others are on the
    clipboard. `left` names what was enclosed and is not in the box though the text is.
    """

    insertion: Insertion
    outcome: Outcome
    path: InsertionPath | None = None
    clipboard_lost: bool = False
    lines: int = 0
    left: tuple[str, ...] = ()
