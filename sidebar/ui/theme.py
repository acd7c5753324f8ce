"""The colours of the face, light and dark, and the stylesheet and palette made of them."""

from dataclasses import asdict
from enum import StrEnum
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette

from sidebar.domain.lean import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One set of colours.

    `muted`, `ok`, `warn` and `bad` colour bars and shapes; text takes the `…_text` of the same
    name, which keeps 4.5:1 on every ground it is used on (`TEXT_USES`).
    """

    name: str
    background: str
    card: str
    line: str
    text: str
    muted: str
    accent: str
    accent_soft: str
    ok: str
    warn: str
    bad: str
    muted_text: str
    ok_text: str
    warn_text: str
    bad_text: str
    on_accent: str
    accent_strong: str
    chip: str
    hover: str
    warn_soft: str
    bad_soft: str


LIGHT = Theme(
    name="light",
    background="#fbfbfc",
    card="#ffffff",
    line="#e8eaee",
    text="#1d2129",
    muted="#7a8391",
    accent="#2563eb",
    accent_soft="#e8f0fe",
    ok="#1a9d5a",
    warn="#d97706",
    bad="#dc2626",
    muted_text="#646d7b",
    ok_text="#137a45",
    warn_text="#a35600",
    bad_text="#c81e1e",
    on_accent="#ffffff",
    accent_strong="#1d4fd0",
    chip="#f0f2f5",
    hover="#f3f5f8",
    warn_soft="#fff4e2",
    bad_soft="#fdecec",
)

DARK = Theme(
    name="dark",
    background="#17191d",
    card="#1f2227",
    line="#2c3037",
    text="#e7e9ee",
    muted="#8b93a1",
    accent="#6ea0ff",
    accent_soft="#22304d",
    ok="#4cc38a",
    warn="#f0a63c",
    bad="#ff6b6b",
    muted_text="#9aa2af",
    ok_text="#4cc38a",
    warn_text="#f0a63c",
    bad_text="#ff6b6b",
    on_accent="#17191d",
    accent_strong="#8bb3ff",
    chip="#2a2e35",
    hover="#24282e",
    warn_soft="#382c1a",
    bad_soft="#3a2225",
)

TEXT_USES: tuple[tuple[str, str], ...] = (
    *(("text", ground) for ground in ("background", "card", "hover", "accent_soft", "warn_soft", "bad_soft")),
    *(("muted_text", ground) for ground in ("background", "card", "hover", "chip", "accent_soft")),
    *(("warn_text", ground) for ground in ("background", "card", "hover", "accent_soft", "warn_soft")),
    *(("bad_text", ground) for ground in ("background", "card", "hover", "accent_soft", "bad_soft")),
    ("ok_text", "card"),
    ("ok_text", "hover"),
    ("accent", "background"),
    ("accent", "card"),
    ("accent", "hover"),
    ("accent", "chip"),
    ("on_accent", "accent"),
    ("on_accent", "accent_strong"),
    ("background", "text"),
)
"""Which colour is written on which; a test holds each pair to 4.5:1 in both themes."""


class ThemeChoice(StrEnum):
    """What the agent chose: one theme for good, or the system's; by the words of the settings."""

    SYSTEM = "auto"
    LIGHT = "light"
    DARK = "dark"


def chosen(choice: ThemeChoice, scheme: Qt.ColorScheme) -> Theme:
    """The theme that *choice* means while the system's scheme is *scheme*."""
    if choice is ThemeChoice.SYSTEM:
        return DARK if scheme is Qt.ColorScheme.Dark else LIGHT
    return DARK if choice is ThemeChoice.DARK else LIGHT


def palette(theme: Theme) -> QPalette:
    """The palette for what the stylesheet does not reach: carets, selections, placeholders."""
    made = QPalette(QColor(theme.card), QColor(theme.background))
    role = QPalette.ColorRole
    for part, colour in (
        (role.Window, theme.background),
        (role.WindowText, theme.text),
        (role.Base, theme.card),
        (role.Text, theme.text),
        (role.Button, theme.card),
        (role.ButtonText, theme.text),
        (role.PlaceholderText, theme.muted_text),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.ToolTipBase, theme.text),
        (role.ToolTipText, theme.background),
    ):
        made.setColor(part, QColor(colour))
    return made


