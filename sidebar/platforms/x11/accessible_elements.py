"""Elements of a window as AT-SPI tells them: what is at a point, the way to it, what a rule names.

Every question is of a few objects, and no more of them go out in one go than are written and read in
a few milliseconds; a list of messages on the way is not gone through.
"""

from collections.abc import Generator, Iterator, Sequence
from typing import NamedTuple, TypeAlias, TypeVar

from jeepney import Message

from sidebar.domain.element_rules import Ask, ElementRule, Found, search
from sidebar.domain.elements import LONGEST, Element, Glimpse, Level, Trace
from sidebar.domain.insertion import Rect
from sidebar.platforms.x11 import accessibility as at_spi
from sidebar.platforms.x11.accessibility import Accessible, State
from sidebar.platforms.x11.message_bus import DISCONNECTED, NO_REPLY, MessageBus, Replies

_AT_ONCE = 64
_DEEPEST = 60
_MOST_CHILDREN = 200
_CHOSEN = frozenset({State.ACTIVE, State.SELECTED})  # a page says one of them by aria-current, aria-selected
_PAGE = "document"  # how the roles of pages begin
_EMBEDDED = "\ufffc"  # stands in a text for what is no text

T = TypeVar("T")
Questions: TypeAlias = Generator[tuple[MessageBus, Sequence[Message]], Replies, T]


class Seen(NamedTuple):
    """What a glimpse saw, and the object it was."""

    thing: Accessible
    glimpse: Glimpse


class UnheardError(Exception):
    """The program did not answer in time, or has gone: nothing is known of its window."""


def glimpse(bus: MessageBus, window: Accessible, x: int, y: int) -> Questions[Seen | None]:
    """What is seen at that point of *window*; what stands in a box to type into is not read."""
    found = yield from _innermost(bus, window, x, y)
    if found is None:
        return None
    thing, place = found
    (states,) = yield from _ask(bus, [at_spi.states_of(thing)])
    if State.EDITABLE in at_spi.as_states(states):
        return Seen(thing, Glimpse(words="", place=place, editable=True))
    (words,) = yield from _words(bus, [thing])
    return Seen(thing, Glimpse(words=words, place=place))


def trace(bus: MessageBus, window: Accessible, thing: Accessible) -> Questions[Trace | None]:
    """The way down from *window*, or from the page in it, to *thing*."""
    way = yield from _way(bus, window, thing)
    if way is None:
        return None
    roles = yield from _texts(bus, [at_spi.role_name_of(each) for each in way])
    pages = [at for at, role in enumerate(roles) if role.startswith(_PAGE)]
    start = pages[0] if pages else 0
    levels = []
    for parent, child, role in zip(way[start:], way[start + 1 :], roles[start + 1 :], strict=False):
        level = yield from _level(bus, parent, child, role)
        if level is None:
            return None  # it went away meanwhile
        levels.append(level)
    return Trace(page=roles[start] if pages else "", levels=tuple(levels))


def look(bus: MessageBus, window: Accessible, rule: ElementRule) -> Questions[Found[Accessible]]:
    """What *rule* names in *window* now."""
    steps = search(rule, window)
    question = next(steps)
    while True:
        families = yield from _families(bus, question)
        try:
            question = steps.send(families)
        except StopIteration as end:
            found: Found[Accessible] = end.value
            return found


def _innermost(
    bus: MessageBus, window: Accessible, x: int, y: int
) -> Questions[tuple[Accessible, Rect] | None]:
    """The smallest thing at that point, and where it stands; None for nothing but the window itself.

    A tab of GTK 2 leads on to what it shows, or would show, and stands somewhere else itself.
    """
    thing, found = window, None
    for _depth in range(_DEEPEST):
        (answer,) = yield from _ask(bus, [at_spi.part_at(thing, x, y)])
        part = at_spi.as_object(answer)
        if part is None or part == thing:
            break
        (placed,) = yield from _ask(bus, [at_spi.place_of(part)])
        place = at_spi.as_place(placed)
        if place is not None and _holds(place, x, y):
            found = part, place
        thing = part
    return found


def _holds(place: Rect, x: int, y: int) -> bool:
    return place.x <= x < place.x + place.width and place.y <= y < place.y + place.height


def _way(bus: MessageBus, window: Accessible, thing: Accessible) -> Questions[list[Accessible] | None]:
    """Everything from *window* down to *thing*; None where it is not in there."""
    way = [thing]
    while way[-1] != window:
        if len(way) > _DEEPEST:
            return None
        (answer,) = yield from _ask(bus, [at_spi.parent_of(way[-1])])
        parent = at_spi.as_object(answer)
        if parent is None:
            return None
        way.append(parent)
    return way[::-1]


