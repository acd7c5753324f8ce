"""Pack files that are read again when they change; what is broken meanwhile stays as it was."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from sidebar.domain.lean import dataclass
from sidebar.domain.phrases import Pack
from sidebar.errors import PackError
from sidebar.storage.known_packs import ConflictCopy, LoadedPacks
from sidebar.storage.packs import (
    PackRead,
    arranged,
    pack_paths,
    read_pack,
    without_marked,
    without_presumed,
)


class _Stamp(NamedTuple):
    """What tells that a file is still the one that was read."""

    changed: int
    size: int
    node: int


@dataclass(frozen=True, slots=True)
class _Known:
    """A file as it was read last: what it gave, and what was wrong with it."""

    stamp: _Stamp | None
    read: tuple[PackRead, ...]
    problems: tuple[PackError, ...]


class PackShelf:
    """The packs of the user's `own` folders and the `shipped` ones.

    A file is read again only when it has changed. Where it cannot be read any more, its phrases are
    those of the last time it could; a phrase that has got a mistake is as it was before that. Not
    for two threads at once.
    """

    def __init__(self, *, own: Sequence[Path], shipped: Sequence[Path], packs: Iterable[Pack] = ()) -> None:
        self._own = tuple(own)
        self._shipped = tuple(shipped)
        self._known: dict[Path, _Known] = {}
        self._good = {Path(pack.file): pack for pack in packs if pack.file}
        """The last good state by file; *packs* are those that were read before the shelf was made."""

    def load(self) -> LoadedPacks:
        """What the files hold now."""
        problems: list[PackError] = []
        copies: list[ConflictCopy] = []
        paths = [path for folder in self._own for path in pack_paths(folder, problems)]
        theirs = [path for folder in self._shipped for path in pack_paths(folder, problems)]
        mine = without_marked(paths, copies)
        own = [read for path in mine for read in self._read(path, problems, shipped=False)]
        shipped = [read for path in theirs for read in self._read(path, problems, shipped=True)]
        self._forget_all_but({*mine, *theirs})
        return arranged(without_presumed(own, copies), shipped, problems, copies)

    def _read(self, path: Path, problems: list[PackError], *, shipped: bool) -> tuple[PackRead, ...]:
        stamp = _stamp(path)
        known = self._known.get(path)
        if known is None or stamp is None or known.stamp != stamp:
            found: list[PackError] = []
            read = tuple(read_pack(path, found, shipped=shipped, before=self._good.get(path)))
            known = self._known[path] = _Known(stamp, read, tuple(found))
            for each in read:
                self._good[path] = _whole(each)
        problems.extend(known.problems)
        return known.read

    def _forget_all_but(self, paths: set[Path]) -> None:
        """A file that is gone was taken away on purpose, and its phrases with it."""
        for path in self._known.keys() - paths:
            del self._known[path]
        for path in self._good.keys() - paths:
            del self._good[path]


def _whole(read: PackRead) -> Pack:
    return replace(read.pack, phrases=tuple(placed.phrase for placed in read.placed))


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return _Stamp(found.st_mtime_ns, found.st_size, found.st_ino)
