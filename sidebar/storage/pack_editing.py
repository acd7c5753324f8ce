"""Phrases exchanged, added and taken out in a pack file, the rest of its text left as its owner wrote it.

Of a phrase that is exchanged only the keys that differ are written anew, so that the comments and the
spelling of the others stay; where it is not written in lines of its own keys, the whole of it is.
Whatever was written is read again before it is believed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Phrase
from sidebar.errors import ExchangeError, ExchangeFault
from sidebar.storage.item_lines import indent_of, item_end, item_with, own_end
from sidebar.storage.located_yaml import Fields, Flaw, Items, Scalar, Value, read_yaml
from sidebar.storage.pack_text import entry_lines, item_text, pack_text
from sidebar.storage.phrase_documents import document_of
from sidebar.storage.phrase_fields import read_phrase

_NONE_YET = "[]"
_HEAD = re.compile(r"^phrases\s*:", re.MULTILINE)


class Placed(NamedTuple):
    """A phrase, the line of its first key, from 1, and the line of each key."""

    phrase: Phrase
    line: int
    keys: tuple[tuple[str, int], ...]


class PackFile(NamedTuple):
    """The text of a pack file and the phrases in it; `whole` where all of it could be read.

    `hides` are the shipped phrases that it takes out of sight. `heads` are the file's own keys with
    their lines.
    """

    path: Path
    text: str
    name: str
    language: str
    placed: tuple[Placed, ...]
    whole: bool
    hides: tuple[PhraseId, ...] = ()
    heads: tuple[tuple[str, int], ...] = ()

    def phrases(self) -> dict[PhraseId, Phrase]:
        """The phrases by id, the first where two have one."""
        return {placed.phrase.id: placed.phrase for placed in reversed(self.placed)}

    def item(self, phrase: PhraseId) -> str:
        """The lines of the phrase with that id as they stand there; '' where it has none of its own."""
        lines = self.text.splitlines(keepends=True)
        starts = (placed.line - 1 for placed in self.placed if placed.phrase.id == phrase)
        start = next(starts, None)
        if start is None or not _begins_item(lines[start]):
            return ""
        return "".join(lines[start : item_end(lines, start)])


def read_pack_file(path: Path, text: str) -> PackFile:
    """The pack that *text* is, or would be at *path*; what cannot be read of it makes it not whole."""
    try:
        document = read_yaml(text.removeprefix("\ufeff"))
    except Flaw:
        document = None
    pairs = document.pairs if isinstance(document, Fields) else ()
    fields = {key.text: value for key, value in pairs}
    items = fields.get("phrases")
    placed: list[Placed] = []
    whole = isinstance(items, Items)
    for value in items.values if isinstance(items, Items) else ():
        try:
            phrase = read_phrase(value, folder=path.parent)
        except Flaw:
            whole = False
        else:
            placed.append(Placed(phrase, value.line, _keys(value)))
    name, language = (_word(fields.get(key)) for key in ("pack", "language"))
    return PackFile(
        path,
        text,
        name or path.stem,
        language,
        tuple(placed),
        whole,
        tuple(hidden_ids(fields.get("hides"))),
        tuple((key.text, key.line) for key, _ in pairs),
    )


def pack_name(path: Path, text: str) -> str:
    """What the pack is called, told without reading its phrases."""
    return read_pack_file(path, _HEAD.split(text, maxsplit=1)[0] + "\nphrases: []\n").name


def hidden_ids(value: Value | None) -> Iterator[PhraseId]:
    """The ids in a pack's list of what it hides; what is no id there hides nothing."""
    for item in value.values if isinstance(value, Items) else ():
        if isinstance(item, Scalar) and item.text.strip():
            yield PhraseId(item.text.strip())


def edit(file: PackFile, changes: Mapping[PhraseId, Phrase | None], added: Sequence[Phrase] = ()) -> str:
    """The text of *file* with the phrases of *changes* in place of those of their ids, None for none.

    Where that cannot be done in place, the file is written anew. Raises `ExchangeError` where
    mistakes in it would make that a loss.
    """
    text = edit_in_place(file, changes, added)
    if text is not None:
        return text
    if not file.whole:
        raise flawed(file.path)
    return pack_text(
        file.name,
        _wanted(file, changes, added),
        language=file.language,
        hides=file.hides,
        folder=file.path.parent,
    )


def edit_in_place(
    file: PackFile, changes: Mapping[PhraseId, Phrase | None], added: Sequence[Phrase] = ()
) -> str | None:
    """As `edit`, but None where other lines than those of the phrases would have to be written."""
    if not (changes or added):
        return file.text
    phrases = _wanted(file, changes, added)
    for exchanged in (_by_keys, _whole):
        text = _in_place(file, changes, added, exchanged)
        if text is not None and _holds(file, text, phrases, file.hides):
            return text
    return None


def hide(file: PackFile, hidden: Sequence[PhraseId]) -> str | None:
    """The text of *file* with just these ids in its list of what it hides; None where it has no place."""
    if tuple(hidden) == file.hides:
        return file.text
    lines = file.text.splitlines(keepends=True)
    heads = dict(file.heads)
    at = heads.get("hides", heads.get("phrases", 0)) - 1
    if at < 0 or indent_of(lines[at].removeprefix("\ufeff")):
        return None
    after = [line for _, line in file.heads if line > at + 1]
    end = at if "hides" not in heads else own_end(lines, at, min(after, default=len(lines) + 1) - 1)
    lines[at:end] = [line + _ending(lines) for line in entry_lines("hides", [*hidden], "")] if hidden else []
    text = "".join(lines)
    return text if _holds(file, text, [each.phrase for each in file.placed], tuple(hidden)) else None


