"""A large library made ready for searching, as it was last, so that no start makes that again.

It is kept under a digest of all pack files: it is as good as they are, whatever their times of change
say. A file that was damaged, or that another version wrote, counts as none.
"""

import hashlib
import io
import os
import pickle
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from functools import partial
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any, overload

from sidebar.domain import material, typed_titles, typing_ways
from sidebar.domain.bodies import Bodies
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.lean import dataclass
from sidebar.domain.material import Material
from sidebar.domain.phrases import Phrase
from sidebar.storage.known_packs import KnownFiles, Unpickler, shape, shape_of

Stamp = tuple[object, ...]

_DIGEST = partial(hashlib.blake2b, digest_size=16)
_SUM = 4
_LENGTH = 8
_BODIES = "bodies"
_SLICE = 256
"""Phrases that are made at once, when one of them is first asked for."""
_PIECE = 10_000
"""Of a long column, what is read at once: other threads have to wait that long."""
_FIELDS = tuple(field.name for field in fields(Phrase))
_COLUMNS = tuple(field.name for field in fields(Material))


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLibrary:
    """Phrases, each once, the languages of those not in the usual one, and what an index is made of."""

    phrases: Sequence[Phrase]
    languages: Mapping[PhraseId, str]
    material: Material


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
    """What the pack *files* were made into, kept in the file *path*."""

    def __init__(self, path: Path, *, files: Callable[[], KnownFiles]) -> None:
        self._path = path
        self._files = files

    def recall(self, stamp: Stamp) -> KeptLibrary | None:
        """What was kept of files with this *stamp*; None where there is no such thing."""
        try:
            content = memoryview(self._path.read_bytes())
            if content[:_SUM] != _sum(content[_SUM:]):
                return None
            begin = _SUM + _LENGTH
            end = begin + int.from_bytes(content[_SUM:begin], "big")
            its_stamp, count, slices, columns, languages = _loaded(content[begin:end])
            if its_stamp != stamp:
                return None
            pieces = _Pieces(content[end:])
            return KeptLibrary(
                phrases=KeptPhrases(count, [bytes(each) for each in pieces.of(slices)]),
                languages=languages,
                material=Material(
                    **{name: _joined(name, pieces.of(lengths)) for name, lengths in columns.items()}
                ),
            )
        except Exception:  # noqa: BLE001 (pickle raises anything at all for a damaged file)
            return None

    def stamp(self) -> Stamp:
        """What the files say now, and what a library is made of in this version; raises OSError."""
        digest = _DIGEST()
        for path, _, _ in self._files():
            digest.update(path.encode(errors="surrogateescape") + b"\0")
            digest.update(_DIGEST(Path(path).read_bytes()).digest())
        modules = (material, typed_titles, typing_ways)
        made = (*shape(), *(told for module in modules for told in shape_of(module)))
        return made, digest.digest()

    def keep(self, library: KeptLibrary, stamp: Stamp) -> None:
        """Keep *library*, made of what had this *stamp*; where the disk refuses it is made again."""
        values = attrgetter(*_FIELDS)
        every = range(0, len(library.phrases), _SLICE)
        slices = [_dumped([values(each) for each in library.phrases[at : at + _SLICE]]) for at in every]
        columns = {name: list(_pieces(getattr(library.material, name))) for name in _COLUMNS}
        lengths = {name: list(map(len, pieces)) for name, pieces in columns.items()}
        head = _dumped(
            (stamp, len(library.phrases), list(map(len, slices)), lengths, dict(library.languages))
        )
        content = b"".join((len(head).to_bytes(_LENGTH, "big"), head, *slices, *chain(*columns.values())))
        with suppress(OSError):
            self._path.parent.mkdir(exist_ok=True)
            unfinished = self._path.with_name(f"{self._path.name}.{os.getpid()}")
            unfinished.write_bytes(_sum(content) + content)
            unfinished.replace(self._path)


class _Pieces:
    """What follows in a file, a piece at a time: whatever is made of all at once lets no other thread run."""

    def __init__(self, content: memoryview) -> None:
        self._content = content
        self._at = 0

    def of(self, lengths: Iterable[int]) -> Iterator[memoryview]:
        """The next pieces, of these *lengths*."""
        for length in lengths:
            self._at += length
            yield self._content[self._at - length : self._at]


def _sum(content: bytes | memoryview) -> bytes:
    """By this a file that was damaged is told; the digest of the packs takes five times as long."""
    return zlib.crc32(content).to_bytes(_SUM, "big")


def _dumped(value: object) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def _loaded(content: bytes | memoryview) -> Any:
    return Unpickler(io.BytesIO(content)).load()


def _pieces(column: object) -> Iterator[bytes]:
    if isinstance(column, Bodies):
        yield from map(_dumped, column.parts())
    elif not isinstance(column, tuple) or len(column) <= _PIECE:
        yield _dumped(column)
    else:
        yield from (_dumped(column[at : at + _PIECE]) for at in range(0, len(column), _PIECE))


def _joined(name: str, pieces: Iterable[memoryview]) -> Any:
    parts = list(map(_loaded, pieces))
    if len(parts) == 1:
        return parts[0]
    return Bodies.of(parts) if name == _BODIES else tuple(chain.from_iterable(parts))
