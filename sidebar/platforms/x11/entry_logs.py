"""Clients in which each message is a thing of its own: who wrote is told by its class, name or side.

A page has one log, whose messages are those of the buyer who is open. It tells of things that come and
go among them; what is looked up is which there are and the mark by which they are told apart.
"""

from collections.abc import Callable, Mapping

from sidebar.domain.chat_clients import ClientProfile
from sidebar.domain.chat_logs import LogRule, Mark, MessageKind, Speaker
from sidebar.domain.chat_reading import open_buyer
from sidebar.domain.insertion import Rect, WindowInfo
from sidebar.domain.log_growth import Line, ShownLines
from sidebar.platforms.x11 import accessibility as at_spi
from sidebar.platforms.x11.accessibility import Accessible, Role
from sidebar.platforms.x11.conversation_lists import ROLES, find_list, read_entries
from sidebar.platforms.x11.message_bus import MessageBus, Replies, Reply, Steps
from sidebar.platforms.x11.text_logs import buyer_in
from sidebar.ports import Cancel, Scheduler

_KINDS = {
    MessageKind.LIST_ITEM: Role.LIST_ITEM,
    MessageKind.ARTICLE: Role.ARTICLE,
    MessageKind.SECTION: Role.SECTION,
    MessageKind.PARAGRAPH: Role.PARAGRAPH,
}
_HOLDERS = (Role.LOG, Role.LIST, Role.LIST_BOX, Role.LANDMARK, Role.PANEL, Role.SECTION)
_MOST = 32  # messages looked at, the newest ones: a log may hold thousands
_AT_ONCE = 128  # of which one answer of a few KiB tells
_MOST_HELD = 8  # things in an empty log that may come to hold the messages
_CHANGED = "ChildrenChanged"
_MIDDLE = 0.02  # of the width: what stands no further from the middle is on no side

_ASKED = {Mark.CLASS: at_spi.attributes_of, Mark.NAME: at_spi.name_of, Mark.SIDE: at_spi.place_of}


