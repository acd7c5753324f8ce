"""In-memory stand-ins for the ports, and a clock that only moves when told to."""

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from sidebar.domain.element_rules import ElementRule, Match
from sidebar.domain.elements import Glimpse, Trace
from sidebar.domain.enclosures import Enclosure
from sidebar.domain.events import Event
from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.identifiers import ConversationId, EventId, PhraseId
from sidebar.domain.insertion import BoxAnswer, Rect, Typed, WindowInfo
from sidebar.domain.phrase_details import Attachment
from sidebar.errors import HistoryError
from sidebar.ports import Cancel, Saved, WindowListener

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class FakeTime:
    """Both Clock and Scheduler: `advance` runs what falls due, in order."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start
        self._queue: list[tuple[datetime, int]] = []
        self._actions: dict[int, Callable[[], None]] = {}
        self._serial = 0

    def now(self) -> datetime:
        return self._now

    def call_later(self, delay: timedelta, action: Callable[[], None]) -> Cancel:
        serial = self._serial = self._serial + 1
        self._actions[serial] = action
        heapq.heappush(self._queue, (self._now + delay, serial))

        def cancel() -> None:
            self._actions.pop(serial, None)

        return cancel

    def advance(self, delta: timedelta) -> None:
        until = self._now + delta
        while self._queue and self._queue[0][0] <= until:
            at, serial = heapq.heappop(self._queue)
            action = self._actions.pop(serial, None)
            self._now = max(self._now, at)
            if action is not None:
                action()
        self._now = until


class FakeDesktop:
    """Windows, KeySender, Clipboard and TextBoxes in one, recording the order of effects in `log`.

    The chat client fetches what is offered `fetch_after` the chord, as a real one does, and
    `fetches` times; None is a client that never does. `box` is what accessibility answers.
    """

    def __init__(self, time: FakeTime, *, front: WindowInfo | None = None) -> None:
        self.time = time
        self.front = front
        self.log: list[str] = []
        self.content = "before"
        self.typed: list[tuple[int, str]] = []
        self.boxes_typed: list[str] = []
        self.fetch_after: timedelta | None = timedelta(milliseconds=3)
        self.fetches = 1
        self.box = BoxAnswer.UNTOUCHED
        self.saves = True
        self.offers = True
        self.sends = True
        self.alive = True
        self.open_windows: list[WindowInfo] = []
        self.was_told: WindowInfo | None = None
        self._owner = "user"
        self._taken: Callable[[], None] = lambda: None
        self._listener: WindowListener | None = None
        self._released_at = time.now()

    # what the user does meanwhile

    def hold_modifiers(self, duration: timedelta) -> None:
        self._released_at = self.time.now() + duration

    def user_copies(self, text: str) -> None:
        self.content = text
        self._owner = "user"

    def bring_to_front(self, window: WindowInfo | None) -> None:
        self.front = window
        if self._listener is not None:
            self._listener.window_activated(window)

    # Windows

    def listen(self, listener: WindowListener) -> None:
        self._listener = listener
        listener.window_activated(self.front)

    def active(self) -> WindowInfo | None:
        return self.front

    def told(self) -> WindowInfo | None:
        return self.was_told

    def all(self) -> Sequence[WindowInfo]:
        return self.open_windows

    def follow(self, window: WindowInfo | None) -> None:
        self.log.append(f"follow {window.handle if window else None}")

    def frame(self, window: WindowInfo) -> Rect | None:
        return Rect(10, 20, 800, 600)

    def activate(self, window: WindowInfo) -> bool:
        self.log.append(f"activate {window.handle}")
        if self.alive:
            self.time.call_later(timedelta(milliseconds=5), lambda: self.bring_to_front(window))
        return self.alive

    def place_own(self, handle: int, place: Rect) -> None:
        self.log.append(f"place {place}")

    def stand_above(self, handle: int, window: WindowInfo) -> None:
        self.log.append(f"above {window.handle}")

    # KeySender

    def modifiers_held(self) -> bool:
        return self.time.now() < self._released_at

    def when_released(self, action: Callable[[], None]) -> Cancel:
        return self.time.call_later(max(self._released_at - self.time.now(), timedelta(0)), action)

    def send(self, combo: KeyCombo) -> bool:
        if not self.sends:
            return False
        self.log.append(str(combo))
        if combo.key == "v" and self.fetch_after is not None:
            for number in range(1, self.fetches + 1):
                self.time.call_later(self.fetch_after * number, self._fetch)
        return True

    def _fetch(self) -> None:
        assert self.front is not None
        self.typed.append((self.front.handle, self.content))
        self._taken()

    # Clipboard; a picture or file is `<its name>`

    def save(self, done: Callable[[Saved | None], None]) -> Cancel:
        saved = FakeSaved(self.content) if self.saves else None
        return self.time.call_later(timedelta(milliseconds=1), lambda: done(saved))

    def offer(self, content: str | Enclosure, *, to: WindowInfo, taken: Callable[[], None]) -> bool:
        if not self.offers:
            return False
        self.log.append(f"offer to {to.handle}")
        self.content = content if isinstance(content, str) else f"<{content.name}>"
        self._owner = "us"
        self._taken = taken
        return True

    def ours(self) -> bool:
        return self._owner == "us"

    def restore(self, saved: Saved) -> None:
        assert isinstance(saved, FakeSaved)
        self.log.append("restore")
        self.content = saved.text

    def keep(self, text: str) -> bool:
        self.log.append("keep")
        self.content = text
        self._owner = "us"
        return True

    def held(self) -> Mapping[str, bytes]:
        return {"UTF8_STRING": self.content.encode()} if self._owner == "us" else {}

    # TextBoxes

    def prepare(self, window: WindowInfo) -> None:
        self.log.append(f"prepare {window.handle}")

    def insert(self, window: WindowInfo, text: str, done: Callable[[BoxAnswer], None]) -> Cancel:
        self.log.append(f"write {window.handle}")
        if self.box is BoxAnswer.WRITTEN:
            self.boxes_typed.append(text)
        return self.time.call_later(timedelta(milliseconds=2), lambda: done(self.box))


class FakeSaved:
    """A clipboard content of text alone."""

    complete = True

    def __init__(self, text: str) -> None:
        self.text = text


class FakeHookedKeys:
    """Hears what the test presses and types."""

    def __init__(self) -> None:
        self.combos: dict[KeyCombo, Callable[[], None]] = {}
        self.abbreviations: dict[str, Callable[[Typed], None]] = {}
        self.deaf: Callable[[], None] = lambda: None

    def register(self, combo: KeyCombo, action: Callable[[], None]) -> bool:
        self.combos[combo] = action
        return True

    def unregister(self, combo: KeyCombo) -> None:
        del self.combos[combo]

    def when_typed(self, abbreviation: str, action: Callable[[Typed], None]) -> Cancel:
        self.abbreviations[abbreviation] = action

        def cancel() -> None:
            del self.abbreviations[abbreviation]

        return cancel

    def when_deaf(self, action: Callable[[], None]) -> None:
        self.deaf = action

    def press(self, combo: KeyCombo) -> None:
        self.combos[combo]()

    def type(self, abbreviation: str, *, window: int) -> None:
        """*abbreviation* and a space into *window*."""
        self.abbreviations[abbreviation](Typed(characters=len(abbreviation) + 1, window=window))


class FakeEnclosures:
    """Has everything that is attached but for what is `gone`."""

    def __init__(self) -> None:
        self.gone: set[str] = set()

    def load(
        self,
        attachments: Sequence[Attachment],
        *,
        done: Callable[[tuple[Enclosure, ...]], None],
        missing: Callable[[tuple[str, ...]], None],
    ) -> None:
        names = tuple(each.path for each in attachments)
        if gone := tuple(name for name in names if name in self.gone):
            missing(gone)
        else:
            done(tuple(Enclosure(name=each.path, path=each.path, before=each.before) for each in attachments))


class FakeNotifier:
    """Remembers what was announced, bubbles and sounds apart; `click` is one on the last bubble."""

    def __init__(self) -> None:
        self.bubbles: list[tuple[str, str]] = []
        self.rings: list[int] = []
        self.click: Callable[[], None] = lambda: None

    def announce(self, title: str, body: str, *, clicked: Callable[[], None]) -> None:
        self.show(title, body, clicked=clicked)

    def show(self, title: str, body: str, *, clicked: Callable[[], None]) -> None:
        self.bubbles.append((title, body))
        self.click = clicked

    def ring(self, times: int) -> None:
        self.rings.append(times)


class FakeFieldMemory:
    """The last field values, by phrase and field."""

    def __init__(self) -> None:
        self.kept: dict[tuple[PhraseId, str], str] = {}

    def recall(self, phrase: PhraseId, field: str) -> str:
        return self.kept.get((phrase, field), "")

    def keep(self, phrase: PhraseId, values: Mapping[str, str]) -> None:
        self.kept |= {(phrase, field): value for field, value in values.items()}


class FakeHistory:
    """The log in memory; `refuse` is raised instead of storing."""

    def __init__(self) -> None:
        self.stored: list[Event] = []
        self.transactions: list[tuple[Event, ...]] = []
        self.refuse: HistoryError | None = None
        self.foreign: list[Event] = []

    def news(self, limit: int) -> Sequence[Event]:
        if self.refuse is not None:
            raise self.refuse
        news, self.foreign = self.foreign[:limit], self.foreign[limit:]
        self.stored.extend(news)
        return news

    def conversation(self, conversation: ConversationId) -> Sequence[Event]:
        if self.refuse is not None:
            raise self.refuse
        return [event for event in self.events() if getattr(event, "conversation", None) == conversation]

    def append(self, *events: Event) -> None:
        if self.refuse is not None:
            raise self.refuse
        known = {event.id for event in self.stored}
        self.stored.extend(event for event in events if event.id not in known)
        self.transactions.append(events)

    def known(self, *ids: EventId) -> set[EventId]:
        if self.refuse is not None:
            raise self.refuse
        return {event.id for event in self.stored} & set(ids)

    def events(self, *, since: datetime | None = None, until: datetime | None = None) -> Iterator[Event]:
        for event in sorted(self.stored, key=lambda event: event.at):
            if (since is None or event.at >= since) and (until is None or event.at < until):
                yield event


class FakeElements:
    """Elements of windows: `at` is what stands at a point, `say` changes what the watched one says.

    Each answer comes a millisecond later, as no port's comes before the call has returned.
    """

    def __init__(self, time: FakeTime) -> None:
        self._time = time
        self.at: dict[tuple[int, int], tuple[Glimpse, Trace | None]] = {}
        self.asked: list[tuple[int, int]] = []
        self.watched: list[tuple[WindowInfo, ElementRule]] = []
        self.listening: list[Callable[[Match, str], None]] = []

    def glimpse(self, window: WindowInfo, x: int, y: int, seen: Callable[[Glimpse | None], None]) -> Cancel:
        self.asked.append((x, y))
        found = self.at[x, y][0] if (x, y) in self.at else None
        return self._time.call_later(timedelta(milliseconds=1), lambda: seen(found))

    def trace(self, window: WindowInfo, traced: Callable[[Trace | None], None]) -> Cancel:
        found = self.at[self.asked[-1]][1] if self.asked and self.asked[-1] in self.at else None
        return self._time.call_later(timedelta(milliseconds=1), lambda: traced(found))

    def watch(self, window: WindowInfo, rule: ElementRule, told: Callable[[Match, str], None]) -> Cancel:
        self.watched.append((window, rule))
        self.listening.append(told)

        def cancel() -> None:
            if told in self.listening:
                self.listening.remove(told)

        return cancel

    def say(self, words: str, match: Match = Match.FOUND) -> None:
        """The element says *words* now."""
        for told in tuple(self.listening):
            told(match, words)
