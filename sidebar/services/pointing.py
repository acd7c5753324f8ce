"""Pointing at the element that holds the buyer's name, step by step, until the client's profile has a rule.

The agent rests the mouse on the name and says so; another buyer proves that the element follows whoever
is open. Nothing in the client is clicked or written to.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from sidebar.domain.chat_clients import ChatWindow
from sidebar.domain.element_rules import ElementRule, Match, rule_for, with_pattern
from sidebar.domain.elements import Glimpse, Trace
from sidebar.domain.identifiers import ClientName
from sidebar.domain.insertion import Rect, WindowInfo
from sidebar.domain.lean import dataclass
from sidebar.domain.title_parts import Part, TitlePart, title_parts
from sidebar.ports import Cancel, Elements

Point = tuple[int, int]

_LOOKS = 3
"""At a pointer that rests: a browser's first answer may still be of what was there before."""


class PointingStep(StrEnum):
    """What is asked of the agent now."""

    CANNOT = "cannot"
    CLIENT = "client"
    POINT = "point"
    PART = "part"
    PROVE = "prove"
    DONE = "done"


class PointingProblem(StrEnum):
    """Why what was read is no buyer's name."""

    NOTHING = "nothing"
    INPUT_BOX = "input_box"
    NO_WORDS = "no_words"
    LOST = "lost"
    GONE = "gone"
    SEVERAL = "several"
    NO_NAME = "no_name"


@dataclass(frozen=True, slots=True, kw_only=True)
class PointingView:
    """`words` is what the element under the pointer says and `place` where it stands; `buyer` is who was
    pointed at, `now` whom the element names this moment.
    """

    step: PointingStep
    client: str = ""
    words: str = ""
    place: Rect | None = None
    parts: tuple[TitlePart, ...] = ()
    buyer: str = ""
    now: str = ""
    problem: PointingProblem | None = None
    file: str = ""

    @property
    def proved(self) -> bool:
        """Whether the element has named another buyer since."""
        return bool(self.now) and self.now != self.buyer


