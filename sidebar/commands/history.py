"""`sidebar history …`: looking into the log, checking it, copying it, bringing it back."""

import argparse
from pathlib import Path

from sidebar.commands.output import as_json, table
from sidebar.domain.event_lines import to_line
from sidebar.domain.events import Event
from sidebar.domain.identifiers import ConversationId
from sidebar.errors import UserError
from sidebar.paths import Home
from sidebar.storage import backups
from sidebar.storage.history import SqliteHistory
from sidebar.system_time import SystemClock, local_zone


def search(options: argparse.Namespace) -> int:
    """Events that mention a text."""
    with _history(options) as history:
        _print(history.search(options.text), json=options.json)
    return 0


def show(options: argparse.Namespace) -> int:
    """One conversation's events, in order."""
    with _history(options) as history:
        events = history.conversation(ConversationId(options.conversation))
    if not events:
        raise UserError(f"The history knows no conversation {options.conversation!r}.")
    _print(events, json=options.json)
    return 0


def verify(options: argparse.Namespace) -> int:
    """Say `ok`, or what is wrong and what to do."""
    with _history(options) as history:
        faults = history.verify()
    if faults:
        raise UserError(
            f"The history is damaged ({len(faults)} faults, the first: {faults[0]}); "
            "put a backup in its place with 'sidebar history restore FILE'."
        )
    print("ok")
    return 0


def backup(options: argparse.Namespace) -> int:
    """Copy the history, also while the sidebar runs; prints where."""
    home = Home.choose(options.home)
    moment = SystemClock().now().astimezone(local_zone())
    target = Path(options.file) if options.file else home.backups / f"history-{moment:%Y%m%d-%H%M%S}.db"
    with _history(options) as history:
        history.backup(target)
    print(target)
    return 0


def restore(options: argparse.Namespace) -> int:
    """Put a backup in the place of the history, which is kept aside; prints where that is."""
    home = Home.choose(options.home)
    home.ensure()
    aside = backups.restore(Path(options.file), home.history, now=SystemClock().now())
    if aside is not None:
        print(aside)
    return 0


def _history(options: argparse.Namespace) -> SqliteHistory:
    home = Home.choose(options.home)
    if not home.history.exists():
        raise UserError(f"There is no history in {home.root} yet; start the sidebar or give another --home.")
    return SqliteHistory(home.history, read_only=True)


def _print(events: tuple[Event, ...], *, json: bool) -> None:
    if json:
        as_json([to_line(event) for event in events])
        return
    zone = local_zone()
    for event in events:
        line = to_line(event)
        rest = {key: value for key, value in line.items() if key not in ("v", "id", "at", "type")}
        table([(f"{event.at.astimezone(zone):%Y-%m-%d %H:%M:%S}", event.type, rest)])
