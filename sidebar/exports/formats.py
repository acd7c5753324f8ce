"""The door: a summary in one of the formats, as bytes or as a file."""

import errno
import os
from collections.abc import Mapping
from datetime import tzinfo
from enum import StrEnum
from pathlib import Path

from sidebar.domain.account import Summary
from sidebar.domain.identifiers import PhraseId
from sidebar.errors import UserError
from sidebar.exports.report import Words


class Format(StrEnum):
    """How a summary is written; the value is the file's ending."""

    MARKDOWN = "md"
    WORKBOOK = "xlsx"
    CSV = "csv"
    JSON = "json"


def render(
    summary: Summary,
    format: Format,
    *,
    words: Words,
    zone: tzinfo,
    titles: Mapping[PhraseId, str] | None = None,
) -> bytes:
    """*summary* in *format*, its times in *zone*; *titles* name the phrases where people read it."""
    # Each format is imported when it is asked for: the workbook's library alone costs 0.2 s.
    if format is Format.JSON:
        from sidebar.exports import json_file

        return json_file.render(summary, zone).encode(errors="replace")

    from sidebar.exports.contents import build

    report = build(summary, words=words, zone=zone, titles=titles)
    match format:
        case Format.MARKDOWN:
            from sidebar.exports import markdown

            return markdown.render(report, words).encode(errors="replace")
        case Format.CSV:
            from sidebar.exports import csv_file

            return csv_file.render(report, words).encode(errors="replace")
        case Format.WORKBOOK:
            from sidebar.exports import workbook

            return workbook.render(report, words)


def write(
    summary: Summary,
    format: Format,
    path: Path,
    *,
    words: Words,
    zone: tzinfo,
    titles: Mapping[PhraseId, str] | None = None,
) -> None:
    """Write the file *path*: whole or not at all, whatever was there before.

    Raises UserError where it cannot be written.
    """
    content = render(summary, format, words=words, zone=zone, titles=titles)
    try:
        _replace(path, content)
    except OSError as error:
        raise UserError(_sentence(path, error)) from error


def _replace(path: Path, content: bytes) -> None:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if path.exists() and not path.is_file():
        path.write_bytes(content)  # a pipe or a device is written to, not put aside
        return
    path = path.resolve()  # what a link points to is replaced, not the link
    unfinished = path.with_name(f".sidebar-{os.getpid()}.unfinished")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _sentence(path: Path, error: OSError) -> str:
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return f"{path} cannot be written: there is no folder {path.parent}; create it or choose another."
        case errno.EISDIR:
            return f"{path} is a folder; give the name of a file."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return f"{path} may not be written; close it where it is open, or choose a folder that is yours."
        case errno.ENOSPC | errno.EDQUOT:
            return f"{path} cannot be written: the disk is full; free some space or choose another."
        case _:
            return f"{path} cannot be written: {error.strerror or type(error).__name__}."
