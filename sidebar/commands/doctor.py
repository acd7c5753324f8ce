"""`sidebar doctor`: every capability with its state, reason and remedy."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from sidebar import paths
from sidebar.commands.desktop_checks import desktop_findings
from sidebar.commands.homes import home_of
from sidebar.commands.output import as_json, complain, table
from sidebar.domain.findings import Finding, State
from sidebar.domain.settings import SettingsProblem
from sidebar.paths import Home
from sidebar.shelf import language_of, packs_at_hand
from sidebar.shop_limits import limits_at_hand
from sidebar.storage.client_files import load_clients
from sidebar.storage.known_packs import ConflictCopy
from sidebar.storage.settings_file import load_settings
from sidebar.storage.soundness import disk_room, history_soundness

_TOLD = ("name", "state", "reason", "remedy")


def doctor(options: argparse.Namespace) -> int:
    """Look at everything the sidebar needs; ends with 1 where something is broken."""
    home = home_of(options)
    findings = [*desktop_findings(), *_home(home), history_soundness(home.history), *_files(home)]
    if options.json:
        as_json([{key: getattr(each, key) for key in _TOLD} for each in findings])
    else:
        table((each.state, each.name, each.reason, each.remedy) for each in findings)
    broken = [finding.name for finding in findings if finding.state is State.BROKEN]
    if broken:
        complain(f"sidebar: This is broken: {', '.join(broken)}; do what stands beside it.")
    return 1 if broken else 0


def _home(home: Home) -> Iterator[Finding]:
    """The folder, and the room on its disk; of one that is not made yet, the nearest that is."""
    folder = next(each for each in (home.root, *home.root.parents) if each.exists())
    if not os.access(folder, os.W_OK | os.X_OK):
        remedy = "make it writable, or give another with --home"
        yield Finding(name="home", state=State.BROKEN, reason=f"{folder} cannot be written to", remedy=remedy)
    else:
        made = "" if folder == home.root else " (made with the first start)"
        yield Finding(name="home", state=State.OK, reason=f"{home.root}{made}")
    yield disk_room(folder)


def _files(home: Home) -> Iterator[Finding]:
    """Settings, client profiles and packs: what cannot be read is a warning, as the rest works."""
    loaded = load_settings(home.settings)
    _, of_limits = limits_at_hand(home, loaded.settings.clock)
    yield from _told("settings", "settings.toml", map(_setting, (*loaded.problems, *of_limits)))
    clients = load_clients(shipped=[paths.resources() / "clients"], own=[home.clients], language="en")
    yield from _told("clients", f"{len(clients.profiles)} chat clients", map(str, clients.problems))
    packs = packs_at_hand(home, loaded.settings, language_of(loaded.settings))
    phrases = sum(len(pack.phrases) for pack in packs.packs)
    yield from _told("phrases", f"{phrases} phrases", map(str, packs.problems))
    yield from map(_copy, packs.copies)
    if home.unsaved.exists():
        yield _unsaved(home.unsaved)


def _told(name: str, summary: str, problems: Iterator[str]) -> Iterator[Finding]:
    """*summary* where there is no problem, else each problem."""
    remedy = "mend the file and start the sidebar again"
    findings = [
        Finding(name=name, state=State.WARNING, reason=problem, remedy=remedy) for problem in problems
    ]
    yield from findings or [Finding(name=name, state=State.OK, reason=summary)]


def _copy(found: ConflictCopy) -> Finding:
    return Finding(
        name="phrases",
        state=State.WARNING,
        reason=f"{found.copy} is a sync program's copy of {found.original.name}; its phrases are not used",
        remedy="merge it: the sidebar's menu, Merge conflict copies…",
    )


def _setting(problem: SettingsProblem) -> str:
    fault = problem.fault.replace("_", " ")
    used = f", {problem.used} holds" if problem.used else ""
    return f"settings.toml: {problem.key}: {fault} ({problem.raw}){used}".replace(": : ", ": ")


def _unsaved(path: Path) -> Finding:
    return Finding(
        name="unsaved",
        state=State.WARNING,
        reason=f"{path} holds what the history would not take",
        remedy="start the sidebar, which stores it",
    )
