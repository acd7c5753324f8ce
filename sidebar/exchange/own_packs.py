"""Our own packs, brought in from elsewhere: one file, or a folder or archive with pictures and files."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from sidebar.domain.file_names import FOLDERS, PACK_ENDINGS
from sidebar.errors import ExchangeError, RowFault
from sidebar.exchange.drafts import Draft, Reading, Remark, of_sheet, remark
from sidebar.exchange.enclosed import NO_FILES, Files, FilesBeside
from sidebar.exchange.sources import Bundle, Source
from sidebar.storage.located_yaml import Fields, Flaw, Items, Value
from sidebar.storage.packs import reason_of
from sidebar.storage.phrase_documents import document_of
from sidebar.storage.phrase_fields import read_phrase

_PHRASES = re.compile(r"^phrases\s*:", re.MULTILINE)


def recognise(source: Source) -> Reading | None:
    """The pack that *source* is; raises `ExchangeError`."""
    phrases = _phrases_of(source)
    if phrases is None:
        return None
    return Reading(
        format="sidebar",
        rows=_drafts(phrases.values),
        encoding=source.encoding,
        total=len(phrases.values),
        files=NO_FILES if source.folder is None else FilesBeside(source.folder),
    )


def recognise_bundle(bundle: Bundle) -> Reading | None:
    """The packs of a folder or archive; of several one that cannot be read costs only itself."""
    found = [
        (path, source)
        for path, source in bundle.ending(*PACK_ENDINGS)
        if not {*FOLDERS.values()} & {*path.split("/")[:-1]}
        and source.mentions(":")
        and _PHRASES.search(source.text)
    ]
    if not found:
        return None
    if len(found) == 1:
        ((path, source),) = found
        reading = recognise(source)
        return reading and replace(reading, rows=_from(path, reading.rows), files=Files(bundle.files))
    encodings = {source.encoding for _, source in found}
    return Reading(
        format="sidebar",
        rows=chain.from_iterable(of_sheet(path, _pack(path, source)) for path, source in found),
        encoding=encodings.pop() if len(encodings) == 1 else None,
        files=Files(bundle.files),
    )


def _pack(path: str, source: Source) -> Iterator[Draft | Remark]:
    try:
        phrases = _phrases_of(source)
    except ExchangeError as error:
        yield remark(1, RowFault.NOT_READABLE, error.detail)
        return
    if phrases is not None:
        yield from _from(path, _drafts(phrases.values))


def _from(path: str, rows: Iterable[Draft | Remark]) -> Iterator[Draft | Remark]:
    """*rows* of the pack at *path* of a bundle, beside which lies all that they have."""
    folder = path.rpartition("/")[0]
    for row in rows:
        if isinstance(row, Remark):
            yield row
            continue
        names = (f"{folder}/{each.path}" if folder else each.path for each in row.attachments)
        attached = (replace(each, path=name) for each, name in zip(row.attachments, names, strict=True))
        yield replace(row, attachments=tuple(attached), all_attached=True)


def _phrases_of(source: Source) -> Items | None:
    if not _PHRASES.search(source.text) or not isinstance(source.yaml, Fields):
        return None
    phrases = (value for key, value in source.yaml.pairs if key.text == "phrases")
    return next((value for value in phrases if isinstance(value, Items)), None)


def _drafts(values: Iterable[Value]) -> Iterator[Draft | Remark]:
    for value in values:
        try:
            phrase = read_phrase(value)
        except Flaw as flaw:
            yield Remark(flaw.line or value.line, flaw.fault, flaw.detail, reason_of(flaw))
            continue
        document: dict[str, object] = dict(document_of(phrase))
        body = str(document.pop("body", ""))
        attached = () if phrase.details is None else phrase.details.attachments
        yield Draft(
            row=value.line,
            body=body,
            more=document,
            attachments=attached,
            all_attached=bool(attached),
            whole=True,
        )
