"""Text expanders that keep a list: Beeftext, TextExpander, Alfred, and what macOS replaces."""

import plistlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from re import Match
from xml.parsers.expat import ExpatError

from sidebar.errors import ExchangeError, ExchangeFault, RowFault
from sidebar.exchange.drafts import Draft, Reading, Remark, remark
from sidebar.exchange.html_text import is_html, plain_text
from sidebar.exchange.places import CURSOR, DATE, TIME, Asked, Meaning, Places, named, translate
from sidebar.exchange.refusals import refusal
from sidebar.exchange.sources import Bundle, Source

_BEEFTEXT_PLACE = re.compile(r"#\{(?P<name>[^:}]+)(?::(?P<value>(?:\\\}|[^}])*))?\}")
_BEEFTEXT_RUNS = re.compile(r"#\{powershell:", re.IGNORECASE)
_ALFRED = Places(
    pattern=re.compile(r"\{(?P<name>[a-z]+(?::[^{}\n]*)?)\}", re.IGNORECASE),
    meaning=named({"cursor": CURSOR, "date": DATE, "time": TIME}),
)
_EXPANDER_PLACE = re.compile(
    r"%(?:\|)|%(?:clipboard|filltop|fillpart|fillpartend|key)\b(?::[^%]*%)?"
    r"|%(?P<kind>filltext|fillarea|fillpopup):(?P<asks>[^%]*)%|%(?:snippet|date|@)[^%\n]*%"
)


def recognise(source: Source) -> Reading | None:
    """A Beeftext, Alfred or TextExpander file, or macOS's list of replacements; raises `ExchangeError`."""
    if source.content.lstrip()[:5] in (b"<?xml", b"<!DOC", b"<plis") or source.content.startswith(b"bplist"):
        return _property_list(source)
    document = source.json
    if isinstance(document, dict) and isinstance(document.get("combos"), list):
        return _of_text(source, "beeftext", _combos(document))
    if isinstance(document, dict) and isinstance(document.get("alfredsnippet"), dict):
        return _of_text(source, "alfred", _alfred_snippets([(1, source.stem, document)]))
    return None


def recognise_bundle(bundle: Bundle) -> Reading | None:
    """Alfred's archive, a file for each snippet; raises `ExchangeError`."""
    files = [source for _, source in bundle.ending(".json")]
    if not any(source.mentions('"alfredsnippet"') for source in files):
        return None
    entries = ((at, bundle.stem, _document(source)) for at, source in enumerate(files, start=1))
    return Reading(format="alfred", rows=_alfred_snippets(entries), encoding="utf-8", total=len(files))


def expansion(
    row: int, *, code: str, body: str, title: str = "", group: tuple[str, ...] = ()
) -> Draft | Remark:
    """An abbreviation and its text, as TextExpander and Beeftext hand them out in a table."""
    if _BEEFTEXT_RUNS.search(body) or "%shell" in body:
        return remark(row, RowFault.RUNS_CODE, "a script in it")
    notes: tuple[Remark, ...] = ()
    if is_html(body):
        body, notes = plain_text(body), (remark(row, RowFault.FORMATTING_LEFT),)
    places = _BEEFTEXT if "#{" in body else _EXPANDER
    translated = translate(body, places)
    if not translated.body.strip():
        return remark(row, RowFault.NO_TEXT)
    return Draft(
        row=row,
        body=translated.body,
        title=title,
        code=code.strip(),
        group=group,
        more=translated.more,
        notes=(*notes, *(remark(row, RowFault.KEPT_AS_TEXT, name) for name in translated.kept)),
    )


def _of_text(source: Source, name: str, rows: Iterable[Draft | Remark]) -> Reading:
    return Reading(format=name, rows=rows, encoding=source.encoding)


def _combos(document: Mapping[str, object]) -> Iterator[Draft | Remark]:
    groups = _names(document.get("groups"))
    combos = document["combos"]
    assert isinstance(combos, list)
    for row, combo in enumerate(combos, start=1):
        if not isinstance(combo, dict):
            yield remark(row, RowFault.NOT_READABLE, "not an object")
            continue
        body = _word(combo, "snippet") or _word(combo, "substitutionText")
        group = groups.get(_word(combo, "group"), "")
        if combo.get("useHtml") is True:
            body = plain_text(body)
        read = expansion(
            row,
            code=_word(combo, "keyword") or _word(combo, "comboText"),
            body=body,
            title=_word(combo, "name"),
            group=(group,) if group else (),
        )
        yield _known_as(read, _word(combo, "uuid"))


def _names(groups: object) -> dict[str, str]:
    if not isinstance(groups, list):
        return {}
    return {_word(group, "uuid"): _word(group, "name").strip() for group in groups if isinstance(group, dict)}


