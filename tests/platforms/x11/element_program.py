"""A chat client whose window can be pointed into, played on a real message bus."""

from dataclasses import dataclass, field
from typing import Any

from jeepney import DBusAddress, new_signal

from sidebar.domain.insertion import Rect
from tests.platforms.x11.chat_program import FRAME, SHOWING, TITLE, ChatProgram, Thing
from tests.platforms.x11.loop import Loop

_NULL = ("", "/org/a11y/atspi/null")


@dataclass(eq=False, kw_only=True)
class Part(Thing):
    """A thing with a place on the screen; of its parts it says itself which is `chosen`."""

    role: int = 0
    kind: str = "panel"
    place: Rect = field(default_factory=lambda: Rect(0, 0, 10, 10))
    marks: dict[str, str] = field(default_factory=dict)
    id: str = ""
    chosen: "Part | None" = None
    would_show: "Part | None" = None
    """What a tab of GTK 2 names wherever one points in it."""


class ElementProgram(ChatProgram):
    """Shows a page: a list of buyers, and above the messages the name of the open one.

    `deep` is how some toolkits answer a point: with the innermost thing at once.
    """

    def __init__(self, address: str, loop: Loop, *, deep: bool = False) -> None:
        super().__init__(address, loop)
        self.deep = deep
        self.wanted: list[str] = []
        self.name = Part(path="/name", kind="static", name=TITLE, place=Rect(110, 10, 40, 20))
        self.heading = Part(
            path="/heading",
            kind="heading",
            name=TITLE,
            place=Rect(100, 0, 200, 40),
            marks={"id": "who", "class": "big name"},
            parts=[self.name],
        )
        self.entry = Part(path="/entry", kind="entry", states={SHOWING, 7}, place=Rect(100, 60, 200, 40))
        self.entry.text = "亲，"
        main = Part(
            path="/main", kind="section", place=Rect(100, 0, 200, 100), parts=[self.heading, self.entry]
        )
        self.items = [
            Part(path=f"/item{at}", kind="list item", name=name, place=Rect(0, at * 20, 90, 20))
            for at, name in enumerate((TITLE, "Mr. Smith"))
        ]
        self.list = Part(
            path="/list", kind="list", place=Rect(0, 0, 90, 100), parts=[*self.items], chosen=self.items[0]
        )
        page = Part(path="/page", kind="document web", place=Rect(0, 0, 300, 100), parts=[self.list, main])
        self.tools = Part(path="/tools", kind="tool bar", place=Rect(0, 0, 300, 0))
        self.window = Part(
            path="/window",
            role=FRAME,
            kind="frame",
            name=TITLE,
            place=Rect(0, 0, 300, 100),
            parts=[self.tools, page],
        )
        self.program.parts = [self.window]
        self._methods |= {
            "GetAccessibleAtPoint": self._at,
            "GetExtents": lambda thing, *_: ("(iiii)", (_corners(thing.place),)),
            "GetRoleName": lambda thing: ("s", (thing.kind,)),
            "GetAttributes": lambda thing: ("a{ss}", (thing.marks,)),
            "GetSelectedChild": self._selected,
        }

    def answer(self, path: str, member: str, body: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
        if member == "RegisterEvent":
            self.wanted.append(body[0])
            return "", ()
        if member == "DeregisterEvent":
            self.wanted.remove(body[0])
            return "", ()
        return super().answer(path, member, body)

    def tell(self, thing: Thing, event: str) -> None:
        """Have *thing* say that something about it has changed."""
        emitter = DBusAddress(thing.path, interface="org.a11y.atspi.Event.Object")
        self._link.send(new_signal(emitter, event, "siiv(so)", ("", 0, 0, ("i", 0), (self.bus_name, "/"))))

    def open(self, buyer: str) -> None:
        """Show *buyer*, and say so as a browser does."""
        self.heading.name = self.name.name = buyer
        self.tell(self.heading, "ChildrenChanged")
        self.tell(self.heading, "PropertyChange")

    def _property(self, thing: Thing, interface: str, name: str) -> tuple[str, tuple[Any, ...]]:
        if name == "Parent":
            parents = [each for each in (self.program, *self.program.within()) if thing in each.parts]
            return "v", (("(so)", (self.bus_name, parents[0].path) if parents else _NULL),)
        if name == "AccessibleId":
            return "v", (("s", thing.id if isinstance(thing, Part) else ""),)
        return super()._property(thing, interface, name)

    def _at(self, thing: Thing, x: int, y: int, _kind: int) -> tuple[str, tuple[Any, ...]]:
        if isinstance(thing, Part) and thing.would_show is not None:
            return "(so)", ((self.bus_name, thing.would_show.path),)
        under = [each for each in thing.parts if isinstance(each, Part) and _holds(each.place, x, y)]
        if not under:
            return "(so)", (_NULL,)
        if self.deep:
            inner: tuple[str, tuple[Any, ...]] = self._at(under[0], x, y, _kind)
            if inner[1][0] != _NULL:
                return inner
        return "(so)", ((self.bus_name, under[0].path),)

    def _selected(self, thing: Thing, _index: int) -> tuple[str, tuple[Any, ...]]:
        chosen = thing.chosen if isinstance(thing, Part) else None
        return "(so)", ((self.bus_name, chosen.path) if chosen is not None else _NULL,)


def _corners(place: Rect) -> tuple[int, int, int, int]:
    return place.x, place.y, place.width, place.height


def _holds(place: Rect, x: int, y: int) -> bool:
    return place.x <= x < place.x + place.width and place.y <= y < place.y + place.height
