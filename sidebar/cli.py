"""The command `sidebar`: arguments, exit statuses, and one sentence for what the user can mend."""

import argparse
import importlib
import sys
from collections.abc import Callable, Sequence
from typing import TypeAlias

from sidebar import __version__
from sidebar.errors import UserError

DONE, FAILED, WRONG_USAGE = 0, 1, 2

Command = Callable[[argparse.Namespace], int]
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Add = Callable[[Commands, str, str, str], argparse.ArgumentParser]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 the user can act, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        return _command(options.run)(options)
    except UserError as error:
        print(f"sidebar: {error}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt:
        return FAILED


def _command(place: str) -> Command:
    """The function at `module:name`; a command's imports cost only those who run it."""
    module, name = place.split(":")
    command: Command = getattr(importlib.import_module(f"sidebar.commands.{module}"), name)
    return command


def _parser() -> argparse.ArgumentParser:
    home = argparse.ArgumentParser(add_help=False)
    home.add_argument(
        "--home",
        metavar="DIR",
        default=argparse.SUPPRESS,
        help="where settings and history are (default: $SIDEBAR_HOME, else the user's data folder)",
    )
    parser = argparse.ArgumentParser(
        prog="sidebar",
        description="Phrases, clocks and follow-ups beside a shop's chat client.",
        parents=[home],
    )
    parser.add_argument("--version", action="version", version=f"sidebar {__version__}")
    parser.set_defaults(home=None, run="desktop:run", client=None, platform="auto", demo=False, log_level="")
    commands = parser.add_subparsers(metavar="COMMAND")

    def add(into: Commands, name: str, run: str, help: str) -> argparse.ArgumentParser:
        command = into.add_parser(name, help=help, description=help, parents=[home])
        command.set_defaults(run=run)
        return command

    _add_desktop(commands, add)
    _add_phrases(commands, add)
    _add_followups(commands, add)
    _add_history(commands, add)
    return parser


def _add_desktop(commands: Commands, add: Add) -> None:
    run = add(commands, "run", "desktop:run", "start the sidebar")
    run.add_argument("--client", metavar="NAME", help="stand beside this chat client only")
    run.add_argument(
        "--platform", choices=["auto", "windows", "macos", "x11", "null"], default="auto", help="the desktop"
    )
    run.add_argument("--demo", action="store_true", help="sample shop data in a throw-away home")
    run.add_argument(
        "--log-level", default="info", choices=["debug", "info", "warning"], help="for the log file"
    )
    doctor = add(commands, "doctor", "doctor:doctor", "every capability with its state, reason and remedy")
    _json(doctor)


def _add_phrases(commands: Commands, add: Add) -> None:
    group = commands.add_parser("phrases", help="the library").add_subparsers(required=True, metavar="WHAT")
    _json(add(group, "list", "phrases:list_all", "every phrase"))
    search = add(group, "search", "phrases:search", "phrases that TEXT finds, best first")
    search.add_argument("text", metavar="TEXT")
    _json(search)
    show = add(group, "show", "phrases:show", "one phrase, whole")
    show.add_argument("id", metavar="ID")
    _json(show)


def _add_followups(commands: Commands, add: Add) -> None:
    when = add(commands, "when", "followups:when", "the due time a text means, as ISO 8601")
    when.add_argument("text", metavar="TEXT")
    when.add_argument("--now", metavar="ISO", help="as if it were this moment")
    group = commands.add_parser("followups", help="what is owed").add_subparsers(
        required=True, metavar="WHAT"
    )
    _json(add(group, "list", "followups:list_open", "what is not done yet, soonest first"))
    new = add(group, "add", "followups:add", "owe something at the time TEXT means")
    new.add_argument("text", metavar="TEXT", help="when, and after it what, if --about does not say")
    new.add_argument("--about", metavar="TEXT", default="")
    new.add_argument("--customer", metavar="NAME", default="")
    _json(new)
    done = add(group, "done", "followups:done", "it is done")
    done.add_argument("id", metavar="ID")
    snooze = add(group, "snooze", "followups:snooze", "owe it at another time")
    snooze.add_argument("id", metavar="ID")
    snooze.add_argument("text", metavar="TEXT")


def _add_history(commands: Commands, add: Add) -> None:
    ingest = add(commands, "ingest", "events:ingest", "conversation events as JSON lines into the history")
    ingest.add_argument("file", metavar="FILE", help="- for standard input")
    group = commands.add_parser("history", help="the log").add_subparsers(required=True, metavar="WHAT")
    search = add(group, "search", "history:search", "events that mention TEXT")
    search.add_argument("text", metavar="TEXT")
    _json(search)
    show = add(group, "show", "history:show", "one conversation's events")
    show.add_argument("conversation", metavar="CONVERSATION")
    _json(show)
    add(group, "verify", "history:verify", "whether the database is whole")
    backup = add(group, "backup", "history:backup", "a copy of the history while it is in use")
    backup.add_argument("file", metavar="FILE", nargs="?")
    restore = add(group, "restore", "history:restore", "put a backup in the place of the history")
    restore.add_argument("file", metavar="FILE")
    summary = add(commands, "summary", "summary:summary", "the shift's summary")
    period = summary.add_mutually_exclusive_group()
    period.add_argument("--shift", metavar="ID|last|current", help="default: current, else last")
    period.add_argument("--from", dest="since", metavar="ISO")
    summary.add_argument("--to", dest="until", metavar="ISO", help="default: now")
    summary.add_argument("--profile", metavar="NAME", default="canonical")
    summary.add_argument(
        "--format", metavar="F", choices=["md", "json", "xlsx", "csv"], help="default: by -o, else md"
    )
    summary.add_argument(
        "-o", dest="output", metavar="FILE", help="default: standard output (xlsx: exports/)"
    )
    _json(add(commands, "profiles", "summary:profiles", "the metric profiles with source and date"))


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
