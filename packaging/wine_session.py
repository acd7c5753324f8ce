"""One Windows of the rig at work: Linux namespaces in which Wine programs run, and end for certain."""

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath

# The first process of its namespaces: what is mounted and what is started there vanishes with it.
_HOLD = r"""
set -eu
root=$1; shift
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
while [ $# -gt 0 ]; do
    mkdir -p "$root$2"
    mount --bind "$2" "$root$2"
    [ "$1" = rw ] || mount -o remount,bind,ro "$root$2"
    shift 2
done
echo ready
read -r _ || true
"""
# Output goes through a pipe: the Windows Python cannot open a plain file as its standard output.
# Wine's own services, which any program may happen to start, can hold the pipe open for ever.
_HEARD = r"""
cd "$0" || exit
exec 3> >(exec cat)
reader=$!
"$@" >&3 2>&1 3>&-
status=$?
exec 3>&-
for _ in 1 2 3 4 5; do
    kill -0 $reader 2>/dev/null || exit $status
    sleep 0.1
done
kill $reader
exit $status
"""
_UNHEARD = 'cd "$0" && exec "$@" >/dev/null 2>&1'
_SOCKETS = Path("/tmp/.X11-unix")


class Session:
    """Runs programs under Wine in *root*, with what *windows* names as their drive C and registry.

    *project* can be read there and *folders* can be written, under the paths they have outside.
    """

    def __init__(
        self,
        root: Path,
        windows: PurePath,
        *,
        project: Path,
        folders: Sequence[Path] = (),
        environment: Mapping[str, str],
    ) -> None:
        self.root = root
        self._windows = windows
        self.project = project
        self.environment = {
            "HOME": "/root",
            "LANG": "C.UTF-8",
            "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
            "WINEPREFIX": str(windows),
            "WINEDEBUG": "-all",
            "XDG_RUNTIME_DIR": "/tmp",  # else Wine complains on each start
            "WINEDLLOVERRIDES": "winemenubuilder.exe=",  # else it puts what is installed into Linux's menus
            **environment,
        }
        self._mounts = [("ro", project), *(("rw", folder) for folder in folders)]
        if _SOCKETS.exists():
            self._mounts.append(("rw", _SOCKETS))
        self._enter: list[str] = []

    @contextmanager
    def running(self) -> Iterator["Session"]:
        """Be there; afterwards nothing is left of what was started."""
        mounts = [part for access, folder in self._mounts for part in (access, str(folder))]
        # bash, for it also reaps the programs whose parents are gone
        hold = ["bash", "-c", _HOLD, "-", str(self.root), *mounts]
        holder = subprocess.Popen(
            ["unshare", "--mount", "--pid", "--fork", "--kill-child", *hold],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert holder.stdin is not None
        assert holder.stdout is not None
        try:
            if holder.stdout.readline() != b"ready\n":
                raise OSError(f"no namespace could be made in {self.root}")
            spaces = f"/proc/{holder.pid}/ns"
            self._enter = ["nsenter", f"--mount={spaces}/mnt", f"--pid={spaces}/pid_for_children"]
            yield self
        finally:
            holder.stdin.close()
            holder.stdout.close()
            holder.wait()

    @property
    def drive_c(self) -> Path:
        """Where its drive C is for us."""
        return self.root / self._windows.relative_to("/") / "drive_c"

    def native(self, *command: str, environment: Mapping[str, str] | None = None) -> list[str]:
        """The command that runs a Linux program of the root in there, in the project's folder.

        What the program started and left behind is heard no more once it has ended.
        """
        return self._inside(_HEARD, command, environment or {})

    def wine(self, *command: str, environment: Mapping[str, str] | None = None) -> list[str]:
        """The command that runs a Windows program in there."""
        return self.native("wine", *command, environment=environment)

    def from_menu(self, *command: str) -> list[str]:
        """The command that runs a Windows program as the Start menu does: without any input and output.

        It goes on until the program has ended, and has its exit status; what that started is left alone.
        """
        return self._inside(_UNHEARD, ["wine", "start", "/wait", *command], {})

    def python(self, *arguments: str, environment: Mapping[str, str] | None = None) -> list[str]:
        """The command that runs the Windows Python in there."""
        return self.wine("Z:\\python\\python.exe", *arguments, environment=environment)

    def _inside(self, script: str, command: Sequence[str], environment: Mapping[str, str]) -> list[str]:
        settings = [f"{name}={value}" for name, value in {**self.environment, **environment}.items()]
        shell = ["bash", "-c", script, str(self.project)]
        return [*self._enter, "chroot", str(self.root), "env", "-i", *settings, *shell, *command]


def windows_path(path: Path) -> str:
    """What Windows programs in there call *path*."""
    return "Z:" + str(path.absolute()).replace("/", "\\")
