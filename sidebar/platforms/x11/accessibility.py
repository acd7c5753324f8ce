"""The part of AT-SPI that is spoken here: questions to accessible objects, and what their answers say.

Names, signatures and numbers are those of the interface descriptions in at-spi2-core/xml and of
atspi-constants.h. Events are heard of single objects, for that something has changed there and where;
nothing here listens to keystrokes.
"""

import re
from collections.abc import Iterable, Mapping
from enum import Enum, IntEnum
from typing import Any, NamedTuple

from jeepney import DBusAddress, MatchRule, Message, new_method_call
from jeepney.bus_messages import message_bus

from sidebar.domain.insertion import Rect
from sidebar.platforms.x11.message_bus import Reply

_ACCESSIBLE = "org.a11y.atspi.Accessible"
_APPLICATION = "org.a11y.atspi.Application"
_COMPONENT = "org.a11y.atspi.Component"
_COLLECTION = "org.a11y.atspi.Collection"
_EDITABLE = "org.a11y.atspi.EditableText"
_TEXT = "org.a11y.atspi.Text"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_REGISTRY = "org.a11y.atspi.Registry"
_SELECTION = "org.a11y.atspi.Selection"

_ALL, _ANY = 1, 2  # how a match rule combines what it lists
_CANONICAL = 1  # the order of matches
_UNIQUE_NAME = re.compile(r":[0-9]+\.[0-9]+")
_MOST = 256  # matches asked for; a window has a handful of text boxes, a busy one 60 conversations
_BOLD = 600  # of a font's weights, 100 to 900
_SCREEN = 0  # whose coordinates are meant


class State(IntEnum):
    """Bits of an object's state."""

    ACTIVE = 1
    EDITABLE = 7
    FOCUSED = 12
    MULTI_LINE = 17
    SELECTED = 23
    SENSITIVE = 24
    SHOWING = 25


class Role(IntEnum):
    """What an object is."""

    LIST = 31
    LIST_ITEM = 32
    PAGE_TAB = 37
    PAGE_TAB_LIST = 38
    PANEL = 39
    TEXT = 61
    ENTRY = 79
    PARAGRAPH = 73
    SECTION = 85
    LINK = 88
    LIST_BOX = 98
    ARTICLE = 109
    LANDMARK = 110
    LOG = 111


class Toolkit(Enum):
    """How a toolkit counts: ATK's offsets are characters and its lengths bytes, Qt's are all UTF-16 units.

    Given bytes, Qt appends that many NUL characters, which a read-back through C strings hides.
    """

    GTK = "gtk"
    QT = "qt"

    def length(self, text: str) -> int:
        """What InsertText is to be told of *text*."""
        return len(text.encode()) if self is Toolkit.GTK else _utf16_units(text)

    def offsets(self, text: str) -> int:
        """How many offsets *text* spans."""
        return len(text) if self is Toolkit.GTK else _utf16_units(text)

    def spliced(self, text: str, start: int, end: int, new: str) -> str:
        """*text* with *new* in place of what stands between two offsets."""
        if self is Toolkit.GTK:
            return text[:start] + new + text[end:]
        units = text.encode("utf-16-le")
        return (units[: 2 * start] + new.encode("utf-16-le") + units[2 * end :]).decode(
            "utf-16-le", "replace"
        )


_TOOLKITS = {"gail": Toolkit.GTK, "gtk": Toolkit.GTK, "qt": Toolkit.QT}  # GTK 2 calls itself GAIL


class Accessible(NamedTuple):
    """An object of a program: the program's name on the bus, and the object's path there."""

    bus_name: str
    path: str


class Run(NamedTuple):
    """A stretch of a text that is drawn alike: where it ends, and how it is drawn."""

    end: int
    style: Mapping[str, str]


