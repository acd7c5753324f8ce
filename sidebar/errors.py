"""What can go wrong, in two kinds.

SidebarError
├── UserError           the environment's or the input's fault: one sentence and a remedy, exit status 1
│   ├── HistoryError    the database cannot be read or written (full, read-only, locked, damaged, newer)
│   ├── PackError       a phrase file cannot be used; names the file and the line
│   ├── SettingsError   settings.toml or a client profile cannot be used
│   └── PlatformError   no screen, no window system, no permission
└── (anything else)     our fault: a crash log
"""

from pathlib import Path


class SidebarError(Exception):
    """Base of every error this program raises on purpose."""


class UserError(SidebarError):
    """Something the user can act on; `str()` is the sentence to show."""


class HistoryError(UserError):
    """The history cannot be opened, read or written."""


class PackError(UserError):
    """A phrase file, or one phrase in it, cannot be used."""

    def __init__(self, reason: str, *, file: Path, line: int | None = None) -> None:
        place = str(file) if line is None else f"{file}:{line}"
        super().__init__(f"{place}: {reason}")
        self.reason = reason
        self.file = file
        self.line = line


class SettingsError(UserError):
    """A settings file or client profile cannot be used."""


class PlatformError(UserError):
    """The desktop cannot give what was asked: no screen, no window manager, no permission."""
