"""The benchmarks: the sidebar beside the programs that do the same, on one machine, in one run.

    python -m tests.bench [--quick] [--only PART …] [--json FILE]

Every program runs alone on the desktop, for some presses at a time, again and again by turns, so that
what drifts on the machine drifts for all. What is printed is one table in Markdown.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.bench import arrivals, behaviour, figures, footprints, starting
from tests.bench.ledger import Ledger, plain, table
from tests.bench.own_sidebar import sidebar
from tests.bench.stage import Stage, running, stage
from tests.bench.subjects import CHORD, Subject, autokey, bare_script, copyq, empty_window
from tests.e2e.rig.desktop import Desktop
from tests.e2e.rig.programs import Program
from tests.e2e.rig.waiting import NeverHappenedError

PARTS = ("arrivals", "usable", "paint", "footprints", "behaviour")
_CLOCKS = 50
_FIRST_PRESS_MS = {
    figures.BARE: 60.0,
    figures.AUTOKEY_GTK: 150.0,
    figures.AUTOKEY_QT: 180.0,
    figures.COPYQ: 120.0,
    figures.PASTING: 180.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How much is measured."""

    rounds: int
    """How often each program has its turn."""
    presses: int
    """Of each kind, each turn."""
    starts: int
    settle: timedelta
    watch: timedelta


WHOLE = Extent(rounds=4, presses=6, starts=20, settle=timedelta(seconds=10), watch=timedelta(seconds=20))
QUICK = Extent(rounds=1, presses=2, starts=8, settle=timedelta(seconds=2), watch=timedelta(seconds=2))


class Bench:
    """The parts of the benchmark; each writes what it measures into `ledger`."""

    def __init__(self, folder: Path, extent: Extent) -> None:
        self.ledger = Ledger()
        self._folder = folder
        self._extent = extent
        self._bare = bare_script()
        self._peers = (
            autokey(folder, "gtk", name=figures.AUTOKEY_GTK),
            autokey(folder, "qt", name=figures.AUTOKEY_QT),
            copyq(folder),
        )
        self._writing = sidebar(folder, name=figures.WRITING, paths="accessibility")
        self._pasting = sidebar(folder, name=figures.PASTING, paths="paste")

    def run(self, parts: Sequence[str]) -> None:
        with ExitStack() as stack:
            if set(parts) - {"paint"}:
                scene = stack.enter_context(stage(_made(self._folder / "stage")))
                for part in (each for each in PARTS if each in parts and each != "paint"):
                    _say(part)
                    getattr(self, f"_measure_{part}")(scene)
        if "paint" in parts:
            _say("paint")
            self._measure_paint()

    def _measure_arrivals(self, scene: Stage) -> None:
        for number in range(self._extent.rounds):
            _say(f"  turn {number + 1} of {self._extent.rounds}")
            arrivals.measure_floor(scene, self.ledger, self._extent.presses)
            for subject in (self._bare, *self._peers, self._pasting, self._writing):
                try:
                    with running(scene, subject) as program:
                        self._measure_turn(scene, subject, program)
                except NeverHappenedError as error:  # one that does not start costs the others nothing
                    _say(f"  left out this turn: {error}")

    def _measure_turn(self, scene: Stage, subject: Subject, program: Program) -> None:
        ledger, presses = self.ledger, self._extent.presses
        boxes = (scene.client,) if subject is self._writing else (scene.plain, scene.client)
        arrivals.measure_keys(scene, ledger, subject.name, boxes, presses)
        if subject not in self._peers:
            bare = subject is self._bare
            place = arrivals.script_button if bare else arrivals.row_of(scene, program)
            arrivals.measure_clicks(scene, ledger, subject.name, boxes, presses, place)
        arrivals.measure_taps(scene, ledger, subject.name, max(2, presses - 1))
        footprints.measure_use(ledger, subject.name, program.pid)

    def _measure_usable(self, scene: Stage) -> None:
        subjects = (self._bare, *self._peers, self._pasting)
        tries = self._extent.starts
        starting.measure_usable(scene, self.ledger, subjects, _FIRST_PRESS_MS, tries)

    def _measure_footprints(self, scene: Stage) -> None:
        waiting = sidebar(self._folder, name=figures.PASTING, paths="paste", waiting=_CLOCKS)
        with running(scene, waiting):  # what only the first start does is compiled and read now
            pass
        for _ in range(min(2, self._extent.rounds)):
            for subject in (empty_window(), self._bare, *self._peers, waiting):
                footprints.measure_idle(
                    scene, self.ledger, subject, settle=self._extent.settle, watch=self._extent.watch
                )

    def _measure_behaviour(self, scene: Stage) -> None:
        typing = autokey(self._folder, "gtk", name=figures.AUTOKEY_TYPING, mode="kb")
        for subject in (self._bare, *self._peers, self._pasting, self._writing):
            with running(scene, subject):
                for _ in range(min(3, self._extent.rounds)):
                    behaviour.measure_clipboard(scene, self.ledger, subject.name)
                    behaviour.measure_message(scene, self.ledger, subject.name)
        with running(scene, typing, awaited=CHORD):
            behaviour.measure_message(scene, self.ledger, typing.name)

    def _measure_paint(self) -> None:
        with Desktop(_made(self._folder / "paint")) as desktop:
            subjects = (empty_window(), self._pasting)
            starting.measure_paint(desktop, self.ledger, subjects, self._extent.starts)


def main(arguments: Sequence[str]) -> int:
    asked = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="sidebar-bench-") as folder:
        bench = Bench(Path(folder), QUICK if asked.quick else WHOLE)
        bench.run(asked.only or PARTS)
    rows = list(bench.ledger.rows(figures.ALL))
    print(table(rows))
    if asked.json:
        report = {"machine": _machine(), "rows": [plain(row) for row in rows]}
        asked.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Compare with the others.")
    parser.add_argument("--quick", action="store_true", help="few tries: shows only that it works")
    parser.add_argument("--only", action="append", choices=PARTS, metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every value there")
    return parser.parse_args(arguments)


def _machine() -> dict[str, object]:
    return {
        "system": platform.platform(),
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "load": os.getloadavg(),
    }


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
