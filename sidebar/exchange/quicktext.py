"""QuickText's folder or archive: an index of categories and a file of phrases for each."""

import re
from collections.abc import Iterable, Iterator, Mapping
from re import Match

from sidebar.errors import ExchangeError, ExchangeFault, RowFault
from sidebar.exchange.drafts import Draft, Reading, Remark, picture, remark
from sidebar.exchange.enclosed import Files
from sidebar.exchange.places import CURSOR, DATE, TIME, Asked, Meaning, Places, translate
from sidebar.exchange.refusals import refusal
from sidebar.exchange.sources import Bundle, Source

_PLACE = re.compile(r"\{(?P<name>[^{}:=|+\-\n]+)(?P<rest>(?:[:=|+\-][^{}\n]*)?)\}")
_OURS = {"光标": CURSOR, "cursor": CURSOR, "日期": DATE, "date": DATE, "时间": TIME, "time": TIME}
_THEIRS = frozenset(("剪贴板", "clipboard", "片段", "snippet", "uuid", "随机数", "random"))
_COLOURS = frozenset(("red", "orange", "yellow", "green", "blue", "purple", "grey", "gray"))
_DELIVERIES = {"paste": "insert", "paste-enter": "send", "copy": "copy"}


def recognise(source: Source) -> Reading | None:
    """One category's file; the index alone has no phrases. Raises `ExchangeError`."""
    document = source.json
    if (
        isinstance(document, dict)
        and "categories" in _lowered(document)
        and "schemaversion" in _lowered(document)
    ):
        raise refusal(source.name, ExchangeFault.INCOMPLETE, "its index names the files")
    if not _is_category(document):
        return None
    rows = _phrases([(source.stem, "", document)])
    return Reading(format="quicktext", rows=rows, encoding=source.encoding)


def recognise_bundle(bundle: Bundle) -> Reading | None:
    """The categories that the index names, in its order; one whose file is gone is told of."""
    for path, source in bundle.ending("index.json"):
        document = source.json if source.mentions("{") else None
        index = _lowered(document) if isinstance(document, dict) else {}
        if isinstance(index.get("categories"), list):
            folder = path[: -len("index.json")]
            return Reading(
                format="quicktext",
                rows=_phrases(_categories(bundle, folder, index)),
                encoding=source.encoding,
                files=Files(bundle.files),
            )
    return None


def _is_category(document: object) -> bool:
    entries = document if isinstance(document, list) else []
    return any(isinstance(entry, dict) and {"abbr", "body"} <= set(_lowered(entry)) for entry in entries)


def _categories(
    bundle: Bundle, folder: str, index: Mapping[str, object]
) -> Iterator[tuple[str, str, object]]:
    categories = index["categories"]
    assert isinstance(categories, list)
    for entry in categories:
        known = _lowered(entry) if isinstance(entry, dict) else {}
        name = _word(known, "name") or _word(known, "file")
        source = bundle.files.get(folder + (_word(known, "file") or f"{name}.json"))
        try:
            yield name, _word(known, "color").lower(), None if source is None else source.json
        except ExchangeError:
            yield name, "", None


def _phrases(categories: Iterable[tuple[str, str, object]]) -> Iterator[Draft | Remark]:
    row = 0
    for name, colour, document in categories:
        if not isinstance(document, list):
            row += 1
            yield remark(row, RowFault.NOT_READABLE, f"the file of {name}")
            continue
        for entry in document:
            row += 1
            if isinstance(entry, dict):
                yield _phrase(row, name, colour, _lowered(entry))
            else:
                yield remark(row, RowFault.NOT_READABLE, "not an object")


def _phrase(row: int, category: str, colour: str, entry: Mapping[str, object]) -> Draft | Remark:
    image = _word(entry, "imagepath").strip()
    body = _word(entry, "body")
    if not (body.strip() or image):
        return remark(row, RowFault.NO_TEXT)
    notes: list[Remark] = []
    more: dict[str, object] = {}
    if entry.get("usevariables") is True:
        translated = translate(body, Places(pattern=_PLACE, meaning=_meaning))
        body = translated.body
        more |= translated.more
        notes.extend(remark(row, RowFault.KEPT_AS_TEXT, kept) for kept in translated.kept)
    if colour in _COLOURS:
        more["colour"] = "grey" if colour == "gray" else colour
    delivery = _DELIVERIES.get(_word(entry, "outputmode"))
    if delivery:
        more["clients"] = {"any": {"delivery": delivery}}
    return Draft(
        row=row,
        body=body,
        title=_word(entry, "name"),
        code=_word(entry, "abbr"),
        group=(category.strip(),) if category.strip() else (),
        source_id=_word(entry, "id"),
        attachments=(picture(image),) if image else (),
        more=more,
        notes=tuple(notes),
    )


def _meaning(place: Match[str]) -> Meaning:
    """`{名}`, `{名:默认}` and `{名|a|b}` are asked for; a date that is reckoned on stays as it is written."""
    name, rest = place["name"].strip(), place["rest"]
    known = name.casefold()
    if known in _OURS:
        return None if rest else _OURS[known]
    if known in _THEIRS or rest.startswith(("+", "-", "=")):
        return None
    if rest.startswith("|"):
        choices = tuple(dict.fromkeys(part.strip() for part in rest[1:].split("|") if part.strip()))
        return Asked(name=name, choices=choices) if choices else None
    return Asked(name=name, default=rest[1:])


def _lowered(document: Mapping[str, object]) -> dict[str, object]:
    return {str(key).lower(): value for key, value in document.items()}


def _word(document: Mapping[str, object], key: str) -> str:
    value = document.get(key)
    return value if isinstance(value, str) else ""
