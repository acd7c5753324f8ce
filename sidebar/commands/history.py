"""`sidebar history …`: looking into the log, checking it, copying it, bringing it back."""

import argparse
from json import dumps
from pathlib import Path

from sidebar.commands.homes import history_to_read, home_of
from sidebar.commands.output import as_json, line, table
from sidebar.domain.event_lines import to_line
from sidebar.domain.events import Event
from sidebar.domain.identifiers import ConversationId
from sidebar.errors import UserError
from sidebar.paths import Home
from sidebar.storage import backups
from sidebar.system_time import SystemClock, local_zone

_HEAD = ("v", "id", "at", "type")


def search(options: argparse.Namespace) -> int:
    """Events that mention a text."""
    with history_to_read(home_of(options)) as history:
        _print(history.search(" ".join(options.text)), json=options.json)
    return 0


def show(options: argparse.Namespace) -> int:
    """One conversation's events, in order."""
    with history_to_read(home_of(options)) as history:
        events = history.conversation(ConversationId(options.conversation))
    if not events:
        raise UserError(f"The history knows no conversation {options.conversation!r}.")
    _print(events, json=options.json)
    return 0


def verify(options: argparse.Namespace) -> int:
    """Say `ok`, or what is wrong and what to do."""
    with history_to_read(home_of(options)) as history:
        faults = history.verify()
    if faults:
        raise UserError(
            f"The history is damaged ({len(faults)} faults, the first: {faults[0]}); "
            "put a backup in its place with 'sidebar history restore FILE'."
        )
    line("ok")
    return 0


def backup(options: argparse.Namespace) -> int:
    """Copy the history, also while the sidebar runs; prints where."""
    home = home_of(options)
    with history_to_read(home) as history:
        target = Path(options.file) if options.file else _next_backup(home)
        history.backup(target)
    line(target)
    return 0


def restore(options: argparse.Namespace) -> int:
    """Put a backup in the place of the history, which is kept aside; prints where that is."""
    home = home_of(options)
    home.ensure()
    aside = backups.restore(Path(options.file), home.history, now=SystemClock().now())
    if aside is not None:
        line(aside)
    return 0


def _next_backup(home: Home) -> Path:
    home.ensure()
    moment = SystemClock().now().astimezone(local_zone())
    return home.backups / f"history-{moment:%Y%m%d-%H%M%S}.db"


def _print(events: tuple[Event, ...], *, json: bool) -> None:
    if json:
        as_json([to_line(event) for event in events])
        return
    zone = local_zone()
    for event in events:
        told = {key: value for key, value in to_line(event).items() if key not in _HEAD}
        moment = f"{event.at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
        table([(moment, event.type, dumps(told, ensure_ascii=False))])
