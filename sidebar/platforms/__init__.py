"""The desktops: one package each, all speaking the ports' language.

`detect` names the desktop we run on, `load` makes its adapters. A package has a function
`create(readiness=…, scheduler=…) -> Platform`; what a desktop cannot do is left to `null`,
and its `Capability` is missing, so that the screen can say so. Raw prototypes stand apart
from logic, so that the logic can be tested on any system. Everything is called, and calls
back, on the GUI thread.
"""

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from sidebar.errors import PlatformError
from sidebar.platforms.heap import share_one_heap as share_one_heap
from sidebar.platforms.screens import demand_a_screen as demand_a_screen

if TYPE_CHECKING:  # a screen is looked for before anything is painted
    from sidebar.ports import Platform, Readiness, Scheduler

_MODULES = {
    "windows": "sidebar.platforms.windows",
    "macos": "sidebar.platforms.macos",
    "x11": "sidebar.platforms.x11",
    "null": "sidebar.platforms.null",
}


def detect() -> str:
    """The name of this desktop; `null` where we know none."""
    chosen = os.environ.get("SIDEBAR_PLATFORM", "")
    if chosen:
        return chosen
    if sys.platform.startswith("linux") and os.environ.get("DISPLAY"):
        return "x11"
    return {"win32": "windows", "darwin": "macos"}.get(sys.platform, "null")


def load(name: str, *, readiness: "Readiness", scheduler: "Scheduler") -> "Platform":
    """The adapters of the desktop *name* (`auto` detects it); raises PlatformError where it cannot be had."""
    chosen = detect() if name == "auto" else name
    if chosen not in _MODULES:
        raise PlatformError(f"There is no platform {chosen!r}; choose one of {', '.join(_MODULES)}.")
    try:
        module = import_module(_MODULES[chosen])
    except ImportError as error:
        raise PlatformError(f"The platform {chosen!r} is not available here: {error}.") from error
    platform: Platform = module.create(readiness=readiness, scheduler=scheduler)
    return platform
