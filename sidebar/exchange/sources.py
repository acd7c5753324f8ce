"""What is to be read, whole and within bounds: one file, or the files of a folder or a zip archive."""

import io
import json
import os
import re
import stat
import zipfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from sidebar.errors import ExchangeFault, PackFault
from sidebar.exchange.encodings import decode
from sidebar.exchange.refusals import DAMAGE, damaged, refusal, stem
from sidebar.storage.located_yaml import Flaw, Value, read_yaml

LARGEST = 64_000_000
"""Bytes of one file."""
UNPACKED = 256_000_000
"""Bytes of a folder, of an archive and of what it may unfold into: a workbook of 100,000 rows is a
fifth of it, and some hundred pictures are."""
_FILES = 20_000
_MEGABYTE = 1_000_000
_ZIP = b"PK\x03\x04"
_DRIVE = re.compile(r"[A-Za-z]:")


class Source:
    """One file: its `content`, and what that is as `text`, `json` and `yaml`, all read when first asked."""

    def __init__(self, name: str, content: bytes | Path, *, folder: Path | None = None) -> None:
        """*content*, or where it is read. *folder* is where the file lies alone, and not with others."""
        self.name = name
        self.folder = folder
        self._content = content

    @cached_property
    def content(self) -> bytes:
        """All of it; raises `ExchangeError` where it cannot be read any more."""
        if isinstance(self._content, bytes):
            return self._content
        try:
            return self._content.read_bytes()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise refusal(self.name, ExchangeFault.NOT_READABLE, reason) from error

    @property
    def stem(self) -> str:
        return stem(self.name)

    @cached_property
    def _decoded(self) -> tuple[str, str]:
        decoded = decode(self.content)
        if decoded is None:
            raise refusal(self.name, ExchangeFault.NO_ENCODING)
        return decoded

    @property
    def text(self) -> str:
        """The content as text; raises `ExchangeError` where its encoding cannot be told."""
        return self._decoded[0]

    def mentions(self, words: str) -> bool:
        """Whether this is a text with *words* in it."""
        return decode(self.content) is not None and words in self.text

    @property
    def encoding(self) -> str:
        return self._decoded[1]

    @cached_property
    def json(self) -> object:
        """The JSON document of a text that begins like one, else None; raises `ExchangeError`."""
        if not self.text.lstrip().startswith(("{", "[")):
            return None
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError) as error:
            raise refusal(self.name, ExchangeFault.DAMAGED, f"JSON: {error}") from error

    @cached_property
    def yaml(self) -> Value | None:
        """The YAML document of the text, its values with their lines; raises `ExchangeError`."""
        try:
            return read_yaml(self.text)
        except Flaw as flaw:
            if flaw.fault is PackFault.ALIAS:
                raise refusal(self.name, ExchangeFault.ALIAS, flaw.detail) from flaw
            where = f"YAML, line {flaw.line}: {flaw.detail or flaw.fault}"
            raise refusal(self.name, ExchangeFault.DAMAGED, where) from flaw


class Bundle:
    """The files of a folder or an archive, by their paths with `/` between the parts."""

    def __init__(self, name: str, files: dict[str, Source]) -> None:
        self.name = name
        self.files = files

    @property
    def stem(self) -> str:
        return stem(self.name)

    def ending(self, *endings: str) -> Iterator[tuple[str, Source]]:
        """The files with one of these endings, by path."""
        for path in sorted(self.files):
            if path.lower().endswith(endings):
                yield path, self.files[path]


def open_source(path: Path) -> Source | Bundle:
    """What is at *path*; raises `ExchangeError`."""
    try:
        if path.is_dir():
            return Bundle(path.resolve().name, dict(_folder(path)))
        if not path.is_file():
            # a pipe or device is not waited on for ever
            raise refusal(path.name, ExchangeFault.NOT_READABLE, "there is no such file")
        with path.open("rb") as stream:
            most = UNPACKED if stream.read(len(_ZIP)) == _ZIP else LARGEST
        if path.stat().st_size > most:
            raise refusal(path.name, ExchangeFault.TOO_LARGE, f"{most // _MEGABYTE} MB")
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise refusal(path.name, ExchangeFault.NOT_READABLE, reason) from error
    return of_content(path.name, content, folder=path.parent)


def of_content(name: str, content: bytes, *, folder: Path | None = None) -> Source | Bundle:
    """What *content* is, that of a file in *folder*: a workbook stays one file though it is an archive."""
    if not content.strip(b"\0 \t\r\n"):
        raise refusal(name, ExchangeFault.EMPTY)
    if not content.startswith(_ZIP):
        return Source(name, content, folder=folder)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_members(name, archive)
            if "[Content_Types].xml" in archive.namelist():
                return Source(name, content)
            return Bundle(name, dict(_members(archive)))
    except (*DAMAGE, OSError, RuntimeError) as error:
        raise damaged(name, error) from error


def _folder(folder: Path) -> Iterator[tuple[str, Source]]:
    left, count = UNPACKED, 0
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith(".git"))
        for path in (Path(parent, each) for each in sorted(names)):
            if path.is_symlink() or not path.is_file():
                continue
            left, count = left - path.stat().st_size, count + 1
            if left < 0:
                raise refusal(folder.name, ExchangeFault.TOO_LARGE, f"{UNPACKED // _MEGABYTE} MB")
            if count > _FILES:
                raise refusal(folder.name, ExchangeFault.TOO_MANY, f"{_FILES} files")
            shown = path.relative_to(folder).as_posix()
            yield shown, Source(shown, path)


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, Source]]:
    for member in archive.infolist():
        link = stat.S_ISLNK(member.external_attr >> 16)
        if not (member.is_dir() or link or member.filename.startswith("__MACOSX/")):
            path = member.filename.replace("\\", "/")  # as some programs on Windows write them
            yield path, Source(path, archive.read(member))


def _check_members(name: str, archive: zipfile.ZipFile) -> None:
    """Refuse what no honest archive of phrases is, by its table of contents; that bounds what is unfolded."""
    members = archive.infolist()
    if len(members) > _FILES:
        raise refusal(name, ExchangeFault.TOO_MANY, f"{_FILES} files")
    if sum(member.file_size for member in members) > UNPACKED:
        raise refusal(name, ExchangeFault.BOMB, f"{UNPACKED // _MEGABYTE} MB")
    for member in members:
        path = member.filename
        if path.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", path) or _DRIVE.match(path):
            raise refusal(name, ExchangeFault.OUTSIDE, path)
        if member.flag_bits & 1:
            raise refusal(name, ExchangeFault.LOCKED)
