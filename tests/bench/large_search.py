"""A search of 10,000 and of 100,000 phrases, letter by letter, beside CopyQ's filter and rapidfuzz.

    python -m tests.bench.large_search [--rounds N] [--without-copyq]

All in one run and by turns. CopyQ 6 keeps no more than 10,000 items, so it is measured with those; it is
asked through its own scripts and timed by its own clock, in whole milliseconds. rapidfuzz (the dependency
group `bench`) is given the titles, which is less than what is searched here.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import rapidfuzz

from sidebar.domain.material import material_of
from sidebar.domain.phrases import Category, Phrase, Stage
from sidebar.domain.search import Index
from sidebar.storage.known_library import KeptLibrary, KnownLibrary
from tests.bench.figures import COPYQ, Figure, Goal, Measure
from tests.bench.large_library import library, readings, typings
from tests.bench.ledger import Ledger, table
from tests.bench.subjects import own_home
from tests.e2e.rig.desktop import Desktop
from tests.e2e.rig.waiting import until

SMALLER, LARGER = 10_000, 100_000
OURS = "sidebar"
RAPIDFUZZ = "rapidfuzz.process.extract"

_SHOWN = 60
_TYPINGS = 300
_SAME = 12
"""Queries that all are asked, each time."""
_GOAL_MS = {SMALLER: 4.0, LARGER: 16.0}
_KEY = {size: Figure(title=f"{size:,} phrases: key → sorted list", unit="ms", base="") for size in _GOAL_MS}
_P99 = {
    size: Figure(
        title=f"{size:,} phrases: key → sorted list, p99",
        unit="ms",
        base="",
        goals={OURS: Goal(of=Measure.MEDIAN, at_most=most)},
    )
    for size, most in _GOAL_MS.items()
}
_SAME_QUERIES = {
    size: Figure(title=f"{size:,} phrases: two hanzi of a title", unit="ms", base=OURS) for size in _GOAL_MS
}
_FIRST = Figure(
    title="100,000 phrases: a start → first result, from what was kept",
    unit="ms",
    base="",
    goals={OURS: Goal(of=Measure.MEDIAN, at_most=300.0)},
)
_HELD = Figure(
    title="… and the longest the window had to wait meanwhile",
    unit="ms",
    base="",
    goals={OURS: Goal(of=Measure.MEDIAN, at_most=16.0)},
)
_FIGURES = (
    *(each[size] for size in _GOAL_MS for each in (_KEY, _P99, _SAME_QUERIES)),
    *(_FIRST, _HELD),
)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.large_search")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="how often, by turns")
    parser.add_argument("--without-copyq", action="store_true")
    parser.add_argument("--start", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.start:
        print(json.dumps(_start(asked.start)))
        return 0
    ledger = Ledger()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sidebar-bench-")))
        filtered = None if asked.without_copyq else _copyq(stack, folder, library(SMALLER))
        kept = _kept(folder)
        for _ in range(asked.rounds):
            for size in _GOAL_MS:
                _measure(size, ledger, filtered if size == SMALLER else None)
            _measure_start(kept, ledger)
    print(table(list(ledger.rows(_FIGURES))))
    return 0


def _measure(size: int, ledger: Ledger, filtered: Callable[[Sequence[str]], Sequence[float]] | None) -> None:
    phrases = library(size)
    index = Index(phrases, readings(), material_of(phrases, readings(), whole=True))
    for _ in index.warm():
        pass
    uses = {phrase.id: number % 7 + 1 for number, phrase in enumerate(phrases[:: size // 500])}

    def search(line: str) -> object:
        return index.search(line, stage=Stage.VERIFY, category=Category.LOGISTICS, uses=uses, limit=_SHOWN)

    taken = [_milliseconds(search, line) for each in typings(phrases, _TYPINGS) for line in each.lines]
    for one in taken:
        ledger.add(_KEY[size], OURS, one)
    ledger.add(_P99[size], OURS, sorted(taken)[int(len(taken) * 0.99)])
    _measure_others(size, phrases, search, ledger, filtered)


def _measure_others(
    size: int,
    phrases: Sequence[Phrase],
    search: Callable[[str], object],
    ledger: Ledger,
    filtered: Callable[[Sequence[str]], Sequence[float]] | None,
) -> None:
    titles = [phrase.title for phrase in phrases]
    same = [each.lines[0] for each in typings(phrases, 10_000) if each.kind == "in the title"][:_SAME]
    for line in same:
        ledger.add(_SAME_QUERIES[size], OURS, _milliseconds(search, line))
        extract = _milliseconds(lambda each: rapidfuzz.process.extract(each, titles, limit=_SHOWN), line)
        ledger.add(_SAME_QUERIES[size], RAPIDFUZZ, extract)
    for one in filtered(same) if filtered is not None else ():
        ledger.add(_SAME_QUERIES[size], COPYQ, one)


def _milliseconds(act: Callable[[str], object], line: str) -> float:
    begun = time.perf_counter()
    act(line)
    return (time.perf_counter() - begun) * 1000


def _kept(folder: Path) -> Path:
    """A library as a start before this one kept it."""
    phrases = library(LARGER)
    material = material_of(phrases, readings(), whole=True)
    path = folder / "cache" / "library"
    path.parent.mkdir()
    pack = folder / "own.yaml"
    pack.write_text("\n".join(phrase.title + phrase.body for phrase in phrases), encoding="utf-8")
    known = _known(folder)
    known.keep(KeptLibrary(phrases=phrases, languages={}, material=material), known.stamp())
    return folder


def _known(folder: Path) -> KnownLibrary:
    return KnownLibrary(folder / "cache" / "library", files=lambda: ((str(folder / "own.yaml"), 0, 0),))


def _measure_start(kept: Path, ledger: Ledger) -> None:
    """In a process of its own, as a start is."""
    command = (sys.executable, "-m", "tests.bench.large_search", "--start", str(kept))
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    first, held = json.loads(answer.stdout)
    ledger.add(_FIRST, OURS, first)
    ledger.add(_HELD, OURS, held)


def _start(folder: Path) -> tuple[float, float]:
    """How long the first result takes on a worker, and how long this thread did not get its turn at most."""
    spoken = readings()
    done: list[float] = []
    sys.setswitchinterval(0.001)
    begun = time.perf_counter()

    def work() -> None:
        known = _known(folder)
        kept = known.recall(known.stamp())
        assert kept is not None
        Index(kept.phrases, spoken, kept.material).search("wl", limit=_SHOWN)
        done.append((time.perf_counter() - begun) * 1000)

    worker = threading.Thread(target=work)
    worker.start()
    held, before = 0.0, time.perf_counter()
    while worker.is_alive():
        time.sleep(0.001)
        now = time.perf_counter()
        held, before = max(held, (now - before) * 1000), now
    return done[0], held


def _copyq(
    stack: ExitStack, folder: Path, phrases: Sequence[Phrase]
) -> Callable[[Sequence[str]], Sequence[float]]:
    """CopyQ with *phrases* as its items; what is given back asks it and tells the milliseconds it says."""
    home = folder / "copyq-home"
    (home / ".config" / "copyq").mkdir(parents=True)
    settings = f"[Options]\ncheck_clipboard=false\nmaxitems={SMALLER}\nautostart=false\n"
    (home / ".config" / "copyq" / "copyq.conf").write_text(settings, encoding="utf-8")
    (desk := folder / "desktop").mkdir()
    desktop = stack.enter_context(Desktop(desk))
    environment = {**os.environ, **desktop.environment, **own_home(home)}
    desktop.run("copyq", extra=own_home(home))
    items = folder / "items.json"
    texts = [f"{each.title}\n{each.code}\n{each.body}" for each in phrases]
    items.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
    until(lambda: _evaluated("print(1)", environment) == "1", "CopyQ answers")
    _evaluated(
        f"tab('L'); var f = new File({json.dumps(str(items))}); f.openReadOnly();"
        "var a = JSON.parse(str(f.readAll()));"
        "for (var i = 0; i < a.length; i += 1000) add.apply(this, a.slice(i, i + 1000));",
        environment,
    )

    def filtered(lines: Sequence[str]) -> Sequence[float]:
        answer = _evaluated(
            f"setCurrentTab('L'); show('L'); var q = {json.dumps(list(lines))}, took = [];"
            "for (var i in q) { filter(''); var t = Date.now(); filter(q[i]); took.push(Date.now() - t); }"
            "print(JSON.stringify(took))",
            environment,
        )
        return [float(each) for each in json.loads(answer)]

    return filtered


def _evaluated(script: str, environment: Mapping[str, str]) -> str:
    answer = subprocess.run(
        ("copyq", "eval", "-"), input=script, env=environment, capture_output=True, text=True, timeout=120
    )
    return answer.stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
