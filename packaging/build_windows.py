#!/usr/bin/env python3
"""Builds the Windows program and its installer into dist/: on Windows, or on Linux in the rig.

python3 packaging/build_windows.py

    dist/ShopSidebar/                    the program, one folder that runs where it stands
    dist/ShopSidebar-VERSION-setup.exe   the installer

On Windows the installer takes NSIS (https://nsis.sourceforge.io); the rig has it. What was built
in the rig is kept there, and built again only from other sources.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said to those who have an older one
    sys.exit("Shop Sidebar needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import provision
from provision import ROOT, SetUpError, say

if TYPE_CHECKING:
    from windows_rig import Rig  # made of what only Linux has

NAME = "ShopSidebar"
SPEC = ROOT / "packaging" / "sidebar.spec"
INSTALLER = ROOT / "packaging" / "installer.nsi"
ICON = ROOT / "resources" / "icons" / "sidebar.ico"
_SOURCES = ("sidebar", "templates", "resources", "pyproject.toml", "packaging/frozen.py")
_KEPT = 3
_NSIS = Path(os.environ.get("PROGRAMFILES(X86)", "C:\\"), "NSIS", "makensis.exe")


@dataclass(frozen=True, slots=True)
class Build:
    """What was built, in *folder*."""

    folder: Path
    version: str

    @property
    def program(self) -> Path:
        return self.folder / NAME

    @property
    def setup(self) -> Path:
        return self.folder / f"{NAME}-{self.version}-setup.exe"


def version(root: Path = ROOT) -> str:
    """The sidebar's version, without importing it."""
    source = (root / "sidebar" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(.+)"', source, re.MULTILINE)
    assert found is not None
    return found.group(1)


def build_in_rig(rig: "Rig") -> Build:
    """Build in *rig*, unless the same was built there before; raises `SetUpError`."""
    build = Build(rig.folder / "builds" / digest(rig), version())
    with rig.locked("builds.lock"):
        if not build.folder.exists():
            begun = Build(build.folder.with_name("begun"), build.version)
            shutil.rmtree(begun.folder, ignore_errors=True)  # one that was cut off
            begun.folder.mkdir(parents=True)
            with rig.session(folders=[begun.folder]) as session:
                _run(session.python(*pyinstaller(begun.folder)))  # Wine takes our paths as they are
                _run(session.native(*makensis(begun, "makensis", target="amd64-unicode")))
            _make_room(build.folder.parent)
            begun.folder.rename(build.folder)
    return build


def _make_room(builds: Path) -> None:
    """Keep the newest builds of other sources, which another checkout may be using."""
    kept = sorted(builds.iterdir(), key=lambda build: build.stat().st_mtime, reverse=True)
    for old in kept[_KEPT:]:
        shutil.rmtree(old)


def build_here(folder: Path) -> Build:
    """Build on Windows into *folder*; without NSIS there is no installer. Raises `SetUpError`."""
    build = Build(folder, version())
    python = provision.environment(groups=["windows-build"])
    _run([str(python), *pyinstaller(folder)])
    nsis = shutil.which("makensis") or (str(_NSIS) if _NSIS.exists() else None)
    if nsis is None:
        say("There is no installer: NSIS is not installed (https://nsis.sourceforge.io).")
    else:
        _run(makensis(build, nsis, target="x86-unicode"))
    return build


def pyinstaller(folder: Path) -> list[str]:
    """What a Windows Python is to run for the program in *folder*."""
    places = ["--distpath", str(folder), "--workpath", str(folder / "work")]
    return ["-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *places, str(SPEC)]


def makensis(build: Build, program: str, *, target: str) -> list[str]:
    """The command that packs the program of *build* into its installer."""
    values = {
        "TARGET": target,
        "VERSION": build.version,
        "PROGRAM": build.program,
        "ICON": ICON,
        "OUTPUT": build.setup,
    }
    definitions = [f"-D{name}={value}" for name, value in values.items()]
    return [program, "-V2", "-INPUTCHARSET", "UTF8", *definitions, str(INSTALLER)]


def digest(rig: "Rig") -> str:
    """What a build depends on: our sources, and what the rig is made of."""
    total = hashlib.sha256(rig.made_from().encode())
    for path in sorted(_files()):
        total.update(b"\0" + str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]


def _files() -> Iterator[Path]:
    yield from (SPEC, INSTALLER, Path(__file__).resolve())
    for name in _SOURCES:
        source = ROOT / name
        for path in source.rglob("*") if source.is_dir() else [source]:
            if path.is_file() and path.suffix != ".pyc":
                yield path


def _run(command: Sequence[str]) -> None:
    if subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL).returncode:
        raise SetUpError("The Windows program could not be built; see the messages above.")


def main() -> int:
    target = ROOT / "dist"
    try:
        if sys.platform == "win32":
            build = build_here(target)
        else:
            from windows_rig import Rig

            rig = Rig()
            rig.provide()
            kept = build_in_rig(rig)
            build = Build(target, kept.version)
            shutil.copytree(kept.program, build.program, dirs_exist_ok=True)
            shutil.copy(kept.setup, build.setup)
    except SetUpError as error:
        say(str(error))
        return 1
    size = sum(path.stat().st_size for path in build.program.rglob("*") if path.is_file())
    say(f"{build.program} has {size / 1_000_000:.0f} MB.")
    if build.setup.exists():
        say(f"{build.setup} has {build.setup.stat().st_size / 1_000_000:.0f} MB.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
