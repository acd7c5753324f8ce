"""AutoKey's folders: a text file for each phrase, and a JSON file that tells of it."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from re import Match

from sidebar.errors import ExchangeError, RowFault
from sidebar.exchange.drafts import Draft, Reading, Remark, remark
from sidebar.exchange.places import CURSOR, Meaning, Places, of_format, translate
from sidebar.exchange.sources import Bundle, Source

_PLACE = re.compile(r"<(?P<name>cursor|date|file|script|system)\b(?P<rest>[^<>\n]*)>")
_RUNNING = re.compile(r"<(?:script|system)\b[^<>\n]*>")
_FORMAT = re.compile(r"format=(?P<format>[^<>]*)")
_MODIFIERS = {"<ctrl>": "ctrl", "<control>": "ctrl", "<alt>": "alt", "<shift>": "shift", "<super>": "super"}
_ABBREVIATION, _HOTKEY = 1, 3


def recognise_bundle(bundle: Bundle) -> Reading | None:
    """The phrases of a folder of AutoKey's; each file that cannot be read costs only itself."""
    told = {path: source for path, source in bundle.ending(".json") if source.mentions('"type"')}
    kinds = {path: _kind(source) for path, source in told.items()}
    if not {"phrase", "script"} & set(kinds.values()):
        return None
    return Reading(format="autokey", rows=_entries(bundle, kinds), encoding="utf-8", total=len(kinds))


def _kind(source: Source) -> str:
    try:
        document = source.json
    except ExchangeError:
        return "unreadable"
    return str(document.get("type", "")) if isinstance(document, dict) else ""


def _entries(bundle: Bundle, kinds: Mapping[str, str]) -> Iterator[Draft | Remark]:
    entries = [path for path in sorted(kinds) if kinds[path] in ("phrase", "script", "unreadable")]
    for row, path in enumerate(entries, start=1):
        if kinds[path] == "script":
            yield remark(row, RowFault.RUNS_CODE, path)
        elif kinds[path] == "unreadable":
            yield remark(row, RowFault.NOT_READABLE, path)
        else:
            yield _phrase(bundle, row, path)


def _phrase(bundle: Bundle, row: int, path: str) -> Draft | Remark:
    place = PurePosixPath(path)
    name = place.stem.removeprefix(".")  # hidden before version 0.96
    text = bundle.files.get(str(place.with_name(f"{name}.txt")))
    if text is None:
        return remark(row, RowFault.NOT_READABLE, f"there is no {name}.txt")
    try:
        body, told = text.text, bundle.files[path].json
    except ExchangeError as error:
        return remark(row, RowFault.NOT_READABLE, f"{path}: {error.fault}")
    running = _RUNNING.search(body)
    if running:
        return remark(row, RowFault.RUNS_CODE, running[0])
    translated = translate(body, Places(pattern=_PLACE, meaning=_meaning))
    assert isinstance(told, dict)
    return Draft(
        row=row,
        body=translated.body,
        title=str(told.get("description") or name),
        code=_abbreviation(told),
        group=_titles(bundle, place),
        more={**translated.more, **_hotkey(told)},
        notes=tuple(remark(row, RowFault.KEPT_AS_TEXT, kept) for kept in translated.kept),
    )


def _meaning(place: Match[str]) -> Meaning:
    if place["name"] == "cursor":
        return CURSOR
    written = _FORMAT.search(place["rest"]) if place["name"] == "date" else None
    return None if written is None else of_format(written["format"].strip())


def _abbreviation(told: Mapping[str, object]) -> str:
    """The first abbreviation, where any is switched on; before 0.80.4 there was but one."""
    modes, held = told.get("modes"), told.get("abbreviation")
    if not isinstance(modes, list) or _ABBREVIATION not in modes or not isinstance(held, dict):
        return ""
    several = held.get("abbreviations")
    names = several if isinstance(several, list) else [held.get("abbreviation")]
    return next((name for name in names if isinstance(name, str) and name), "")


def _hotkey(told: Mapping[str, object]) -> dict[str, object]:
    modes, held = told.get("modes"), told.get("hotkey")
    if not isinstance(modes, list) or _HOTKEY not in modes or not isinstance(held, dict):
        return {}
    key, modifiers = held.get("hotKey"), held.get("modifiers")
    if not isinstance(key, str) or not isinstance(modifiers, list):
        return {}
    names = [_MODIFIERS.get(str(modifier), str(modifier)) for modifier in modifiers]
    return {"hotkey": "+".join([*names, key.strip("<>")])}


def _titles(bundle: Bundle, place: PurePosixPath) -> tuple[str, ...]:
    """What the folders above *place* call themselves, the outermost first."""
    titles = (_title(bundle, folder) for folder in reversed(place.parents))
    return tuple(filter(None, titles))


def _title(bundle: Bundle, folder: PurePosixPath) -> str:
    for name in ("folder.json", ".folder.json"):
        source = bundle.files.get(str(folder / name))
        try:
            document = None if source is None else source.json
        except ExchangeError:
            continue
        if isinstance(document, dict) and isinstance(document.get("title"), str):
            return str(document["title"]).split("/")[-1] or folder.name
    return folder.name