class Pointing:
    """One such pointing; *changed* runs whenever `view` is another.

    *elements* is None where no desktop tells of elements. *save* writes a rule into the profile of that
    name, says where, and raises SettingsError; *take* makes the running sidebar know it.
    """

    def __init__(
        self,
        *,
        elements: Callable[[], Elements] | None,
        chat: Callable[[], ChatWindow | None],
        frame: Callable[[WindowInfo], Rect | None],
        save: Callable[[ClientName, ElementRule], str],
        take: Callable[[ClientName, ElementRule], None],
        changed: Callable[[], None],
    ) -> None:
        self._elements = elements
        self._chat = chat
        self._frame = frame
        self._save = save
        self._take = take
        self._changed = changed
        self._stop: Cancel = _nothing
        self._begin()

    def _begin(self) -> None:
        self.end()
        self._picking = True
        self._target: ChatWindow | None = None
        self._place: Point | None = None
        self._looks = 0
        self._glimpse: Glimpse | None = None
        self._problem: PointingProblem | None = None
        self._rule: ElementRule | None = None
        self._parts: tuple[TitlePart, ...] = ()
        self._buyer = self._now = self._file = ""

    def view(self) -> PointingView:
        chat = self._target or self._chat()
        return PointingView(
            step=self._step(),
            client=chat.profile.label if chat is not None else "",
            words=self._glimpse.words if self._glimpse is not None else "",
            place=self._glimpse.place if self._glimpse is not None and self._picking else None,
            parts=self._parts,
            buyer=self._buyer,
            now=self._now,
            problem=self._problem,
            file=self._file,
        )

    def _step(self) -> PointingStep:
        if self._elements is None:
            return PointingStep.CANNOT
        if self._target is None and self._chat() is None:
            return PointingStep.CLIENT
        if self._picking:
            return PointingStep.POINT
        if self._file:
            return PointingStep.DONE
        return PointingStep.PROVE if self._buyer else PointingStep.PART

    # -- what the agent does ----------------------------------------------------------------------

    def rest(self, place: Point) -> bool:
        """The pointer is there, in physical pixels; whether that is over the client while it is pointed at.

        What it rests on is looked at, what it only passes on its way is not.
        """
        chat = self._chat()
        if not self._picking or self._elements is None or chat is None:
            return False
        frame = self._frame(chat.window)
        if frame is None or not _holds(frame, place):
            return False
        if place != self._place:
            self._place, self._looks = place, 0
        elif self._looks < _LOOKS:
            self._looks += 1
            self._stop()
            seen = partial(self._on_glimpse, chat)
            self._stop = self._elements().glimpse(chat.window, *place, seen)
        return True

    def confirm(self) -> None:
        """It is what the pointer rested on last."""
        if self._picking and self._elements and self._target and self._glimpse and self._glimpse.words:
            self._stop()
            self._stop = self._elements().trace(self._target.window, self._on_trace)

    def choose_part(self, number: int) -> None:
        """The buyer's name is the part of that number in the view."""
        assert self._rule is not None, "an element is confirmed first"
        part = self._parts[number]
        self._rule = with_pattern(self._rule, part.buyer)
        self._buyer = part.name
        self._prove(self._rule)

    def save(self) -> None:
        """Write the rule and use it from now on; raises SettingsError where it cannot be written."""
        if self._target is None or self._rule is None or not self._buyer:
            return
        name = self._target.profile.name
        self._file = self._save(name, self._rule)
        self.end()
        self._take(name, self._rule)
        self._changed()

    def start_over(self) -> None:
        """Point anew."""
        self._begin()
        self._changed()

    def end(self) -> None:
        """Look at nothing any more."""
        stop, self._stop = self._stop, _nothing
        stop()

    # -- what the desktop answers -----------------------------------------------------------------

    def _on_glimpse(self, chat: ChatWindow, glimpse: Glimpse | None) -> None:
        before = self._glimpse, self._problem
        self._target = chat
        self._glimpse, self._problem = glimpse, _problem_of(glimpse)
        if (self._glimpse, self._problem) != before:
            self._changed()

    def _on_trace(self, trace: Trace | None) -> None:
        words = self._glimpse.words if self._glimpse is not None else ""
        rule = rule_for(trace) if trace is not None else None
        if trace is None or rule is None or trace.levels[-1].element.words != words:
            self._problem = PointingProblem.LOST
            self._changed()
            return
        self._picking = False
        self._rule = rule
        ways = title_parts(words, shows_other_things=False)
        self._parts = tuple(way for way in ways if way.part is not Part.NOWHERE)
        if len(self._parts) == 1:
            self.choose_part(0)
        else:
            self._changed()

    def _prove(self, rule: ElementRule) -> None:
        assert self._elements is not None, "an element has been read"
        assert self._target is not None, "it was a chat client's"
        self._stop = self._elements().watch(self._target.window, rule, self._on_words)
        self._changed()

    def _on_words(self, match: Match, words: str) -> None:
        assert self._rule is not None, "only an element with a rule is watched"
        name = self._rule.buyer_in(words) if match is Match.FOUND else ""
        self._problem = None
        if match is not Match.FOUND:
            self._problem = PointingProblem.GONE if match is Match.NONE else PointingProblem.SEVERAL
        elif not name:
            self._problem = PointingProblem.NO_NAME
        self._now = name
        self._changed()


def _problem_of(glimpse: Glimpse | None) -> PointingProblem | None:
    if glimpse is None:
        return PointingProblem.NOTHING
    if glimpse.editable:
        return PointingProblem.INPUT_BOX
    return None if glimpse.words else PointingProblem.NO_WORDS


def _holds(frame: Rect, place: Point) -> bool:
    x, y = place
    return frame.x <= x < frame.x + frame.width and frame.y <= y < frame.y + frame.height


def _nothing() -> None:
    """Nothing is under way."""
