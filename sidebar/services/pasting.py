"""Pasting a text into the chat client by clipboard and keys, the user's clipboard owed meanwhile.

1. What is on the clipboard is kept, the text offered and verified before any key is sent.
2. Before each chord one look at the desktop must show the modifiers up, the client in front, the
   buyer the same, and what was offered still on the clipboard.
3. After the paste chord we wait until the client has *fetched* the text. That, not a guessed
   delay, tells that it arrived and when the clipboard may hold something else.
4. Where the client takes no line breaks, each line goes in by itself with the client's own chord
   between two; what is refused in the middle leaves the lines that are not in the box.
5. What was typed to ask for the phrase is taken away right before the paste chord, key by key, as
   long as nothing speaks against typing.
6. The next insertion takes over what is owed to the user's clipboard, so that a quick run gives
   back what was there before the first one.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.insertion import Insertion, Moment, Outcome, Target, Typed, WindowInfo
from sidebar.domain.lean import dataclass
from sidebar.ports import Cancel, Clipboard, KeySender, Saved, Scheduler
from sidebar.services.procedures import TIMED_OUT, Answer, Pause, Steps, Until

if TYPE_CHECKING:  # few phrases have any
    from sidebar.domain.enclosures import Enclosure

_SAVE_TIMEOUT = timedelta(milliseconds=2000)
"""Longer than the platform's own bound on reading a clipboard; only a broken adapter reaches it."""
_MOST_FETCHES = 5
_BACKSPACE = KeyCombo("backspace")
_LEFT = KeyCombo("left")
_OFFERS = 5
_OFFER_AGAIN = timedelta(milliseconds=30)
"""A clipboard that another program holds open this moment is tried again, five times in all (peers, c3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """How it ended; where a part is in the box already, `lines` counts it and `rest` is what is not.

    `left` names what was enclosed and is not in the box.
    """

    outcome: Outcome
    clipboard_lost: bool = False
    lines: int = 0
    rest: str | None = None
    left: tuple[str, ...] = ()


class Pasting:
    """Implements rules 1 to 6 above; *look* tells what a key would meet this moment.

    *refusal* says why nothing may be typed for a target while that window is active, *hurried* whether
    another insertion waits already.
    """

    def __init__(
        self,
        *,
        scheduler: Scheduler,
        keys: KeySender,
        clipboard: Clipboard,
        look: Callable[[], Moment],
        refusal: Callable[[Target, WindowInfo | None], Outcome | None],
        hurried: Callable[[], bool],
        restores_clipboard: bool,
    ) -> None:
        self._scheduler = scheduler
        self._keys = keys
        self._clipboard = clipboard
        self._look = look
        self._refusal = refusal
        self._hurried = hurried
        self._restores = restores_clipboard
        self._owed: Saved | None = None
        self._restoring: Cancel | None = None

    @property
    def owes(self) -> bool:
        """Whether the user's clipboard is still to be given back."""
        return self._owed is not None or self._restoring is not None

    def give_back(self) -> None:
        """Restore the user's clipboard now if it is still owed (before the program ends)."""
        if self._restoring is not None:
            self._restoring()
            self._restore()

    def leave(self, text: str) -> None:
        """Leave *text* on the clipboard for the agent to paste; nothing is owed any more.

        Where there is no text (a phrase may be a picture alone) the user's own content comes back.
        """
        if self._restoring is not None:
            self._restoring()
            self._restoring = None
        if not text:
            self._restore()
            return
        self._owed = None
        self._clipboard.keep(text)

    def bring(self, insertion: Insertion) -> Steps[Pasted]:
        """Paste the text, in as many pieces as the client wants it in, and what is enclosed with it."""
        kept = yield from self._keep_users()
        if insertion.enclosed:
            pasted = yield from self._bring_all(insertion)
        else:
            pasted = yield from self._bring_text(insertion, insertion.typed, more=False)
        if pasted.outcome is Outcome.INSERTED:
            self._restoring = self._scheduler.call_later(
                insertion.target.profile.restore_after, self._restore
            )
        return pasted if kept else replace(pasted, clipboard_lost=True)

    def step_back(self, insertion: Insertion) -> Steps[None]:
        """Bring the caret to its place in a text that is in the box; what speaks against it leaves it."""
        whole = insertion.pieces == (insertion.text,)
        if not whole or any(not each.before for each in insertion.enclosed):
            return  # something else stands behind the caret's place than was counted
        yield Pause(insertion.target.profile.settle)
        for _ in range(insertion.back):
            if (yield from self.press(_LEFT, insertion.target)) is not None:
                return

    def _bring_text(self, insertion: Insertion, typed: Typed | None, *, more: bool) -> Steps[Pasted]:
        """Paste the text alone; *more* follows it."""
        target = insertion.target
        pieces, chord = insertion.pieces, target.profile.newlines.chord
        lost = False
        for done, piece in enumerate(pieces):
            outcome = None
            if done and chord is not None:
                outcome = yield from self.press(chord, target)
                if outcome is None and not self._clipboard.ours():
                    lost = not (yield from self._keep_users()) or lost
            if outcome is None and (piece or len(pieces) == 1):
                first = None if done else typed
                following = more or done + 1 < len(pieces)
                outcome = yield from self._paste(piece, target, typed=first, more=following)
            if outcome is not None:
                rest = "\n".join(pieces[done:]) if done else None
                return Pasted(outcome=outcome, clipboard_lost=lost, lines=done, rest=rest)
        return Pasted(outcome=Outcome.INSERTED, clipboard_lost=lost)

    def _bring_all(self, insertion: Insertion) -> Steps[Pasted]:
        """Paste what comes before the text, the text, and what comes after it.

        A text that is in the box has been inserted, whatever becomes of the pictures behind it.
        """
        typed, texted, lost = insertion.typed, False, False
        before = [each for each in insertion.enclosed if each.before]
        after = [each for each in insertion.enclosed if not each.before]
        for done, each in enumerate(before):
            outcome = yield from self._paste(each, insertion.target, typed=typed, more=True)
            if outcome is not None:
                return Pasted(outcome=outcome, left=_names(before[done:], after))
            typed = None
        if insertion.text:
            pasted = yield from self._bring_text(insertion, typed, more=bool(after))
            if pasted.outcome is not Outcome.INSERTED:
                return replace(pasted, left=_names(after))
            typed, texted, lost = None, True, pasted.clipboard_lost
        for done, each in enumerate(after):
            more = done + 1 < len(after)
            outcome = yield from self._paste(each, insertion.target, typed=typed, more=more)
            if outcome is not None:
                ending = Outcome.INSERTED if texted else outcome
                return Pasted(outcome=ending, clipboard_lost=lost, left=_names(after[done:]))
            typed = None
        return Pasted(outcome=Outcome.INSERTED, clipboard_lost=lost)

    def press(self, combo: KeyCombo, target: Target, *, pastes: bool = False) -> Steps[Outcome | None]:
        """Send *combo* once the user's modifiers are up and nothing speaks against it; None where it went.

        What *pastes* is only sent while the clipboard still holds what we put there.
        """
        while (moment := self._look()).modifiers_held:
            if not (yield from self._released(target)):
                return Outcome.MODIFIERS_HELD
        refusal = self._refusal(target, moment.active)
        if refusal is not None:
            return refusal
        if pastes and not moment.clipboard_ours:
            return Outcome.CLIPBOARD_REFUSED
        return None if self._keys.send(combo) else Outcome.KEYS_REFUSED

    def _paste(
        self, content: "str | Enclosure", target: Target, *, typed: Typed | None, more: bool
    ) -> Steps[Outcome | None]:
        """Offer *content* and press the paste chord once; None when the client has fetched it.

        What was *typed* to ask for it goes first, unless more has been typed after it.
        """
        taken = _Signal()
        if not (yield from self._offer(content, target, taken)):
            return Outcome.CLIPBOARD_REFUSED
        if typed is not None:
            refused = yield from self._take_away(typed, target)
            if refused is not None:
                return refused
        refused = yield from self.press(target.profile.combo, target, pastes=True)
        if refused is not None:
            return refused
        fetched = yield Until(taken.wait, target.profile.taken_timeout)
        if fetched is TIMED_OUT:
            return Outcome.NOT_TAKEN
        yield from self._fetched_again(target, taken, more=more)
        return None

    def _take_away(self, typed: Typed, target: Target) -> Steps[Outcome | None]:
        """Press Backspace for each character that was *typed*; None when all have gone."""
        if self._keys.modifiers_held() and not (yield from self._released(target)):
            return Outcome.MODIFIERS_HELD
        if typed.typed_on:
            return Outcome.TYPED_ON
        for _ in range(typed.characters):
            refused = yield from self.press(_BACKSPACE, target)
            if refused is not None:
                return refused
        return None

    def _offer(self, content: "str | Enclosure", target: Target, taken: "_Signal") -> Steps[bool]:
        """Put *content* on the clipboard; False where it stays refused."""
        for again in range(_OFFERS):
            if again:
                yield Pause(_OFFER_AGAIN)
            if self._clipboard.offer(content, to=target.window, taken=taken.set):
                return True
        return False

    def _fetched_again(self, target: Target, taken: "_Signal", *, more: bool) -> Steps[None]:
        """Let a client that fetches twice do so before the clipboard holds something else.

        Chromium fetches twice for one paste, some milliseconds apart, and inserts the second.
        """
        seen = 0
        while (more or self._hurried()) and seen < taken.times <= _MOST_FETCHES:
            seen = taken.times
            yield Pause(target.profile.settle)

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

    def _released(self, target: Target) -> Steps[bool]:
        """True once Ctrl, Alt, Shift and Super are up; we never let go of a key for the user."""

        def begin(answer: Answer) -> Cancel:
            return self._keys.when_released(lambda: answer(True))

        released = yield Until(begin, target.profile.modifier_timeout)
        return released is not TIMED_OUT

    def _restore(self) -> None:
        self._restoring = None
        owed, self._owed = self._owed, None
        if self._restores and owed is not None and self._clipboard.ours():
            self._clipboard.restore(owed)


def _names(*groups: "Sequence[Enclosure]") -> tuple[str, ...]:
    return tuple(each.name for group in groups for each in group)


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
