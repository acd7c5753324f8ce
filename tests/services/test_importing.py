"""An import step by step: read off the thread, shown, written, taken back, cancelled."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sidebar.domain.enclosures import EnclosureState
from sidebar.errors import ExchangeError, ExchangeFault, RowFault, UserError
from sidebar.services.importing import FileTold, Importing, ImportView, RowTold, Step, Watch

FILE = Path("phrases.csv")


@dataclass(frozen=True)
class FakePlan:
    """Two new phrases, one that changes, and a row without text."""

    name: str = "phrases"
    format: str = "table"
    encoding: str | None = "gb18030"
    new: tuple[object, ...] = (1, 2)
    changed: tuple[object, ...] = (3,)
    same: tuple[object, ...] = ()
    errors: tuple[RowTold, ...] = (RowTold(row=4, fault=RowFault.NO_TEXT, detail=""),)
    notes: tuple[RowTold, ...] = ()
    enclosed: tuple[FileTold, ...] = ()


@dataclass(frozen=True)
class FakeTaken:
    """What an undo tells."""

    name: str = "phrases"
    phrases: int = 3
    kept: int = 1


class Worker:
    """Runs what it is given when the test says so."""

    def __init__(self) -> None:
        self._waiting: list[Callable[[], None]] = []

    def run(
        self,
        operation: Callable[[], object],
        *,
        done: Callable[[object], None],
        failed: Callable[[UserError], None],
    ) -> None:
        def work() -> None:
            try:
                result = operation()
            except UserError as error:
                failed(error)
            else:
                done(result)

        self._waiting.append(work)

    def work(self) -> None:
        self._waiting.pop(0)()


class Desk:
    """An `Importing` with everything it works on."""

    def __init__(self) -> None:
        self.worker = Worker()
        self.steps: list[Step] = []
        self.told: list[tuple[int, int]] = []
        self.written: list[object] = []
        self.records = 0
        self.plan = FakePlan()
        self.trouble: UserError | None = None
        self.while_reading: Callable[[], None] = lambda: None
        self.importing = Importing(
            read=self._read,
            write=self._write,
            undo=self._undo,
            undoable=lambda: self.records > 0,
            run=self.worker.run,
            progress=lambda done, total: self.told.append((done, total)),
            changed=lambda: self.steps.append(self.view.step),
        )

    @property
    def view(self) -> ImportView:
        return self.importing.view

    def _read(self, _path: Path, watch: Watch) -> FakePlan:
        if self.trouble is not None:
            raise self.trouble
        for done in (100, 200):
            if not watch(done, 200):
                raise ExchangeError("cancelled", fault=ExchangeFault.CANCELLED)
            self.while_reading()
        return self.plan

    def _write(self, plan: object) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.written.append(plan)
        self.records += 1

    def _undo(self) -> FakeTaken:
        self.records -= 1
        return FakeTaken()


def test_nothing_is_written_before_the_agent_has_seen_it() -> None:
    desk = Desk()
    desk.importing.choose(FILE)
    assert desk.view == ImportView(step=Step.READING, name="phrases.csv")
    desk.importing.bring_in()
    desk.worker.work()
    assert desk.told == [(100, 200), (200, 200)]
    assert desk.view == ImportView(
        step=Step.READY,
        name="phrases",
        format="table",
        encoding="gb18030",
        new=2,
        changed=1,
        error_count=1,
        errors=FakePlan().errors,
    )
    assert desk.written == []
    desk.importing.bring_in()
    desk.worker.work()
    assert desk.written == [FakePlan()]
    assert desk.steps == [Step.READING, Step.READY, Step.WRITING, Step.DONE]
    assert desk.view.undoable


def test_one_undo_takes_it_back() -> None:
    desk = Desk()
    desk.importing.choose(FILE)
    desk.worker.work()
    desk.importing.bring_in()
    desk.worker.work()
    desk.importing.take_back()
    desk.worker.work()
    assert desk.view == ImportView(step=Step.TAKEN_BACK, name="phrases", changed=3, kept=1)
    desk.importing.start_over()
    assert desk.view == ImportView(step=Step.CHOOSE)


def test_a_cancel_stops_the_reading_and_tells_nothing_more() -> None:
    desk = Desk()
    desk.while_reading = desk.importing.cancel
    desk.importing.choose(FILE)
    desk.worker.work()
    assert desk.told == [(100, 200)]
    assert desk.view == ImportView(step=Step.CHOOSE)
    assert desk.written == []


def test_a_file_that_cannot_be_read_is_told_of_and_another_asked_for() -> None:
    desk = Desk()
    desk.trouble = ExchangeError("empty", fault=ExchangeFault.EMPTY)
    desk.importing.choose(FILE)
    desk.worker.work()
    assert desk.view == ImportView(step=Step.CHOOSE, trouble=desk.trouble)
    desk.trouble = None
    desk.importing.choose(FILE)
    desk.worker.work()
    assert desk.view.step is Step.READY


def test_what_cannot_be_written_is_told_of() -> None:
    desk = Desk()
    desk.importing.choose(FILE)
    desk.worker.work()
    desk.trouble = ExchangeError("full", fault=ExchangeFault.NOT_WRITTEN)
    desk.importing.bring_in()
    desk.worker.work()
    assert desk.view == ImportView(step=Step.CHOOSE, trouble=desk.trouble)


def test_an_import_of_before_can_be_taken_back_at_once() -> None:
    desk = Desk()
    desk.records = 1
    desk.importing.start_over()
    assert desk.view.undoable


def test_pictures_and_files_are_counted_and_those_named_that_change() -> None:
    desk = Desk()
    desk.plan = FakePlan(
        enclosed=(
            FileTold(row=1, name="a.png", state=EnclosureState.NEW),
            FileTold(row=1, name="b.png", state=EnclosureState.SAME),
            FileTold(row=2, name="c.pdf", state=EnclosureState.MISSING),
            FileTold(row=3, name="d.png", state=EnclosureState.REMOVED, sheet="库.yaml"),
            FileTold(row=4, name="e.png", state=EnclosureState.NEW),
        )
    )
    desk.importing.choose(Path("a.zip"))
    desk.worker.work()
    assert desk.view.file_counts == (
        (EnclosureState.NEW, 2),
        (EnclosureState.SAME, 1),
        (EnclosureState.MISSING, 1),
        (EnclosureState.REMOVED, 1),
    )
    assert [told.name for told in desk.view.files] == ["a.png", "d.png", "e.png"]
