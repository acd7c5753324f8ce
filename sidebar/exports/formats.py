"""The door: a summary in one of the formats, as bytes or as a file."""

import errno
import os
from collections.abc import Mapping
from datetime import tzinfo
from enum import StrEnum
from pathlib import Path

from sidebar.domain.account import Summary
from sidebar.domain.identifiers import PhraseId
from sidebar.errors import ReportError, ReportFault
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

    Raises ReportError where it cannot be written.
    """
    content = render(summary, format, words=words, zone=zone, titles=titles)
    try:
        _replace(path, content)
    except OSError as error:
        raise _failure(path, error) from error


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


def _failure(path: Path, error: OSError) -> ReportError:
    fault = _FAULTS.get(error.errno or 0, ReportFault.OTHER)
    reason = error.strerror or type(error).__name__
    sentence = _SENTENCES[fault].format(path=path, folder=path.parent, reason=reason)
    return ReportError(sentence, fault=fault, file=path)


_FAULTS = {
    errno.ENOENT: ReportFault.NO_FOLDER,
    errno.ENOTDIR: ReportFault.NO_FOLDER,
    errno.EISDIR: ReportFault.IS_A_FOLDER,
    errno.EACCES: ReportFault.NO_PERMISSION,
    errno.EPERM: ReportFault.NO_PERMISSION,
    errno.EROFS: ReportFault.NO_PERMISSION,
    errno.ENOSPC: ReportFault.FULL,
    errno.EDQUOT: ReportFault.FULL,
}
_SENTENCES = {
    ReportFault.NO_FOLDER: (
        "{path} cannot be written: there is no folder {folder}; create it or choose another."
    ),
    ReportFault.IS_A_FOLDER: "{path} is a folder; give the name of a file.",
    ReportFault.NO_PERMISSION: (
        "{path} may not be written; close it where it is open, or choose a folder that is yours."
    ),
    ReportFault.FULL: "{path} cannot be written: the disk is full; free some space or choose another.",
    ReportFault.OTHER: "{path} cannot be written: {reason}.",
}
