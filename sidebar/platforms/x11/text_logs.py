"""Clients that keep a conversation's messages in one text: who wrote is the colour of the names in it.

A text tells where it has grown, and with what; the words are dropped unread, the place is looked up: how
it is drawn there, and the name and time that stand coloured at the head of a message. Nothing that a
buyer or the agent said is asked for.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sidebar.domain.chat_clients import ClientProfile, ItemKind, recognise
from sidebar.domain.chat_logs import LogRule, Speaker
from sidebar.domain.chat_reading import ListEntry, buyer_of
from sidebar.domain.insertion import WindowInfo
from sidebar.domain.lean import dataclass
from sidebar.domain.log_growth import Frontier
from sidebar.platforms.x11 import accessibility as at_spi
from sidebar.platforms.x11.accessibility import Accessible, Role, State
from sidebar.platforms.x11.message_bus import MessageBus, Replies, Steps

_CHANGED = "TextChanged"
_COLOUR = "fg-color"
_BY_COLOUR = (Speaker.BUYER, Speaker.AGENT)
_RUNS = 100  # looked up at a time; a plain message has three


@dataclass(slots=True, kw_only=True)
class _Log:
    text: Accessible
    buyer: str
    frontier: Frontier


@dataclass(slots=True)
class _Head:
    """What stands coloured before a message."""

    speaker: Speaker
    start: int
    end: int


class TextLogs:
    """The texts of one window: that of each tab where conversations are tabs, else the window's own."""

    events: tuple[str, ...] = ("object:text-changed",)

    def __init__(
        self,
        bus: MessageBus,
        window: WindowInfo,
        profile: ClientProfile,
        rule: LogRule,
        changed: Callable[[], None],
    ) -> None:
        self._bus = bus
        self._window = window
        self._profile = profile
        self._rule = rule
        self._changed = changed
        self._logs: dict[Accessible, _Log] = {}
        self._deaf = bus.hear(self._on_signal)

    @property
    def followed(self) -> frozenset[str]:
        """The buyers whose messages are told of from now on."""
        return frozenset(log.buyer for log in self._logs.values())

    @property
    def behind(self) -> bool:
        """Whether something could not be looked up."""
        return any(log.frontier.due > log.frontier.end for log in self._logs.values())

    def close(self) -> None:
        """Listen no more."""
        self._deaf()
        self._forget(tuple(self._logs))

    def search(self, frame: Accessible, named: str) -> Steps[bool]:
        """Find the logs there are now, what is in them being old; whether there is any."""
        found = yield from self._texts(frame, named)
        self._forget([text for text, log in self._logs.items() if found.get(text) != log.buyer])
        new = [text for text in found if text not in self._logs]
        # what is asked after the bus has been asked to pass on changes is answered when it does
        answers = yield (
            self._bus,
            [ask(text) for text in new for ask in (at_spi.listening, at_spi.characters_of)],
        )
        for text, counted in zip(new, answers[1::2], strict=True):
            count = at_spi.as_number(counted)
            if count is not None:
                self._logs[text] = _Log(text=text, buyer=found[text], frontier=Frontier(count, count))
        return bool(self._logs)

    def look(self) -> Steps[list[tuple[str, tuple[Speaker, ...]]]]:
        """Who has written anew, by buyer."""
        news = []
        for log in tuple(self._logs.values()):
            while log.frontier.due > log.frontier.end:
                before = log.frontier.end, log.frontier.moves
                speakers = yield from self._read(log)
                if speakers:
                    news.append((log.buyer, speakers))
                if before == (log.frontier.end, log.frontier.moves):
                    break  # not to be had this time
        return news

    def _on_signal(self, path: str, name: str, values: tuple[Any, ...]) -> None:
        log = next((log for log in self._logs.values() if log.text.path == path), None)
        if log is None or name != _CHANGED:
            return
        match values:
            case ("insert", int(offset), int(length), *_) if length > 0:
                log.frontier.inserted(offset, length)
                self._changed()
            case ("delete", int(offset), int(length), *_):
                log.frontier.deleted(offset, length)

    def _forget(self, texts: Sequence[Accessible]) -> None:
        """What is gone, is called otherwise now or used for another buyer is followed no more."""
        for text in texts:
            del self._logs[text]
        self._bus.ask([at_spi.listening_over(text) for text in texts], _unheard)

    def _texts(self, frame: Accessible, named: str) -> Steps[dict[Accessible, str]]:
        """The texts of messages, and whose they are."""
        holders = yield from self._holders(frame, named)
        answers = yield (
            self._bus,
            [at_spi.matches(each, (Role.TEXT,), (State.MULTI_LINE,)) for each in holders],
        )
        texts = [
            (holder, text)
            for holder, answer in zip(holders, answers, strict=True)
            for text in at_spi.as_objects(answer)
        ]
        states = yield self._bus, [at_spi.states_of(text) for _, text in texts]
        first: dict[Accessible, Accessible] = {}
        for (holder, text), state in zip(texts, states, strict=True):
            if not state.error and State.EDITABLE not in at_spi.as_states(state):  # else it is the input box
                first.setdefault(holder, text)
        return {text: holders[holder] for holder, text in first.items() if holders[holder]}

    def _holders(self, frame: Accessible, named: str) -> Steps[dict[Accessible, str]]:
        """What holds the conversation of one buyer each."""
        reading = self._profile.reading
        if reading is None or reading.items is not ItemKind.PAGE_TAB:
            (titled,) = yield self._bus, [at_spi.name_of(frame)]
            return {frame: named or buyer_in(at_spi.as_text(titled), self._window, self._profile)}
        (matched,) = yield self._bus, [at_spi.matches(frame, (Role.PAGE_TAB,), ())]
        tabs = at_spi.as_objects(matched)
        names = yield self._bus, [at_spi.name_of(tab) for tab in tabs]
        named_tabs = (
            (tab, buyer_of(ListEntry(name=at_spi.as_text(name) or ""), reading))
            for tab, name in zip(tabs, names, strict=True)
        )
        return {tab: buyer for tab, buyer in named_tabs if buyer}

    def _read(self, log: _Log) -> Steps[tuple[Speaker, ...]]:
        """Who wrote from where the log has been read to; none where it changed before that under our eyes."""
        frontier = log.frontier
        (counted,) = yield self._bus, [at_spi.characters_of(log.text)]
        count = at_spi.as_number(counted)
        if count is None:
            return ()
        frontier.within(count)
        moves = frontier.moves
        heads, place = yield from self._heads(log.text, frontier.end, frontier.due)
        # the character before tells whether it begins a line: what a buyer writes can be coloured too
        words = yield self._bus, [at_spi.text_of(log.text, max(h.start - 1, 0), h.end) for h in heads]
        if frontier.moves != moves or any(each.error for each in words):
            return ()
        frontier.end = min(place, frontier.due)  # a run may end in what has not been told of yet
        told = (
            self._speaker(head, at_spi.as_text(each) or "") for head, each in zip(heads, words, strict=True)
        )
        return tuple(speaker for speaker in told if speaker is not None)

    def _heads(self, text: Accessible, start: int, end: int) -> Steps[tuple[Sequence[_Head], int]]:
        """What stands in a buyer's or the agent's colour from *start* on, and how far that was looked up."""
        heads: list[_Head] = []
        place = start
        for _ in range(_RUNS):
            if place >= end:
                break
            (answer,) = yield self._bus, [at_spi.run_of(text, place)]
            run = at_spi.as_run(answer)
            if run is None or run.end <= place:
                break
            speaker = self._rule.speaker(run.style.get(_COLOUR, ""), among=_BY_COLOUR)
            if speaker is not None and heads and heads[-1].end == place and heads[-1].speaker is speaker:
                heads[-1].end = run.end
            elif speaker is not None:
                heads.append(_Head(speaker, place, run.end))
            place = run.end
        return heads, place

    def _speaker(self, head: _Head, words: str) -> Speaker | None:
        if head.start and not words.startswith("\n"):
            return None
        return self._rule.named(head.speaker, words)


def _unheard(_: Replies) -> None:
    """What is gone has nothing to say."""


def buyer_in(title: str | None, window: WindowInfo, profile: ClientProfile) -> str:
    """The buyer that *window* names under *title*; '' where it names none."""
    named = WindowInfo(handle=window.handle, pid=window.pid, program=window.program, title=title or "")
    chat = recognise(named, (profile,))
    return chat.customer if chat is not None else ""
