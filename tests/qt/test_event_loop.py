"""Our ports on a real Qt event loop."""

import socket
from datetime import timedelta

from pytestqt.qtbot import QtBot

from sidebar.errors import UserError
from sidebar.qt.event_loop import QtReadiness, QtScheduler
from sidebar.qt.tasks import Tasks

NOW = timedelta(0)


def test_runs_what_is_due_in_order(qtbot: QtBot) -> None:
    scheduler = QtScheduler()
    log: list[str] = []
    scheduler.call_later(timedelta(milliseconds=20), lambda: log.append("later"))
    scheduler.call_later(NOW, lambda: log.append("soon"))
    qtbot.waitUntil(lambda: log == ["soon", "later"])


def test_what_is_taken_back_does_not_run(qtbot: QtBot) -> None:
    scheduler = QtScheduler()
    log: list[str] = []
    cancel = scheduler.call_later(NOW, lambda: log.append("no"))
    cancel()
    cancel()
    scheduler.call_later(timedelta(milliseconds=5), lambda: log.append("yes"))
    qtbot.waitUntil(lambda: log == ["yes"])


def test_an_action_may_ask_for_another(qtbot: QtBot) -> None:
    scheduler = QtScheduler()
    log: list[str] = []

    def again() -> None:
        scheduler.call_later(NOW, lambda: log.append("second"))

    scheduler.call_later(NOW, again)
    qtbot.waitUntil(lambda: log == ["second"])


def test_wakes_when_a_descriptor_can_be_read(qtbot: QtBot) -> None:
    reading, writing = socket.socketpair()
    heard: list[bytes] = []
    readiness = QtReadiness()
    cancel = readiness.watch(reading.fileno(), lambda: heard.append(reading.recv(10)))
    writing.send(b"x")
    qtbot.waitUntil(lambda: heard == [b"x"])
    cancel()
    writing.close()
    reading.close()


def test_a_tasks_result_comes_back_to_the_gui_thread(qtbot: QtBot) -> None:
    tasks = Tasks()
    heard: list[object] = []
    tasks.run(lambda: 7, done=heard.append, failed=heard.append)
    qtbot.waitUntil(lambda: heard == [7])


def test_the_environments_fault_comes_back_as_a_value(qtbot: QtBot) -> None:
    def fails() -> object:
        raise UserError("disk full")

    tasks = Tasks()
    heard: list[str] = []
    tasks.run(fails, done=lambda _: None, failed=lambda error: heard.append(str(error)))
    qtbot.waitUntil(lambda: heard == ["disk full"])
    tasks.finish()
