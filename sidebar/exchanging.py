"""Phrases brought in and handed out, for the commands and for the panel alike."""

import errno
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sidebar.domain.phrases import Phrase
from sidebar.errors import ExchangeError, ExchangeFault
from sidebar.exchange.handing_out import ExportFormat, Rendered, render
from sidebar.exchange.plans import Plan, Progress, go_on, plan
from sidebar.exchange.recognition import recognise
from sidebar.paths import Home
from sidebar.shelf import language_of, shipped_packs
from sidebar.storage.imports import ImportStore
from sidebar.storage.known_packs import LoadedPacks
from sidebar.storage.packs import load_packs
from sidebar.storage.replacing import replace_bytes
from sidebar.storage.rewriting import TakenBack
from sidebar.storage.settings_file import load_settings
from sidebar.system_time import SystemClock

_ENDINGS = {
    ".xlsx": ExportFormat.XLSX,
    ".csv": ExportFormat.CSV,
    ".yaml": ExportFormat.YAML,
    ".yml": ExportFormat.YAML,
    ".zip": ExportFormat.ZIP,
}


@contextmanager
def _all_kept() -> Iterator[None]:
    """While next to nothing is given up, looking for it would take a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@_all_kept()
def plan_import(home: Home, path: Path, progress: Progress = go_on) -> Plan:
    """What bringing in *path* would do; writes nothing. Raises `ExchangeError`."""
    reading = recognise(path)
    loaded = _library(home)
    return plan(
        path.resolve().stem,
        reading,
        own=_phrases(loaded, shipped=False),
        shipped=_phrases(loaded, shipped=True),
        progress=progress,
    )


@_all_kept()
def bring_in(home: Home, plan: Plan) -> None:
    """Do what *plan* says, and remember how it was before; raises `ExchangeError` and changes nothing."""
    if not plan.empty:
        home.ensure()
        changed = {change.after.id: change.after for change in plan.changed}
        _store(home).bring_in(
            plan.name, new=plan.new, changed=changed, at=SystemClock().now(), contents=plan.contents
        )


def take_back(home: Home) -> TakenBack:
    """Undo the last import; raises `ExchangeError` where there is none."""
    return _store(home).take_back()


def can_take_back(home: Home) -> bool:
    """Whether there is an import to undo."""
    return _store(home).can_take_back


def hand_out(home: Home, path: Path, format: ExportFormat | None, *, own_only: bool = False) -> Rendered:
    """Write the library to *path*, whole or not at all; what is in it. Raises `ExchangeError`."""
    chosen = format or _ENDINGS.get(path.suffix.lower())
    if chosen is None:
        raise ExchangeError(
            f"{path.name} has no ending that names a format; give --format zip, xlsx, csv, yaml or espanso.",
            fault=ExchangeFault.UNKNOWN_FORMAT,
            name=path.name,
        )
    loaded = _library(home)
    phrases = _phrases(loaded, shipped=False)
    if not own_only:
        phrases += _phrases(loaded, shipped=True)
    rendered = render(phrases, chosen, name=path.stem)
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        replace_bytes(path.resolve(), rendered.content)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ExchangeError(
            f"{path} cannot be written ({reason}).",
            fault=ExchangeFault.NOT_WRITTEN,
            name=path.name,
            detail=reason,
        ) from error
    return rendered


def _library(home: Home) -> LoadedPacks:
    settings = load_settings(home.settings).settings
    return load_packs(shipped=shipped_packs(settings, language_of(settings)), own=[home.phrases])


def _phrases(loaded: LoadedPacks, *, shipped: bool) -> tuple[Phrase, ...]:
    return tuple(phrase for pack in loaded.packs if pack.shipped is shipped for phrase in pack.phrases)


def _store(home: Home) -> ImportStore:
    return ImportStore(home.phrases, home.backups / "imports")
