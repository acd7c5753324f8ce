"""`sidebar summary` and `sidebar profiles`."""

import argparse
from datetime import datetime
from pathlib import Path

from sidebar import paths
from sidebar.commands.homes import history_to_read, home_of
from sidebar.commands.output import as_json, complain, line, table, write
from sidebar.domain.measures import Target
from sidebar.domain.metrics import Profile
from sidebar.errors import UserError
from sidebar.exports.formats import Format, render
from sidebar.exports.formats import write as write_file
from sidebar.paths import Home
from sidebar.reports import (
    THIS_SHIFT,
    Period,
    draw_up,
    period_of_shift,
    phrase_titles,
    profile_named,
    profiles_at_hand,
)
from sidebar.shelf import language_of
from sidebar.storage.history import SqliteHistory
from sidebar.storage.report_words import load_report_words
from sidebar.storage.settings_file import load_settings
from sidebar.system_time import SystemClock, local_zone

_STANDARD_OUTPUT = "-"


def summary(options: argparse.Namespace) -> int:
    """Print the summary, or write it where `-o` says; a workbook always goes into a file."""
    format = _format(options)
    home = home_of(options)
    settings = load_settings(home.settings).settings
    language = language_of(settings)
    profile = profile_named(options.profile, home, settings, language)
    with history_to_read(home) as history:
        drawn = draw_up(history, _period(options, history), profile)
    words = load_report_words(paths.resources(), language)
    titles = phrase_titles(home, settings, language)
    zone = local_zone()
    target = _target(options, home, format, drawn.since.astimezone(zone))
    if target is None:
        write(render(drawn, format, words=words, zone=zone, titles=titles))
        return 0
    write_file(drawn, format, target, words=words, zone=zone, titles=titles)
    if not options.output:
        line(target)
    return 0


def profiles(options: argparse.Namespace) -> int:
    """The metric profiles with source and date; ends with 1 where a file of the user's cannot be used."""
    home = home_of(options)
    loaded = profiles_at_hand(home, language_of(load_settings(home.settings).settings))
    for problem in loaded.problems:
        complain(f"sidebar: {problem}")
    if options.json:
        as_json([_plain(profile) for profile in loaded.profiles])
    else:
        table((p.name, p.as_of, p.evidence, p.label, p.source) for p in loaded.profiles)
    return 1 if loaded.problems else 0


def _plain(profile: Profile) -> dict[str, object]:
    measure = profile.measure
    return {
        "name": profile.name,
        "label": profile.label,
        "source": profile.source,
        "as_of": profile.as_of.isoformat(),
        "evidence": profile.evidence,
        "note": profile.note,
        "breach": profile.thresholds.breach.total_seconds(),
        "figure": None if measure is None else measure.figure,
        "unit": "turn" if measure is None else measure.unit,
        "windows": [] if measure is None else [window.total_seconds() for window in measure.windows],
        "targets": [] if measure is None else [_plain_target(target) for target in measure.targets],
    }


def _plain_target(target: Target) -> dict[str, object]:
    limits = ("at_most", "below") if target.at_most else ("at_least", "above")
    return {limits[target.strict]: target.value, "source": target.source}


def _period(options: argparse.Namespace, history: SqliteHistory) -> Period:
    if options.since is None:
        return period_of_shift(history, options.shift or THIS_SHIFT)
    until = options.until or SystemClock().now()
    if until <= options.since:
        raise UserError("The time ends before it begins; --to must be later than --from.")
    return Period(since=options.since, until=until, agent="")


def _format(options: argparse.Namespace) -> Format:
    if options.format:
        return Format(options.format)
    if options.output in (None, _STANDARD_OUTPUT):
        return Format.MARKDOWN
    ending = Path(options.output).suffix.removeprefix(".").lower()
    if ending not in set(Format):
        raise UserError(f"{options.output}: no format has this ending; give --format md, json, xlsx or csv.")
    return Format(ending)


def _target(options: argparse.Namespace, home: Home, format: Format, begun: datetime) -> Path | None:
    """The file to write; None for standard output."""
    if options.output:
        return None if options.output == _STANDARD_OUTPUT else Path(options.output)
    if format is not Format.WORKBOOK:
        return None
    home.ensure()
    return home.exports / f"shift-{begun:%Y%m%d-%H%M}.xlsx"
