"""Colours: contrast as it is used, and following the system."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from sidebar.ui import theme
from sidebar.ui.theme import DARK, LIGHT, TEXT_USES, Theme, ThemeChoice
from sidebar.ui.window import SidebarWindow

UI = Path(theme.__file__).parent


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_knows_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("shown", [LIGHT, DARK], ids=lambda shown: shown.name)
@pytest.mark.parametrize(("ink", "ground"), TEXT_USES)
def test_text_stands_out_from_its_ground(shown: Theme, ink: str, ground: str) -> None:
    assert contrast(getattr(shown, ink), getattr(shown, ground)) >= 4.5


def test_colours_of_bars_are_not_written_with() -> None:
    """In code and stylesheet, text has only colours whose contrast is tested."""
    tested = {ink for ink, _ground in TEXT_USES}
    written = set(re.findall(r"[^-]color: \$(\w+)", (UI / "theme.py").read_text(encoding="utf-8")))
    for module in UI.glob("*.py"):
        source = module.read_text(encoding="utf-8")
        written.update(re.findall(r"line_of\([^)]*?(?:shown|theme)\.(\w+)", source))
        written.update(re.findall(r"ink=(?:shown|self\._?theme)\.(\w+)", source))
    # a disabled control's words are exempt from the demand
    assert written - {"muted"} <= tested


def test_every_token_is_a_colour() -> None:
    for shown in (LIGHT, DARK):
        for name in Theme.__slots__:
            if name != "name":
                assert re.fullmatch(r"#[0-9a-f]{6}", getattr(shown, name)), name


@pytest.mark.parametrize("scheme", Qt.ColorScheme)
def test_a_choice_stands_against_the_system(scheme: Qt.ColorScheme) -> None:
    assert theme.chosen(ThemeChoice.DARK, scheme) is DARK
    assert theme.chosen(ThemeChoice.LIGHT, scheme) is LIGHT


def test_a_system_that_names_no_scheme_is_light() -> None:
    assert theme.chosen(ThemeChoice.SYSTEM, Qt.ColorScheme.Unknown) is LIGHT


def test_the_window_follows_the_system_until_the_agent_chooses(window: SidebarWindow) -> None:
    system = QGuiApplication.styleHints().colorSchemeChanged
    window.use_theme(ThemeChoice.SYSTEM)
    for scheme, shown in ((Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT)):
        system.emit(scheme)
        assert shown.card in window.styleSheet()
    window.use_theme(ThemeChoice.DARK)
    system.emit(Qt.ColorScheme.Light)
    assert DARK.card in window.styleSheet()


def test_the_stylesheet_is_made_of_the_tokens() -> None:
    assert DARK.accent_soft in theme.sheet(DARK)
    assert "$" not in theme.sheet(DARK)
