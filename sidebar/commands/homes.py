"""The home folder a command works on, and its history: opened to look into, or to write."""

import argparse
from datetime import timedelta

from sidebar.errors import UserError
from sidebar.paths import Home
from sidebar.storage.history import SqliteHistory

_PATIENCE = timedelta(seconds=3)
"""No window stands still while a command waits for another program's lock: longer than the sidebar does."""


def home_of(options: argparse.Namespace) -> Home:
    """The home, there or not yet; raises UserError where something else stands in its place."""
    home = Home.choose(options.home)
    if home.root.exists() and not home.root.is_dir():
        raise UserError(f"{home.root} is not a folder; give another with --home or SIDEBAR_HOME.")
    return home


def history_to_read(home: Home) -> SqliteHistory:
    """The history, to be looked into while the sidebar runs; raises UserError where there is none."""
    if not home.history.exists():
        raise UserError(f"There is no history in {home.root} yet; start the sidebar or give another --home.")
    return SqliteHistory(home.history, read_only=True, patience=_PATIENCE)


def history_to_write(home: Home) -> SqliteHistory:
    """The history, made where there is none."""
    home.ensure()
    return SqliteHistory(home.history, patience=_PATIENCE)
