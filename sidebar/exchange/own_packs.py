"""Our own packs, brought in from elsewhere."""

import re
from collections.abc import Iterator

from sidebar.errors import RowFault
from sidebar.exchange.drafts import Draft, Reading, Remark, remark
from sidebar.exchange.sources import Source
from sidebar.storage.located_yaml import Fields, Flaw, Items, Value
from sidebar.storage.packs import reason_of
from sidebar.storage.phrase_documents import document_of
from sidebar.storage.phrase_fields import read_phrase

_PHRASES = re.compile(r"^phrases\s*:", re.MULTILINE)


def recognise(source: Source) -> Reading | None:
    """The pack that *source* is; raises `ExchangeError`."""
    if not _PHRASES.search(source.text) or not isinstance(source.yaml, Fields):
        return None
    for key, value in source.yaml.pairs:
        if key.text == "phrases" and isinstance(value, Items):
            rows = _phrases(value.values)
            return Reading(format="sidebar", rows=rows, encoding=source.encoding, total=len(value.values))
    return None


def _phrases(values: tuple[Value, ...]) -> Iterator[Draft | Remark]:
    for value in values:
        try:
            phrase = read_phrase(value)
        except Flaw as flaw:
            yield Remark(flaw.line or value.line, flaw.fault, flaw.detail, reason_of(flaw))
            continue
        document: dict[str, object] = dict(document_of(phrase))
        body = str(document.pop("body", ""))
        attachments = () if phrase.details is None else phrase.details.attachments
        left = tuple(remark(value.line, RowFault.PICTURE_LEFT, each.path) for each in attachments)
        yield Draft(row=value.line, body=body, more=document, whole=True, notes=left)
