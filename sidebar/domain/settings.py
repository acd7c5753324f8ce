"""What the agent can set: every setting declared once, with its default, bounds and meaning.

A bad value never stops the program: the default (or the nearest bound) is used in its place
and a `SettingsProblem` says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field, fields, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from sidebar.domain.hotkeys import KeyCombo
from sidebar.domain.identifiers import ClientName
from sidebar.domain.insertion_paths import InsertionPath
from sidebar.domain.lean import dataclass
from sidebar.domain.newlines import Newlines
from sidebar.domain.options import (
    BadValue,
    Plain,
    SettingsFault,
    choice,
    chord,
    hotkey,
    hotkeys,
    length,
    number,
    one_of,
    option,
    options_of,
    paths,
    plain,
    span,
    switch,
    text,
)
from sidebar.domain.sides import Side as Side

if TYPE_CHECKING:  # settings are read before anything is painted
    from sidebar.domain.chat_clients import ClientProfile
    from sidebar.domain.shop_hours import ShopHours


class Language(StrEnum):
    """The language of the interface; AUTO is the system's."""

    AUTO = "auto"
    ZH = "zh"
    EN = "en"


class Theme(StrEnum):
    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsProblem:
    """One setting that was not as it should be; `used` is what holds now ('' where nothing does).

    `key` is the dotted name (`clock.warn`), '' where the whole file is meant; `raw` is what the
    file says, or why it cannot be read.
    """

    key: str
    raw: str
    used: str
    fault: SettingsFault


@dataclass(frozen=True, slots=True, kw_only=True)
class HotkeySettings:
    """Hotkeys that work in every program; None is one that is switched off."""

    search: KeyCombo | None = hotkey("ctrl+alt+f", "go to the search line")
    insert: tuple[KeyCombo | None, ...] = hotkeys(
        tuple(f"ctrl+alt+{number}" for number in range(1, 10)), "insert phrase 1 to 9 of the list"
    )
    customer_wrote: KeyCombo | None = hotkey("ctrl+alt+w", "the buyer wrote: start the clock")
    answered: KeyCombo | None = hotkey("ctrl+alt+r", "the buyer has been answered: stop the clock")
    no_reply_needed: KeyCombo | None = hotkey("ctrl+alt+n", "no reply needed: stop the clock")
    categories: tuple[KeyCombo | None, ...] = hotkeys(
        tuple(f"ctrl+alt+shift+{number}" for number in range(1, 8)), "say what it is about, in this order"
    )
    close: KeyCombo | None = hotkey("ctrl+alt+e", "end the conversation")
    urgent: KeyCombo | None = hotkey("ctrl+alt+j", "go to the buyer who has waited longest")
    holding: KeyCombo | None = hotkey("ctrl+alt+0", "insert the holding reply: the phrase tagged so")
    hide: KeyCombo | None = hotkey("ctrl+alt+h", "hide the sidebar or show it again")


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryLimits:
    """What is otherwise for one kind of conversation; None is as it is for the others."""

    warn: timedelta | None = option(None, "as warn, for this category", length("5s", "1d"))
    breach: timedelta | None = option(None, "as breach, for this category", length("10s", "1d"))

    def beside(self, warn: timedelta, breach: timedelta) -> tuple[timedelta, timedelta]:
        """Both limits, where *warn* and *breach* are those of the other categories."""
        own = self.breach or breach
        return self.warn or (warn if warn < own else own / 2), own


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSettings:
    warn: timedelta = span("100s", "5s", "1d", "a buyer waiting this long is about to wait too long")
    breach: timedelta = span("180s", "10s", "1d", "a buyer waiting this long has waited too long")
    profile: str = option("", "a metric profile whose limits hold instead of warn and breach", text)
    notify: bool = option(True, "one bubble for all the buyers who wait too long", switch)
    warn_sound: bool = option(False, "a sound when a buyer is about to wait too long", switch)
    breach_sound: bool = option(False, "two sounds when a buyer has waited too long", switch)
    ask_after_sleep: timedelta = span(
        "3min", "1min", "1d", "after a sleep this long, whether it counts is asked"
    )
    categories: "Mapping[str, CategoryLimits]" = field(default_factory=dict)
    """By category; of those that have limits of their own."""
    followup_lead: timedelta = span("30min", "1min", "1d", "a follow-up is shown as near this long ahead")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSettings:
    """What the agent wants otherwise for one chat client; None leaves its profile as it is."""

    send_allowed: bool | None = option(None, "allow 'insert and send' there", switch)
    send_combo: KeyCombo | None = option(None, "the key that sends there", chord)
    paste_combo: KeyCombo | None = option(None, "the keys that paste there", chord)
    paths: tuple[InsertionPath, ...] | None = option(None, "ways to insert there, the first preferred", paths)
    newlines: Newlines | None = option(
        None, "line breaks there: as_is, shift_enter, ctrl_enter or joined", one_of(Newlines)
    )
    read_messages: bool | None = option(None, "tell by accessibility who wrote there", switch)

    def applied(self, profile: "ClientProfile") -> "ClientProfile":
        """*profile* with these wishes."""
        paste = profile.paste
        paste = replace(
            paste,
            send_allowed=paste.send_allowed if self.send_allowed is None else self.send_allowed,
            send_combo=self.send_combo or paste.send_combo,
            combo=self.paste_combo or paste.combo,
            paths=self.paths or paste.paths,
            newlines=self.newlines or paste.newlines,
        )
        log = None if self.read_messages is False else profile.log
        return replace(profile, paste=paste, log=log)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    language: Language = choice(Language.AUTO, "language of the interface: auto, zh or en")
    theme: Theme = choice(Theme.AUTO, "colours: auto, light or dark")
    side: Side = choice(Side.RIGHT, "side of the chat client to stand on: right or left")
    width: int = number(352, 280, 520, "width in pixels at 100 % scale")
    agent: str = option("", "the agent's name, for {agent} in phrases", text)
    agent_number: str = option("", "the agent's number, for {number} in phrases", text)
    restore_clipboard: bool = option(True, "give the clipboard back after an insertion", switch)
    shipped_phrases: bool = option(True, "show the shipped phrases beside your own", switch)
    sound: bool = option(False, "a sound when a follow-up falls due", switch)
    typed_triggers: bool = option(False, "';code' and a space become the phrase (Windows)", switch)
    hooked_hotkeys: bool = option(False, "hear hotkeys that Windows does not give us, too (Windows)", switch)
    bridge: bool = option(True, "let other programs of this user bring conversation events", switch)
    hotkeys: HotkeySettings = HotkeySettings()
    clock: ClockSettings = ClockSettings()
    hours: "ShopHours | None" = None
    """When waits run; every hour where nothing is said."""
    clients: Mapping[ClientName, ClientSettings] = field(default_factory=dict)

    def applied(self, profile: "ClientProfile") -> "ClientProfile":
        """*profile* as the agent wants it."""
        wished = self.clients.get(profile.name)
        return profile if wished is None else wished.applied(profile)


