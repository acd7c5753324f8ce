"""Metric profiles from files: what is wrong is told by file and key, and costs that file only."""

from datetime import UTC, date, timedelta
from pathlib import Path

import pytest

from sidebar.domain.business_hours import Opening
from sidebar.domain.measures import Unit
from sidebar.errors import SettingsError
from sidebar.storage.metric_files import load_profile, load_profiles

HOUR = timedelta(hours=1)
GOOD = """
name = "own"
source = "our team"
evidence = "own"
as_of = 2026-01-01
zone = "Asia/Shanghai"

[counts]
figure = "share"
within = "3min"
answers = ["human"]

[hours]
every_day = ["09:00-12:00", "13:00-18:00"]
friday = ["22:00-02:00"]
sunday = []
holidays = [2026-10-01]
"""


def profile(folder: Path, content: str, name: str = "own.toml") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def test_hours_are_by_weekday_and_over_midnight(tmp_path: Path) -> None:
    loaded = load_profile(profile(tmp_path, GOOD), local=UTC)
    assert loaded.hours is not None
    usual = (Opening(start=9 * HOUR, end=12 * HOUR), Opening(start=13 * HOUR, end=18 * HOUR))
    night = (Opening(start=22 * HOUR, end=26 * HOUR),)
    assert loaded.hours.week == (*[usual] * 4, night, usual, ())
    assert loaded.hours.holidays == {date(2026, 10, 1)}


def test_the_breach_is_the_bound_unless_it_is_named(tmp_path: Path) -> None:
    assert load_profile(profile(tmp_path, GOOD), local=UTC).thresholds.breach == timedelta(minutes=3)
    named = load_profile(profile(tmp_path, 'warn = "10s"\nbreach = "20s"' + GOOD), local=UTC)
    assert (named.thresholds.warn, named.thresholds.breach) == (timedelta(seconds=10), timedelta(seconds=20))


def test_without_a_zone_it_is_this_machines(tmp_path: Path) -> None:
    loaded = load_profile(profile(tmp_path, GOOD.replace('zone = "Asia/Shanghai"', "")), local=UTC)
    assert loaded.measure is not None
    assert loaded.measure.zone is UTC
    assert loaded.measure.unit is Unit.TURN


@pytest.mark.parametrize(
    ("line", "instead", "key"),
    [
        ('name = "own"', 'name = "Our own"', "name"),
        ('source = "our team"', 'source = " "', "source"),
        ('evidence = "own"', 'evidence = "hearsay"', "evidence"),
        ("as_of = 2026-01-01", 'as_of = "2026"', "as_of"),
        ("as_of = 2026-01-01", "as_of = 2026-01-01T10:00:00", "as_of"),
        ('zone = "Asia/Shanghai"', 'zone = "Asia/Nowhere"', "zone"),
        ('zone = "Asia/Shanghai"', 'zone = "../../etc/passwd"', "zone"),
        ('figure = "share"', 'figure = "best"', "counts.figure"),
        ('within = "3min"', 'within = "soon"', "counts.within"),
        ('within = "3min"', 'unit = "cycle"', "counts.cycle"),
        ('within = "3min"', 'unit = "cycle"\ncycle = { cut = "18:00", due = "17:00" }', "counts.cycle.due"),
        ('within = "3min"', "newest = 2", "counts.newest"),
        ('within = "3min"', "few = 1.5", "counts.few"),
        ('within = "3min"', 'unheard = "of"', "counts.unheard"),
        ('answers = ["human"]', "answers = []", "counts.answers"),
        ('answers = ["human"]', "", "counts.answers"),
        ('answers = ["human"]', 'answers = ["parrot"]', "counts.answers"),
        ("sunday = []", 'sunday = ["25:00-26:00"]', "hours.sunday"),
        ("sunday = []", 'sunday = ["24:30-25:00"]', "hours.sunday"),
        ("sunday = []", 'sunday = ["9-12"]', "hours.sunday"),
        ("holidays = [2026-10-01]", 'holidays = ["2026-10-01"]', "hours.holidays"),
        ("holidays = [2026-10-01]", "[[targets]]\nsource = 'x'", "targets.1.at_least"),
        ("holidays = [2026-10-01]", "[[targets]]\nabove = 1\nbelow = 2", "targets.1.at_least"),
        ("holidays = [2026-10-01]", "[targets]\nat_least = 1", "targets"),
        ('within = "3min"', "credit = { share = 2 }", "counts.credit.share"),
        ('within = "3min"', "credit = { marks = 4 }", "counts.credit.marks"),
    ],
)
def test_what_is_wrong_is_told_by_file_and_key(tmp_path: Path, line: str, instead: str, key: str) -> None:
    assert line in GOOD
    path = profile(tmp_path, GOOD.replace(line, instead))
    with pytest.raises(SettingsError) as wrong:
        load_profile(path, local=UTC)
    assert (wrong.value.file, wrong.value.key) == (path, key)


@pytest.mark.parametrize("content", ["[counts\n", "name = \udcff", "a = " + "[" * 10_000])
def test_what_is_no_toml_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "broken.toml"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(SettingsError, match="not valid TOML"):
        load_profile(path, local=UTC)


def test_ones_own_takes_the_place_of_the_shipped_one_and_a_broken_one_costs_itself(tmp_path: Path) -> None:
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    shipped.mkdir()
    own.mkdir()
    profile(shipped, GOOD)
    profile(shipped, GOOD.replace('"own"', '"other"', 1), "other.toml")
    profile(own, GOOD.replace("our team", "me"))
    profile(own, "name = 1", "broken.toml")
    loaded = load_profiles(shipped=shipped, own=own, local=UTC)
    assert [(each.name, each.source) for each in loaded.profiles] == [("other", "our team"), ("own", "me")]
    assert [problem.file.name for problem in loaded.problems] == ["broken.toml"]


def test_a_folder_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert load_profiles(shipped=tmp_path, own=tmp_path / "none", local=UTC).profiles == ()
