"""What the core asks of the world; each is a small role, implemented in `platforms`, `qt` or `storage`.

Everything here is called, and calls back, on the one thread that owns the state (the GUI
thread). A callback never comes before the call that asked for it has returned, except where a
method says so.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from enum import Flag, auto
from typing import TYPE_CHECKING, Protocol, TypeVar

from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.identifiers import ConversationId, EventId, PhraseId
from sidebar.domain.insertion import BoxAnswer, Moment, Rect, Typed, WindowInfo
from sidebar.domain.lean import dataclass

if TYPE_CHECKING:  # hotkeys are taken before anything needs to know of events
    from sidebar.domain.chat_clients import ClientProfile, ReadingRule
    from sidebar.domain.chat_reading import ListEntry
    from sidebar.domain.element_rules import ElementRule, Match
    from sidebar.domain.elements import Glimpse, Trace
    from sidebar.domain.enclosures import Enclosure
    from sidebar.domain.events import Event
    from sidebar.domain.log_growth import LogNews
    from sidebar.domain.phrase_details import Attachment
    from sidebar.errors import UserError

T = TypeVar("T")

Cancel = Callable[[], None]
"""Takes back a request; harmless when it has run or been taken back already."""


class Clock(Protocol):
    def now(self) -> datetime:
        """The moment it is, aware, in UTC."""


class Scheduler(Protocol):
    def call_later(self, delay: timedelta, action: Callable[[], None]) -> Cancel:
        """Run *action* once, no sooner than *delay* from now, on the GUI thread."""


class Readiness(Protocol):
    """Tells when a file descriptor can be read; how a platform's connection joins the event loop."""

    def watch(self, descriptor: int, action: Callable[[], object]) -> Cancel: ...


class Capability(Flag):
    """What this desktop lets us do; what is missing is explained, not hidden."""

    NONE = 0
    GLOBAL_HOTKEYS = auto()
    SEND_KEYS = auto()
    TRACK_WINDOW = auto()
    READ_TITLE = auto()
    CLIPBOARD_FORMATS = auto()
    ACCESSIBILITY = auto()


class WindowListener(Protocol):
    """Hears what happens to other programs' windows; our own windows are never reported."""

    def window_activated(self, window: WindowInfo | None) -> None:
        """Another window has the keyboard now; None where no window has it."""

    def title_changed(self, window: WindowInfo) -> None:
        """The title of the active or the followed window changed; *window* carries the new one."""

    def window_moved(self, window: WindowInfo, frame: Rect) -> None:
        """The followed window was moved or resized; *frame* includes its decorations."""

    def window_hidden(self, window: WindowInfo) -> None:
        """The followed window was minimised or went to another desktop."""

    def window_shown(self, window: WindowInfo) -> None:
        """The followed window can be seen again."""

    def window_gone(self, window: WindowInfo) -> None:
        """The followed window was closed."""


class Windows(Protocol):
    """Other programs' windows. One window at a time is followed: the chat client's."""

    def listen(self, listener: WindowListener) -> None:
        """Report to *listener* from now on; begins with the window that is active already."""

    def active(self) -> WindowInfo | None:
        """The window that has the keyboard this moment, asked of the window system, not remembered."""

    def told(self) -> WindowInfo | None:
        """The window that had the keyboard when last told of; None where `active` must be asked.

        Costs nothing, and may be a moment behind: enough to begin by, not to type by.
        """

    def all(self) -> Sequence[WindowInfo]:
        """The top-level windows of other programs, the lowest in the stack first."""

    def follow(self, window: WindowInfo | None) -> None:
        """Report moves, hiding and closing of *window* from now on; None follows nothing."""

    def frame(self, window: WindowInfo) -> Rect | None:
        """Where *window* is, with its decorations; None when it is gone."""

    def activate(self, window: WindowInfo) -> bool:
        """Ask the window manager to bring *window* to the front; False when it is gone."""

    def place_own(self, handle: int, place: Rect) -> None:
        """Put our own window, decorations and all, exactly there."""

    def stand_above(self, handle: int, window: WindowInfo) -> None:
        """Keep our own window above *window* and no other; to be said again after it was hidden."""


class KeySender(Protocol):
    def modifiers_held(self) -> bool:
        """Whether Ctrl, Alt, Shift or Super is down this moment (lock keys do not count)."""

    def when_released(self, action: Callable[[], None]) -> Cancel:
        """Run *action* once, as soon as no modifier is down any more; by event, not by asking again."""

    def send(self, combo: KeyCombo) -> bool:
        """Press and release *combo* as one batch; False when it could not be sent."""


