"""The virtual environment in the checkout: made when missing, mended when half-made, left alone when ready.

Standard library only: this runs before anything is installed.
"""

import hashlib
import importlib
import importlib.util
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_STAMP = "set-up.json"
_ASK_VERSION = "import importlib.util as u, sys; print(sys.version if u.find_spec('pip') else '')"


class SetUpError(Exception):
    """The machine lacks something we cannot provide; the message is one sentence and names the remedy."""


def environment(root: Path = ROOT, *, groups: Sequence[str] = ()) -> Path:
    """Make *root*/.venv hold the package and the dependency *groups* of pyproject.toml; return its Python.

    Raises `SetUpError`. What was installed is stamped with a hash of pyproject.toml, the place of
    the checkout and the version of Python, so that the second time costs one start of Python.
    """
    venv = root / ".venv"
    python = interpreter(venv)
    version = version_of(python)
    if not version:
        create(venv)
        version = version_of(python)
    if not version:
        raise SetUpError(f"{venv} cannot be used even when made anew; delete it and run this again.")
    stamp = Stamp(venv / _STAMP, digest(root, version))
    if not stamp.covers(groups):
        install(python, root, groups)
        stamp.add(groups)
    return python


def interpreter(venv: Path) -> Path:
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def version_of(python: Path) -> str:
    """The version of *python*, empty where it does not run, is too old for us or has no pip."""
    try:
        answer = subprocess.run(
            [python, "-I", "-c", _ASK_VERSION], capture_output=True, text=True, stdin=subprocess.DEVNULL
        )
    except OSError:
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""


def can_create() -> bool:
    """Whether this Python can make virtual environments; Debian keeps that in a package of its own."""
    importlib.invalidate_caches()
    return importlib.util.find_spec("ensurepip") is not None


def create(venv: Path) -> None:
    """Make *venv* anew with the Python that runs this."""
    if not can_create():
        raise SetUpError("This Python has no ensurepip; install your system's package for venv.")
    say(f"Making {venv} …")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", venv], stdin=subprocess.DEVNULL)
    if made.returncode:
        raise SetUpError(f"{venv} could not be made; see the message above.")


def install(python: Path, root: Path, groups: Sequence[str]) -> None:
    """Install the checkout, editable, and what the dependency *groups* name."""
    say("Installing the sidebar and what it needs …")
    # The names go to pip one by one: its --group came with version 25.1.
    wanted = requirements(root / "pyproject.toml", groups)
    pip = ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    done = subprocess.run([str(python), *pip, "--editable", str(root), *wanted], stdin=subprocess.DEVNULL)
    if done.returncode:
        raise SetUpError("pip could not install what the sidebar needs; see its message above.")


def requirements(pyproject: Path, groups: Sequence[str]) -> Iterator[str]:
    """What the dependency *groups* name, with the groups they include."""
    table = tomllib.loads(pyproject.read_text(encoding="utf-8")).get("dependency-groups", {})
    for group in groups:
        for entry in table[group]:
            if isinstance(entry, str):
                yield entry
            else:
                yield from requirements(pyproject, [entry["include-group"]])


def digest(root: Path, version: str) -> str:
    """What an installation depends on: an editable one remembers where the checkout is."""
    parts = ((root / "pyproject.toml").read_bytes(), str(root).encode(), version.encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


class Stamp:
    """Remembers, inside the environment, which groups were installed whole, and from what."""

    def __init__(self, path: Path, digest: str) -> None:
        self._path = path
        self._digest = digest

    def covers(self, groups: Sequence[str]) -> bool:
        there = self._read()
        return there is not None and there.issuperset(groups)

    def add(self, groups: Sequence[str]) -> None:
        names = sorted((self._read() or set()) | set(groups))
        self._path.write_text(json.dumps({"digest": self._digest, "groups": names}), encoding="utf-8")

    def _read(self) -> set[str] | None:
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
            return set(content["groups"]) if content["digest"] == self._digest else None
        except (OSError, ValueError, KeyError, TypeError):
            return None  # never written, or cut off while it was


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
