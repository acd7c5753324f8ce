"""Inserting a text into the chat client: exactly once, in the right window, for the right buyer.

The order that makes it safe (the pains it answers are c1–c8 of the peers' issue lists):

1. The target is the window the agent was looking at when asking; it must be in front, and it
   must still show the same buyer. Our own window in front (the search line) gives way first. To
   a program with more rights than ours nothing is even tried: Windows would drop it unsaid.
2. Where the client's input box can be written through accessibility, that is tried first: no
   clipboard, no keys, read back. Only an untouched box lets the clipboard be tried instead.
3. Else the text is pasted, as `pasting` says; before every key the window and the buyer are
   looked at once more.

Whatever does not succeed leaves the text on the clipboard for the agent to paste: the whole of
it, or what is not in the box yet.
"""

import logging
from collections import deque
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from sidebar.domain.events import InsertionPath
from sidebar.domain.insertion import BoxAnswer, Insertion, Moment, Outcome, Result, Target, WindowInfo
from sidebar.domain.lean import dataclass
from sidebar.ports import Cancel, Clipboard, KeySender, Scheduler, TextBoxes, Windows
from sidebar.services.pasting import Pasting
from sidebar.services.procedures import TIMED_OUT, Answer, Pause, Steps, Until, run

log = logging.getLogger(__name__)

_BOX_TIMEOUT = timedelta(milliseconds=1000)
_QUEUE = 64
"""More waiting insertions than any hand can ask for; beyond it something is wrong."""