class Hotkeys(Protocol):
    def register(self, combo: KeyCombo, action: Callable[[], None]) -> bool:
        """Run *action* on each press of *combo*, anywhere; False when another program has it."""

    def unregister(self, combo: KeyCombo) -> None:
        """Give *combo* back."""


class HookedKeys(Hotkeys, Protocol):
    """Keys heard by a helper process, which nobody starts who has not been asked to.

    It takes any combination, also one that another program has, which gets it as well.
    """

    def when_typed(self, abbreviation: str, action: Callable[[Typed], None]) -> Cancel:
        """Run *action* each time *abbreviation* and a space are typed, in whatever program."""

    def when_deaf(self, action: Callable[[], None]) -> None:
        """Run *action* where the helper ends by itself: nothing is heard until something else is wanted."""


class Saved(Protocol):
    """Another program's clipboard content with every format; opaque outside the platform."""

    @property
    def complete(self) -> bool:
        """False where a format was offered and could not be had in time or in bounds."""


class Clipboard(Protocol):
    """The clipboard, as an insertion uses it: keep, offer, watch it being taken, give back."""

    def save(self, done: Callable[[Saved | None], None]) -> Cancel:
        """Read every format of what is on the clipboard; None when its owner does not answer.

        A `Saved` of an empty clipboard is not None. Bounded by the platform; *done* always comes
        unless taken back. Where it has been read already *done* comes before this returns: an
        insertion is spared a turn of the loop, and the painting in it.
        """

    def offer(self, content: "str | Enclosure", *, to: WindowInfo, taken: Callable[[], None]) -> bool:
        """Put a text, picture or file there, marked as not for clipboard histories.

        False where it is refused; whether it holds, `ours` tells before a key is sent.

        *taken* runs each time the program of *to* has fetched the content whole; other programs
        (clipboard histories) are served but not reported.
        """

    def ours(self) -> bool:
        """Whether what was last offered or restored here is still what the clipboard holds."""

    def restore(self, saved: Saved) -> None:
        """Put *saved* back, every format as it was; does nothing when `ours()` is False."""

    def keep(self, text: str) -> bool:
        """Leave *text* there as an ordinary copy for the user to paste."""

    def held(self) -> Mapping[str, bytes]:
        """What we hold there, by format name; empty where it is not ours.

        A window of our own must not ask the clipboard for it: it would wait for an answer from
        the very thread that waits.
        """


class TextBoxes(Protocol):
    """Input boxes that accessibility can write to, without clipboard or keys."""

    def prepare(self, window: WindowInfo) -> None:
        """Find the input box of *window* ahead of need."""

    def insert(self, window: WindowInfo, text: str, done: Callable[[BoxAnswer], None]) -> Cancel:
        """Write *text* at the caret of *window*'s focused input box and read it back.

        Bounded by the platform; *done* always comes unless taken back.
        """


class ChatReader(Protocol):
    """Reads chat clients through accessibility: their lists, and who wrote; never what is said."""

    def watch(
        self, window: WindowInfo, rule: "ReadingRule", told: "Callable[[tuple[ListEntry, ...]], None]"
    ) -> Cancel:
        """Tell the entries of *window*'s list as *rule* finds them, and tell them again when they change.

        One window at a time: to watch another ends the watch before. A list that cannot be read is not
        told of, and looked for again. Bounded by the platform, and never in an insertion's way.
        """

    def hear(
        self, window: WindowInfo, profile: "ClientProfile", named: str, told: "Callable[[LogNews], None]"
    ) -> Cancel:
        """Tell who writes in *window* from now on, by the rule that *profile* has for it.

        *named* is who is open by what the agent has pointed at; '' where its title or its list says it.
        Several windows at a time. Asked again for the same one it looks for conversations that have come
        or gone, and goes on where it was. Where nothing is found, nothing is told.
        """


class Elements(Protocol):
    """What a chat client's window is made of, as accessibility tells it; read only, and never in an
    insertion's way. Every answer is bounded by the platform, and comes unless taken back.
    """

    def glimpse(self, window: WindowInfo, x: int, y: int, seen: "Callable[[Glimpse | None], None]") -> Cancel:
        """Tell what of *window* is at that point of the screen, in physical pixels; None for nothing."""

    def trace(self, window: WindowInfo, traced: "Callable[[Trace | None], None]") -> Cancel:
        """Tell the way down from *window* to what the last glimpse saw; None for nothing, or what is gone."""

    def watch(self, window: WindowInfo, rule: "ElementRule", told: "Callable[[Match, str], None]") -> Cancel:
        """Tell the words of the element *rule* names in *window*, and tell again when they change.

        It is looked at when the program says that something on the way to it has changed, not at
        intervals. A program that does not answer is asked a few times more, and what is not heard of
        at all after that is told as not there.
        """


