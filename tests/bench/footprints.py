"""What a program costs while nobody uses it: memory and processor time of it and its children."""

import os
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.bench import figures
from tests.bench.ledger import Ledger
from tests.bench.stage import Stage
from tests.bench.subjects import Subject

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """In MiB. The PSS shares pages that several processes use among them, the RSS counts them for each."""

    rss: float
    pss: float


def memory(pid: int) -> Memory:
    """Of *pid* and all it has started."""
    fields = [_rollup(process) for process in tree(pid)]
    return Memory(
        rss=sum(each.get("Rss", 0) for each in fields) / 1024,
        pss=sum(each.get("Pss", 0) for each in fields) / 1024,
    )


def processor_seconds(pid: int) -> float:
    """What *pid* and all it has started have used, in user and in system mode."""
    return sum(_times(process) for process in tree(pid)) / _TICKS


def tree(pid: int) -> list[int]:
    """*pid* and its descendants."""
    children: dict[int, list[int]] = {}
    for folder in _PROC.glob("[0-9]*"):
        fields = _stat(int(folder.name))
        if fields:
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    found = [pid]
    for process in found:
        found += children.get(process, [])
    return found


def measure_idle(
    stage: Stage, ledger: Ledger, subject: Subject, *, settle: timedelta, watch: timedelta
) -> None:
    """Memory after *settle*, then the share of one core used during *watch*; the plain box is in front."""
    subject.prepare()
    stage.ready(stage.plain)
    program = subject.start(stage.desktop)
    try:
        time.sleep(settle.total_seconds())
        program.expect_running()
        now = memory(program.pid)
        ledger.add(figures.RSS, subject.name, now.rss)
        ledger.add(figures.PSS, subject.name, now.pss)
        before = processor_seconds(program.pid)
        time.sleep(watch.total_seconds())
        used = processor_seconds(program.pid) - before
        ledger.add(figures.CPU, subject.name, 100 * used / watch.total_seconds())
    finally:
        program.end()


def measure_use(ledger: Ledger, program: str, pid: int) -> None:
    """Memory after what has been asked of it so far."""
    now = memory(pid)
    ledger.add(figures.RSS_USED, program, now.rss)
    ledger.add(figures.PSS_USED, program, now.pss)


def _rollup(pid: int) -> dict[str, int]:
    """The sums of a process' mappings in KiB; nothing of one that has ended."""
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return {}
    return {name.rstrip(":"): int(amount) for name, amount, *_ in map(str.split, lines)}


def _times(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[11]) + int(fields[12]) if fields else 0


def _stat(pid: int) -> list[str]:
    """What follows the name in a process' stat line: state, parent …; nothing of one that has ended."""
    try:
        line = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return line.rpartition(")")[2].split()
