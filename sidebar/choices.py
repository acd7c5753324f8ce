"""What the menu changes: at once, and for the next start."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from sidebar.domain.docking import Side
from sidebar.domain.settings import Language, Settings, Theme
from sidebar.services.notices import Notices
from sidebar.services.preferences import Preferences
from sidebar.services.views import Failure
from sidebar.storage.settings_file import save_settings
from sidebar.ui import troubles, wording
from sidebar.ui.alerts import Alerts
from sidebar.ui.presenter import Presenter
from sidebar.ui.theme import ThemeChoice
from sidebar.ui.window import SidebarWindow

_ALERTS = ("notify", "warn_sound", "breach_sound")


def let_be_chosen(
    window: SidebarWindow,
    presenter: Presenter,
    alerts: Alerts,
    settings: Settings,
    *,
    file: Path,
    notices: Notices,
) -> None:
    """Take up what is chosen in the menu and write it into *file*."""
    preferences = Preferences(
        settings,
        save=partial(save_settings, file),
        on_trouble=lambda error: notices.tell(Failure(sentence=troubles.sentence(error))),
    )

    def choose_theme(choice: str) -> None:
        window.use_theme(ThemeChoice(choice))
        preferences.change(theme=Theme(choice))

    def choose_language(language: str) -> None:
        wording.use(language)
        window.retranslate()
        presenter.refresh()
        preferences.change(language=Language(language[:2]))

    def switch_alert(name: str, on: bool) -> None:
        clock = replace(preferences.settings.clock, **{name: on})  # type: ignore[arg-type]  # its own fields
        alerts.use(clock)
        preferences.change(clock=clock)

    def alerts_on() -> frozenset[str]:
        return frozenset(name for name in _ALERTS if getattr(preferences.settings.clock, name))

    window.offer_alerts(alerts_on)
    window.alert_switched.connect(switch_alert)
    window.theme_requested.connect(choose_theme)
    window.language_requested.connect(choose_language)
    window.side_requested.connect(lambda side: preferences.change(side=Side(side)))