def sheet(theme: Theme) -> str:
    """The stylesheet of the whole window."""
    return _SHEET.substitute(asdict(theme))


_SHEET = Template("""
QWidget { color: $text; }
QWidget[ground="card"] { background: $card; }
QWidget[ground="background"] { background: $background; }
QFrame[role="hairline"] { background: $line; border: none; }
QLabel[role="quiet"] { color: $muted_text; }
QLabel[role="trouble"] { color: $bad_text; }
QLabel[role="warned"] { color: $warn_text; }
QLabel[role="bad"] { color: $bad_text; background: $bad_soft; border-radius: 9px; padding: 0 7px; }
QLabel[role="warn"] { color: $warn_text; background: $warn_soft; border-radius: 9px; padding: 0 7px; }
QLabel[role="badge"] { color: $muted_text; background: $card; border: 1px solid $line; border-radius: 4px;
  padding: 0 5px; }
QPushButton { background: $card; border: 1px solid $line; border-radius: 6px; padding: 0 6px; color: $text;
  outline: none; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $accent_soft; }
QPushButton:disabled { color: $muted; }
QPushButton:focus { border-color: $accent; }
QPushButton[role="main"] { background: $accent; border-color: $accent; color: $on_accent; padding: 0 12px; }
QPushButton[role="main"]:hover { background: $accent_strong; }
QPushButton[role="main"]:focus { border-color: $text; }
QPushButton[role="main"]:disabled { background: $chip; border-color: $chip; color: $muted_text; }
QPushButton[role="chosen"] { background: $accent_soft; border-color: $accent; }
QPushButton[role="choice"] { text-align: left; padding: 0 10px; }
QPushButton[role="part"] { padding: 0 2px; color: $muted_text; }
QPushButton[role="part"]:checked { background: $accent_soft; border-color: $accent; color: $text; }
QPushButton[role="choice"]:checked { background: $accent_soft; border-color: $accent; }
QPushButton[role="choice"]:checked:focus, QPushButton[role="part"]:checked:focus { border-color: $text; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }
QPushButton[role="quiet"] { background: transparent; border: 1px solid transparent; border-radius: 4px;
  color: $muted_text; padding: 0 4px; text-align: left; }
QPushButton[role="quiet"]:hover { background: $hover; color: $text; }
QPushButton[role="quiet"]:focus { border-color: $accent; }
QPushButton[role="quiet"]:disabled { color: $muted_text; background: transparent; }
QFrame[role="field"] { background: $card; border: 1px solid $line; border-radius: 8px; }
QFrame[role="field"][held="true"] { border-color: $accent; }
QFrame[role="field"] QPlainTextEdit { background: transparent; border: none;
  selection-background-color: $accent; selection-color: $on_accent; }
QFrame[role="field"] QLineEdit { background: transparent; border: none; padding: 0;
  selection-background-color: $accent; selection-color: $on_accent; }
QFrame[role="notice"] { background: $bad_soft; border: none; border-radius: 8px; }
QFrame[role="notice"][tone="reminder"] { background: $warn_soft; }
QFrame[role="notice"][tone="news"] { background: $accent_soft; }
QFrame[role="notice"] QLabel { background: transparent; color: $text; }
QFrame[role="notice"] QPushButton { background: transparent; color: $text; }
QProgressBar { background: $chip; border: none; border-radius: 3px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QListView { background: transparent; border: none; outline: none; }
QListView:focus { border: none; }
QListWidget::item { padding: 3px 2px; border-radius: 4px; }
QListWidget::item:selected { background: $accent_soft; color: $text; }
QListWidget::indicator { width: 11px; height: 11px; background: $card; border: 1px solid $muted;
  border-radius: 3px; }
QListWidget::indicator:checked { width: 5px; height: 5px; border: 4px solid $accent; }
QScrollBar:vertical { background: transparent; width: 6px; margin: 0; }
QScrollBar::handle:vertical { background: $line; border-radius: 3px; min-height: 24px; }
QScrollBar::handle:vertical:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page
  { background: transparent; border: none; width: 0; height: 0; }
QMenu { background: $card; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 20px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent; color: $on_accent; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QToolTip { background: $text; color: $background; border: none; padding: 4px; }
""")