def _level(bus: MessageBus, parent: Accessible, thing: Accessible, role: str) -> Questions[Level | None]:
    (children,) = yield from _children(bus, [parent])
    question = Ask(parents=(parent,), role=role, marks=True, words=True)
    (family,) = yield from _families(bus, question)
    handles = [handle for handle, _element in family]
    if thing not in handles:
        return None
    siblings = tuple(element for _handle, element in family)
    return Level(siblings=siblings, index=handles.index(thing), alone=len(children) == 1)


def _families(
    bus: MessageBus, question: Ask[Accessible]
) -> Questions[list[list[tuple[Accessible, Element]]]]:
    """The answer to *question*: first who is of the role, then, of those, whatever else is asked."""
    children = yield from _children(bus, question.parents)
    chosen = (yield from _chosen(bus, question.parents)) if question.marks else ()
    every = [child for family in children for child in family]
    roles = yield from _texts(bus, [at_spi.role_name_of(child) for child in every])
    wanted = [each for each in zip(every, roles, strict=True) if question.role in ("", each[1])]
    replies = yield from _ask(bus, [at_spi.states_of(child) for child, _role in wanted])
    states = [at_spi.as_states(reply) for reply in replies]
    shown = [
        (child, role, has) for (child, role), has in zip(wanted, states, strict=True) if State.SHOWING in has
    ]
    things = [child for child, _role, _states in shown]
    marks = (yield from _marks(bus, things)) if question.marks else [("", ())] * len(things)
    words = (yield from _words(bus, things)) if question.words else [""] * len(things)
    elements = {
        child: Element(
            role=role,
            id=name,
            classes=classes,
            words=says,
            chosen=child in chosen or bool(has & _CHOSEN),
        )
        for (child, role, has), (name, classes), says in zip(shown, marks, words, strict=True)
    }
    return [[(child, elements[child]) for child in family if child in elements] for family in children]


def _children(bus: MessageBus, parents: Sequence[Accessible]) -> Questions[list[tuple[Accessible, ...]]]:
    replies = yield from _ask(bus, [at_spi.children_of(each) for each in parents])
    return [at_spi.as_objects(reply)[:_MOST_CHILDREN] for reply in replies]


def _chosen(bus: MessageBus, parents: Sequence[Accessible]) -> Questions[tuple[Accessible | None, ...]]:
    """The children that their parents call selected."""
    replies = yield from _ask(bus, [at_spi.chosen_in(each) for each in parents])
    return tuple(map(at_spi.as_object, replies))


def _marks(bus: MessageBus, things: Sequence[Accessible]) -> Questions[list[tuple[str, tuple[str, ...]]]]:
    """The id and the classes of each."""
    replies = yield from _ask(
        bus, [ask(each) for each in things for ask in (at_spi.attributes_of, at_spi.id_of)]
    )
    marks = []
    for told, named in zip(replies[::2], replies[1::2], strict=True):
        attributes = at_spi.as_attributes(told)
        name = attributes.get("id", "") or at_spi.as_text(named) or ""
        marks.append((name, tuple(attributes.get("class", "").split())))
    return marks


def _words(bus: MessageBus, things: Sequence[Accessible]) -> Questions[list[str]]:
    """The name of each, or the text of what has none; '' for what is too long to be a name."""
    names = yield from _texts(bus, [at_spi.name_of(each) for each in things])
    nameless = [each for each, name in zip(things, names, strict=True) if not name.strip()]
    texts = yield from _texts(bus, [at_spi.start_of(each, LONGEST + 1) for each in nameless])
    said: Iterator[str] = iter(texts)
    words = [(name if name.strip() else next(said)).replace(_EMBEDDED, "").strip() for name in names]
    return [each if len(each) <= LONGEST else "" for each in words]


def _texts(bus: MessageBus, messages: Sequence[Message]) -> Questions[list[str]]:
    replies = yield from _ask(bus, messages)
    return [at_spi.as_text(reply) or "" for reply in replies]


def _ask(bus: MessageBus, messages: Sequence[Message]) -> Questions[Replies]:
    """The replies to *messages*, some at a time; raises UnheardError where one is missing."""
    replies: Replies = ()
    for first in range(0, len(messages), _AT_ONCE):
        replies += yield bus, messages[first : first + _AT_ONCE]
    if NO_REPLY in replies or DISCONNECTED in replies:
        raise UnheardError
    return replies
