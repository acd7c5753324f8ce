"""Real processes: pipes that close, disks that are full, terminals that know few characters."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO

import pytest

LATIN = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}
_BUFFERED = {"PYTHONUNBUFFERED": ""}  # as people run it: what is printed is put out at the end


def sidebar(
    *arguments: str | bytes,
    closed: int | None = None,
    stdout: int | IO[bytes] = subprocess.PIPE,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """`python -m sidebar`, a descriptor closed before it starts if one is named."""
    program = [sys.executable, "-m", "sidebar"]
    if closed is not None:
        program = ["sh", "-c", f'exec "$0" "$@" {closed}>&-', *program]
    finished = subprocess.run(
        [*program, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, **_BUFFERED, **(environment or {})},
        timeout=60,
        check=False,
    )
    assert b"Traceback" not in finished.stderr
    assert b"Exception ignored" not in finished.stderr
    return finished


@pytest.mark.posix
@pytest.mark.parametrize(
    "command", [("phrases", "list"), ("phrases", "list", "--json"), ("--help",), ("when", "2小时后")]
)
def test_a_full_disk_under_the_output_is_told(command: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        finished = sidebar(*command, stdout=full)
    assert finished.returncode == 1
    assert finished.stderr == b"sidebar: The output cannot be written (No space left on device).\n"


@pytest.mark.posix
@pytest.mark.parametrize("command", [("phrases", "list", "--json"), ("--help",), ("when", "2小时后")])
def test_a_reader_that_has_seen_enough_is_no_failure(command: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as pipe:
        finished = sidebar(*command, stdout=pipe)
    assert (finished.returncode, finished.stderr) == (0, b"")


@pytest.mark.posix
def test_a_closed_output_is_told() -> None:
    finished = sidebar("phrases", "list", closed=1)
    assert finished.returncode == 1
    assert finished.stderr.startswith(b"sidebar: The output is closed")


@pytest.mark.posix
@pytest.mark.parametrize(
    ("command", "status"), [(("bogus",), 2), (("when", "x"), 1), (("followups", "list"), 0)]
)
def test_with_nowhere_to_complain_the_status_still_speaks(command: tuple[str, ...], status: int) -> None:
    finished = sidebar(*command, closed=2)
    assert finished.returncode == status


@pytest.mark.posix
def test_a_terminal_without_chinese_gets_it_escaped() -> None:
    finished = sidebar("phrases", "show", "common.greet", environment=LATIN)
    assert finished.returncode == 0
    assert rb"\u95ee\u5019" in finished.stdout


@pytest.mark.posix
def test_json_is_whole_in_any_encoding() -> None:
    plain = sidebar("phrases", "list", "--json")
    ascii_only = sidebar("phrases", "list", "--json", environment=LATIN)
    assert ascii_only.stdout.isascii()
    assert json.loads(ascii_only.stdout) == json.loads(plain.stdout)
    assert not plain.stdout.isascii()


@pytest.mark.posix
def test_a_complaint_is_made_on_any_terminal() -> None:
    finished = sidebar("when", "尽快", environment=LATIN)
    assert finished.returncode == 1
    assert rb"\u5c3d\u5feb" in finished.stderr


@pytest.mark.posix
def test_what_is_typed_in_a_terminal_without_chinese_is_understood_all_the_same() -> None:
    finished = sidebar("when", "2小时后", environment=LATIN)
    assert finished.returncode == 0
    assert len(finished.stdout.splitlines()) == 1


@pytest.mark.posix
@pytest.mark.parametrize(
    ("command", "status"),
    [
        ((b"when", b"\xff"), 2),
        ((b"followups", b"add", b"\xff"), 2),
        ((b"followups", b"add", "2小时后".encode(), b"--about", b"\xff"), 2),
        ((b"phrases", b"search", b"\xff"), 2),
        ((b"phrases", b"show", b"\xff"), 1),
        ((b"followups", b"done", b"\xff"), 1),
        ((b"ingest", b"\xff"), 1),
        ((b"history", b"restore", b"\xff"), 1),
        ((b"--home", b"/\xff\xfe/x", b"history", b"verify"), 1),
        ((b"\xff",), 2),
    ],
)
def test_arguments_that_are_no_text_are_refused(command: tuple[bytes, ...], status: int) -> None:
    finished = sidebar(*command)
    assert (finished.returncode, finished.stdout) == (status, b"")
    assert finished.stderr


@pytest.mark.posix
def test_a_home_with_a_name_that_is_no_text_works(home: Path) -> None:
    shop = os.fsencode(home) + b"/\xff\xfe"
    assert sidebar(b"--home", shop, "followups", "add", "2小时后").returncode == 0
    listed = sidebar(b"--home", shop, "followups", "list", "--json")
    assert len(json.loads(listed.stdout)) == 1


def test_the_command_answers_with_its_version() -> None:
    finished = sidebar("--version")
    assert finished.returncode == 0
    assert finished.stdout.startswith(b"sidebar ")