def read_settings(raw: Mapping[str, object]) -> tuple[Settings, tuple[SettingsProblem, ...]]:
    """The settings that *raw* (as a TOML file reads) stands for, and what had to be put right."""
    problems: list[SettingsProblem] = []
    sections = {name: raw.get(name, {}) for name in ("hotkeys", "clock", "clients", "hours")}
    top = {key: value for key, value in raw.items() if key not in sections}
    settings = replace(
        _section(Settings(), top, "", problems),
        hotkeys=_distinct(_section(HotkeySettings(), sections["hotkeys"], "hotkeys", problems), problems),
        clock=_clock(sections["clock"], problems),
        hours=_hours(sections["hours"], problems) if "hours" in raw else None,
        clients=dict(_clients(sections["clients"], problems)),
    )
    return settings, tuple(problems)


def sections_of(settings: Settings) -> dict[str, object]:
    """The parts of *settings* by the dotted name of their section, '' for the top."""
    parts: dict[str, object] = {"": settings, "hotkeys": settings.hotkeys, "clock": settings.clock}
    parts |= {f"clock.{name}": limits for name, limits in settings.clock.categories.items()}
    return parts | {f"clients.{name}": wished for name, wished in settings.clients.items()}


def plain_sections(settings: Settings) -> dict[str, dict[str, Plain | None]]:
    """Each section's settings as plain values; None is one that is not set."""
    sections = {name: dict(_plain_values(name, part)) for name, part in sections_of(settings).items()}
    return sections if settings.hours is None else {**sections, "hours": {**settings.hours.plain()}}


def _plain_values(section: str, part: object) -> Iterator[tuple[str, Plain | None]]:
    for key in options_of(part):
        value = getattr(part, key)
        unset = value is None and section.startswith(("clients.", "clock."))
        yield key, None if unset else plain(value)


_Section = TypeVar("_Section", Settings, HotkeySettings, ClockSettings, CategoryLimits, ClientSettings)


