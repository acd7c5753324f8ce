"""A Windows at work: programs started in it, and its desktop as they see it."""

import json
import subprocess
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from wine_session import Session, windows_path

from sidebar.domain.insertion import Rect
from tests.e2e.rig.waiting import until

PATIENCE = timedelta(seconds=30)
"""How long anything may take under Wine on a machine that is busy with other work."""
USER = "C:\\users\\root"
PROGRAM = f"{USER}\\AppData\\Local\\Programs\\ShopSidebar"
COMMAND, WINDOWED = f"{PROGRAM}\\sidebar.exe", f"{PROGRAM}\\ShopSidebar.exe"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Seen:
    """A top-level window as it was when looked at."""

    handle: int
    program: str
    title: str
    place: Rect
    minimised: bool


class Asked:
    """A Windows program that answers questions; on leaving it is asked no more, and ends."""

    def __init__(self, command: list[str]) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", errors="replace"
        )
        self._heard = deque[str](maxlen=50)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def ask(self, question: str, **details: object) -> Any:
        """The answer to *question*; what else the program says is kept for its last words."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps({"ask": question, **details}), file=self._process.stdin, flush=True)
        for line in self._process.stdout:
            if line.startswith('{"answer": '):
                return json.loads(line)["answer"]
            self._heard.append(line)
        raise RuntimeError(f"it ended with {self._process.wait()}:\n{''.join(self._heard)}")

    def end(self) -> int:
        """Its exit status, once it has ended as nobody asks any more."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        if not self._process.stdin.closed:
            self._process.stdin.close()
            self._heard.extend(self._process.stdout)
            self._process.stdout.close()
        return self._process.wait(PATIENCE.total_seconds())


class Desk(Asked):
    """The desktop; see tests/windows/inside/desk.py."""

    def windows(self, program: str = "") -> tuple[Seen, ...]:
        """The visible windows, the highest first: all, or those of *program*."""
        return tuple(
            Seen(each["handle"], each["program"], each["title"], Rect(*each["place"]), each["minimised"])
            for each in self.ask("windows")
            if not program or each["program"].lower() == program.lower()
        )

    def wait_for(self, program: str, pleases: Callable[[Seen], bool] = lambda _: True) -> Seen:
        """A window of *program* that pleases, once there is one."""
        return until(
            lambda: next((each for each in self.windows(program) if pleases(each)), None),
            f"window of {program}",
            timeout=PATIENCE,
        )

    def look(self, window: Seen) -> Seen:
        """*window* as it is now."""
        return next(each for each in self.windows() if each.handle == window.handle)

    def put(self, window: Seen, place: Rect) -> None:
        """Move and size *window*."""
        whole = {"x": place.x, "y": place.y, "width": place.width, "height": place.height}
        self.ask("place", handle=window.handle, **whole)

    def bring_to_front(self, window: Seen) -> None:
        """As Windows counts; the X server may not know."""
        self.ask("activate", handle=window.handle)
        until(lambda: self.ask("foreground") == window.handle, f"{window.title!r} in front", timeout=PATIENCE)

    def settle(self) -> None:
        """Wait until every program that has a window has seen to what it was told.

        To be done before keys are held: Wine has a program that is given the pointer or the
        keyboard say which keys are down then, and a busy one says it later, when it is not so.
        """
        for window in self.windows():
            self.ask("settle", handle=window.handle)

    def texts(self, window: Seen) -> list[str]:
        """What each input box of *window* holds."""
        return [self.ask("text", box=box) for box in self.ask("boxes", handle=window.handle)]

    def kill(self, program: str) -> None:
        """End *program* wherever it has a window, asking nothing."""
        for window in self.windows(program):
            self.ask("kill", handle=window.handle)
        until(lambda: not self.windows(program), f"end of {program}", timeout=PATIENCE)

    def clear(self) -> None:
        """End every program that has a window but the desktop itself."""
        for program in {window.program for window in self.windows()} - {"explorer.exe"}:
            self.kill(program)


class Machine:
    """One Windows of the rig, with the means to start programs in it.

    On leaving nobody waits for those any more; they end with the session.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self._started: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for program in self._started:
            program.kill()
            program.wait()

    @property
    def home(self) -> Path:
        """Where its user's folder is for us."""
        return self.session.drive_c / "users" / "root"

    def run(
        self, *command: str | Path, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end, and that of what it started; what it said is UTF-8."""
        return subprocess.run(
            self.session.wine(*map(_told, command), environment=environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            timeout=120,
        )

    def do(self, *command: str | Path) -> int:
        """Run a program to its end; what it started goes on. Its exit status."""
        as_started = self.session.from_menu(*map(_told, command))
        return subprocess.run(as_started, stdin=subprocess.DEVNULL, timeout=120).returncode

    def start(self, *command: str | Path) -> subprocess.Popen[bytes]:
        """Start a program."""
        return self._start(self.session.from_menu(*map(_told, command)))

    def start_python(self, script: str, *arguments: str | Path) -> subprocess.Popen[bytes]:
        """Start a script of the checkout on the Windows Python."""
        return self._start(self.session.python(script, *map(_told, arguments)))

    def python(self, module: str, *, environment: Mapping[str, str] | None = None) -> list[str]:
        """The command that runs a module of the checkout on the Windows Python."""
        return self.session.python("-m", module, environment=environment)

    def desk(self) -> Desk:
        return Desk(self.python("tests.windows.inside.desk"))

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        nothing = subprocess.DEVNULL
        self._started.append(subprocess.Popen(command, stdin=nothing, stdout=nothing))
        return self._started[-1]


def _told(argument: str | Path) -> str:
    return windows_path(argument) if isinstance(argument, Path) else argument
