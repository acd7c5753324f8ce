#!/usr/bin/env python3
"""Set up what is missing and run every check: ruff, mypy and the tests, the real chat client included.

python3 packaging/test.py                        everything, on this Linux and (as root) on a Windows in it
python3 packaging/test.py --without-windows      on this Linux only
python3 packaging/test.py tests/domain -k x      these tests only; the arguments are pytest's
python3 packaging/test.py --bench                the benchmarks, against the programs that do the same
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said to those who have an older one
    sys.exit("Shop Sidebar needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")

import os
import subprocess
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import debian
import provision

CHECKS = (
    ("ruff", "check"),
    ("ruff", "format", "--check"),
    ("mypy",),
    ("pytest",),
)
ON_WINDOWS = ("pytest",)  # on the Windows Python; leaves out what is about Linux
BESIDE_WINDOWS = ("pytest", "tests/windows")  # on ours, driving Windows programs and their installer
_ENOUGH = timedelta(minutes=20)  # several times what is usual; what hangs must end and be told

_BENCH, _WITHOUT_WINDOWS = "--bench", "--without-windows"


def main(arguments: Sequence[str]) -> int:
    bench = _BENCH in arguments
    rest = [argument for argument in arguments if argument not in (_BENCH, _WITHOUT_WINDOWS)]
    everything = sys.platform == "linux" and not (bench or rest or _WITHOUT_WINDOWS in arguments)
    windows = everything and os.geteuid() == 0
    if everything and not windows:
        provision.say("A Windows to test on takes root; it is left out here, all else is checked.")
    try:
        python = set_up(bench=bench, windows=windows)
    except provision.SetUpError as error:
        provision.say(str(error))
        return 1
    statuses = [check(python, command) for command in commands(rest, bench=bench)]
    if windows:
        statuses.append(check_on_windows(ON_WINDOWS))
        statuses.append(check(python, BESIDE_WINDOWS))
    return max(statuses)


def set_up(*, bench: bool, windows: bool) -> Path:
    """Provide the system's packages, the virtual environment and a Windows; return our Python."""
    if sys.platform == "linux":
        wanted = (*debian.venv(), *debian.QT, *(debian.BENCHMARKS if bench else debian.TESTS))
        debian.provide(wanted, optional=() if bench else debian.BROWSER)
    if windows:
        from windows_rig import Rig  # made of what only Linux has

        Rig().provide()
    return provision.environment(groups=["test"])


def commands(rest: Sequence[str], *, bench: bool) -> list[tuple[str, ...]]:
    """The modules to run, each with its arguments."""
    if bench:
        return [("tests.bench", *rest)]
    return [("pytest", *rest)] if rest else [*CHECKS]


def check(python: Path, command: Sequence[str]) -> int:
    """Run one module in the checkout, say how long it took, and return its exit status."""
    return _timed(" ".join(command), [str(python), "-m", *command])


def check_on_windows(command: Sequence[str]) -> int:
    """Run one module in the checkout on the Windows Python, as `check` does on ours."""
    from windows_rig import Rig

    with Rig().session() as session:
        return _timed(f"on Windows: {' '.join(command)}", session.python("-m", *command))


def _timed(name: str, command: Sequence[str]) -> int:
    provision.say(f"── {name}")
    start = time.monotonic()
    try:
        status = subprocess.run(
            command, cwd=provision.ROOT, stdin=subprocess.DEVNULL, timeout=_ENOUGH.total_seconds()
        ).returncode
    except subprocess.TimeoutExpired:
        status = 1
    verdict = f"failed with {status}" if status else "passed"
    provision.say(f"── {name} {verdict} after {time.monotonic() - start:.1f} s")
    return abs(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