def _section(default: _Section, raw: object, name: str, problems: list[SettingsProblem]) -> _Section:
    """*default* with what *raw* says, option by option."""
    if not isinstance(raw, Mapping):
        problems.append(_problem(name, raw, "", SettingsFault.WRONG_TYPE))
        return default
    options = options_of(default)
    read: dict[str, Any] = {}
    for key, value in raw.items():
        dotted = f"{name}.{key}" if name else str(key)
        if key not in options:
            problems.append(_problem(dotted, value, "", SettingsFault.UNKNOWN_KEY))
            continue
        try:
            read[key] = options[key].read(value)
        except BadValue as bad:
            read[key] = getattr(default, key) if bad.instead is None else bad.instead
            problems.append(_problem(dotted, value, read[key], bad.fault))
    return replace(default, **read)


def _clients(raw: object, problems: list[SettingsProblem]) -> Iterator[tuple[ClientName, ClientSettings]]:
    if not isinstance(raw, Mapping):
        problems.append(_problem("clients", raw, "", SettingsFault.WRONG_TYPE))
        return
    for name, section in raw.items():
        wished = _section(ClientSettings(), section, f"clients.{name}", problems)
        if wished != ClientSettings():
            yield ClientName(name), wished


def _clock(raw: object, problems: list[SettingsProblem]) -> ClockSettings:
    tables: dict[str, object] = {}
    if isinstance(raw, Mapping):
        tables = {key: value for key, value in raw.items() if isinstance(value, Mapping)}
        raw = {key: value for key, value in raw.items() if key not in tables}
    clock = _in_order(_section(ClockSettings(), raw, "clock", problems), problems)
    if not tables:
        return clock
    from sidebar.domain.phrases import Category  # few shops have limits by category

    categories = dict[str, CategoryLimits]()
    for name, table in tables.items():
        if name not in set(Category):
            problems.append(_problem(f"clock.{name}", name, "", SettingsFault.UNKNOWN_KEY))
        elif (limits := _limits(table, name, clock, problems)) is not None:
            categories[name] = limits
    return replace(clock, categories=categories)


def _limits(
    raw: object, category: str, clock: ClockSettings, problems: list[SettingsProblem]
) -> CategoryLimits | None:
    """The limits of *category*; None where they cannot be used, so that the general ones hold."""
    limits = _section(CategoryLimits(), raw, f"clock.{category}", problems)
    if limits == CategoryLimits():
        return None
    warn, breach = limits.beside(clock.warn, clock.breach)
    if warn < breach:
        return limits
    fault = SettingsFault.WARN_AFTER_BREACH
    problems.append(_problem(f"clock.{category}.warn", plain(warn), plain(clock.warn), fault))
    return None


def _hours(raw: object, problems: list[SettingsProblem]) -> "ShopHours | None":
    from sidebar.domain.shop_hours import read_hours  # few shops say when they are open

    hours, faults = read_hours(raw)
    for key, said, fault in faults:
        problems.append(_problem(f"hours.{key}" if key else "hours", said, "", fault))
    return hours


def _in_order(clock: ClockSettings, problems: list[SettingsProblem]) -> ClockSettings:
    if clock.warn < clock.breach:
        return clock
    default = ClockSettings()
    fault = SettingsFault.WARN_AFTER_BREACH
    problems.append(_problem("clock.warn", plain(clock.warn), default.warn, fault))
    problems.append(_problem("clock.breach", plain(clock.breach), default.breach, fault))
    return replace(clock, warn=default.warn, breach=default.breach)


def _distinct(hotkeys: HotkeySettings, problems: list[SettingsProblem]) -> HotkeySettings:
    """*hotkeys* with each combination once; the first that claims it keeps it."""
    seen: set[KeyCombo] = set()

    def first(combo: KeyCombo | None, key: str) -> KeyCombo | None:
        if combo is None or combo not in seen:
            seen.update(() if combo is None else (combo,))
            return combo
        problems.append(_problem(key, str(combo), None, SettingsFault.REPEATED_HOTKEY))
        return None

    kept: dict[str, Any] = {}
    for declared in fields(hotkeys):
        value, key = getattr(hotkeys, declared.name), f"hotkeys.{declared.name}"
        several = isinstance(value, tuple)
        kept[declared.name] = tuple(first(item, key) for item in value) if several else first(value, key)
    return replace(hotkeys, **kept)


def _problem(key: str, raw: object, used: object, fault: SettingsFault) -> SettingsProblem:
    return SettingsProblem(key=key, raw=_shown(raw), used=_shown(plain(used)), fault=fault)


def _shown(raw: object) -> str:
    try:
        return str(raw)[:60]
    except ValueError:  # a whole number too long to be written out
        return type(raw).__name__
