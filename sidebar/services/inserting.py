"""Inserting a text into the chat client: exactly once, in the right window, for the right buyer.

The order that makes it safe (the pains it answers are c1–c8 of the peers' issue lists):

1. The target is the window the agent was looking at when asking; it must be in front, and it
   must still show the same buyer. Our own window in front (the search line) gives way first.
2. Where the client's input box can be written through accessibility, that is tried first: no
   clipboard, no keys, read back. Only an untouched box lets the clipboard be tried instead.
3. The user's clipboard is kept, the phrase offered and verified before any key is sent; then
   the modifiers must be up; then the window and the buyer are looked at once more.
4. After the one paste chord we wait until the client has *fetched* the phrase. That, not a
   guessed delay, tells that it arrived and when the clipboard may be given back.
5. The next insertion in the queue takes over what is owed to the user's clipboard, so that a
   quick run gives back what was there before the first one.

Whatever does not succeed leaves the text on the clipboard for the agent to paste.
"""

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sidebar.domain.events import InsertionPath
from sidebar.domain.insertion import BoxAnswer, Insertion, Outcome, Result, Target, WindowInfo
from sidebar.ports import Cancel, Clipboard, KeySender, Saved, Scheduler, TextBoxes, Windows
from sidebar.services.procedures import TIMED_OUT, Answer, Pause, Steps, Until, run

log = logging.getLogger(__name__)

_SAVE_TIMEOUT = timedelta(milliseconds=2000)
"""Longer than the platform's own bound on reading a clipboard; only a broken adapter reaches it."""
_BOX_TIMEOUT = timedelta(milliseconds=1000)
_QUEUE = 64
"""More waiting insertions than any hand can ask for; beyond it something is wrong."""
_MOST_FETCHES = 5

