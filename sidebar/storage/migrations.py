"""The steps that lead a history from any version, or from nothing, to the schema of today.

Imported only when a step has to be taken. Each step is a transaction that sets `user_version`
with its own work, so that an interrupted one has not happened.
"""

import sqlite3

from sqlite_utils import Database, Migrations

from sidebar.storage.database import APPLICATION

steps = Migrations("history")


def migrate(connection: sqlite3.Connection) -> None:
    """Take the steps that are still to be taken."""
    steps.apply(Database(connection, execute_plugins=False, recursive_triggers=False))


@steps()
def s1_events(db: Database) -> None:
    """The log: `body` is the event's line, the other columns are taken from it to be found by."""
    events = db.table("events").create(
        {"seq": int, "id": str, "at": str, "type": str, "conversation": str, "body": str},
        pk="seq",
        not_null={"id", "at", "type", "body"},
        strict=True,
    )
    events.create_index(["id"], unique=True)
    events.create_index(["at"])
    events.create_index(["conversation"])
    db.execute(f"PRAGMA application_id = {APPLICATION}")
    db.execute("PRAGMA user_version = 1")
