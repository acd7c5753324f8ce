"""Metric profiles from TOML files: how a marketplace, or the shop itself, measures waiting.

A file is one profile:

    name, label, source, evidence, as_of    which it is, who says so, how far that is to be relied on, when
    note                what the source leaves open
    zone                the time zone of its hours and days; default: this machine's
    warn, breach        lengths of a wait; default: `within` and half of it
    [counts]            figure, unit and the other fields of `Measure`; answers (which replies end a
                        wait), left_out (which reasons leave a turn out), without_sleep (true
                        where sleeps the agent said not to count are no part of a wait)
    [hours]             every_day, monday … sunday: ["09:00-12:00", "22:00-02:00"]; holidays: dates;
                        pauses: true where waits run in these hours only
    [[targets]]         at_least, above, at_most or below; source
    [[examples]]        a log worked out by hand; checked by the tests, not here

A profile of the user's own takes the place of the shipped one of that name. What is wrong with a
file is reported by file and key and costs that profile only.
"""

import re
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sidebar.domain.business_hours import Hours, Opening, clock_time, parse_opening
from sidebar.domain.conversations import BY_HAND, Reply, Thresholds
from sidebar.domain.durations import parse_duration
from sidebar.domain.lean import dataclass
from sidebar.domain.measures import Credit, Cycle, Figure, Judged, Measure, Starts, Target, Unit
from sidebar.domain.metrics import Evidence, Profile
from sidebar.domain.turns import Exclusion
from sidebar.errors import SettingsError
from sidebar.storage.toml_tables import Table, WrongValue, read_toml

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PROFILE = (
    *("name", "label", "source", "evidence", "as_of", "note", "zone", "warn", "breach"),
    *("counts", "hours", "targets", "examples"),
)
_COUNTS = (
    *("figure", "unit", "judged", "starts", "within", "cycle", "weekend_until", "last_word"),
    *("answers", "left_out", "without_sleep", "only", "fails", "credit", "newest", "few"),
    *("figure_of_few", "assessed_from", "satisfied_from", "satisfied_to", "windows"),
)
_LIMITS = {
    "at_least": (False, False),
    "above": (False, True),
    "at_most": (True, False),
    "below": (True, True),
}
"""How a target limits the figure: whether from above, and whether the limit itself is too far."""
_NONE = "none"
_NAME = re.compile(r"[a-z0-9-]{1,40}")
_BREACH = Thresholds().breach

