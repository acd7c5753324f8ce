"""Phrases exchanged, added and taken out in a pack file, the rest of its text left as its owner wrote it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Phrase
from sidebar.errors import ExchangeError, ExchangeFault
from sidebar.storage.located_yaml import Fields, Flaw, Items, Scalar, read_yaml
from sidebar.storage.pack_text import item_text, pack_text
from sidebar.storage.phrase_fields import read_phrase


class Placed(NamedTuple):
    """A phrase and the line of its first key, from 1."""

    phrase: Phrase
    line: int


class PackFile(NamedTuple):
    """The text of a pack file and the phrases in it; `whole` where all of it could be read."""

    path: Path
    text: str
    name: str
    language: str
    placed: tuple[Placed, ...]
    whole: bool

    def phrases(self) -> dict[PhraseId, Phrase]:
        """The phrases by id, the first where two have one."""
        return {placed.phrase.id: placed.phrase for placed in reversed(self.placed)}


def read_pack_file(path: Path, text: str) -> PackFile:
    """The pack that *text* is, or would be at *path*; what cannot be read of it makes it not whole."""
    try:
        document = read_yaml(text.removeprefix("\ufeff"))
    except Flaw:
        document = None
    fields = {key.text: value for key, value in document.pairs} if isinstance(document, Fields) else {}
    items = fields.get("phrases")
    placed: list[Placed] = []
    whole = isinstance(items, Items)
    for value in items.values if isinstance(items, Items) else ():
        try:
            placed.append(Placed(read_phrase(value, folder=path.parent), value.line))
        except Flaw:
            whole = False
    name, language = (_word(fields.get(key)) for key in ("pack", "language"))
    return PackFile(path, text, name or path.stem, language, tuple(placed), whole)


def edit(file: PackFile, changes: Mapping[PhraseId, Phrase | None], added: Sequence[Phrase] = ()) -> str:
    """The text of *file* with the phrases of *changes* in place of those of their ids, None for none.

    Raises `ExchangeError` where mistakes in the file would make that a loss.
    """
    wanted = [changes.get(each.phrase.id, each.phrase) for each in file.placed]
    phrases = [*(phrase for phrase in wanted if phrase is not None), *added]
    text = _in_place(file, changes, added)
    if text is not None:
        edited = read_pack_file(file.path, text)
        if edited.whole is file.whole and [each.phrase for each in edited.placed] == phrases:
            return text
    if not file.whole:
        raise flawed(file.path)
    return pack_text(file.name, phrases, language=file.language, folder=file.path.parent)


def flawed(path: Path) -> ExchangeError:
    """Why *path* is not written to."""
    return ExchangeError(
        f"{path} has mistakes in it and is better not touched; mend them first.",
        fault=ExchangeFault.FLAWED_PACK,
        name=path.name,
    )


def _in_place(
    file: PackFile, changes: Mapping[PhraseId, Phrase | None], added: Sequence[Phrase]
) -> str | None:
    """The edited text, to be read again before it is believed; None where it is not written in lines."""
    lines = file.text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if not file.placed:
        return None
    end = _end(lines, file.placed[-1].line - 1)
    indent = _indent(lines[file.placed[-1].line - 1])
    lines[end:end] = [
        line for phrase in added for line in _lines(phrase, indent=indent, folder=file.path.parent)
    ]
    for phrase, line in reversed(file.placed):
        start = line - 1
        if not lines[start].lstrip().startswith("- "):
            return None
        if phrase.id in changes:
            after = changes[phrase.id]
            told = (
                [] if after is None else _lines(after, indent=_indent(lines[start]), folder=file.path.parent)
            )
            lines[start : _end(lines, start)] = told
    return "\n".join(lines)


def _lines(phrase: Phrase, *, indent: int, folder: Path) -> list[str]:
    return item_text(phrase, indent=indent, folder=folder).split("\n")


def _end(lines: Sequence[str], start: int) -> int:
    """Where the item that begins at *start* ends; comments and empty lines behind it are not its own."""
    margin = _indent(lines[start])
    end = last = start + 1
    for at in range(start + 1, len(lines)):
        line = lines[at]
        if line.strip() and _indent(line) <= margin:
            if not line.lstrip().startswith("#"):
                break
        elif line.strip():
            last = at + 1
        end = at + 1
    return min(last, end)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _word(value: object) -> str:
    return value.text.strip() if isinstance(value, Scalar) and value.kind in ("str", "int") else ""
