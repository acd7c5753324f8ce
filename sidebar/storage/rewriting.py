"""Pack files written anew, several at once, with a record by which that is taken back.

The record is written first. It holds each file as it was and as it became, so that after a crash
at any moment, and after later edits, exactly what was done can be undone. Pictures and files that the
packs name are put beside them before the packs are written, and go with them.
"""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from pathlib import Path

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.lean import dataclass
from sidebar.domain.phrases import Phrase
from sidebar.errors import ExchangeError, ExchangeFault
from sidebar.storage.conflict_copies import presumed_original
from sidebar.storage.enclosed_files import digest_of, is_as_put, put, take_away
from sidebar.storage.pack_editing import PackFile, edit, read_pack_file
from sidebar.storage.packs import LARGEST, pack_paths, without_marked
from sidebar.storage.replacing import replace_text

log = logging.getLogger(__name__)

_KEPT = 10
"""Records; who wants to go back further has backups."""
_NOTHING: Mapping[Path, bytes] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """A pack file before and after so many `phrases` of it were touched.

    `before` is None where it was not there.
    """

    path: Path
    phrases: int
    before: str | None
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What was undone and when it had been done; `kept` phrases had been changed since and stay."""

    name: str
    at: datetime | None = field(default=None, compare=False)
    phrases: int
    kept: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """What was written, and what was put beside it with its digests."""

    name: str
    at: datetime
    files: tuple[Rewritten, ...]
    attached: Mapping[Path, str]


class Rewriting:
    """Writes pack files in *folder*, with a record for each time in *records*.

    Of those the last are kept, as many and with as many bytes in all as there is *room*, but one.
    """

    def __init__(self, folder: Path, records: Path, *, kept: int = _KEPT, room: int | None = None) -> None:
        self._folder = folder
        self._records = records
        self._kept = kept
        self._room = room

    def write(
        self,
        name: str,
        files: Sequence[Rewritten],
        at: datetime,
        *,
        attached: Mapping[Path, bytes] = _NOTHING,
    ) -> None:
        """Write all of *files* and what is *attached* to them, or nothing; raises `ExchangeError`."""
        _check(files)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            record = self._remember(name, files, at, attached)
            _write(files, attached, record)
        except OSError as error:
            raise not_written(error) from error

    @property
    def can_take_back(self) -> bool:
        """Whether there is a record."""
        return any(self._records.glob("*.json"))

    def last(self) -> str:
        """The name of what would be taken back; '' where there is nothing."""
        record = max(self._records.glob("*.json"), default=None)
        return "" if record is None else _read_record(record, self._folder).name

    def take_back(self) -> TakenBack:
        """Undo what the last record tells, which there must be, and forget it; raises `ExchangeError`."""
        try:
            record = max(self._records.glob("*.json"))
            told = _read_record(record, self._folder)
            counts = [_undo(file) for file in told.files]
            self._take_away(told.attached)
            record.unlink()
        except OSError as error:
            raise not_written(error) from error
        phrases, kept = (sum(count) for count in zip(*counts, strict=True)) if counts else (0, 0)
        return TakenBack(name=told.name, at=told.at, phrases=phrases, kept=kept)

    def _take_away(self, attached: Mapping[Path, str]) -> None:
        """Remove what was attached, but for what was changed since and what a phrase still names."""
        alone = [path for path, digest in attached.items() if is_as_put(path, digest)]
        if alone:
            texts = [(path.parent, text.replace("\\", "/")) for path, text in pack_texts(self._folder)]
            take_away([path for path in alone if not any(_names(path, *each) for each in texts)])

    def _remember(
        self, name: str, files: Sequence[Rewritten], at: datetime, attached: Mapping[Path, bytes]
    ) -> Path:
        self._records.mkdir(parents=True, exist_ok=True)
        document = {
            "v": 1,
            "name": name,
            "at": at.isoformat(),
            "files": [
                {
                    "path": file.path.relative_to(self._folder).as_posix(),
                    "phrases": file.phrases,
                    "before": file.before,
                    "after": file.after,
                }
                for file in files
            ],
            "attached": {
                path.relative_to(self._folder).as_posix(): digest_of(content)
                for path, content in attached.items()
            },
        }
        path = self._records / f"{at:%Y%m%dT%H%M%S%f}.json"
        replace_text(path, json.dumps(document, ensure_ascii=False))
        self._forget()
        return path

    def _forget(self) -> None:
        """Do without the oldest records."""
        taken = 0
        for place, record in enumerate(sorted(self._records.glob("*.json"), reverse=True)):
            taken += record.stat().st_size
            if place >= self._kept or (place and self._room is not None and taken > self._room):
                record.unlink()


def pack_files(folder: Path) -> Iterator[PackFile]:
    """The pack files in *folder*; what may be a copy of another comes after it, so that that is changed."""
    return (read_pack_file(path, text) for path, text in pack_texts(folder))


def pack_texts(folder: Path) -> Iterator[tuple[Path, str]]:
    """The pack files as they are written, in the order of `pack_files`."""
    paths = without_marked(pack_paths(folder, []), [])
    for path in sorted(paths, key=lambda path: presumed_original(path, paths) is not None):
        try:
            yield path, text_of(path)
        except UnicodeDecodeError:
            continue  # what is not UTF-8 is not in the library either


def text_of(path: Path) -> str:
    """All of *path*, with its mark if it has one: an undo puts back every byte."""
    return path.read_bytes().decode()


def not_written(error: OSError) -> ExchangeError:
    """What *error* means to whoever wanted to write phrases."""
    reason = error.strerror or type(error).__name__
    return ExchangeError(
        f"The phrases cannot be written ({reason}); look at {error.filename or 'the disk'}.",
        fault=ExchangeFault.NOT_WRITTEN,
        name=Path(error.filename).name if isinstance(error.filename, str) else "",
        detail=reason,
    )


def _check(files: Sequence[Rewritten]) -> None:
    for file in files:
        if len(file.after.encode()) > LARGEST:
            raise ExchangeError(
                f"The phrases would make {file.path.name} larger than {LARGEST // 1_000_000} MB; "
                "split the file they come from.",
                fault=ExchangeFault.TOO_LARGE,
                name=file.path.name,
                detail=f"{LARGEST // 1_000_000} MB",
            )


def _write(files: Sequence[Rewritten], attached: Mapping[Path, bytes], record: Path) -> None:
    """Write all of *files*; where one cannot be written those before it are put back and all is as it was."""
    written: list[Rewritten] = []
    try:
        put(attached)
        for file in files:
            replace_text(file.path, file.after)
            written.append(file)
    except OSError:
        for file in written:
            _put_back(file)
        take_away(tuple(attached))
        record.unlink()
        raise


def _put_back(file: Rewritten) -> None:
    if file.before is None:
        file.path.unlink()
    else:
        replace_text(file.path, file.before)


def _undo(file: Rewritten) -> tuple[int, int]:
    """Put *file* back; how many phrases that were, and how many had been changed since and stay."""
    now = text_of(file.path) if file.path.exists() else None
    if now == file.after:
        _put_back(file)
        return file.phrases, 0
    if now is None or now == file.before:
        return 0, 0
    return _undo_phrases(file, now)


def _undo_phrases(file: Rewritten, now: str) -> tuple[int, int]:
    """Put back those phrases of *file* that are still as the import left them."""
    before, after = _phrases(file.path, file.before), _phrases(file.path, file.after)
    touched = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    current = read_pack_file(file.path, now)
    held = current.phrases()
    back = {key: before.get(key) for key in touched if held.get(key) == after.get(key)}
    gone = [phrase for key in back if (phrase := before.get(key)) is not None and key not in held]
    replace_text(file.path, edit(current, {key: old for key, old in back.items() if key in held}, gone))
    return len(back), len(touched) - len(back)


def _phrases(path: Path, text: str | None) -> dict[PhraseId, Phrase]:
    return {} if text is None else read_pack_file(path, text).phrases()


def _names(path: Path, folder: Path, text: str) -> bool:
    """Whether the pack in *folder* that says *text* has *path* among what it names."""
    return path.is_relative_to(folder) and path.relative_to(folder).as_posix() in text


def _read_record(record: Path, folder: Path) -> _Record:
    try:
        document = json.loads(record.read_text(encoding="utf-8"))
        return _Record(
            name=str(document["name"]),
            at=datetime.fromisoformat(document["at"]),
            files=tuple(
                Rewritten(
                    path=folder / each["path"],
                    phrases=each["phrases"],
                    before=each["before"],
                    after=each["after"],
                )
                for each in document["files"]
            ),
            # records of before know of nothing attached
            attached={folder / path: str(digest) for path, digest in document.get("attached", {}).items()},
        )
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ExchangeError(
            f"The record of the last change cannot be read; remove {record} to get at the one before.",
            fault=ExchangeFault.DAMAGED,
            name=record.name,
        ) from error
