"""The settings as the agent changes them while the sidebar runs."""

from collections.abc import Callable
from dataclasses import replace

from sidebar.domain.settings import Settings
from sidebar.errors import SettingsError


class Preferences:
    """Holds the settings; a change is kept at once, also where it could not be saved."""

    def __init__(
        self,
        settings: Settings,
        *,
        save: Callable[[Settings], object],
        on_trouble: Callable[[SettingsError], None],
    ) -> None:
        self._settings = settings
        self._save = save
        self._on_trouble = on_trouble

    @property
    def settings(self) -> Settings:
        return self._settings

    def change(self, **fields: object) -> None:
        """Make it so from now on and for the next start."""
        changed = replace(self._settings, **fields)  # type: ignore[arg-type]  # the settings' own fields
        if changed == self._settings:
            return
        self._settings = changed
        try:
            self._save(changed)
        except SettingsError as error:
            self._on_trouble(error)
