"""Writing into a chat client's input box by accessibility: no clipboard, no keys, read back afterwards.

A window's box is found ahead of need, when the window comes to the front or its title changes.
An insertion then takes two rounds of questions, each sent in one go: one looks whether the box
still is what it was and where the caret stands, one writes and reads back. Where anything does
not fit, nothing is written.

What decides which box: it stands in the one window of the process that is titled as the window
system says; it is showing and can be edited; and it has the focus. Where no such box has it, the
only one of several lines is meant: an agent who clicked among the messages still writes there.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from sidebar.domain.insertion import BoxAnswer, WindowInfo
from sidebar.domain.lean import dataclass
from sidebar.platforms.x11 import accessibility as at_spi
from sidebar.platforms.x11.accessibility import Accessible, Role, State, Toolkit
from sidebar.platforms.x11.accessible_windows import AccessibilityLink, Frame, frame_of
from sidebar.platforms.x11.message_bus import Conversation, MessageBus, Reply, Steps
from sidebar.ports import Cancel, Readiness, Scheduler

log = logging.getLogger(__name__)

_INSERT_BOUND = timedelta(milliseconds=250)
_PREPARE_BOUND = timedelta(seconds=1)
_REMEMBERED = 32  # boxes: one for each title a window has had
_WALKED = 1000  # objects, where a program cannot search its own window

_ROLES = (Role.TEXT, Role.ENTRY)
_WRITABLE = frozenset({State.SHOWING, State.EDITABLE, State.SENSITIVE})
_UNHEARD = frozenset(  # errors that tell that nobody acted on the call
    f"org.freedesktop.DBus.Error.{name}"
    for name in ("UnknownMethod", "UnknownObject", "UnknownInterface", "ServiceUnknown", "NameHasNoOwner")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Box:
    frame: Accessible
    text: Accessible
    toolkit: Toolkit


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """How a box was found a moment ago; a paste would replace what stands from `start` to `end`."""

    title: str
    states: frozenset[State]
    text: str
    start: int
    end: int


class AtSpiTextBoxes:
    """Input boxes on the accessibility bus that the session bus at the address *session* names.

    Everything is bounded: a quarter of a second for an insertion. The connection is made at the
    first need and again after it was lost.
    """

    def __init__(self, session: str, *, readiness: Readiness, scheduler: Scheduler) -> None:
        self._link = AccessibilityLink(session, readiness=readiness, scheduler=scheduler)
        self._scheduler = scheduler
        self._bus: MessageBus | None = None
        self._boxes: dict[WindowInfo, _Box] = {}
        self._preparing: Cancel | None = None
        self._inserting: Conversation[BoxAnswer] | None = None

    def prepare(self, window: WindowInfo) -> None:
        """Find the input box of *window* ahead of need; a search for an earlier window is given up."""
        if self._preparing is not None:
            self._preparing()
        self._preparing = Conversation(
            self._find(window), _nothing, scheduler=self._scheduler, timeout=_PREPARE_BOUND
        ).cancel

    def insert(self, window: WindowInfo, text: str, done: Callable[[BoxAnswer], None]) -> Cancel:
        """Write *text* at the caret of *window*'s input box, in place of what is selected there.

        One at a time: while one insertion runs another is UNTOUCHED, for both would count from
        the same caret. To take one back stops what has not been sent yet, it unwrites nothing.
        """
        if self._inserting is not None or not _can_travel(text):
            return self._scheduler.call_later(timedelta(0), lambda: done(BoxAnswer.UNTOUCHED))

        def finish(answer: BoxAnswer) -> None:
            self._inserting = None
            log.debug("text box: chars=%d answer=%s", len(text), answer)
            done(answer)

        def cancel() -> None:
            running.cancel()
            if self._inserting is running:
                self._inserting = None

        steps = self._insert(window, text)
        running = Conversation(steps, finish, scheduler=self._scheduler, timeout=_INSERT_BOUND)
        self._inserting = running
        return cancel

    def close(self) -> None:
        """Break off what runs, without an answer, and leave the bus."""
        if self._preparing is not None:
            self._preparing()
        if self._inserting is not None:
            self._inserting.cancel()
        self._link.close()

    def _insert(self, window: WindowInfo, text: str) -> Steps[BoxAnswer]:
        bus = yield from self._connection()
        box = self._boxes.get(window)
        look = (yield from _look(bus, box)) if box is not None else None
        if box is None or look is None or not _fits(look, window) or State.FOCUSED not in look.states:
            box = yield from self._find(window)
            look = (yield from _look(bus, box)) if box is not None else None
            if box is None or look is None or not _fits(look, window):
                return BoxAnswer.UNTOUCHED
        if not bus.alive:  # lost since: nothing can be sent any more
            return BoxAnswer.UNTOUCHED
        return (yield from _write(bus, box, look, text))

    def _find(self, window: WindowInfo) -> Steps[_Box | None]:
        bus = yield from self._connection()
        frame = yield from frame_of(bus, window)
        box = (yield from _box_in(bus, frame)) if frame is not None else None
        log.debug("text box: window=%s found=%s", frame is not None, box is not None)
        self._boxes.pop(window, None)
        if box is not None:
            self._boxes[window] = box
            if len(self._boxes) > _REMEMBERED:
                del self._boxes[next(iter(self._boxes))]
        return box

    def _connection(self) -> Steps[MessageBus]:
        bus = yield from self._link.connection()
        if bus is not self._bus:
            self._bus = bus
            self._boxes.clear()
        return bus


def _box_in(bus: MessageBus, window: Frame) -> Steps[_Box | None]:
    """The input box in *window*, where we know how its program counts."""
    frame, toolkit = window
    if toolkit is None:
        return None
    (found,) = yield bus, [at_spi.matches(frame, _ROLES, (State.SHOWING, State.EDITABLE))]
    boxes = (yield from _walk(bus, frame)) if found.error in _UNHEARD else at_spi.as_objects(found)
    states = yield bus, [at_spi.states_of(box) for box in boxes]
    chosen = _chosen(boxes, [at_spi.as_states(reply) for reply in states])
    return None if chosen is None else _Box(frame=frame, text=chosen, toolkit=toolkit)


def _walk(bus: MessageBus, frame: Accessible) -> Steps[tuple[Accessible, ...]]:
    """The showing, editable text boxes of a program without Collection (Qt 5, GTK 4), level by level.

    What does not show is passed over with all that is in it.
    """
    boxes: list[Accessible] = []
    level: list[Accessible] = [frame]
    left = _WALKED
    while level:
        families = yield bus, [at_spi.children_of(parent) for parent in level]
        things = [child for family in families for child in at_spi.as_objects(family)][:left]
        left -= len(things)
        answers = yield bus, [ask(thing) for thing in things for ask in (at_spi.states_of, at_spi.role_of)]
        level = []
        for thing, states, role in zip(things, answers[::2], answers[1::2], strict=True):
            has = at_spi.as_states(states)
            if State.SHOWING in has:
                level.append(thing)
                if State.EDITABLE in has and at_spi.as_number(role) in _ROLES:
                    boxes.append(thing)
    return tuple(boxes)


def _chosen(boxes: Sequence[Accessible], states: Sequence[frozenset[State]]) -> Accessible | None:
    having = list(zip(boxes, states, strict=True))
    focused = [box for box, has in having if State.FOCUSED in has]
    tall = [box for box, has in having if State.MULTI_LINE in has]
    meant = focused or tall
    return meant[0] if len(meant) == 1 else None


def _look(bus: MessageBus, box: _Box) -> Steps[_Look | None]:
    of = box.text
    questions = (at_spi.states_of, at_spi.text_of, at_spi.caret_of, at_spi.selections_of, at_spi.selection_of)
    named, *replies = yield bus, [at_spi.name_of(box.frame), *(ask(of) for ask in questions)]
    states, read, caret, selections, selection = replies
    title, text, place = at_spi.as_text(named), at_spi.as_text(read), at_spi.as_number(caret)
    if title is None or text is None or place is None:
        return None
    start, end = place, place
    if at_spi.as_number(selections):
        start, end = at_spi.as_range(selection) or (-1, -1)
    if not 0 <= start <= end <= box.toolkit.offsets(text):
        return None
    return _Look(title=title, states=at_spi.as_states(states), text=text, start=start, end=end)


def _fits(look: _Look, window: WindowInfo) -> bool:
    return look.title == window.title and look.states >= _WRITABLE


def _write(bus: MessageBus, box: _Box, look: _Look, text: str) -> Steps[BoxAnswer]:
    """Replace the selection, put the caret behind the text (which also scrolls to it), and read back.

    The title is read again too: where buyers share one box, the agent may just have switched.
    """
    toolkit, of = box.toolkit, box.text
    messages = [
        at_spi.insertion(of, look.start, text, toolkit.length(text)),
        at_spi.caret_move(of, look.start + toolkit.offsets(text)),
        at_spi.text_of(of),
        at_spi.name_of(box.frame),
    ]
    if look.end > look.start:
        messages.insert(0, at_spi.deletion(of, look.start, look.end))
    *_, inserted, _, read, named = yield bus, messages
    after = at_spi.as_text(read)
    expected = toolkit.spliced(look.text, look.start, look.end, text)
    if after == expected and at_spi.as_text(named) == look.title:
        return BoxAnswer.WRITTEN
    refused = inserted.error in _UNHEARD or inserted == Reply((False,))
    return BoxAnswer.UNTOUCHED if refused and after in (look.text, None) else BoxAnswer.UNCERTAIN


def _can_travel(text: str) -> bool:
    """Whether D-Bus can carry *text*: no NUL, nothing that is not UTF-8."""
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False


def _nothing(_: object) -> None:
    """Preparing has no answer: the box is remembered, or it is not."""
