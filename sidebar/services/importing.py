"""An import as the agent goes through it: a file, what it would do, done, taken back."""

from collections import Counter
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar

from sidebar.domain.enclosures import EnclosureState
from sidebar.domain.lean import dataclass
from sidebar.errors import ExchangeError, ExchangeFault, PackFault, RowFault, UserError

_SHOWN = 40
"""Rows that are told of; who has more mistakes than that mends the file first."""

Watch = Callable[[int, int], bool]
"""Hears how many rows of how many are done, on the thread that reads; False ends the reading."""


class Row(Protocol):
    """What is to be said about one row of the file."""

    @property
    def row(self) -> int: ...
    @property
    def fault(self) -> RowFault | PackFault: ...
    @property
    def detail(self) -> str: ...
    @property
    def sheet(self) -> str: ...


class File(Protocol):
    """What would become of a picture or file of one row."""

    @property
    def row(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def state(self) -> EnclosureState: ...
    @property
    def sheet(self) -> str: ...


class Plan(Protocol):
    """What an import would do."""

    @property
    def name(self) -> str: ...
    @property
    def format(self) -> str: ...
    @property
    def encoding(self) -> str | None: ...
    @property
    def new(self) -> Sequence[object]: ...
    @property
    def changed(self) -> Sequence[object]: ...
    @property
    def same(self) -> Sequence[object]: ...
    @property
    def errors(self) -> Sequence[Row]: ...
    @property
    def notes(self) -> Sequence[Row]: ...
    @property
    def enclosed(self) -> Sequence[File]: ...


class TakenBack(Protocol):
    """An import that was undone."""

    @property
    def name(self) -> str: ...
    @property
    def phrases(self) -> int: ...
    @property
    def kept(self) -> int: ...


class Run(Protocol):
    """Runs something off the GUI thread, and tells on it what came of it."""

    def __call__(
        self,
        operation: Callable[[], object],
        *,
        done: Callable[[object], None],
        failed: Callable[[UserError], None],
    ) -> None: ...


class Step(StrEnum):
    """Where an import stands."""

    CHOOSE = "choose"
    READING = "reading"
    READY = "ready"
    WRITING = "writing"
    DONE = "done"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTold:
    """One row, and what is to be said about it."""

    row: int
    fault: RowFault | PackFault
    detail: str
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTold:
    """A picture or file of one row, and what would become of it."""

    row: int
    name: str
    state: EnclosureState
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportView:
    """What is shown of an import. `kept` are phrases that an undo left as they were edited since.

    `file_counts` are all pictures and files by what would become of them, `files` those that change.
    """

    step: Step
    name: str = ""
    format: str = ""
    encoding: str = ""
    new: int = 0
    changed: int = 0
    same: int = 0
    kept: int = 0
    error_count: int = 0
    errors: tuple[RowTold, ...] = ()
    notes: tuple[RowTold, ...] = ()
    file_counts: tuple[tuple[EnclosureState, int], ...] = ()
    files: tuple[FileTold, ...] = ()
    undoable: bool = False
    trouble: UserError | None = None


_Result = TypeVar("_Result")


class Importing:
    """One import after the other; *changed* hears that `view` is another one now."""

    def __init__(
        self,
        *,
        read: Callable[[Path, Watch], Plan],
        write: Callable[[Plan], None],
        undo: Callable[[], TakenBack],
        undoable: Callable[[], bool],
        run: Run,
        progress: Callable[[int, int], None],
        changed: Callable[[], None],
    ) -> None:
        self._read = read
        self._write = write
        self._undo = undo
        self._undoable = undoable
        self._run = run
        self._progress = progress
        self._changed = changed
        self._plan: Plan | None = None
        self._reading = object()
        self.view = ImportView(step=Step.CHOOSE, undoable=undoable())

    def choose(self, path: Path) -> None:
        """Read *path* and see what it would do."""
        reading = self._reading = object()

        def watch(done: int, total: int) -> bool:
            if self._reading is reading:
                self._progress(done, total)
            return self._reading is reading

        self._show(ImportView(step=Step.READING, name=path.name))
        self._start(lambda: self._read(path, watch), self._on_read)

    def cancel(self) -> None:
        """Read no further, as far as anything is being read; nothing has been written."""
        self._reading = object()

    def start_over(self, trouble: UserError | None = None) -> None:
        """Ask for a file."""
        self._plan = None
        self._show(ImportView(step=Step.CHOOSE, undoable=self._undoable(), trouble=trouble))

    def bring_in(self) -> None:
        """Do what was shown."""
        plan = self._plan
        if plan is not None and self.view.step is Step.READY:
            self._show(_told(plan, Step.WRITING))
            self._start(partial(self._write, plan), lambda _: self._show(_told(plan, Step.DONE)))

    def take_back(self) -> None:
        """Undo the last import."""
        self._show(ImportView(step=Step.WRITING, name=self.view.name))
        self._start(self._undo, self._on_taken_back)

    def _start(self, operation: Callable[[], _Result], done: Callable[[_Result], None]) -> None:
        self._run(operation, done=done, failed=self._on_failed)  # type: ignore[arg-type]  # its own result

    def _on_read(self, plan: Plan) -> None:
        self._plan = plan
        self._show(_told(plan, Step.READY))

    def _on_taken_back(self, taken: TakenBack) -> None:
        self._plan = None
        self._show(
            ImportView(
                step=Step.TAKEN_BACK,
                name=taken.name,
                changed=taken.phrases,
                kept=taken.kept,
                undoable=self._undoable(),
            )
        )

    def _on_failed(self, error: UserError) -> None:
        cancelled = isinstance(error, ExchangeError) and error.fault is ExchangeFault.CANCELLED
        self.start_over(None if cancelled else error)

    def _show(self, view: ImportView) -> None:
        self.view = view
        self._changed()


def _told(plan: Plan, step: Step) -> ImportView:
    return ImportView(
        step=step,
        name=plan.name,
        format=plan.format,
        encoding=plan.encoding or "",
        new=len(plan.new),
        changed=len(plan.changed),
        same=len(plan.same),
        error_count=len(plan.errors),
        errors=_rows(plan.errors),
        notes=_rows(plan.notes),
        file_counts=_counted(plan.enclosed),
        files=_files(plan.enclosed),
        undoable=step is Step.DONE,
    )


def _rows(rows: Sequence[Row]) -> tuple[RowTold, ...]:
    return tuple(
        RowTold(row=each.row, fault=each.fault, detail=each.detail, sheet=each.sheet)
        for each in rows[:_SHOWN]
    )


def _counted(files: Sequence[File]) -> tuple[tuple[EnclosureState, int], ...]:
    counts = Counter(each.state for each in files)
    return tuple((state, counts[state]) for state in EnclosureState if counts[state])


def _files(files: Sequence[File]) -> tuple[FileTold, ...]:
    """Those that something is done about; of what is missing a note tells."""
    told = (each for each in files if each.state not in (EnclosureState.SAME, EnclosureState.MISSING))
    return tuple(
        FileTold(row=each.row, name=each.name, state=each.state, sheet=each.sheet)
        for each in islice(told, _SHOWN)
    )
