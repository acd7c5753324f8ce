"""Phrase packs from YAML files: what can be read is, and what cannot is reported by file and line.

A pack is a mapping with `phrases` (a list, see `domain.phrases.Phrase` for the keys) and, if
wanted, `pack` (its name, else the file's), `language` and `hides` (ids of shipped phrases that are
not to be seen). One broken phrase costs that phrase, broken YAML that file. A phrase of the user's
own takes the place of a shipped one with its id, and one in `EDITED` that of any other.
"""

import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.lean import dataclass
from sidebar.domain.nesting import loop_of, nested_in, unknown_in
from sidebar.domain.phrases import Pack, Phrase
from sidebar.errors import PackError, PackFault
from sidebar.storage.conflict_copies import marked_original, presumed_original
from sidebar.storage.forms import Form
from sidebar.storage.known_packs import ENDINGS, ConflictCopy, LoadedPacks
from sidebar.storage.located_yaml import Fields, Flaw, Items, Scalar, Value, read_yaml
from sidebar.storage.phrase_fields import read_phrase

log = logging.getLogger(__name__)

LARGEST = 20_000_000
"""Bytes of one pack file: 50,000 phrases of a sentence each."""

EDITED = "edited.yaml"
"""The file of the editor's own in the user's folder; it is read first, so that what is in it holds."""

