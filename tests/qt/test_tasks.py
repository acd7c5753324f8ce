"""Work off the GUI thread: told of on it, in order, with nothing destroyed on the way."""

import gc
import threading

import pytest
from pytestqt.qtbot import QtBot

from sidebar.errors import UserError
from sidebar.qt.tasks import Tasks


def test_results_and_failures_are_told_on_the_gui_thread_in_order(qtbot: QtBot) -> None:
    tasks, told = Tasks(), list[object]()
    here = threading.current_thread()

    def tell(what: object) -> None:
        assert threading.current_thread() is here
        told.append(what)

    def refuse() -> None:
        raise UserError("full")

    tasks.run(lambda: threading.current_thread() is here, done=tell, failed=tell)
    tasks.run(refuse, done=tell, failed=lambda error: tell(str(error)))
    qtbot.waitUntil(lambda: told == [False, "full"])
    tasks.finish()


def test_no_worker_looks_for_cycles(qtbot: QtBot) -> None:
    tasks, seen = Tasks(), list[bool]()
    tasks.run(gc.isenabled, done=seen.append, failed=lambda _: None)
    qtbot.waitUntil(lambda: seen == [False])
    assert gc.isenabled()
    tasks.finish()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_of_ours_stops_nothing_else(qtbot: QtBot) -> None:
    tasks, seen = Tasks(), list[int]()
    tasks.run(lambda: 1 // 0, done=seen.append, failed=lambda _: None)
    tasks.run(lambda: 2, done=seen.append, failed=lambda _: None)  # queued while the fault is told
    qtbot.waitUntil(lambda: seen == [2])
    assert gc.isenabled()
    tasks.run(lambda: 3, done=seen.append, failed=lambda _: None)
    qtbot.waitUntil(lambda: seen == [2, 3])
    tasks.finish()
