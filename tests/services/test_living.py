"""Reading again what has changed: once for a burst, never twice at a time, and nothing missed."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeVar

import pytest

from sidebar.errors import UserError
from sidebar.services.living import LivingFiles, Reading
from tests.fakes import FakeTime

T = TypeVar("T")


class FakeWatch:
    def __init__(self) -> None:
        self.places: tuple[str, ...] = ()
        self.change: Callable[[], None] = lambda: None

    def watch(self, places: Sequence[str], changed: Callable[[], None]) -> None:
        self.places, self.change = tuple(places), changed


class FakeBackground:
    """Runs what it was given when told to."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def run(
        self, operation: Callable[[], T], *, done: Callable[[T], None], failed: Callable[[UserError], None]
    ) -> None:
        def work() -> None:
            try:
                result = operation()
            except UserError as error:
                failed(error)
            else:
                done(result)

        self.waiting.append(work)

    def finish(self) -> None:
        waiting, self.waiting = self.waiting, []
        for work in waiting:
            work()


class Folder:
    def __init__(self) -> None:
        self.time, self.watch, self.background = FakeTime(), FakeWatch(), FakeBackground()
        self.content = "one"
        self.broken: UserError | None = None
        self.heard: list[str] = []
        self.files = LivingFiles(
            read=self._read,
            changed=self.heard.append,
            failed=lambda error: self.heard.append(f"failed {error}"),
            watch=self.watch,
            background=self.background,
            scheduler=self.time,
        )

    def _read(self) -> Reading[str]:
        if self.broken is not None:
            raise self.broken
        return Reading(content=self.content, places=(self.content,))

    def change(self, content: str) -> None:
        self.content = content
        self.watch.change()

    def wait(self, milliseconds: int) -> None:
        self.time.advance(timedelta(milliseconds=milliseconds))


@pytest.fixture
def folder() -> Folder:
    made = Folder()
    made.files.begin(["folder"])
    return made


def test_watches_and_reads_nothing_while_nothing_changes(folder: Folder) -> None:
    folder.wait(10_000)
    assert (folder.watch.places, folder.background.waiting) == (("folder",), [])


def test_a_burst_of_changes_is_read_once_it_is_over(folder: Folder) -> None:
    for number in range(5):
        folder.change(str(number))
        folder.wait(100)
    assert folder.background.waiting == []
    folder.wait(200)
    folder.background.finish()
    assert (folder.heard, folder.watch.places) == (["4"], ("4",))


def test_who_writes_on_and_on_is_read_in_between(folder: Folder) -> None:
    for number in range(40):
        folder.change(str(number))
        folder.wait(100)
    assert len(folder.background.waiting) == 1


def test_a_change_while_reading_is_read_next(folder: Folder) -> None:
    folder.change("two")
    folder.wait(300)
    folder.change("three")
    folder.wait(300)
    assert len(folder.background.waiting) == 1
    folder.background.finish()
    folder.background.finish()
    assert folder.heard == ["three", "three"]
    assert folder.background.waiting == []


def test_what_is_known_to_be_new_is_read_at_once() -> None:
    made = Folder()
    made.files.begin(["folder"], at_once=True)
    made.background.finish()
    assert made.heard == ["one"]


def test_a_fault_is_told_and_the_next_change_read_all_the_same(folder: Folder) -> None:
    folder.broken = UserError("no")
    folder.change("two")
    folder.wait(300)
    folder.background.finish()
    folder.broken = None
    folder.change("three")
    folder.wait(300)
    folder.background.finish()
    assert folder.heard == ["failed no", "three"]
