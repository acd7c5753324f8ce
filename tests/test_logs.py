"""Logs tell where it went wrong and nothing of what anybody wrote."""

import io
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sidebar import logs

SECRET = "王小姐 13800001111"


@pytest.fixture
def stderr() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def crashes(tmp_path: Path, stderr: io.StringIO) -> Iterator[Path]:
    stop = logs.report_crashes(tmp_path / "logs", stderr=stderr)
    yield tmp_path / "logs"
    stop()


def crash_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("crash-*.txt"))


def crash(error: BaseException) -> None:
    """Hand *error* to the hook as the interpreter does."""
    try:
        raise error
    except type(error) as caught:
        sys.excepthook(type(caught), caught, caught.__traceback__)


def test_redaction_leaves_the_shape_of_a_message() -> None:
    assert logs.redacted(f"no phrase '{SECRET}' in pack 3") == "no phrase …17… in pack 3"
    assert logs.redacted('KeyError: "a" at 王小姐 (line 4)') == "KeyError: …3… at …3… (line 4)"


def test_writes_records_in_utc_to_a_file(tmp_path: Path) -> None:
    stop = logs.start(tmp_path / "logs")
    logging.getLogger("sidebar.services").info("phrase inserted id=%s chars=%d", "a", 12)
    stop()
    (line,) = (tmp_path / "logs" / "sidebar.log").read_text(encoding="utf-8").splitlines()
    moment, rest = line.split(" ", 1)
    assert moment.endswith("+00:00")
    assert rest == "INFO sidebar.services: phrase inserted id=a chars=12"


def test_other_libraries_are_only_heard_when_they_warn(tmp_path: Path) -> None:
    stop = logs.start(tmp_path)
    logging.getLogger("somebody.else").info("chatter")
    stop()
    assert (tmp_path / "sidebar.log").read_text(encoding="utf-8") == ""


