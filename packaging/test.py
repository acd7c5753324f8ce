#!/usr/bin/env python3
"""Set up what is missing and run every check: ruff, mypy and the tests, the real chat client included.

python3 packaging/test.py                        everything
python3 packaging/test.py tests/domain -k x      these tests only; the arguments are pytest's
python3 packaging/test.py --bench                the benchmarks, against the programs that do the same
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said to those who have an older one
    sys.exit("Shop Sidebar needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")

import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import debian
import provision

CHECKS = (
    ("ruff", "check"),
    ("ruff", "format", "--check"),
    ("mypy",),
    ("pytest",),
)


def main(arguments: Sequence[str]) -> int:
    bench = "--bench" in arguments
    rest = [argument for argument in arguments if argument != "--bench"]
    try:
        python = set_up(bench=bench)
    except provision.SetUpError as error:
        provision.say(str(error))
        return 1
    return max(check(python, command) for command in commands(rest, bench=bench))


def set_up(*, bench: bool) -> Path:
    """Provide the system's packages and the virtual environment; return its Python."""
    if sys.platform == "linux":
        debian.provide((*debian.venv(), *debian.QT, *(debian.BENCHMARKS if bench else debian.TESTS)))
    return provision.environment(groups=["test"])


def commands(rest: Sequence[str], *, bench: bool) -> list[tuple[str, ...]]:
    """The modules to run, each with its arguments."""
    if bench:
        return [("tests.bench", *rest)]
    return [("pytest", *rest)] if rest else [*CHECKS]


def check(python: Path, command: Sequence[str]) -> int:
    """Run one module in the checkout, say how long it took, and return its exit status."""
    provision.say(f"── {' '.join(command)}")
    start = time.monotonic()
    status = subprocess.run([python, "-m", *command], cwd=provision.ROOT, stdin=subprocess.DEVNULL).returncode
    verdict = f"failed with {status}" if status else "passed"
    provision.say(f"── {command[0]} {verdict} after {time.monotonic() - start:.1f} s")
    return abs(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
