"""Writing into a chat client's input box by Accessibility: no pasteboard, no keys, read back afterwards.

Only for clients whose profile names this way, that is, where it was proven to work: a program may say
yes and do nothing, or do it later. Text is put where the caret is, in place of what is selected, as
a paste would.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from sidebar.domain.insertion import BoxAnswer, WindowInfo
from sidebar.domain.lean import dataclass
from sidebar.platforms.macos import bridge, constants
from sidebar.platforms.macos.bridge import Element
from sidebar.platforms.macos.elements import Elements
from sidebar.ports import Cancel, Scheduler

log = logging.getLogger(__name__)

_ROLES = (constants.AX_TEXT_AREA, constants.AX_TEXT_FIELD)
_SOON = timedelta(0)
_UNHEARD = (constants.AX_ERROR_ATTRIBUTE_UNSUPPORTED, constants.AX_ERROR_API_DISABLED)
"""Answers that tell that nothing was written; after a time-out it may have been."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """How a box was found: a paste would replace `length` UTF-16 units from `start` on."""

    box: Element
    text: str
    start: int
    length: int


class MacTextBoxes:
    """Implements `TextBoxes` for the box that has the focus in the window it is for.

    Each question waits for the program, a fifth of a second at most; the first one that is not
    answered ends it.
    """

    def __init__(self, *, accessibility: bridge.Accessibility, scheduler: Scheduler) -> None:
        self._accessibility = accessibility
        self._elements = Elements(accessibility)
        self._scheduler = scheduler
        self._prepared: set[int] = set()

    def prepare(self, window: WindowInfo) -> None:
        """Have an Electron program build its tree, once for each process; others refuse it, which is fine."""
        if window.pid not in self._prepared:
            self._prepared.add(window.pid)
            application = self._accessibility.application(window.pid)
            self._accessibility.set(application, constants.AX_MANUAL_ACCESSIBILITY, True)

    def insert(self, window: WindowInfo, text: str, done: Callable[[BoxAnswer], None]) -> Cancel:
        """Write *text* in the next turn of the loop; to take it back before then writes nothing."""

        def write() -> None:
            answer = self._write(window, text)
            log.debug("text box: chars=%d answer=%s", len(text), answer)
            done(answer)

        return self._scheduler.call_later(_SOON, write)

    def _write(self, window: WindowInfo, text: str) -> BoxAnswer:
        look = self._look(window)
        if look is None:
            return BoxAnswer.UNTOUCHED
        status = self._accessibility.set(look.box, constants.AX_SELECTED_TEXT, text)
        if status in _UNHEARD:
            return BoxAnswer.UNTOUCHED
        after = self._elements.text(look.box, constants.AX_VALUE)
        written = after is not None and _units(after) == _spliced(look, text)
        # Where buyers share one box, the agent may just have switched: then it is not theirs.
        if written and self._belongs(look.box, window):
            return BoxAnswer.WRITTEN
        return BoxAnswer.UNCERTAIN

    def _look(self, window: WindowInfo) -> _Look | None:
        """None where the focus is not in a box of *window* that can be written to and read back."""
        application = self._accessibility.application(window.pid)
        box = self._elements.element(application, constants.AX_FOCUSED_UI_ELEMENT)
        if box is None or self._elements.text(box, constants.AX_ROLE) not in _ROLES:
            return None
        text = self._elements.text(box, constants.AX_VALUE)
        selected = self._elements.range(box, constants.AX_SELECTED_TEXT_RANGE)
        if text is None or selected is None or not self._belongs(box, window):
            return None
        start, length = selected
        if not 0 <= start <= start + length <= len(_units(text)) // 2:
            return None
        if not self._accessibility.settable(box, constants.AX_SELECTED_TEXT):
            return None
        return _Look(box=box, text=text, start=start, length=length)

    def _belongs(self, box: Element, window: WindowInfo) -> bool:
        """Whether *box* stands in *window*, which still has the title the insertion was asked for under."""
        within = self._elements.element(box, constants.AX_WINDOW)
        if within is None or self._elements.text(within, constants.AX_TITLE) != window.title:
            return False
        number = self._accessibility.window_number(within)
        return number in (None, window.handle)


def _units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _spliced(look: _Look, text: str) -> bytes:
    before = _units(look.text)
    return before[: 2 * look.start] + _units(text) + before[2 * (look.start + look.length) :]
