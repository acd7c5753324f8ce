"""What an import writes: one pack in the user's folder, and a record by which it is taken back.

The record is written first. It holds each file as it was and as it became, so that after a crash
at any moment, and after later edits, exactly the import's own doing can be undone.
"""

import json
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Phrase
from sidebar.errors import ExchangeError, ExchangeFault
from sidebar.storage.conflict_copies import presumed_original
from sidebar.storage.pack_editing import PackFile, edit, flawed, read_pack_file
from sidebar.storage.pack_text import pack_text
from sidebar.storage.packs import LARGEST, pack_paths, without_marked
from sidebar.storage.replacing import replace_text

log = logging.getLogger(__name__)

_KEPT = 10
"""Records of imports; who wants to go back further has backups."""
_NAME = re.compile(r"[^\w-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """A pack file before and after an import that touched so many `phrases` of it.

    `before` is None where it was not there.
    """

    path: Path
    phrases: int
    before: str | None
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """An import that was undone; `kept` phrases had been changed since and stay as they are."""

    name: str
    phrases: int
    kept: int


class ImportStore:
    """The user's packs in *folder* as imports write them, with a record for each in *records*."""

    def __init__(self, folder: Path, records: Path) -> None:
        self._folder = folder
        self._records = records

    def bring_in(
        self, name: str, *, new: Sequence[Phrase], changed: Mapping[PhraseId, Phrase], at: datetime
    ) -> Path:
        """Write *new* and *changed* phrases and return the pack that the new ones are in.

        Raises `ExchangeError`; then nothing has changed.
        """
        home = self._folder / f"import-{_NAME.sub('-', name).strip('-')[:60] or 'phrases'}.yaml"
        try:
            files = tuple(self._rewritten(home, name, new, changed))
            self._check(files)
            self._folder.mkdir(parents=True, exist_ok=True)
            record = self._remember(name, files, at)
            _write(files, record)
        except OSError as error:
            raise _not_written(error) from error
        log.info("import written files=%d new=%d changed=%d", len(files), len(new), len(changed))
        return home

    @property
    def can_take_back(self) -> bool:
        """Whether there is a record of an import."""
        return any(self._records.glob("*.json"))

    def take_back(self) -> TakenBack:
        """Undo the last import that was not undone yet; raises `ExchangeError` where there is none."""
        try:
            record = max(self._records.glob("*.json"), default=None)
            if record is None:
                raise ExchangeError("There is no import to take back.", fault=ExchangeFault.NOTHING_TO_UNDO)
            name, files = _read_record(record, self._folder)
            counts = [_undo(file) for file in files]
            record.unlink()
        except OSError as error:
            raise _not_written(error) from error
        phrases, kept = (sum(count) for count in zip(*counts, strict=True)) if counts else (0, 0)
        log.info("import taken back files=%d phrases=%d kept=%d", len(files), phrases, kept)
        return TakenBack(name=name, phrases=phrases, kept=kept)

    def _rewritten(
        self, home: Path, name: str, new: Sequence[Phrase], changed: Mapping[PhraseId, Phrase]
    ) -> Iterator[Rewritten]:
        """Each file that is to be written: a phrase of the user's is changed where it stands.

        A shipped one that is changed becomes the user's own, beside the new ones.
        """
        files, left = tuple(self._files()), dict(changed)
        mine = {file.path: {key: left.pop(key) for key in file.phrases() if key in left} for file in files}
        at_home = (*left.values(), *new)
        for file in files:
            added = at_home if file.path == home else ()
            if mine[file.path] or added:
                after = edit(file, mine[file.path], added)
                count = len(mine[file.path]) + len(added)
                yield Rewritten(path=file.path, phrases=count, before=file.text, after=after)
        if at_home and home not in mine:
            if home.exists():
                raise flawed(home)
            after = pack_text(name, at_home, folder=home.parent)
            yield Rewritten(path=home, phrases=len(at_home), before=None, after=after)

    def _shown(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()

    def _files(self) -> Iterator[PackFile]:
        """The pack files; what may be a copy of another comes after it, so that the original is changed."""
        paths = without_marked(pack_paths(self._folder, []), [])
        for path in sorted(paths, key=lambda path: presumed_original(path, paths) is not None):
            try:
                yield read_pack_file(path, _text(path))
            except UnicodeDecodeError:
                continue  # what is not UTF-8 is not in the library either

    def _check(self, files: Sequence[Rewritten]) -> None:
        for file in files:
            if len(file.after.encode()) > LARGEST:
                raise ExchangeError(
                    f"The phrases would make {file.path.name} larger than {LARGEST // 1_000_000} MB; "
                    "split the file they come from.",
                    fault=ExchangeFault.TOO_LARGE,
                    name=file.path.name,
                    detail=f"{LARGEST // 1_000_000} MB",
                )

    def _remember(self, name: str, files: Sequence[Rewritten], at: datetime) -> Path:
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
        }
        path = self._records / f"{at:%Y%m%dT%H%M%S%f}.json"
        replace_text(path, json.dumps(document, ensure_ascii=False))
        for old in sorted(self._records.glob("*.json"))[:-_KEPT]:
            old.unlink()
        return path


def _write(files: Sequence[Rewritten], record: Path) -> None:
    """Write all of *files*; where one cannot be written those before it are put back and all is as it was."""
    written: list[Rewritten] = []
    try:
        for file in files:
            replace_text(file.path, file.after)
            written.append(file)
    except OSError:
        for file in written:
            _put_back(file)
        record.unlink()
        raise


def _put_back(file: Rewritten) -> None:
    if file.before is None:
        file.path.unlink()
    else:
        replace_text(file.path, file.before)


def _undo(file: Rewritten) -> tuple[int, int]:
    """Put *file* back; how many phrases that were, and how many had been changed since and stay."""
    now = _text(file.path) if file.path.exists() else None
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


def _read_record(record: Path, folder: Path) -> tuple[str, tuple[Rewritten, ...]]:
    try:
        document = json.loads(record.read_text(encoding="utf-8"))
        files = tuple(
            Rewritten(
                path=folder / each["path"],
                phrases=each["phrases"],
                before=each["before"],
                after=each["after"],
            )
            for each in document["files"]
        )
        return str(document["name"]), files
    except (ValueError, LookupError, TypeError) as error:
        raise ExchangeError(
            f"The record of the last import cannot be read; remove {record} to get at the one before.",
            fault=ExchangeFault.DAMAGED,
            name=record.name,
        ) from error


def _text(path: Path) -> str:
    return path.read_bytes().decode()  # with its mark, if it has one: an undo puts back every byte


def _not_written(error: OSError) -> ExchangeError:
    reason = error.strerror or type(error).__name__
    return ExchangeError(
        f"The phrases cannot be written ({reason}); look at {error.filename or 'the disk'}.",
        fault=ExchangeFault.NOT_WRITTEN,
        name=Path(error.filename).name if isinstance(error.filename, str) else "",
        detail=reason,
    )