def insert_item(file: PackFile, item: str, phrase: Phrase, after: PhraseId | None) -> str | None:
    """The text of *file* with *phrase*, whose own lines are *item*, behind the phrase with the id *after*.

    With None it comes first. None where those lines do not make that phrase there.
    """
    ids = [each.phrase.id for each in file.placed]
    at = ids.index(after) + 1 if after in ids and after is not None else 0
    lines = file.text.splitlines(keepends=True)
    if at:
        place = item_end(lines, file.placed[at - 1].line - 1)
    elif file.placed:
        place = file.placed[0].line - 1
    else:
        return None
    if place and not lines[place - 1].endswith(("\n", "\r")):
        lines[place - 1] += _ending(lines)
    lines[place:place] = [item if item.endswith(("\n", "\r")) else item + _ending(lines)]
    text = "".join(lines)
    phrases = [each.phrase for each in file.placed]
    return text if _holds(file, text, [*phrases[:at], phrase, *phrases[at:]], file.hides) else None


def flawed(path: Path) -> ExchangeError:
    """Why *path* is not written to."""
    return ExchangeError(
        f"{path} has mistakes in it and is better not touched; mend them first.",
        fault=ExchangeFault.FLAWED_PACK,
        name=path.name,
    )


def _wanted(
    file: PackFile, changes: Mapping[PhraseId, Phrase | None], added: Sequence[Phrase]
) -> list[Phrase]:
    wanted = (changes.get(each.phrase.id, each.phrase) for each in file.placed)
    return [*(phrase for phrase in wanted if phrase is not None), *added]


def _holds(file: PackFile, text: str, phrases: Sequence[Phrase], hides: tuple[PhraseId, ...]) -> bool:
    """Whether *text*, read again, is just what was meant."""
    edited = read_pack_file(file.path, text)
    return (
        edited.whole is file.whole
        and [each.phrase for each in edited.placed] == list(phrases)
        and (edited.name, edited.language, edited.hides) == (file.name, file.language, hides)
    )


_Exchanged = Callable[[Sequence[str], Placed, Phrase, Path], "list[str] | None"]


def _in_place(
    file: PackFile,
    changes: Mapping[PhraseId, Phrase | None],
    added: Sequence[Phrase],
    exchanged: _Exchanged,
) -> str | None:
    """The edited text, to be read again before it is believed; None where it is not written in lines."""
    lines = file.text.splitlines(keepends=True)
    ending, folder = _ending(lines), file.path.parent
    if not file.placed:
        return _begun(file, lines, added)
    if any(not _begins_item(lines[each.line - 1]) for each in file.placed):
        return None
    indent = indent_of(lines[file.placed[-1].line - 1])
    end = item_end(lines, file.placed[-1].line - 1)
    if added and not lines[end - 1].endswith(("\n", "\r")):
        lines[end - 1] += ending
    lines[end:end] = _items(added, indent, folder, ending)
    for placed in reversed(file.placed):
        if placed.phrase.id not in changes:
            continue
        after, start = changes[placed.phrase.id], placed.line - 1
        stop = item_end(lines, start)
        told = [] if after is None else exchanged(lines[start:stop], placed, after, folder)
        if told is None:
            return None
        lines[start:stop] = [line if line.endswith(("\n", "\r")) else line + ending for line in told]
    if not _wanted(file, changes, added):
        return _emptied(file, lines)
    return "".join(lines)


def _by_keys(lines: Sequence[str], placed: Placed, after: Phrase, folder: Path) -> list[str] | None:
    before = document_of(placed.phrase, folder)
    return item_with(lines, placed.line, placed.keys, before, document_of(after, folder))


def _whole(lines: Sequence[str], _placed: Placed, after: Phrase, folder: Path) -> list[str] | None:
    return item_text(after, indent=indent_of(lines[0]), folder=folder).split("\n")


def _items(phrases: Iterable[Phrase], indent: int, folder: Path, ending: str) -> list[str]:
    return [
        line + ending
        for phrase in phrases
        for line in item_text(phrase, indent=indent, folder=folder).split("\n")
    ]


def _begun(file: PackFile, lines: list[str], added: Sequence[Phrase]) -> str | None:
    """The text with the first phrases in a list that is written as having none."""
    at = dict(file.heads).get("phrases", 0) - 1
    ending = _ending(lines)
    if at < 0 or not added or not lines[at].partition("#")[0].rstrip().endswith(f": {_NONE_YET}"):
        return None
    head = lines[at].replace(f" {_NONE_YET}", "", 1).rstrip("\r\n")
    lines[at : at + 1] = [head + ending, *_items(added, 2, file.path.parent, ending)]
    return "".join(lines)


def _emptied(file: PackFile, lines: list[str]) -> str | None:
    """The text with a list that says it has no phrases."""
    at = dict(file.heads).get("phrases", 0) - 1
    if at < 0 or "phrases:" not in lines[at]:
        return None
    lines[at] = lines[at].replace("phrases:", f"phrases: {_NONE_YET}", 1)
    return "".join(lines)


def _keys(value: Value) -> tuple[tuple[str, int], ...]:
    return tuple((key.text, key.line) for key, _ in value.pairs) if isinstance(value, Fields) else ()


def _begins_item(line: str) -> bool:
    return line.lstrip(" ").startswith("- ")


def _ending(lines: Sequence[str]) -> str:
    """How the lines of the file end."""
    return "\r\n" if lines and lines[0].endswith("\r\n") else "\n"


def _word(value: object) -> str:
    return value.text.strip() if isinstance(value, Scalar) and value.kind in ("str", "int") else ""
