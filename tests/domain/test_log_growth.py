"""Which messages of a log are new, whatever comes and goes around them."""

from collections import Counter
from collections.abc import Iterable
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.chat_logs import Speaker
from sidebar.domain.log_growth import Frontier, Line, ShownLines

BUYER, AGENT, BOT = Speaker.BUYER, Speaker.AGENT, Speaker.BOT


def lines(*said: str) -> tuple[Line, ...]:
    """`b1` is the buyer's message with the key b1, `a2` the agent's."""
    return tuple(Line(key=each, speaker=BUYER if each[0] == "b" else AGENT) for each in said)


def test_what_is_there_at_first_is_old() -> None:
    shown = ShownLines()
    assert shown.take(lines("b1", "a2", "b3")) == ()
    assert shown.take(lines("b1", "a2", "b3")) == ()


def test_what_comes_behind_is_new() -> None:
    shown = ShownLines()
    shown.take(lines("b1"))
    assert shown.take(lines("b1", "a2", "b3")) == (AGENT, BUYER)


def test_history_that_comes_up_above_is_old() -> None:
    shown = ShownLines()
    shown.take(lines("b3"))
    assert shown.take(lines("b1", "a2", "b3")) == ()
    assert shown.take(lines("b1", "a2", "b3", "a4")) == (AGENT,)


def test_a_page_that_was_loaded_anew_has_nothing_new() -> None:
    shown = ShownLines()
    shown.take(lines("b1", "a2"))
    assert shown.take(()) == ()
    assert shown.take(lines("b11", "a12", "b13")) == ()
    assert shown.take(lines("b11", "a12", "b13", "a14")) == (AGENT,)


def test_the_first_message_of_a_conversation_is_new() -> None:
    shown = ShownLines()
    shown.settle(())
    assert shown.take(lines("b1")) == (BUYER,)


def test_messages_that_are_loaded_late_are_old() -> None:
    shown = ShownLines()
    shown.settle(())
    assert shown.take(lines("b1", "a2", "b3")) == ()


def test_a_message_that_is_shown_before_it_is_sent_is_one() -> None:
    shown = ShownLines()
    shown.take(lines("b1"))
    assert shown.take(lines("b1", "a-sending")) == (AGENT,)
    assert shown.take(lines("b1", "a2")) == ()
    assert shown.take(lines("b1", "a2", "a3")) == (AGENT,)


def test_a_buyer_who_writes_while_an_answer_is_sent_is_heard() -> None:
    shown = ShownLines()
    shown.take(lines("b1"))
    shown.take(lines("b1", "a-sending"))
    assert shown.take(lines("b1", "b2", "a3")) == (BUYER,)


class Page:
    """A log of which a part is shown; what comes back into view is another object than before."""

    def __init__(self) -> None:
        self._keys = count()
        self._older: list[Speaker] = [BUYER, AGENT] * 20
        self._said: list[Line] = [self._line(BUYER), self._line(AGENT)]
        self._hidden: list[Line] = []
        self.written: Counter[Speaker] = Counter()

    def _line(self, speaker: Speaker) -> Line:
        return Line(key=str(next(self._keys)), speaker=speaker)

    def write(self, speaker: Speaker) -> None:
        self.written[speaker] += 1
        (self._hidden or self._said).append(self._line(speaker))

    def scroll_up(self, lines: int) -> None:
        cut = min(lines, len(self._said) - 1)
        self._said, gone = self._said[: len(self._said) - cut], self._said[len(self._said) - cut :]
        self._hidden = gone + self._hidden
        self._said = [self._line(self._older.pop()) for _ in range(min(lines, len(self._older)))] + self._said

    def scroll_down(self) -> None:
        self._said += [self._line(line.speaker) for line in self._hidden]
        self._hidden = []

    def shown(self) -> tuple[Line, ...]:
        return tuple(self._said)


_DEEDS = st.one_of(
    st.sampled_from([BUYER, AGENT, BOT]), st.integers(1, 5), st.just("down"), st.just("look twice")
)


@given(st.lists(_DEEDS, max_size=40))
def test_each_message_is_told_once_however_the_page_is_scrolled(deeds: list[Speaker | int | str]) -> None:
    page, shown, told = Page(), ShownLines(), Counter[Speaker]()
    shown.settle(page.shown())
    for deed in [*deeds, "down"]:
        match deed:
            case Speaker():
                page.write(deed)
            case int():
                page.scroll_up(deed)
            case "down":
                page.scroll_down()
            case _:
                told.update(shown.take(page.shown()))
        told.update(shown.take(page.shown()))
    assert told == page.written


class GrowingText:
    """A text of messages, as a list of characters: `H` begins one, with its number."""

    def __init__(self) -> None:
        self.characters: list[tuple[str, int]] = self._message(-1, 5)
        self.frontier = Frontier(len(self.characters), len(self.characters))
        self.typing = 0
        self.written: list[int] = []
        self.read: list[int] = []

    @staticmethod
    def _message(number: int, length: int) -> list[tuple[str, int]]:
        return [("H", number), *[("x", number)] * length]

    def write(self, lengths: Iterable[int]) -> None:
        """One change that the text tells of, however many messages it is."""
        self._stop_typing()
        start = len(self.characters)
        for length in lengths:
            number = len(self.written)
            self.written.append(number)
            self.characters += self._message(number, length)
        self.frontier.inserted(start, len(self.characters) - start)

    def type(self) -> None:
        """'… is typing' stands at the end until a message comes."""
        if not self.typing:
            self.frontier.inserted(len(self.characters), 4)
            self.characters += [("t", 0)] * 4
            self.typing = 4

    def _stop_typing(self) -> None:
        if self.typing:
            self.frontier.deleted(len(self.characters) - self.typing, self.typing)
            del self.characters[-self.typing :]
            self.typing = 0

    def load_history(self, length: int) -> None:
        old = self._message(-2, length)
        self.characters[:0] = old
        self.frontier.inserted(0, len(old))

    def look(self) -> None:
        self.frontier.within(len(self.characters))
        new = self.characters[self.frontier.end : self.frontier.due]
        self.read += [number for mark, number in new if mark == "H"]
        self.frontier.end = self.frontier.due

    def trim(self, length: int) -> None:
        """What has been read is taken off at the front, but not all: above an empty text nothing can come."""
        self.look()
        cut = min(length, len(self.characters) - self.typing - 1)
        del self.characters[:cut]
        self.frontier.deleted(0, cut)


_CHANGES = st.one_of(
    st.lists(st.integers(0, 9), min_size=1, max_size=3),
    st.just("type"),
    st.just("look"),
    st.integers(0, 30),
    st.integers(-30, -1),
)


@given(st.lists(_CHANGES, max_size=40))
def test_each_message_is_read_once_however_the_text_changes(changes: list[list[int] | str | int]) -> None:
    text = GrowingText()
    for change in [*changes, "look"]:
        match change:
            case list():
                text.write(change)
            case "type":
                text.type()
            case int() if change < 0:
                text.trim(-change)
            case int():
                text.load_history(change)
            case _:
                text.look()
    assert text.read == text.written


def test_what_was_not_told_of_is_made_up_for() -> None:
    frontier = Frontier(10, 10)
    frontier.inserted(16, 4)
    assert (frontier.end, frontier.due) == (10, 20)
    frontier.within(18)
    assert frontier.due == 18