Done = Callable[[Result], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ending:
    """How one insertion ended, before it becomes a `Result`."""

    outcome: Outcome
    path: InsertionPath | None = None
    clipboard_lost: bool = False
    lines: int = 0
    rest: str | None = None
    left: tuple[str, ...] = ()


class Inserter:
    """Runs one insertion after the other; the user's clipboard is owed from the first to the last."""

    def __init__(
        self,
        *,
        scheduler: Scheduler,
        windows: Windows,
        keys: KeySender,
        clipboard: Clipboard,
        boxes: TextBoxes,
        when_active: Callable[[WindowInfo, Callable[[], None]], Cancel],
        customer_of: Callable[[WindowInfo], str],
        look: Callable[[], Moment] | None = None,
        elevated: Callable[[WindowInfo], bool] | None = None,
        restores_clipboard: bool = True,
    ) -> None:
        self._scheduler = scheduler
        self._windows = windows
        self._boxes = boxes
        self._when_active = when_active
        self._customer_of = customer_of
        self._elevated = elevated
        self._queue: deque[tuple[Insertion, Done]] = deque()
        self._running = False
        self._pasting = Pasting(
            scheduler=scheduler,
            keys=keys,
            clipboard=clipboard,
            look=look or partial(look_one_by_one, windows, keys, clipboard),
            refusal=self._refusal,
            hurried=lambda: bool(self._queue),
            restores_clipboard=restores_clipboard,
        )

    @property
    def idle(self) -> bool:
        """Whether the clipboard is the user's: nothing is being inserted, and nothing owed."""
        return not (self._running or self._queue or self._pasting.owes)

    def insert(self, insertion: Insertion, done: Done) -> None:
        """Insert when those asked for before are finished; *done* hears the result."""
        if len(self._queue) >= _QUEUE:
            done(Result(insertion=insertion, outcome=Outcome.BUSY))
            return
        self._queue.append((insertion, done))
        if not self._running:
            self._next()

    def give_back(self) -> None:
        """Restore the user's clipboard now if it is still owed (before the program ends)."""
        self._pasting.give_back()

    def _next(self) -> None:
        if not self._queue:
            return
        self._running = True
        insertion, done = self._queue.popleft()

        def finish(ending: _Ending) -> None:
            self._running = False
            if not ending.outcome.succeeded:
                whole = "\n".join(insertion.pieces)
                self._pasting.leave(whole if ending.rest is None else ending.rest)
            log.info(
                "insertion=%s outcome=%s path=%s characters=%d",
                insertion.id,
                ending.outcome,
                ending.path,
                len(insertion.text),
            )
            done(
                Result(
                    insertion=insertion,
                    outcome=ending.outcome,
                    path=ending.path,
                    clipboard_lost=ending.clipboard_lost,
                    lines=ending.lines,
                    left=ending.left,
                )
            )
            self._next()

        run(self._guarded(insertion), scheduler=self._scheduler, done=finish)

    def _guarded(self, insertion: Insertion) -> Steps[_Ending]:
        """A fault of ours in one insertion must not stop those that come after it."""
        try:
            return (yield from self._steps(insertion))
        except Exception:
            self._running = False
            raise

    def _steps(self, insertion: Insertion) -> Steps[_Ending]:
        """Bring the text there by the first way that can, then send it where that was asked for."""
        begun = self._may_begin(insertion)
        ending = yield from self._bring(insertion, in_front=begun)
        if begun and ending.outcome is Outcome.TARGET_GONE and not ending.lines:
            # our own window had come to the front unsaid
            ending = yield from self._bring(insertion, in_front=False)
        if ending.outcome is Outcome.INSERTED and insertion.send and not ending.left:
            sent = yield from self._send(insertion.target)
            return ending if not sent else _Ending(outcome=Outcome.SENT, path=ending.path)
        if ending.outcome is Outcome.INSERTED and insertion.back:
            yield from self._pasting.step_back(insertion)
        return ending

    def _may_begin(self, insertion: Insertion) -> bool:
        """Whether the target was in front when last told of, and pasting will look before its first key."""
        if insertion.typed or insertion.enclosed or _paths(insertion)[:1] != (InsertionPath.PASTE,):
            return False
        told = self._windows.told()
        return told is not None and self._refusal(insertion.target, told) is None

    def _bring(self, insertion: Insertion, *, in_front: bool) -> Steps[_Ending]:
        """By the first way that can, when the target has the keyboard."""
        refusal = None if in_front else (yield from self._to_front(insertion.target))
        if refusal is not None:
            return _Ending(outcome=refusal)
        if self._elevated is not None and self._elevated(insertion.target.window):
            return _Ending(outcome=Outcome.ELEVATED)
        for path in _paths(insertion):
            way = self._write if path is InsertionPath.ACCESSIBILITY else self._paste
            ending = yield from way(insertion)
            if ending is not None:
                return ending
        return _Ending(outcome=Outcome.NO_TARGET)

    def _to_front(self, target: Target) -> Steps[Outcome | None]:
        """None once the target has the keyboard; our own window gives way, another program does not."""
        active = self._windows.active()
        if active is not None:
            return self._refusal(target, active)
        if not self._windows.activate(target.window):
            return Outcome.TARGET_GONE

        def begin(answer: Answer) -> Cancel:
            return self._when_active(target.window, lambda: answer(True))

        came = yield Until(begin, target.profile.raise_timeout)
        if came is TIMED_OUT:
            return Outcome.NOT_IN_FRONT
        yield Pause(target.profile.settle)
        return self._refusal(target, self._windows.active())

    def _refusal(self, target: Target, active: WindowInfo | None) -> Outcome | None:
        """Why nothing may be typed while *active* has the keyboard; None is not another program's window."""
        if active is None:
            return Outcome.TARGET_GONE
        if active.handle != target.window.handle:
            return Outcome.NOT_IN_FRONT
        if target.customer and self._customer_of(active) != target.customer:
            return Outcome.WRONG_CUSTOMER
        return None

    def _write(self, insertion: Insertion) -> Steps[_Ending | None]:
        """By accessibility; None where the box was left untouched and another way may be tried."""
        window = insertion.target.window
        (text,) = insertion.pieces

        def begin(answer: Answer) -> Cancel:
            return self._boxes.insert(window, text, answer)

        written = yield Until(begin, _BOX_TIMEOUT)
        if written is BoxAnswer.UNTOUCHED:
            return None
        outcome = Outcome.INSERTED if written is BoxAnswer.WRITTEN else Outcome.NOT_TAKEN
        return _Ending(outcome=outcome, path=InsertionPath.ACCESSIBILITY)

    def _paste(self, insertion: Insertion) -> Steps[_Ending]:
        """By clipboard and keys."""
        pasted = yield from self._pasting.bring(insertion)
        return _Ending(
            outcome=pasted.outcome,
            path=InsertionPath.PASTE,
            clipboard_lost=pasted.clipboard_lost,
            lines=pasted.lines,
            rest=pasted.rest,
            left=pasted.left,
        )

    def _send(self, target: Target) -> Steps[bool]:
        """Press the client's send key where that is switched on; False leaves the text unsent."""
        if not target.profile.send_allowed:
            return False
        yield Pause(target.profile.send_after)
        refused = yield from self._pasting.press(target.profile.send_combo, target)
        return refused is None


def _paths(insertion: Insertion) -> tuple[InsertionPath, ...]:
    """The ways that can bring it, in the order they are tried."""
    by_keys = len(insertion.pieces) > 1 or insertion.typed or insertion.enclosed
    return (InsertionPath.PASTE,) if by_keys else insertion.target.profile.paths


def look_one_by_one(windows: Windows, keys: KeySender, clipboard: Clipboard) -> Moment:
    """What a key would meet, asked of each role; the modifiers last, as hands are the quickest to change."""
    active, ours = windows.active(), clipboard.ours()
    return Moment(active=active, clipboard_ours=ours, modifiers_held=keys.modifiers_held())