def test_an_exception_in_the_log_keeps_its_words_to_itself(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    stop = logs.start(tmp_path)
    try:
        raise ValueError(f"cannot read {SECRET!r}")
    except ValueError:
        logging.getLogger("sidebar").exception("reading failed")
    stop()
    written = (tmp_path / "sidebar.log").read_text(encoding="utf-8")
    assert "ValueError: cannot read …17…" in written
    assert "王小姐" not in written
    assert "reading failed" in caplog.text
    shown = capsys.readouterr().err
    assert shown == "sidebar: reading failed\nValueError: cannot read …17…\n"


def test_the_log_turns_over_at_a_megabyte_and_keeps_three_files(tmp_path: Path) -> None:
    stop = logs.start(tmp_path)
    for _ in range(45):
        logging.getLogger("sidebar").info("%s", "x" * 100_000)
    stop()
    files = sorted(tmp_path.glob("sidebar.log*"))
    assert [file.name for file in files] == ["sidebar.log", "sidebar.log.1", "sidebar.log.2"]
    assert all(file.stat().st_size <= 1_000_000 for file in files)


def test_runs_on_without_a_file_where_none_can_be_written(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    stop = logs.start(tmp_path / "file" / "logs")
    logging.getLogger("sidebar").info("still here")
    stop()
    assert "no log file reason=" in caplog.text


def test_a_full_disk_stops_neither_the_program_nor_its_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    stop = logs.start(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr("sidebar.logs._BoundedFile._make_room", full)
        logging.getLogger("sidebar").info("lost")
    logging.getLogger("sidebar").info("kept")
    stop()
    assert "kept" in (tmp_path / "sidebar.log").read_text(encoding="utf-8")
    assert capsys.readouterr().err == ""


def test_a_log_that_cannot_be_put_aside_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: object) -> None:
        raise OSError(13, "held by another program")

    stop = logs.start(tmp_path)
    ours = logging.getLogger("sidebar")
    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.replace", held)
        for _ in range(12):
            ours.info("%s", "x" * 100_000)
    ours.info("kept")
    stop()
    assert "kept" in (tmp_path / "sidebar.log").read_text(encoding="utf-8")


def test_a_line_that_cannot_be_made_up_is_let_go(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stop = logs.start(tmp_path)
    ours = str(tmp_path / "sidebar.log")
    (file,) = (each for each in logging.getLogger().handlers if getattr(each, "baseFilename", "") == ours)
    file.handle(logging.makeLogRecord({"msg": "%d buyers", "args": ("no number",)}))
    logging.getLogger("sidebar").info("kept")
    stop()
    (line,) = (tmp_path / "sidebar.log").read_text(encoding="utf-8").splitlines()
    assert line.endswith("kept")
    assert capsys.readouterr().err == ""


def test_a_crash_is_reported_in_one_sentence_and_a_file(
    crashes: Path, stderr: io.StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    crash(RuntimeError(f"no such buyer: {SECRET}"))
    (file,) = crash_files(crashes)
    assert (
        stderr.getvalue() == f"sidebar: something went wrong inside the program; the report is in {file}.\n"
    )
    report = file.read_text(encoding="utf-8")
    assert "test_logs.py" in report
    assert "RuntimeError: no such buyer: …3… 13800001111" in report
    assert "uncaught exception type=RuntimeError at=test_logs.py:" in caplog.text


def test_a_crash_names_what_led_to_it(crashes: Path, caplog: pytest.LogCaptureFixture) -> None:
    failure = RuntimeError("outer")
    failure.__cause__ = KeyError("inner")
    crash(failure)
    report = crash_files(crashes)[0].read_text(encoding="utf-8")
    assert report.index("KeyError: …7…") < report.index("RuntimeError: outer")
    assert caplog.records


def test_a_crash_that_comes_again_and_again_is_written_once(
    crashes: Path, stderr: io.StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(5):
        crash(RuntimeError("again"))
    assert len(crash_files(crashes)) == 1
    assert len(stderr.getvalue().splitlines()) == 1
    assert len(caplog.records) == 5


def test_only_the_last_crashes_are_kept(crashes: Path, caplog: pytest.LogCaptureFixture) -> None:
    crashes.mkdir(exist_ok=True)
    for day in range(1, 31):
        (crashes / f"crash-202001{day:02}-000000-000000.txt").write_text("old", encoding="utf-8")
    crash(RuntimeError("new"))
    names = [file.name for file in crash_files(crashes)]
    assert len(names) == 20
    assert names[0] == "crash-20200112-000000-000000.txt"
    assert caplog.records


def test_a_crash_in_a_thread_is_reported_too(crashes: Path, caplog: pytest.LogCaptureFixture) -> None:
    thread = threading.Thread(target=lambda: [][1])
    thread.start()
    thread.join()
    (file,) = crash_files(crashes)
    assert "IndexError" in file.read_text(encoding="utf-8")
    assert caplog.records


def test_an_exception_that_cannot_speak_is_reported_all_the_same(
    crashes: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class Mute(Exception):  # noqa: N818
        def __str__(self) -> str:
            raise RuntimeError

    crash(Mute())
    assert "Mute: no message, RuntimeError" in crash_files(crashes)[0].read_text(encoding="utf-8")
    assert caplog.records


def test_a_crash_without_a_place_to_write_is_told_all_the_same(
    tmp_path: Path, stderr: io.StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    stop = logs.report_crashes(tmp_path / "file" / "logs", stderr=stderr)
    crash(RuntimeError("x"))
    stop()
    assert stderr.getvalue() == (
        "sidebar: something went wrong inside the program; and no report of it could be written.\n"
    )
    assert caplog.records


def test_stopping_puts_the_hooks_back(tmp_path: Path) -> None:
    before = sys.excepthook, threading.excepthook
    logs.report_crashes(tmp_path)()
    assert (sys.excepthook, threading.excepthook) == before


def test_a_crash_of_the_interpreter_leaves_its_stacks(tmp_path: Path) -> None:
    code = (
        "import sys, faulthandler, pathlib; from sidebar import logs;"
        "logs.report_crashes(pathlib.Path(sys.argv[1])); faulthandler._sigsegv()"
    )
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, check=False)
    assert run.returncode != 0
    assert "Segmentation fault" in (tmp_path / "fault.txt").read_text(encoding="utf-8")


def test_an_uncaught_exception_shows_no_traceback(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from sidebar import logs;"
        "logs.start(pathlib.Path(sys.argv[1])); logs.report_crashes(pathlib.Path(sys.argv[1])); {}['x']"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert run.stderr.startswith("sidebar: something went wrong inside the program")
    assert len(run.stderr.splitlines()) == 1