_Enum = TypeVar("_Enum", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedProfiles:
    """The profiles by name, in order, and one problem for each file that cannot be used."""

    profiles: tuple[Profile, ...] = ()
    problems: tuple[SettingsError, ...] = ()


def load_profiles(
    *, shipped: Path, own: Path | None = None, local: tzinfo, language: str = "zh"
) -> LoadedProfiles:
    """Every profile in these folders, labelled in *language*; *local* is the zone where none is named."""
    problems: list[SettingsError] = []
    found: dict[str, Profile] = {}
    for folder in (shipped, own):
        for path in sorted(folder.glob("*.toml")) if folder is not None else ():
            try:
                profile = load_profile(path, local=local, language=language)
            except SettingsError as error:
                problems.append(error)
            else:
                found[profile.name] = profile
    ordered = tuple(found[name] for name in sorted(found))
    return LoadedProfiles(profiles=ordered, problems=tuple(problems))


def load_profile(path: Path, *, local: tzinfo, language: str = "zh") -> Profile:
    """The profile in *path*; raises `SettingsError` that names the file and the key."""
    raw = read_toml(path)
    try:
        return _profile(_Table(raw, known=_PROFILE), local, language)
    except WrongValue as wrong:
        raise wrong.at(path) from wrong


@dataclass(frozen=True, slots=True)
class _Table(Table):
    def filled(self, key: str) -> str:
        value = self.text(key)
        if not value.strip():
            raise self.wrong(key, "is missing or empty")
        return value

    def day(self, key: str) -> date:
        return self._day(key, self.values.get(key))

    def days(self, key: str) -> frozenset[date]:
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise self.wrong(key, "must be a list of dates such as 2026-10-01")
        return frozenset(self._day(key, day) for day in value)

    def span(self, key: str) -> timedelta | None:
        return self._span(key, self.text(key)) if key in self.values else None

    def spans(self, key: str) -> tuple[timedelta, ...]:
        return tuple(self._span(key, text) for text in self.texts(key)) if key in self.values else ()

    def clock(self, key: str) -> timedelta | None:
        return self.time_of_day(key, self.text(key)) if key in self.values else None

    def time_of_day(self, key: str, text: str) -> timedelta:
        """*text* as a time since midnight, 24:00 being the end of the day."""
        try:
            return clock_time(text)
        except ValueError as error:
            raise self.wrong(key, str(error)) from error

    def number(self, key: str, default: float = 0.0) -> float:
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
            raise self.wrong(key, "must be a number that is not negative")
        return value

    def count(self, key: str, default: int = 0) -> int:
        value = self.number(key, default)
        if value != int(value):
            raise self.wrong(key, "must be a whole number")
        return int(value)

    def member(self, key: str, kind: type[_Enum], default: _Enum | None = None) -> _Enum:
        return self._member(key, kind, self.text(key, default or ""))

    def members(self, key: str, kind: type[_Enum]) -> frozenset[_Enum]:
        found = self.texts(key) if key in self.values else ()
        return frozenset(self._member(key, kind, text) for text in found)

    def _day(self, key: str, value: object) -> date:
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.wrong(key, "must be a date such as 2026-11-21, without quotes")
        return value

    def _span(self, key: str, text: str) -> timedelta:
        try:
            return parse_duration(text)
        except ValueError as error:
            raise self.wrong(key, f"must be a length of time such as 3min: {text!r}") from error

    def _member(self, key: str, kind: type[_Enum], text: str) -> _Enum:
        if text not in set(kind):
            raise self.wrong(key, f"must be one of {', '.join(kind)}")
        return kind(text)


def _profile(file: _Table, local: tzinfo, language: str) -> Profile:
    name = file.text("name")
    if not _NAME.fullmatch(name):
        raise file.wrong("name", "must be there and consist of a–z, 0–9 and -")
    labels = file.table("label", ("zh", "en"))
    zone = _zone(file, local)
    counts = file.table("counts", _COUNTS)
    answers = counts.members("answers", Reply)
    if not answers and counts.text("figure") != Figure.SATISFIED:
        raise counts.wrong("answers", "is missing: which replies end a wait?")
    breach = file.span("breach") or counts.span("within") or _BREACH
    return Profile(
        name=name,
        label=labels.text(language[:2]) or labels.text("zh") or labels.text("en") or name,
        source=file.filled("source"),
        evidence=file.member("evidence", Evidence),
        as_of=file.day("as_of"),
        note=file.text("note"),
        thresholds=Thresholds(warn=file.span("warn") or breach / 2, breach=breach),
        answers=answers or BY_HAND,
        left_out=counts.members("left_out", Exclusion),
        without_sleep=counts.flag("without_sleep", default=False),
        hours=_hours(file, zone),
        measure=_measure(file, counts, zone),
    )


def _zone(file: _Table, local: tzinfo) -> tzinfo:
    name = file.text("zone")
    try:
        return ZoneInfo(name) if name else local
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise file.wrong("zone", f"there is no time zone {name!r}") from error


def _measure(file: _Table, counts: _Table, zone: tzinfo) -> Measure | None:
    targets = tuple(_target(table) for table in file.tables("targets", (*_LIMITS, "source")))
    if counts.text("figure") == _NONE:
        return None
    unit = counts.member("unit", Unit, Unit.TURN)
    cycle = _cycle(counts.table("cycle", ("cut", "due"))) if "cycle" in counts.values else None
    if unit is Unit.CYCLE and cycle is None:
        raise counts.wrong("cycle", "is missing, but cycles are counted")
    return Measure(
        figure=counts.member("figure", Figure),
        unit=unit,
        judged=counts.member("judged", Judged, Judged.EVERY),
        starts=counts.member("starts", Starts, Starts.MESSAGE),
        zone=zone,
        within=counts.span("within"),
        cycle=cycle,
        weekend_until=counts.clock("weekend_until"),
        last_word=counts.flag("last_word", default=False),
        only=counts.members("only", Exclusion),
        fails=counts.members("fails", Exclusion),
        credit=_credit(counts),
        newest=_share(counts, "newest") or 0.0,
        few=counts.count("few"),
        figure_of_few=_share(counts, "figure_of_few"),
        assessed_from=counts.count("assessed_from"),
        satisfied_from=counts.count("satisfied_from", 4),
        satisfied_to=counts.count("satisfied_to", 5),
        windows=counts.spans("windows"),
        targets=targets,
    )


def _share(counts: _Table, key: str) -> float | None:
    if key not in counts.values:
        return None
    share = counts.number(key)
    if share > 1:
        raise counts.wrong(key, "must be a share from 0 to 1")
    return share


def _cycle(table: _Table) -> Cycle:
    cut, due = table.clock("cut"), table.clock("due")
    if cut is None or due is None or due < cut:
        raise table.wrong("due", "both cut and due must be there, and due not before cut")
    return Cycle(cut=cut, due=due)


def _credit(counts: _Table) -> Credit | None:
    if "credit" not in counts.values:
        return None
    table = counts.table("credit", ("share", "marks_above"))
    return Credit(share=_share(table, "share") or 0.0, marks_above=table.count("marks_above"))


def _target(table: _Table) -> Target:
    limits = [key for key in _LIMITS if key in table.values]
    if len(limits) != 1:
        raise table.wrong("at_least", f"one of {', '.join(_LIMITS)} must be there")
    (limit,) = limits
    at_most, strict = _LIMITS[limit]
    return Target(value=table.number(limit), at_most=at_most, strict=strict, source=table.text("source"))


def _hours(file: _Table, zone: tzinfo) -> Hours | None:
    if "hours" not in file.values:
        return None
    table = file.table("hours", (*_DAYS, "every_day", "holidays", "pauses"))
    usual = _openings(table, "every_day") if "every_day" in table.values else ()
    week = tuple(_openings(table, day) if day in table.values else usual for day in _DAYS)
    if not any(week):
        raise table.wrong("every_day", "no day has any hours")
    return Hours(
        zone=zone, week=week, holidays=table.days("holidays"), pauses=table.flag("pauses", default=False)
    )


def _openings(table: _Table, day: str) -> tuple[Opening, ...]:
    """The hours of *day*; an empty list is a day without any."""
    if table.values[day] == []:
        return ()
    try:
        openings = [parse_opening(text) for text in table.texts(day)]
    except ValueError as error:
        raise table.wrong(day, str(error)) from error
    return tuple(sorted(openings, key=lambda opening: opening.start))