def _known_as(read: Draft | Remark, source_id: str) -> Draft | Remark:
    return replace(read, source_id=source_id) if isinstance(read, Draft) else read


def _alfred_snippets(entries: Iterable[tuple[int, str, object]]) -> Iterator[Draft | Remark]:
    for row, group, document in entries:
        snippet = document.get("alfredsnippet") if isinstance(document, dict) else None
        if not isinstance(snippet, dict):
            yield remark(row, RowFault.NOT_READABLE, "no snippet")
            continue
        translated = translate(_word(snippet, "snippet"), _ALFRED)
        if not translated.body.strip():
            yield remark(row, RowFault.NO_TEXT)
            continue
        yield Draft(
            row=row,
            body=translated.body,
            title=_word(snippet, "name"),
            code=_word(snippet, "keyword"),
            group=(group,),
            source_id=_word(snippet, "uid"),
            more=translated.more,
            notes=tuple(remark(row, RowFault.KEPT_AS_TEXT, name) for name in translated.kept),
        )


def _document(source: Source) -> object:
    """The document of one file among many; None where it cannot be read."""
    try:
        return source.json
    except ExchangeError:
        return None


def _property_list(source: Source) -> Reading | None:
    try:
        document = plistlib.loads(source.content)
    except plistlib.InvalidFileException as error:
        if "entity" in str(error).lower():
            raise refusal(source.name, ExchangeFault.ENTITIES) from error
        raise refusal(source.name, ExchangeFault.DAMAGED, "property list") from error
    except (ExpatError, ValueError, LookupError, TypeError, OverflowError, AttributeError) as error:
        raise refusal(source.name, ExchangeFault.DAMAGED, "property list") from error
    if isinstance(document, list) and any(isinstance(each, dict) and "phrase" in each for each in document):
        return Reading(format="macos-replacements", rows=_replacements(document))
    for entries in document.values() if isinstance(document, dict) else ():
        if isinstance(entries, list) and any(
            isinstance(each, dict) and "plainText" in each for each in entries
        ):
            return Reading(format="textexpander", rows=_snippets(entries, source.stem))
    return None


def _replacements(entries: list[object]) -> Iterator[Draft | Remark]:
    for row, entry in enumerate(entries, start=1):
        known = entry if isinstance(entry, dict) else {}
        body = _word(known, "phrase")
        if body.strip():
            yield Draft(row=row, body=body, code=_word(known, "shortcut"))
        else:
            yield remark(row, RowFault.NO_TEXT)


def _snippets(entries: list[object], group: str) -> Iterator[Draft | Remark]:
    for row, entry in enumerate(entries, start=1):
        known = entry if isinstance(entry, dict) else {}
        if known.get("snippetType") in (2, 3, 4):  # AppleScript, shell script, JavaScript
            yield remark(row, RowFault.RUNS_CODE, "a script in it")
            continue
        yield expansion(
            row,
            code=_word(known, "abbreviation"),
            body=_word(known, "plainText"),
            title=_word(known, "label"),
            group=(group,),
        )


def _beeftext_meaning(place: Match[str]) -> Meaning:
    name, value = place["name"].casefold(), (place["value"] or "").replace("\\}", "}")
    match name:
        case "cursor":
            return CURSOR
        case "date":
            return DATE
        case "time":
            return TIME
        case "input" if value.strip():
            return Asked(name=value)
        case "datetime" if not value.startswith(("+", "-")):
            return _qt_format(value.removeprefix(":"))
    return None


def _qt_format(pattern: str) -> str | None:
    """Our placeholder for a moment in the letters of Qt's formats: `yyyy-MM-dd`, `hh:mm`."""
    letters = set(filter(str.isalpha, pattern)) - set("年月日时分秒点")
    if not letters:
        return None
    if letters <= set("yMd"):
        return DATE
    return TIME if letters <= set("hHmsAaPp") else None


def _expander_meaning(place: Match[str]) -> Meaning:
    if place[0] == "%|":
        return CURSOR
    if place["kind"] is None:
        return None
    parts = dict(part.split("=", 1) for part in place["asks"].split(":") if "=" in part)
    plain = [part for part in place["asks"].split(":") if part and "=" not in part]
    default = parts.get("default", "")
    if place["kind"] == "fillpopup":
        choices = tuple(dict.fromkeys(filter(None, (*((default,) if default else ()), *plain))))
        return Asked(name=parts.get("name", ""), default=default, choices=choices) if choices else None
    return Asked(name=parts.get("name", ""), default=default, several_lines=place["kind"] == "fillarea")


def _word(document: Mapping[str, object], key: str) -> str:
    value = document.get(key)
    return value if isinstance(value, str) else ""


_BEEFTEXT = Places(pattern=_BEEFTEXT_PLACE, meaning=_beeftext_meaning)
_EXPANDER = Places(pattern=_EXPANDER_PLACE, meaning=_expander_meaning)
