"""The command `sidebar`: arguments, exit statuses, and one sentence for what the user can mend."""

import importlib
import sys
from collections.abc import Callable, Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any

from sidebar.commands import output
from sidebar.errors import UserError

DONE, FAILED, WRONG_USAGE = 0, 1, 2

Command = Callable[[Any], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 the user can act, 2 wrong usage."""
    output.prepare()
    status = _status(partial(_run, arguments))
    unread = _status(output.finish)
    return status or unread


def _run(arguments: Sequence[str] | None) -> int:
    given = sys.argv[1:] if arguments is None else arguments
    options: Any = plain_start(given)
    if options is None:
        from sidebar.arguments import read

        try:
            options = read(given)
        except SystemExit as end:  # --help, --version, or wrong usage, which argparse has told
            return end.code if isinstance(end.code, int) else DONE
    return _command(options.run)(options)


def plain_start(given: Sequence[str]) -> SimpleNamespace | None:
    """What *given* means, if it is no more than how the sidebar is started every day; else None.

    All of `arguments`, made up and read, would be 5 ms of each start.
    """
    match given:
        case [] | ["run"]:
            home, platform = None, "auto"
        case ["run", "--home", home] if not home.startswith("-"):
            platform = "auto"
        case ["run", "--home", home, "--platform", "auto" | "x11" | "windows" | "macos" as platform] if (
            not home.startswith("-")
        ):
            pass
        case _:
            return None
    return SimpleNamespace(
        run="desktop:run", home=home, platform=platform, client=None, demo=False, log_level=""
    )


def _status(action: Callable[[], int]) -> int:
    """The exit status of *action*; what the user can mend is told in one sentence."""
    try:
        return action()
    except UserError as error:
        output.complain(f"sidebar: {error}")
    except BrokenPipeError:  # the reader of our output has seen enough
        return DONE
    except OSError as error:
        # The last net: whoever can say more about a file has turned it into a UserError already.
        place = "" if error.filename is None else f"{error.filename}: "
        output.complain(f"sidebar: {place}{error.strerror or type(error).__name__}.")
    except KeyboardInterrupt:
        pass
    return FAILED


def _command(place: str) -> Command:
    """The function at `module:name`; a command's imports cost only those who run it."""
    module, name = place.split(":")
    command: Command = getattr(importlib.import_module(f"sidebar.commands.{module}"), name)
    return command
