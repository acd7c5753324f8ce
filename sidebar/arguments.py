"""What can be said to the command `sidebar`; a plain start gets by without, see `cli`."""

import argparse
import os
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sidebar import __version__

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Add = Callable[[Commands, str, str, str], argparse.ArgumentParser]


def read(given: Sequence[str]) -> argparse.Namespace:
    """What *given* means; its `run` is the function that does it, as `module:name` of `commands`.

    Ends with SystemExit where argparse has told all there is to tell: help, version, wrong usage.
    """
    parser = _parser(whole=bool(given) and given[0] != "run")
    options = parser.parse_args(given)
    if getattr(options, "until", None) is not None and options.since is None:
        parser.error("--to needs --from, the other end of the time")
    return options


def _parser(*, whole: bool = True) -> argparse.ArgumentParser:
    """All commands, or `run` alone: its window need not wait for the others' arguments to be made up."""
    parser = argparse.ArgumentParser(
        prog="sidebar",
        description="Phrases, clocks and follow-ups beside a shop's chat client.",
        allow_abbrev=False,
    )
    _home(parser, default=None)
    parser.add_argument("--version", action="version", version=f"sidebar {__version__}")
    parser.set_defaults(run="desktop:run", client=None, platform="auto", demo=False, log_level="")
    commands = parser.add_subparsers(metavar="COMMAND")

    def add(into: Commands, name: str, run: str, help: str) -> argparse.ArgumentParser:
        command = into.add_parser(name, help=help, description=help, allow_abbrev=False)
        _home(command, default=argparse.SUPPRESS)  # else it would undo the one before the command
        command.set_defaults(run=run)
        return command

    _add_desktop(commands, add)
    if whole:
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
    group = _group(commands, "phrases", "the library")
    _json(add(group, "list", "phrases:list_all", "every phrase"))
    search = add(group, "search", "phrases:search", "phrases that TEXT finds, best first")
    _text(search, "text", nargs="+")
    _json(search)
    show = add(group, "show", "phrases:show", "one phrase, whole")
    show.add_argument("id", metavar="ID")
    show.add_argument("--copy", action="store_true", help="print it filled in, and put it on the clipboard")
    _text(show, "--customer", metavar="NAME", default="", help="for this buyer")
    _json(show)
    lint = add(group, "lint", "wording:lint", "what is wrong with the wording, by file and line")
    lint.add_argument("files", metavar="FILE", nargs="*", help="pack files; default: the whole library")
    lint.add_argument("--client", metavar="NAME", default="", help="as this chat client's marketplace has it")
    _json(lint)
    bring_in = add(group, "import", "exchanges:import_file", "phrases from another program's file or folder")
    which = bring_in.add_mutually_exclusive_group(required=True)
    which.add_argument("file", metavar="FILE", nargs="?", help="told by its content, whatever its name")
    which.add_argument("--undo", action="store_true", help="take the last import back")
    bring_in.add_argument("--dry-run", action="store_true", help="only say what would be done")
    _json(bring_in)
    hand_out = add(group, "export", "exchanges:export_file", "the library for other programs")
    hand_out.add_argument("file", metavar="FILE")
    hand_out.add_argument(
        "--format",
        metavar="F",
        choices=["zip", "xlsx", "csv", "yaml", "espanso"],
        help="default: by FILE's ending; zip takes pictures and files along",
    )
    hand_out.add_argument("--own", action="store_true", help="without the shipped phrases")


def _add_followups(commands: Commands, add: Add) -> None:
    when = add(commands, "when", "followups:when", "the due time a text means, as ISO 8601")
    _text(when, "text", nargs="+")
    when.add_argument("--now", metavar="ISO", type=_moment, help="as if it were this moment")
    group = _group(commands, "followups", "what is owed")
    _json(add(group, "list", "followups:list_open", "what is not done yet, soonest first"))
    new = add(group, "add", "followups:add", "owe something at the time TEXT means")
    _text(new, "text", nargs="+", help="when, and after it what, if --about does not say")
    _text(new, "--about", default="", help="what is owed")
    _text(new, "--customer", metavar="NAME", default="", help="to whom")
    _json(new)
    done = add(group, "done", "followups:done", "it is done")
    done.add_argument("id", metavar="ID")
    snooze = add(group, "snooze", "followups:snooze", "owe it at another time")
    snooze.add_argument("id", metavar="ID")
    _text(snooze, "text", nargs="+")


def _add_history(commands: Commands, add: Add) -> None:
    ingest = add(commands, "ingest", "events:ingest", "conversation events as JSON lines into the history")
    ingest.add_argument("file", metavar="FILE", help="- for standard input")
    live = "live_events:ingest_live"
    ingest.add_argument(
        "--live", dest="run", action="store_const", const=live, help="to the running sidebar, at once"
    )
    group = _group(commands, "history", "the log")
    search = add(group, "search", "history:search", "events that mention TEXT")
    _text(search, "text", nargs="+")
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
    period.add_argument("--from", dest="since", metavar="ISO", type=_moment, help="any time, not a shift")
    summary.add_argument("--to", dest="until", metavar="ISO", type=_moment, help="default: now")
    summary.add_argument("--profile", metavar="NAME", help="how waiting is measured, see 'sidebar profiles'")
    summary.add_argument(
        "--format", metavar="F", choices=["md", "json", "xlsx", "csv"], help="default: by -o, else md"
    )
    summary.add_argument(
        "-o", dest="output", metavar="FILE", help="default: standard output (xlsx: exports/)"
    )
    _json(add(commands, "profiles", "summary:profiles", "the metric profiles with source and date"))


def _group(commands: Commands, name: str, help: str) -> Commands:
    """Commands of two words, the second of which says what is done."""
    parser = commands.add_parser(name, help=help, description=help, allow_abbrev=False)
    _home(parser, default=argparse.SUPPRESS)
    return parser.add_subparsers(required=True, metavar="WHAT")


def _home(parser: argparse.ArgumentParser, *, default: str | None) -> None:
    parser.add_argument(
        "--home",
        metavar="DIR",
        default=default,
        help="where settings and history are (default: $SIDEBAR_HOME, else the user's data folder)",
    )


def _text(parser: argparse.ArgumentParser, name: str, *, metavar: str = "TEXT", **options: Any) -> None:
    parser.add_argument(name, metavar=metavar, type=_whole_text, **options)


def _whole_text(given: str) -> str:
    """*given*, read as UTF-8 where the terminal claims to know only ASCII; what is no text is refused."""
    try:
        return os.fsencode(given).decode()
    except UnicodeError:
        raise argparse.ArgumentTypeError("this is not text in UTF-8") from None


def _moment(given: str) -> datetime:
    """The moment of an ISO text; without an offset it is one of the clock on the wall."""
    from sidebar.system_time import local_zone

    try:
        moment = datetime.fromisoformat(given)
        if not 1900 <= moment.year <= 9000:  # so that no time zone leads out of the calendar
            raise ValueError(given)
    except ValueError:
        wanted = f"{given!r} is not a time; write it like 2026-11-21T10:00:00+08:00"
        raise argparse.ArgumentTypeError(wanted) from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=local_zone())


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
