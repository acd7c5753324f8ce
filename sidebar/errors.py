"""What can go wrong, in two kinds.

SidebarError
├── UserError           the environment's or the input's fault: one sentence and a remedy, exit status 1
│   ├── HistoryError    the database cannot be read or written (full, read-only, locked, damaged, newer)
│   ├── PackError       a phrase file cannot be used; names the file and the line
│   ├── SettingsError   settings.toml or a client profile cannot be used
│   └── PlatformError   no screen, no window system, no permission
└── (anything else)     our fault: a crash log
"""

from enum import StrEnum
from pathlib import Path


class SidebarError(Exception):
    """Base of every error this program raises on purpose."""


class UserError(SidebarError):
    """Something the user can act on; `str()` is the sentence to show."""


class HistoryError(UserError):
    """The history cannot be opened, read or written."""


class PackFault(StrEnum):
    """What is wrong with a phrase file; the words for it belong to `ui`."""

    OTHER = "other"
    NOT_READABLE = "not_readable"
    TOO_LARGE = "too_large"
    NOT_UTF8 = "not_utf8"
    EMPTY = "empty"
    BROKEN_YAML = "broken_yaml"
    ALIAS = "alias"
    TOO_DEEP = "too_deep"
    REPEATED_KEY = "repeated_key"
    UNKNOWN_KEY = "unknown_key"
    MISSING = "missing"
    NOT_TEXT = "not_text"
    NOT_A_LIST = "not_a_list"
    NOT_A_MAPPING = "not_a_mapping"
    NOT_YES_OR_NO = "not_yes_or_no"
    UNKNOWN_VALUE = "unknown_value"
    BAD_CHARACTER = "bad_character"
    BAD_HOTKEY = "bad_hotkey"
    BAD_DURATION = "bad_duration"
    REPEATED_ID = "repeated_id"
    REPEATED_CODE = "repeated_code"
    REPEATED_HOTKEY = "repeated_hotkey"


class PackError(UserError):
    """A phrase file, or one phrase in it, cannot be used.

    `reason` is the English sentence; `fault` and `detail` (the key or value it is about) are what
    another language is made from. `line` counts from 1.
    """

    def __init__(
        self,
        reason: str,
        *,
        file: Path,
        line: int | None = None,
        fault: PackFault = PackFault.OTHER,
        detail: str = "",
    ) -> None:
        place = str(file) if line is None else f"{file}:{line}"
        super().__init__(f"{place}: {reason}")
        self.reason = reason
        self.file = file
        self.line = line
        self.fault = fault
        self.detail = detail


class SettingsError(UserError):
    """A settings file or client profile cannot be used."""


class PlatformError(UserError):
    """The desktop cannot give what was asked: no screen, no window manager, no permission."""
