"""A chat client whose messages can be heard of, played on a real message bus: as one text, or as a page."""

from typing import Any

from jeepney import DBusAddress, new_signal

from sidebar.domain.insertion import Rect
from tests.platforms.x11.chat_program import EDITABLE, MULTI_LINE, SENSITIVE, SHOWING, TEXT, TITLE, Thing
from tests.platforms.x11.element_program import ElementProgram, Part
from tests.platforms.x11.loop import Loop

# Of atspi-constants.h, written down here once more so that the tests can contradict the code.
ACTIVE, LIST, PAGE_TAB, SECTION, LINK, LOG = 1, 31, 37, 85, 88, 111

BUYERS, AGENTS, SYSTEMS = "52428,0,0", "8224,19018,34695", "30583,30583,30583"


class TextLog(Part):
    """A text that is drawn in stretches, as GtkIMHtml keeps a conversation."""

    def __init__(self, path: str) -> None:
        super().__init__(path=path, role=TEXT, states={SENSITIVE, SHOWING, MULTI_LINE})
        self.runs: list[tuple[str, str]] = []
        """Words and their colour, one after another."""

    def words(self) -> str:
        return "".join(words for words, _ in self.runs)

    def run_at(self, offset: int) -> tuple[str, int, int]:
        start = 0
        for words, colour in self.runs:
            if offset < start + len(words):
                return colour, start, start + len(words)
            start += len(words)
        return "", start, start


class LogProgram(ElementProgram):
    """`tabs` has a conversation each; `log` is the only one of the page beside them."""

    def __init__(self, address: str, loop: Loop) -> None:
        super().__init__(address, loop)
        self.log = Part(path="/log", role=LOG, place=Rect(0, 0, 100, 100))
        self.links = [
            Part(path=f"/link{at}", role=LINK, name=name) for at, name in enumerate((TITLE, "Mr. Smith"))
        ]
        self.links[0].states = {ACTIVE, SHOWING}
        self.window.parts = [*self.links, self.log]
        self.program.parts = [self.window, self.buddies]
        self.messages = 0
        self._methods |= {
            "GetAttributeRun": self._run,
            "GetText": self._words,
            "GetChildAtIndex": lambda thing, place: (
                "(so)",
                ((self.bus_name, thing.parts[place].path),),
            ),
        }

    def add_tab(self, buyer: str) -> TextLog:
        """A tab with a text of messages and an input box."""
        log = TextLog(path=f"/text{len(self.window.parts)}")
        box = Part(path=f"{log.path}/box", role=TEXT, states={SENSITIVE, MULTI_LINE, EDITABLE})
        self.window.parts.append(Part(path=f"{log.path}/tab", role=PAGE_TAB, name=buyer, parts=[log, box]))
        return log

    def write(self, log: TextLog, *said: tuple[str, str, str]) -> None:
        """Colour, name and words of each; all of it is one change, as GAIL tells it."""
        start = len(log.words())
        for colour, name, words in said:
            head = [("\n", "")] if log.runs else []
            log.runs += [*head, ("(19:51:04) ", colour), (f"{name}: ", colour), (words, "")]
        self.tell_change(log, "insert", start, len(log.words()) - start)

    def add_line(self, log: TextLog, words: str, colour: str) -> None:
        """A line of the client's own."""
        start = len(log.words())
        log.runs += [("\n", ""), (words, colour)]
        self.tell_change(log, "insert", start, len(words) + 1)

    def clear(self, log: TextLog) -> None:
        length = len(log.words())
        log.runs.clear()
        self.tell_change(log, "delete", 0, length)

    def tell_change(self, log: TextLog, detail: str, offset: int, length: int) -> None:
        emitter = DBusAddress(log.path, interface="org.a11y.atspi.Event.Object")
        body: tuple[Any, ...] = (detail, offset, length, ("s", log.words()[offset : offset + length]), {})
        self._link.send(new_signal(emitter, "TextChanged", "siiva{sv}", body))

    def say(self, style: str, *, x: int = 0, first: bool = False) -> Part:
        """A message comes up in the page, at its end or above all others."""
        self.messages += 1
        message = Part(
            path=f"/message{self.messages}", role=SECTION, marks={"class": style}, place=Rect(x, 0, 50, 10)
        )
        self.log.parts.insert(0 if first else len(self.log.parts), message)
        self.tell(self.log, "ChildrenChanged")
        return message

    def turn_to(self, number: int, *styles: str) -> None:
        """Show another buyer's messages in the page."""
        for place, link in enumerate(self.links):
            link.states = {ACTIVE, SHOWING} if place == number else {SHOWING}
        self.log.parts = []
        for style in styles:
            self.say(style)

    def _run(self, log: Thing, offset: int, _defaults: bool) -> tuple[str, tuple[Any, ...]]:
        assert isinstance(log, TextLog)
        colour, start, end = log.run_at(offset)
        return "a{ss}ii", ({"fg-color": colour} if colour else {}, start, end)

    def _words(self, log: Thing, start: int, end: int) -> tuple[str, tuple[Any, ...]]:
        assert isinstance(log, TextLog)
        words = log.words()
        return "s", (words[start:] if end < 0 else words[start:end],)

    def _property(self, thing: Thing, interface: str, name: str) -> tuple[str, tuple[Any, ...]]:
        if name == "ChildCount":
            return "v", (("i", len(thing.parts)),)
        if name == "CharacterCount":
            assert isinstance(thing, TextLog)
            return "v", (("i", len(thing.words())),)
        return super()._property(thing, interface, name)
