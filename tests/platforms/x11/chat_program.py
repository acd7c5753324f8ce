"""A chat client as accessibility sees it: a window with messages, a search field and an input box."""

import os
from collections.abc import Callable, Set
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sidebar.domain.insertion import WindowInfo
from tests.platforms.x11.buses import Peer, Refusal
from tests.platforms.x11.loop import Loop

# Of atspi-constants.h, written down here once more so that the tests can contradict the code.
EDITABLE, FOCUSED, MULTI_LINE, SENSITIVE, SHOWING = 7, 12, 17, 24, 25
FRAME, PANEL, TEXT, APPLICATION, ENTRY = 23, 39, 61, 75, 79

SEARCH_FIELD = frozenset({EDITABLE, SENSITIVE, SHOWING})
INPUT_BOX = SEARCH_FIELD | {FOCUSED, MULTI_LINE}

TITLE = "王小姐"
WINDOW = WindowInfo(handle=7, pid=os.getpid(), program="Pidgin", title=TITLE)

_REGISTRY = "/org/a11y/atspi/accessible/root"

_Answer: TypeAlias = tuple[str, tuple[Any, ...]]


@dataclass(eq=False, kw_only=True)
class Thing:
    """An accessible object. `caret` and `selection` count as its toolkit does."""

    path: str
    role: int
    states: Set[int] = frozenset({SENSITIVE, SHOWING})
    name: str = ""
    parts: list["Thing"] = field(default_factory=list)
    text: str = ""
    caret: int = 0
    selection: tuple[int, int] | None = None
    style: dict[str, str] = field(default_factory=dict)

    def within(self) -> list["Thing"]:
        """Everything in it, and in that; each thing once, whatever contains what."""
        found: dict[str, Thing] = {}
        coming = list(self.parts)
        while coming:
            thing = coming.pop(0)
            if thing.path not in found:
                found[thing.path] = thing
                coming += thing.parts
        return list(found.values())


class ChatProgram(Peer):
    """Plays the program, and the two names that every accessibility bus has besides.

    `before` runs something when a method is called, ahead of its answer; `answers` gives another
    answer instead. Without `searches` it has no Collection, as in Qt 5 and GTK 4.
    """

    def __init__(self, address: str, loop: Loop, *, toolkit: str = "GAIL", searches: bool = True) -> None:
        super().__init__(address, loop, "org.a11y.Bus", "org.a11y.atspi.Registry")
        self.toolkit = toolkit
        self.before: dict[str, Callable[[], None]] = {}
        self.answers: dict[str, _Answer] = {"GetAddress": ("s", (address,))}
        self.box = Thing(path="/box", role=TEXT, states=INPUT_BOX)
        self.search = Thing(path="/search", role=ENTRY, states=SEARCH_FIELD)
        messages = Thing(path="/messages", role=TEXT, text="(19:51:04) 王小姐: 在吗？")
        self.panel = Thing(path="/panel", role=PANEL, parts=[messages, self.search, self.box])
        self.frame = Thing(path="/frame", role=FRAME, name=TITLE, parts=[self.panel])
        self.buddies = Thing(path="/buddies", role=FRAME, name="Buddy List")
        self.program = Thing(path="/program", role=APPLICATION, parts=[self.buddies, self.frame])
        self.registry = Thing(path=_REGISTRY, role=APPLICATION, parts=[self.program])
        self._methods: dict[str, Callable[..., _Answer]] = {
            "Get": self._property,
            "GetChildren": lambda thing: ("a(so)", (self._references(thing.parts),)),
            "GetRole": lambda thing: ("u", (thing.role,)),
            "GetState": lambda thing: ("au", ([sum(1 << state for state in thing.states), 0],)),
            "GetText": lambda box, *_: ("s", (box.text,)),
            "GetAttributes": lambda thing, *_: ("a{ss}ii", (thing.style, 0, len(thing.name))),
            "GetNSelections": lambda box: ("i", (int(box.selection is not None),)),
            "GetSelection": lambda box, *_: ("ii", box.selection or (0, 0)),
            "SetCaretOffset": self._set_caret,
            "DeleteText": self._delete,
            "InsertText": self._insert,
        }
        if searches:
            self._methods["GetMatches"] = self._matches

    def answer(self, path: str, member: str, body: tuple[Any, ...]) -> _Answer:
        if member in self.before:
            self.before[member]()
        if member in self.answers:
            return self.answers[member]
        things = {thing.path: thing for thing in (self.registry, *self.registry.within())}
        if path not in things:
            raise Refusal("org.freedesktop.DBus.Error.UnknownObject")
        if member not in self._methods:
            raise Refusal("org.freedesktop.DBus.Error.UnknownMethod")
        return self._methods[member](things[path], *body)

    def offset(self, text: str) -> int:
        """How far *text* reaches in this toolkit's counting."""
        return len(self._units(text))

    def _property(self, thing: Thing, interface: str, name: str) -> _Answer:
        values: dict[str, tuple[str, object]] = {
            "org.a11y.atspi.Application.ToolkitName": ("s", self.toolkit),
            "org.a11y.atspi.Accessible.Name": ("s", thing.name),
            "org.a11y.atspi.Text.CaretOffset": ("i", thing.caret),
        }
        return "v", (values[f"{interface}.{name}"],)

    def _references(self, things: list[Thing]) -> list[tuple[str, str]]:
        return [(self.bus_name, thing.path) for thing in things]

    def _matches(self, root: Thing, rule: tuple[Any, ...], *_: object) -> _Answer:
        states, _all, _attributes, _all, roles, _any, *_rest = rule
        found = [
            thing for thing in root.within() if thing.states >= _bits(states) and thing.role in _bits(roles)
        ]
        return "a(so)", (self._references(found),)

    def _set_caret(self, box: Thing, offset: int) -> _Answer:
        box.caret, box.selection = offset, None
        return "b", (True,)

    def _delete(self, box: Thing, start: int, end: int) -> _Answer:
        units = self._units(box.text)
        box.text = self._text(units[:start] + units[end:])
        box.caret, box.selection = start, None
        return "b", (True,)

    def _insert(self, box: Thing, offset: int, text: str, length: int) -> _Answer:
        """As the toolkits do: ATK takes *length* bytes, Qt pads or cuts to *length* UTF-16 units."""
        if self.toolkit == "Qt":
            new = self._units(text)[:length]
            new += [b"\0\0"] * (length - len(new))
        else:
            new = self._units(text.encode()[:length].decode())
        units = self._units(box.text)
        box.text = self._text(units[:offset] + new + units[offset:])
        return "b", (True,)

    def _units(self, text: str) -> list[bytes]:
        if self.toolkit == "Qt":
            data = text.encode("utf-16-le")
            return [data[i : i + 2] for i in range(0, len(data), 2)]
        return [character.encode() for character in text]

    def _text(self, units: list[bytes]) -> str:
        return b"".join(units).decode("utf-16-le" if self.toolkit == "Qt" else "utf-8")


def _bits(words: list[int]) -> set[int]:
    bits = sum((word & 0xFFFFFFFF) << (32 * place) for place, word in enumerate(words))
    return {bit for bit in range(bits.bit_length()) if bits >> bit & 1}
