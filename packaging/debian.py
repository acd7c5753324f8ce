"""The Debian packages each job needs, and the way the missing ones come onto the machine."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from provision import SetUpError, can_create, say

# What `readelf -d` names for the xcb plugin, its GL integration and the Qt libraries the sidebar loads,
# less what comes with every Debian.
QT = (
    "libbrotli1",
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libfreetype6",
    "libgl1",
    "libglib2.0-0",
    "libgssapi-krb5-2",
    "libx11-6",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-glx0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-render0",
    "libxcb-shape0",
    "libxcb-shm0",
    "libxcb-sync1",
    "libxcb-util1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libxcb1",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
)
CJK_FONT = ("fonts-noto-cjk",)
TOUR = ("at-spi2-core",)  # the accessibility bus: by what it tells the tour finds what to click
SCREEN = (
    "dbus-daemon",  # a session bus, where the machine has no session
    "fonts-noto-color-emoji",  # buyers write them
    "openbox",
    "xvfb",
)
TESTS = (
    *SCREEN,
    *TOUR,
    *CJK_FONT,  # the screenshots are looked at by people
    "libatk-adaptor",  # joins GTK 2 programs, Pidgin among them, to that bus
    "libgail-common",  # makes GTK 2 widgets speak to the above
    "pidgin",
    "prosody",  # the chat server Pidgin logs in to
)
BROWSER = ("chromium",)  # 125 MB; not every kin of Debian's has it, and what drives it is skipped without
BENCHMARKS = (
    *TESTS,
    "autokey-gtk",
    "autokey-qt",
    "copyq",
    "gir1.2-gtk-3.0",  # the plain text box all are timed with
    "python3-gi",
    "python3-xlib",  # the bare script all are compared with runs on Debian's own Python
)

_POLICY = Path("/usr/sbin/policy-rc.d")
_POLICY_TEXT = """\
#!/bin/sh
# Put here by the set-up of shop-sidebar, so that no service starts meanwhile.
exit 101
"""


def provide(wanted: Iterable[str], *, optional: Iterable[str] = ()) -> None:
    """Install what *wanted* names and is missing; does nothing on other systems than Debian and its kin.

    What is *optional* comes with it where it is to be had and is gone without where it is not. Raises
    `SetUpError` where the rest takes a right we do not have, with the command that would do it.
    """
    if not (shutil.which("dpkg-query") and shutil.which("apt-get")):
        return
    present = installed()
    lacking, besides = missing(wanted, present), missing(optional, present)
    if not (lacking or besides):
        return
    install = ["apt-get", "install", "--yes", "--no-install-recommends"]
    root = _root()
    if root is None:
        _do_without(install, lacking, besides)
        return
    say(f"Installing system packages: {' '.join((*lacking, *besides))} …")
    everything = [*install, *lacking, *besides]
    with _no_service_starts(root):
        if _apt(root, everything) and (_apt(root, ["apt-get", "update"]) or _apt(root, everything)):
            if lacking and (not besides or _apt(root, [*install, *lacking])):
                raise SetUpError(f"apt could not install {' '.join(lacking)}; see its message above.")
            say(f"{' '.join(besides)} cannot be had here; what needs it is left out.")


def _do_without(install: Sequence[str], lacking: Sequence[str], besides: Sequence[str]) -> None:
    """Say what a person with the right to has to install; raises `SetUpError` where nothing goes before."""
    command = f"sudo {' '.join([*install, *lacking, *besides])}"
    if lacking:
        raise SetUpError(f"Some system packages are missing; run this first: {command}")
    say(f"What needs {' '.join(besides)} is left out; it would take: {command}")


def installed() -> frozenset[str]:
    """The packages that are installed whole, under every name they go by."""
    listing = subprocess.run(
        ["dpkg-query", "--show", "--showformat", "${db:Status-Abbrev}\t${Package}\t${Provides}\n"],
        capture_output=True,
        text=True,
        check=True,
    )
    return names(listing.stdout)


def names(listing: str) -> frozenset[str]:
    """Read lines of status, package and what it provides: libglib2.0-0t64 is libglib2.0-0 as well."""
    found = set[str]()
    for line in listing.splitlines():
        status, package, provides = line.split("\t")
        if status.startswith("ii"):
            found.add(package)
            found.update(name.split("(")[0].strip() for name in provides.split(",") if name)
    return frozenset(found)


def missing(wanted: Iterable[str], present: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted({name for name in wanted if name not in present}))


def cjk_font() -> tuple[str, ...]:
    """The package of a Chinese font, unless fontconfig knows of one."""
    if shutil.which("fc-list"):
        fonts = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True)
        if fonts.stdout.strip():
            return ()
    return CJK_FONT


def venv() -> tuple[str, ...]:
    """The package this Python makes virtual environments with, unless it can already."""
    return () if can_create() else (f"python{sys.version_info.major}.{sys.version_info.minor}-venv",)


def mirror() -> str:
    """Where this machine gets Debian's main archive from; raises `SetUpError` where it names none."""
    targets = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)"], capture_output=True, text=True
    )
    places = (line.strip() for line in targets.stdout.splitlines())
    found = next((place for place in places if place.rstrip("/").endswith("/debian")), None)
    if found is None:
        raise SetUpError("apt names no Debian archive here; run 'apt-get update' once and try again.")
    return found


def _root() -> list[str] | None:
    """What to put before a command for it to run as root; None where that is not given to us."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and not subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode:
        return ["sudo", "-n"]
    return None


def _apt(root: Sequence[str], command: Sequence[str]) -> int:
    quiet = [command[0], "-qq", "-o", "DPkg::Lock::Timeout=600", *command[1:]]
    settings = ["env", "DEBIAN_FRONTEND=noninteractive"]
    # Its account of each package goes nowhere; what went wrong comes on stderr.
    nothing = subprocess.DEVNULL
    return subprocess.run([*root, *settings, *quiet], stdin=nothing, stdout=nothing).returncode


@contextmanager
def _no_service_starts(root: Sequence[str]) -> Iterator[None]:
    """Forbid package scripts to start services; a policy the machine has of its own stays in force."""
    if _POLICY.exists() and _POLICY.read_text(encoding="utf-8") != _POLICY_TEXT:
        yield
        return
    write = [*root, "sh", "-c", 'cat >"$1" && chmod 755 "$1"', "sh", str(_POLICY)]
    subprocess.run(write, input=_POLICY_TEXT, text=True, check=True)
    try:
        yield
    finally:
        subprocess.run([*root, "rm", "-f", str(_POLICY)], check=True)
