"""What this desktop lets the sidebar do, asked of it the way the sidebar itself will."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version

from sidebar import platforms
from sidebar.domain.findings import Finding, Kind, State, found, of_sentence
from sidebar.errors import PlatformError
from sidebar.ports import Cancel, Capability

_QT = "PySide6-Essentials"
_TRIAL = "sidebar.qt.trial"
_PATIENCE = timedelta(seconds=30)
_AGAIN = "install the sidebar again"
_LIBRARIES = "install the library it names; packaging/start.py does that on Debian"

_ABILITIES = (
    (Capability.GLOBAL_HOTKEYS, "hotkeys", Kind.NO_HOTKEYS),
    (Capability.SEND_KEYS, "keys", Kind.NO_KEYS),
    (Capability.TRACK_WINDOW, "windows", Kind.NO_WINDOWS),
    (Capability.READ_TITLE, "titles", Kind.NO_TITLES),
    (Capability.CLIPBOARD_FORMATS, "clipboard", Kind.NO_FORMATS),
    (Capability.ACCESSIBILITY, "accessibility", Kind.NO_ACCESSIBILITY),
)


def desktop_findings() -> Iterator[Finding]:
    """Qt, the screen, and each capability of the desktop's adapters."""
    yield Finding(name="python", state=State.OK, reason=sys.version.partition(" ")[0])
    name = platforms.detect()
    try:
        platforms.demand_a_screen(name)
    except PlatformError as error:
        yield _qt(window=False)
        yield of_sentence("screen", State.BROKEN, str(error))
        return
    yield _qt(window=True)
    yield Finding(name="screen", state=State.OK)
    yield from _abilities(name)


def _qt(*, window: bool) -> Finding:
    """Whether Qt is there and, with a screen, can open a window.

    That is tried in a process of its own: where Qt lacks a library of the system it aborts.
    """
    try:
        installed = version(_QT)
    except PackageNotFoundError:
        return Finding(name="qt", state=State.BROKEN, reason=f"{_QT} is not installed", remedy=_AGAIN)
    if not window:
        return Finding(name="qt", state=State.OK, reason=f"{installed}, not tried without a screen")
    try:
        tried = subprocess.run(
            [sys.executable, "-m", _TRIAL],
            capture_output=True,
            text=True,
            errors="replace",
            env={**os.environ, "QT_FORCE_STDERR_LOGGING": "1"},  # else Windows' debugger would be told
            timeout=_PATIENCE.total_seconds(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        reason = "the screen does not answer Qt"
        return Finding(name="qt", state=State.BROKEN, reason=reason, remedy="start it on another screen")
    if tried.returncode:
        return Finding(name="qt", state=State.BROKEN, reason=_reason(tried.stderr), remedy=_LIBRARIES)
    return Finding(name="qt", state=State.OK, reason=installed)


def _reason(stderr: str) -> str:
    """Qt says first what is missing, Python last."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()] or ["no reason given"]
    return lines[-1] if lines[0].startswith("Traceback") else lines[0]


def _abilities(name: str) -> Iterator[Finding]:
    still = _Still()
    try:
        platform = platforms.load(name, readiness=still, scheduler=still)
    except PlatformError as error:
        yield of_sentence("desktop", State.BROKEN, str(error))
        return
    platform.close()
    yield Finding(name="desktop", state=State.OK, reason=platform.name)
    for capability, ability, lacking in _ABILITIES:
        if capability in platform.capabilities:
            yield Finding(name=ability, state=State.OK)
        elif capability is Capability.SEND_KEYS and capability in platform.grantable:
            yield found(ability, State.WARNING, Kind.KEYS_UNGRANTED)
        else:
            yield found(ability, State.WARNING, lacking)


class _Still:
    """Implements `Readiness` and `Scheduler` for adapters that are only looked at: nothing ever happens."""

    def watch(self, _descriptor: int, _action: Callable[[], object]) -> Cancel:
        return _nothing

    def call_later(self, _delay: timedelta, _action: Callable[[], None]) -> Cancel:
        return _nothing


def _nothing() -> None:
    """There is nothing to take back."""
