"""Chat client profiles from TOML files: which windows a client has and how it takes a text.

A profile of the user's own takes the place of the shipped one of that name. What is wrong with
a file is reported by file and key and costs that profile only.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sidebar.domain.chat_clients import ClientProfile, Confidence, ItemKind, ReadingRule, Source
from sidebar.domain.events import InsertionPath
from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.identifiers import ClientName
from sidebar.domain.insertion import PasteProfile
from sidebar.domain.lean import dataclass
from sidebar.domain.newlines import Newlines
from sidebar.errors import SettingsError
from sidebar.storage.toml_tables import Table, WrongValue, read_toml

if TYPE_CHECKING:  # few clients have either
    from sidebar.domain.chat_logs import LogRule
    from sidebar.domain.element_rules import ElementRule

log = logging.getLogger(__name__)

_LONGEST_MS = 10_000
_SPANS = ("raise_timeout", "settle", "modifier_timeout", "taken_timeout", "restore_after", "send_after")
_VALUES = (
    "programs",
    "titles",
    "ignored",
    "buyer",
    "paths",
    "newlines",
    "combo",
    "send_combo",
    "times",
    "longest",
    "reading",
    "log",
    "pointed",
)
_PROFILE = (
    "name",
    "label",
    "programs",
    "titles",
    "ignored",
    "buyer",
    "paste",
    "longest",
    "reading",
    "log",
    "pointed",
    "source",
    "confidence",
    "sources",
)
_PASTE = ("paths", "newlines", "combo", "send_combo", "send_allowed", *(f"{span}_ms" for span in _SPANS))
_READING = ("items", "buyer", "bold", "within")
_POINTED = ("page", "steps", "buyer")
_NAME = re.compile(r"[a-z0-9_-]{1,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedClients:
    """The user's own profiles first; each shipped one after them unless one of theirs has its name."""

    profiles: tuple[ClientProfile, ...] = ()
    problems: tuple[SettingsError, ...] = ()


def load_clients(
    *, shipped: Sequence[Path] = (), own: Sequence[Path] = (), language: str = "zh"
) -> LoadedClients:
    """Every profile in these folders, labelled in *language*; a folder that is not there has none."""
    problems: list[SettingsError] = []
    mine = _folders(own, language, problems)
    theirs = _folders(shipped, language, problems)
    profiles = tuple((mine | {name: p for name, p in theirs.items() if name not in mine}).values())
    log.info("client profiles loaded profiles=%d problems=%d", len(profiles), len(problems))
    return LoadedClients(profiles=profiles, problems=tuple(problems))


def _folders(
    folders: Sequence[Path], language: str, problems: list[SettingsError]
) -> dict[ClientName, ClientProfile]:
    found: dict[ClientName, ClientProfile] = {}
    for path in (path for folder in folders for path in sorted(folder.glob("*.toml"))):
        try:
            profile = load_client(path, language=language)
            if profile.name in found:
                raise SettingsError(f"another file here is '{profile.name}' already", file=path, key="name")
            found[profile.name] = profile
        except SettingsError as error:
            problems.append(error)
    return found


def load_client(path: Path, *, language: str = "zh") -> ClientProfile:
    """The profile in *path*; raises `SettingsError` that names the file and the key."""
    raw = read_toml(path)
    try:
        return _profile(_Table(raw, known=_PROFILE), language)
    except WrongValue as wrong:
        raise wrong.at(path) from wrong


def file_of(name: ClientName, folders: Sequence[Path]) -> Path | None:
    """The first file in *folders* that holds the profile of that name, whatever the file is called."""
    for path in (path for folder in folders for path in sorted(folder.glob("*.toml"))):
        try:
            if load_client(path).name == name:
                return path
        except SettingsError:
            continue  # told of at the start; it is not this profile's
    return None


@dataclass(frozen=True, slots=True)
class _Table(Table):
    def pattern(self, key: str) -> re.Pattern[str] | None:
        text = self.text(key)
        try:
            return re.compile(text) if text else None
        except (re.error, RecursionError, OverflowError) as error:
            raise self.wrong(key, f"not a regular expression: {error}") from error

    def combo(self, key: str, default: KeyCombo) -> KeyCombo:
        text = self.text(key, str(default))
        try:
            return KeyCombo.parse(text)
        except ValueError as error:
            raise self.wrong(key, f"not a key combination: {text}") from error

    def characters(self, key: str) -> int | None:
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.wrong(key, "must be a whole number of characters, 1 or more")
        return value

    def milliseconds(self, key: str, default: timedelta) -> timedelta:
        value = self.values.get(key)
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LONGEST_MS:
            raise self.wrong(key, f"must be a whole number of milliseconds, 0 to {_LONGEST_MS}")
        return timedelta(milliseconds=value)


