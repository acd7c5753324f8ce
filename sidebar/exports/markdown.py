"""A report as Markdown: figures first, then the tables, readable as plain text too."""

import re
from collections.abc import Iterable
from datetime import datetime

from sidebar.exports.report import Cell, Kind, Report, Table, Words

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")
_BREAKS = re.compile(r"[\s\0]+")


def render(report: Report, words: Words) -> str:
    """The whole report; a buyer's name can neither break a table nor become markup."""
    parts = [f"# {_text(report.title)}", f"> {_text(report.note)}"]
    for group in report.groups:
        lines = (f"- {_text(fact.label)}: {_cell(fact.value, fact.kind, words)}" for fact in group.facts)
        parts += [f"## {_text(group.title)}", "\n".join(lines)]
    for table in report.tables:
        parts += [f"## {_text(table.title)}", _table(table, words)]
    return "\n\n".join(parts) + "\n"


def _table(table: Table, words: Words) -> str:
    if not table.rows:
        return words["report.empty"]
    marks = ("---" if column.kind in (Kind.TEXT, Kind.MOMENT) else "---:" for column in table.columns)
    lines = [_line(_text(column.title) for column in table.columns), _line(marks)]
    for row in table.rows:
        cells = zip(row, table.columns, strict=True)
        lines.append(_line(_cell(value, column.kind, words) for value, column in cells))
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: Cell, kind: Kind, words: Words) -> str:
    if value is None:
        return "–"
    match kind:
        case Kind.SECONDS if isinstance(value, int | float):
            return _length(value, words)
        case Kind.SHARE:
            return f"{value:.1%}"
        case Kind.MARK | Kind.MONEY:
            return f"{value:.2f}"
        case Kind.MOMENT if isinstance(value, datetime):
            return f"{value:%Y-%m-%d %H:%M:%S}"
    return _text(str(value))


def _length(seconds: float, words: Words) -> str:
    """As `14.3 s` below a minute, as `3:20` or `1:02:05` from there on."""
    if seconds < 60:
        return words["report.seconds"].format(seconds=f"{seconds:.1f}".removesuffix(".0"))
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def _text(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", _BREAKS.sub(" ", text).strip())