REGISTRY = Accessible("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
_EVENTS = Accessible("org.a11y.atspi.Registry", "/org/a11y/atspi/registry")


def accessibility_bus() -> Message:
    """Asks the session bus for the address of the accessibility bus."""
    return new_method_call(DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"), "GetAddress")


def process_of(thing: Accessible) -> Message:
    """Asks the bus itself whose connection it is: the answer cannot be made up by the program."""
    return message_bus.GetConnectionUnixProcessID(thing.bus_name)


def toolkit_of(application: Accessible) -> Message:
    return _property(application, _APPLICATION, "ToolkitName")


def name_of(thing: Accessible) -> Message:
    return _property(thing, _ACCESSIBLE, "Name")


def children_of(thing: Accessible) -> Message:
    return _call(thing, _ACCESSIBLE, "GetChildren")


def child_count_of(thing: Accessible) -> Message:
    return _property(thing, _ACCESSIBLE, "ChildCount")


def child_of(thing: Accessible, index: int) -> Message:
    return _call(thing, _ACCESSIBLE, "GetChildAtIndex", "i", (index,))


def states_of(thing: Accessible) -> Message:
    return _call(thing, _ACCESSIBLE, "GetState")


def role_of(thing: Accessible) -> Message:
    return _call(thing, _ACCESSIBLE, "GetRole")


def matches(root: Accessible, roles: Iterable[Role], states: Iterable[State], most: int = _MOST) -> Message:
    """Asks for the objects below *root* with any of *roles* and all of *states*, in one call."""
    rule: tuple[Any, ...] = (_words(states, 2), _ALL, {}, _ALL, _words(roles, 4), _ANY, [], _ALL, False)
    body = (rule, _CANONICAL, most, True)
    return _call(root, _COLLECTION, "GetMatches", "(aiia{ss}iaiiasib)uib", body)


def part_at(thing: Accessible, x: int, y: int) -> Message:
    """Asks for what is in *thing* at a point of the screen; some programs name the innermost at once."""
    return _call(thing, _COMPONENT, "GetAccessibleAtPoint", "iiu", (x, y, _SCREEN))


def place_of(thing: Accessible) -> Message:
    return _call(thing, _COMPONENT, "GetExtents", "u", (_SCREEN,))


def parent_of(thing: Accessible) -> Message:
    return _property(thing, _ACCESSIBLE, "Parent")


def role_name_of(thing: Accessible) -> Message:
    """Asks what it is, in the one word for it that is never translated."""
    return _call(thing, _ACCESSIBLE, "GetRoleName")


def attributes_of(thing: Accessible) -> Message:
    """Asks for what its toolkit knows besides; of a page's elements the id and the classes."""
    return _call(thing, _ACCESSIBLE, "GetAttributes")


def id_of(thing: Accessible) -> Message:
    return _property(thing, _ACCESSIBLE, "AccessibleId")


def chosen_in(thing: Accessible) -> Message:
    """Asks for the first selected child: a tab of GTK 2 does not say itself that it is."""
    return _call(thing, _SELECTION, "GetSelectedChild", "i", (0,))


def start_of(thing: Accessible, length: int) -> Message:
    """Asks for the first characters of a text."""
    return _call(thing, _TEXT, "GetText", "ii", (0, length))


def events_wanted(bus_name: str, events: Iterable[str]) -> list[Message]:
    """Has the program of that name tell of *events* at all; without, it spares itself the trouble."""
    return [_call(_EVENTS, _REGISTRY, "RegisterEvent", "sass", (event, [], bus_name)) for event in events]


def events_done_with(events: Iterable[str]) -> list[Message]:
    """Takes back what has been wanted, of whatever program."""
    return [_call(_EVENTS, _REGISTRY, "DeregisterEvent", "s", (event,)) for event in events]


def listening(thing: Accessible) -> Message:
    """Has the bus pass on what *thing* and no other tells of itself."""
    return message_bus.AddMatch(_told_by(thing))


def listening_over(thing: Accessible) -> Message:
    return message_bus.RemoveMatch(_told_by(thing))


def text_of(box: Accessible, start: int = 0, end: int = -1) -> Message:
    """Asks for the text between two offsets; -1 is its end."""
    return _call(box, _TEXT, "GetText", "ii", (start, end))


def characters_of(box: Accessible) -> Message:
    """Asks how many characters a text has."""
    return _property(box, _TEXT, "CharacterCount")


def run_of(box: Accessible, offset: int) -> Message:
    """Asks how far the text is drawn alike around *offset*, and how."""
    return _call(box, _TEXT, "GetAttributeRun", "ib", (offset, False))


def style_of(thing: Accessible) -> Message:
    """Asks how the first character of a text or a label is drawn."""
    return _call(thing, _TEXT, "GetAttributes", "i", (0,))


def caret_of(box: Accessible) -> Message:
    return _property(box, _TEXT, "CaretOffset")


def selections_of(box: Accessible) -> Message:
    """Asks how many stretches of the text are selected."""
    return _call(box, _TEXT, "GetNSelections")


def selection_of(box: Accessible) -> Message:
    """Asks for the two offsets of the first selected stretch; meaningless where there is none."""
    return _call(box, _TEXT, "GetSelection", "i", (0,))


def insertion(box: Accessible, offset: int, text: str, length: int) -> Message:
    return _call(box, _EDITABLE, "InsertText", "isi", (offset, text, length))


def deletion(box: Accessible, start: int, end: int) -> Message:
    return _call(box, _EDITABLE, "DeleteText", "ii", (start, end))


def caret_move(box: Accessible, offset: int) -> Message:
    return _call(box, _TEXT, "SetCaretOffset", "i", (offset,))


def as_text(reply: Reply) -> str | None:
    """The string answered, as such or as a property; None for anything else."""
    match reply:
        case Reply(body=((str(), str(value)),) | (str(value),), error=""):
            return value
        case _:
            return None


def as_number(reply: Reply) -> int | None:
    """The number answered, as such or as a property; None for anything else."""
    match reply:
        case Reply(body=((str(), int(value)),) | (int(value),), error=""):
            return value
        case _:
            return None


def as_range(reply: Reply) -> tuple[int, int] | None:
    """The two offsets answered, the lower first."""
    match reply:
        case Reply(body=(int(one), int(other)), error=""):
            return min(one, other), max(one, other)
        case _:
            return None


def as_object(reply: Reply) -> Accessible | None:
    """The object answered, as such or as a property; None for none, or anything else."""
    match reply:
        case Reply(body=((str(), tuple(thing)),) | (tuple(thing),), error="") if _is_object(thing):
            return Accessible(*thing)
        case _:
            return None


def as_place(reply: Reply) -> Rect | None:
    """Where on the screen; None for anything else, and for what is nowhere."""
    match reply:
        case Reply(body=((int(x), int(y), int(width), int(height)),), error="") if min(width, height) > 0:
            return Rect(x, y, width, height)
        case _:
            return None


def as_attributes(reply: Reply) -> dict[str, str]:
    """The attributes answered; none for anything else."""
    match reply:
        case Reply(body=(dict(told),), error=""):
            return {str(key): str(value) for key, value in told.items()}
        case _:
            return {}


def as_run(reply: Reply) -> Run | None:
    """The run answered; None for anything else."""
    match reply:
        case Reply(body=(dict(style), int(), int(end)), error=""):
            return Run(end, {str(name): str(value) for name, value in style.items()})
        case _:
            return None


def as_objects(reply: Reply) -> tuple[Accessible, ...]:
    """The objects answered; none for anything else."""
    match reply:
        case Reply(body=(list(things),), error=""):
            return tuple(Accessible(*thing) for thing in things if _is_object(thing))
        case _:
            return ()


def as_states(reply: Reply) -> frozenset[State]:
    """The states we know among those answered; none for anything else."""
    match reply:
        case Reply(body=([int(low), int(high)],), error=""):
            bits = low | high << 32
            return frozenset(state for state in State if bits >> state & 1)
        case _:
            return frozenset()


def as_bold(reply: Reply) -> bool:
    """Whether the style answered is bold; not for anything else."""
    match reply:
        case Reply(body=(dict(style), *_), error=""):
            weight = str(style.get("weight", ""))
            return weight.isdecimal() and int(weight) >= _BOLD
        case _:
            return False


def as_toolkit(reply: Reply) -> Toolkit | None:
    """The toolkit answered, where we know how it counts."""
    return _TOOLKITS.get((as_text(reply) or "").casefold())


def _is_object(thing: object) -> bool:
    """Whether *thing* can be asked: the null object has no bus name, and the bus hangs up on such a call."""
    match thing:
        case (str(bus_name), str()):
            return _UNIQUE_NAME.fullmatch(bus_name) is not None
        case _:
            return False


def _call(
    thing: Accessible, interface: str, method: str, signature: str | None = None, body: tuple[Any, ...] = ()
) -> Message:
    return new_method_call(DBusAddress(thing.path, thing.bus_name, interface), method, signature, body)


def _property(thing: Accessible, interface: str, name: str) -> Message:
    return _call(thing, _PROPERTIES, "Get", "ss", (interface, name))


def _told_by(thing: Accessible) -> MatchRule:
    return MatchRule(type="signal", sender=thing.bus_name, path=thing.path)


def _words(numbers: Iterable[int], count: int) -> list[int]:
    """*numbers* as bits in *count* signed words of 32 bits."""
    bits = sum(1 << number for number in set(numbers))
    return [_signed(bits >> (32 * word) & 0xFFFFFFFF) for word in range(count)]


def _signed(word: int) -> int:
    return word - (1 << 32) if word >> 31 else word


def _utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
