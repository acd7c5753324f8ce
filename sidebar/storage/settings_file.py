"""settings.toml: read with every mistake put right and reported, written without losing the user's words."""

import logging
import os
import tomllib
from dataclasses import field
from pathlib import Path

from sidebar.domain.lean import dataclass
from sidebar.domain.options import Plain, SettingsFault, options_of
from sidebar.domain.settings import Settings, SettingsProblem, plain_sections, read_settings, sections_of
from sidebar.errors import SettingsError
from sidebar.storage.replacing import replace_text
from sidebar.storage.toml_text import Literal, document, with_value

log = logging.getLogger(__name__)

_BROKEN = (ValueError, RecursionError)
"""What tomllib makes of broken TOML, other encodings, numbers without end and endless nesting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedSettings:
    settings: Settings = field(default_factory=Settings)
    problems: tuple[SettingsProblem, ...] = ()


def load_settings(path: Path) -> LoadedSettings:
    """What *path* says; the defaults where there is no such file or it cannot be read."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return LoadedSettings()
    except OSError as error:
        return _defaults(SettingsFault.NOT_READABLE, error.strerror or type(error).__name__)
    try:
        settings, problems = read_settings(_parsed(content))
    except _BROKEN as error:
        return _defaults(SettingsFault.BROKEN_FILE, str(error))
    log.info("settings loaded problems=%d", len(problems))
    return LoadedSettings(settings=settings, problems=problems)


def save_settings(path: Path, settings: Settings) -> Path | None:
    """Make *path* say *settings*, comments and order kept; raises `SettingsError` where it cannot.

    A file that cannot be changed in place (broken, or written in an unusual way) is kept under
    another name, which is returned, and a new one is written.
    """
    try:
        path = path.resolve()
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            replace_text(path, _anew(settings))
            return None
        text = _edited(path.read_bytes(), settings)
        if text is not None:
            replace_text(path, text)
            return None
        kept = _spare_name(path)
        os.replace(path, kept)
        replace_text(path, _anew(settings))
        return kept
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SettingsError(f"the settings could not be saved ({reason})", file=path) from error


def _defaults(fault: SettingsFault, why: str) -> LoadedSettings:
    log.info("settings not read fault=%s", fault)
    return LoadedSettings(problems=(SettingsProblem(key="", raw=why, used="", fault=fault),))


def _parsed(content: bytes) -> dict[str, object]:
    return tomllib.loads(content.decode("utf-8-sig"))


def _edited(content: bytes, settings: Settings) -> str | None:
    """The file's text with what is different exchanged; None where the result would not say *settings*."""
    try:
        before, _ = read_settings(_parsed(content))
        # tomllib reads \r\n, our lines must not keep half of it
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
        for section, key, value in _changes(before, settings):
            text = with_value(text, section, key, value)
        after, _ = read_settings(tomllib.loads(text))
    except _BROKEN:
        return None
    return text if after == settings else None


def _changes(before: Settings, after: Settings) -> list[tuple[str, str, Plain | None]]:
    old, new = plain_sections(before), plain_sections(after)
    return [
        (section, key, new.get(section, {}).get(key))
        for section in old | new
        for key in old.get(section, {}) | new.get(section, {})
        if old.get(section, {}).get(key) != new.get(section, {}).get(key)
    ]


def _anew(settings: Settings) -> str:
    parts = sections_of(settings)
    sections: dict[str, dict[str, tuple[Literal, str]]] = {}
    for name, values in plain_sections(settings).items():
        options = options_of(parts[name]) if name in parts else {}
        sections[name] = {
            key: (value, options[key].description if key in options else "")
            for key, value in values.items()
            if value is not None
        }
    return document(sections)


def _spare_name(path: Path) -> Path:
    number = 1
    while (spare := path.with_name(f"{path.name}.broken-{number}")).exists():
        number += 1
    return spare
