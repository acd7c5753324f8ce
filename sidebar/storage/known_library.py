"""A large library as it was read last, with what its index is made of, so that no start makes that again.

It is kept under a digest of all pack files: it is as good as they are, whatever their times of change
say. A file that was damaged, or that another version wrote, counts as none.
"""

import hashlib
import io
import os
import pickle
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import partial
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any, overload

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.material import Material
from sidebar.domain.phrases import Phrase
from sidebar.errors import PackError, PackFault
from sidebar.storage.known_packs import Unpickler, pack_files, shape

_DIGEST = partial(hashlib.blake2b, digest_size=16)
_SLICE = 256
"""Phrases that are made at once, when one of them is first asked for."""
_PIECE = 10_000
"""Of a long column, what is read at once: other threads have to wait that long."""
_FIELDS = tuple(field.name for field in fields(Phrase))
_COLUMNS = tuple(field.name for field in fields(Material))


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLibrary:
    """Phrases, each once, the languages of those not in the usual one, and what was wrong in the packs."""

    phrases: Sequence[Phrase]
    languages: Mapping[PhraseId, str]
    material: Material
    problems: tuple[PackError, ...] = ()


class KeptPhrases(Sequence[Phrase]):
    """Phrases that are made when they are first asked for, some at a time."""

    def __init__(self, count: int, slices: Sequence[bytes]) -> None:
        self._count = count
        self._slices: list[bytes | list[Phrase]] = list(slices)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, number: int) -> Phrase: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Phrase]: ...
    def __getitem__(self, number: int | slice) -> Phrase | Sequence[Phrase]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(self._count))]
        if not 0 <= number < self._count:
            raise IndexError(number)
        at, within = divmod(number, _SLICE)
        some = self._slices[at]
        if isinstance(some, bytes):
            made = (dict(zip(_FIELDS, values, strict=True)) for values in _loaded(some))
            some = self._slices[at] = [Phrase(**each) for each in made]
        return some[within]


class KnownLibrary:
    """What the pack files in *folders* were made into, kept in the file *path*."""

    def __init__(self, path: Path, *, folders: Sequence[Path]) -> None:
        self._path = path
        self._folders = tuple(folders)

    def recall(self) -> KeptLibrary | None:
        """What was kept of these very files; None where there is no such thing."""
        try:
            content = memoryview(self._path.read_bytes())
            size = _DIGEST().digest_size
            if content[:size] != _DIGEST(content[size:]).digest():
                return None
            stamp, count, slices, columns, languages, problems = _loaded(content[size:])
            if stamp != self._stamp():
                return None
            return KeptLibrary(
                phrases=KeptPhrases(count, slices),
                languages=languages,
                material=Material(**{name: _joined(pieces) for name, pieces in columns.items()}),
                problems=tuple(map(_problem, problems)),
            )
        except Exception:  # noqa: BLE001 (pickle raises anything at all for a damaged file)
            return None

    def keep(self, library: KeptLibrary) -> None:
        """Keep *library*, just made of the files; where the disk refuses it is made again next time."""
        values = attrgetter(*_FIELDS)
        every = range(0, len(library.phrases), _SLICE)
        slices = [_dumped([values(each) for each in library.phrases[at : at + _SLICE]]) for at in every]
        columns = {name: list(_pieces(getattr(library.material, name))) for name in _COLUMNS}
        problems = [
            (each.reason, str(each.file), each.line, str(each.fault), each.detail)
            for each in library.problems
        ]
        with suppress(OSError):
            stamp, count, languages = self._stamp(), len(library.phrases), dict(library.languages)
            content = _dumped((stamp, count, slices, columns, languages, problems))
            self._path.parent.mkdir(exist_ok=True)
            unfinished = self._path.with_name(f"{self._path.name}.{os.getpid()}")
            unfinished.write_bytes(_DIGEST(content).digest() + content)
            unfinished.replace(self._path)

    def _stamp(self) -> tuple[object, ...]:
        digest = _DIGEST()
        for path, _, _ in pack_files(self._folders):
            digest.update(path.encode(errors="surrogateescape") + b"\0")
            digest.update(_DIGEST(Path(path).read_bytes()).digest())
        return shape(), _COLUMNS, digest.digest()


def _dumped(value: object) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def _loaded(content: bytes | memoryview) -> Any:
    return Unpickler(io.BytesIO(content)).load()


def _pieces(column: object) -> Iterator[bytes]:
    if not isinstance(column, tuple) or len(column) <= _PIECE:
        yield _dumped(column)
    else:
        yield from (_dumped(column[at : at + _PIECE]) for at in range(0, len(column), _PIECE))


def _joined(pieces: Sequence[bytes]) -> Any:
    if len(pieces) == 1:
        return _loaded(pieces[0])
    return tuple(chain.from_iterable(map(_loaded, pieces)))


def _problem(kept: tuple[str, str, int | None, str, str]) -> PackError:
    reason, file, line, fault, detail = kept
    return PackError(reason, file=Path(file), line=line, fault=PackFault(fault), detail=detail)