Done = Callable[[Result], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ending:
    """How one insertion ended, before it becomes a `Result`."""

    outcome: Outcome
    path: InsertionPath | None = None
    clipboard_lost: bool = False


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
        restores_clipboard: bool = True,
    ) -> None:
        self._scheduler = scheduler
        self._windows = windows
        self._keys = keys
        self._clipboard = clipboard
        self._boxes = boxes
        self._when_active = when_active
        self._customer_of = customer_of
        self._restores = restores_clipboard
        self._queue: deque[tuple[Insertion, Done]] = deque()
        self._running = False
        self._owed: Saved | None = None
        self._restoring: Cancel | None = None

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
        if self._restoring is not None:
            self._restoring()
            self._restore()

    def _next(self) -> None:
        if not self._queue:
            return
        self._running = True
        insertion, done = self._queue.popleft()

        def finish(ending: _Ending) -> None:
            self._running = False
            if not ending.outcome.succeeded:
                self._leave_on_clipboard(insertion.text)
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
        refusal = yield from self._to_front(insertion.target)
        if refusal is not None:
            return _Ending(outcome=refusal)
        ending = _Ending(outcome=Outcome.NO_TARGET)
        for path in insertion.target.profile.paths:
            way = self._write if path is InsertionPath.ACCESSIBILITY else self._paste
            attempt = yield from way(insertion)
            if attempt is not None:
                ending = attempt
                break
        if ending.outcome is Outcome.INSERTED and insertion.send:
            sent = yield from self._send(insertion.target)
            return ending if not sent else _Ending(outcome=Outcome.SENT, path=ending.path)
        return ending

    def _to_front(self, target: Target) -> Steps[Outcome | None]:
        """None once the target has the keyboard; our own window gives way, another program does not."""
        active = self._windows.active()
        if active is not None:
            return self._judge(active, target)
        if not self._windows.activate(target.window):
            return Outcome.TARGET_GONE

        def begin(answer: Answer) -> Cancel:
            return self._when_active(target.window, lambda: answer(True))

        came = yield Until(begin, target.profile.raise_timeout)
        if came is TIMED_OUT:
            return Outcome.NOT_IN_FRONT
        yield Pause(target.profile.settle)
        return self._refusal(target)

    def _refusal(self, target: Target) -> Outcome | None:
        """Why nothing may be typed this moment; TARGET_GONE where no other program is in front."""
        active = self._windows.active()
        return Outcome.TARGET_GONE if active is None else self._judge(active, target)

    def _judge(self, active: WindowInfo, target: Target) -> Outcome | None:
        """Why nothing may be typed while *active* has the keyboard."""
        if active.handle != target.window.handle:
            return Outcome.NOT_IN_FRONT
        if target.customer and self._customer_of(active) != target.customer:
            return Outcome.WRONG_CUSTOMER
        return None

    def _write(self, insertion: Insertion) -> Steps[_Ending | None]:
        """By accessibility; None where the box was left untouched and another way may be tried."""
        window = insertion.target.window

        def begin(answer: Answer) -> Cancel:
            return self._boxes.insert(window, insertion.text, answer)

        written = yield Until(begin, _BOX_TIMEOUT)
        if written is BoxAnswer.UNTOUCHED:
            return None
        outcome = Outcome.INSERTED if written is BoxAnswer.WRITTEN else Outcome.NOT_TAKEN
        return _Ending(outcome=outcome, path=InsertionPath.ACCESSIBILITY)

    def _paste(self, insertion: Insertion) -> Steps[_Ending]:
        """By clipboard and one chord; what the clipboard held is owed from here on."""
        target = insertion.target
        kept = yield from self._keep_users()
        taken = _Signal()
        if not self._clipboard.offer(insertion.text, to=target.window, taken=taken.set):
            return _Ending(outcome=Outcome.CLIPBOARD_REFUSED, clipboard_lost=not kept)
        outcome = yield from self._chord(target, taken)
        if outcome is Outcome.INSERTED:
            yield from self._settle_clipboard(target, taken)
        return _Ending(outcome=outcome, path=InsertionPath.PASTE, clipboard_lost=not kept)

    def _keep_users(self) -> Steps[bool]:
        """Owe the user what is on the clipboard; False where its owner would not say what it is."""
        if self._restoring is not None:
            self._restoring()
            self._restoring = None
            if self._owed is not None and self._clipboard.ours():
                return True
        self._owed = None
        saved = yield Until(self._clipboard.save, _SAVE_TIMEOUT)
        if saved is None or saved is TIMED_OUT:
            return False
        self._owed = saved  # type: ignore[assignment]  # what `Clipboard.save` hands over
        return True

    def _chord(self, target: Target, taken: "_Signal") -> Steps[Outcome]:
        released = yield from self._modifiers_up(target)
        if not released:
            return Outcome.MODIFIERS_HELD
        refusal = self._refusal(target)
        if refusal is not None:
            return refusal
        if not self._clipboard.ours():
            return Outcome.CLIPBOARD_REFUSED
        if not self._keys.send(target.profile.combo):
            return Outcome.KEYS_REFUSED
        fetched = yield Until(taken.wait, target.profile.taken_timeout)
        return Outcome.NOT_TAKEN if fetched is TIMED_OUT else Outcome.INSERTED

    def _modifiers_up(self, target: Target) -> Steps[bool]:
        """True once Ctrl, Alt, Shift and Super are up; we never let go of a key for the user."""
        if not self._keys.modifiers_held():
            return True

        def begin(answer: Answer) -> Cancel:
            return self._keys.when_released(lambda: answer(True))

        released = yield Until(begin, target.profile.modifier_timeout)
        return released is not TIMED_OUT

    def _settle_clipboard(self, target: Target, taken: "_Signal") -> Steps[None]:
        """Let a client that fetches twice do so before the next offer; then give back, soon.

        Chromium fetches twice for one paste, some milliseconds apart, and inserts the second.
        """
        seen = 0
        while self._queue and seen < taken.times <= _MOST_FETCHES:
            seen = taken.times
            yield Pause(target.profile.settle)
        self._restoring = self._scheduler.call_later(target.profile.restore_after, self._restore)

    def _restore(self) -> None:
        self._restoring = None
        owed, self._owed = self._owed, None
        if self._restores and owed is not None and self._clipboard.ours():
            self._clipboard.restore(owed)

    def _leave_on_clipboard(self, text: str) -> None:
        if self._restoring is not None:
            self._restoring()
            self._restoring = None
        self._owed = None
        self._clipboard.keep(text)

    def _send(self, target: Target) -> Steps[bool]:
        """Press the client's send key where that is switched on; False leaves the text unsent."""
        if not target.profile.send_allowed:
            return False
        yield Pause(target.profile.send_after)
        released = yield from self._modifiers_up(target)
        return released and self._refusal(target) is None and self._keys.send(target.profile.send_combo)


class _Signal:
    """Something that happens once or more often, perhaps before anybody waits for it."""

    def __init__(self) -> None:
        self.times = 0
        self._waiting: Answer | None = None

    def set(self) -> None:
        self.times += 1
        if self._waiting is not None:
            self._waiting(True)

    def wait(self, answer: Answer) -> Cancel:
        self._waiting = answer
        if self.times:
            answer(True)
        return self._forget

    def _forget(self) -> None:
        self._waiting = None
