"""Whatever is typed, a command ends with 0, 1 or 2 and a sentence."""

import contextlib
import io
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sidebar.arguments import read
from sidebar.cli import main, plain_start

# What the system can hand over: any bytes but NUL, decoded as Python does on POSIX; no way out of the folder.
_ARGUMENT = st.binary(max_size=12).map(
    lambda raw: (
        raw.translate(None, b"\0").replace(b"..", b"").lstrip(b"/~").decode("utf-8", "surrogateescape")
    )
)
_WORDS = st.sampled_from(
    [
        *("--json", "--home", "--from", "--to", "--shift", "-o", "--format", "--profile", "--now", "--about"),
        *(
            "--customer",
            "--help",
            "--",
            "-",
            "-x",
            "last",
            "md",
            "json",
            "xlsx",
            "csv",
            "2小时后",
            "明天10点",
        ),
        *(
            "2026-11-21T10:00:00+08:00",
            "0001-01-01",
            "9999-12-31T23:59:59-23:59",
            "/",
            "/dev/null",
            "~nobody",
        ),
    ]
)
_COMMANDS = st.sampled_from(
    [
        *(("phrases", "list"), ("phrases", "search"), ("phrases", "show"), ("when",), ("profiles",)),
        *(("followups", "list"), ("followups", "add"), ("followups", "done"), ("followups", "snooze")),
        *(("history", "search"), ("history", "show"), ("history", "verify"), ("history", "backup")),
        *(("history", "restore"), ("history",), ("summary",), ("ingest",), ()),
    ]
)


def run(arguments: Sequence[str], folder: Path) -> tuple[int, str, str]:
    """The command in a home of its own, from a folder where a stray file does no harm."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(["--home", str(folder / "home"), *arguments])
    return status, out.getvalue(), err.getvalue()


@settings(max_examples=150, deadline=None)
@given(command=_COMMANDS, rest=st.lists(_ARGUMENT | _WORDS, max_size=4))
def test_any_arguments_end_with_a_status_and_without_a_traceback(
    command: tuple[str, ...], rest: list[str]
) -> None:
    arguments = [*command, *rest]
    if not command and not any(word in {"--help", "-h"} for word in rest):
        arguments.append("--nothing-of-this-name")  # without a command it would start the sidebar
    with tempfile.TemporaryDirectory() as folder:
        status, out, err = run(arguments, Path(folder))
    assert status in (0, 1, 2)
    assert (status == 0) or err
    if status == 0 and "--json" in rest and "--" not in rest and "--help" not in rest:
        json.loads(out)


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_any_file_can_be_handed_to_any_command(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home")
        (home / "phrases").mkdir(parents=True)
        file = Path(folder, "file")
        for path in (file, home / "phrases" / "a.yaml", home / "settings.toml"):
            path.write_bytes(content)
        for command in (
            ("ingest", "file"),
            ("history", "restore", "file"),
            ("phrases", "list", "--json"),
            ("summary",),
        ):
            status, _, _ = run(command, Path(folder))
            assert status in (0, 1)
        (home / "history.db").write_bytes(content)
        for command in (("followups", "list"), ("history", "verify"), ("followups", "add", "2小时后")):
            status, _, _ = run(command, Path(folder))
            assert status in (0, 1)


@pytest.mark.parametrize(
    "arguments", [["phrases"], ["history"], ["followups"], ["nope"], ["when"], ["summary", "x"]]
)
def test_wrong_usage_is_told_with_the_usage(arguments: list[str], tmp_path: Path) -> None:
    status, out, err = run(arguments, tmp_path)
    assert (status, out) == (2, "")
    assert err.startswith("usage: sidebar")


_STARTS = st.sampled_from(
    ["run", "--home", "there", "-", "--platform", "auto", "x11", "windows", "amiga", "--demo"]
)


@given(st.lists(_STARTS, max_size=6))
@example(["run", "--home", "there", "--platform", "x11"])
def test_a_plain_start_is_read_as_all_else_would_read_it(given: list[str]) -> None:
    plain = plain_start(given)
    if plain is not None:
        in_full = vars(read(given))
        assert in_full.pop("log_level") in {"", "info"}
        assert {name: value for name, value in vars(plain).items() if name != "log_level"} == in_full
