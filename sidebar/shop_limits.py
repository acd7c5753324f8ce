"""When a wait is too long here: by the shop's settings, or by the metric profile that they name."""

from pathlib import Path

from sidebar import paths
from sidebar.domain.conversations import Thresholds
from sidebar.domain.limits import general_limits
from sidebar.domain.options import SettingsFault
from sidebar.domain.settings import ClockSettings, SettingsProblem
from sidebar.paths import Home
from sidebar.system_time import local_zone


def limits_at_hand(home: Home, clock: ClockSettings) -> tuple[Thresholds, tuple[SettingsProblem, ...]]:
    """The limits of every conversation whose category has none of its own, and what is wrong with them."""
    if not clock.profile:
        return general_limits(clock), ()
    found = _limits_of(clock.profile, home.metrics, paths.resources() / "metrics")
    if found is not None:
        return found, ()
    problem = SettingsProblem(
        key="clock.profile", raw=clock.profile, used="", fault=SettingsFault.UNKNOWN_VALUE
    )
    return general_limits(clock), (problem,)


def _limits_of(name: str, own: Path, shipped: Path) -> Thresholds | None:
    """Those of the profile *name*, the user's own before the shipped one, whose file is named so too."""
    from sidebar.errors import SettingsError
    from sidebar.storage.metric_files import load_profile  # few shops name a profile

    for path in (*sorted(own.glob("*.toml")), *sorted(shipped.glob("*.toml"))):
        if path.parent == shipped and path.stem != name:
            continue
        try:
            profile = load_profile(path, local=local_zone())
        except SettingsError:  # `sidebar profiles` tells what is wrong with it
            continue
        if profile.name == name:
            return profile.thresholds
    return None
