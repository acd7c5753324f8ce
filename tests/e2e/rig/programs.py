"""Programs of the rig: started in a group of their own, heard in a log file, ended for certain."""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import IO

from tests.e2e.rig.waiting import until

_GRACE = timedelta(seconds=3)


class NotInstalledError(RuntimeError):
    """A program the rig needs is missing; packaging/test.py installs it."""


class Program:
    """A running program; `pipes` gives it stdin and stdout as pipes instead of nothing and the log."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        environment: Mapping[str, str],
        log: Path,
        pipes: bool = False,
        keep_open: Sequence[int] = (),
    ) -> None:
        name = str(command[0])
        path = shutil.which(name, path=environment["PATH"])
        if path is None:
            raise NotInstalledError(f"{name} is not installed; packaging/test.py sets it up")
        self.name = Path(name).name
        self.log = log
        # The kernel ends it even where we are killed and can end nothing any more.
        orphaned = ["setpriv", "--pdeathsig", "TERM", "--"]
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [*orphaned, path, *map(str, command[1:])],
                env=environment,
                stdin=subprocess.PIPE if pipes else subprocess.DEVNULL,
                stdout=subprocess.PIPE if pipes else output,
                stderr=output,
                pass_fds=keep_open,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def stdin(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    @property
    def stdout(self) -> IO[bytes]:
        assert self._process.stdout is not None
        return self._process.stdout

    def running(self) -> bool:
        return self._process.poll() is None

    def expect_running(self) -> None:
        """Fail with the end of its log when it has ended."""
        if not self.running():
            tail = self.log.read_text(encoding="utf-8", errors="replace")[-2000:]
            raise RuntimeError(f"{self.name} ended with {self._process.returncode}:\n{tail}")

    def kill(self) -> None:
        """End it as a power cut would, with no chance to tidy up."""
        self._signal(signal.SIGKILL)
        self._process.wait()
        self._close_pipes()

    def end(self) -> int:
        """Ask it to end, insist after a while, and return its exit status."""
        self._signal(signal.SIGTERM)
        self._close_pipes()
        try:
            return self._process.wait(_GRACE.total_seconds())
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            return self._process.wait()

    def wait(self, timeout: timedelta) -> int:
        """Its exit status, once it has ended by itself."""
        until(lambda: not self.running(), f"end of {self.name}", timeout=timeout)
        return self._process.wait()

    def _signal(self, number: signal.Signals) -> None:
        if self.running():
            os.killpg(self.pid, number)

    def _close_pipes(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None and not pipe.closed:
                pipe.close()


def started_with(name: str, value: str) -> tuple[int, ...]:
    """The processes that have *name*=*value* in their environment, whoever started them."""
    entry = f"{name}={value}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if entry in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except OSError:
            continue  # ended meanwhile, or not ours to look into
    return tuple(found)
