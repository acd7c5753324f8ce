"""The conversations of a report as one CSV table, for a spreadsheet or a script."""

import csv
import io
from datetime import datetime

from sidebar.exports.report import Cell, Report, Words

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(report: Report, words: Words) -> str:
    """One row for each conversation; who measured it, and by which profile, stands in each row.

    Begins with a byte order mark, without which Excel does not read it as UTF-8.
    """
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow([*(column.counted(words) for column in report.cases.columns), words["column.note"]])
    for row in report.cases.rows:
        table.writerow([*(_cell(value) for value in row), report.note])
    return "\ufeff" + out.getvalue()


def _cell(value: Cell) -> object:
    """*value* as a spreadsheet takes it; a text it would run as a formula gets an apostrophe in front."""
    match value:
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case str() if value.startswith(_FORMULA):
            return "'" + value
    return value
