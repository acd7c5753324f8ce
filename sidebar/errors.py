"""What can go wrong, in two kinds.

SidebarError
├── UserError           the environment's or the input's fault: one sentence and a remedy, exit status 1
│   ├── HistoryError    the database cannot be read or written (full, read-only, locked, damaged, newer)
│   ├── PackError       a phrase file cannot be used; names the file and the line
│   ├── SettingsError   settings.toml or a client profile cannot be used
│   ├── ReportError     a summary cannot be drawn up or written
│   ├── ExchangeError   another program's phrase file cannot be read, or ours not be written
│   └── PlatformError   no screen, no window system, no permission
└── (anything else)     our fault: a crash log
"""

from enum import StrEnum
from pathlib import Path


class SidebarError(Exception):
    """Base of every error this program raises on purpose."""


class UserError(SidebarError):
    """Something the user can act on; `str()` is the sentence to show."""


class HistoryFault(StrEnum):
    """What is wrong with the history; the words for it belong to `ui`."""

    OTHER = "other"
    FULL = "full"
    READ_ONLY = "read_only"
    LOCKED = "locked"
    DAMAGED = "damaged"
    NEWER = "newer"
    OLDER = "older"
    NOT_OURS = "not_ours"
    MISSING = "missing"
    NO_FOLDER = "no_folder"
    NO_PERMISSION = "no_permission"
    MOVED = "moved"
    DISK = "disk"


class HistoryError(UserError):
    """The history cannot be opened, read or written.

    `str()` is the English sentence with its remedy; `fault` is what another language is made from.
    """

    def __init__(self, sentence: str, *, fault: HistoryFault = HistoryFault.OTHER) -> None:
        super().__init__(sentence)
        self.fault = fault


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
    BAD_FIELD = "bad_field"
    BAD_DEFAULT = "bad_default"
    TOO_MANY = "too_many"
    OUTSIDE = "outside"
    NO_FILE = "no_file"
    UNKNOWN_PHRASE = "unknown_phrase"
    NESTED_IN_ITSELF = "nested_in_itself"


class PackError(UserError):
    """A phrase file, or one phrase in it, cannot be used.

    `reason` is the English sentence; `fault` and `detail` (the key or value it is about) are what
    another language is made from. `line` counts from 1. `kept` tells that what was there before the
    mistake is used on.
    """

    def __init__(
        self,
        reason: str,
        *,
        file: Path,
        line: int | None = None,
        fault: PackFault = PackFault.OTHER,
        detail: str = "",
        kept: bool = False,
    ) -> None:
        place = str(file) if line is None else f"{file}:{line}"
        super().__init__(f"{place}: {reason}")
        self.kept = kept
        self.reason = reason
        self.file = file
        self.line = line
        self.fault = fault
        self.detail = detail


class SettingsError(UserError):
    """A settings file or client profile cannot be used; `key` is the dotted name within `file`."""

    def __init__(self, reason: str, *, file: Path, key: str = "") -> None:
        super().__init__(": ".join(part for part in (str(file), key, reason) if part))
        self.reason = reason
        self.file = file
        self.key = key


class ReportFault(StrEnum):
    """Why there is no summary; the words for it belong to `ui`."""

    OTHER = "other"
    NO_SHIFT = "no_shift"
    NO_FOLDER = "no_folder"
    IS_A_FOLDER = "is_a_folder"
    NO_PERMISSION = "no_permission"
    FULL = "full"


class ReportError(UserError):
    """A summary cannot be drawn up, or not be written to `file`."""

    def __init__(self, sentence: str, *, fault: ReportFault, file: Path | None = None) -> None:
        super().__init__(sentence)
        self.fault = fault
        self.file = file


class ExchangeFault(StrEnum):
    """Why phrases are not brought in, taken back or handed out; the words for it belong to `ui`."""

    OTHER = "other"
    NOT_READABLE = "not_readable"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    NO_ENCODING = "no_encoding"
    UNKNOWN_FORMAT = "unknown_format"
    NO_PHRASES = "no_phrases"
    DAMAGED = "damaged"
    LOCKED = "locked"
    BOMB = "bomb"
    OUTSIDE = "outside"
    ENTITIES = "entities"
    ALIAS = "alias"
    INCOMPLETE = "incomplete"
    TOO_LONG = "too_long"
    FLAWED_PACK = "flawed_pack"
    CANCELLED = "cancelled"
    NOTHING_TO_UNDO = "nothing_to_undo"
    NOT_WRITTEN = "not_written"


class RowFault(StrEnum):
    """Why a row is refused, or comes in with something missing; the words for it belong to `ui`."""

    NO_TEXT = "no_text"
    TOO_LONG = "too_long"
    NOT_READABLE = "not_readable"
    RUNS_CODE = "runs_code"
    # what is told of a phrase that does come in
    KEPT_AS_TEXT = "kept_as_text"
    CODE_TAKEN = "code_taken"
    HOTKEY_TAKEN = "hotkey_taken"
    PICTURE_LEFT = "picture_left"
    PICTURE_TOO_LARGE = "picture_too_large"
    PATTERN_LEFT = "pattern_left"
    FORMATTING_LEFT = "formatting_left"


class ExchangeError(UserError):
    """Phrases of the file `name` cannot be brought in, taken back or handed out.

    `str()` is the English sentence; `fault` and `detail` are what another language is made from.
    """

    def __init__(self, sentence: str, *, fault: ExchangeFault, name: str = "", detail: str = "") -> None:
        super().__init__(sentence)
        self.fault = fault
        self.name = name
        self.detail = detail


class PlatformError(UserError):
    """The desktop cannot give what was asked: no screen, no window manager, no permission."""
