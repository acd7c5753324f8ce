"""The phrases at hand, and the language they are wanted in: one answer for the window and the commands."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sidebar import paths
from sidebar.domain.settings import Language, Settings
from sidebar.paths import Home
from sidebar.storage.known_packs import KnownPacks, LoadedPacks

if TYPE_CHECKING:  # no start waits for the rules
    from sidebar.storage.wording_files import LoadedWording

_NAMED_BY = ("LC_ALL", "LC_MESSAGES", "LANG")
_NAMELESS = ("C", "POSIX")
_AT_ONCE = 1_000_000
"""Bytes of pack files that are read before the first list is shown, 40 ms of it; more follows later."""


def packs_at_hand(home: Home, settings: Settings, language: str) -> LoadedPacks:
    """The user's own packs, then the shipped ones: Chinese first, English as well where that is spoken."""
    known = known_packs(home, settings, language)
    loaded = known.recall()
    if loaded is None:
        from sidebar.storage.packs import load_packs  # brings the reader of YAML with it

        loaded = load_packs(shipped=shipped_packs(settings, language), own=[home.phrases])
        known.keep(loaded)
    return loaded


def begin_with_packs(home: Home, settings: Settings, language: str) -> tuple[LoadedPacks, bool]:
    """What a start can wait for: all packs and True, or the shipped ones where a large library follows."""
    files = known_packs(home, settings, language).files()
    if sum(size for _, _, size in files) <= _AT_ONCE:
        return packs_at_hand(home, settings, language), True
    from sidebar.storage.packs import load_packs

    return load_packs(shipped=shipped_packs(settings, language)), False


def known_packs(home: Home, settings: Settings, language: str) -> KnownPacks:
    """The packs as they were read last."""
    return KnownPacks(home.cache / "packs", folders=[*shipped_packs(settings, language), home.phrases])


def shipped_packs(settings: Settings, language: str) -> tuple[Path, ...]:
    """The folders of the shipped phrases that are wanted, in the order they are shown."""
    if not settings.shipped_phrases:
        return ()
    chinese, english = paths.templates() / "zh-CN", paths.templates() / "en"
    return (chinese,) if _chinese(language) else (chinese, english)


def wording_at_hand(home: Home) -> "LoadedWording":
    """The shipped rules about wording, as far as the shop's own do not change them."""
    from sidebar.storage.wording_files import load_wording  # some 40 expressions, compiled when needed

    return load_wording(shipped=[paths.resources() / "wording"], own=[home.wording])


def language_of(settings: Settings, environment: Mapping[str, str] = os.environ) -> str:
    """`zh` or `en`: as the settings want it, else the system's; Chinese where that names none."""
    if settings.language is not Language.AUTO:
        return str(settings.language)
    named = (environment.get(name, "") for name in _NAMED_BY)
    import locale  # a start asks Qt

    # no locale need be installed for its language to be wanted, but other systems say it only this way
    system = next(filter(None, named), "") or locale.getlocale()[0] or ""
    nameless = system.partition(".")[0] in ("", *_NAMELESS)
    return "zh" if nameless or _chinese(system) else "en"


def _chinese(language: str) -> bool:
    return language.lower().startswith(("zh", "chinese"))
