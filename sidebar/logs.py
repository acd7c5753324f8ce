"""Logs and crash reports, without a word of anybody's: ids, lengths, places in the code.

What may be logged: events with fields (`log.info("phrase inserted id=%s chars=%d", …)`). Never
phrase text, clipboard content, window titles, buyers' names or keys. Exceptions bring such words
along in their messages, so messages are redacted on their way to a file: what stands in quotes
and what is not ASCII gives way to its length. The traceback itself quotes only source code.
"""

import faulthandler
import logging
import os
import re
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO

log = logging.getLogger(__name__)
crash_log = logging.getLogger("sidebar.crashes")

_SIZE, _OLD_FILES = 1_000_000, 2
_CRASHES_KEPT = 20
_WORDS = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|[^\x00-\x7f]+")

Undo = Callable[[], None]


def redacted(message: str) -> str:
    """*message* without the words it quotes and without anything but ASCII; `…5…` stands for 5 characters."""
    return _WORDS.sub(lambda found: f"…{len(found.group())}…", message)


def start(folder: Path, *, level: int = logging.INFO) -> Undo:
    """Log to `sidebar.log` in *folder* (3 files of 1 MB) and, from warnings on, to stderr.

    Where the file cannot be written the program runs on without it. Call what is returned to end it.
    """
    handlers: list[logging.Handler] = []
    if sys.stderr is not None:
        handlers.append(_console())
    trouble = ""
    try:
        handlers.append(_file(folder))
    except OSError as error:
        trouble = error.strerror or type(error).__name__
    root, ours = logging.getLogger(), logging.getLogger("sidebar")
    before = ours.level
    ours.setLevel(level)
    for handler in handlers:
        root.addHandler(handler)
    if trouble:
        log.warning("no log file reason=%s", trouble)

    def stop() -> None:
        ours.setLevel(before)
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()

    return stop


def report_crashes(folder: Path, *, stderr: IO[str] | None = None) -> Undo:
    """Write each uncaught exception of any thread to `crash-….txt` in *folder*; one sentence to stderr.

    The same exception at the same place is written once: a timer that fails does so every second.
    A crash of the interpreter itself leaves its stacks in `fault.txt`. Call what is returned to end it.
    """
    reporter = _CrashReporter(folder, stderr)
    hooks = sys.excepthook, threading.excepthook
    sys.excepthook = reporter.uncaught
    threading.excepthook = reporter.uncaught_in_thread
    stop_faults = _report_faults(folder)

    def stop() -> None:
        sys.excepthook, threading.excepthook = hooks
        stop_faults()

    return stop


class _CrashReporter:
    def __init__(self, folder: Path, stderr: IO[str] | None) -> None:
        self._folder = folder
        self._stderr = stderr
        self._seen: set[tuple[str, str, int]] = set()

    def uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        place = _place(trace)
        crash_log.error("uncaught exception type=%s at=%s:%d", kind.__name__, Path(place[0]).name, place[1])
        if (kind.__name__, *place) not in self._seen:
            self._seen.add((kind.__name__, *place))
            self._say(self._write(error))

    def uncaught_in_thread(self, hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None and not issubclass(hook.exc_type, SystemExit):
            self.uncaught(hook.exc_type, hook.exc_value, hook.exc_traceback)

    def _write(self, error: BaseException) -> Path | None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            name = f"crash-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.txt"
            path = self._folder / name
            path.write_text("\n".join(_report(error)), encoding="utf-8")
            for old in sorted(self._folder.glob("crash-*.txt"))[:-_CRASHES_KEPT]:
                old.unlink(missing_ok=True)
        except OSError:
            return None
        return path

    def _say(self, path: Path | None) -> None:
        where = f"the report is in {path}" if path else "and no report of it could be written"
        stream = self._stderr or sys.stderr
        if stream is not None:
            with suppress(OSError, ValueError):  # closed, or the reader has gone
                print(f"sidebar: something went wrong inside the program; {where}.", file=stream)


def _place(trace: TracebackType | None) -> tuple[str, int]:
    frames = traceback.extract_tb(trace)
    return (frames[-1].filename, frames[-1].lineno or 0) if frames else ("?", 0)


def _report(error: BaseException) -> Iterator[str]:
    yield f"{datetime.now(UTC).isoformat(timespec='seconds')} Python {sys.version}"
    yield _described(error)


def _described(error: BaseException) -> str:
    """The tracebacks of *error* and of what led to it, the first cause first, messages redacted."""
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and not any(current is each for each in chain):
        chain.append(current)
        hidden = current.__suppress_context__
        current = current.__cause__ or (None if hidden else current.__context__)
    return "\n".join(
        "".join(traceback.format_tb(each.__traceback__))
        + f"{type(each).__qualname__}: {redacted(_message(each))}"
        for each in reversed(chain)
    )


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except Exception as failure:  # noqa: BLE001 - a report must not fail on what it reports
        return f"no message, {type(failure).__name__}"


class _Formatter(logging.Formatter):
    """One line a record in UTC; exceptions without the words of others."""

    def format(self, record: logging.LogRecord) -> str:
        # A record carries what the first formatter made of its exception, words and all.
        cached, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = cached

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802, ARG002
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def formatException(self, ei: object) -> str:  # noqa: N802
        error = ei[1] if isinstance(ei, tuple) else None
        return _described(error) if isinstance(error, BaseException) else ""


class _BriefFormatter(_Formatter):
    """For the console: what failed, not where."""

    def formatException(self, ei: object) -> str:  # noqa: N802
        return super().formatException(ei).rpartition("\n")[2]


class _BoundedFile(logging.FileHandler):
    """A log that begins anew when it is full, and keeps what was before under its name with a number.

    The library's own that does so is in `logging.handlers`, with others that bring queues and pickles
    along: 4 ms of a start.
    """

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._make_room(len(self.format(record).encode("utf-8", "replace")) + len(os.linesep))
        except Exception:  # noqa: BLE001 (whatever a line cannot be made of; so do the library's handlers)
            self.handleError(record)
        else:
            super().emit(record)

    def _make_room(self, needed: int) -> None:
        if self.stream is None or self.stream.tell() + needed <= _SIZE:
            return
        full, self.stream = self.stream, None  # opened again by whoever writes next
        full.close()
        for number in range(_OLD_FILES, 0, -1):
            younger = Path(f"{self.baseFilename}.{number - 1}" if number > 1 else self.baseFilename)
            if younger.exists():
                younger.replace(f"{self.baseFilename}.{number}")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Let the line go: a full disk must not stop the program, nor say so once a line."""


def _file(folder: Path) -> logging.Handler:
    folder.mkdir(parents=True, exist_ok=True)
    handler = _BoundedFile(folder / "sidebar.log", encoding="utf-8", errors="replace")
    handler.setFormatter(_Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    return handler


def _console() -> logging.Handler:
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.setFormatter(_BriefFormatter("%(name)s: %(message)s"))
    # A crash has its sentence on stderr already.
    handler.addFilter(lambda record: record.name != crash_log.name)
    return handler


def _report_faults(folder: Path) -> Undo:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stream = (folder / "fault.txt").open("a", encoding="utf-8")
    except OSError:
        return lambda: None
    was_enabled = faulthandler.is_enabled()
    faulthandler.enable(stream)

    def stop() -> None:
        faulthandler.disable()
        if was_enabled and sys.__stderr__ is not None:
            faulthandler.enable(sys.__stderr__)
        stream.close()

    return stop
