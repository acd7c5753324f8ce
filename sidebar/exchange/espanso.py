"""espanso's match files, one or a whole folder of them, and those we hand out ourselves."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from re import Match
from typing import TypeAlias

from sidebar.errors import ExchangeError, RowFault
from sidebar.exchange.drafts import Draft, Reading, Remark, picture, remark
from sidebar.exchange.enclosed import Files
from sidebar.exchange.html_text import plain_text
from sidebar.exchange.places import CURSOR, Asked, Meaning, Places, Text, of_format, translate
from sidebar.exchange.sources import Bundle, Source
from sidebar.storage.located_yaml import Fields, Items, Scalar, Value

OURS = "sidebar"
"""The variable in which a match of ours carries what espanso has no place for."""

_MATCHES = re.compile(r"^(matches|global_vars)\s*:", re.MULTILINE)
_PLACE = re.compile(r"\$\|\$|\\\{\\\{|\\\}\\\}|\{\{\s*(?P<name>[\w.]+)\s*\}\}|\[\[(?P<field>[^\[\]\n]+)\]\]")
_RUNNING = frozenset(("shell", "script"))

Known: TypeAlias = dict[str, Value]


def recognise(source: Source) -> Reading | None:
    """The match file that *source* is; raises `ExchangeError`."""
    if not _MATCHES.search(source.text) or not isinstance(source.yaml, Fields):
        return None
    if not isinstance(_known(source.yaml).get("matches"), Items):
        return None
    rows = _matches(_known(source.yaml), ())
    return Reading(format="espanso", rows=rows, encoding=source.encoding)


def recognise_bundle(bundle: Bundle) -> Reading | None:
    """The match files of a folder or package, each a group; one that cannot be read costs only itself."""
    files = [
        (path, source)
        for path, source in bundle.ending(".yml", ".yaml")
        if "config/" not in f"{path}/" and not path.split("/")[-1].startswith("_manifest")
    ]
    found = [
        (path, source) for path, source in files if source.mentions(":") and _MATCHES.search(source.text)
    ]
    if not found:
        return None
    encodings = {source.encoding for _, source in found}
    encoding = encodings.pop() if len(encodings) == 1 else None
    rows, beside = _files(found), Files(bundle.files)
    return Reading(format="espanso", rows=rows, encoding=encoding, total=len(found), files=beside)


def escaped(text: str) -> str:
    """*text* as espanso takes it for no variable."""
    return text.replace("{{", r"\{\{").replace("}}", r"\}\}")


def unescaped(text: str) -> str:
    """What espanso types for *text*."""
    return text.replace(r"\{\{", "{{").replace(r"\}\}", "}}")


def _files(found: Iterable[tuple[str, Source]]) -> Iterator[Draft | Remark]:
    for path, source in found:
        try:
            document = source.yaml
        except ExchangeError as error:
            yield remark(1, RowFault.NOT_READABLE, f"{path}: {error.detail}")
            continue
        if isinstance(document, Fields):
            yield from _matches(_known(document), (source.stem,))


def _matches(document: Known, group: tuple[str, ...]) -> Iterator[Draft | Remark]:
    matches, shared = document.get("matches"), _variables(document.get("global_vars"))
    for value in matches.values if isinstance(matches, Items) else ():
        if not isinstance(value, Fields):
            yield remark(value.line, RowFault.NOT_READABLE, "not a mapping")
            continue
        match = _known(value)
        ours = _ours(match, value.line)
        yield ours or _draft(match, value.line, group, {**shared, **_variables(match.get("vars"))})


def _draft(match: Known, row: int, group: tuple[str, ...], variables: Mapping[str, Known]) -> Draft | Remark:
    triggers = _texts(match.get("triggers")) or _texts(match.get("trigger"))
    body = _text(match.get("replace")) or _text(match.get("form")) or _text(match.get("markdown"))
    notes: list[Remark] = []
    if not body and match.get("html") is not None:
        body = plain_text(_text(match.get("html")))
        notes.append(remark(row, RowFault.FORMATTING_LEFT))
    image = _text(match.get("image_path")).strip()
    if not (body or image):
        return remark(row, RowFault.NO_TEXT)
    used = {place["name"].partition(".")[0] for place in _PLACE.finditer(body) if place["name"]}
    running = [name for name in sorted(used) if _kind(variables.get(name)) in _RUNNING]
    if running:
        return remark(row, RowFault.RUNS_CODE, f"the {_kind(variables[running[0]])} variable {running[0]}")
    if match.get("regex") is not None:
        notes.append(remark(row, RowFault.PATTERN_LEFT, _text(match.get("regex"))))
    translated = translate(body, Places(pattern=_PLACE, meaning=_meaning(match, variables)))
    notes.extend(remark(row, RowFault.KEPT_AS_TEXT, name) for name in translated.kept)
    return Draft(
        row=row,
        body=translated.body,
        title=_text(match.get("label")),
        code=triggers[0].lstrip(":;/") or triggers[0] if triggers else "",
        group=group,
        tags=_texts(match.get("search_terms")),
        more=translated.more,
        attachments=() if body else (picture(image),),
        notes=tuple(notes),
    )


def _meaning(match: Known, variables: Mapping[str, Known]) -> Callable[[Match[str]], Meaning]:
    fields = _known(match.get("form_fields"))
    is_form = match.get("form") is not None

    def of(place: Match[str]) -> Meaning:
        if place[0] == "$|$":
            return CURSOR
        if place[0].startswith("\\"):
            return Text(place[0].replace("\\", ""))
        if place["field"] is not None:
            return (
                _asked(place["field"].strip(), _known(fields.get(place["field"].strip())))
                if is_form
                else None
            )
        name = place["name"]
        if is_form and name in fields:
            return _asked(name, _known(fields[name]))
        return _variable(name, variables.get(name))

    return of


def _variable(name: str, variable: Known | None) -> Meaning:
    parameters = _known((variable or {}).get("params"))
    match _kind(variable):
        case "date" if parameters.get("offset") is None:
            return of_format(_text(parameters.get("format")))
        case "echo":
            return Text(_text(parameters.get("echo")))
        case "choice" | "list":
            choices = _texts(parameters.get("values"))
            return Asked(name=name, choices=choices) if choices else None
    return None


def _asked(name: str, field: Known) -> Asked:
    return Asked(
        name=name,
        default=_text(field.get("default")),
        choices=_texts(field.get("values")),
        several_lines=_text(field.get("multiline")).lower() == "true",
    )


def _ours(match: Known, row: int) -> Draft | None:
    """A phrase that we handed out ourselves, whole; None where the match is somebody else's."""
    parameters = _known(_variables(match.get("vars")).get(OURS, {}).get("params"))
    try:
        document = json.loads(_text(parameters.get("echo")) or "null")
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict):
        return None
    body = str(document.pop("body", "")) or unescaped(_text(match.get("replace")))
    title = _text(match.get("label")) or str(document.pop("title", ""))
    group, tags = (_strings(document.pop(key, [])) for key in ("group", "tags"))
    code = str(document.pop("code", ""))
    image = _text(match.get("image_path")).strip()
    return Draft(
        row=row,
        body=body,
        title=title,
        code=code,
        group=group,
        tags=tags,
        more=document,
        attachments=(picture(image),) if image else (),
        whole=True,
    )


def _variables(value: Value | None) -> dict[str, Known]:
    items = value.values if isinstance(value, Items) else ()
    known = (_known(item) for item in items)
    return {_text(variable.get("name")): variable for variable in known}


def _kind(variable: Known | None) -> str:
    return "" if variable is None else _text(variable.get("type"))


def _known(value: Value | None) -> Known:
    return {key.text: held for key, held in value.pairs} if isinstance(value, Fields) else {}


def _text(value: Value | None) -> str:
    return value.text if isinstance(value, Scalar) and value.kind != "null" else ""


def _texts(value: Value | None) -> tuple[str, ...]:
    """The texts of a list, or the lines of one text."""
    if isinstance(value, Items):
        values: Sequence[str] = [_text(item) or _text(_known(item).get("label")) for item in value.values]
    else:
        values = _text(value).splitlines()
    return tuple(dict.fromkeys(text for each in values if (text := each.strip())))


def _strings(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
