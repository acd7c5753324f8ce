"""What commands print: one JSON document, or lines for people; on any terminal, into any pipe or file."""

import io
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from sidebar.errors import UserError

_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " ")
"""A buyer's name must neither break a row nor speak to the terminal."""


def prepare() -> None:
    """Let no character stop a command: what the terminal's encoding lacks is printed escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the end


def as_json(document: object) -> None:
    """One JSON document and nothing else; in ASCII where the output is not UTF-8."""
    import json  # no command needs it to begin

    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    ascii_only = encoding.lower().replace("-", "") != "utf8"
    write(json.dumps(document, ensure_ascii=ascii_only, indent=2) + "\n")


def table(rows: Iterable[tuple[object, ...]]) -> None:
    """Rows of columns parted by tabs, as other programs cut them."""
    for row in rows:
        write("\t".join(str(value).translate(_CONTROLS) for value in row) + "\n")


def line(text: object) -> None:
    """*text* on a line of its own, as it is."""
    write(f"{text}\n")


def write(content: str | bytes) -> None:
    """Put *content* out; raises UserError where it cannot be, BrokenPipeError where nobody reads on."""
    if sys.stdout is None:
        raise UserError("The output is closed, so nothing can be printed; run it with an open one.")
    try:
        if isinstance(content, str):
            sys.stdout.write(content)
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
    except OSError as error:
        raise _given_up(error) from error


def finish() -> int:
    """Put out what is still held back; returns the exit status 0, else raises as `write` does."""
    if sys.stdout is not None and not sys.stdout.closed:
        try:
            sys.stdout.flush()
        except OSError as error:
            raise _given_up(error) from error
    return 0


def complain(sentence: str) -> None:
    """Tell the user *sentence*; where even that cannot be printed, the exit status must do."""
    with suppress(OSError, ValueError):
        print(sentence, file=sys.stderr, flush=True)


def _given_up(error: OSError) -> Exception:
    """Close the output, as the interpreter would else try once more at its end; return what to raise."""
    with suppress(OSError):
        sys.stdout.close()
    if isinstance(error, BrokenPipeError):
        return error
    return UserError(f"The output cannot be written ({error.strerror or type(error).__name__}).")
