"""A change holds at once and for the next start."""

from pathlib import Path

from sidebar.domain.settings import Settings, Theme
from sidebar.errors import SettingsError
from sidebar.services.preferences import Preferences


def test_a_change_is_saved_once() -> None:
    saved: list[Settings] = []
    preferences = Preferences(Settings(), save=saved.append, on_trouble=lambda _: None)
    preferences.change(theme=Theme.DARK)
    preferences.change(theme=Theme.DARK)
    assert [each.theme for each in saved] == [Theme.DARK]


def test_a_change_that_cannot_be_saved_holds_until_the_end_and_is_told() -> None:
    def refuse(_: Settings) -> None:
        raise SettingsError("cannot be written", file=Path("settings.toml"))

    told: list[str] = []
    preferences = Preferences(Settings(), save=refuse, on_trouble=lambda error: told.append(str(error)))
    preferences.change(theme=Theme.DARK)
    assert preferences.settings.theme is Theme.DARK
    assert len(told) == 1
