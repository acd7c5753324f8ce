"""`sidebar summary` and `sidebar profiles`."""

import argparse
import locale
import sys
from datetime import datetime
from pathlib import Path

from sidebar import paths
from sidebar.commands.output import as_json, table
from sidebar.domain.metrics import CANONICAL
from sidebar.errors import UserError
from sidebar.exports.formats import Format, render, write
from sidebar.paths import Home
from sidebar.reports import THIS_SHIFT, Period, draw_up, period_of_shift, phrase_titles
from sidebar.storage.history import SqliteHistory
from sidebar.storage.report_words import load_report_words
from sidebar.system_time import SystemClock, local_zone


def summary(options: argparse.Namespace) -> int:
    """Print the summary, or write it where `-o` says; a workbook always goes into a file."""
    if options.profile != CANONICAL.name:
        raise UserError(f"There is no profile {options.profile!r}; 'sidebar profiles' names them.")
    home = Home.choose(options.home)
    if not home.history.exists():
        raise UserError(f"There is no history in {home.root} yet; start the sidebar or give another --home.")
    with SqliteHistory(home.history, read_only=True) as history:
        drawn = draw_up(history, _period(options, history))
    format = _format(options)
    words = load_report_words(paths.resources(), _language())
    zone, titles = local_zone(), phrase_titles(home)
    target = _target(options, home, format, drawn.since.astimezone(zone))
    if target is None:
        sys.stdout.buffer.write(render(drawn, format, words=words, zone=zone, titles=titles))
        sys.stdout.buffer.flush()
        return 0
    write(drawn, format, target, words=words, zone=zone, titles=titles)
    if not options.output:
        print(target)
    return 0


def profiles(options: argparse.Namespace) -> int:
    """The metric profiles with their source and date."""
    known = [CANONICAL]
    if options.json:
        as_json([{"name": p.name, "source": p.source, "as_of": p.as_of.isoformat()} for p in known])
    else:
        table((p.name, p.as_of, p.source) for p in known)
    return 0


def _period(options: argparse.Namespace, history: SqliteHistory) -> Period:
    if options.since is None and options.until is not None:
        raise UserError("--to needs --from; give both ends of the time.")
    if options.since is None:
        return period_of_shift(history, options.shift or THIS_SHIFT)
    until = _moment(options.until) if options.until is not None else SystemClock().now()
    since = _moment(options.since)
    if until <= since:
        raise UserError("--to must be later than --from.")
    return Period(since=since, until=until, agent="")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"{text!r} is not a time; write it like 2026-11-21T10:00:00+08:00.") from error
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=local_zone())


def _format(options: argparse.Namespace) -> Format:
    if options.format:
        return Format(options.format)
    ending = Path(options.output).suffix.removeprefix(".").lower() if options.output else "md"
    if ending not in set(Format):
        raise UserError(f"{options.output}: no format has this ending; give --format md, json, xlsx or csv.")
    return Format(ending)


def _target(options: argparse.Namespace, home: Home, format: Format, begun: datetime) -> Path | None:
    """None for standard output."""
    if options.output:
        return None if options.output == "-" else Path(options.output)
    if format is not Format.WORKBOOK:
        return None
    home.ensure()
    return home.exports / f"shift-{begun:%Y%m%d-%H%M}.xlsx"


def _language() -> str:
    """The system's language; Chinese where it names none, as that is the interface's first."""
    return locale.getlocale()[0] or "zh_CN"
