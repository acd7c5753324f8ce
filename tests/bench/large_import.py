"""A workbook of 20,000 phrases brought in, beside openpyxl only going through its cells.

    python -m tests.bench.large_import [--rounds N]

Both in one process and by turns, so that what drifts on the machine drifts for both.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl

from sidebar.exchange.plans import Plan
from sidebar.exchanging import bring_in, plan_import, take_back
from sidebar.paths import Home
from tests.bench.figures import Figure, Goal, Measure
from tests.bench.ledger import Ledger, table

ROWS = 20_000
BARE = "openpyxl alone, read_only"
OURS = "sidebar"

_SIGNS = "亲您好这边已经为您核实物流信息预计今天发出请耐心等待感谢支持退款换货尺码颜色优惠券订单地址快递"
_READ = Figure(title="20,000 rows: read, compared, nothing written", unit="s", base=BARE)
_WHOLE = Figure(
    title="20,000 rows: imported, the pack and its record on the disk",
    unit="s",
    base=BARE,
    goals={OURS: Goal(of=Measure.MEDIAN, at_most=5.0)},
)
_AGAIN = Figure(title="20,000 rows: imported again, all the same", unit="s", base=BARE)
_UNDO = Figure(title="20,000 rows: taken back", unit="s", base="")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.large_import")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="how often, by turns")
    ledger = Ledger()
    with tempfile.TemporaryDirectory(prefix="sidebar-bench-") as folder:
        workbook = Path(folder) / "phrases.xlsx"
        _make(workbook)
        for number in range(parser.parse_args(arguments).rounds):
            _measure(workbook, Home(Path(folder) / f"home-{number}"), ledger)
    print(table(list(ledger.rows((_READ, _WHOLE, _AGAIN, _UNDO)))))
    return 0


def _measure(workbook: Path, home: Home, ledger: Ledger) -> None:
    bare = _seconds(lambda: _go_through(workbook))
    for figure in (_READ, _WHOLE, _AGAIN):
        ledger.add(figure, BARE, bare)
    ledger.add(_READ, OURS, _seconds(lambda: _plan(home, workbook, new=ROWS)))
    ledger.add(_WHOLE, OURS, _seconds(lambda: bring_in(home, _plan(home, workbook, new=ROWS))))
    ledger.add(_AGAIN, OURS, _seconds(lambda: bring_in(home, _plan(home, workbook, new=0))))
    ledger.add(_UNDO, OURS, _seconds(lambda: take_back(home)))


def _plan(home: Home, workbook: Path, *, new: int) -> Plan:
    plan = plan_import(home, workbook)
    assert (len(plan.new), len(plan.same), plan.errors) == (new, ROWS - new, ())
    return plan


def _go_through(workbook: Path) -> None:
    sheet = openpyxl.load_workbook(workbook, read_only=True, data_only=True).worksheets[0]
    assert sum(1 for _ in sheet.iter_rows(values_only=True)) == ROWS + 1


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _make(path: Path) -> None:
    """A shop's sheet: two lines a phrase, groups two deep, no two alike."""
    chance = random.Random(20_000)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("话术列表")
    sheet.append(["标题", "内容", "快捷编码", "分组", "标签"])
    for number in range(ROWS):
        first, second = ("".join(chance.choices(_SIGNS, k=chance.randint(15, 60))) for _ in range(2))
        group = f"组{number % 40}=>子组{number % 7}"
        sheet.append([f"话术{number}", f"{first}。\n{second}", f"c{number}", group, "问候,常用"])
    book.save(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
