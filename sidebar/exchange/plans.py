"""What an import would do, before anything is done: new, changed and same phrases, errors by row."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from typing import TypeAlias

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.lean import dataclass
from sidebar.domain.phrases import Phrase
from sidebar.errors import ExchangeError, ExchangeFault, PackFault
from sidebar.exchange.drafts import Draft, Reading, Remark
from sidebar.exchange.enclosed import Told
from sidebar.exchange.shaping import Shaper
from sidebar.storage.located_yaml import Flaw
from sidebar.storage.packs import reason_of

_EVERY = 100


Progress: TypeAlias = Callable[[int, int], bool]
"""Hears how many rows of about how many are done; False ends the work, and nothing is left of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A phrase as it is and as it would be."""

    row: int
    before: Phrase
    after: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import would do. `errors` are rows that do not come in, `notes` are about rows that do.

    `enclosed` are the pictures and files of the rows; those that are new lie in `contents` by the
    paths that `new` and `changed` phrases have for them until they are written.
    """

    name: str
    format: str
    encoding: str | None
    new: tuple[Phrase, ...] = ()
    changed: tuple[Change, ...] = ()
    same: tuple[PhraseId, ...] = ()
    errors: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()
    enclosed: tuple[Told, ...] = ()
    contents: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to be done."""
        return not self.new and not self.changed


def go_on(_done: int, _total: int) -> bool:
    """The progress of a work that nobody watches."""
    return True


def plan(
    name: str,
    reading: Reading,
    *,
    own: Iterable[Phrase],
    shipped: Iterable[Phrase] = (),
    progress: Progress = go_on,
) -> Plan:
    """Compare *reading* with the library; raises `ExchangeError` for a broken file and where it is cancelled.

    The codes and hotkeys of the *own* phrases are kept for them. A phrase that the file has twice
    counts as the same the second time.
    """
    work = _Work(reading, tuple(own), tuple(shipped))
    done = 0
    for done, row in enumerate(reading.rows, start=1):
        work.take(row)
        if done % _EVERY == 0:
            report(progress, done, max(reading.total, done))
    report(progress, done, done)
    return Plan(
        name=name,
        format=reading.format,
        encoding=reading.encoding,
        new=tuple(work.new.values()),
        changed=tuple(work.changed.values()),
        same=tuple(work.same),
        errors=tuple(work.errors),
        notes=tuple(work.notes),
        enclosed=tuple(work.enclosed),
        contents=work.contents,
    )


def report(progress: Progress, done: int, total: int) -> None:
    """Tell *progress*; raises `ExchangeError` where the work is to end."""
    if not progress(done, total):
        raise ExchangeError("The import was cancelled; nothing has changed.", fault=ExchangeFault.CANCELLED)


class _Work:
    """The phrases met so far, each with what would become of it."""

    def __init__(self, reading: Reading, own: Sequence[Phrase], shipped: Sequence[Phrase]) -> None:
        self._known = {phrase.id: phrase for phrase in (*shipped, *own)}
        self._shaper = Shaper(
            format=reading.format,
            known=self._known,
            files=reading.files,
            codes={phrase.code.lower(): phrase.id for phrase in reversed(own) if phrase.code},
            hotkeys={phrase.hotkey: phrase.id for phrase in reversed(own) if phrase.hotkey},
        )
        self._met: set[PhraseId] = set()
        self.new: dict[PhraseId, Phrase] = {}
        self.changed: dict[PhraseId, Change] = {}
        self.same: list[PhraseId] = []
        self.errors: list[Remark] = []
        self.notes: list[Remark] = []
        self.enclosed: list[Told] = []
        self.contents: dict[str, bytes] = {}

    def take(self, row: Draft | Remark) -> None:
        shaped = row if isinstance(row, Remark) else self._shaper.shape(row)
        if isinstance(shaped, Remark):
            self.errors.append(shaped)
            return
        phrase, before = shaped.phrase, self._known.get(shaped.phrase.id)
        if phrase.id in self._met and shaped.whole:
            flaw = Flaw(PackFault.REPEATED_ID, shaped.row, phrase.id)
            self.errors.append(Remark(shaped.row, flaw.fault, flaw.detail, reason_of(flaw)))
            return
        self.notes.extend(shaped.notes)
        self.enclosed.extend(shaped.enclosed)
        if phrase.id not in self._met:
            self.contents.update(shaped.contents)
        if phrase.id in self._met or before == phrase:
            self.same.append(phrase.id)
        elif before is None:
            self.new[phrase.id] = phrase
        else:
            self.changed[phrase.id] = Change(row=shaped.row, before=before, after=phrase)
        self._met.add(phrase.id)
