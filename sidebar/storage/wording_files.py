"""The rules about wording from TOML files, the shipped ones and a shop's own after them.

A rule is a table whose name is its id:

    language            zh or en: only texts with such letters; else that of the file's name
    severity            error, warn, hint or off; [id.severities] gives others for clients by name
    words, patterns     what is found: texts as they are, regular expressions
    detect              a `Detector`, with `limit` (characters) for lengths
    unless              expressions that void what they cover; unless_in_sentence, unless_in_text
    in_quotes           true: between quotation marks it counts as well
    reason, suggestion  { zh = "…", en = "…" }; {found} is what was found

Expressions read small half-width letters; {name} in one stands for that piece of [pieces]. A rule
in a shop's own file that has a shipped one's id changes the keys it names.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from re import Pattern

from sidebar.domain.identifiers import ClientName
from sidebar.domain.lean import dataclass
from sidebar.domain.wording_check import WordingCheck
from sidebar.domain.wording_rules import Detector, Severity, WordingRule
from sidebar.errors import SettingsError

_PIECES = "pieces"
_KEYS = frozenset(field.name for field in fields(WordingRule)) - {"id"}
_LANGUAGES = frozenset(("zh", "en"))

Raw = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedWording:
    """The rules that can be used, and one problem for each that cannot."""

    rules: tuple[WordingRule, ...] = ()
    problems: tuple[SettingsError, ...] = ()

    @property
    def check(self) -> WordingCheck:
        return WordingCheck(self.rules)


@dataclass(frozen=True, slots=True)
class _Table:
    """A rule as it stands, the file that had the last word on it, and the pieces of its own file."""

    raw: Raw
    file: Path
    pieces: Raw


def load_wording(*, shipped: Sequence[Path] = (), own: Sequence[Path] = ()) -> LoadedWording:
    """Every rule in the TOML files of these folders; a folder that is not there has none."""
    tables: dict[str, _Table] = {}
    problems: list[SettingsError] = []
    for path in (path for folder in (*shipped, *own) for path in sorted(folder.glob("*.toml"))):
        try:
            _take(_read(path), path, tables)
        except SettingsError as error:
            problems.append(error)
    rules: list[WordingRule] = []
    for name, table in tables.items():
        try:
            rules.append(_rule(name, table))
        except _Wrong as wrong:
            problems.append(SettingsError(wrong.reason, file=table.file, key=f"{name}.{wrong.key}"))
    return LoadedWording(rules=tuple(rules), problems=tuple(problems))


def _read(path: Path) -> Raw:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SettingsError(f"the file cannot be read ({reason})", file=path) from error
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"not valid TOML: {error}", file=path) from error


def _take(raw: Raw, path: Path, tables: dict[str, _Table]) -> None:
    pieces = raw.get(_PIECES, {})
    if not isinstance(pieces, dict):
        raise SettingsError("must be a table", file=path, key=_PIECES)
    whole: Raw = {"language": path.stem} if path.stem in _LANGUAGES else {}
    for name, rule in raw.items():
        if name == _PIECES:
            continue
        if not isinstance(rule, dict):
            raise SettingsError("must be a table: [name] and its keys below", file=path, key=name)
        before = tables.get(name)
        if before is None:
            tables[name] = _Table({**whole, **rule}, path, pieces)
        else:
            tables[name] = _Table({**before.raw, **rule}, path, {**before.pieces, **pieces})


class _Wrong(Exception):  # noqa: N818 - becomes a SettingsError a few lines up
    def __init__(self, key: str, reason: str) -> None:
        super().__init__(key, reason)
        self.key = key
        self.reason = reason


def _rule(name: str, table: _Table) -> WordingRule:
    raw = table.raw
    for key in raw:
        if key not in _KEYS:
            raise _Wrong(key, "not a key that means anything here")
    rule = WordingRule(
        id=name,
        language=_language(raw),
        severity=_severity(raw.get("severity", Severity.WARN), "severity"),
        severities=dict(_severities(raw)),
        words=tuple(word.lower() for word in _texts(raw, "words")),
        patterns=tuple(_patterns(table, "patterns")),
        detect=_detector(raw),
        unless=tuple(_patterns(table, "unless")),
        unless_in_sentence=_pattern(table, "unless_in_sentence"),
        unless_in_text=_pattern(table, "unless_in_text"),
        in_quotes=_flag(raw, "in_quotes"),
        limit=_number(raw, "limit"),
        reason=_words(raw, "reason"),
        suggestion=_words(raw, "suggestion"),
    )
    if not (rule.words or rule.patterns or rule.detect):
        raise _Wrong("words", "is missing: a rule needs words, patterns or detect")
    return rule


def _language(raw: Raw) -> str:
    language = raw.get("language", "")
    if not isinstance(language, str) or language not in ("", *_LANGUAGES):
        raise _Wrong("language", "must be zh or en")
    return language


def _severity(value: object, key: str) -> Severity:
    if not isinstance(value, str) or value not in set(Severity):
        raise _Wrong(key, f"must be one of {', '.join(Severity)}")
    return Severity(value)


def _severities(raw: Raw) -> Iterator[tuple[ClientName, Severity]]:
    for client, severity in _mapping(raw, "severities").items():
        yield ClientName(client), _severity(severity, f"severities.{client}")


def _detector(raw: Raw) -> Detector | None:
    value = raw.get("detect")
    if value is None:
        return None
    if not isinstance(value, str) or value not in set(Detector):
        raise _Wrong("detect", f"must be one of {', '.join(Detector)}")
    return Detector(value)


def _texts(raw: Raw, key: str) -> tuple[str, ...]:
    value = raw.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise _Wrong(key, "must be a list of texts")
    return tuple(value)


def _patterns(table: _Table, key: str) -> Iterator[Pattern[str]]:
    for text in _texts(table.raw, key):
        yield _compiled(text, table.pieces, key)


def _pattern(table: _Table, key: str) -> Pattern[str] | None:
    value = table.raw.get(key, "")
    if not isinstance(value, str):
        raise _Wrong(key, "must be text in quotes")
    return _compiled(value, table.pieces, key) if value else None


def _compiled(text: str, pieces: Raw, key: str) -> Pattern[str]:
    for name, piece in pieces.items():
        text = text.replace(f"{{{name}}}", f"(?:{piece})")
    try:
        pattern = re.compile(text)
    except (re.error, RecursionError, OverflowError) as error:
        raise _Wrong(key, f"not a regular expression: {error}") from error
    if pattern.match(""):
        raise _Wrong(key, "finds nothing at all everywhere; let it ask for one character at least")
    return pattern


def _flag(raw: Raw, key: str) -> bool:
    value = raw.get(key, False)
    if not isinstance(value, bool):
        raise _Wrong(key, "must be true or false")
    return value


def _number(raw: Raw, key: str) -> int:
    value = raw.get(key, 0)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _Wrong(key, "must be a whole number")
    return value


def _words(raw: Raw, key: str) -> Mapping[str, str]:
    words = _mapping(raw, key)
    if not set(words) <= _LANGUAGES or not all(isinstance(word, str) for word in words.values()):
        raise _Wrong(key, 'must be { zh = "…", en = "…" }')
    return {language: str(word) for language, word in words.items()}


def _mapping(raw: Raw, key: str) -> Raw:
    value = raw.get(key, {})
    if not isinstance(value, dict):
        raise _Wrong(key, "must be a table")
    return value
