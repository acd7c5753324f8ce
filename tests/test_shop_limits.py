"""The limits of waits: those of the settings, or of the profile that they name."""

from datetime import timedelta
from pathlib import Path

from sidebar.domain.conversations import Thresholds
from sidebar.domain.options import SettingsFault
from sidebar.domain.settings import ClockSettings
from sidebar.paths import Home
from sidebar.shop_limits import limits_at_hand

USUAL = Thresholds(warn=timedelta(seconds=100), breach=timedelta(seconds=180))
OWN = """
name = "ours"
source = "us"
evidence = "own"
as_of = 2026-01-01
warn = "20s"
breach = "40s"
[counts]
figure = "none"
answers = ["human"]
"""


def limits(home: Path, profile: str) -> tuple[Thresholds, list[SettingsFault]]:
    found, problems = limits_at_hand(Home(home), ClockSettings(profile=profile))
    return found, [problem.fault for problem in problems]


def test_the_settings_hold_where_no_profile_is_named(tmp_path: Path) -> None:
    assert limits(tmp_path, "") == (USUAL, [])


def test_a_marketplaces_limits_can_be_the_clocks(tmp_path: Path) -> None:
    slow = Thresholds(warn=timedelta(seconds=60), breach=timedelta(seconds=100))
    assert limits(tmp_path, "qianniu-slow") == (slow, [])


def test_a_profile_of_the_users_own_is_found_by_its_name_and_a_broken_one_passed_over(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "metrics"
    folder.mkdir()
    (folder / "broken.toml").write_text("name =", encoding="utf-8")
    (folder / "shop.toml").write_text(OWN, encoding="utf-8")
    ours = Thresholds(warn=timedelta(seconds=20), breach=timedelta(seconds=40))
    assert limits(tmp_path, "ours") == (ours, [])


def test_one_that_nobody_knows_is_told_and_the_settings_hold(tmp_path: Path) -> None:
    for name in ("nobody-knows", "../secrets", "*", "a**b", "/etc/hosts"):
        assert limits(tmp_path, name) == (USUAL, [SettingsFault.UNKNOWN_VALUE])