def _for_good(changed: Callable[[Capability], None]) -> None:
    """Most desktops allow the same from start to end: there is no change to tell of."""


def _like_us(window: WindowInfo) -> bool:
    """Most desktops know no programs with more rights than ours."""
    del window
    return False


def _keep_all() -> None:
    """Most systems are not told which memory is done with."""


@dataclass(frozen=True, kw_only=True)
class Platform:
    """One desktop's adapters; a role that is missing there is the `null` platform's.

    `capabilities` are those at the start; `when_changed` tells each later set of them, as where the
    user grants a permission while we run. `elevated` tells whether a window's program has more rights
    than we have, so that what we type for it would be dropped unsaid. `hooked` makes what only a hook
    can hear, when it is first wanted; None where there is no such thing. `elements` makes what reads
    the elements of windows, likewise. `grantable` is what the user
    can grant in the system's settings where it is missing. `give_back` returns memory to the system
    that only the start needed. `look` tells at once what the roles would be asked for one by one, where
    that is quicker.
    """

    name: str
    capabilities: Capability
    windows: Windows
    keys: KeySender
    hotkeys: Hotkeys
    clipboard: Clipboard
    boxes: TextBoxes
    reader: ChatReader
    close: Callable[[], None]
    when_changed: Callable[[Callable[[Capability], None]], None] = field(default=_for_good)
    elevated: Callable[[WindowInfo], bool] = field(default=_like_us)
    hooked: Callable[[], HookedKeys] | None = None
    elements: Callable[[], Elements] | None = None
    grantable: Capability = Capability.NONE
    give_back: Callable[[], None] = field(default=_keep_all)
    look: Callable[[], Moment] | None = None


class FolderWatch(Protocol):
    """Files and folders that tell of their changes."""

    def watch(self, places: Sequence[str], changed: Callable[[], None]) -> None:
        """Run *changed* at each change in *places*, and no more at those of the places before.

        A folder changes when an entry of it comes, goes or is replaced; a place that is not there
        is passed over. One change may be told several times.
        """


class Background(Protocol):
    """Does what takes longer than a frame without holding the GUI thread up."""

    def run(
        self,
        operation: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[["UserError"], None],
    ) -> None:
        """Run *operation* elsewhere; *done* or, at a fault of the environment's, *failed* comes back here."""


class Enclosures(Protocol):
    """The pictures and files that phrases have attached."""

    def load(
        self,
        attachments: "Sequence[Attachment]",
        *,
        done: "Callable[[tuple[Enclosure, ...]], None]",
        missing: Callable[[tuple[str, ...]], None],
    ) -> None:
        """Read them off the GUI thread; *missing* hears the names where one or more cannot be had."""


class FieldMemory(Protocol):
    """What was last typed into a phrase's fields, where the phrase wants that remembered."""

    def recall(self, phrase: PhraseId, field: str) -> str:
        """The last value of that field; '' where there is none."""

    def keep(self, phrase: PhraseId, values: Mapping[str, str]) -> None:
        """Remember *values* by the fields' names, beyond the end of the program."""


class Notifier(Protocol):
    def announce(self, title: str, body: str, *, clicked: Callable[[], None]) -> None:
        """Tell the agent something outside the window, without taking the focus; with a sound if wanted.

        *clicked* runs where it is clicked while nothing else has been told since.
        """

    def show(self, title: str, body: str, *, clicked: Callable[[], None]) -> None:
        """The same without a sound."""

    def ring(self, times: int) -> None:
        """Sound so often."""


class History(Protocol):
    """The append-only log. Every call raises `HistoryError` when the database fails."""

    def append(self, *events: "Event") -> None:
        """Store all of *events* or none, in one transaction; an id that is there already is passed over."""

    def known(self, *ids: EventId) -> set[EventId]:
        """Those of *ids* that are stored already."""

    def events(self, *, since: datetime | None = None, until: datetime | None = None) -> Iterator["Event"]:
        """What happened in [since, until), in the order of `at`, then of storing."""

    def conversation(self, conversation: ConversationId) -> Sequence["Event"]:
        """What happened in one conversation, in the order of `at`, then of storing."""

    def news(self, limit: int) -> Sequence["Event"]:
        """What other programs (the command line, an ingest) have stored since the last time.

        Of more than *limit* events the first; the others are told when it is asked again.
        """


class Publish(Protocol):
    """How a service makes something so: store it, then tell everyone."""

    def __call__(self, *events: "Event") -> None:
        """Append *events* in one transaction, then hand each to every listener.

        Raises `HistoryError` and tells nobody when they could not be stored.
        """
