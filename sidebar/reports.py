"""Summaries drawn from the history, for the command and for the footer's button alike."""

from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path

from sidebar import paths
from sidebar.domain.account import Summary
from sidebar.domain.events import ShiftBegun, ShiftEnded
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.lean import dataclass
from sidebar.domain.limits import limits_by_category
from sidebar.domain.metrics import CANONICAL, Profile
from sidebar.domain.settings import Settings
from sidebar.domain.shifts import Shift, choose, shifts
from sidebar.domain.summaries import summarise
from sidebar.errors import ReportError, ReportFault, UserError
from sidebar.exports.formats import Format, write
from sidebar.paths import Home
from sidebar.shelf import packs_at_hand
from sidebar.shop_limits import limits_at_hand
from sidebar.storage.history import SqliteHistory
from sidebar.storage.metric_files import LoadedProfiles, load_profiles
from sidebar.storage.report_words import load_report_words
from sidebar.storage.settings_file import load_settings
from sidebar.system_time import SystemClock, local_zone

THIS_SHIFT = "this"
"""The shift that runs, else the one that ended last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The time a summary is of; `until` is None while it goes on."""

    since: datetime
    until: datetime | None
    agent: str


def period_of_shift(history: SqliteHistory, which: str) -> Period:
    """The time of the shift that *which* names; raises ReportError where there is none."""
    among = shifts(history.of_types(ShiftBegun, ShiftEnded))
    shift = _this(among) if which == THIS_SHIFT else choose(among, which)
    if shift is None:
        known = ", ".join(str(each.id) for each in among[-5:]) or "none yet"
        raise ReportError(
            f"There is no such shift; begin one in the sidebar, or give --from and --to (known: {known}).",
            fault=ReportFault.NO_SHIFT,
        )
    return Period(since=shift.begun, until=shift.ended, agent=shift.agent)


def _this(among: tuple[Shift, ...]) -> Shift | None:
    return choose(among, "current") or choose(among, "last")


def draw_up(history: SqliteHistory, period: Period, profile: Profile = CANONICAL) -> Summary:
    """The summary of *period* by *profile*; what happened before it tells who was waiting when it began."""
    return summarise(
        history.events(until=period.until),
        since=period.since,
        until=period.until,
        agent=period.agent,
        now=SystemClock().now(),
        profile=profile,
    )


def profiles_at_hand(home: Home, language: str) -> LoadedProfiles:
    """The shipped metric profiles and the user's own."""
    return load_profiles(
        shipped=paths.resources() / "metrics", own=home.metrics, local=local_zone(), language=language
    )


def own_profile(home: Home, settings: Settings) -> Profile:
    """The sidebar's own profile by the limits and the hours that the shop has set, as on the screen."""
    clock, shop = settings.clock, settings.hours
    return replace(
        CANONICAL,
        thresholds=limits_at_hand(home, clock)[0],
        categories=limits_by_category(clock),
        hours=None if shop is None else shop.hours(local_zone()),
    )


def profile_named(name: str | None, home: Home, settings: Settings, language: str) -> Profile:
    """The metric profile of that name, the sidebar's own without one; raises UserError for an unknown one."""
    if name in (None, CANONICAL.name) and not home.metrics.exists():
        return own_profile(home, settings)
    loaded = profiles_at_hand(home, language)
    wanted = name or CANONICAL.name
    for profile in loaded.profiles:
        if profile.name == wanted:
            shipped = replace(profile, label="", note="") == CANONICAL
            return own_profile(home, settings) if shipped else profile
    broken = next((error for error in loaded.problems if error.file.stem == wanted), None)
    raise broken or UserError(f"There is no profile {wanted!r}; 'sidebar profiles' names them.")


def phrase_titles(home: Home, settings: Settings, language: str) -> dict[PhraseId, str]:
    """What people call the phrases, for reports that people read."""
    loaded = packs_at_hand(home, settings, language)
    return {phrase.id: phrase.title for pack in loaded.packs for phrase in pack.phrases}


def export_shift(home: Home, *, format: str, zone: tzinfo, language: str) -> Path:
    """Write this shift's summary into the exports folder and return its path; raises UserError."""
    settings = load_settings(home.settings).settings
    with SqliteHistory(home.history, read_only=True) as history:
        period = period_of_shift(history, THIS_SHIFT)
        summary = draw_up(history, period, own_profile(home, settings))
    begun = period.since.astimezone(zone)
    path = home.exports / f"shift-{begun:%Y%m%d-%H%M}.{format}"
    words = load_report_words(paths.resources(), language)
    titles = phrase_titles(home, settings, language)
    write(summary, Format(format), path, words=words, zone=zone, titles=titles)
    return path
