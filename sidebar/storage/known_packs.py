"""Phrase packs as they were read last, so that a start need not read YAML again.

What is kept is as good as the files only while none of them has changed: their places, sizes and
times of change are kept with it, and the program's version. What has problems or conflict copies is
not kept, so that they are told at every start.
"""

import io
import os
import pickle
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import ModuleType
from typing import cast

from sidebar import __version__
from sidebar.domain import phrases
from sidebar.domain.lean import dataclass
from sidebar.domain.phrases import Pack
from sidebar.errors import PackError

ENDINGS = (".yaml", ".yml")

_SETTLED = 2_000_000_000
"""Nanoseconds: a file changed so shortly before its content was kept may have changed once more
within the same tick of its file system's clock (2 s on FAT)."""
_ARRAYS = frozenset(("array", "_array_reconstructor"))
_TIMES = frozenset(("timedelta", "datetime", "date", "time"))

KnownFiles = tuple[tuple[str, int, int], ...]
"""Path, time of change and size of each file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictCopy:
    """A pack file that a sync program set beside the `original`; its phrases are not used."""

    copy: Path
    original: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedPacks:
    """What could be read, the user's own packs first, and one problem for each thing that could not."""

    packs: tuple[Pack, ...] = ()
    problems: tuple[PackError, ...] = ()
    copies: tuple[ConflictCopy, ...] = ()


class KnownPacks:
    """What the pack files in *folders* were read into, kept in the file *path*."""

    def __init__(self, path: Path, *, folders: Sequence[Path]) -> None:
        self._path = path
        self._folders = tuple(folders)

    def recall(self) -> LoadedPacks | None:
        """What was kept, if every file is what it was; None where that is not so or cannot be told."""
        try:
            trusted = self._path.stat().st_mtime_ns - _SETTLED
            files = self.files()
            if any(changed >= trusted for _, changed, _ in files):
                return None
            kept = Unpickler(io.BytesIO(self._path.read_bytes())).load()
        except Exception:  # noqa: BLE001 (pickle raises anything at all for a damaged file)
            return None
        match kept:
            case (stamp, tuple(packs)) if stamp == (shape(), files):
                return LoadedPacks(packs=packs)
        return None

    def keep(self, loaded: LoadedPacks) -> None:
        """Keep *loaded*, just read from the files; where the disk refuses they are read again next time."""
        if loaded.problems or loaded.copies:
            return
        content = pickle.dumps(((shape(), self.files()), loaded.packs), pickle.HIGHEST_PROTOCOL)
        with suppress(OSError):
            self._path.parent.mkdir(exist_ok=True)
            unfinished = self._path.with_name(f"{self._path.name}.{os.getpid()}")
            unfinished.write_bytes(content)
            unfinished.replace(self._path)

    def places(self) -> tuple[str, ...]:
        """The folders and files in which there may be a change."""
        folders = sorted({parent for folder in self._folders for parent, _, _ in os.walk(folder)})
        return (*folders, *(path for path, _, _ in self.files()))

    def files(self) -> KnownFiles:
        """The pack files as they are now; one that goes away meanwhile is left out."""
        found = []
        for folder in self._folders:
            for parent, _, names in os.walk(folder):
                for name in names:
                    if name.lower().endswith(ENDINGS):
                        path = os.path.join(parent, name)
                        with suppress(FileNotFoundError):
                            status = os.stat(path)
                            found.append((path, status.st_mtime_ns, status.st_size))
        return tuple(sorted(found))


def shape() -> tuple[str, ...]:
    """What a pack, a phrase and all that hangs below are made of in this version of the program."""
    from sidebar.domain import phrase_details  # by now what was kept has brought it along, mostly

    return __version__, *shape_of(phrases), *shape_of(phrase_details)


def shape_of(module: ModuleType) -> Iterator[str]:
    """The values that *module* defines, each field with its type: a change of either is another shape."""
    for kind in vars(module).values():
        if is_dataclass(kind) and isinstance(kind, type) and kind.__module__ == module.__name__:
            yield from (f"{kind.__name__}.{field.name}: {field.type}" for field in fields(kind))


class Unpickler(pickle.Unpickler):
    """Makes nothing but values of the domain: whoever can write the file need not run code here."""

    def find_class(self, module: str, name: str) -> type:
        if module.startswith("sidebar.domain.") or (module == "datetime" and name in _TIMES):
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        if module == "array" and name in _ARRAYS:
            return cast(type, super().find_class(module, name))
        raise pickle.UnpicklingError(f"no place for {module}.{name}")
