"""Changes to the user's phrases: written off the GUI thread, told, and undone by one key."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Protocol

from sidebar.domain.edits import Binned, Edit, Standing, Written
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.lean import dataclass
from sidebar.domain.phrases import Phrase
from sidebar.errors import UserError
from sidebar.ports import Background


class Act(StrEnum):
    """What was done to phrases; stored, as it can be undone after a restart."""

    ADDED = "added"
    CHANGED = "changed"
    THROWN = "thrown"
    RESTORED = "restored"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What was done, to how many phrases, and the title of the first.

    `kept` of them had been changed since it was done, and an undo left them. `elsewhere` are files
    that were better left alone: the phrases are in the editor's own.
    """

    act: Act
    count: int = 1
    title: str = ""
    kept: int = 0
    elsewhere: tuple[str, ...] = ()

    def written(self) -> str:
        """On one line, for the record by which it is undone."""
        return f"{self.act} {self.count} {self.title}"

    @classmethod
    def read(cls, line: str) -> "Deed":
        """What `written` gave; whatever else it is counts as a change."""
        act, _, rest = line.partition(" ")
        count, _, title = rest.partition(" ")
        if act in set(Act) and count.isdecimal():
            return cls(act=Act(act), count=int(count), title=title)
        return cls(act=Act.CHANGED, title=line)


class Undone(Protocol):
    """A change that was taken back; so many phrases had been changed once more and stay."""

    @property
    def name(self) -> str: ...
    @property
    def kept(self) -> int: ...


class PhraseFiles(Protocol):
    """The user's pack files; each of these takes its time and may raise `UserError`."""

    def stand(self, phrase: PhraseId) -> Standing: ...
    def change(self, edits: Sequence[Edit], *, title: str, at: datetime) -> Written: ...
    def accept(self, phrase: PhraseId) -> None: ...
    def undo(self) -> Undone: ...
    def restore(self, binned: Binned, *, title: str, at: datetime) -> None: ...
    def thrown(self, now: datetime) -> tuple[Binned, ...]: ...


class PhraseChanges:
    """Does what the agent wants done, one after the other.

    *applied* hears that the files are others now, *tell* what was done, *failed* what could not be.
    """

    def __init__(
        self,
        *,
        files: PhraseFiles,
        background: Background,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        applied: Callable[[], None],
        tell: Callable[[Deed], None],
        failed: Callable[[UserError], None],
    ) -> None:
        self._files = files
        self._background = background
        self._now = now
        self._new_id = new_id
        self._applied = applied
        self._tell = tell
        self._failed = failed

    def new_id(self) -> PhraseId:
        """An id that no phrase has."""
        return PhraseId(f"own.{self._new_id()[:12]}")

    def stand(self, phrase: PhraseId, done: Callable[[Standing], None]) -> None:
        """Find out where *phrase* stands."""
        self._background.run(partial(self._files.stand, phrase), done=done, failed=self._failed)

    def write(
        self,
        act: Act,
        edits: Sequence[Edit],
        *,
        done: Callable[[Written], None],
        failed: Callable[[UserError], None] | None = None,
    ) -> None:
        """Make *edits*, all or none; *done* hears what became of them."""
        first = edits[0].after or edits[0].before
        deed = Deed(act=act, count=len(edits), title="" if first is None else first.title)

        def ended(written: Written) -> None:
            if not written.outdated:
                self._tell(replace(deed, elsewhere=written.elsewhere))
                self._applied()
            done(written)

        write = partial(self._files.change, tuple(edits), title=deed.written(), at=self._now())
        self._background.run(write, done=ended, failed=failed or self._failed)

    def change_each(
        self, act: Act, phrases: Sequence[Phrase], make: Callable[[Phrase], Phrase | None], *, into: str = ""
    ) -> None:
        """Have what *make* makes in place of each of *phrases*, as it is by now; None takes it away."""
        meant = [Edit(before=each, after=make(each), into=into) for each in phrases]
        edits = [each for each in meant if each.before != each.after or into]

        def ended(written: Written) -> None:
            now = {each.edit.id: each.now for each in written.outdated}
            if now:
                current = (now.get(each.id, each) for each in phrases)
                self.change_each(act, [each for each in current if each is not None], make, into=into)

        if edits:
            self.write(act, edits, done=ended)

    def throw_away(self, phrases: Sequence[Phrase]) -> None:
        """Take *phrases* out of the library; they are in the bin for a month."""
        self.change_each(Act.THROWN, phrases, lambda _: None)

    def duplicate(self, phrase: Phrase, title: str) -> Phrase:
        """A copy of *phrase* under that title, not written yet; code and hotkey stay with the first."""
        return replace(phrase, id=self.new_id(), title=title, code="", hotkey="")

    def accept_shipped(self, phrase: PhraseId) -> None:
        """The agent has seen what is shipped now, and keeps their own."""
        self._background.run(partial(self._files.accept, phrase), done=_nothing, failed=self._failed)

    def undo(self) -> None:
        """Take the last change back."""

        def ended(undone: Undone) -> None:
            self._tell(replace(Deed.read(undone.name), act=Act.UNDONE, kept=undone.kept))
            self._applied()

        self._background.run(self._files.undo, done=ended, failed=self._failed)

    def look_into_bin(self, done: Callable[[tuple[Binned, ...]], None]) -> None:
        """See what can be brought back."""
        self._background.run(partial(self._files.thrown, self._now()), done=done, failed=self._failed)

    def restore(self, binned: Binned, done: Callable[[], None]) -> None:
        """Bring *binned* back."""
        deed = Deed(act=Act.RESTORED, title=binned.phrase.title)

        def ended(_: None) -> None:
            self._tell(deed)
            self._applied()
            done()

        bring = partial(self._files.restore, binned, title=deed.written(), at=self._now())
        self._background.run(bring, done=ended, failed=self._failed)


def _nothing(_: object) -> None:
    """Nobody waits for it."""