_PACK = frozenset(("pack", "language", "hides", "phrases"))
_QUOTES = "put it in quotes"
_REASONS = {
    PackFault.NOT_READABLE: "the file cannot be read ({detail})",
    PackFault.TOO_LARGE: f"the file is larger than {LARGEST // 1_000_000} MB; split it",
    PackFault.NOT_UTF8: "the file is not UTF-8; save it again with that encoding",
    PackFault.EMPTY: "the file is empty",
    PackFault.BROKEN_YAML: "not valid YAML here or just above: {detail}; check indentation and quotes",
    PackFault.ALIAS: "'&{detail}' or '*{detail}' refers to another place; if it is meant as text, " + _QUOTES,
    PackFault.TOO_DEEP: "lists or mappings are nested too deeply",
    PackFault.REPEATED_KEY: "'{detail}' stands here a second time",
    PackFault.UNKNOWN_KEY: "'{detail}' is not a key that means anything here",
    PackFault.MISSING: "'{detail}' is missing or empty",
    PackFault.NOT_TEXT: "'{detail}' must be text; if it begins with {{ or [ or looks like a number, "
    + _QUOTES,
    PackFault.NOT_A_LIST: "'{detail}' must be a list",
    PackFault.NOT_A_MAPPING: "the {detail} must consist of 'key: value' lines",
    PackFault.NOT_YES_OR_NO: "'{detail}' must be true or false",
    PackFault.UNKNOWN_VALUE: "there is no {detail}",
    PackFault.BAD_CHARACTER: "a control character or line break that does not belong here ({detail})",
    PackFault.BAD_HOTKEY: "not a usable hotkey: {detail}; write it like ctrl+alt+9",
    PackFault.BAD_DURATION: "not a length of time: {detail}; write it like 2h, 30min or 1d",
    PackFault.REPEATED_ID: "another phrase has the id '{detail}' already; this one is left out",
    PackFault.REPEATED_CODE: "another phrase has the code '{detail}' already",
    PackFault.REPEATED_HOTKEY: "another phrase has the hotkey '{detail}' already",
    PackFault.BAD_FIELD: "'{detail}' cannot name a field: it means something else, or has {{ }} | or : in it",
    PackFault.BAD_DEFAULT: "'{detail}' is nothing for a field of this type",
    PackFault.TOO_MANY: "there are too many {detail}; three are the most",
    PackFault.OUTSIDE: "'{detail}' does not lie in the pack's folder; put it there and write only its name",
    PackFault.NO_FILE: "there is no file '{detail}'; until it is there the phrase cannot be inserted",
    PackFault.UNKNOWN_PHRASE: "there is no phrase '{detail}' to put in here",
    PackFault.NESTED_IN_ITSELF: "the phrase has itself in it again: {detail}",
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A phrase and where it begins; lines count from 1."""

    phrase: Phrase
    file: Path
    line: int


@dataclass(frozen=True, slots=True)
class PackRead:
    """A pack file as read: its pack without phrases yet, the phrases with their places."""

    pack: Pack
    placed: tuple[Placed, ...]


def load_packs(*, shipped: Sequence[Path] = (), own: Sequence[Path] = ()) -> LoadedPacks:
    """Every pack in these folders and the folders in them; a folder that is not there has none."""
    problems: list[PackError] = []
    mine, copies = _own_files(own, problems)
    theirs = list(_files(shipped, problems, shipped=True))
    return arranged(mine, theirs, problems, copies)


def load_pack(path: Path, *, shipped: bool = False) -> LoadedPacks:
    """The pack of one file: none or one, and what is wrong with it."""
    problems: list[PackError] = []
    files = _deduplicated(read_pack(path, problems, shipped=shipped), problems)
    return LoadedPacks(packs=tuple(_pack(file, without=set()) for file in files), problems=tuple(problems))


def arranged(
    own: Iterable[PackRead],
    shipped: Iterable[PackRead],
    problems: list[PackError],
    copies: Sequence[ConflictCopy] = (),
) -> LoadedPacks:
    """The packs of these files, each id once: the user's own before the shipped, the first before others."""
    mine = _deduplicated(own, problems)
    taken = _taken(mine)
    theirs = _deduplicated(shipped, problems)
    packs = (*(_pack(file, without=set()) for file in mine), *(_pack(file, without=taken) for file in theirs))
    problems.extend(_misnested((*mine, *theirs)))
    phrases = sum(len(pack.phrases) for pack in packs)
    log.info("packs loaded packs=%d phrases=%d problems=%d", len(packs), phrases, len(problems))
    return LoadedPacks(packs=packs, problems=tuple(problems), copies=tuple(copies))


def placed_phrases(
    *, shipped: Sequence[Path] = (), own: Sequence[Path] = (), files: Sequence[Path] = ()
) -> tuple[tuple[Placed, ...], tuple[PackError, ...]]:
    """The phrases of these folders and files with their places, and what is wrong with the files.

    Of the shipped ones those are left out whose id one of the user's own has.
    """
    problems: list[PackError] = []
    named = chain.from_iterable(read_pack(path, problems, shipped=False) for path in files)
    mine = _deduplicated([*_own_files(own, problems)[0], *named], problems)
    taken = _taken(mine)
    theirs = _deduplicated(_files(shipped, problems, shipped=True), problems)
    rest = (placed for file in theirs for placed in file.placed if placed.phrase.id not in taken)
    return (*(placed for file in mine for placed in file.placed), *rest), tuple(problems)


def _taken(own: Iterable[PackRead]) -> set[PhraseId]:
    """The ids of shipped phrases that the user's own packs replace or hide."""
    files = tuple(own)
    replaced = {placed.phrase.id for file in files for placed in file.placed}
    return replaced.union(*(file.pack.hides for file in files))


def _own_files(
    folders: Iterable[Path], problems: list[PackError]
) -> tuple[list[PackRead], list[ConflictCopy]]:
    """The user's own pack files, and the conflict copies among them."""
    copies: list[ConflictCopy] = []
    paths = without_marked([path for folder in folders for path in pack_paths(folder, problems)], copies)
    read = chain.from_iterable(read_pack(path, problems, shipped=False) for path in paths)
    return without_presumed(list(read), copies), copies


def _files(folders: Iterable[Path], problems: list[PackError], *, shipped: bool) -> Iterator[PackRead]:
    for path in chain.from_iterable(pack_paths(folder, problems) for folder in folders):
        yield from read_pack(path, problems, shipped=shipped)


def without_marked(paths: Sequence[Path], copies: list[ConflictCopy]) -> list[Path]:
    """*paths* without those that their names tell for conflict copies of another; those go to *copies*."""
    known = set(paths)
    kept = []
    for path in paths:
        original = marked_original(path)
        if original in known and original is not None:
            copies.append(ConflictCopy(copy=path, original=original))
        else:
            kept.append(path)
    return kept


def without_presumed(files: Sequence[PackRead], copies: list[ConflictCopy]) -> list[PackRead]:
    """*files* without those that have a copy's name and most of the original's phrases."""
    by_path = {Path(file.pack.file): file for file in files}
    kept = []
    for path, file in by_path.items():
        original = presumed_original(path, by_path.keys())
        if original is not None and _much_the_same(file, by_path[original]):
            copies.append(ConflictCopy(copy=path, original=original))
        else:
            kept.append(file)
    return kept


def _much_the_same(one: PackRead, other: PackRead) -> bool:
    ids = {placed.phrase.id for placed in one.placed}
    common = ids & {placed.phrase.id for placed in other.placed}
    return bool(ids) and len(common) * 2 > len(ids)


def pack_paths(folder: Path, problems: list[PackError]) -> list[Path]:
    """The pack files in *folder* and the folders in it, in the order they are read."""

    def complain(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            problems.append(_unreadable(error, Path(error.filename or folder)))

    found = [
        Path(parent, name)
        for parent, _, names in os.walk(folder, onerror=complain)
        for name in names
        if name.lower().endswith(ENDINGS) and not name.startswith(".")
    ]
    return sorted(found, key=lambda path: (path != folder / EDITED, path))


def read_pack(
    path: Path, problems: list[PackError], *, shipped: bool, before: Pack | None = None
) -> Iterator[PackRead]:
    """The file at *path*, or a problem and what it was *before*, or nothing."""
    try:
        document = read_yaml(_content(path))
        if document is None:
            raise Flaw(PackFault.EMPTY, None)
        yield _file(document, path, problems, shipped=shipped, before=before)
    except (OSError, Flaw) as error:
        if isinstance(error, OSError):
            error = _as_flaw(error)
        problems.append(_problem(error, path, kept=before is not None))
        if before is not None:
            yield PackRead(before, tuple(Placed(phrase, path, 1) for phrase in before.phrases))


def _content(path: Path) -> str:
    # A pipe or device that happens to be called *.yaml would be waited on for ever.
    if not path.is_file():
        raise FileNotFoundError(0, "not a file", str(path))
    if path.stat().st_size > LARGEST:
        raise Flaw(PackFault.TOO_LARGE, None)
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Flaw(PackFault.NOT_UTF8, content.count(b"\n", 0, error.start) + 1) from error


def _file(
    document: Value, path: Path, problems: list[PackError], *, shipped: bool, before: Pack | None
) -> PackRead:
    if not isinstance(document, Fields):
        raise Flaw(PackFault.NOT_A_MAPPING, document.line, "file")
    form = Form(_known(document, path, problems), known=_PACK, what="file")
    phrases = form.need("phrases")
    if not isinstance(phrases, Items):
        raise Flaw(PackFault.NOT_A_LIST, phrases.line, "phrases")
    pack = Pack(
        name=form.name("pack") or path.stem,
        language=form.name("language"),
        hides=tuple(PhraseId(name) for name in form.names("hides")),
        shipped=shipped,
        file=str(path),
    )
    placed: list[Placed] = []
    earlier = {} if before is None else {phrase.id: phrase for phrase in before.phrases}
    for value in phrases.values:
        try:
            phrase = read_phrase(value, folder=path.parent)
        except Flaw as flaw:
            was = earlier.get(_id_of(value))
            problems.append(_problem(flaw, path, kept=was is not None))
            if was is not None:
                placed.append(Placed(was, path, value.line))
            continue
        placed.append(Placed(phrase, path, value.line))
        gone = (Flaw(PackFault.NO_FILE, value.line, name) for name in _missing(phrase))
        problems.extend(_problem(flaw, path) for flaw in gone)
    return PackRead(pack, tuple(placed))


def _id_of(value: Value) -> PhraseId:
    """The id of a phrase that is wrong otherwise, as far as it has one."""
    pairs = value.pairs if isinstance(value, Fields) else ()
    return next(
        (PhraseId(item.text.strip()) for key, item in pairs if key.text == "id" and isinstance(item, Scalar)),
        PhraseId(""),
    )


def _missing(phrase: Phrase) -> Iterator[str]:
    """The names of the attachments that are not there (any more)."""
    for attachment in phrase.details.attachments if phrase.details is not None else ():
        if not os.path.isfile(attachment.path):
            yield os.path.basename(attachment.path)


def _known(document: Fields, path: Path, problems: list[PackError]) -> Fields:
    """*document* without the keys a pack does not have: a slip there need not cost the phrases."""
    for key, _ in document.pairs:
        if key.text not in _PACK:
            problems.append(_problem(Flaw(PackFault.UNKNOWN_KEY, key.line, key.text), path))
    return Fields(tuple(pair for pair in document.pairs if pair[0].text in _PACK), document.line)


def _deduplicated(files: Iterable[PackRead], problems: list[PackError]) -> list[PackRead]:
    """The files without phrases whose id an earlier one has; a shared code or hotkey is only reported."""
    ids: set[str] = set()
    edited: set[str] = set()
    codes: set[str] = set()
    hotkeys: set[str] = set()

    def first(placed: Placed, value: str, seen: set[str], fault: PackFault) -> bool:
        if value in seen:
            problems.append(_problem(Flaw(fault, placed.line, value), placed.file))
            return False
        if value:
            seen.add(value)
        return True

    def kept(placed: Placed) -> bool:
        if placed.phrase.id in edited and placed.file.name != EDITED:
            return False
        if not first(placed, placed.phrase.id, ids, PackFault.REPEATED_ID):
            return False
        if placed.file.name == EDITED:
            edited.add(placed.phrase.id)
        first(placed, placed.phrase.code.lower(), codes, PackFault.REPEATED_CODE)
        first(placed, placed.phrase.hotkey, hotkeys, PackFault.REPEATED_HOTKEY)
        return True

    return [replace(file, placed=tuple(filter(kept, file.placed))) for file in files]


def _misnested(files: Sequence[PackRead]) -> Iterator[PackError]:
    """What is wrong with phrases that have others in them; these cannot be inserted, but stay."""
    known: dict[PhraseId, Phrase] = {}
    nesting: list[Placed] = []
    for placed in chain.from_iterable(file.placed for file in files):
        known.setdefault(placed.phrase.id, placed.phrase)
        if placed.phrase.placeholders and nested_in(placed.phrase):
            nesting.append(placed)
    for placed in nesting:
        for id in unknown_in(placed.phrase, known.get):
            yield _problem(Flaw(PackFault.UNKNOWN_PHRASE, placed.line, id), placed.file)
        if loop := loop_of(placed.phrase, known.get):
            flaw = Flaw(PackFault.NESTED_IN_ITSELF, placed.line, " → ".join(loop))
            yield _problem(flaw, placed.file)


def _pack(file: PackRead, *, without: set[PhraseId]) -> Pack:
    phrases = tuple(placed.phrase for placed in file.placed if placed.phrase.id not in without)
    return replace(file.pack, phrases=phrases)


def _as_flaw(error: OSError) -> Flaw:
    return Flaw(PackFault.NOT_READABLE, None, error.strerror or type(error).__name__)


def _unreadable(error: OSError, path: Path) -> PackError:
    return _problem(_as_flaw(error), path)


def _problem(flaw: Flaw, path: Path, *, kept: bool = False) -> PackError:
    return PackError(
        reason_of(flaw), file=path, line=flaw.line, fault=flaw.fault, detail=flaw.detail, kept=kept
    )


def reason_of(flaw: Flaw) -> str:
    """What *flaw* says, in English."""
    return _REASONS[flaw.fault].format(detail=flaw.detail)
