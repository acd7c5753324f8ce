#!/usr/bin/env python3
"""Set up what is missing and start the sidebar, or show it at work on a screen of its own.

python3 packaging/start.py [options of `sidebar run`]
python3 packaging/start.py --tour
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said to those who have an older one
    sys.exit("Shop Sidebar needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")

import argparse
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import debian
import provision


def main(arguments: Sequence[str]) -> int:
    options, rest = _parser().parse_known_args(arguments)
    screen = has_screen(sys.platform, os.environ)
    try:
        python = set_up(screen=screen, tour=options.tour)
    except provision.SetUpError as error:
        provision.say(str(error))
        return 1
    if options.tour or not screen:
        os.environ["PYTHONPATH"] = str(provision.ROOT)  # the tour works with the hands of tests/e2e/rig
        return run(tour(python, screen=screen, rest=rest))
    return run([str(python), "-m", "sidebar", "run", *rest])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description="Set up what is missing and start the sidebar.",
        epilog="Other options go to `sidebar run`. Where there is no screen, the tour runs on a virtual one.",
    )
    parser.add_argument("--tour", action="store_true", help="show the main job with a sample chat window")
    return parser


def has_screen(platform: str, environ: Mapping[str, str]) -> bool:
    return platform != "linux" or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def set_up(*, screen: bool, tour: bool) -> Path:
    """Provide the system's packages and the virtual environment; return its Python."""
    if sys.platform == "linux":
        wanted = [*debian.venv(), *debian.QT, *debian.cjk_font()]
        wanted += debian.TOUR if tour or not screen else ()
        wanted += () if screen else debian.SCREEN
        debian.provide(wanted)
    return provision.environment()


def tour(python: Path, *, screen: bool, rest: Sequence[str]) -> list[str]:
    virtual = [] if screen else ["--virtual"]
    return [str(python), str(provision.ROOT / "packaging" / "tour.py"), *virtual, *rest]


def run(command: list[str]) -> int:
    """Become *command*, so that signals reach it; Windows can only wait for it."""
    if os.name != "nt":
        os.execv(command[0], command)
    return subprocess.run(command).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