def _profile(file: _Table, language: str) -> ClientProfile:
    name = file.text("name")
    if not _NAME.fullmatch(name):
        raise WrongValue("name", "must be there and consist of a–z, 0–9, - and _")
    labels = file.table("label", ("zh", "en"))
    confidence = file.text("confidence", Confidence.PRESUMED)
    if confidence not in set(Confidence):
        raise WrongValue("confidence", f"must be one of {', '.join(Confidence)}")
    return ClientProfile(
        name=ClientName(name),
        label=labels.text(language[:2]) or labels.text("zh") or labels.text("en") or name,
        programs=file.texts("programs"),
        titles=file.pattern("titles"),
        ignored=file.pattern("ignored"),
        buyer=_buyer(file),
        paste=_paste(file.table("paste", _PASTE)),
        longest=file.characters("longest"),
        reading=_reading(file),
        log=_log(file),
        pointed=_pointed(file),
        source=file.text("source"),
        confidence=Confidence(confidence),
        sources=tuple(_sources(file.table("sources", _VALUES))),
    )


def _sources(table: _Table) -> Iterator[Source]:
    """`titles = "reported: where from"`: how far one value may be relied on, and why."""
    for value in table.values:
        confidence, _, origin = table.text(value).partition(": ")
        if confidence not in set(Confidence) or not origin:
            raise WrongValue(
                f"sources.{value}", f"must be one of {', '.join(Confidence)}, a colon and from where"
            )
        yield Source(value=value, confidence=Confidence(confidence), origin=origin)


def _buyer(table: _Table) -> re.Pattern[str] | None:
    pattern = table.pattern("buyer")
    if pattern is not None and "buyer" not in pattern.groupindex:
        raise table.wrong("buyer", "must have the named group (?P<buyer>…)")
    return pattern


def _reading(file: _Table) -> ReadingRule | None:
    """The rule of the table `reading`; None where there is no such table."""
    table = file.table("reading", _READING)
    if not table.values:
        return None
    items, buyer = table.text("items"), _buyer(table)
    if items not in set(ItemKind):
        raise table.wrong("items", f"must be one of {', '.join(ItemKind)}")
    if buyer is None:
        raise table.wrong("buyer", "is missing")
    bold = table.flag("bold", default=False)
    if not bold and "unread" not in buyer.groupindex:
        raise table.wrong("buyer", "must have the named group (?P<unread>…) where bold says nothing")
    return ReadingRule(items=ItemKind(items), buyer=buyer, bold=bold, within=table.pattern("within"))


def _log(file: _Table) -> "LogRule | None":
    """The rule of the table `log`; None where there is no such table."""
    if "log" not in file.values:
        return None
    from sidebar.storage.log_rules import KEYS, log_rule  # most clients tell nobody who writes

    table = file.table("log", KEYS)
    return log_rule(table, table.pattern, table.milliseconds)


def _pointed(file: _Table) -> "ElementRule | None":
    """The rule of the table `pointed`; None where there is no such table."""
    table = file.table("pointed", _POINTED)
    if not table.values:
        return None
    from sidebar.storage.pointed_rules import read_rule  # few have pointed at anything

    return read_rule(table, _buyer(table))


def _paste(table: _Table) -> PasteProfile:
    default = PasteProfile()
    paths = table.texts("paths", tuple(default.paths))
    if not set(paths) <= set(InsertionPath):
        raise WrongValue("paste.paths", f"must be some of {', '.join(InsertionPath)}")
    newlines = table.text("newlines", default.newlines)
    if newlines not in set(Newlines):
        raise WrongValue("paste.newlines", f"must be one of {', '.join(Newlines)}")
    spans = dict(_spans(table, default))
    return PasteProfile(
        paths=tuple(InsertionPath(path) for path in dict.fromkeys(paths)),
        newlines=Newlines(newlines),
        combo=table.combo("combo", default.combo),
        send_combo=table.combo("send_combo", default.send_combo),
        send_allowed=table.flag("send_allowed", default=default.send_allowed),
        **spans,
    )


def _spans(table: _Table, default: PasteProfile) -> Iterator[tuple[str, timedelta]]:
    for name in _SPANS:
        yield name, table.milliseconds(f"{name}_ms", getattr(default, name))