class EntryLogs:
    """The one log of a window."""

    events: tuple[str, ...] = ("object:children-changed",)

    def __init__(
        self,
        bus: MessageBus,
        window: WindowInfo,
        profile: ClientProfile,
        rule: LogRule,
        changed: Callable[[], None],
        *,
        scheduler: Scheduler,
    ) -> None:
        self._bus = bus
        self._window = window
        self._profile = profile
        self._rule = rule
        self._changed = changed
        self._scheduler = scheduler
        self._frame: Accessible | None = None
        self._named = ""
        self._list: Accessible | None = None
        self._rows: Accessible | None = None
        self._heard: tuple[Accessible, ...] = ()
        """What is listened to: the rows, or while there is none all that may come to hold one."""
        self._empty = False
        self._lines = ShownLines()
        self._shown = ""
        self._told: Mapping[Accessible, Speaker | None] = {}
        """Who wrote what is shown, so that nothing is asked twice."""
        self._settling = False
        self._deaf = bus.hear(self._on_signal)
        self._unsettle: Cancel = _nothing
        self.behind = False

    @property
    def followed(self) -> frozenset[str]:
        """The buyer whose messages are told of from now on."""
        return frozenset() if self._settling or not self._shown else frozenset({self._shown})

    def close(self) -> None:
        """Listen no more."""
        self._deaf()
        self._leave()
        self._listen_to(())

    def search(self, frame: Accessible, named: str) -> Steps[bool]:
        """Find the log there is now; whether there is one."""
        self._frame, self._named = frame, named
        reading = self._profile.reading
        if reading is not None:
            self._list = yield from find_list(self._bus, frame, reading)
        yield from self._settle_on(frame)
        return self._rows is not None

    def look(self) -> Steps[list[tuple[str, tuple[Speaker, ...]]]]:
        """Who has written anew, by buyer."""
        self.behind = False
        frame = self._frame
        if self._empty and frame is not None:
            yield from self._settle_on(frame)
        rows = self._rows
        if rows is None or frame is None:
            return []
        listed = yield from self._listed()
        counted, titled = yield self._bus, [at_spi.child_count_of(rows), at_spi.name_of(frame)]
        count = at_spi.as_number(counted)
        if count is None or titled.error or listed is None:
            self.behind = True
            return []
        shown = self._named or buyer_in(at_spi.as_text(titled), self._window, self._profile) or listed
        lines = yield from self._read(rows, count)
        if shown != self._shown:
            self._turn_to(shown)
        if self._settling:
            self._lines.settle(lines)
            return []
        speakers = self._lines.take(lines)
        return [(shown, speakers)] if shown and speakers else []

    def _turn_to(self, shown: str) -> None:
        """Another buyer is open: what comes up at first has been there before."""
        self._unsettle()
        self._shown = shown
        self._settling = True
        self._unsettle = self._scheduler.call_later(self._rule.settle, self._on_settled)

    def _on_settled(self) -> None:
        self._settling = False
        self._changed()

    def _leave(self) -> None:
        """The log we listened to is over."""
        self._unsettle()
        self._rows = None
        self._shown = ""

    def _on_signal(self, path: str, name: str, _values: tuple[object, ...]) -> None:
        if name == _CHANGED and any(path == each.path for each in self._heard):
            self._changed()

    def _settle_on(self, frame: Accessible) -> Steps[None]:
        """Listen to what holds the messages; while there is none, to all that may come to hold one."""
        holder = yield from self._holder(frame)
        rows = (yield from self._parent_of_first(holder)) if holder is not None else None
        self._empty = holder is not None and rows is None
        heard: tuple[Accessible, ...] = (rows,) if rows is not None else ()
        if holder is not None and rows is None:
            (held,) = yield self._bus, [at_spi.matches(holder, _HOLDERS, (), _MOST_HELD)]
            rows, heard = holder, (holder, *at_spi.as_objects(held))
        if rows != self._rows:
            self._leave()
            self._rows = rows
        self._listen_to(heard)

    def _parent_of_first(self, holder: Accessible) -> Steps[Accessible | None]:
        """What the first message in *holder* is a child of; None where there is no message."""
        kinds = (_KINDS[self._rule.items],) if self._rule.items else ()
        (found,) = yield self._bus, [at_spi.matches(holder, kinds, (), most=1)]
        first = at_spi.as_objects(found)
        if not first:
            return None
        (parent,) = yield self._bus, [at_spi.parent_of(first[0])]
        return at_spi.as_object(parent)

    def _listen_to(self, things: tuple[Accessible, ...]) -> None:
        over = [at_spi.listening_over(each) for each in self._heard if each not in things]
        new = [at_spi.listening(each) for each in things if each not in self._heard]
        if over or new:
            self._bus.ask([*over, *new], _unheard)
        self._heard = things

    def _holder(self, frame: Accessible) -> Steps[Accessible | None]:
        within = self._rule.within
        (matched,) = yield self._bus, [at_spi.matches(frame, _HOLDERS if within else (Role.LOG,), ())]
        holders = at_spi.as_objects(matched)
        if within is None:
            return holders[0] if holders else None
        names = yield self._bus, [at_spi.name_of(holder) for holder in holders]
        for holder, name in zip(holders, names, strict=True):
            if within.search(at_spi.as_text(name) or ""):
                return holder
        return None

    def _listed(self) -> Steps[str | None]:
        """The buyer whom the list shows as open, '' for nobody; None where it cannot be read."""
        reading = self._profile.reading
        if reading is None or self._list is None:
            return ""
        (matched,) = yield self._bus, [at_spi.matches(self._list, (ROLES[reading.items],), ())]
        entries = yield from read_entries(self._bus, at_spi.as_objects(matched), reading)
        return None if matched.error or entries is None else open_buyer(entries, reading)

    def _read(self, rows: Accessible, count: int) -> Steps[tuple[Line, ...]]:
        """What somebody wrote of the last of the *count* things in *rows*."""
        messages = (yield from self._last(rows, count))[-_MOST:]
        unknown = [each for each in messages if each not in self._told]
        ask = _ASKED[self._rule.by]
        place, *marks = yield self._bus, [at_spi.place_of(rows), *(ask(each) for each in unknown)]
        found = {
            each: self._rule.speaker(self._mark(mark, place))
            for each, mark in zip(unknown, marks, strict=True)
            if not mark.error
        }
        known = {each: self._told.get(each, found.get(each)) for each in messages}
        self._told = {each: speaker for each, speaker in known.items() if each in self._told or each in found}
        return tuple(
            Line(key=each.path, speaker=speaker) for each, speaker in known.items() if speaker is not None
        )

    def _last(self, rows: Accessible, count: int) -> Steps[list[Accessible]]:
        """The last of the *count* things in *rows*: of few all in one answer, of many one by one."""
        if count <= _AT_ONCE:
            (answer,) = yield self._bus, [at_spi.children_of(rows)]
            return list(at_spi.as_objects(answer))
        answers = yield self._bus, [at_spi.child_of(rows, place) for place in range(count - _MOST, count)]
        return [each for each in map(at_spi.as_object, answers) if each is not None]

    def _mark(self, answer: Reply, rows: Reply) -> str:
        match self._rule.by:
            case Mark.CLASS:
                return at_spi.as_attributes(answer).get("class", "")
            case Mark.SIDE:
                return _side(at_spi.as_place(answer), at_spi.as_place(rows))
        return at_spi.as_text(answer) or ""


def _side(message: Rect | None, rows: Rect | None) -> str:
    if message is None or rows is None:
        return ""
    off = (message.x + message.width / 2) - (rows.x + rows.width / 2)
    if abs(off) <= _MIDDLE * rows.width:
        return "middle"
    return "left" if off < 0 else "right"


def _nothing() -> None:
    """There is nothing to take back yet."""


def _unheard(_: Replies) -> None:
    """What is gone has nothing to say."""
