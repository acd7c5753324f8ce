"""One desktop: screen, window manager and bus, with an environment nothing else shares."""

import os
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.e2e.rig.bus import start_session_bus, switch_on_accessibility
from tests.e2e.rig.programs import Program, started_with
from tests.e2e.rig.screen import Screen, start_window_manager
from tests.e2e.rig.waiting import until

_MARK = "XDG_RUNTIME_DIR"  # every program of a desktop, and every one they start, has its own value


class Session:
    """Programs on somebody's desktop; on leaving, those that were started here are ended."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.environment = dict(environment)
        self._programs: list[Program] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    @property
    def display(self) -> str:
        return self.environment["DISPLAY"]

    @property
    def bus(self) -> str:
        return self.environment["DBUS_SESSION_BUS_ADDRESS"]

    def run(
        self,
        *command: str | Path,
        name: str = "",
        extra: Mapping[str, str] | None = None,
        pipes: bool = False,
    ) -> Program:
        """Start a program here; its log is in `folder` under *name*, else under its own."""
        program = Program(
            command,
            environment={**self.environment, **(extra or {})},
            log=self.folder / f"{name or Path(command[0]).name}.log",
            pipes=pipes,
        )
        self._programs.append(program)
        return program

    def end(self) -> None:
        """End what was started, the last first; a second time does nothing."""
        while self._programs:
            self._programs.pop().end()


class Desktop(Session):
    """Starts a screen, a window manager (unless it is to be without one) and a bus of its own on entering.

    On leaving every program is ended that was started on it, by anybody.
    """

    def __init__(self, folder: Path, *, managed: bool = True) -> None:
        super().__init__(folder, _environment(folder))
        self._managed = managed

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self.end()
            raise
        return self

    def remaining(self) -> Sequence[int]:
        """The processes that belong to this desktop and still run."""
        return started_with(_MARK, self.environment[_MARK])

    def end(self) -> None:
        super().end()
        for pid in self.remaining():  # what the bus started on demand, in groups of its own
            os.kill(pid, signal.SIGKILL)
        until(lambda: not self.remaining(), "end of the desktop's programs")

    def _start(self) -> None:
        screen = Screen(environment=self.environment, log=self.folder / "screen.log")
        self._programs.append(screen.server)
        self.environment["DISPLAY"] = screen.display
        if self._managed:
            manager = start_window_manager(environment=self.environment, folder=self.folder)
            self._programs.append(manager)
        bus = start_session_bus(environment=self.environment, log=self.folder / "bus.log")
        self._programs.append(bus)
        switch_on_accessibility(self.bus)


def _environment(folder: Path) -> dict[str, str]:
    home = folder / "home"
    runtime = folder / "run"
    home.mkdir()
    runtime.mkdir(mode=0o700)
    kept = ("PATH", "PYTHONDONTWRITEBYTECODE", "TZ")
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "XDG_STATE_HOME": str(home / ".local" / "state"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        _MARK: str(runtime),
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={runtime / 'bus'}",
        "LANG": "C.UTF-8",
        "GTK_MODULES": "gail:atk-bridge",  # GTK 2 programs join the accessibility bus by these alone
        "GTK_IM_MODULE": "gtk-im-context-simple",
        "QT_QPA_PLATFORM": "xcb",
        "LIBGL_ALWAYS_SOFTWARE": "1",
    }
